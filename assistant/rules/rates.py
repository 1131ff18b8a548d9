"""The rates that schools print of their training: of success, of break-off, of employment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Answer, Kind
from assistant.cases import find_cases
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.rules.contradictions import contradicted
from assistant.rules.exam import joined
from assistant.subjects import asked_subjects
from index.text import fold

name = "rates"


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The rates of the kind asked for, school by school, and what a school says twice; None where none is asked for."""
    if set(sentences(name)["words"]["beyond"]) & set(frame.words):
        return None
    asked = [one.subject for one in asked_subjects(frame.words) if one.subject.name in sentences(name)["kinds"]]
    by_school: defaultdict[str, dict[str, tuple[Fact, ...]]] = defaultdict(dict)
    for subject in knowledge.facts.subjects("rate"):
        called = fold(_called(subject))
        if any(kind.holds.search(called) for kind in asked):
            for fact in knowledge.facts.about(subject, "rate", frame.scope):
                school = fact.scope.school or fact.scope.city or knowledge.documents[fact.document].title
                by_school[school][subject] = (*by_school[school].get(subject, ()), fact)
    rates = [(school, s, facts) for school, told in by_school.items() for s, facts in told.items()]
    parts = [_told(frame, knowledge, *rate) for rate in rates]
    return joined(sorted(parts, key=lambda part: not part.disagreements)) if parts else None


def _told(frame: Frame, knowledge: Knowledge, school: str, subject: str, facts: Sequence[Fact]) -> Answer:
    """One rate of one school: its value, or the values that its documents give it."""
    said = sentences(name)
    called = _called(subject)
    text = said["line"].format(name=f"{called[0].upper()}{called[1:]}", school=school, value=facts[0].shown)
    ruled = Answer(frame.question, Kind.RULE, text, f"{name}.rate", citations=knowledge.cited(facts), scope=frame.scope)
    clash = find_cases(facts, knowledge.facts.clash(subject, "rate")).clash
    if not clash:
        return ruled
    words = {fact.value: fact.shown for fact in reversed(clash)}
    return replace(contradicted(ruled, knowledge, said["about"].format(name=called, school=school), clash, words))


def _called(subject: str) -> str:
    """A rate's name with its article: "taux d'insertion"."""
    plain = subject.partition(":")[2].partition("@")[0]
    elided = fold(plain[:1]) in "aeiouyh"
    return str(sentences(name)["elided" if elided else "plain"].format(name=plain))
