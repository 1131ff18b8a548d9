"""Answer and its parts: what the assistant says, and how that reads as JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from corpus.documents import Citation, Scope


class Kind(StrEnum):
    RULE = "rule"
    PASSAGES = "passages"
    CLARIFICATION = "clarification"
    ABSTENTION = "abstention"
    SMALLTALK = "smalltalk"


@dataclass(frozen=True, slots=True)
class Value:
    """One of the values of a disagreement, as a person reads it, and the words that give it."""

    value: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Disagreement:
    """What the documents contradict each other about. All the values are there; none is preferred."""

    about: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """A dated thing that could stand in a calendar; `end` is its last day."""

    title: str
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer to one question. The first line of `text` is the verdict."""

    question: str
    kind: Kind
    text: str
    rule: str | None = None
    steps: tuple[str, ...] = ()
    citations: tuple[Citation, ...] = ()
    disagreements: tuple[Disagreement, ...] = ()
    scope: Scope = field(default_factory=Scope)
    notices: tuple[str, ...] = ()
    suggestions: tuple[str, ...] = ()
    events: tuple[Event, ...] = ()
    elapsed_ms: float = 0.0
    id: str = ""

    def as_json(self) -> dict[str, Any]:
        """The answer in the shape that the command line and the API promise."""
        return {
            "id": self.id,
            "question": self.question,
            "kind": str(self.kind),
            "rule": self.rule,
            "text": self.text,
            "steps": list(self.steps),
            "citations": [cited(c) for c in self.citations],
            "disagreements": [
                {
                    "about": d.about,
                    "values": [{"value": v.value, "citation": cited(v.citation)} for v in d.values],
                }
                for d in self.disagreements
            ],
            "scope": {name: value for name, value in asdict(self.scope).items() if value},
            "notices": list(self.notices),
            "suggestions": list(self.suggestions),
            "events": [{"title": e.title, "start": e.start.isoformat(), "end": e.end.isoformat()} for e in self.events],
            "elapsed_ms": self.elapsed_ms,
        }


def cited(citation: Citation) -> dict[str, Any]:
    """A citation in that shape."""
    restates = citation.restates
    return {
        "document": citation.document,
        "title": citation.title,
        "issuer": citation.issuer,
        "date": citation.date.isoformat() if citation.date else None,
        "session": citation.session,
        "page": citation.page,
        "section": citation.section,
        "quote": citation.quote,
        "start": citation.start,
        "end": citation.end,
        "restates": restates
        and {
            "title": restates.title,
            "issuer": restates.issuer,
            "date": restates.date and restates.date.isoformat(),
        },
        "url": citation.url,
    }
