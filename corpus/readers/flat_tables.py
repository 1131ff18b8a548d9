"""Tables that became text: cells set apart by tabs, and rows that extraction spread over lines."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.readers.wording import line

Rows = list[list[str]]


def tabbed(lines: Sequence[str], at: int) -> tuple[Rows, int] | None:
    """The rows that start at a line whose cells are set apart by tabs, and how many lines they take."""
    rows: Rows = []
    end = at
    while end < len(lines) and "\t" in lines[end].strip():
        rows.append([line(cell) for cell in lines[end].split("\t")])
        end += 1
    return (rows, end - at) if len(rows) > 1 else None


def coded(lines: Sequence[str], at: int) -> tuple[Rows, int] | None:
    """The rows of a table whose header names its columns and whose rows start with a code."""
    return None if lines or at else None
