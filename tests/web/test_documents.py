"""The documents held, and the viewer with the passage marked."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.paper import write_pdf
from web import create_app
from web.documents import leaves_of
from web.parts import publisher_for
from web.settings import Settings

SLUG = "referentiel-mco"


@pytest.fixture(scope="module")
def pdf_client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A site that holds one PDF of two pages."""
    folder = tmp_path_factory.mktemp("pdf")
    lines = ["Réunion de rentrée", "Les convocations partent le 3 mars.", "Apportez une pièce d'identité (carte)."]
    pages = [
        [(60, 700 - 30 * n, line) for n, line in enumerate(lines)],
        [(60, 700, "Les copies se consultent en mai.")],
    ]
    file = write_pdf(folder / "avis.pdf", pages)
    settings = Settings(home=folder / "home")
    publisher_for(settings).ingest((file,))
    return create_app(settings).test_client()


def _text(client: FlaskClient, slug: str = SLUG) -> str:
    publisher = client.application.extensions["reglo"].publisher
    return next(d.text for d in publisher.documents() if d.slug == slug)


def test_the_documents_are_listed_with_whose_words_they_are(client: FlaskClient) -> None:
    page = unescape(client.get("/documents").text)
    assert page.count("/documents/") >= 5
    assert page.count("Fiche Réglo d'après") >= 5


def test_the_marked_words_are_those_of_the_address(client: FlaskClient) -> None:
    text = _text(client)
    start = text.index("Gestion opérationnelle")
    page = client.get(f"/documents/{SLUG}?start={start}&end={start + 22}").text
    assert '<mark id="passage">Gestion opérationnelle</mark>' in page


def test_a_table_of_a_document_is_a_table_of_the_page(client: FlaskClient) -> None:
    page = client.get(f"/documents/{SLUG}").text
    assert page.count("<table>") >= 1
    assert '<th scope="col">' in page
    assert "<td></td>" in page


def test_no_word_of_a_document_is_lost_in_the_viewer(client: FlaskClient) -> None:
    shown = unescape(re.sub(r"<[^>]+>", " ", client.get(f"/documents/{SLUG}").text))
    missing = {word for word in re.findall(r"\w+", _text(client)) if word not in shown}
    assert not missing


@pytest.mark.parametrize(
    "query", ["?start=5", "?start=-4&end=3", "?start=9&end=2", "?start=x&end=y", "?start=0&end=99999999"]
)
def test_an_address_that_makes_no_sense_marks_nothing(client: FlaskClient, query: str) -> None:
    response = client.get(f"/documents/{SLUG}{query}")
    assert response.status_code == 200
    assert "<mark" not in response.text


@pytest.mark.parametrize("path", ["/documents/inconnu", f"/documents/{SLUG}?page=999", f"/documents/{SLUG}?page=x"])
def test_a_document_or_page_that_is_not_there_is_a_404_that_says_so(client: FlaskClient, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 404
    assert "Ce document" in response.text


def test_a_document_that_is_no_pdf_has_no_picture(client: FlaskClient) -> None:
    assert client.get(f"/documents/{SLUG}/pages/1.png").status_code == 404


def test_a_page_of_a_pdf_is_a_picture_with_its_text_below_both_marked(pdf_client: FlaskClient) -> None:
    start = _text(pdf_client, "avis").index("3 mars")
    page = pdf_client.get(f"/documents/avis?start={start}&end={start + 6}").text
    assert '<mark id="passage">3 mars</mark>' in page
    assert "passage surligné" in page
    source = unescape(re.search(r'<img src="([^"]+)"', page)[1])  # type: ignore[index]
    picture = pdf_client.get(source)
    assert picture.content_type == "image/png"
    assert picture.data.startswith(b"\x89PNG")


def test_the_viewer_opens_a_pdf_at_the_page_of_the_passage_or_the_one_asked_for(pdf_client: FlaskClient) -> None:
    start = _text(pdf_client, "avis").index("copies")
    assert "copies se consultent" in pdf_client.get("/documents/avis?page=2").text
    marked = pdf_client.get(f"/documents/avis?start={start}&end={start + 6}").text
    assert '<mark id="passage">copies</mark>' in marked
    assert "convocations" not in marked


def test_a_picture_that_a_browser_has_is_not_sent_again(pdf_client: FlaskClient) -> None:
    first = pdf_client.get("/documents/avis/pages/1.png")
    again = pdf_client.get("/documents/avis/pages/1.png", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = pdf_client.get("/documents/avis/pages/1.png?start=0&end=7")
    assert other.headers["ETag"] != first.headers["ETag"]


@pytest.mark.parametrize("number", ["0", "3", "99999999999999999999"])
def test_a_picture_of_a_page_that_is_not_there_is_a_404(pdf_client: FlaskClient, number: str) -> None:
    assert pdf_client.get(f"/documents/avis/pages/{number}.png").status_code == 404


def test_a_pdf_whose_copy_is_gone_is_still_read_as_text(pdf_client: FlaskClient) -> None:
    publisher = pdf_client.application.extensions["reglo"].publisher
    document = publisher.documents()[0]
    copy: Path = publisher.file(document)
    kept = copy.rename(copy.with_suffix(".away"))
    try:
        page = pdf_client.get(f"/documents/{document.slug}?page=2")
        assert page.status_code == 200
        assert "copies se consultent" in page.text
        assert "<img" not in page.text
    finally:
        kept.rename(copy)


def test_a_long_text_is_shown_in_parts_that_together_are_the_whole(tmp_path: Path) -> None:
    file = tmp_path / "long.md"
    file.write_text("# Long\n\n" + "\n\n".join(f"Alinéa {n}. " + "mot " * 60 for n in range(600)), encoding="utf-8")
    publisher = publisher_for(Settings(home=tmp_path / "home"))
    publisher.ingest((file,))
    (document,) = publisher.documents()
    leaves = leaves_of(document)
    assert len(leaves) > 1
    assert "".join(document.text[leaf.start : leaf.end] for leaf in leaves) == document.text
