"""Pay by age and by year of the contract, as a document's lines or table give it."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.answers import Answer, Kind
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.pay import year_of
from assistant.rules import sentences
from assistant.rules.eligibility import age_of
from assistant.subjects import asked_subjects
from assistant.values import ages

name = "pay"
_FIRST, _LAST = 0, 120
_MOST_CITED = 3


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The amount for the age and year asked about, or all of them; None where no document gives any by age."""
    asks = name in {one.subject.name for one in asked_subjects(frame.words)}
    if not asks or set(sentences(name)["words"]["unless"]) & set(frame.words):
        return None
    facts = {s: knowledge.facts.about(s, "pay", frame.scope) for s in knowledge.facts.subjects("pay")}
    held = {subject: found[0] for subject, found in facts.items() if found}
    if not held or len({fact.document for fact in held.values()}) > 1:
        return None  # two schools' amounts are quoted, each from its own document
    age, year = age_of(frame), year_of(frame.question)
    fitting = {s: fact for s, fact in held.items() if _fits(s, age, year)}
    return _told(frame, knowledge, fitting or held, age if fitting else None)


def _parts(subject: str) -> tuple[int, int, str]:
    """The first and last ages of a subject, and its year ("" for any)."""
    _, allowed, year = subject.split(":")
    first, last = ages(allowed)
    return first or _FIRST, last or _LAST, year


def _fits(subject: str, age: int | None, year: str) -> bool:
    first, last, own = _parts(subject)
    return (age is None or first <= age <= last) and (not year or own in ("", year))


def _told(frame: Frame, knowledge: Knowledge, held: Mapping[str, Fact], age: int | None) -> Answer:
    said = sentences(name)["pay"]
    facts = list(held.values())
    lines = [_line(subject, fact, age) for subject, fact in held.items()]
    opening = [said["all"]] if age is None else []
    lines = [*opening, *lines, said["source"].format(source=knowledge.source(facts[0].document))]
    return Answer(
        frame.question, Kind.RULE, "\n".join(lines), f"{name}.amount",
        citations=knowledge.cited(facts, most=_MOST_CITED), scope=frame.scope,
    )  # fmt: skip


def _line(subject: str, fact: Fact, age: int | None) -> str:
    said = sentences(name)["pay"]
    first, last, own = _parts(subject)
    year = said["year"].format(year=said["years"][own]) if own else ""
    if age is not None:
        return str(said["given"].format(age=age, year=year, amount=fact.shown))
    shape = "to" if first == _FIRST else "from" if last == _LAST else "range"
    return str(said["line"].format(ages=said[shape].format(first=first, last=last), year=year, amount=fact.shown))
