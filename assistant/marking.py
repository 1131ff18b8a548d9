"""The average of marks that come by their units' codes: what the rule says of the same marks in a question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from assistant.answers import Answer
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.marks import Marks
from assistant.rules import average
from corpus.documents import Scope


class NoTable(Exception):
    """No document gives the units that marks could count for."""


class UnknownUnit(Exception):
    """A code that no table has; `known` are those that there are."""

    def __init__(self, code: str, known: tuple[str, ...]) -> None:
        super().__init__(code)
        self.code, self.known = code, known


def simulated(
    knowledge: Knowledge,
    marks: Mapping[str, Decimal],
    *,
    elsewhere: Decimal | None = None,
    target: Decimal | None = None,
    today: date,
    scope: Scope,
) -> Answer:
    """The average where every unit has its mark, else the mark that the others need; `elsewhere` is that of all units
    not named, `target` the average aimed at where it is not the one required. Marks are out of 20.

    Raises:
        UnknownUnit, NoTable.
    """
    codes = _codes(knowledge, scope)
    if not codes:
        raise NoTable
    for code in marks:
        if code.upper() not in codes:
            raise UnknownUnit(code, tuple(codes))
    given = tuple((codes[code.upper()], mark) for code, mark in marks.items())
    frame = Frame("", asked=("average",), marks=Marks(given, elsewhere, target), today=today, scope=scope)
    answer = average.answer(frame, knowledge)
    if answer is None:
        raise NoTable
    return answer


def _codes(knowledge: Knowledge, scope: Scope) -> dict[str, str]:
    """The subject that each code names."""
    subjects = knowledge.vocabulary.subjects(scope.diploma)
    return {subject.removeprefix("unit:").upper(): subject for subject in subjects}
