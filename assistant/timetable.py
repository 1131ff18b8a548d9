"""Hours of teaching from a weekly timetable: a subject a row, its hours in the columns of the years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from assistant import values
from assistant.facts import Evidence, Fact
from assistant.tables import unit_code
from corpus.documents import Block, BlockKind, Document
from index.text import fold

_HOURS = re.compile(r"\d{1,2}(?:[.,]\d)? ?h(?:eures?)?(?: ?[0-5]\d)?")
_NUMBER = re.compile(r"\d{1,2}(?:[.,]\d)?")
_NONE = re.compile(r"[-–—]?")
_WEEKLY = re.compile(r"hebdomadaire|par semaine|\bsemaine\b")
_CLOCK = re.compile(r"ouverture|fermeture|permanence|accueil du|\bde \d|\ba partir de")
_EXAM = re.compile(r"\bepreuves?\b|\bexamen\b|coefficient|\bcoef\b")
_YEAR = re.compile(
    r"\b(?:(?P<first>1 ?(?:re|ere)?|premiere)|(?P<second>2 ?(?:e|eme|nde|nd)?|deuxieme|seconde)) ?annee\b"
)
_WHOLE = re.compile(r"\bensemble\b|\btotal\b")
_TOTAL = re.compile(r"^total\b")
_LINE = re.compile(r"^(?P<name>[^\d|]{5,90}?)?\s*(?P<hours>\d{1,2} ?h \d{1,2} ?h)$")
_LONGEST_NAME = 90
_FEWEST = 2  # rows: fewer are no timetable
_NEAR = 8  # blocks before a table that may say what its columns are


def read_timetables(document: Document) -> Iterator[Fact]:
    """The weekly hours of each subject, in minutes: "1:60;2:60" by year, ":60" where no year is told."""
    yield from _tables(document)
    yield from _lines(document)


def _tables(document: Document) -> Iterator[Fact]:
    placed = list(document.sections())
    at = 0
    for table, group in groupby(placed, key=lambda pair: pair[0].table):
        pairs = list(group)
        before = [document.slice(block) for block, _ in placed[max(0, at - _NEAR) : at]]
        at += len(pairs)
        header = [block for block, _ in pairs if block.header]
        over = fold(" ".join([*map(document.slice, header), *pairs[0][1][-2:], *before[-1:]]))
        if table is None or not _WEEKLY.search(over) or _EXAM.search(over) or _CLOCK.search(over):
            continue
        labels = _labels(document, header) or _years_of(before)
        rows = [block for block, _ in pairs if not block.header]
        found = [(row, value) for row in rows if (value := _row(document, row, labels, "heures" in over))]
        if len(found) >= _FEWEST:
            optional = values.optional(over)
            for row, value in found:
                yield from _facts(document, _first(document, row), value, [row], optional)


def _labels(document: Document, header: Sequence[Block]) -> dict[int, str]:
    """What stands over each column, folded."""
    labels: dict[int, str] = {}
    for block in header:
        for cell in block.cells:
            for column in range(cell.column, cell.column + cell.span):
                labels[column] = f"{labels.get(column, '')} {fold(document.slice(cell))}"
    return labels


def _years_of(before: Sequence[str]) -> dict[int, str]:
    """The labels of two columns that only the lines above a table name: "1re année 2e année"."""
    said = [match[0] for match in _YEAR.finditer(fold(" ".join(before)))]
    return dict(enumerate(said[-2:], 1)) if len(said) > 1 else {}


def _row(document: Document, row: Block, labels: Mapping[int, str], bare: bool) -> str | None:
    """The hours of one row, or None where its cells are not all hours; `bare` numbers are, where the title says so."""
    cells = {cell.column: document.slice(cell).strip() for cell in row.cells}
    name, *columns = [cells[column] for column in sorted(cells)] or [""]
    fits = [_HOURS.fullmatch(text) or _NONE.fullmatch(text) or (bare and _NUMBER.fullmatch(text)) for text in columns]
    if not name or unit_code(name) or _TOTAL.match(fold(name)) or not any(columns) or not all(fits):
        return None
    kept = [c for c in sorted(cells)[1:] if _WHOLE.search(labels.get(c, ""))] or sorted(cells)[1:]
    hours = [(_year(labels.get(c, "")), minutes) for c in kept if (minutes := _minutes(cells[c])) is not None]
    told = dict(hours)
    # Two columns of one year (lessons, practice) or of none are no hours of that year.
    return ";".join(f"{year}:{minutes}" for year, minutes in hours) if told and len(told) == len(hours) else None


def _year(label: str) -> str:
    match = _YEAR.search(label)
    return "" if not match else "1" if match["first"] else "2"


def _minutes(text: str) -> int | None:
    if _NUMBER.fullmatch(text):
        return int(values.number(text) * 60)
    return values.minutes(text)


def _first(document: Document, row: Block) -> str:
    return document.slice(min(row.cells, key=lambda cell: cell.column)).strip()


def _lines(document: Document) -> Iterator[Fact]:
    """The same, where extraction flattened the table: a name and two durations a line, or the durations below it."""
    found: list[tuple[str, str, list[Block], bool]] = []
    above: list[Block] = []  # the lines that may be the name of the next
    weekly = optional = False
    for block in document.blocks:
        text = " ".join(document.slice(block).split())
        match = _LINE.match(text) if block.kind is BlockKind.PARAGRAPH else None
        if match is None:
            short = len(text) < _LONGEST_NAME
            above = [*above, block][-2:] if short and not re.search(r"\d", text) else []
            optional = values.optional(text) or (optional and short)
            weekly = bool(_WEEKLY.search(fold(text))) or (weekly and short)
        elif weekly:
            found += _flat(document, match, above, block, optional)
            above = []
    if len(found) > _FEWEST:
        yield from (fact for line in found for fact in _facts(document, *line))


def _flat(
    document: Document, match: re.Match[str], above: list[Block], block: Block, optional: bool
) -> list[tuple[str, str, list[Block], bool]]:
    """One flattened row: its name stands on the line or above it, in two lines where the last is a single word."""
    own = (match["name"] or "").strip()
    tail = len(above) == 2 and len(document.slice(above[-1]).split()) == 1
    blocks = [block] if own else [*(above if tail else above[-1:]), block]
    name = own or " ".join(" ".join(map(document.slice, blocks[:-1])).split())
    hours = [values.minutes(hour[0]) for hour in re.finditer(r"\d{1,2} ?h", match["hours"])]
    value = ";".join(f"{year}:{minutes}" for year, minutes in enumerate(hours, 1))
    return [(name, value, blocks, optional)] if name and not unit_code(name) else []


def _facts(document: Document, name: str, value: str, blocks: Sequence[Block], optional: bool) -> Iterator[Fact]:
    name = " ".join(name.split())
    subject = f"{'option' if optional or values.optional(name) else 'course'}:{fold(name)}"
    evidence = tuple(Evidence(document.slug, b.start, b.end, document.slice(b)) for b in blocks)
    shown = " ; ".join(values.lasting(part.partition(":")[2]) for part in value.split(";"))
    yield Fact(subject, "name", fold(name), name, document.scope, evidence)
    yield Fact(subject, "hours", value, shown, document.scope, evidence)
