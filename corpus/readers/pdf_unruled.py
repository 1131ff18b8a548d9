"""Tables of a PDF without rulings: rows of cells that stand one under the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.readers.grid import GridCell
from corpus.readers.pdf_lines import Line, Segment, below
from corpus.readers.wording import cell

_ROWS = 3  # a table has at least as many rows of two cells or more
_APART = 4.5  # times the size: rows further apart than this belong to two tables


@dataclass(frozen=True, slots=True)
class Unruled:
    """A table and how many lines of the page it takes."""

    rows: tuple[tuple[GridCell, ...], ...]
    taken: int


Columns = list[tuple[float, float]]


def table_at(lines: Sequence[Line], at: int) -> Unruled | None:
    """The table that starts at a line, if one does."""
    if len(lines[at].segments) < 2:
        return None
    end, columns = _extent(lines, at)
    part = lines[at:end]
    full = [line for line in part if len(line.segments) > 1]
    if len(full) < (_ROWS if len(columns) == 2 else 2) or len(columns) < 2 or not _is_short(part, columns):
        return None
    rows = _rows(part, columns)
    return Unruled(tuple(rows), end - at) if len(rows) >= 2 else None


def _extent(lines: Sequence[Line], at: int) -> tuple[int, Columns]:
    """How far the rows go on, and the columns that they share."""
    columns = _columns(lines[at : at + 1])
    end = at + 1
    last_full = at + 1
    while end < len(lines) and below(lines[end], lines[end - 1]) < _APART:
        line = lines[end]
        wider = _columns([*lines[at:end], line])
        if len(line.segments) > 1:
            if len(wider) < 2 or len(wider) < min(len(columns), len(line.segments)):
                break
            columns, last_full = wider, end + 1
        elif not _fits(line.segments[0], columns):
            break
        end += 1
    while last_full < end and below(lines[last_full], lines[last_full - 1]) < 1.35:
        last_full += 1
    return last_full, _columns(lines[at:last_full])


def _columns(lines: Sequence[Line]) -> Columns:
    """The strips of the page that hold the cells: what overlaps is one strip. Rows of the most cells count."""
    most = max(len(line.segments) for line in lines)
    intervals = sorted(
        (s.x, s.right) for line in lines for s in line.segments if len(line.segments) >= max(2, most - 1)
    )
    out: Columns = []
    for left, right in intervals:
        if out and left < out[-1][1] + 2:
            out[-1] = (out[-1][0], max(out[-1][1], right))
        else:
            out.append((left, right))
    return out


def _fits(segment: Segment, columns: Columns) -> bool:
    return sum(segment.x < right and segment.right > left for left, right in columns) == 1


def _is_short(lines: Sequence[Line], columns: Columns) -> bool:
    """Whether the cells are short, as those of a table are; justified text with gaps is not a table."""
    texts = [segment.text for line in lines for segment in line.segments[1:]]
    if not texts:
        return False
    return sum(map(len, texts)) / len(texts) < (40 if len(columns) > 2 else 32)


def _rows(lines: Sequence[Line], columns: Columns) -> list[tuple[GridCell, ...]]:
    groups: list[list[Line]] = []
    for number, line in enumerate(lines):
        if groups and _continues(lines, number, columns):
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_row(group, columns) for group in groups]


def _continues(lines: Sequence[Line], number: int, columns: Columns) -> bool:
    """Whether a line is the rest of cells of the row above: nothing in its first column, or set closer to it."""
    line, before = lines[number], lines[number - 1]
    gap = below(line, before)
    if gap > 1.6 or len(line.segments) == len(columns):
        return False
    if line.segments[0].x >= columns[1][0] - 2:
        return True
    after = below(lines[number + 1], line) if number + 1 < len(lines) else _APART
    return len(line.segments) == 1 and (gap < after - 0.15 or line.text[0].islower())


def _row(group: Sequence[Line], columns: Columns) -> tuple[GridCell, ...]:
    texts: list[list[str]] = [[] for _ in columns]
    spans = [1] * len(columns)
    for line in group:
        for segment in line.segments:
            covered = [n for n, (left, right) in enumerate(columns) if segment.x < right and segment.right > left]
            first = covered[0] if covered else min(range(len(columns)), key=lambda n: abs(columns[n][0] - segment.x))
            texts[first].append(segment.text)
            spans[first] = max(spans[first], len(covered))
    cells: list[GridCell] = []
    column = 0
    while column < len(columns):
        cells.append(GridCell(cell(texts[column]), columns=spans[column]))
        column += spans[column]
    return tuple(cells)
