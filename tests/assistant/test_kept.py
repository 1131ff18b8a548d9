"""What is kept of an exam that was not passed."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from tests.assistant.conftest import TODAY, Ask

LIBRARIES = pytest.mark.parametrize("library", ["starting", "official", "flat"], indirect=True)


@LIBRARIES
def test_a_mark_that_acquires_a_block_is_kept_and_for_how_long_is_disputed(library: Assistant) -> None:
    answer = library.answer("recalé, mais 12 en E5 : je garde ma note ?", today=TODAY)
    assert answer.text.startswith("Oui : 12 en E5")
    assert {value.value for value in answer.disagreements[0].values} == {"pendant 5 ans", "sans limite de durée"}


@LIBRARIES
def test_a_mark_that_does_not_is_not_and_nothing_is_said_of_how_long(library: Assistant) -> None:
    answer = library.answer("9,5 en cejm, faut la repasser ?", today=TODAY)
    assert answer.text.startswith("9,5 en E3")
    assert "n'est pas conservé" in answer.text
    assert answer.disagreements == ()


def test_each_mark_has_its_own_verdict(ask: Ask) -> None:
    lines = ask("E1 12 E3 8, je garde quoi si je rate le bts").text.splitlines()
    assert [line.split(" ")[0] for line in lines[:2]] == ["Oui", "Non"]


def test_one_who_sits_again_learns_what_is_kept_without_any_mark(ask: Ask) -> None:
    assert ask("si je redouble je repasse tout ?").rule == "kept.block_mark"


@pytest.mark.parametrize(
    ("question", "rule"),
    [
        ("si je garde mon 13 en E6 il me faut combien ailleurs", "average.needed"),
        ("y a un rattrapage ?", "stated.resit"),
        ("je peux repasser l'oral en septembre ?", "stated.resit"),
    ],
)
def test_a_mark_that_is_needed_and_a_second_sitting_are_other_questions(ask: Ask, question: str, rule: str) -> None:
    assert ask(question).rule == rule


def test_whether_a_mark_is_to_be_sat_again_gets_no_yes_or_no(ask: Ask) -> None:
    assert ask("J'ai 12 en E5, je dois le repasser ?").text.startswith("12 en E5")


def test_half_a_unit_acquires_nothing_by_itself(ask: Ask) -> None:
    text = ask("j'ai 12 en E41, je garde ma note ?").text
    assert text.startswith("Un bloc est acquis")
    assert "E41" not in text


def test_what_is_already_had_is_not_sat_again(ask: Ask) -> None:
    assert ask("j'ai déjà validé le bloc gestion op, je dois le repasser ?").rule == "kept.block_mark"
