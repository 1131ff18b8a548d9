"""Tables of a PDF whose cells are ruled: pdfplumber reads the pages whose rulings form a grid, and no other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.readers.grid import GridCell
from corpus.readers.pdf_lines import PageLines
from corpus.readers.wording import cell, without_leftovers

_FEWEST = 3  # rulings each way, for a page to be looked at
_SAME = 3.0  # points: edges nearer than this are one edge

Row = tuple[GridCell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on a page: where it stands, its rows, the left edges of its columns and its right edge."""

    page: int
    top: float
    bottom: float
    left: float
    right: float
    edges: tuple[float, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class _Box:
    """A cell as pdfplumber finds it."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def read(path: Path, pages: Sequence[PageLines]) -> dict[int, list[Grid]]:
    """The tables of each page that has some."""
    wanted = [page.number for page in pages if page.horizontal >= _FEWEST and page.vertical >= _FEWEST]
    if not wanted:
        return {}
    import pdfplumber

    found: dict[int, list[Grid]] = {}
    with pdfplumber.open(path, pages=wanted) as document:
        for page in document.pages:
            grids = [grid for table in page.find_tables() for grid in _grids(page.page_number, table)]
            if grids:
                found[page.page_number] = sorted(grids, key=lambda grid: grid.top)
    return found


def _grids(number: int, table: Any) -> Iterator[Grid]:  # noqa: ANN401 (pdfplumber has no types)
    """The tables in a frame of rulings: where the columns change under a row of labels, another table begins."""
    rows = [row for row in _boxes(table) if row]
    if sum(map(len, rows)) < 4 or max(map(len, rows)) < 2:
        return
    for part in _parts(rows):
        edges = _edges(part)
        yield Grid(
            number,
            top=min(box.top for row in part for box in row),
            bottom=max(box.bottom for row in part for box in row),
            left=min(box.left for row in part for box in row),
            right=max(box.right for row in part for box in row),
            edges=edges,
            rows=tuple(_row(row, part, at, edges) for at, row in enumerate(part)),
        )


def _boxes(table: Any) -> Iterator[list[_Box]]:  # noqa: ANN401
    for row, texts in zip(table.rows, table.extract(), strict=True):
        yield [
            _Box(box[0], box[1], box[2], box[3], cell(without_leftovers(text or "").split("\n")))
            for box, text in zip(row.cells, texts, strict=True)
            if box is not None
        ]


def _parts(rows: list[list[_Box]]) -> Iterator[list[list[_Box]]]:
    """Consecutive rows of the same columns; a row that a cell of the row above comes down into goes with it."""
    part: list[list[_Box]] = []
    for row in rows:
        tied = bool(part) and any(box.bottom > row[0].top + _SAME for box in part[-1])
        if part and not tied and _is_header(row) and len(row) > 1 and not _agree(_edges([row]), _edges(part)):
            yield part
            part = []
        part.append(row)
    yield part


def _is_header(row: Sequence[_Box]) -> bool:
    """Whether a row is one of labels: every cell says something and none is a number."""
    return all(box.text and not box.text.replace(",", "").replace(".", "").isdigit() for box in row)


def _agree(some: Sequence[float], edges: Sequence[float]) -> bool:
    return all(any(abs(one - other) <= _SAME for other in edges) for one in some)


def _edges(rows: Sequence[Sequence[_Box]]) -> tuple[float, ...]:
    """The left edges of the columns that at least one cell starts in."""
    edges: list[float] = []
    for left in sorted(box.left for row in rows for box in row):
        if not edges or left - edges[-1] > _SAME:
            edges.append(left)
    return tuple(edges)


def _row(row: Sequence[_Box], rows: Sequence[Sequence[_Box]], at: int, edges: Sequence[float]) -> Row:
    return tuple(
        GridCell(
            box.text,
            columns=sum(box.left - _SAME < edge < box.right - _SAME for edge in edges),
            rows=1 + sum(below[0].top < box.bottom - _SAME for below in rows[at + 1 :] if below),
        )
        for box in row
    )
