"""The exam as a whole: the list of the units, the total of their coefficients, the longest and the heaviest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answers import Answer, Kind
from assistant.cases import find_cases
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.rules.exam import joined, line
from assistant.rules.exam_words import proposal, worded
from assistant.values import french

name = "exam_table"
_MEASURED = ("coefficient", "duration")


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The answer on all the units of one diploma, or None where the question is not about the whole table."""
    if frame.units or frame.unknown_codes or not ({"exam", "optional"} & frame.wants or frame.asked):
        return None
    if ("exam" in frame.elsewhere and not frame.asked_of_exam) or len(frame.rest) > 1 or "date" in frame.asked:
        return None
    if not frame.asked and re.search(sentences("exam")["words"]["order"], frame.text):
        return None
    diplomas = knowledge.vocabulary.examined
    if frame.scope.diploma or len(diplomas) < 2:
        return _of_one(frame, knowledge)
    each = {one: _of_one(replace(frame, scope=replace(frame.scope, diploma=one)), knowledge) for one in diplomas}
    found = [replace(told, text=f"{one} : {told.text}") for one, told in each.items() if told is not None]
    return joined(found) if found else None


def _of_one(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The answer for one diploma."""
    units = _units(frame, knowledge)
    if not units:
        return None
    measured = next((prop for prop in frame.asked if prop in _MEASURED), None)
    if "total" in frame.wants and measured == "coefficient":
        return _total(frame, knowledge, units)
    if measured and {"most", "least"} & frame.wants and ("exam" in frame.wants or measured == "coefficient"):
        return _extreme(frame, knowledge, measured, units)
    if {"list", "count"} & frame.wants or (frame.mode and "exam" in frame.wants and measured):
        return _list(frame, knowledge, units, measured)
    if measured and proposal(frame, measured) is not None and "exam" in frame.wants:
        return _list(frame, knowledge, units, measured)
    return None


def _units(frame: Frame, knowledge: Knowledge) -> list[str]:
    """The units of the diploma asked for, in the order of the documents."""
    return list(knowledge.vocabulary.subjects(frame.scope.diploma))


def _leaves(knowledge: Knowledge, units: Sequence[str]) -> list[str]:
    return [unit for unit in units if not set(knowledge.vocabulary.children(unit)) & set(units)]


def _value(knowledge: Knowledge, frame: Frame, unit: str, prop: str) -> tuple[Decimal | None, Sequence[Fact]]:
    """The one value of a unit (None where there is none, or several) and the facts that give it."""
    facts = knowledge.facts.about(unit, prop, frame.scope)
    value = find_cases(facts).value
    return (Decimal(value) if value and "+" not in value else None), facts


def _total(frame: Frame, knowledge: Knowledge, units: Sequence[str]) -> Answer | None:
    """The sum over the obligatory units; a unit's own coefficient already counts its sub-units'."""
    found = [
        (unit, *_value(knowledge, frame, unit, "coefficient"))
        for unit in knowledge.counted(frame.scope.diploma, frame.scope)
    ]
    terms = [(unit, value, facts) for unit, value, facts in found if value is not None]
    if not terms or len(terms) < len([facts for _, _, facts in found if facts]):
        return None
    total = sum((value for _, value, _ in terms), Decimal(0))
    said = sentences("exam")["total"]
    steps = (" + ".join(french(v) for _, v, _ in terms) + f" = {french(total)}",)
    codes = ", ".join(unit.removeprefix("unit:") for unit in units if unit in knowledge.vocabulary.optional)
    lines = [said["verdict"].format(diploma=_of(frame), total=french(total)), f"{_codes(terms)} : {steps[0]}"]
    lines += [said["optional"].format(units=codes)] if codes else []
    facts = [facts[0] for _, _, facts in terms]
    return _ruled(frame, knowledge, "total", "\n".join(lines), facts, steps)


def _codes(terms: Sequence[tuple[str, Decimal, Sequence[Fact]]]) -> str:
    return " + ".join(unit.removeprefix("unit:") for unit, _, _ in terms)


def _extreme(frame: Frame, knowledge: Knowledge, prop: str, units: Sequence[str]) -> Answer | None:
    """The units of the greatest or smallest value. A unit whose value is disputed is named apart."""
    every = _leaves(knowledge, units) if prop == "duration" else knowledge.counted(frame.scope.diploma, frame.scope)
    pool = [unit for unit in every if _fits(frame, knowledge, unit)]
    found = {unit: _value(knowledge, frame, unit, prop) for unit in pool}
    values = {unit: value for unit, (value, _) in found.items() if value is not None}
    if not values:
        return None
    which = "least" if "least" in frame.wants else "most"
    best = (min if which == "least" else max)(values.values())
    winners = [unit for unit, value in values.items() if value == best]
    said = sentences("exam")["extreme"]
    labels = ", ".join(knowledge.vocabulary.label(unit, frame.scope.diploma) for unit in winners)
    lines = [said[f"{which}_{prop}"].format(value=worded(prop, str(best)), units=labels)]
    disputed = [unit for unit, (_, facts) in found.items() if find_cases(facts).clash]
    if disputed and which == "least":
        lines.append(said["disputed"].format(units=", ".join(map(knowledge.vocabulary.label, disputed))))
    facts = [found[unit][1][0] for unit in winners]
    return _ruled(frame, knowledge, f"{which}_{prop}", "\n".join(lines), facts)


def _fits(frame: Frame, knowledge: Knowledge, unit: str) -> bool:
    """Whether a unit is taken the way the question says, and is optional where it says so."""
    modes = {fact.value for fact in knowledge.facts.about(unit, "mode")}
    asked_mode = not frame.mode or any(frame.mode in mode for mode in modes)
    return asked_mode and ("optional" not in frame.wants or unit in knowledge.vocabulary.optional)


def _list(frame: Frame, knowledge: Knowledge, units: Sequence[str], measured: str | None) -> Answer | None:
    """The units that fit, each with what the table says of it."""
    counted = knowledge.counted(frame.scope.diploma, frame.scope) if _asks_obligatory(frame) else ()
    pool = _leaves(knowledge, units) if frame.mode or measured else list(counted or units)
    fitting = [unit for unit in pool if _fits(frame, knowledge, unit)]
    if measured and (wanted := proposal(frame, measured)) is not None:
        fitting = [u for u in fitting if wanted in {f.value for f in knowledge.facts.about(u, measured, frame.scope)}]
    if not fitting:
        return None
    said = sentences("exam")["list"]
    alone = bool(counted) and pool == list(counted)
    kinds = said["optional" if "optional" in frame.wants else "obligatory" if alone else "kinds"]
    kind = kinds[len(fitting) > 1] + (said["mode"].format(mode=_plural(frame.mode, len(fitting))) if frame.mode else "")
    lines = [said["verdict"].format(count=len(fitting), kind=kind, diploma=_of(frame))]
    lines += [line(frame, knowledge, unit) for unit in fitting]
    rows = [knowledge.facts.about(unit, "name")[0] for unit in fitting]
    return _ruled(frame, knowledge, "list", "\n".join(lines), rows)


def _asks_obligatory(frame: Frame) -> bool:
    """Whether a question is about the obligatory units alone."""
    return "optional" not in frame.wants and bool(set(sentences("exam")["words"]["obligatory"]) & set(frame.words))


def _plural(mode: str, count: int) -> str:
    return f"{mode}s" if count > 1 else mode


def _of(frame: Frame) -> str:
    return f" ({frame.scope.diploma})" if frame.scope.diploma else ""


def _ruled(
    frame: Frame, knowledge: Knowledge, what: str, text: str, facts: Sequence[Fact], steps: tuple[str, ...] = ()
) -> Answer:
    suggestions = tuple(sentences("exam")["suggestions"].get(what, ()))
    return Answer(
        frame.question, Kind.RULE, text, f"exam.{what}", steps,
        knowledge.cited(facts, most=12), scope=frame.scope, suggestions=suggestions,
    )  # fmt: skip
