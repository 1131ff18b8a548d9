"""A document's blocks as the elements of a page, with the words that were asked for marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from corpus.documents import Block, BlockKind, Cell, Document

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Run:
    """Words in a row, marked or not; `first` is the first marked run of the page, where the link leads."""

    text: str
    marked: bool = False
    first: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """The words of a heading, a paragraph or a list item, and its level."""

    runs: tuple[Run, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class TableCell:
    runs: tuple[Run, ...]
    span: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    cells: tuple[TableCell, ...]
    header: bool = False


@dataclass(frozen=True, slots=True)
class Element:
    """A heading or a paragraph (one line), a list (its items as lines), a table (its rows)."""

    kind: BlockKind
    lines: tuple[Line, ...] = ()
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class Pair:
    """A cell of a row under the words of its header."""

    header: str
    runs: tuple[Run, ...]

    @property
    def empty(self) -> bool:
        return not any(run.text for run in self.runs)


class Typesetter:
    """Sets slices of one document; knows which words are marked, and which marked words came first."""

    def __init__(self, document: Document, mark: Span | None = None) -> None:
        self._document = document
        self._mark = mark
        self._nothing_marked_yet = True

    def elements(self, start: int, end: int) -> Iterator[Element]:
        """The blocks that start in this slice; items that follow each other are one list, rows one table."""
        for (kind, _, _), group in groupby(self._blocks(start, end), key=_togetherness):
            blocks = tuple(group)
            if kind is BlockKind.ROW:
                yield Element(kind, rows=tuple(self._row(block) for block in blocks))
            else:
                yield Element(kind, lines=tuple(Line(self._runs(block), block.level) for block in blocks))

    def pairs(self) -> list[Pair]:
        """The table row that the mark stands in, cell by cell under its headers; nothing where it is not one row."""
        if self._mark is None:
            return []
        touched = [block for block in self._touched() if block.kind is BlockKind.ROW]
        if len(touched) != 1 or touched[0].header or self._mark[1] > touched[0].end:
            return []
        headers = self._headers(touched[0])
        pairs = [Pair(_label(self._document, headers, cell), self._runs(cell)) for cell in touched[0].cells]
        return pairs if any(pair.header for pair in pairs) else []

    def _blocks(self, start: int, end: int) -> Iterable[Block]:
        first = bisect_right(self._document.blocks, start - 1, key=lambda block: block.start)
        last = bisect_right(self._document.blocks, end - 1, key=lambda block: block.start)
        return self._document.blocks[first:last]

    def _touched(self) -> list[Block]:
        start, end = self._mark or (0, 0)
        last = bisect_right(self._document.blocks, end - 1, key=lambda block: block.start)
        first = max(bisect_right(self._document.blocks, start, key=lambda block: block.start) - 1, 0)
        return [block for block in self._document.blocks[first:last] if block.end > start]

    def _headers(self, row: Block) -> list[Block]:
        """The header rows that stand nearest above this row in its table."""
        above = [b for b in self._document.blocks if b.table == row.table and b.start < row.start]
        headers: list[Block] = []
        for block in reversed(above):
            if block.header:
                headers.insert(0, block)
            elif headers:
                break
        return headers

    def _row(self, block: Block) -> Row:
        return Row(tuple(TableCell(self._runs(cell), cell.span) for cell in block.cells), block.header)

    def _runs(self, part: Block | Cell) -> tuple[Run, ...]:
        text, (start, end) = self._document.text, self._mark or (0, 0)
        start, end = max(start, part.start), min(end, part.end)
        if start >= end:
            return (Run(text[part.start : part.end]),)
        first, self._nothing_marked_yet = self._nothing_marked_yet, False
        runs = (Run(text[part.start : start]), Run(text[start:end], True, first), Run(text[end : part.end]))
        return tuple(run for run in runs if run.text)


def _togetherness(block: Block) -> tuple[BlockKind, int | None, int | None]:
    """What neighbours share: items a list, rows their table; a heading or a paragraph stands alone."""
    alone = block.start if block.kind in (BlockKind.HEADING, BlockKind.PARAGRAPH) else None
    return block.kind, block.table, alone


def _label(document: Document, headers: list[Block], cell: Cell) -> str:
    """The words of the header cells that stand over this cell, the outermost first."""
    over = range(cell.column, cell.column + cell.span)
    words = [
        " ".join(document.slice(head).split())
        for row in headers
        for head in row.cells
        if head.start < head.end and head.column < over.stop and head.column + head.span > over.start
    ]
    return " · ".join(dict.fromkeys(words))
