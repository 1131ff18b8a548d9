"""What every reader gives: the pieces of a file in reading order, before they have a place in a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from corpus.documents import BlockKind
from corpus.readers.wording import note_mark


@dataclass(frozen=True, slots=True)
class Piece:
    """One heading, paragraph, list item or table row.

    `page` counts from 1. A row has `cells` (an empty cell is ""), one per column of its table; a cell that covers
    several columns stands in the first of them, with `spans` saying how many each cell covers (the covered ones
    are left out of `cells`). `table` numbers the tables of the file from 0. `text` is empty for a row.
    """

    kind: BlockKind
    text: str = ""
    page: int = 1
    level: int = 0
    cells: tuple[str, ...] = ()
    spans: tuple[int, ...] = ()
    table: int | None = None
    header: bool = False


def under_table(pieces: Sequence[Piece]) -> bool:
    """Whether what comes next stands under a table, or under a note that does."""
    for piece in reversed(pieces):
        if piece.kind is BlockKind.ROW or piece.kind is not BlockKind.PARAGRAPH or not note_mark(piece.text):
            return piece.kind is BlockKind.ROW
    return False


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a file: the printed label of each page (None where it has none), the pieces, the title
    that the file gives itself, and for each page that could not be read one French sentence that says why."""

    labels: tuple[str | None, ...]
    pieces: tuple[Piece, ...]
    title: str | None = None
    problems: tuple[str, ...] = ()


class Unreadable(Exception):
    """A file that cannot be read at all; the message is the one French sentence the user sees."""
