"""The eligibility page: a question at a time, the answers in the address."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.web.strings import ODD

AMIENS = "BTS MCO, Sacré-Coeur, Amiens"


def _page(client: FlaskClient, **fields: str) -> str:
    page = client.get("/eligibilite", query_string=fields, follow_redirects=True).text
    return unescape(page).replace("\u00a0", " ")


def test_the_place_is_asked_first_then_one_question_at_a_time(client: FlaskClient) -> None:
    assert "Où voulez-vous entrer ?" in _page(client)
    first = _page(client, ou=AMIENS)
    assert "Quel âge avez-vous ?" in first
    assert first.count("<form") == 1
    second = _page(client, ou=AMIENS, age="20")
    assert "Avez-vous ce diplôme" in second
    assert '<input type="hidden" name="age" value="20">' in second


def test_the_verdict_stands_with_its_words_and_other_places(client: FlaskClient) -> None:
    page = _page(client, ou=AMIENS, age="31", exception="non", niveau="oui")
    assert '<h2 id="verdict" class="verdict">Non, en l\'état.' in page
    assert "16 à 29 ans" in page
    assert re.search(r'href="/eligibilite\?ou=BTS\+MCO%2C\+L%C3%A9onie\+Aviat[^"]*age=31"', page)
    assert "l'établissement décide" in page


def test_an_answer_can_be_changed_without_the_later_ones(client: FlaskClient) -> None:
    page = _page(client, ou=AMIENS, age="20", niveau="oui")
    [age, level] = re.findall(r'<a href="(/eligibilite\?[^"]+)" aria-label="Changer', page)
    assert "age=" not in age
    assert "age=20" in level
    assert "niveau=" not in level


def test_what_is_no_age_is_told_and_stays(client: FlaskClient) -> None:
    page = _page(client, ou=AMIENS, age="vingt")
    assert "« vingt » n'est ni un âge ni une date de naissance" in page
    assert 'value="vingt"' in page


def test_an_unknown_place_is_told(client: FlaskClient) -> None:
    assert "n'est pas une formation que les documents décrivent" in _page(client, ou="Licorne")


@pytest.mark.parametrize("odd", ODD[1::5])
def test_odd_text_is_text(client: FlaskClient, odd: str) -> None:
    for fields in ({"ou": odd}, {"ou": AMIENS, "age": odd}, {"ou": AMIENS, "age": "20", "niveau": odd}):
        response = client.get("/eligibilite", query_string=fields, follow_redirects=True)
        assert response.status_code == 200
        assert "<script>" not in response.text
