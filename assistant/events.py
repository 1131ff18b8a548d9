"""Dated lines: every date that a document gives, with the words that say of what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.dates import When, find
from assistant.facts import Evidence, Fact
from assistant.prose import sentences_of
from assistant.scopes import section_scope
from corpus.documents import Block, BlockKind, Cell, Document, Scope
from index.text import fold

_RECURRING = re.compile(r"annee en cours|chaque annee|tous les ans|annees? n\b")
# The date of a text that is cited ("le décret n° 2013-756 du 19 août 2013") is part of its name.
_REFERENCE = re.compile(
    r"\b(?:decret|arrete|circulaire|bulletin|reglement|loi|directive|ordonnance|charte|boen|jorf|conseil)\b[^.;]{0,70}$"
)
# "Amiens, le 6 novembre 2026" dates a letter, and nothing in it.
_LETTER = re.compile(r"[A-ZÀ-Ý][\w'’]+(?:[ -](?:[A-ZÀ-Ý][\w'’]+|sur|sous|en|le|la|les|de|du|lès)){0,4}, le ")
_LETTERHEAD = 1500  # code points in which a letter says where and when it was written
_INTRODUCES = re.compile(r":\s*$")
_ANY_LEAP_YEAR = 2000  # stands for the year of a date that comes back every year
_LONGEST_INTRODUCTION = 120


@dataclass(frozen=True, slots=True)
class Span:
    """The days of an event. `every_year` when it comes back: its days are then those of the year asked about;
    `by_month` when only months are named."""

    first: date
    last: date
    by_month: bool = False
    every_year: bool = False

    def __str__(self) -> str:
        marks = ("m" if self.by_month else "") + ("y" if self.every_year else "")
        return f"{self.first}/{self.last}" + (f"/{marks}" if marks else "")

    @classmethod
    def parse(cls, value: str, today: date) -> Span:
        """The days that a fact's value says; a yearly event is the one of today's year."""
        first, last, *marks = value.split("/")
        span = cls(date.fromisoformat(first), date.fromisoformat(last), "m" in "".join(marks), "y" in "".join(marks))
        if not span.every_year:
            return span
        years = span.last.year - span.first.year
        return cls(_moved(span.first, today.year), _moved(span.last, today.year + years), span.by_month, True)


def _moved(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, 28) if day.month == 2 else day.day)


def read_events(document: Document) -> Iterator[Fact]:
    """A fact for each date of a document; its evidence is the sentence, and what introduces it: a line, a title."""
    introduction: Block | None = None
    header: Block | None = None
    for block, section in document.sections():
        if block.kind is BlockKind.HEADING:
            introduction = None
            continue
        header = block if block.header else header if block.kind is BlockKind.ROW else None
        scope = document.scope.narrowed(section_scope(section, document))
        dated = list(_dated(document, block, scope, (introduction, header)))
        yield from dated
        if not dated and block.end - block.start <= _LONGEST_INTRODUCTION and _INTRODUCES.search(document.slice(block)):
            introduction = block
        elif not dated and block.kind is BlockKind.PARAGRAPH:
            introduction = None


def _dated(document: Document, block: Block, scope: Scope, over: tuple[Block | None, Block | None]) -> Iterator[Fact]:
    """The dates of one block, under the line that introduces it and the header of its table."""
    introduction, header = over
    for start, end in sentences_of(document, block):
        sentence = document.text[start:end]
        for when in _whens(sentence, scope.session):
            named = _REFERENCE.search(fold(sentence[: when.start]))
            if not (named or (start < _LETTERHEAD and _dates_a_letter(sentence, when))):
                span = Span(when.first, when.last, when.by_month, bool(_year_is_left_open(sentence, when)))
                title = _title(document, header, block, start + when.start) if header else None
                evidence = _evidence(document, start, end, introduction, title)
                yield Fact("event", "event", str(span), sentence[when.start : when.end], scope, evidence)


def _dates_a_letter(sentence: str, when: When) -> bool:
    return bool(_LETTER.fullmatch(sentence[: when.start])) and not sentence[when.end :].strip(" .")


def _whens(sentence: str, session: int | None) -> list[When]:
    if _RECURRING.search(fold(sentence)):
        return find(sentence, _ANY_LEAP_YEAR)
    # "De février à novembre", where nothing tells a year, is so every year.
    return find(sentence, session) or [when for when in find(sentence, _ANY_LEAP_YEAR) if _is_window(when)]


def _is_window(when: When) -> bool:
    return when.by_month and not when.days and when.first.month != when.last.month


def _year_is_left_open(sentence: str, when: When) -> bool:
    return when.first.year == _ANY_LEAP_YEAR and str(_ANY_LEAP_YEAR) not in sentence[when.start : when.end]


def _title(document: Document, header: Block, row: Block, at: int) -> Cell | None:
    """The title over the cell of a row that a place of the text is in, where it says anything."""
    column = next((cell.column for cell in row.cells if cell.start <= at < cell.end), None)
    return next((cell for cell in header.cells if cell.column == column and document.slice(cell).strip()), None)


def _evidence(
    document: Document, start: int, end: int, introduction: Block | None, title: Cell | None
) -> tuple[Evidence, ...]:
    spans = [(start, end), *((one.start, one.end) for one in (introduction, title) if one is not None)]
    return tuple(Evidence(document.slug, a, b, document.text[a:b]) for a, b in spans)


def relation(span: Span, today: date, said: Mapping[str, str]) -> str:
    """Where an event stands from today: past, under way, to come, with the days where days are named.

    `said` holds the sentences: yearly, past, past_month, today, open, open_month, last_day, coming, coming_month,
    tomorrow.
    """
    if span.every_year and span.by_month:
        return said["yearly_open" if span.first <= today <= span.last else "yearly"]
    if span.last < today:
        return said["past_month" if span.by_month else "past"].format(days=_days((today - span.last).days))
    if span.first <= today:
        if span.by_month:
            return said["open_month"]
        if span.first == span.last:
            return said["today"]
        return said["open"].format(days=_days((span.last - today).days)) if span.last > today else said["last_day"]
    if span.by_month:
        return said["coming_month"]
    days = (span.first - today).days
    return said["tomorrow"] if days == 1 else said["coming"].format(days=_days(days))


def _days(count: int) -> str:
    return f"{count} jour" if count == 1 else f"{count} jours"
