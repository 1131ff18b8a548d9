"""The exam: values, cases, contradictions, the table as a whole."""

from __future__ import annotations

import pytest

from assistant.answers import Kind
from assistant.assistant import Assistant
from tests.assistant.conftest import TODAY, Ask


@pytest.mark.parametrize(
    ("question", "rule", "said"),
    [
        ("coef E5", "exam.coefficient", "coefficient 3"),
        ("durée E6", "exam.duration", "2 h 30"),
        ("temps de préparation de E22", "exam.preparation", "20 min"),
        ("l'E3 est écrite ou orale ?", "exam.mode", "écrite"),
        ("c'est quoi E5", "exam.name", "Gestion opérationnelle"),
        ("E5 coef 4 ?", "exam.coefficient", "Non : "),
        ("E5 coef 3 ?", "exam.coefficient", "Oui : "),
        ("l'E4 compte plus que l'E5 ?", "exam.coefficient", "compte plus que"),
    ],
)
def test_a_value_of_one_unit_is_said_first(ask: Ask, question: str, rule: str, said: str) -> None:
    answer = ask(question)
    assert (answer.kind, answer.rule) == (Kind.RULE, rule)
    assert said in answer.text.splitlines()[0]
    assert answer.citations


def test_the_length_of_e21_is_shown_as_a_disagreement_with_both_quotes(ask: Ask) -> None:
    (disagreement,) = ask("combien de temps dure E21 ?").disagreements
    assert {value.value for value in disagreement.values} == {"40 min", "2 h"}
    assert len({value.citation.document for value in disagreement.values}) == 2


def test_ccf_or_ponctuelle_are_cases_and_no_disagreement(ask: Ask) -> None:
    answer = ask("E6 en CCF ou ponctuelle ?")
    assert answer.disagreements == ()
    assert "CCF" in answer.text
    assert "ponctuelle" in answer.text


def test_the_total_of_the_coefficients_is_shown_step_by_step(ask: Ask) -> None:
    answer = ask("total des coefficients ?")
    assert answer.rule == "exam.total"
    (step,) = answer.steps
    terms, total = step.split(" = ")
    assert sum(int(term) for term in terms.split(" + ")) == int(total)
    assert "Aucun coefficient n'est donné pour les épreuves facultatives" in answer.text


def test_the_heaviest_unit_is_found_in_the_table(ask: Ask) -> None:
    assert "coefficient le plus élevé est 6" in ask("quelle épreuve a le plus gros coef ?").text


def test_the_written_exams_are_listed(ask: Ask) -> None:
    answer = ask("quelles sont les épreuves écrites ?")
    assert answer.rule == "exam.list"
    assert "E5" in answer.text
    assert "E41" not in answer.text


def test_a_code_that_no_table_has_says_which_exist(ask: Ask) -> None:
    answer = ask("coef E9")
    assert answer.kind is Kind.ABSTENTION
    assert "E9" in answer.text.splitlines()[0]
    assert all(code in answer.text for code in ("E1", "E41", "EF2"))


def test_an_empty_cell_is_a_silence_that_cites_its_row(ask: Ask) -> None:
    answer = ask("coef EF1")
    assert answer.kind is Kind.ABSTENTION
    assert any("EF1" in citation.quote.replace(" ", "") for citation in answer.citations)


def test_a_diploma_that_is_not_held_is_not_answered_from_another(ask: Ask) -> None:
    answer = ask("coef E5 du BTS NDRC")
    assert answer.kind is Kind.ABSTENTION
    assert "NDRC" in answer.text.splitlines()[0]


def test_the_columns_of_a_bare_table_are_cases_by_status(foreign: Assistant) -> None:
    answer = foreign.answer("E1 c'est en CCF ?", today=TODAY)
    assert answer.kind is Kind.RULE
    assert answer.disagreements == ()
    assert {"CCF", "ponctuelle"} <= set(answer.text.replace("(", " ").replace(")", " ").split())


def test_two_questions_in_one_message_are_both_answered(ask: Ask) -> None:
    answer = ask("Quel est le coefficient de E5 ? Et combien de temps dure E6 ?")
    assert "coefficient 3" in answer.text
    assert "2 h 30" in answer.text


def test_a_follow_up_says_what_it_borrowed(ask: Ask) -> None:
    answer = ask("et la durée ?", "coef E6 ?")
    assert "2 h 30" in answer.text
    assert any("question précédente" in notice for notice in answer.notices)


def test_the_obligatory_units_are_those_that_count_in_the_average(ask: Ask) -> None:
    lines = ask("nombre d'épreuves obligatoires").text.splitlines()
    assert lines[0] == "6 épreuves obligatoires :"
    assert [line.split(" ")[1] for line in lines[1:]] == ["E1", "E2", "E3", "E4", "E5", "E6"]


def test_whether_two_units_are_alike_is_no_question_of_what_they_are(ask: Ask) -> None:
    assert ask("E41 et E42 on les passe le même jour ?").rule != "exam.unit"


def test_the_day_of_a_written_paper_is_not_that_of_the_oral_half(official: Assistant) -> None:
    assert "17 mai 2022" in official.answer("E21 c'est quel jour", today=TODAY).text
    assert official.answer("date E22", today=TODAY).kind is Kind.ABSTENTION
