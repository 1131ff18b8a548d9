"""The average and the result: marks weighted by the table's coefficients, options, the mark that is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, ROUND_UP, Decimal

from assistant.answers import Answer, Kind
from assistant.cases import find_cases
from assistant.facts import Fact
from assistant.knowledge import Knowledge
from assistant.marks import OPTION
from assistant.questions import Frame
from assistant.rules import sentences
from assistant.values import french

name = "average"
_HALF, _WHOLE = Decimal(10), Decimal(20)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit that counts, its coefficient, the fact that gives it, and its mark where there is one."""

    subject: str
    weight: Decimal
    fact: Fact
    mark: Decimal | None

    @property
    def code(self) -> str:
        return self.subject.removeprefix("unit:")


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The average, the result or the mark needed, where marks are given; None where the question is no calculation."""
    if not frame.marks and not ("average" in frame.asked and "needed" in frame.wants and frame.units):
        return _pass_mark(frame, knowledge) if "pass_mark" in frame.asked else None
    if (
        not {"average", "optional_points"} & set(frame.asked)
        and "needed" not in frame.wants
        and len(frame.marks.given) < 2
    ):
        return None
    said = sentences(name)
    wrong = [mark for _, mark in frame.marks.given if not 0 <= mark <= _WHOLE]
    if wrong:
        return Answer(frame.question, Kind.CLARIFICATION, said["wrong"]["range"].format(mark=french(wrong[0])), name)
    if frame.marks.unplaced:
        text = said["wrong"]["unplaced"].format(marks=", ".join(map(french, frame.marks.unplaced)))
        return Answer(frame.question, Kind.CLARIFICATION, text, name)
    partial = frame.marks.elsewhere is None and not {"average", "pass_mark"} & set(frame.asked)
    if partial and (above := _parent_mark(frame, knowledge)) is not None:
        return above
    units = _units(frame, knowledge)
    if not units or (all(unit.mark is None for unit in units) and "needed" not in frame.wants):
        return None
    bonus, steps, notices = _options(frame, knowledge)
    missing = [unit for unit in units if unit.mark is None]
    done = _result(frame, knowledge, units, bonus) if not missing else _needed(frame, knowledge, units, bonus)
    return replace(done, steps=(*done.steps[:-1], *steps, *done.steps[-1:]), notices=(*done.notices, *notices))


def _parent_mark(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The mark of a unit from those of its parts, where that is what is asked ("ça fait combien à l'E4 ?")."""
    given = dict(frame.marks.given)
    for unit in frame.sought:
        parts = [part for part in knowledge.vocabulary.children(unit) if part in given]
        if not parts or set(given) != set(parts) or set(parts) != set(knowledge.vocabulary.children(unit)):
            continue
        facts = [knowledge.facts.about(part, "coefficient", frame.scope) for part in parts]
        if not all(facts):
            continue
        weights = [Decimal(found[0].value) for found in facts]
        weight = sum(weights, Decimal(0))
        counted = [_Unit(p, w, f[0], given[p]) for p, w, f in zip(parts, weights, facts, strict=True)]
        points = sum((w * given[p] for p, w in zip(parts, weights, strict=True)), Decimal(0))
        shown = french((points / weight).quantize(_CENT, ROUND_HALF_UP))
        said = sentences(name)
        total = said["steps"]["total"].format(points=french(points), weight=french(weight), mean=shown)
        steps = (*_steps(counted), total)
        text = said["result"]["part"].format(unit=knowledge.vocabulary.label(unit, frame.scope.diploma), mean=shown)
        return Answer(
            frame.question, Kind.RULE, "\n".join([text, *steps]), f"{name}.part", steps,
            knowledge.cited([found[0] for found in facts]), scope=frame.scope,
        )  # fmt: skip
    return None


def _pass_mark(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The average that is required, or the verdict on one that the question gives ("10 de moyenne, c'est bon ?")."""
    facts = knowledge.facts.about("diploma", "pass_mark", frame.scope)
    if not facts or frame.units:
        return None
    means = [n for n in (*filter(None, [frame.marks.target]), *frame.numbers) if n <= _WHOLE]
    words = {fact.value: _rule_words(fact.value) for fact in facts}
    if frame.rest and not means:
        return None
    if means and means[0] != _WHOLE:
        text, clash = _verdict(facts, means[0], french(means[0]))
    else:
        clash = find_cases(facts).clash
        text = sentences(name)["result"]["rule"].format(rules=" ; ".join(dict.fromkeys(words.values())))
    said = Answer(
        frame.question, Kind.RULE, text, f"{name}.pass_mark", citations=knowledge.cited(facts), scope=frame.scope
    )
    if not clash:
        return said
    return replace(said, disagreements=(knowledge.disagreement(sentences(name)["wrong"]["about"], clash, words),))


def _units(frame: Frame, knowledge: Knowledge) -> list[_Unit]:
    """What counts in the average: each obligatory unit, or its sub-units where a mark is given for one of them."""
    given = dict(frame.marks.given)
    counted: list[_Unit] = []
    for subject in _obligatory(frame, knowledge):
        children = knowledge.vocabulary.children(subject)
        split = subject not in given and any(child in given or child in frame.units for child in children)
        for one in children if split else [subject]:
            facts = knowledge.facts.about(one, "coefficient", frame.scope)
            weight = find_cases(facts).value
            if weight is None:
                return []
            counted.append(_Unit(one, Decimal(weight), facts[0], given.get(one, _default(frame, one))))
    return counted


def _obligatory(frame: Frame, knowledge: Knowledge) -> list[str]:
    """The units of the diploma that have a coefficient, and are no part of another nor optional."""
    vocabulary = knowledge.vocabulary
    named = vocabulary.subjects(frame.scope.diploma)
    return [
        unit
        for unit in named
        if vocabulary.parent(unit) not in named
        and unit not in vocabulary.optional
        and knowledge.facts.about(unit, "coefficient", frame.scope)
    ]


def _default(frame: Frame, subject: str) -> Decimal | None:
    """The mark of the units not named; the one that is asked for has none."""
    return None if "needed" in frame.wants and subject in frame.sought else frame.marks.elsewhere


def _options(frame: Frame, knowledge: Knowledge) -> tuple[Decimal, tuple[str, ...], tuple[str, ...]]:
    """The points that optional units add, the steps, and what is assumed."""
    said = sentences(name)
    threshold = threshold_of(knowledge, frame)
    optional = [(s, m) for s, m in frame.marks.given if s == OPTION or s in knowledge.vocabulary.optional]
    points = [max(mark - threshold, Decimal(0)) for _, mark in optional]
    steps = tuple(
        said["steps"]["option" if gain else "option_none"].format(
            code=s.removeprefix("unit:"), mark=french(m), threshold=french(threshold), points=french(gain)
        )
        for (s, m), gain in zip(optional, points, strict=True)
    )
    documented = knowledge.facts.about("diploma", "optional_added", frame.scope)
    notices = (said["assumptions"]["added"],) if any(points) and not documented else ()
    return sum(points, Decimal(0)), steps, notices


def threshold_of(knowledge: Knowledge, frame: Frame) -> Decimal:
    """The mark above which an optional unit counts: a number, or "la moyenne" of a mark out of 20."""
    facts = knowledge.facts.about("diploma", "optional_threshold", frame.scope)
    numbers = [Decimal(fact.value) for fact in facts if fact.value.isdigit()]
    return numbers[0] if numbers else _HALF


def _result(frame: Frame, knowledge: Knowledge, units: Sequence[_Unit], bonus: Decimal) -> Answer:
    points = sum((u.weight * u.mark for u in units if u.mark is not None), Decimal(0)) + bonus
    weight = sum((u.weight for u in units), Decimal(0))
    mean = points / weight
    shown = french(mean.quantize(_CENT, ROUND_HALF_UP))
    steps = (
        *_steps(units),
        sentences(name)["steps"]["total"].format(points=french(points), weight=french(weight), mean=shown),
    )
    pass_marks = knowledge.facts.about("diploma", "pass_mark", frame.scope)
    verdict, clash = _verdict(pass_marks, mean, shown)
    notices = (sentences(name)["assumptions"]["rounding"],) if mean != mean.quantize(_CENT) else ()
    done = Answer(
        frame.question, Kind.RULE, "\n".join([verdict, sentences(name)["result"]["mean"].format(mean=shown), *steps]),
        f"{name}.result", steps, knowledge.cited([*pass_marks, *(u.fact for u in units)], most=6),
        scope=frame.scope, notices=notices,
    )  # fmt: skip
    if not clash:
        return done
    words = {fact.value: _rule_words(fact.value) for fact in clash}
    return replace(done, disagreements=(knowledge.disagreement(sentences(name)["wrong"]["about"], clash, words),))


def _verdict(pass_marks: Sequence[Fact], mean: Decimal, shown: str) -> tuple[str, Sequence[Fact]]:
    """The verdict, and the facts that contradict each other where the mean falls just on their mark."""
    said = sentences(name)["result"]
    outcomes = {fact.value: _passes(fact.value, mean) for fact in pass_marks}
    if not outcomes:
        return said["alone"].format(mean=shown), ()
    rules = list(outcomes)
    if len(set(outcomes.values())) > 1:
        values = " ; ".join(f"{_rule_words(rule)} ({'obtenu' if outcomes[rule] else 'non obtenu'})" for rule in rules)
        return said["boundary"].format(mean=shown, values=values), pass_marks
    which = "passed" if outcomes[rules[0]] else "failed"
    return said[which].format(mean=shown, rule=_rule_words(rules[0])), ()


def _passes(rule: str, mean: Decimal) -> bool:
    mark = Decimal(rule.lstrip(">=").replace(",", "."))
    return mean >= mark if rule.startswith(">=") else mean > mark


def _rule_words(rule: str) -> str:
    sign = ">=" if rule.startswith(">=") else ">"
    return str(sentences(name)["rules"][sign].format(mark=rule.removeprefix(sign)))


def _steps(units: Sequence[_Unit]) -> tuple[str, ...]:
    said = sentences(name)["steps"]["unit"]
    return tuple(
        said.format(code=u.code, weight=french(u.weight), mark=french(u.mark), points=french(u.weight * u.mark))
        for u in units
        if u.mark is not None
    )


def _needed(frame: Frame, knowledge: Knowledge, units: Sequence[_Unit], bonus: Decimal) -> Answer:
    """The mark that the units without one must reach, on average over them."""
    target = frame.marks.target or _target(knowledge, frame)
    points = sum((u.weight * u.mark for u in units if u.mark is not None), Decimal(0)) + bonus
    weight = sum((u.weight for u in units), Decimal(0))
    missing = [u for u in units if u.mark is None]
    left = sum((u.weight for u in missing), Decimal(0))
    exact = (target * weight - points) / left
    key = "secured" if exact <= 0 else "beyond" if exact > _WHOLE else "mark"
    said = sentences(name)["needed"]
    labels = ", ".join(knowledge.vocabulary.label(u.subject, frame.scope.diploma) for u in missing)
    single = {"mark": "mark", "secured": "secured", "beyond": "beyond"}
    several = {"mark": "several", "secured": "several_secured", "beyond": "several_beyond"}
    shown = french(exact.quantize(_CENT, ROUND_UP)) if key == "mark" else ""
    verdict = said[(single if len(missing) == 1 else several)[key]].format(
        mark=shown, unit=labels, units=labels, target=french(target)
    )
    rounded = french(exact.quantize(_CENT, ROUND_UP))
    step = f"({french(target)} x {french(weight)} - {french(points)}) / {french(left)} = {rounded}"
    steps = (*_steps(units), step)
    lines = [verdict] + ([said["missing"].format(units=labels)] if len(missing) > 1 else []) + list(steps)
    pass_marks = knowledge.facts.about("diploma", "pass_mark", frame.scope)
    return Answer(
        frame.question, Kind.RULE, "\n".join(lines), f"{name}.needed", steps,
        knowledge.cited([*pass_marks[:1], *(u.fact for u in units)], most=6), scope=frame.scope,
    )  # fmt: skip


def _target(knowledge: Knowledge, frame: Frame) -> Decimal:
    facts = knowledge.facts.about("diploma", "pass_mark", frame.scope)
    return Decimal(facts[0].value.lstrip(">=").replace(",", ".")) if facts else _HALF
