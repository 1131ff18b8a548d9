"""What a generation can be reproached with: evidence that is gone, documents that disagree, are old or bear no date,
dates that are past or that fall on another day, contacts that are cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.dates import DAYS, find
from assistant.events import Span
from assistant.facts import Fact, Facts
from assistant.generations import Generation
from assistant.kinds import truncated
from assistant.properties import properties
from assistant.reports import CheckReport
from corpus.documents import Document
from index.text import fold

_OLD = 3  # years after which a document that names no session is likely to be out of date


def checked(generation: Generation, today: date) -> CheckReport:
    """Every fact's evidence, every disagreement, and document by document what is old, past, cut or impossible."""
    clashes = generation.facts.disagreements()
    lines = [
        f"{_counted(len(generation.documents), 'document')}, {_counted(len(generation.passages), 'passage')}, "
        f"{_counted(len(generation.facts), 'fait')}, {_counted(len(clashes), 'désaccord')}.",
        *(f"Preuve introuvable : {_named(fact)}, {fact.shown} ({fact.document})." for fact in generation.gone),
        *(_clash(facts) for facts in clashes),
        *(
            line
            for document in generation.documents.values()
            for line in _reproached(document, generation.facts, today)
        ),
    ]
    return CheckReport(tuple(lines), sound=not generation.gone)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' if number > 1 else ''}"


def _named(fact: Fact) -> str:
    return f"{fact.subject.partition(':')[2] or fact.subject}, {properties()[fact.prop].label}"


def _clash(facts: Sequence[Fact]) -> str:
    values = dict.fromkeys(f"{fact.shown} ({fact.document})" for fact in facts)
    return f"Désaccord : {_named(facts[0])} : {' ; '.join(values)}."


def _reproached(document: Document, facts: Facts, today: date) -> Iterator[str]:
    yield from _dated(document, today)
    yield from _past(document, facts, today)
    yield from _misdated(document)
    for cut in dict.fromkeys(truncated(fold(document.text))):
        yield f"Contact incomplet : {document.slug} : « {cut} »."


def _past(document: Document, facts: Facts, today: date) -> Iterator[str]:
    """How many of a document's dates are past: where all are, nothing of it is to come."""
    spans = [Span.parse(f.value, today) for f in facts.about("event", "event") if f.document == document.slug]
    past = [span for span in spans if span.last < today and not span.every_year]
    if past:
        last = max(span.last for span in past)
        yield f"Passé : {document.slug}, {_counted(len(past), 'date')} sur {len(spans)}, jusqu'au {last.isoformat()}."


def _misdated(document: Document) -> Iterator[str]:
    """The dates that name another day of the week than theirs."""
    for when in find(document.text, document.scope.session):
        if when.weekday and DAYS[when.first.weekday()] != when.weekday:
            said = " ".join(document.text[when.start : when.end].split())
            yield f"Jour et date discordants : {document.slug} : « {said} » est un {DAYS[when.first.weekday()]}."


def standing(document: Document, today: date) -> str:
    """How old a document is: "past" (its session is over), "undated", "old", else "current"."""
    session = document.scope.session
    if session is not None:
        return "past" if session < today.year else "current"
    if document.date is None:
        return "undated"
    return "old" if today.year - document.date.year > _OLD else "current"


def _dated(document: Document, today: date) -> Iterator[str]:
    """What is to be said of a document's age."""
    said = {
        "past": f"Ancien : {document.slug}, session {document.scope.session}.",
        "undated": f"Sans date : {document.slug}.",
        "old": f"Ancien : {document.slug}, du {document.date}.",
    }
    if (how := standing(document, today)) in said:
        yield said[how]
