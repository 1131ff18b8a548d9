"""Whether a unit is obligatory: by its table, and only where that is asked."""

from __future__ import annotations

import pytest

from tests.assistant.conftest import Ask


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("c'est obligatoire l'EF3 ?", "Non : EF3"),
        ("l'EF3 est facultative ?", "Oui : EF3"),
        ("la gestion op c obligatoire", "Oui : E5"),
        ("E5 c'est obligatoire ou facultatif", "E5"),
    ],
)
def test_a_unit_is_said_to_be_obligatory_or_optional(ask: Ask, question: str, text: str) -> None:
    answer = ask(question)
    assert answer.rule == "obligation.kind"
    assert answer.text.startswith(text)
    assert answer.citations


@pytest.mark.parametrize(
    "question",
    [
        "je peux prendre anglais en LV1 et anglais en facultatif ?",
        "quelles épreuves sont obligatoires ?",
        "option entrepreneuriat : je mets quoi dans mon dossier",
        "15 en option",
        "est-ce que le dossier E42 est obligatoire",
        "l'oral est obligatoire pour E42 ?",
        "la LV2 c'est obligatoire ?",
    ],
)
def test_a_question_that_only_says_the_word_is_another_one(ask: Ask, question: str) -> None:
    assert ask(question).rule != "obligation.kind"


def test_it_is_asked_of_the_unit_named_whatever_came_before(ask: Ask) -> None:
    assert ask("c'est obligatoire l'EF3 ?", "coef de l'anglais ?").rule == "obligation.kind"
