"""Tables of a PDF whose cells are ruled: pdfplumber reads the pages whose rulings form a grid, and no other."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.readers.pdf_lines import PageLines

_FEWEST = 3


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on a page: where it stands, its rows of cells (None where a cell is covered by its neighbour)."""

    page: int
    top: float
    bottom: float
    left: float
    right: float
    rows: tuple[tuple[str | None, ...], ...]


def read(path: Path, pages: list[PageLines]) -> dict[int, list[Grid]]:
    """The tables of each page that has some."""
    wanted = [page.number for page in pages if page.horizontal >= _FEWEST and page.vertical >= _FEWEST]
    if not wanted:
        return {}
    import pdfplumber

    found: dict[int, list[Grid]] = {}
    with pdfplumber.open(path, pages=wanted) as document:
        for page in document.pages:
            if grids := [_grid(page.page_number, table) for table in page.find_tables()]:
                found[page.page_number] = grids
    return found


def _grid(number: int, table: Any) -> Grid:
    left, top, right, bottom = table.bbox
    return Grid(number, top, bottom, left, right, tuple(tuple(row) for row in table.extract()))
