"""Plain text, as it was written or as another tool extracted it."""

from __future__ import annotations

import re
from pathlib import Path

from corpus.documents import BlockKind
from corpus.readers import flat_tables, outline
from corpus.readers.encodings import decoded
from corpus.readers.flow import continues
from corpus.readers.grid import GridCell, rows_of
from corpus.readers.pieces import Piece, Reading, Unreadable
from corpus.readers.wording import bullet, characters, joined, line, without_leftovers

_HASHES = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_STARS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_UNDERLINE = re.compile(r"^(=+|-{3,}|_{3,}|\*{3,})$")


def read(path: Path) -> Reading:
    text = decoded(path.read_bytes())
    pieces = outline.outlined(_Lines(text).pieces())
    if not pieces:
        raise Unreadable("Le fichier est vide : il ne contient aucun texte.")
    return Reading(labels=(None,), pieces=tuple(pieces))


class _Lines:
    """One pass over the lines: a paragraph gathers until a blank line, a list mark, a table or a title."""

    def __init__(self, text: str) -> None:
        self.lines = [_STARS.sub(r"\2", characters(raw)) for raw in without_leftovers(text).split("\n")]
        self.out: list[Piece] = []
        self.open: list[str] = []
        self.kind, self.level = BlockKind.PARAGRAPH, 0
        self.table = -1

    def pieces(self) -> list[Piece]:
        at = 0
        while at < len(self.lines):
            taken = self._table(at)
            if not taken:
                self._line(self.lines[at])
            at += taken or 1
        self._close()
        return self.out

    def _table(self, at: int) -> int:
        """The rows that start here as pieces, and how many lines they took; 0 where no table starts."""
        rows, taken = flat_tables.tabbed(self.lines, at) or flat_tables.coded(self.lines, at) or ([], 0)
        if not rows:
            return 0
        self._close()
        self.table += 1
        self.out += rows_of([[GridCell(cell) for cell in row] for row in rows], self.table, headers=1)
        return taken

    def _line(self, raw: str) -> None:
        text = line(raw)
        if not text or _UNDERLINE.match(text):
            self._close()
        elif hashes := _HASHES.match(text):
            self._close()
            if hashes[2]:
                self.out.append(Piece(BlockKind.HEADING, hashes[2], level=len(hashes[1])))
        elif (item := bullet(text)) is not None:
            self._close()
            if item:
                self.kind, self.level = BlockKind.ITEM, min(4, (len(raw) - len(raw.lstrip())) // 2)
                self.open = [item]
        else:
            self.open.append(raw)

    def _close(self) -> None:
        if self.open and (text := joined(self.open)):
            self._add(Piece(self.kind, text, level=self.level))
        self.open, self.kind, self.level = [], BlockKind.PARAGRAPH, 0

    def _add(self, piece: Piece) -> None:
        self.out.append(piece)


_ = continues
