"""What was understood, thing by thing; the question without one of them; and what is asked back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from assistant.answers import Kind
from assistant.assistant import Assistant
from assistant.frames import Frame
from assistant.precisions import precision
from assistant.questions import Parser
from assistant.understood import literally, understood, without
from corpus.documents import Scope
from tests.assistant.conftest import TODAY

QUESTIONS = (
    "Quel est le coefficient de {name} ?",
    "coef {code}",
    "{code} est-elle écrite ou orale ?",
    "Combien de temps dure l'épreuve de {name}, pour les apprentis ?",
)


def _names(assistant: Assistant) -> list[tuple[str, str]]:
    units = [u for u in assistant.knowledge.vocabulary.units if u.name and not u.name.isupper()]
    return [(unit.subject.removeprefix("unit:"), unit.name) for unit in units][:12]


def test_every_thing_said_can_be_taken_out_of_the_question(library: Assistant) -> None:
    for code, name in _names(library):
        for form in QUESTIONS:
            question = form.format(code=code, name=name)
            for thing in understood(library, question, (), TODAY).things:
                rest = without(library, question, thing.key, TODAY)
                if rest is None or thing.fixed:
                    continue
                assert len(rest) < len(question)
                assert thing.key not in {left.key for left in understood(library, rest, (), TODAY).things}


def test_a_unit_named_by_its_code_leaves_the_rest_as_it_was_written(starting: Assistant) -> None:
    assert without(starting, "Quel est le coefficient de E5 ?", "unit:E5", TODAY) == "Quel est le coefficient ?"
    assert without(starting, "Quel est le rythme à Troyes ?", "city:Troyes", TODAY) == "Quel est le rythme ?"


@pytest.mark.parametrize("question", ["E5", "bonjour", "", "x" * 500, "mot " * 60 + "E5", "?!"])
def test_what_cannot_be_taken_out_is_left(starting: Assistant, question: str) -> None:
    assert without(starting, question, "unit:E5", TODAY) is None


@pytest.mark.parametrize(
    ("question", "rest"),
    [
        (
            "bonjour " * 19 + "le coefficient de E5 ? " + "merci " * 17,
            "bonjour " * 19 + "le coefficient ? " + "merci " * 17,
        ),
        ("le coefficient de E5, " + "merci " * 30 + "et la durée de E5 ?", None),
        ("le coefficient de la gestion opérationnelle " + "merci " * 30, "le coefficient " + "merci " * 30),
    ],
)
def test_a_long_question_is_read_few_times_to_take_a_thing_out(
    starting: Assistant, question: str, rest: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    understand = Parser.understand

    def counted(parser: Parser, question: str, history: Sequence[str], today: date) -> Frame:
        read.append(question)
        return understand(parser, question, history, today)

    monkeypatch.setattr(Parser, "understand", counted)
    assert without(starting, question, "unit:E5", TODAY) == (rest and rest.strip())
    assert len(read) < 60


def test_of_two_towns_each_is_a_thing_and_either_can_go(starting: Assistant) -> None:
    question = "Quel est le rythme à Troyes et à Amiens ?"
    assert {"Troyes", "Amiens"} <= {thing.label for thing in understood(starting, question, (), TODAY).things}
    assert without(starting, question, "city:Amiens", TODAY) == "Quel est le rythme à Troyes ?"


def test_who_said_a_thing_is_told(starting: Assistant) -> None:
    pinned = Scope(school="Léonie Aviat", session=2027)
    things = understood(starting, "et la durée ?", ["coefficient de E5"], TODAY, pinned).things
    assert {thing.key: thing.origin for thing in things} == {
        "diploma:BTS MCO": "earlier",
        "unit:E5": "earlier",
        "school:Léonie Aviat": "pinned",
        "session:2027": "pinned",
    }


def test_what_the_question_says_stands_before_what_is_pinned(starting: Assistant) -> None:
    things = understood(starting, "rythme au Sacré-Coeur", (), TODAY, Scope(school="Léonie Aviat")).things
    assert [(thing.label, thing.origin) for thing in things if thing.field == "school"] == [("Sacré-Coeur", "said")]


def test_the_words_of_a_correction_are_those_of_the_answer(starting: Assistant) -> None:
    question = "coefficiant de la gestoin"
    read = understood(starting, question, (), TODAY)
    notices = starting.answer(question, today=TODAY).notices
    assert [read.way_back(notice) for notice in notices] == ["coefficiant", "gestoin"]


def test_a_word_taken_literally_is_not_read_as_another_and_the_assistant_is_unchanged(starting: Assistant) -> None:
    exact = literally(starting, ["gestoin"])
    assert exact.answer("coefficiant de la gestoin", today=TODAY).kind is Kind.ABSTENTION
    assert starting.answer("coefficiant de la gestoin", today=TODAY).kind is Kind.RULE
    assert literally(starting, []) is starting


def test_what_is_asked_back_tells_cases_apart_and_each_choice_is_answered(library: Assistant) -> None:
    asked = 0
    for code in library.knowledge.vocabulary.unit_codes:
        for form in ("Quelle est la date de {code} ?", "Où se passe {code} ?", "forme de {code}"):
            question = form.format(code=code)
            answer = library.answer(question, today=TODAY)
            frame = library.parser.understand(question, (), TODAY)
            back = precision(answer, frame, library.knowledge, Scope())
            for choice in back.choices if back else ():
                asked += 1
                field = {"academy": "academies"}.get(back.field, back.field) if back else ""
                value = (choice.value,) if field in ("academies", "status") else choice.value
                chosen = library.answer(question, today=TODAY, scope=Scope(**{field: value}))
                assert chosen.kind is Kind.RULE
                assert precision(chosen, frame, library.knowledge, Scope(**{field: value})) != back
    if library.knowledge.vocabulary.academies:
        assert asked


def test_a_mark_without_a_unit_is_asked_about_once_per_unit_that_counts(starting: Assistant) -> None:
    question = "J'ai eu 12 en E5 et 9, ma moyenne ?"
    answer = starting.answer(question, today=TODAY)
    back = precision(answer, starting.parser.understand(question, (), TODAY), starting.knowledge, Scope())
    assert back is not None
    assert [choice.value for choice in back.choices] == ["E1", "E2", "E3", "E4", "E6"]
    again = starting.answer(back.choices[0].reply, [question], today=TODAY)
    assert any("E1 : 3 x 9 = 27" in step for step in again.steps)


def test_nothing_is_asked_back_where_one_answer_holds_for_all(starting: Assistant) -> None:
    question = "Quel est le coefficient de E5 ?"
    frame = starting.parser.understand(question, (), TODAY)
    assert precision(starting.answer(question, today=TODAY), frame, starting.knowledge, Scope()) is None
