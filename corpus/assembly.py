"""From the pieces that a reader gives to a document: one text, and everything's place in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from corpus.documents import Block, BlockKind, Cell, Document, Page, Scope
from corpus.readers.pieces import Piece, Reading
from corpus.readers.wording import line, note_mark
from corpus.stated import scope_of, title_of

if TYPE_CHECKING:
    from corpus.manifest import Entry

CELL_BREAK = " | "
_NOTES_WITHIN = 12  # a note stands at most this many blocks under its table
_CALL = re.compile(r"\*{1,3}|\(\d{1,2}\)|\[\d{1,2}\]|[¹²³⁴⁵⁶⁷⁸⁹]+")


def assemble(reading: Reading, entry: Entry, sha256: str, media_type: str) -> Document:
    """The document that a reading and its manifest entry make; what an entry leaves out whole, the document may say."""
    text, blocks = _laid_out(reading.pieces)
    title = entry.title or title_of(reading) or entry.slug
    told = Scope(
        diploma=entry.diploma,
        school=entry.school,
        city=entry.city,
        academies=tuple(entry.academies),
        session=entry.session,
        pathway=tuple(entry.pathway),
    )
    return Document(
        slug=entry.slug,
        title=title,
        text=text,
        pages=_pages(reading.labels, blocks, len(text)),
        blocks=tuple(_with_notes(text, blocks)),
        scope=told if entry.title or told != Scope() else scope_of(title, reading.pieces),
        kind=entry.kind,
        issuer=entry.issuer,
        published=entry.published,
        updated=entry.updated,
        url=entry.url,
        restates=entry.restates,
        media_type=media_type,
        sha256=sha256,
    )


def _laid_out(pieces: Sequence[Piece]) -> tuple[str, list[Block]]:
    parts: list[str] = []
    blocks: list[Block] = []
    length = 0
    before: Piece | None = None
    for piece in pieces:
        cells = tuple(map(line, piece.cells))
        words = CELL_BREAK.join(cells) if piece.kind is BlockKind.ROW else line(piece.text)
        if not (any(cells) if piece.kind is BlockKind.ROW else words):
            continue
        gap = _gap(before, piece)
        start = length + len(gap)
        parts += (gap, words)
        length = start + len(words)
        blocks.append(_block(piece, cells, start, length))
        before = piece
    return "".join(parts), blocks


def _gap(before: Piece | None, piece: Piece) -> str:
    if before is None:
        return ""
    together = before.kind is piece.kind and before.table == piece.table
    return "\n" if together and piece.kind in (BlockKind.ROW, BlockKind.ITEM) else "\n\n"


def _block(piece: Piece, cells: tuple[str, ...], start: int, end: int) -> Block:
    is_row = piece.kind is BlockKind.ROW
    return Block(
        piece.kind,
        start,
        end,
        page=piece.page,
        level=piece.level,
        table=piece.table if is_row else None,
        cells=tuple(_cells(cells, piece.spans, start)) if is_row else (),
        header=piece.header and is_row,
    )


def _cells(cells: tuple[str, ...], spans: tuple[int, ...], start: int) -> Iterator[Cell]:
    column = 0
    for number, text in enumerate(cells):
        span = spans[number] if number < len(spans) else 1
        yield Cell(start, start + len(text), column, span)
        start += len(text) + len(CELL_BREAK)
        column += span


def _pages(labels: tuple[str | None, ...], blocks: Sequence[Block], length: int) -> tuple[Page, ...]:
    """The slice of each page; blocks stand in the order of their pages, and an empty page has an empty slice."""
    first: dict[int, int] = {}
    for block in blocks:
        first.setdefault(block.page, block.start)
    pages: list[Page] = []
    end = length
    for number in range(len(labels), 0, -1):
        start = first.get(number, end)
        pages.append(Page(number, labels[number - 1], start if number > 1 else 0, end))
        end = start
    return tuple(reversed(pages))


def _with_notes(text: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, each row with the notes under its table that its cells call."""
    notes = {table: _notes_under(text, blocks, last) for table, last in _last_rows(blocks).items()}
    for block in blocks:
        below = notes.get(block.table, {}) if block.table is not None else {}
        called = [below[mark] for mark in _calls(text[block.start : block.end]) if mark in below] if below else []
        yield _noted(block, tuple(dict.fromkeys(called))) if called else block


def _noted(block: Block, notes: tuple[int, ...]) -> Block:
    return replace(block, notes=notes)


def _calls(row: str) -> list[str]:
    return _CALL.findall(row)


def _last_rows(blocks: Sequence[Block]) -> dict[int, int]:
    return {block.table: number for number, block in enumerate(blocks) if block.table is not None}


def _notes_under(text: str, blocks: Sequence[Block], last: int) -> dict[str, int]:
    """The mark of each note under a table, and the block that holds it; the first of a mark counts."""
    found: dict[str, int] = {}
    for number in range(last + 1, min(last + 1 + _NOTES_WITHIN, len(blocks))):
        block = blocks[number]
        if block.kind is BlockKind.ROW:
            continue
        if block.kind is BlockKind.HEADING and found:
            break
        if mark := note_mark(text[block.start : block.end]):
            found.setdefault(mark, number)
    return found
