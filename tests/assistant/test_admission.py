"""Who may enter: the questions that decide come from the documents, one by one, and the verdict from the answers."""

from __future__ import annotations

from datetime import date

import pytest

from assistant.admission import Interview, interview, places, read_age
from assistant.assistant import Assistant
from tests.assistant.conftest import TODAY


def _heard(assistant: Assistant, school: str, **replies: str) -> Interview:
    [place] = [one for one in places(assistant.knowledge) if one.scope.school == school]
    return interview(assistant.knowledge, place, replies, TODAY)


@pytest.fixture(params=["starting", "official", "flat"])
def library(request: pytest.FixtureRequest) -> Assistant:
    assistant: Assistant = request.getfixturevalue(request.param)
    return assistant


def test_the_places_are_the_schools_whose_documents_give_criteria(
    library: Assistant, elsewhere: Assistant, foreign: Assistant
) -> None:
    assert {place.scope.school for place in places(library.knowledge)} == {"Léonie Aviat", "Sacré-Coeur"}
    assert len(places(elsewhere.knowledge)) == 2
    assert places(foreign.knowledge) == []


def test_only_what_the_documents_hold_is_asked(library: Assistant) -> None:
    first = _heard(library, "Sacré-Coeur").following
    assert first is not None
    assert first.name == "age"
    assert "16 à 29 ans" in first.quotes[0].quote
    none = _heard(library, "Léonie Aviat").following
    assert none is not None
    assert none.name == "niveau"
    assert "accalauréat" in none.quotes[0].quote


def test_an_exception_is_asked_of_those_alone_whom_the_age_excludes(library: Assistant) -> None:
    beyond = _heard(library, "Sacré-Coeur", age="31").following
    assert beyond is not None
    assert beyond.name == "exception"
    within = _heard(library, "Sacré-Coeur", age="29").following
    assert within is None or within.name != "exception"


def test_the_verdict_names_the_criterion_and_other_ways(library: Assistant) -> None:
    heard = _heard(library, "Sacré-Coeur", age="31", exception="non", niveau="oui")
    assert heard.outcome == "no"
    assert "l'âge" in heard.verdict
    assert "à 31 ans" in heard.answered[0].text
    assert any("oie scolaire" in c.quote or "Voie Scolaire" in c.quote for c in heard.alternatives)


def test_an_exception_makes_the_age_good(library: Assistant) -> None:
    heard = _heard(library, "Sacré-Coeur", age="31", exception="oui", niveau="oui")
    assert heard.outcome == "yes"
    assert "exception" in heard.answered[0].text


def test_who_has_no_contract_is_told_until_when_one_may_be_signed(library: Assistant) -> None:
    heard = _heard(library, "Léonie Aviat", niveau="oui", contrat="non")
    assert heard.outcome == "no"
    assert "03 mois" in heard.alternatives[0].quote


def test_doubt_is_no_verdict(library: Assistant) -> None:
    heard = _heard(library, "Léonie Aviat", niveau="doute", contrat="oui")
    assert heard.outcome == "unsure"
    assert "le diplôme" in heard.verdict


def test_what_was_not_found_is_told(library: Assistant) -> None:
    [silence] = _heard(library, "Léonie Aviat", niveau="oui", contrat="oui").silences
    assert "l'âge" in silence


def test_the_limits_are_those_of_the_very_school(elsewhere: Assistant) -> None:
    assert _heard(elsewhere, "Hortense-Valmont", age="26", niveau="oui").outcome == "yes"
    assert _heard(elsewhere, "Hortense-Valmont", age="27", niveau="oui").outcome == "no"
    assert _heard(elsewhere, "La Toque Bleue", age="15", contrat="oui").outcome == "no"


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("19", 19),
        (" 19 ans ", 19),
        ("21/11/2007", 18),
        ("20/11/2007", 19),
        ("20 novembre 2007", 19),
        ("2007-11-20", 19),
    ],
)
def test_an_age_is_read_from_an_age_or_a_birth_date(text: str, age: int) -> None:
    assert read_age(text, TODAY) == age


@pytest.mark.parametrize("text", ["", "abc", "190", "1", "-5", "31/02/2007", "٣٠"])
def test_what_is_no_age_is_none(text: str) -> None:
    assert read_age(text, TODAY) is None


def test_a_birth_date_to_come_is_no_age() -> None:
    assert read_age("01/01/2030", date(2026, 11, 20)) is None
