"""Understanding: what a question names and asks for, however it is typed."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.answers import Kind
from assistant.assistant import Assistant
from assistant.frames import Frame
from tests.assistant.conftest import TODAY, Ask


def understood(assistant: Assistant, question: str, *history: str) -> Frame:
    return assistant.parser.understand(question, history, TODAY)


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("coef E41", "E41"),
        ("coef e 4.1 ?", "E41"),
        ("coef U41", "E41"),
        ("coef E-41", "E41"),
        ("COEF E 41", "E41"),
        ("coef ef 1", "EF1"),
        ("durée UF2", "EF2"),
    ],
)
def test_a_code_is_one_unit_in_all_its_spellings(starting: Assistant, question: str, unit: str) -> None:
    assert understood(starting, question).units == (f"unit:{unit}",)


@pytest.mark.parametrize(
    ("question", "unit"),
    [
        ("coef de la gestion opérationnelle", "E5"),
        ("coef gestion op", "E5"),
        ("coeff francais", "E1"),
        ("coef cejm", "E3"),
        ("coef managment", "E6"),
        ("coef gestion operationnele", "E5"),
    ],
)
def test_a_unit_is_named_by_its_name_a_part_of_it_or_an_alias(starting: Assistant, question: str, unit: str) -> None:
    assert understood(starting, question).units == (f"unit:{unit}",)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("c koi le coef de E5", "coefficient"),
        ("kel duree pour E5", "duration"),
        ("cb de temps dure E5", "duration"),
        ("coefE5", "coefficient"),
        ("l'E3 est écrite ou orale ?", "mode"),
        ("temps de preparation E22", "preparation"),
        ("how long is E5?", "duration"),
    ],
)
def test_what_is_asked_is_read_in_quick_and_glued_writing(starting: Assistant, question: str, asked: str) -> None:
    assert asked in understood(starting, question).asked


def test_a_word_that_was_repaired_is_said(starting: Assistant) -> None:
    frame = understood(starting, "coef managment")
    assert [(c.typed, c.read) for c in frame.corrections] == [("managment", "management")]


@pytest.mark.parametrize("question", ["coef E41", "référent handicap", "convocation EF2 et BC02"])
def test_codes_and_words_of_the_documents_are_never_repaired(starting: Assistant, question: str) -> None:
    assert understood(starting, question).corrections == ()


def test_a_code_that_no_table_has_is_kept_apart(starting: Assistant) -> None:
    frame = understood(starting, "coef E9")
    assert (frame.units, frame.unknown_codes) == ((), ("E9",))


@pytest.mark.parametrize(
    ("question", "kind", "name"),
    [
        ("frais au BTS NDRC", "diploma", "BTS NDRC"),
        ("bts ndrc coef E4", "diploma", "bts ndrc"),
        ("les dates à Bordeaux", "city", "Bordeaux"),
        ("les dates dans l'académie de Lille", "academy", "Lille"),
        ("tarif au lycée Jean Moulin", "school", "Jean Moulin"),
    ],
)
def test_a_name_that_is_not_held_is_known_as_such(starting: Assistant, question: str, kind: str, name: str) -> None:
    assert [(u.kind, u.name) for u in understood(starting, question).unheld] == [(kind, name)]


def test_a_town_an_academy_and_a_session_that_are_held_make_the_scope(starting: Assistant) -> None:
    assert understood(starting, "rentrée à Troyes").scope.city == "Troyes"
    assert understood(starting, "dates en Corse session 2022").scope.academies == ("Corse",)
    assert understood(starting, "dates en Corse session 2022").scope.session == 2022


def test_a_status_is_read_from_the_question(starting: Assistant) -> None:
    assert understood(starting, "E5 pour un apprenti, CCF ?").scope.status == ("apprentissage",)


@pytest.mark.parametrize(
    ("question", "given", "elsewhere"),
    [
        ("E1 8, E2 10 et E3 12 j'ai la moyenne ?", {"E1": 8, "E2": 10, "E3": 12}, None),
        ("12 partout, c'est bon ?", {}, 12),
        ("j'ai 14 en E5 et 9 ailleurs", {"E5": 14}, 9),
        ("12,5 à l'E4", {"E4": Decimal("12.5")}, None),
        ("E5 : 13/20 moyenne ?", {"E5": 13}, None),
    ],
)
def test_marks_are_read_in_any_phrasing(
    starting: Assistant, question: str, given: dict[str, int], elsewhere: int | None
) -> None:
    marks = understood(starting, question).marks
    assert {subject.removeprefix("unit:"): mark for subject, mark in marks.given} == given
    assert marks.elsewhere == elsewhere


@pytest.mark.parametrize("question", ["j'ai 31 ans", "un fichier de 6 Mo", "3 semaines de stage", "2 pages"])
def test_a_quantity_is_no_mark(starting: Assistant, question: str) -> None:
    assert not understood(starting, question).marks


def test_a_follow_up_keeps_the_unit_and_asks_something_else(starting: Assistant) -> None:
    frame = understood(starting, "et la durée ?", "coef E5 ?")
    assert (frame.units, frame.asked) == (("unit:E5",), ("duration",))
    assert frame.carried


def test_a_follow_up_keeps_what_is_asked_of_another_unit(starting: Assistant) -> None:
    frame = understood(starting, "et pour l'E6 ?", "coef E5 ?")
    assert (frame.units, frame.asked) == (("unit:E6",), ("coefficient",))


def test_a_new_place_takes_the_place_of_the_earlier_one(starting: Assistant) -> None:
    frame = understood(starting, "et à Troyes ?", "frais de scolarité à Amiens ?")
    assert (frame.scope.city, frame.scope.school) == ("Troyes", None)


def test_a_whole_question_borrows_nothing(starting: Assistant) -> None:
    assert understood(starting, "Quel est le coefficient de E6 ?", "durée E5 à Troyes ?").carried == ()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("combien de semaines de stage et y a un parking ?", "15 semaines"),
        ("Gérant d'une supérette, je veux une apprentie du Sacré-Coeur : ça me coûte combien ?", "4896"),
    ],
)
def test_a_message_without_an_answer_as_a_whole_is_answered_in_part(ask: Ask, question: str, said: str) -> None:
    answer = ask(question)
    assert answer.kind is Kind.PASSAGES
    assert any(said in citation.quote for citation in answer.citations)


def test_the_place_named_first_is_that_of_the_whole_message(ask: Ask) -> None:
    answer = ask("c'est quoi le prix à Amiens ? et le rythme ?")
    assert {citation.document for citation in answer.citations} == {"sacre-coeur-amiens"}


@pytest.mark.parametrize(
    "question", ["j'habite à Lille, c'est quoi le prix à Amiens ?", "stage à Dublin, combien de semaines ?"]
)
def test_where_one_lives_or_trains_is_no_school(ask: Ask, question: str) -> None:
    assert ask(question).kind is not Kind.ABSTENTION


def test_a_diploma_is_named_by_its_specialty_in_small_letters(ask: Ask) -> None:
    assert "commerce international" in ask("le bts commerce international c'est combien de semaines de stage").text


@pytest.mark.parametrize(
    "question",
    [
        "Maman au tel, fâchée : le 29 mai 2026 chez Aviat, les portes ouvertes c'était à quelle heure ?",
        "jeune homme au guichet, portes ouvertes d'Aviat le 29 mai 2026 à quelle heure",
    ],
)
def test_who_is_on_the_line_is_not_what_is_asked(ask: Ask, question: str) -> None:
    assert "16h30" in ask(question).text


def test_what_answers_is_told_before_what_does_not(ask: Ask) -> None:
    text = ask("y a une piscine à Amiens ? et un self ?").text
    assert text.index("self") < text.index("piscine")


def test_the_year_of_a_diploma_had_before_is_no_session(starting: Assistant) -> None:
    assert starting.parser.understand("bac pro en 2019, je peux candidater ?").scope.session is None
    assert starting.parser.understand("bac pro 2019, session 2022 : date E5 ?").scope.session == 2022


def test_having_no_experience_is_no_way_to_a_diploma(starting: Assistant) -> None:
    assert starting.parser.understand("je peux m'inscrire sans expérience ?").scope.status == ()


@pytest.mark.parametrize(
    ("question", "rule"),
    [("moy 10 pile ça passe ?", "average.pass_mark"), ("visiter le cfa c'est quand ?", "deadlines.event")],
)
def test_words_of_everyday_ask_for_what_they_stand_for(ask: Ask, question: str, rule: str) -> None:
    assert ask(question).rule == rule


@pytest.mark.parametrize("question", ["j'ai un master je suis dispensé de quoi", "quelle est la note éliminatoire"])
def test_what_no_document_speaks_of_is_answered_with_no_neighbour(official: Assistant, question: str) -> None:
    assert official.answer(question, today=TODAY).kind is Kind.ABSTENTION
