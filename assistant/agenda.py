"""The agenda: every dated thing that the documents give, with what it is, where it stands from today, and its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from assistant.events import Span, relation
from assistant.facts import Fact
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from corpus.documents import Block, BlockKind, Citation, Document, Scope

_UNIT_DATES = ("date", "deposit", "correction")
_LABELLED = re.compile(r"[^:|]{2,90}?(?=\s?:\s)")
_LONGEST = 110  # characters of a title
_TELLING, _LEAST_WORDS = 5, 2  # letters of a word that says what is dated, and how many such words
_UID = 20  # hexadecimal digits: enough to tell the dates of any library from each other


@dataclass(frozen=True, slots=True)
class Entry:
    """One dated thing. `title` says what it is, `under` the heading over it; `shown` is the date as the document prints
    it; `state` is "open", "coming", "past" or "yearly" (it comes back, and is not under way); `spans` are its
    days: several where the document lists several. `uid` stays the same as long as the document says the same."""

    uid: str
    title: str
    under: str
    shown: str
    spans: tuple[Span, ...]
    state: str
    relation: str
    scope: Scope
    citation: Citation

    @property
    def first(self) -> date:
        return self.spans[0].first

    @property
    def last(self) -> date:
        return max(span.last for span in self.spans)

    @property
    def next(self) -> date:
        """The day that matters next: the last one of what is under way, else the first."""
        return self.last if self.state == "open" else self.first

    @property
    def by_month(self) -> bool:
        return any(span.by_month for span in self.spans)

    @property
    def is_window(self) -> bool:
        return self.first < self.last


def agenda(knowledge: Knowledge, scope: Scope, today: date) -> list[Entry]:
    """The dated things that may hold in the scope, in the order of the days that matter next."""
    dated = list(_of_units(knowledge, scope))
    told = {(f.document, f.evidence[0].start, span) for f in dated for span in f.value.split("; ")}
    lines = knowledge.facts.about("event", "event", scope)
    apart = [f for f in lines if (f.document, f.evidence[0].start, f.value) not in told]
    entries = {entry.uid: entry for fact in (*dated, *apart) for entry in [_entry(knowledge, fact, today)]}
    return sorted(entries.values(), key=lambda entry: (entry.next, entry.first, entry.title))


def sessions(knowledge: Knowledge) -> list[int]:
    """The sessions that the dated facts are of."""
    facts = [f for f in knowledge.facts.facts if f.prop in ("event", *_UNIT_DATES)]
    return sorted({fact.scope.session for fact in facts if fact.scope.session})


def _of_units(knowledge: Knowledge, scope: Scope) -> Iterator[Fact]:
    for prop in _UNIT_DATES:
        for subject in knowledge.facts.subjects(prop):
            yield from knowledge.facts.about(subject, prop, scope)


def _entry(knowledge: Knowledge, fact: Fact, today: date) -> Entry:
    spans = tuple(Span.parse(value, today) for value in fact.value.split("; "))
    whole = Span(spans[0].first, max(s.last for s in spans), spans[0].by_month, spans[0].every_year)
    first = next((e for e in fact.evidence if fact.shown in e.quote), fact.evidence[0])
    under = knowledge.heading(fact)
    return Entry(
        _uid(fact), _title(knowledge, fact) or under, under, " ".join(fact.shown.split()), spans,
        _state(whole, today), relation(whole, today, sentences("deadlines")["relation"]),
        fact.scope, knowledge.cite(first.document, first.start, first.end),
    )  # fmt: skip


def _uid(fact: Fact) -> str:
    said = (fact.document, fact.subject, fact.prop, fact.value, *(evidence.quote for evidence in fact.evidence))
    return sha256("\n".join(said).encode()).hexdigest()[:_UID]


def _state(span: Span, today: date) -> str:
    if span.first <= today <= span.last:
        return "open"
    if span.every_year and (span.by_month or span.last < today):
        return "yearly"
    return "past" if span.last < today else "coming"


def _title(knowledge: Knowledge, fact: Fact) -> str:
    """What is dated: the unit, the row and its column, the label of the line; nothing where only its heading does."""
    if fact.subject.startswith("unit:"):
        label = sentences("deadlines")["labels"][fact.prop]
        return str(sentences("deadlines")["title"].format(label=label, unit=fact.subject.removeprefix("unit:")))
    document, first = knowledge.documents[fact.document], fact.evidence[0]
    block = next(iter(document.blocks_between(first.start, first.end)), None)
    if block is not None and block.kind is BlockKind.ROW:
        return _row_title(document, block, fact.shown)
    label = _LABELLED.match(first.quote)
    named = label is not None and first.quote.find(fact.shown) >= label.end()
    introduced = fact.evidence[1].quote.rstrip(" :\n") if len(fact.evidence) > 1 else ""
    parts = [part for part in (introduced, label[0].strip() if label and named else "") if part]
    return _short(" : ".join(parts) or _sentence(first.quote, fact.shown))


def _sentence(quote: str, shown: str) -> str:
    """The sentence that a date stands in, where it says more than when."""
    rest = [word for word in re.findall(r"[^\W\d]+", quote.replace(shown, " ")) if len(word) >= _TELLING]
    return " ".join(quote.split()) if len(rest) >= _LEAST_WORDS else ""


def _row_title(document: Document, row: Block, shown: str) -> str:
    """The first cell of a row, with the header of the date's column; nothing where the date is in the first."""
    cells = [cell for cell in row.cells if cell.start < cell.end]
    dated = next((cell for cell in cells if shown in document.slice(cell)), None)
    if not cells or dated is cells[0]:
        return ""
    header = _header(document, row, dated.column) if dated else ""
    return _short(" : ".join(filter(None, (" ".join(document.slice(cells[0]).split()), header))))


def _header(document: Document, row: Block, column: int) -> str:
    rows = [b for b in document.blocks if b.table == row.table and b.header and b.start < row.start]
    over = [c for block in rows[-1:] for c in block.cells if c.column <= column < c.column + c.span]
    return " ".join(" ".join(document.slice(cell) for cell in over).split())


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST].rsplit(' ', 1)[0]}…"


def past_groups(entries: Sequence[Entry]) -> dict[str, list[Entry]]:
    """The past things by session, else by the year of their last day; the latest first."""
    groups: dict[str, list[Entry]] = {}
    for entry in sorted((e for e in entries if e.state == "past"), key=lambda e: e.last, reverse=True):
        session = entry.scope.session
        name = f"Session {session}" if session else str(entry.last.year)
        groups.setdefault(name, []).append(entry)
    return groups
