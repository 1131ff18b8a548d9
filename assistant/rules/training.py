"""Training: the hours of teaching by subject, by year and in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from assistant.answers import Answer, Kind
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.phrases import aliases
from assistant.rules import sentences
from assistant.values import french, lasting
from assistant.vocabulary import stems

name = "training"
_LEAST = 0.3  # of the weight of a subject's name that a question must hold
Hours = Mapping[str, int]  # minutes a week by year ("1", "2"), under "" where no year is told


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The weekly hours of the subjects named, or of all; None where no hours of teaching are asked about."""
    words = sentences(name)["words"]
    if not set(words["hours"]) & set(frame.words) or set(words["unless"]) & set(frame.words) or frame.scope.session:
        return None
    facts = _held(frame, knowledge)
    named = _named(frame, facts)
    if named:
        return _subjects(frame, knowledge, named)
    if facts and set(words["total"]) & set(frame.words):
        return _total(frame, knowledge, facts)
    return None


def _held(frame: Frame, knowledge: Knowledge) -> list[Fact]:
    """The hours in scope, one fact a subject; a school named is asked for its own."""
    asked = frame.scope
    found = {
        fact.subject: fact
        for subject in reversed(knowledge.facts.subjects("hours"))
        for fact in knowledge.facts.about(subject, "hours", asked)
        if not asked.school or fact.scope.school == asked.school
        if not asked.city or fact.scope.city == asked.city
    }
    return list(found.values())[::-1]


def _named(frame: Frame, facts: Sequence[Fact]) -> list[Fact]:
    """The facts of the subjects that the question names, each by words that no better one used."""
    meant = {s for word in frame.free for s in stems(aliases().get(word, word))}
    names = {fact: frozenset(stems(fact.shown)) for fact in facts}
    held = Counter(s for name in names.values() for s in name)
    found: list[Fact] = []
    while names:
        scored = {fact: sum(1 / held[s] for s in name & meant) for fact, name in names.items()}
        best = max(scored, key=lambda fact: scored[fact])
        if scored[best] < _LEAST * sum(1 / held[s] for s in names[best]):
            break
        found.append(best)
        meant -= names.pop(best)
    return found


def _hours(fact: Fact) -> Hours:
    pairs = (part.split(":") for part in fact.value.split(";"))
    return {year: int(minutes) for year, minutes in pairs}


def _spoken(hours: Hours) -> str:
    said = sentences(name)["hours"]
    if len(hours) > 1 and len(set(hours.values())) == 1:
        return str(said["same"].format(hours=lasting(next(iter(hours.values())))))
    told = ((said["years"].get(year), lasting(minutes)) for year, minutes in hours.items())
    return ", ".join(said["each" if year else "one"].format(hours=spoken, year=year) for year, spoken in told)


def _subjects(frame: Frame, knowledge: Knowledge, facts: Sequence[Fact]) -> Answer:
    said = sentences(name)["hours"]
    lines = [said["line"].format(name=fact.shown, hours=_spoken(_hours(fact))) for fact in facts]
    compared = {"most", "least", "comparison"} & frame.wants
    if len(facts) > 1 and compared:
        lines.insert(0, _compared(facts, "least" if "least" in frame.wants else "most"))
    return Answer(
        frame.question, Kind.RULE, "\n".join(lines), f"{name}.hours",
        citations=knowledge.cited(facts), scope=frame.scope,
    )  # fmt: skip


def _compared(facts: Sequence[Fact], wanted: str) -> str:
    said = sentences(name)["hours"]
    totals = {fact: sum(_hours(fact).values()) for fact in facts}
    best = (min if wanted == "least" else max)(totals, key=lambda fact: totals[fact])
    equal = len(set(totals.values())) == 1
    return str(said["equal"] if equal else said[wanted].format(name=best.shown))


def _total(frame: Frame, knowledge: Knowledge, facts: Sequence[Fact]) -> Answer:
    said = sentences(name)["hours"]
    counted = [fact for fact in facts if fact.subject.startswith("course:")]
    sums: Counter[str] = Counter()
    terms: dict[str, list[str]] = {}
    for fact in counted:
        for year, minutes in _hours(fact).items():
            sums[year] += minutes
            terms.setdefault(year, []).append(_in_hours(minutes))
    steps = tuple(
        said["step"].format(year=said["years"].get(year, ""), terms=" + ".join(terms[year]), total=_in_hours(total))
        for year, total in sums.items()
    )
    text = "\n".join([said["total"].format(hours=_spoken(sums)), *steps])
    return Answer(
        frame.question, Kind.RULE, text, f"{name}.hours", steps, knowledge.cited(counted, most=9), scope=frame.scope
    )


def _in_hours(minutes: int) -> str:
    whole, rest = divmod(minutes, 60)
    return str(whole) if not rest else french(f"{minutes / 60:.2f}")
