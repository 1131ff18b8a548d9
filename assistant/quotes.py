"""What of a passage could be quoted: its sentences, items and rows, alone or together, each understandable.

A list goes with the line that introduces it; that line is never quoted alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.documents import Block, BlockKind, Document, Passage

LONGEST_QUOTE = 500  # code points
_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?")
_INTRODUCES = re.compile(r":\s*$")
_LABELLED = re.compile(r"[^:\n]{2,60} ?: \S")
_LONGEST_ENTRY = 120
_TOGETHER = 3  # how many neighbours one quote may join
Span = tuple[int, int]


def windows(document: Document, passage: Passage) -> list[Span]:
    """The slices of the document that may be quoted for a passage, at most `LONGEST_QUOTE` long, shortest first.

    For a row they are the row itself, and the rows around it as far as a quote goes.
    """
    if passage.kind is BlockKind.ROW:
        return list(dict.fromkeys([_short(document, passage.start, passage.end), _table(document, passage)]))
    end = _section_end(document, passage)
    blocks = [b for b in document.blocks_between(passage.start, end) if b.kind is not BlockKind.ROW]
    units = [unit for block in blocks for unit in _units(document, block, passage.start, end)]
    found = dict.fromkeys([*_joined(document, units), _whole(document, passage), *_headed(document, passage)])
    return sorted(found, key=lambda span: span[1] - span[0]) or [_short(document, passage.start, passage.end)]


def _headed(document: Document, passage: Passage) -> Iterator[Span]:
    """The passage with the heading right above it: in a leaflet, the heading is often the answer."""
    before = document.blocks_between(passage.start - _LONGEST_ENTRY, passage.start)
    if before and before[-1].kind is BlockKind.HEADING and passage.start - before[-1].start <= _LONGEST_ENTRY:
        yield _short(document, before[-1].start, _whole(document, passage)[1])


def _table(document: Document, passage: Passage) -> Span:
    """The rows of the passage's table, from its first, as many as a quote may hold together with that passage."""
    own = next(b for b in document.blocks_between(passage.start, passage.end) if b.kind is BlockKind.ROW)
    rows = [b for b in document.blocks if b.table == own.table and not b.header]
    first = next(row for row in rows if own.end - row.start <= LONGEST_QUOTE or row is own)
    fitting = [row.end for row in rows if row.end - first.start <= LONGEST_QUOTE and row.start >= first.start]
    return first.start, max(fitting, default=min(passage.end, first.start + LONGEST_QUOTE))


def _whole(document: Document, passage: Passage) -> Span:
    """The passage, or as many of its lines as a quote may hold."""
    if passage.end - passage.start <= LONGEST_QUOTE:
        return passage.start, passage.end
    line = document.text.rfind("\n", passage.start, passage.start + LONGEST_QUOTE)
    end = line if line > passage.start + LONGEST_QUOTE // 2 else passage.start + LONGEST_QUOTE
    return passage.start, passage.start + len(document.text[passage.start : end].rstrip())


def _short(document: Document, start: int, end: int) -> Span:
    """A slice, or as much of it as a quote may hold, cut between two words."""
    if end - start <= LONGEST_QUOTE:
        return start, end
    cut = max(document.text.rfind(blank, start, start + LONGEST_QUOTE) for blank in " \n")
    return start, cut if cut > start else start + LONGEST_QUOTE


def _section_end(document: Document, passage: Passage) -> int:
    """Where the prose that a passage begins may go on: over a page break, not over a heading or a table, and no
    further than a quote goes."""
    end, listed = passage.end, False
    for block in document.blocks_between(passage.end, passage.end + LONGEST_QUOTE // 2):
        if block.start < passage.end:
            continue
        # The entries of some lists are set as headings: all those right after their introduction go with it.
        listed = block.kind is BlockKind.HEADING and (
            listed or bool(_INTRODUCES.search(document.text[passage.start : end]))
        )
        if block.kind is BlockKind.ROW or (block.kind is BlockKind.HEADING and not listed):
            break
        end = block.end
    return end


def _units(document: Document, block: Block, first: int, last: int) -> Iterator[tuple[int, int, bool]]:
    """The sentences of a paragraph, or a whole item, within a slice; True for an item that needs its list."""
    start, end = max(block.start, first), min(block.end, last)
    if block.kind is BlockKind.ITEM:
        yield start, end, not _LABELLED.match(document.text[start:end])
        return
    for match in _SENTENCE.finditer(document.text, start, end):
        text = match[0]
        lead, trail = len(text) - len(text.lstrip()), len(text) - len(text.rstrip())
        if text.strip():
            yield match.start() + lead, match.end() - trail, False


def _joined(document: Document, units: list[tuple[int, int, bool]]) -> Iterator[Span]:
    """Neighbouring units as one slice. A list is taken whole, with its introduction, as far as a quote goes."""
    at = 0
    while at < len(units):
        introduces = bool(_INTRODUCES.search(document.text[units[at][0] : units[at][1]]))
        stop = at + 1
        if introduces or units[at][2]:
            while stop < len(units) and (units[stop][2] or (introduces and _is_short(document, units[stop]))):
                stop += 1
            yield _short(document, units[at][0], units[stop - 1][1])
        if stop == at + 1:
            yield from _neighbours(document, units, at)
        at = stop


def _is_short(document: Document, unit: tuple[int, int, bool]) -> bool:
    """Whether a line may be an entry of the list that a line before it introduces."""
    return unit[1] - unit[0] <= _LONGEST_ENTRY and not _INTRODUCES.search(document.text[unit[0] : unit[1]])


def _neighbours(document: Document, units: list[tuple[int, int, bool]], at: int) -> Iterator[Span]:
    for stop in range(at + 1, min(at + _TOGETHER, len(units)) + 1):
        start, end = units[at][0], units[stop - 1][1]
        ends_open = _INTRODUCES.search(document.text[units[stop - 1][0] : end])
        if stop > at + 1 and (ends_open or units[stop - 1][2]):
            return  # a list begins here: it is quoted with its own introduction
        if end - start <= LONGEST_QUOTE:
            yield start, end
        elif stop == at + 1:
            yield _short(document, start, end)
