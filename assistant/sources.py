"""What each document answers, what it leaves unsaid, and where else the documents speak of the same thing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.checking import standing
from assistant.facts import Fact
from assistant.knowledge import Knowledge
from assistant.properties import properties
from assistant.register import about
from corpus.documents import Citation, Document

_UNTOLD = {"name", "code", "optional"}  # what facts need and no one asks a document for


@dataclass(frozen=True, slots=True)
class Topic:
    """A property that a document gives: how often, and one example with its words."""

    label: str
    count: int
    example: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Source:
    """A document with what it answers. `standing` is that of checking; `silences` are what other documents of its
    diploma give and Réglo did not find in it."""

    document: Document
    standing: str
    topics: tuple[Topic, ...]
    silences: tuple[str, ...]

    @property
    def count(self) -> int:
        return sum(topic.count for topic in self.topics)


def sources(knowledge: Knowledge, today: date) -> list[Source]:
    """Every document, in the order in which they are held."""
    return [_source(knowledge, document, today) for document in knowledge.documents.values()]


def _source(knowledge: Knowledge, document: Document, today: date) -> Source:
    facts = [fact for fact in knowledge.facts.facts if fact.document == document.slug]
    alike = [d for d in knowledge.documents.values() if _of_one_diploma(d, document) and d is not document]
    given = frozenset().union(*(knowledge.facts.given(other.slug) for other in alike))
    unsaid = [prop for prop in properties() if prop in given - knowledge.facts.given(document.slug) - _UNTOLD]
    labels = tuple(dict.fromkeys(properties()[prop].label for prop in unsaid))
    return Source(document, standing(document, today), tuple(_topics(knowledge, facts)), labels)


def _of_one_diploma(one: Document, other: Document) -> bool:
    return not one.scope.diploma or not other.scope.diploma or one.scope.diploma == other.scope.diploma


def _topics(knowledge: Knowledge, facts: Sequence[Fact]) -> Iterator[Topic]:
    for prop in properties():
        own = [fact for fact in facts if fact.prop == prop]
        if own and prop not in _UNTOLD:
            yield Topic(properties()[prop].label, len(own), _told(knowledge, own[0]), knowledge.cited(own)[0])


def _told(knowledge: Knowledge, fact: Fact) -> str:
    """A fact in a few words: "E5 (Gestion opérationnelle) : 3"."""
    named = about(knowledge, fact)
    shown = " ".join(fact.shown.split())
    return f"{named} : {shown}" if named else shown


@dataclass(frozen=True, slots=True)
class Mentions:
    """The places where documents give facts about one thing: which of them this is (from 1), and its neighbours."""

    about: str
    place: int
    count: int
    before: Citation | None
    after: Citation | None


def mentions(knowledge: Knowledge, slug: str, start: int, end: int) -> Mentions | None:
    """The mentions of what a slice is about; None where no fact stands there, or nowhere else."""
    there = [f for f in knowledge.facts.facts if any(_touches(f, slug, start, end, n) for n in range(len(f.evidence)))]
    if not there:
        return None
    thing = next((f for f in there if f.subject.startswith("unit:")), there[0])
    places = list(dict.fromkeys(_places(knowledge, thing)))
    at = next((n for n, one in enumerate(places) if one[0] == slug and one[1] < end and one[2] > start), None)
    if at is None or len(places) < 2:
        return None
    named = about(knowledge, thing) or properties()[thing.prop].label
    before, after = (knowledge.cite(*places[n]) if 0 <= n < len(places) else None for n in (at - 1, at + 1))
    return Mentions(named, at + 1, len(places), before, after)


def _touches(fact: Fact, slug: str, start: int, end: int, number: int) -> bool:
    evidence = fact.evidence[number]
    return evidence.document == slug and evidence.start < end and evidence.end > start


def _places(knowledge: Knowledge, thing: Fact) -> Iterable[tuple[str, int, int]]:
    """The first slice of every fact about the same unit, or of the same property of the same other thing."""
    is_unit = thing.subject.startswith("unit:")
    same = [f for f in knowledge.facts.facts if f.subject == thing.subject and (is_unit or f.prop == thing.prop)]
    order = {slug: number for number, slug in enumerate(knowledge.documents)}
    firsts = [fact.evidence[0] for fact in same]
    return sorted({(e.document, e.start, e.end) for e in firsts}, key=lambda place: (order[place[0]], place[1]))
