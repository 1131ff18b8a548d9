"""From the lines of the pages to headings, paragraphs, list items and table rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.documents import BlockKind
from corpus.readers.flow import continues
from corpus.readers.grid import GridCell, rows_of
from corpus.readers.pdf_lines import Line, PageLines
from corpus.readers.pdf_tables import Grid
from corpus.readers.pieces import Piece
from corpus.readers.wording import bullet, joined

_LEADING = 1.55  # lines further apart than this many times their size are two paragraphs


def pieces(pages: Sequence[PageLines], grids: dict[int, list[Grid]]) -> list[Piece]:
    """The pieces of the whole document."""
    styles = _Styles(pages)
    out: list[Piece] = []
    table = 0
    for page in pages:
        waiting = sorted(grids.get(page.number, []), key=lambda g: g.top)
        outside = [line for line in page.lines if not any(_within(line, grid) for grid in waiting)]
        for part in _interleaved(outside, waiting):
            if isinstance(part, Grid):
                rows = [[GridCell(cell or "") for cell in row] for row in part.rows]
                out += rows_of(rows, table, page.number)
                table += 1
            else:
                out += _paragraphs(part, page.number, styles)
    return _flowing(out)


def _within(line: Line, grid: Grid) -> bool:
    return (
        grid.top - 1 <= line.y - 0.3 * line.size <= grid.bottom + 1 and line.x < grid.right and line.right > grid.left
    )


def _interleaved(lines: list[Line], grids: list[Grid]) -> Iterator[list[Line] | Grid]:
    for grid in grids:
        above = [line for line in lines if line.y <= grid.top + 2]
        lines = lines[len(above) :]
        yield above
        yield grid
    yield lines


class _Styles:
    """Which type is that of the text, and which sizes are titles, from the largest."""

    def __init__(self, pages: Sequence[PageLines]) -> None:
        sizes: Counter[float] = Counter()
        for page in pages:
            for line in page.lines:
                sizes[round(line.size, 1)] += len(line.text)
        self.body = sizes.most_common(1)[0][0] if sizes else 10.0
        self.titles = sorted((size for size in sizes if size > self.body * 1.12), reverse=True)

    def level(self, line: Line) -> int:
        """The level of the heading that a line is, 0 where it is text."""
        size = round(line.size, 1)
        if size in self.titles:
            return min(6, self.titles.index(size) + 1)
        if line.bold and size >= self.body * 0.95 and len(line.text) < 120 and line.text[-1] not in ".,;":
            return min(6, len(self.titles) + 1)
        return 0


def _paragraphs(lines: Sequence[Line], page: int, styles: _Styles) -> Iterator[Piece]:
    open_: list[Line] = []
    for line in lines:
        if open_ and not _together(open_, line, styles):
            yield _piece(open_, page, styles)
            open_ = []
        open_.append(line)
    if open_:
        yield _piece(open_, page, styles)


def _together(open_: Sequence[Line], line: Line, styles: _Styles) -> bool:
    last = open_[-1]
    if styles.level(last) != styles.level(line) or bullet(line.text) is not None:
        return False
    return 0 < line.y - last.y <= _LEADING * max(last.size, line.size)


def _piece(lines: Sequence[Line], page: int, styles: _Styles) -> Piece:
    text = joined(line.text for line in lines)
    level = styles.level(lines[0])
    item = bullet(text)
    if level:
        return Piece(BlockKind.HEADING, text, page=page, level=level)
    if item is not None:
        return Piece(BlockKind.ITEM, item, page=page)
    return Piece(BlockKind.PARAGRAPH, text, page=page)


def _flowing(pieces_: list[Piece]) -> list[Piece]:
    """The pieces with the sentences that a gap had cut put together again."""
    out: list[Piece] = []
    for piece in pieces_:
        before = out[-1] if out else None
        flows = before is not None and before.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
        if before and flows and piece.kind is BlockKind.PARAGRAPH and continues(before.text, piece.text):
            out[-1] = Piece(before.kind, joined([before.text, piece.text]), page=before.page, level=before.level)
        elif piece.kind is BlockKind.ROW or piece.text:
            out.append(piece)
    return out
