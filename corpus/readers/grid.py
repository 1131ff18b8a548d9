"""From the cells of a table, with what each covers, to its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.documents import BlockKind
from corpus.readers.pieces import Piece
from corpus.readers.wording import line

_DEEPEST = 3  # rows of titles over a table
_WIDEST = 1000  # a page that asks for more columns than this is not a table


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell as a format gives it: its text, the columns and rows it covers, whether it is marked as a header."""

    text: str
    columns: int = 1
    rows: int = 1
    header: bool = False


def rows_of(rows: Iterable[Sequence[GridCell]], table: int, page: int = 1, headers: int | None = None) -> list[Piece]:
    """The rows as pieces. A cell that covers several rows is repeated in each: each row can then be read alone.

    `headers` is how many rows are headers; None lets the cells say it, else the first row is.
    """
    placed = list(_placed(rows))
    count = _header_count(placed) if headers is None else headers
    pieces = [_piece(row, table, page, number < count) for number, row in enumerate(placed)]
    return [piece for piece in pieces if any(piece.cells)]


def _placed(rows: Iterable[Sequence[GridCell]]) -> Iterable[list[GridCell]]:
    """Each row with the cells that come down from the rows above put in their column."""
    pending: dict[int, tuple[GridCell, int]] = {}
    for row in rows:
        out: list[GridCell] = []
        column, waiting, following = 0, list(row), {}
        while waiting or any(at >= column for at in pending):
            if column in pending:
                cell, left = pending.pop(column)
                if left > 1:
                    following[column] = (cell, left - 1)
            elif waiting:
                cell = waiting.pop(0)
                if cell.rows > 1:
                    following[column] = (cell, cell.rows - 1)
            else:
                cell = GridCell("")
            out.append(cell)
            column += max(1, min(cell.columns, _WIDEST))
            if column > _WIDEST:
                break
        pending = following
        yield out


def _piece(row: Sequence[GridCell], table: int, page: int, header: bool) -> Piece:
    return Piece(
        BlockKind.ROW,
        page=page,
        cells=tuple(line(cell.text) for cell in row),
        spans=tuple(max(1, min(cell.columns, _WIDEST)) for cell in row),
        table=table,
        header=header,
    )


def _header_count(rows: Sequence[Sequence[GridCell]]) -> int:
    """How many rows at the top are headers: those marked so, else the first, and the next where the first groups
    columns that only the next one names."""
    if _is_list_of_labels(rows):
        return 0
    marked = 0
    for row in rows:
        if not all(cell.header or not cell.text.strip() for cell in row):
            break
        marked += 1
    if marked:
        return min(marked, max(1, len(rows) - 1)) if len(rows) > 1 else 0
    if len(rows) < 2:
        return 0
    return _grouping(rows)


def _grouping(rows: Sequence[Sequence[GridCell]]) -> int:
    """How many rows name the columns: the first, and those below it down to the one that names each group's own."""
    count = 1
    while count < min(_DEEPEST, len(rows) - 1) and len(rows[count - 1]) > 1:
        if names_groups(rows[count - 1], rows[count]):
            return count + 1
        if not _groups_again(rows[count - 1], rows[count]):
            return 1
        count += 1
    return 1


def _groups_again(above: Sequence[GridCell], row: Sequence[GridCell]) -> bool:
    """Whether a row under one of groups says groups too, and no value."""
    grouped = [any(cell.columns > 1 for cell in one) for one in (above, row)]
    return all(grouped) and all(cell.text.strip() and not _is_value(cell.text) for cell in row)


def names_groups(above: Sequence[GridCell], row: Sequence[GridCell]) -> bool:
    """Whether a row names each of the columns that the row above it groups; elsewhere it may be empty."""
    grouped = {
        column
        for column, cell in _columns(above)
        if cell.columns > 1
        for column in range(column, column + min(cell.columns, _WIDEST))
    }
    if not grouped or any(cell.columns > 1 for cell in row):
        return False
    own = dict(_columns(row))
    return all(column in own and own[column].text.strip() and not _is_value(own[column].text) for column in grouped)


def _columns(row: Sequence[GridCell]) -> Iterable[tuple[int, GridCell]]:
    """Each cell with the column it begins at."""
    column = 0
    for cell in row:
        yield column, cell
        column += max(1, min(cell.columns, _WIDEST))


def _is_list_of_labels(rows: Sequence[Sequence[GridCell]]) -> bool:
    """Whether each row is a label and its value: only the first column is marked as header, or there are two
    columns and the second one is a value from the first row on."""
    if rows and all(len(row) == 2 for row in rows) and _is_value(rows[0][1].text):
        return True
    return all(row and row[0].header and not any(cell.header for cell in row[1:]) for row in rows)


def _is_value(text: str) -> bool:
    """Whether a text is a date, a number or an amount."""
    said = [c for c in text if not c.isspace()]
    return sum(c.isdigit() for c in said) * 2 >= len(said) > 0
