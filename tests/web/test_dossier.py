"""The dossier's page, and a file that is looked at and kept nowhere."""

from __future__ import annotations

import re
from contextlib import ExitStack
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.paper import nested_pdf, write_pdf
from web.tools.uploads import turn

TWO = {"epreuve": ["E41", "E42"]}


def _page(client: FlaskClient, **fields: object) -> str:
    page = client.get("/dossier", query_string=fields, follow_redirects=True).text
    return unescape(page).replace("\u00a0", " ")


@pytest.fixture
def pdf(tmp_path: Path) -> bytes:
    return write_pdf(tmp_path / "dossier.pdf", [[(72, 700, "Mon dossier")]]).read_bytes()


def _check(client: FlaskClient, *given: tuple[bytes, str]) -> str:
    files = [(BytesIO(data), name) for data, name in given]
    response = client.post("/dossier?epreuve=E41&epreuve=E42", data={"fichier": files})
    return unescape(response.text).replace("\u00a0", " ")


def _levels(page: str) -> list[str]:
    return re.findall(r'<li class="check (\w+)">', page)


def test_whose_rules_these_are_comes_before_the_list(client: FlaskClient) -> None:
    page = _page(client, **TWO, academie="Corse", session="2027")
    assert page.index("De qui sont ces règles") < page.index("À déposer")
    assert "Votre session est 2027 : ces règles sont celles de 2022" in page
    assert "C'est votre académie." in page


def test_an_academy_that_no_document_is_of_is_told_so(client: FlaskClient) -> None:
    assert "ce ne sont pas vos règles" in _page(client, **TWO, academie="autre")


def test_things_to_do_can_be_ticked_and_consequences_cannot(client: FlaskClient) -> None:
    page = _page(client, **TWO)
    boxes = page[page.index("À déposer") :]
    assert boxes.count('type="checkbox"') > 5
    assert 'type="checkbox"' not in page[page.index("Si quelque chose manque") : page.index("Regarder un PDF")]


def test_exams_of_one_file_are_told_together(client: FlaskClient) -> None:
    assert "E41, E42</strong> : un même fichier, donc leurs tailles s'ajoutent." in _page(client, **TWO)
    assert "un même fichier, donc" not in _page(client, epreuve="E41")


def test_silences_are_on_the_page(client: FlaskClient) -> None:
    page = _page(client, **TWO)
    assert "Aucun document ne dit jusqu'à quand déposer le dossier de E41, E42." in page
    assert "Aucun document ne donne de nombre de pages pour E41, E42." in page


def test_bad_input_is_told_and_stays(client: FlaskClient) -> None:
    page = _page(client, epreuve=["E41", "E99"], session="bientôt")
    assert "« E99 » n'a pas de dossier" in page
    assert "« bientôt » n'est pas une session" in page
    assert 'value="bientôt"' in page
    assert "À déposer" in page


def test_a_sound_file_is_in_order_and_never_conforming(client: FlaskClient, pdf: bytes) -> None:
    page = _check(client, (pdf, "dossier.pdf"))
    assert "wrong" not in _levels(page)
    assert page.count("En ordre") >= 4
    checked = page[page.index('class="checked"') : page.index("Ce que cette page ne voit pas")]
    assert "conforme" not in checked
    assert "les visas, les signatures" in page


def test_several_parts_of_one_file_add_up(client: FlaskClient, pdf: bytes) -> None:
    heavy = pdf + b"\n" * 3_000_000
    page = _check(client, (heavy, "e41.pdf"), (heavy, "e42.pdf"))
    together = page[page.index("Ensemble, s'ils ne font qu'un fichier") : page.index("e41.pdf</bdi>")]
    assert _levels(together) == ["wrong"]


def test_what_is_no_pdf_is_to_be_put_right(client: FlaskClient) -> None:
    page = _check(client, (b"PK\x03\x04", "dossier.docx"))
    assert _levels(page)[0] == "wrong"
    assert "Ce n'est pas un PDF" in page


def test_no_file_and_too_large_a_file_are_told_on_the_same_page(client: FlaskClient) -> None:
    empty = client.post("/dossier?epreuve=E41", data={"fichier": (BytesIO(b""), "")})
    assert empty.status_code == 400
    assert "Choisissez d'abord un fichier" in unescape(empty.text)
    large = client.post("/dossier?epreuve=E41", data={"fichier": (BytesIO(b"%PDF-1.7" + b" " * 10_200_000), "a.pdf")})
    assert large.status_code == 413
    assert "Cela dépasse 10" in unescape(large.text)
    assert 'id="epreuve-E41"' in large.text


def test_the_other_forms_keep_their_small_limit(client: FlaskClient) -> None:
    assert client.post("/", data={"question": "x" * 300_000}).status_code == 413


def test_a_file_is_never_written_to_the_disk(app: Flask, pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    import tempfile

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a file was written")

    for name in ("TemporaryFile", "SpooledTemporaryFile", "NamedTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refused)
    monkeypatch.setattr("werkzeug.formparser.SpooledTemporaryFile", refused)
    heavy = pdf + b"\n" * 2_000_000
    page = _check(app.test_client(), (heavy, "dossier.pdf"))
    assert _levels(page)


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>.pdf", "é" * 300 + ".pdf", "a\u202efdp.exe.pdf"])
def test_an_odd_file_name_is_text(client: FlaskClient, pdf: bytes, name: str) -> None:
    response = client.post("/dossier?epreuve=E41", data={"fichier": (BytesIO(pdf), name)})
    assert response.status_code == 200
    assert "<img src=x" not in response.text


def test_a_file_that_would_take_hours_is_to_be_looked_at_and_the_other_is_looked_into(
    client: FlaskClient, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.tools.dossier._LOOKING", 0.3)
    page = _check(client, (pdf, "dossier.pdf"), (nested_pdf(words=50_000), "sans fin.pdf"), (pdf, "dernier.pdf"))
    shown = page[page.index('class="checked"') :]
    first, endless, last = shown.split("<h3><bdi>")[1:]
    assert "wrong" not in _levels(first)
    assert "demande trop de temps" not in first
    for part in (endless, last):
        assert _levels(part)[0] == "look"
        assert "son texte n'a pas pu être regardé jusqu'au bout" in part
    assert "2 pages" in endless
    assert "sans mot de passe" not in last


def test_files_never_take_the_last_thread_from_the_questions(
    app: Flask, client: FlaskClient, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.tools.uploads._WAIT", 0.01)
    with app.app_context(), ExitStack() as looked_at:
        for _ in range(app.extensions["reglo"].settings.threads - 1):
            looked_at.enter_context(turn())
        refused = client.post("/dossier?epreuve=E41", data={"fichier": (BytesIO(pdf), "a.pdf")})
    assert refused.status_code == 503
    assert "Réglo regarde déjà d'autres fichiers" in unescape(refused.text)
    assert 'id="epreuve-E41"' in refused.text
    assert _levels(_check(client, (pdf, "a.pdf")))
