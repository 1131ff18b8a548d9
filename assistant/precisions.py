"""Precisions: the one thing to ask back that would tell an asker's case from the others, and its possible answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.answers import Answer, Kind
from assistant.cases import find_cases
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.properties import properties
from assistant.sheets import sheet
from assistant.values import french
from corpus.documents import Scope

_FIELDS = {"status": "status", "academies": "academy", "session": "session", "school": "school"}
_MOST = 12  # choices of one question


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the answers; `reply` says it as a message of the conversation, empty where it is a field of a profile."""

    value: str
    label: str
    reply: str = ""


@dataclass(frozen=True, slots=True)
class Precision:
    """A question with its answers: `field` is what of a profile they set ("school", "status"...), or "reply"."""

    field: str
    legend: str
    choices: tuple[Choice, ...]


def precision(answer: Answer, frame: Frame, knowledge: Knowledge, asker: Scope) -> Precision | None:
    """What to ask back after an answer; None where nothing that is held would make it more precise."""
    if answer.kind is Kind.CLARIFICATION:
        return _needed(frame, knowledge)
    if answer.kind not in (Kind.RULE, Kind.PASSAGES) or frame.places:
        return None
    scope = asker.narrowed(frame.scope)
    return _of_cases(answer, frame, knowledge, scope) or _of_schools(answer, knowledge, scope)


def _needed(frame: Frame, knowledge: Knowledge) -> Precision | None:
    """What a calculation cannot do without: the unit that a mark is of, the diploma."""
    vocabulary, marks = knowledge.vocabulary, frame.marks
    if marks.wrong:
        return None
    if len(marks.unplaced) == 1:
        mark, said = french(marks.unplaced[0]), _said("unit")
        given = {unit for unit, _ in marks.given}
        counted = [u for u in knowledge.counted(frame.scope.diploma, frame.scope) if u not in given]
        choices = [_unit(unit, said["reply"], mark, knowledge, frame) for unit in counted]
        return _asked("reply", said["legend"].format(mark=mark), choices)
    if frame.scope.diploma is None and len(vocabulary.examined) > 1:
        said = _said("diploma")
        return _asked(
            "reply", said["legend"], [Choice(n, n, said["reply"].format(name=n)) for n in vocabulary.examined]
        )
    return None


def _unit(unit: str, form: str, mark: str, knowledge: Knowledge, frame: Frame) -> Choice:
    code = unit.removeprefix("unit:")
    return Choice(code, knowledge.vocabulary.label(unit, frame.scope.diploma), form.format(mark=mark, code=code))


def _of_cases(answer: Answer, frame: Frame, knowledge: Knowledge, asker: Scope) -> Precision | None:
    """The first field that tells the values of what was asked from each other, and that the asker has not said."""
    prop = (answer.rule or "").rpartition(".")[2]
    if prop not in properties() or len(frame.units) != 1 or answer.disagreements:
        return None
    facts = knowledge.facts.about(frame.units[0], prop, asker)
    if len(find_cases(facts).cases) < 2:
        return None
    for field in properties()[prop].depends:
        values = _stated(facts, field)
        if field in _FIELDS and not getattr(asker, field) and len(values) > 1:
            return _of_field(_FIELDS[field], values)
    return None


def _stated(facts: Sequence[Fact], field: str) -> list[str]:
    """What facts say of a field, where they do not all say the same."""
    said = [getattr(fact.scope, field) for fact in facts]
    groups = dict.fromkeys(value if isinstance(value, tuple) else (str(value),) if value else () for value in said)
    return sorted({value for group in groups for value in group}) if len(groups) > 1 else []


def _of_schools(answer: Answer, knowledge: Knowledge, asker: Scope) -> Precision | None:
    """The schools that the quotes speak for, where they are several and none was named."""
    schools = {knowledge.documents[citation.document].scope.school for citation in answer.citations}
    named = sorted(filter(None, schools))
    if asker.school or asker.city or len(named) < 2:
        return None
    return _of_field("school", named)


def _of_field(field: str, values: Sequence[str]) -> Precision | None:
    return _asked(field, _said(field)["legend"], [Choice(value, value) for value in values])


def _asked(field: str, legend: str, choices: Sequence[Choice]) -> Precision | None:
    return Precision(field, legend, tuple(choices[:_MOST])) if choices else None


@cache
def _said(name: str) -> dict[str, Any]:
    return dict(sheet("precisions.toml")[name])
