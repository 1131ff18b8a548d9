"""The average and the result: marks weighted by the table's coefficients, options, the mark that is needed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from assistant.answers import Answer, Kind
from assistant.cases import find_cases
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.marks import OPTION
from assistant.rules import sentences
from assistant.rules.pass_mark import (
    disputed,
    eliminating,
    pass_marks,
    required,
    rounded,
    target,
    total_required,
    verdict,
)
from assistant.rules.weighing import (
    Weighed,
    gains,
    needed,
    needed_step,
    option_steps,
    points,
    steps,
    told_needed,
    weight,
)
from assistant.values import french, number

name = "average"
_HALF = Decimal(10)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Unit(Weighed):
    """A unit that counts, with the fact that gives its coefficient."""

    fact: Fact


@dataclass(frozen=True, slots=True)
class _Bonus:
    """The points that optional units add, how, and what is assumed."""

    points: Decimal
    steps: tuple[str, ...]
    notices: tuple[str, ...]


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The average, the result or the mark needed, where marks are given; None where the question is no calculation."""
    if not frame.marks and not ("average" in frame.asked and "needed" in frame.wants and frame.units):
        return _without_marks(frame, knowledge)
    if (points := _points_of_one(frame, knowledge)) is not None:
        return points
    if set(sentences(name)["words"]["resit"]) & set(frame.words):  # what gives a right to it is read, not computed
        return None
    asks = {"average", "pass_mark"} & set(frame.asked) or "needed" in frame.wants
    if not asks and frame.marks.count < 2:
        return None
    if unusable := _unusable(frame):
        return Answer(frame.question, Kind.CLARIFICATION, unusable, name)
    whole = {"average", "pass_mark"} & set(frame.asked) and not frame.sought
    partial = frame.marks.elsewhere is None and not whole
    if partial and (within := _parent_mark(frame, knowledge) or _needed_within(frame, knowledge)) is not None:
        return within
    if len(frame.marks.given) == 1 and _asks_what_is_kept(frame):
        return None
    diplomas = knowledge.vocabulary.examined
    if frame.scope.diploma is None and len(diplomas) > 1:
        text = sentences(name)["wrong"]["diploma"].format(diplomas=", ".join(diplomas))
        return Answer(frame.question, Kind.CLARIFICATION, text, name)
    units = _units(frame, knowledge)
    if not units or (all(unit.mark is None for unit in units) and "needed" not in frame.wants):
        return None
    complete = all(unit.mark is not None for unit in units)
    bonus = _bonus(frame, knowledge)
    return (_result if complete else _needed)(frame, knowledge, units, bonus)


def _asks_what_is_kept(frame: Frame) -> bool:
    """Whether a question is what becomes of a mark, and not what it makes."""
    return "needed" not in frame.wants and bool(set(sentences("kept")["words"]["keep"]) & set(frame.words))


def _without_marks(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """What is required, in marks or in points; marks that no unit is named for are asked about."""
    if {"points", "total", "needed"} <= frame.wants and not frame.units:
        return total_required(frame, knowledge)
    several = len(frame.marks.unplaced) > 1 and "average" in frame.asked and not frame.units
    rounds = set(sentences(name)["words"]["rounding"]) & set(frame.words)
    if several and not rounds and (text := _unusable(frame)):
        return Answer(frame.question, Kind.CLARIFICATION, text, name)
    if "average" in frame.asked and not frame.numbers and _asks_to_calculate(frame):
        return _which_marks(frame, knowledge)
    return required(frame, knowledge) if "pass_mark" in frame.asked else None


def _asks_to_calculate(frame: Frame) -> bool:
    said = sentences(name)["words"]
    return all(set(said[one]) & set(frame.words) for one in ("calculates", "own")) and "comment" not in frame.words


def _which_marks(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """Asks for the marks that an average is to be made of, by the units that count."""
    counted = knowledge.counted(frame.scope.diploma, frame.scope)
    units = ", ".join(knowledge.vocabulary.label(unit, frame.scope.diploma) for unit in counted)
    text = sentences(name)["wrong"]["none"].format(units=units)
    return Answer(frame.question, Kind.CLARIFICATION, text, name, scope=frame.scope) if counted else None


def _unusable(frame: Frame) -> str | None:
    """What to ask back where a mark is not one out of 20, or belongs to no unit, or a unit has none to come."""
    said, unplaced = sentences(name)["wrong"], frame.marks.unplaced
    if set(frame.words) & set(sentences(name)["words"]["unmarked"]):
        return str(said["unmarked"])
    if frame.marks.wrong:
        return str(said["range"].format(mark=frame.marks.wrong))
    if not unplaced:
        return None
    return str(said["unplaced" if len(unplaced) == 1 else "several"].format(marks=", ".join(map(french, unplaced))))


def _points_of_one(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The points that one mark makes with its coefficient, where that is what is asked."""
    if len(frame.marks.given) != 1 or not set(sentences(name)["words"]["points"]) & set(frame.words):
        return None
    ((subject, mark),) = frame.marks.given
    facts = knowledge.facts.about(subject, "coefficient", frame.scope)
    value = find_cases(facts).value
    if value is None or "coefficient" not in frame.asked:
        return None
    (step,) = steps([_Unit(subject, Decimal(value), mark, facts[0])])
    text = sentences(name)["result"]["points"].format(points=french(Decimal(value) * mark))
    return Answer(
        frame.question, Kind.RULE, f"{text}\n{step}", f"{name}.points", (step,),
        knowledge.cited(facts), scope=frame.scope,
    )  # fmt: skip


def _parent_mark(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The mark of a unit from those of its parts, where that is what is asked ("ça fait combien à l'E4 ?")."""
    given = dict(frame.marks.given)
    above = {knowledge.vocabulary.parent(part) for part in given}
    for unit in frame.sought or [unit for unit in above if unit and len(above) == 1]:
        parts = [part for part in knowledge.vocabulary.children(unit) if part in given]
        if not parts or set(given) != set(parts) or set(parts) != set(knowledge.vocabulary.children(unit)):
            continue
        facts = [knowledge.facts.about(part, "coefficient", frame.scope) for part in parts]
        if not all(facts):
            continue
        counted = [_Unit(p, Decimal(f[0].value), given[p], f[0]) for p, f in zip(parts, facts, strict=True)]
        shown = french((points(counted) / weight(counted)).quantize(_CENT, ROUND_HALF_UP))
        said = sentences(name)
        terms = {"points": french(points(counted)), "weight": french(weight(counted)), "mean": shown}
        shown_steps = (*steps(counted), said["steps"]["total"].format(**terms))
        text = said["result"]["part"].format(unit=knowledge.vocabulary.label(unit, frame.scope.diploma), mean=shown)
        return Answer(
            frame.question, Kind.RULE, "\n".join([text, *shown_steps]), f"{name}.part", shown_steps,
            knowledge.cited([found[0] for found in facts]), scope=frame.scope,
        )  # fmt: skip
    return None


def _needed_within(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The mark that one part must have for its unit to have the mark given ("6 en E21, il me faut quoi pour 10 en E2
    ?"), or the average ("... la moyenne à l'E2 ?"); None where something else is asked."""
    given = dict(frame.marks.given)
    averaged = frame.sought if re.search(sentences(name)["words"]["within"], frame.text) else ()
    whole = next((unit for unit in (*given, *averaged) if knowledge.vocabulary.children(unit)), None)
    parts = knowledge.vocabulary.children(whole) if whole else []
    left = [part for part in parts if part not in given]
    if "needed" not in frame.wants or len(left) != 1 or set(given) - {whole, *parts} or not set(given) & set(parts):
        return None
    facts = {part: knowledge.facts.about(part, "coefficient", frame.scope) for part in parts}
    if not all(facts.values()):
        return None
    counted = [_Unit(part, Decimal(f[0].value), given.get(part), f[0]) for part, f in facts.items()]
    aim = given.get(str(whole), _HALF)
    exact = needed(aim, counted, Decimal(0))
    label, over = [knowledge.vocabulary.label(left[0], frame.scope.diploma)], str(whole).partition(":")[2]
    shown_steps = (*steps(counted), needed_step(aim, counted, Decimal(0)))
    return Answer(
        frame.question, Kind.RULE, "\n".join([told_needed(exact, label, aim, over), *shown_steps]), f"{name}.needed",
        shown_steps, knowledge.cited([f[0] for f in facts.values()]), scope=frame.scope,
    )  # fmt: skip


def _units(frame: Frame, knowledge: Knowledge) -> list[_Unit]:
    """What counts in the average: each obligatory unit, or its sub-units where a mark is given for one of them."""
    given = dict(frame.marks.given)
    counted: list[_Unit] = []
    for subject in knowledge.counted(frame.scope.diploma, frame.scope):
        children = knowledge.vocabulary.children(subject)
        split = subject not in given and any(child in given or child in frame.units for child in children)
        for one in children if split else [subject]:
            facts = knowledge.facts.about(one, "coefficient", frame.scope)
            value = find_cases(facts).value
            if value is None:
                return []
            above = given.get(knowledge.vocabulary.parent(one) or "", _default(frame, one))
            counted.append(_Unit(one, Decimal(value), given.get(one, above), facts[0]))
    return counted


def _default(frame: Frame, subject: str) -> Decimal | None:
    """The mark of the units not named; one that is named without a mark has none ("10 partout sauf en E5")."""
    return None if subject in frame.sought else frame.marks.elsewhere


def _bonus(frame: Frame, knowledge: Knowledge) -> _Bonus:
    said = sentences(name)
    threshold = threshold_of(knowledge, frame)
    optional = [(s, m) for s, m in frame.marks.given if s == OPTION or s in knowledge.vocabulary.optional]
    gained = gains(optional, threshold)
    documented = knowledge.facts.about("diploma", "optional_added", frame.scope)
    notices = (said["assumptions"]["added"],) if any(gained) and not documented else ()
    return _Bonus(sum(gained, Decimal(0)), option_steps(optional, threshold), notices)


def threshold_of(knowledge: Knowledge, frame: Frame) -> Decimal:
    """The mark above which an optional unit counts: a number, or "la moyenne" of a mark out of 20."""
    facts = knowledge.facts.about("diploma", "optional_threshold", frame.scope)
    numbers = [number(fact.value) for fact in facts if fact.value[:1].isdigit()]
    return numbers[0] if numbers else _HALF


def _result(frame: Frame, knowledge: Knowledge, units: Sequence[_Unit], bonus: _Bonus) -> Answer:
    said = sentences(name)
    made, whole = points(units) + bonus.points, weight(units)
    mean = made / whole
    shown = french(rounded(mean, pass_marks(frame, knowledge)))
    total = said["steps"]["total"].format(points=french(made), weight=french(whole), mean=shown)
    shown_steps = (*steps(units), *bonus.steps, total)
    required_marks = pass_marks(frame, knowledge)
    judged, clash = verdict(required_marks, mean, shown)
    failing = eliminating(frame, knowledge, [(u.subject, u.mark) for u in units if u.mark is not None])
    judged, clash = (failing[0], ()) if failing else (judged, clash)
    rounding = (said["assumptions"]["rounding"],) if mean != mean.quantize(_CENT) else ()
    facts = [*(failing[1] if failing else ()), *required_marks, *(u.fact for u in units)]
    told = Answer(
        frame.question, Kind.RULE, "\n".join([judged, said["result"]["mean"].format(mean=shown), *shown_steps]),
        f"{name}.result", shown_steps, knowledge.cited(facts, most=6),
        scope=frame.scope, notices=(*rounding, *bonus.notices),
    )  # fmt: skip
    return disputed(told, knowledge, clash)


def _so_far(frame: Frame, units: Sequence[_Unit], missing: Sequence[_Unit]) -> list[str]:
    """The average of the units that have a mark, where the question is what theirs is."""
    marked = [unit for unit in units if unit not in missing]
    if "needed" in frame.wants or "average" not in frame.asked or len(marked) < 2:
        return []
    mean = french((points(marked) / weight(marked)).quantize(_CENT, ROUND_HALF_UP))
    total = sentences(name)["steps"]["total"].format(
        points=french(points(marked)), weight=french(weight(marked)), mean=mean
    )
    return [sentences(name)["result"]["so_far"].format(mean=mean, step=total)]


def _needed(frame: Frame, knowledge: Knowledge, units: Sequence[_Unit], bonus: _Bonus) -> Answer:
    """The mark that the units without one must reach, on average over them."""
    said = sentences(name)
    aim = target(frame, knowledge) if frame.marks.target is None else frame.marks.target
    missing = [u for u in units if u.mark is None]
    exact = needed(aim, units, bonus.points)
    every = [knowledge.vocabulary.label(u.subject, frame.scope.diploma) for u in missing]
    shown_steps = (*steps(units), *bonus.steps, needed_step(aim, units, bonus.points))
    lines = [*_so_far(frame, units, missing), told_needed(exact, every, aim)]
    lines += [said["needed_together"]["missing"].format(units=", ".join(every))] if len(missing) > 1 else []
    cited = knowledge.cited([*pass_marks(frame, knowledge)[:1], *(u.fact for u in units)], most=6)
    return Answer(
        frame.question, Kind.RULE, "\n".join([*lines, *shown_steps]), f"{name}.needed", shown_steps, cited,
        scope=frame.scope, notices=bonus.notices,
    )  # fmt: skip
