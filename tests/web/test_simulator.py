"""The simulator's page: its address holds the form, what cannot be used is told beside its field."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.strings import ODD
from web import create_app
from web.parts import publisher_for
from web.settings import Settings

TEN = {f"note-{code}": "10" for code in ("E1", "E2", "E3", "E4", "E5", "E6")}


def _page(client: FlaskClient, **fields: str) -> str:
    return unescape(client.get("/simulateur", query_string=fields, follow_redirects=True).text)


def _value(page: str, name: str) -> str:
    found = re.search(rf'name="{re.escape(name)}"[^>]*value="([^"]*)"', page)
    assert found
    return found[1]


def test_the_form_has_a_field_for_each_unit_and_its_coefficient_cited(client: FlaskClient) -> None:
    page = _page(client)
    assert _value(page, "coef-E4") == "6"
    assert re.search(r'<p class="from" id="from-E4">\s*<a href="/documents/[^"]+">6 dans le document</a>', page)


def test_the_address_says_only_what_was_written(client: FlaskClient) -> None:
    fields = {"note-E1": "12,5", "note-E2": "", "coef-E1": "3", "coef-E5": "4", "points": "oui", "vise": "", "x": "y"}
    response = client.get("/simulateur", query_string=fields)
    assert response.status_code == 302
    assert response.headers["Location"] == "/simulateur?note-E1=12,5&coef-E5=4"


@pytest.mark.parametrize("bad", ["25", "abc", "<b>", "-1", "12,5,5"])
def test_a_mark_that_cannot_be_used_is_told_beside_its_field_and_nothing_is_lost(client: FlaskClient, bad: str) -> None:
    page = _page(client, **{"note-E1": "12,5", "note-E5": bad})
    assert f"« {bad} »" in re.findall(r'id="wrong-note-E5">([^\n]+)</p>', page)[0].replace("\u00a0", " ")
    assert _value(page, "note-E5") == bad
    assert _value(page, "note-E1") == "12,5"
    assert 'aria-invalid="true" aria-describedby="wrong-note-E5"' in page


def test_a_unit_and_its_part_are_not_both_counted(client: FlaskClient) -> None:
    page = _page(client, **{"note-E4": "12", "note-E41": "9"})
    assert "Donnez la note de E4, ou celles de E41 et E42" in page


def test_a_changed_coefficient_is_marked(client: FlaskClient) -> None:
    assert 'class="changed"' not in _page(client, **TEN)
    assert '<strong class="changed">modifié</strong>' in _page(client, **TEN, **{"coef-E5": "4"})


def test_the_verdict_the_picture_and_its_words_stand_on_the_page(client: FlaskClient) -> None:
    page = _page(client, **TEN, **{"note-EF2": "15", "garde-E1": "1"})
    assert "Oui : avec 10,24 de moyenne" in page.replace("\u00a0", " ")
    assert re.search(r'<desc id="chart-text">E1 : 10 \(coefficient 3, conservée\)', page)
    assert page.count("<rect") == 6
    assert "Hypothèse" in page


def test_the_disagreement_on_the_pass_mark_shows_at_the_boundary_alone(client: FlaskClient) -> None:
    assert "Les documents se contredisent" in _page(client, **TEN)
    assert "Les documents se contredisent" not in _page(client, **(TEN | {"note-E1": "11"}))


@pytest.mark.parametrize("odd", ODD[::3])
def test_odd_text_in_any_field_is_kept_as_text(client: FlaskClient, odd: str) -> None:
    fields = {"note-E1": odd, "coef-E1": odd, "vise": odd, "diplome": odd, "points": odd}
    response = client.get("/simulateur", query_string=fields, follow_redirects=True)
    assert response.status_code == 200
    assert "<script>" not in response.text
    assert " style=" not in response.text


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    home = tmp_path_factory.mktemp("two")
    publisher = publisher_for(Settings(home=home))
    publisher.ingest([Path(__file__).parent.parent / "libraries" / "two-diplomas"])
    return create_app(Settings(home=home), publisher).test_client()


def test_where_there_are_several_diplomas_one_is_chosen_first(two: FlaskClient) -> None:
    assert "note-E1" not in _page(two)
    assert 'name="note-EP2"' in _page(two, diplome="CAP Cuisine")
    assert "n'est pas un diplôme dont" in _page(two, diplome="BTS Licorne")


def test_before_any_document_the_page_says_that_it_is_not_ready(tmp_path: Path) -> None:
    assert create_app(Settings(home=tmp_path)).test_client().get("/simulateur").status_code == 503
