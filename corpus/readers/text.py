"""Plain text, as it was written or as another tool extracted it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from corpus.documents import BlockKind
from corpus.readers import boxed_tables, flat_tables, outline
from corpus.readers.encodings import decoded
from corpus.readers.flow import continues
from corpus.readers.grid import GridCell, rows_of
from corpus.readers.pieces import Piece, Reading, Unreadable, under_table
from corpus.readers.wording import bullet, characters, joined, line, note_mark, without_leftovers

_STAR = re.compile(r"^\*+\s")
_LINK = re.compile(r"\[([^\]\n]{1,200})\]\((?:#[^)\s]*)?\)")
_HASHES = re.compile(r"^(#{1,6})\s+(.*?)\s*#*$")
_STARS = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_SHORT = re.compile(r"^[A-ZÀ-Ý]\D{2,68}[^\W\d]?[)?]?$")
_ENOUGH = 5  # titles that say that they are: no other is looked for
_LONG = 100  # letters: a paragraph from which a line above it can be told apart
# A line that says something by itself: numbered, labelled, or under the code of an exam unit.
_ANEW = re.compile(r"^(?:[0-9]{1,2}[.)] [A-ZÀ-Ý]|[A-Z]{1,4}[0-9]{1,3} ?[–—:-] |[A-ZÀ-Ý0-9][^:.;]{2,60} : \S)")
_WIDE = 0.6  # of the width of the text: a shorter line was ended, not cut by the margin
_FULL = 0.9  # the same, for a line that says something by itself
# Dots that lead from a label to its value: "Ouverture du serveur ........ lundi 12 octobre".
_LEADER = re.compile(r"(?<=\S)[ \u00a0]*(?:\.{4,}|…{2,}|(?:\. ){4,}\.?)[ \u00a0]*(?=\S)")
_UNDERLINE = re.compile(r"^(=+|-{3,}|_{3,}|\*{3,})$")


def read(path: Path) -> Reading:
    text = decoded(path.read_bytes())
    pieces = outline.outlined(_titled(_whole(_Lines(text).pieces())))
    if not pieces:
        raise Unreadable("Le fichier est vide : il ne contient aucun texte.")
    return Reading(labels=(None,), pieces=tuple(pieces))


class _Lines:
    """One pass over the lines: a paragraph gathers until a blank line, a list mark, a table or a title."""

    def __init__(self, text: str) -> None:
        self.lines = [
            _LINK.sub(r"\1", _STARS.sub(r"\2", characters(raw))) for raw in without_leftovers(text).split("\n")
        ]
        self.width = _width(self.lines)
        self.out: list[Piece] = []
        self.open: list[str] = []
        self.kind, self.level = BlockKind.PARAGRAPH, 0
        self.labelled = False  # whether what is open has dots that lead to a value
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
        if not self.lines[at].strip():
            return 0
        drawn = boxed_tables.table_at(self.lines, at)
        found = drawn or flat_tables.table_at(self.lines, at)
        if found is None:
            return 0
        rows, taken = found
        self._close()
        self.table += 1
        cells = [[cell if isinstance(cell, GridCell) else GridCell(cell) for cell in row] for row in rows]
        self.out += rows_of(cells, self.table)
        return taken

    def _line(self, raw: str) -> None:
        text = line(raw)
        if not text or _UNDERLINE.match(text):
            self._close()
        elif hashes := _HASHES.match(text):
            self._close()
            if hashes[2]:
                self.out.append(Piece(BlockKind.HEADING, hashes[2], level=len(hashes[1])))
        elif note_mark(text) and (self._under_table() or not _STAR.match(text)):
            self._close()
            self.open = [raw]
        elif (item := bullet(text)) is not None:
            self._close()
            if item:
                self.kind, self.level = BlockKind.ITEM, min(4, (len(raw) - len(raw.lstrip())) // 2)
                self.open = [item]
        else:
            led = _LEADER.sub(" : ", raw, count=1)
            if self.open and (self._ends_a_label(led != raw, text) or self._starts_anew(text)):
                self._close()
            self.labelled = self.labelled or led != raw
            self.open.append(led)

    def _ends_a_label(self, leads: bool, text: str) -> bool:
        """Whether what is open ends before a line: at the next label, or where a labelled line is not gone on with."""
        begins = text[0].isupper()
        return (self.labelled and (leads or begins)) or (leads and begins)

    def _starts_anew(self, text: str) -> bool:
        """Whether a line does not go on with the one before it: it says so itself, or that one was ended early."""
        before = line(self.open[-1])
        wide = _FULL if _ANEW.match(before) else _WIDE
        ended = len(before) < wide * self.width and before[-1] not in ",;-–(’'" and text[0].isupper()
        return bool(_ANEW.match(text)) or ended

    def _under_table(self) -> bool:
        """Whether a line stands under a table, or under the notes of one."""
        noted = not self.open or note_mark(line(self.open[0])) is not None
        return noted and under_table(self.out)

    def _split_capitals(self) -> None:
        """A first line in capitals over lines that are not is the title of these."""
        if self.kind is not BlockKind.PARAGRAPH or len(self.open) < 2:
            return
        first = line(self.open[0])
        if outline.is_title(first) and outline.is_capitals(first) and not outline.is_capitals(self.open[1]):
            self.out.append(Piece(BlockKind.HEADING, first))
            del self.open[0]

    def _close(self) -> None:
        self._split_capitals()
        if self.open and (text := joined(self.open)):
            self.out.append(Piece(self.kind, text, level=self.level))
        self.open, self.kind, self.level, self.labelled = [], BlockKind.PARAGRAPH, 0, False


def _width(lines: list[str]) -> int:
    """How wide the text was set: nine lines in ten are no longer."""
    lengths = sorted(len(line(raw)) for raw in lines if raw.strip())
    return lengths[len(lengths) * 9 // 10] if lengths else 0


def _whole(pieces: list[Piece]) -> list[Piece]:
    """The pieces, with the long sentences that a blank line had cut put together again."""
    out: list[Piece] = []
    for piece in pieces:
        before = out[-1] if out else piece
        long = before.kind is piece.kind is BlockKind.PARAGRAPH and len(before.text) >= _LONG
        if out and long and continues(before.text, piece.text):
            out[-1] = replace(before, text=joined([before.text, piece.text]))
        else:
            out.append(piece)
    return out


def _titled(pieces: list[Piece]) -> list[Piece]:
    """The pieces, with one or two short lines that stand alone over a text, a list or a table as its titles; more of
    them are a list."""
    out = list(pieces)
    if sum(map(_is_marked, pieces)) >= _ENOUGH:
        return out
    run: list[int] = []
    for number, piece in enumerate(pieces):
        if _could_title(piece):
            run.append(number)
            continue
        if 0 < len(run) <= 2 and (piece.kind is not BlockKind.PARAGRAPH or _is_long(piece.text)):
            for at in run:
                out[at] = replace(out[at], kind=BlockKind.HEADING, level=1)
        run = []
    return out


def _is_marked(piece: Piece) -> bool:
    """Whether a title says by itself that it is one, by a mark or its capitals."""
    return piece.kind is BlockKind.HEADING or (outline.is_title(piece.text) and outline.is_capitals(piece.text))


def _could_title(piece: Piece) -> bool:
    short = piece.kind is BlockKind.PARAGRAPH and _SHORT.match(piece.text) and len(piece.text.split()) <= 9
    return (
        bool(short)
        and piece.text[-1] not in ".,;:…"
        and not outline.states(piece.text)
        and not outline.is_title(piece.text)
    )


def _is_long(text: str) -> bool:
    return len(text) >= _LONG or outline.is_title(text)
