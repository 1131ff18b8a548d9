"""Hours of teaching from tables: a subject a row, its hours a week in the columns of the years."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from assistant import values
from assistant.facts import Evidence, Fact
from assistant.tables import unit_code
from corpus.documents import Block, BlockKind, Document
from index.text import fold

_HOURS = re.compile(r"\d{1,2}(?:[.,]\d)? ?h(?:eures?)?(?: ?[0-5]\d)?")
_NUMBER = re.compile(r"\d{1,2}(?:[.,]\d)?")
_NONE = re.compile(r"[-–—]?")
_SPEAKS = re.compile(
    r"\bhoraires?\b|\bheures\b|emploi du temps|hebdomadaire|matieres?\b|enseignements?\b|disciplines?\b"
)
_EXAM = re.compile(r"\bepreuves?\b|\bexamen|coefficient|\bcoef\b")
_YEAR = re.compile(r"\b(?:(?P<first>1(?:re|ere)?|premiere)|(?P<second>2(?:e|eme|nde|nd)?|deuxieme|seconde)) ?annee\b")
_WHOLE = re.compile(r"\bensemble\b|\btotal\b")
_TOTAL = re.compile(r"^total\b")
_OPTIONAL = re.compile(r"facultati|\boption")
_LINE = re.compile(r"^(?P<name>[^\d|]{5,90}?)?\s*(?P<hours>\d{1,2} ?h \d{1,2} ?h)$")
_LONGEST_NAME = 90
_FEWEST = 2  # rows: fewer are no timetable


def read_timetables(document: Document) -> Iterator[Fact]:
    """The weekly hours of each subject, in minutes: "1:60;2:60" by year, ":60" where no year is told."""
    yield from _tables(document)
    yield from _lines(document)


def _tables(document: Document) -> Iterator[Fact]:
    placed = [(block, section) for block, section in document.sections()]
    before = ""
    for table, group in groupby(placed, key=lambda pair: pair[0].table):
        pairs = list(group)
        if table is None:
            before = document.slice(pairs[-1][0])
            continue
        header = [block for block, _ in pairs if block.header]
        rows = [block for block, _ in pairs if not block.header]
        over = fold(" ".join([*map(document.slice, header), *(pairs[0][1][-1:]), before]))
        if not _SPEAKS.search(over) or _EXAM.search(over):
            continue
        bare = "heures" in over
        read = [(row, _row(document, row, header, bare)) for row in rows]
        found = [(row, value) for row, value in read if value]
        if len(found) >= _FEWEST:
            optional = bool(_OPTIONAL.search(over))
            yield from (_fact(document, _first(document, row), value, [row], optional) for row, value in found)


def _row(document: Document, row: Block, header: Sequence[Block], bare: bool) -> str | None:
    """The hours of one row, or None where its cells are not all hours; `bare` numbers are, where the title says so."""
    cells = {cell.column: document.slice(cell).strip() for cell in row.cells}
    name, *columns = [cells[column] for column in sorted(cells)] or [""]
    if not name or unit_code(name) or _TOTAL.match(fold(name)) or not columns:
        return None
    fits = [_HOURS.fullmatch(text) or _NONE.fullmatch(text) or (bare and _NUMBER.fullmatch(text)) for text in columns]
    if not all(fits) or not any(columns):
        return None
    labels = _labels(document, header)
    kept = [column for column in sorted(cells)[1:] if _WHOLE.search(labels.get(column, ""))] or sorted(cells)[1:]
    by_year = [(_year(labels.get(column, "")), cells[column]) for column in kept]
    if all(not year for year, _ in by_year) and len(by_year) == 2:
        by_year = [(str(n), text) for n, (_, text) in enumerate(by_year, 1)]
    told = {year: minutes for year, text in by_year if (minutes := _minutes(text)) is not None}
    return ";".join(f"{year}:{minutes}" for year, minutes in told.items()) or None


def _labels(document: Document, header: Sequence[Block]) -> dict[int, str]:
    """What stands over each column, folded."""
    labels: dict[int, str] = {}
    for block in header:
        for cell in block.cells:
            for column in range(cell.column, cell.column + cell.span):
                labels[column] = f"{labels.get(column, '')} {fold(document.slice(cell))}"
    return labels


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
    optional = False
    for block in document.blocks:
        text = " ".join(document.slice(block).split())
        match = _LINE.match(text) if block.kind is BlockKind.PARAGRAPH else None
        if match is None:
            above = [*above, block][-2:] if len(text) < _LONGEST_NAME and not re.search(r"\d", text) else []
            optional = bool(_OPTIONAL.search(fold(text))) or (optional and len(text) < _LONGEST_NAME)
            continue
        own = (match["name"] or "").strip()
        blocks = [block] if own else [*(above if _is_tail(document, above) else above[-1:]), block]
        name = own or " ".join(" ".join(map(document.slice, blocks[:-1])).split())
        hours = [values.minutes(hour[0]) for hour in re.finditer(r"\d{1,2} ?h", match["hours"])]
        value = ";".join(f"{year}:{minutes}" for year, minutes in enumerate(hours, 1))
        if name and not unit_code(name):
            found.append((name, value, blocks, optional or bool(_OPTIONAL.search(fold(name)))))
        above = []
    if len(found) > _FEWEST:
        yield from (_fact(document, *line) for line in found)


def _is_tail(document: Document, lines: Sequence[Block]) -> bool:
    """Whether the last of two lines is one word: the end of the name that the first begins."""
    return len(lines) == 2 and len(document.slice(lines[-1]).split()) == 1


def _fact(document: Document, name: str, value: str, blocks: Sequence[Block], optional: bool) -> Fact:
    name = " ".join(name.split())
    subject = f"{'option' if optional else 'course'}:{fold(name)}"
    evidence = tuple(Evidence(document.slug, b.start, b.end, document.slice(b)) for b in blocks)
    return Fact(subject, "hours", value, name, document.scope, evidence)
