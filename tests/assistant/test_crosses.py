"""Tables with a column "Oui" and a column "Non", and a cross in one of them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.assistant import Assistant
from assistant.reading import read_facts
from corpus.documents import Document
from tests.assistant.conftest import TODAY


@pytest.mark.parametrize("library", ["starting", "official", "flat"], indirect=True)
@pytest.mark.parametrize(
    "question", ["VAE possible pr ce diplome?", "je peux le passer en candidat libre ?", "apprentissage possible ?"]
)
def test_a_way_to_the_diploma_that_is_ticked_is_open(library: Assistant, question: str) -> None:
    answer = library.answer(question, today=TODAY)
    assert answer.rule == "crossed.line"
    assert answer.text.startswith("Oui")


def test_how_a_way_goes_is_another_question(starting: Assistant) -> None:
    assert starting.answer("comment se passe la VAE ?", today=TODAY).rule != "crossed.line"


def test_a_line_ticked_on_both_sides_or_on_none_says_nothing(held: Callable[[str], Document]) -> None:
    document = held("# T\n\n| Voie | Oui | Non |\n|---|---|---|\n| A | X | |\n| B | | X |\n| C | X | X |\n| D | | |\n")
    read = {fact.shown: fact.value for fact in read_facts([document]).facts if fact.prop == "crossed"}
    assert read == {"A": "oui", "B": "non"}


@pytest.mark.parametrize("library", ["starting", "official", "flat"], indirect=True)
def test_a_story_that_asks_for_a_way_gets_what_is_ticked(library: Assistant) -> None:
    answer = library.answer("10 ans de vente, pas de diplôme : on peut l'avoir par la vae ?", today=TODAY)
    assert answer.text.startswith("Oui")
    assert answer.rule == "crossed.line"


@pytest.mark.parametrize("library", ["official", "flat"], indirect=True)
def test_each_of_the_ways_that_a_question_names_gets_its_own_line(library: Assistant) -> None:
    first, second = library.answer("VAE ou contrat pro c'est possible ?", today=TODAY).text.splitlines()
    assert first.startswith("Oui : « En contrat de professionnalisation »")
    assert second.startswith("Oui : « Par expérience »")


def test_a_way_without_what_it_stands_on_is_not_what_is_ticked(starting: Assistant) -> None:
    assert starting.answer("peut-on passer la VAE sans expérience ?", today=TODAY).rule != "crossed.line"
