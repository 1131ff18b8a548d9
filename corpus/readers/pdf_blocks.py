"""From the lines of the pages to headings, paragraphs, list items and table rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from corpus.documents import BlockKind
from corpus.readers import pdf_columns, pdf_unruled
from corpus.readers.flow import continues
from corpus.readers.grid import rows_of
from corpus.readers.pdf_lines import Line, PageLines, below
from corpus.readers.pdf_tables import Grid
from corpus.readers.pieces import Piece, under_table
from corpus.readers.wording import bullet, joined, note_mark

_LEADING = 1.55  # lines further apart than this many times their size are two paragraphs
_TITLE = 1.12  # times the size of the text: larger type is a title


def pieces(pages: Sequence[PageLines], grids: dict[int, list[Grid]]) -> list[Piece]:
    """The pieces of the whole document."""
    return _flowing(_Blocks(pages, grids).out)


class _Styles:
    """Which type is that of the text, and which sizes are titles, from the largest."""

    def __init__(self, pages: Sequence[PageLines]) -> None:
        sizes: Counter[float] = Counter()
        for page in pages:
            for line in page.lines:
                sizes[round(line.size, 1)] += len(line.text)
        self.body = sizes.most_common(1)[0][0] if sizes else 10.0
        self.titles = sorted((size for size in sizes if size > self.body * _TITLE), reverse=True)

    def level(self, line: Line) -> int:
        """The level of the heading that a line is, 0 where it is text."""
        size = round(line.size, 1)
        if size in self.titles:
            return min(6, self.titles.index(size) + 1)
        bold = line.bold and size >= self.body * 0.95 and line.text[-1] not in ".,;"
        return min(6, len(self.titles) + 1) if bold and len(line.text) < 120 else 0


class _Blocks:
    """One pass over the pages; a table at the foot of one may go on at the top of the next."""

    def __init__(self, pages: Sequence[PageLines], grids: dict[int, list[Grid]]) -> None:
        self.styles = _Styles(pages)
        self.out: list[Piece] = []
        self.tables = 0
        self.before: Grid | None = None
        self.heights = {page.number: page.height for page in pages}
        for page in pages:
            parts = pdf_columns.in_order(page, grids.get(page.number, []))
            for is_text, group in groupby(parts, key=lambda part: isinstance(part, Line)):
                if is_text:
                    self._text([part for part in group if isinstance(part, Line)], page.number)
                else:
                    for grid in group:
                        if isinstance(grid, Grid):
                            self._grid(grid)

    def _grid(self, grid: Grid) -> None:
        """The rows of a table, or the rest of those of the page before."""
        before, self.before = self.before, grid
        if before is None or self.out[-1].kind is not BlockKind.ROW or not self._goes_on(before, grid):
            self.out += rows_of(grid.rows, self.tables, grid.page)
            self.tables += 1
            return
        headers = [p.cells for p in self.out if p.table == self.tables - 1 and p.header]
        rows = [r for r in rows_of(grid.rows, self.tables - 1, grid.page, headers=0) if r.cells not in headers]
        if rows and _is_rest(self.out[-1], rows[0]):
            self.out[-1] = _whole(self.out[-1], rows.pop(0))
        self.out += rows

    def _goes_on(self, before: Grid, grid: Grid) -> bool:
        """Whether a table ends one page and the next starts with its columns."""
        at_foot = before.bottom > 0.75 * self.heights[before.page]
        at_top = grid.top < 0.25 * self.heights[grid.page]
        return at_foot and at_top and _same_table(before, grid)

    def _text(self, lines: Sequence[Line], page: int) -> None:
        open_: list[Line] = []
        at = 0
        while at < len(lines):
            table = pdf_unruled.table_at(lines, at)
            if table or (open_ and not self._together(open_, lines[at])):
                self._close(open_, page)
                open_ = []
            if table:
                self.out += rows_of(table.rows, self.tables, page)
                self.tables += 1
                at += table.taken
            else:
                open_.append(lines[at])
                at += 1
        self._close(open_, page)

    def _together(self, open_: Sequence[Line], line: Line) -> bool:
        last = open_[-1]
        if self.styles.level(last) != self.styles.level(line) or bullet(line.text) is not None or note_mark(line.text):
            return False
        return 0 < below(line, last) <= _LEADING

    def _close(self, lines: Sequence[Line], page: int) -> None:
        if not lines:
            return
        text = joined(line.text for line in lines)
        level = self.styles.level(lines[0])
        item = bullet(text, under_table(self.out))
        if item is not None:
            self.out.append(Piece(BlockKind.ITEM, item, page=page))
        else:
            kind = BlockKind.HEADING if level else BlockKind.PARAGRAPH
            self.out.append(Piece(kind, text, page=page, level=level))


def _same_table(before: Grid, grid: Grid) -> bool:
    """Whether a table starts a page with the columns of the one that ends the page before."""
    edges = zip(before.edges, grid.edges, strict=False)
    alike = len(before.edges) == len(grid.edges) and all(abs(a - b) < 4 for a, b in edges)
    return alike and grid.page == before.page + 1


def _is_rest(row: Piece, rest: Piece) -> bool:
    """Whether a row that starts a page is the rest of the one that ends the page before."""
    if len(row.cells) != len(rest.cells) or row.header:
        return False
    said = [(a, b) for a, b in zip(row.cells, rest.cells, strict=True) if b]
    return not rest.cells[0] or all(a and continues(a, b) for a, b in said)


def _whole(row: Piece, rest: Piece) -> Piece:
    return replace(row, cells=tuple(joined([a, b]) for a, b in zip(row.cells, rest.cells, strict=True)))


def _flowing(pieces_: Sequence[Piece]) -> list[Piece]:
    """The pieces with the sentences that a gap had cut put together again."""
    out: list[Piece] = []
    for piece in pieces_:
        before = out[-1] if out else None
        flows = before is not None and before.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
        if before and flows and piece.kind is BlockKind.PARAGRAPH and continues(before.text, piece.text):
            out[-1] = replace(before, text=joined([before.text, piece.text]))
        elif piece.kind is BlockKind.ROW or piece.text:
            out.append(piece)
    return out
