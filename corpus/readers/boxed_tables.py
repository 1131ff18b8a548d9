"""Tables drawn with strokes in plain text: "+----+" between rows, "|" between cells."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.readers.grid import GridCell
from corpus.readers.wording import line

_BORDER = re.compile(r"^\s*\+[-=+]{3,}\+\s*$")
_ROW = re.compile(r"^\s*\|.*\|\s*$")

Rows = list[list[GridCell]]


def table_at(lines: Sequence[str], at: int) -> tuple[Rows, int] | None:
    """The rows of the drawn table that starts at a line, and how many lines it takes; None where none starts."""
    end = at
    while end < len(lines) and (_BORDER.match(lines[end]) or _ROW.match(lines[end])):
        end += 1
    drawn = lines[at:end]
    if not drawn or not _BORDER.match(drawn[0]):
        return None
    edges = sorted({place for one in drawn if _BORDER.match(one) for place, c in enumerate(one) if c == "+"})
    rows = [_row(group, edges) for group in _groups(drawn)]
    return (rows, end - at) if len(rows) > 1 and len(edges) > 2 else None


def _groups(drawn: Sequence[str]) -> list[list[str]]:
    """The lines of each row: those between two borders are one row where more than one border stands inside."""
    groups: list[list[str]] = [[]]
    for one in drawn:
        if _BORDER.match(one):
            groups.append([])
        else:
            groups[-1].append(one)
    inside = [group for group in groups if group]
    if len(inside) > 2:
        return [row for group in inside for row in _of_group(group)]
    return [[one] for group in inside for one in group]


def _of_group(group: list[str]) -> list[list[str]]:
    """The rows between two borders: a line goes on from the one above where it fills its first cell alone, or not."""
    rows: list[list[str]] = []
    for one in group:
        first, *others = (cell.strip() for cell in one.strip().strip("|").split("|"))
        if rows and not (first and any(others)):
            rows[-1].append(one)
        else:
            rows.append([one])
    return rows


def _row(group: Sequence[str], edges: Sequence[int]) -> list[GridCell]:
    """The cells of a row, each with the columns it covers."""
    bars = [place for place, c in enumerate(group[0]) if c == "|" and any(abs(place - edge) <= 1 for edge in edges)]
    cells = []
    for left, right in pairwise(bars):
        text = " ".join(line(one[left + 1 : right]) for one in group)
        covered = sum(left - 1 <= edge < right - 1 for edge in edges)
        cells.append(GridCell(line(text), columns=max(1, covered)))
    return cells
