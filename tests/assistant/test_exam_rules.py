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


def test_the_coefficient_of_a_unit_comes_with_those_of_its_parts(ask: Ask) -> None:
    assert (
        "E2 (Communication, langue vivante étrangère 1) a le coefficient 3 (E21 : 1,5, E22 : 1,5)."
        in ask("coef E2").text
    )


@pytest.mark.parametrize(
    "question",
    [
        "EF3 c'est devant combien de personnes",
        "on signe quoi pour l'EF1",
        "les oraux c avant ou apres les ecrits",
        "jai un tiers temps, la gestion op dure combien pour moi",
    ],
)
def test_what_the_table_of_the_exam_does_not_say_is_not_answered_with_it(ask: Ask, question: str) -> None:
    assert (ask(question).rule or "").partition(".")[0] != "exam"


@pytest.mark.parametrize("question", ["E6 compte pour combien de % ?", "l'E6 ça fait quel % ?"])
def test_a_share_may_be_asked_for_with_its_sign(ask: Ask, question: str) -> None:
    assert ask(question).rule == "exam.share"


def test_a_school_that_is_not_accredited_is_told_apart_in_a_follow_up(ask: Ask) -> None:
    first = "je suis apprenti dans un cfa habilité, E6 c'est sous quelle forme ?"
    assert "CCF" in ask(first).text
    again = ask("et si mon cfa est pas habilité ?", first).text
    assert "ponctuelle" in again
    assert "CCF" not in again


@pytest.mark.parametrize("question", ["E6 c'est 30 % ?", "c'est combien E6", "E6 combien"])
def test_a_unit_with_little_beside_it_is_presented(ask: Ask, question: str) -> None:
    assert ask(question).rule == "exam.unit"


@pytest.mark.parametrize("question", ["les épreuves de 2e année", "quelles épreuves sur les 2 ans ?"])
def test_the_year_of_a_list_of_exams_says_no_hours_of_teaching(ask: Ask, question: str) -> None:
    assert ask(question).rule == "exam.list"


def test_an_impersonal_pronoun_is_no_unit(ask: Ask) -> None:
    answer = ask("il faut combien de temps pour s'inscrire en candidat libre à l'examen ?", "coef E5")
    assert (answer.rule or "").partition(".")[0] not in ("exam", "average")


def test_a_pronoun_is_the_unit_that_the_question_before_named(ask: Ask) -> None:
    assert ask("elle dure combien pour un candidat libre ?", "coef E5").text.startswith("E5")
