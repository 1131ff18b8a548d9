"""The average that the diploma requires, and what it makes of a mean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, ROUND_UP, Decimal

from assistant.answers import Answer, Kind
from assistant.cases import find_cases
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.values import french, number

_ROUNDED = re.compile(r"\barrondi", re.IGNORECASE)
_YEARS = re.compile(r"\b([0-9]+) ?(?:ans?|annees?)\b")
_HALF, _WHOLE = Decimal(10), Decimal(20)


def required(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The average that is required, or the verdict on one that the question gives ("10 de moyenne, c'est bon ?")."""
    facts = pass_marks(frame, knowledge)
    words = sentences("average")["words"]
    if not facts or frame.units or {*words["honours"], *words["resit"]} & set(frame.words):
        return None
    if set(words["rounding"]) & set(frame.words):
        silent = not any(_ROUNDED.search(document.text) for document in knowledge.documents.values())
        return _unrounded(frame, knowledge, facts) if silent else None
    means = _means(frame)
    if frame.rest and not means:
        return None
    if means and means[0] != _WHOLE:
        text, clash = verdict(facts, means[0], french(means[0]))
    else:
        clash = find_cases(facts).clash
        rules = dict.fromkeys(rule_words(fact.value) for fact in facts)
        text = sentences("average")["result"]["rule"].format(rules=" ; ".join(rules))
    told = Answer(
        frame.question, Kind.RULE, text, "average.pass_mark", citations=knowledge.cited(facts), scope=frame.scope
    )
    return disputed(told, knowledge, clash)


def _means(frame: Frame) -> list[Decimal]:
    """The numbers of a question that may be a mean: those out of 20 that count no years."""
    years = _YEARS.findall(frame.text)
    said = [number for number in frame.numbers if str(number) not in years]
    return [one for one in (*filter(None, [frame.marks.target]), *said) if one <= _WHOLE]


def _unrounded(frame: Frame, knowledge: Knowledge, facts: Sequence[Fact]) -> Answer:
    """No document says how a mean is rounded: what is required is told instead."""
    said = sentences("average")
    rules = " ; ".join(dict.fromkeys(rule_words(fact.value) for fact in facts))
    text = "\n".join([said["wrong"]["rounding"], said["result"]["rule"].format(rules=rules)])
    return Answer(
        frame.question, Kind.ABSTENTION, text, "average.rounding", citations=knowledge.cited(facts), scope=frame.scope
    )


def total_required(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The points that the required average makes with all the coefficients, out of how many."""
    facts = pass_marks(frame, knowledge)
    counted = knowledge.counted(frame.scope.diploma, frame.scope)
    weights = [knowledge.facts.about(unit, "coefficient", frame.scope)[0] for unit in counted]
    if not facts or not weights or (frame.scope.diploma is None and len(knowledge.vocabulary.examined) > 1):
        return None
    whole, aim = sum((Decimal(fact.value) for fact in weights), Decimal(0)), target(frame, knowledge)
    said = sentences("average")["total"]
    terms = {"weight": french(whole), "aim": french(aim), "points": french(aim * whole), "most": french(_WHOLE * whole)}
    shown_steps = tuple(said[step].format(**terms) for step in ("step", "most_step"))
    text = "\n".join([said["points"].format(**terms), *shown_steps])
    return Answer(
        frame.question, Kind.RULE, text, "average.total", shown_steps,
        knowledge.cited([*facts, *weights], most=6), scope=frame.scope,
    )  # fmt: skip


def pass_marks(frame: Frame, knowledge: Knowledge) -> Sequence[Fact]:
    return knowledge.facts.about("diploma", "pass_mark", frame.scope)


def verdict(facts: Sequence[Fact], mean: Decimal, shown: str) -> tuple[str, Sequence[Fact]]:
    """The verdict on a mean, and the facts that contradict each other where it falls between their marks."""
    said = sentences("average")["result"]
    outcomes = {fact.value: _passes(fact.value, mean) for fact in facts}
    if not outcomes:
        return said["alone"].format(mean=shown), ()
    if len(set(outcomes.values())) > 1:
        values = " ; ".join(
            said["boundary_value"].format(rule=rule_words(rule), outcome=said["got" if passes else "not_got"])
            for rule, passes in outcomes.items()
        )
        return said["boundary"].format(mean=shown, values=values), facts
    rule, passes = next(iter(outcomes.items()))
    return said["passed" if passes else "failed"].format(mean=shown, rule=rule_words(rule)), ()


def eliminating(
    frame: Frame, knowledge: Knowledge, marks: Sequence[tuple[str, Decimal]]
) -> tuple[str, Sequence[Fact]] | None:
    """The verdict of a mark so low that it rules the diploma out whatever the average, and the facts that say so."""
    said = sentences("average")["result"]
    for subject, mark in marks:
        for about in (f"exam:{subject.partition(':')[2]}", "exam"):
            facts = knowledge.facts.about(about, "eliminatory", frame.scope)
            low = [fact for fact in facts if mark < _mark(fact.value)]
            if low:
                label, limit = knowledge.vocabulary.label(subject, frame.scope.diploma), low[0].value.lstrip("<")
                return said["eliminated"].format(mark=french(mark), unit=label, limit=limit), low
    return None


def rounded(mean: Decimal, facts: Sequence[Fact]) -> Decimal:
    """A mean to the hundredth, never brought to the other side of a required average (9,998 is no 10)."""
    outcomes = [_passes(fact.value, mean) for fact in facts]
    cents = (mean.quantize(Decimal("0.01"), way) for way in (ROUND_HALF_UP, ROUND_DOWN, ROUND_UP))
    return next((c for c in cents if [_passes(fact.value, c) for fact in facts] == outcomes), mean)


def disputed(told: Answer, knowledge: Knowledge, clash: Sequence[Fact]) -> Answer:
    """An answer with the contradiction that it falls in, if there is one."""
    if not clash:
        return told
    words = {fact.value: rule_words(fact.value) for fact in clash}
    return replace(told, disagreements=(knowledge.disagreement(sentences("average")["wrong"]["about"], clash, words),))


def target(frame: Frame, knowledge: Knowledge) -> Decimal:
    """The mean to reach: the highest that a document requires, or half of 20 where none requires any."""
    return max((_mark(fact.value) for fact in pass_marks(frame, knowledge)), default=_HALF)


def _passes(rule: str, mean: Decimal) -> bool:
    return mean >= _mark(rule) if rule.startswith(">=") else mean > _mark(rule)


def _mark(rule: str) -> Decimal:
    return number(rule.lstrip("<>="))


def rule_words(rule: str) -> str:
    """A required average as people read it: ">=10" is "une moyenne égale ou supérieure à 10"."""
    sign = ">=" if rule.startswith(">=") else ">"
    return str(sentences("average")["rules"][sign].format(mark=rule.removeprefix(sign)))
