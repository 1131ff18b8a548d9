"""HTML: the blocks of the page in order, without scripts, styles and menus."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from corpus.documents import BlockKind
from corpus.readers import outline
from corpus.readers.encodings import decoded
from corpus.readers.grid import GridCell, rows_of
from corpus.readers.pieces import Piece, Reading, Unreadable, under_table
from corpus.readers.wording import bullet, line, without_leftovers

_SKIPPED = frozenset(
    "script style noscript template head nav svg iframe object button select input textarea img -comment".split()
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    "p div section article main header footer aside address blockquote pre ul ol li dl dt dd table tr td th body"
    " html figure figcaption details summary fieldset legend hr caption center form".split()
) | frozenset(_HEADINGS)
_LINK = re.compile(r"\[([^\]\n]{1,200})\]\([^)\s]*\)")
_DEEPEST = 200


def read(path: Path) -> Reading:
    text = decoded(path.read_bytes())
    pieces = outline.outlined(pieces_of(text), infer=False)
    if not pieces:
        raise Unreadable("Le fichier est vide : la page ne contient aucun texte.")
    title = LexborHTMLParser(text).css_first("title")
    return Reading(labels=(None,), pieces=tuple(pieces), title=line(title.text()) or None if title else None)


def pieces_of(text: str, first_table: int = 0) -> list[Piece]:
    """The pieces of a page or of a part of one."""
    walk = _Walk(first_table)
    body = LexborHTMLParser(text).body
    if body is not None:
        walk.block(body, 0)
        walk.flush()
    return walk.pieces


class _Walk:
    """One pass over the tree: text gathers until a block begins or ends."""

    def __init__(self, first_table: int) -> None:
        self.pieces: list[Piece] = []
        self.words: list[str] = []
        self.kind, self.level = BlockKind.PARAGRAPH, 0
        self.lists = 0
        self.term = ""  # of a definition list: what the next definition is of
        self.table = first_table

    def flush(self) -> None:
        text, self.words = line(without_leftovers(_LINK.sub(r"\1", "".join(self.words)))), []
        if not text:
            return
        text, self.term = (f"{self.term} : {text}" if self.term else text), ""
        kind, level = self.kind, self.level
        inside = bullet(text, under_table(self.pieces))
        if kind is BlockKind.PARAGRAPH and inside:
            kind, text = BlockKind.ITEM, inside
        self.pieces.append(Piece(kind, text, level=level))
        if kind is BlockKind.ITEM:
            self.kind, self.level = BlockKind.PARAGRAPH, 0

    def block(self, node: LexborNode, depth: int) -> None:
        for child in _children(node):
            tag = child.tag or ""
            if tag == "-text":
                self.words.append(child.text(deep=False) or child.text_content or "")
            elif tag == "br":
                self._broken()
            elif tag in _SKIPPED or "hidden" in child.attributes:
                continue
            elif tag == "table" and depth < _DEEPEST:
                self._untermed()
                self._table(child)
            elif tag == "dt" and child.css_first("h1, h2, h3, h4, h5, h6, p, div") is None:
                self._define(child)
            elif depth >= _DEEPEST:
                self.words.append(f" {child.text()} ")
            elif tag in _BLOCKS:
                self._inside(child, tag, depth)
            else:
                self.block(child, depth + 1)

    def _define(self, node: LexborNode) -> None:
        """A term is the label of its definition; one that has none stands alone."""
        self._untermed()
        self.term = line(node.text(separator=" ")).rstrip(" :")

    def _untermed(self) -> None:
        """A term that no words follow stands alone, before whatever comes."""
        self.flush()
        if self.term:
            self.pieces.append(Piece(BlockKind.PARAGRAPH, self.term))
            self.term = ""

    def _broken(self) -> None:
        """A line break ends a paragraph only where two stand together, so that a sentence is never cut."""
        if self.words and self.words[-1] == "\n" and self.kind is BlockKind.PARAGRAPH:
            self.flush()
        else:
            self.words.append("\n")

    def _inside(self, node: LexborNode, tag: str, depth: int) -> None:
        self.flush()
        before = self.kind, self.level
        nested = tag in ("ul", "ol")
        self.lists += nested
        if tag in _HEADINGS or tag == "caption":
            self.kind, self.level = BlockKind.HEADING, _HEADINGS.get(tag, 6)
        elif tag == "li":
            self.kind, self.level = BlockKind.ITEM, max(0, self.lists - 1)
        elif tag not in ("p", "div", "dd", "span"):
            self.kind, self.level = BlockKind.PARAGRAPH, 0
        self.block(node, depth + 1)
        self.flush()
        if tag == "dl":
            self._untermed()
        self.lists -= nested
        self.kind, self.level = before

    def _table(self, node: LexborNode) -> None:
        self.flush()
        rows = [[_cell(cell) for cell in _cells(row)] for row in _rows(node)]
        if _is_layout(node, rows):
            for child in _rows(node):
                for cell in _cells(child):
                    self._inside(cell, "td", 0)
            return
        caption = node.css_first("caption")
        if caption is not None and (text := line(caption.text(separator=" "))):
            self.pieces.append(Piece(BlockKind.PARAGRAPH, text))
        found = rows_of(rows, self.table)
        self.pieces += found
        self.table += bool(found)


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.first_child
    while child is not None:
        yield child
        child = child.next


def _rows(table: LexborNode) -> Iterator[LexborNode]:
    for child in _children(table):
        if child.tag == "tr":
            yield child
        elif child.tag in ("thead", "tbody", "tfoot"):
            yield from (row for row in _children(child) if row.tag == "tr")


def _cells(row: LexborNode) -> Iterator[LexborNode]:
    return (cell for cell in _children(row) if cell.tag in ("td", "th"))


def _cell(node: LexborNode) -> GridCell:
    text = _LINK.sub(r"\1", _words(node))
    return GridCell(
        without_leftovers(text),
        columns=_number(node, "colspan"),
        rows=_number(node, "rowspan"),
        header=node.tag == "th" or text.strip().startswith(("<b>", "<strong>")),
    )


def _words(node: LexborNode, depth: int = 0) -> str:
    parts = []
    for child in _children(node):
        if child.tag == "-text":
            parts.append(child.text_content or "")
        elif child.tag == "br" or depth > _DEEPEST:
            parts.append("\n")
        elif child.tag not in _SKIPPED:
            inside = _words(child, depth + 1)
            parts.append(f"\n{inside}\n" if child.tag in _BLOCKS else inside)
    return "".join(parts)


def _number(node: LexborNode, name: str) -> int:
    value = (node.attributes.get(name) or "1").strip()
    return max(1, min(int(value), 1000)) if value.isdecimal() else 1


def _is_layout(table: LexborNode, rows: list[list[GridCell]]) -> bool:
    """Whether a table only places things on the page: another table or headings in it, or a single cell."""
    if sum(len(row) for row in rows) <= 1:
        return True
    return len(table.css("table")) > 1 or table.css_first("h1, h2, h3") is not None
