"""From a document to its passages: exact slices along its structure, small enough to be read at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from corpus.documents import Block, BlockKind, Document, Passage

if TYPE_CHECKING:
    from semantic_text_splitter import TextSplitter

LONGEST = 900  # characters
_AT_ONCE = 10 * LONGEST  # the splitter's time grows with the square of what it is given
_SURROGATE = re.compile(r"[\ud800-\udfff]")
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Part:
    """Blocks of one section and one page that stand together: a heading, a row, or a run of prose."""

    blocks: tuple[Block, ...]
    section: tuple[str, ...]
    header: Span | None = None

    @property
    def kind(self) -> BlockKind:
        return self.blocks[0].kind


def cut(document: Document) -> list[Passage]:
    """The passages in the order of the text; their ids are 0 until the store gives them one.

    A table row is one passage with its header; prose of one section and page is joined up to `LONGEST` characters, a
    list with the line that introduces it. A heading is a passage only where nothing stands under it.
    """
    return [
        _passage(document, part, start, end)
        for part in _parts(document)
        for start, end in _spans(document, part)
        if document.text[start:end].strip()
    ]


def _passage(document: Document, part: _Part, start: int, end: int) -> Passage:
    return Passage(
        id=0,
        document=document.slug,
        start=start,
        end=end,
        text=document.text[start:end],
        page=document.page(part.blocks[0].page).label,
        section=part.section,
        kind=part.kind,
        header=part.header,
        header_text=document.text[slice(*part.header)] if part.header else "",
    )


def _parts(document: Document) -> Iterator[_Part]:
    """The document taken apart: nothing here goes over a heading, a table or a page break."""
    headers = _Headers(document.blocks)
    placed = list(document.sections())
    run: list[Block] = []
    for number, (block, section) in enumerate(placed):
        is_prose = block.kind in (BlockKind.PARAGRAPH, BlockKind.ITEM)
        if run and not (is_prose and block.page == run[-1].page):
            yield _Part(tuple(run), placed[number - 1][1])
            run = []
        if is_prose:
            run.append(block)
        elif block.kind is BlockKind.ROW and headers.is_body(block):
            yield _Part((block,), section, headers.of(block))
        elif block.kind is BlockKind.HEADING and _is_alone(document.blocks, number):
            yield _Part((block,), section)
    if run:
        yield _Part(tuple(run), placed[-1][1])


def _is_alone(blocks: Sequence[Block], number: int) -> bool:
    """Whether nothing stands under a heading: the next block is a heading of its rank or above, or there is none."""
    following = blocks[number + 1] if number + 1 < len(blocks) else None
    return following is None or (following.kind is BlockKind.HEADING and following.level <= blocks[number].level)


class _Headers:
    """The header rows of every table, and which rows they stand over."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self._spans: dict[int | None, list[Span]] = {}
        self._with_body = {b.table for b in blocks if b.kind is BlockKind.ROW and not b.header}
        before: Block | None = None
        for block in blocks:
            if block.header:
                self._add(block, follows=before is not None and before.header and before.table == block.table)
            before = block

    def _add(self, block: Block, follows: bool) -> None:
        spans = self._spans.setdefault(block.table, [])
        if follows:  # a header of two rows is one slice
            spans[-1] = (spans[-1][0], block.end)
        else:
            spans.append((block.start, block.end))

    def is_body(self, row: Block) -> bool:
        """A header row says nothing alone, unless its table has nothing else."""
        return not row.header or row.table not in self._with_body

    def of(self, row: Block) -> Span | None:
        """The nearest header above a row."""
        above = [span for span in self._spans.get(row.table, ()) if span[1] <= row.start]
        return above[-1] if above else None


def _spans(document: Document, part: _Part) -> Iterator[Span]:
    if part.kind in (BlockKind.ROW, BlockKind.HEADING):
        yield from _within(document.text, part.blocks[0].start, part.blocks[0].end)
        return
    for group in _packed(_groups(document, part.blocks)):
        yield from _within(document.text, group[0].start, group[-1].end)


def _groups(document: Document, blocks: Sequence[Block]) -> Iterator[list[Block]]:
    """The run in what should not be parted: a list with the line that introduces it, else one block."""
    group: list[Block] = []
    for block in blocks:
        goes_on = block.kind is BlockKind.ITEM and group and (_is_item(group[-1]) or _introduces(document, group[-1]))
        if group and not goes_on:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _is_item(block: Block) -> bool:
    return block.kind is BlockKind.ITEM


def _introduces(document: Document, block: Block) -> bool:
    return document.slice(block).rstrip().endswith((":", "...", "…"))


def _packed(groups: Iterator[list[Block]]) -> Iterator[list[Block]]:
    """Groups joined while they fit; one that is too long alone is filled block by block."""
    packed: list[Block] = []
    for group in groups:
        if packed and not _fits(packed, group):
            yield packed
            packed = []
        if _fits(packed, group):
            packed += group
            continue
        for block in group:
            if packed and not _fits(packed, [block]):
                yield packed
                packed = []
            packed.append(block)
    if packed:
        yield packed


def _fits(packed: Sequence[Block], group: Sequence[Block]) -> bool:
    first = packed[0] if packed else group[0]
    return group[-1].end - first.start <= LONGEST


def _within(text: str, start: int, end: int) -> Iterator[Span]:
    """The span itself, or its parts where it is too long."""
    while end - start > _AT_ONCE:
        stop = _stop(text, start)
        yield from _split(text, start, stop)
        start = stop
    if end - start > LONGEST:
        yield from _split(text, start, end)
    elif end > start:
        yield start, end


def _stop(text: str, start: int) -> int:
    """Where to stop reading: the last end of a sentence, else of a word, else as far as it goes."""
    last = start + _AT_ONCE
    for end in (". ", " "):
        if (found := text.rfind(end, last - LONGEST, last)) >= 0:
            return found + len(end)
    return last


def _split(text: str, start: int, end: int) -> Iterator[Span]:
    # The splitter takes text that can be encoded; a lone surrogate is one code point, as what replaces it is.
    sound = _SURROGATE.sub("\ufffd", text[start:end])
    for offset, part in _splitter().chunk_indices(sound):
        yield start + offset, start + offset + len(part)


@cache
def _splitter() -> TextSplitter:
    from semantic_text_splitter import TextSplitter

    return TextSplitter(LONGEST)
