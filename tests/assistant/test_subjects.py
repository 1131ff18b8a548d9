"""What documents speak of: how a question asks for it, and what that changes to what is quoted."""

from __future__ import annotations

import pytest

from assistant.subjects import asked_subjects, subjects
from index.text import fold, tokens
from tests.assistant.conftest import Ask


def asked(question: str) -> set[str]:
    return {one.subject.name for one in asked_subjects(tuple(token.text for token in tokens(question)))}


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("ya un self ?", "canteen"),
        ("on mange où le midi, y'a des repas ?", "canteen"),
        ("les jours de cours c'est lesquels", "rhythm"),
        ("combien d'apprentis rompent leur contrat", "dropout"),
        ("qui doit trouver le stage", "placement_search"),
        ("what jobs after that", "jobs"),
    ],
)
def test_a_subject_is_asked_for_in_many_words(question: str, name: str) -> None:
    assert name in asked(question)


def test_a_short_word_is_no_form_of_another() -> None:
    assert "experience" in asked("par la vae ?")
    assert "experience" not in asked("ça va où ?")
    assert "canteen" not in asked("si je redouble je repasse tout ?")


def test_a_subject_asked_for_by_more_words_takes_the_place_of_one_asked_for_by_fewer() -> None:
    assert asked("quel code diplome") == {"diploma_code"}
    assert "register" in asked("quel code rncp")
    assert "register" not in asked("quel ancien code rncp")


def test_a_word_that_says_something_else_takes_a_subject_back() -> None:
    assert "rhythm" in asked("quels jours de cours ?")
    assert "rhythm" not in asked("quels jours de cours pour les portes ouvertes ?")


def test_pay_at_an_age_is_no_question_on_how_long_the_training_is(ask: Ask) -> None:
    answer = ask("on gagne combien à 19 ans en 1ere année")
    assert "€" in answer.citations[0].quote
    assert "length" in asked("combien d'ans de formation ?")


def test_every_expression_is_looked_for_in_folded_text() -> None:
    for subject in subjects():
        assert subject.holds.pattern == fold(subject.holds.pattern).replace("\\B", "\\b"), subject.name


def test_a_list_is_quoted_whole(ask: Ask) -> None:
    quotes = " ".join(citation.quote for citation in ask("codes ROME svp").citations)
    assert all(code in quotes for code in ("D1401", "D1501", "M1704"))


def test_a_subject_that_no_document_speaks_of_is_an_abstention_whatever_else_they_say(ask: Ask) -> None:
    for question in ("prix de la cantine à Troyes", "il y a un parking à Amiens ?", "c'est quel bus pour Troyes"):
        assert ask(question).kind == "abstention", question


def test_the_price_of_a_meal_is_not_that_of_the_training(ask: Ask) -> None:
    assert "1.60" not in ask("combien coûte l'année au sacré coeur").text
    assert "1.60" in ask("prix du repas au sacré coeur").text


def test_what_a_school_decides_is_told_of_each_where_none_is_named(ask: Ask) -> None:
    answer = ask("c'est quoi le rythme")
    assert {citation.document for citation in answer.citations} == {"leonie-aviat", "sacre-coeur-amiens"}
    assert {line.partition(" : ")[0] for line in answer.text.splitlines()} == {"Sacré-Coeur", "Léonie Aviat"}


def test_a_passage_that_only_shares_its_words_is_not_on_the_subject(ask: Ask) -> None:
    answer = ask("j'ai pas ma fiche d'engagement étudiant, ils m'interrogent ?")
    assert "ne peut pas" in answer.text
