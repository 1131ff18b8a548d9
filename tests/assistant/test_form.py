"""How a unit is examined, by the candidate's status."""

from __future__ import annotations

import pytest

from assistant.answers import Kind
from assistant.assistant import Assistant
from tests.assistant.conftest import TODAY, Ask


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("E41 en apprentissage cfa non habilité, c'est ccf ?", "Non : E41", "cours de formation"),
        ("E6 en lycée public ccf ou pas", "Oui : E6", "par épreuve ponctuelle"),
        ("e42 en VAE ?", "par épreuve ponctuelle orale", "cours de formation"),
        ("comment se passe l'E42 en CNED", "par épreuve ponctuelle orale", "cours de formation"),
        ("mode d'évaluation E6 en formation continue", "cours de formation", "scolaire"),
    ],
)
def test_the_status_that_a_question_names_decides_the_form(ask: Ask, question: str, said: str, unsaid: str) -> None:
    text = ask(question).text
    assert said in text
    assert unsaid not in text


def test_without_a_status_each_case_is_listed_and_none_chosen(ask: Ask) -> None:
    answer = ask("forme de l'e41 par statut")
    assert answer.kind is Kind.RULE
    assert "(hors contrat ou non habilité)" in answer.text
    assert "(public, sous contrat ou habilité)" in answer.text
    assert not answer.disagreements


def test_a_status_that_no_document_speaks_of_gets_no_other_ones_form(ask: Ask) -> None:
    text = ask("E6 pour un candidat individuel").text
    assert "aucun document ne dit l'évaluation pour « candidat individuel »" in text
    assert "scolaire" in text


def test_the_units_examined_one_way_are_listed(ask: Ask) -> None:
    text = ask("quelles épreuves sont en CCF pour un apprenti ?").text
    assert [line.split()[1] for line in text.splitlines()[1:]] == ["E41", "E42", "E6"]


def test_a_follow_up_may_precise_the_status(ask: Ask) -> None:
    earlier = "E6 ccf ou ponctuel pour un scolaire en lycée public ?"
    assert "cours de formation" in ask(earlier).text
    after = ask("et en privé hors contrat ?", earlier)
    assert "par épreuve ponctuelle écrite" in after.text
    assert "public" not in "".join(after.notices)


def test_the_columns_of_another_diploma_are_told_apart_too(foreign: Assistant) -> None:
    text = foreign.answer("E6 en formation continue habilitée", today=TODAY).text
    assert "cours de formation" in text
    assert "ponctuelle" not in text


def test_two_lengths_are_compared_with_their_difference(ask: Ask) -> None:
    answer = ask("E5 dure combien de plus que E6 ?")
    assert answer.steps == ("3 h − 2 h 30 = 30 min",)


def test_the_school_of_a_status_decides_where_the_documents_tell_it(official: Assistant) -> None:
    text = official.answer("E4 en apprentissage dans un cfa habilité ?", today=TODAY).text
    assert text.count("contrôle en cours de formation") == 2
    assert "ponctuelle" not in text
