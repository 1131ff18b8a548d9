"""Markdown: CommonMark with tables, and the HTML that stands in it."""

from __future__ import annotations

import re
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.documents import BlockKind
from corpus.readers.encodings import decoded
from corpus.readers.grid import GridCell, rows_of
from corpus.readers.pieces import Piece, Reading, Unreadable
from corpus.readers.wording import line, without_leftovers

_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TITLE = re.compile(r"^title:\s*[\"']?(.+?)[\"']?\s*$", re.MULTILINE)


def read(path: Path) -> Reading:
    text = decoded(path.read_bytes())
    title = None
    if front := _FRONT_MATTER.match(text):
        found = _TITLE.search(front[0])
        title, text = (line(found[1]) if found else None), text[front.end() :]
    pieces = pieces_of(text)
    if not pieces:
        raise Unreadable("Le fichier est vide : il ne contient aucun texte.")
    first = next((p.text for p in pieces if p.kind is BlockKind.HEADING and p.level == 1), None)
    return Reading(labels=(None,), pieces=tuple(pieces), title=title or first)


def pieces_of(text: str, first_table: int = 0) -> list[Piece]:
    """The pieces of a Markdown text."""
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    return _Walk(parser.parse(text), first_table).pieces


class _Walk:
    """One pass over the tokens."""

    def __init__(self, tokens: list[Token], table: int) -> None:
        self.pieces: list[Piece] = []
        self.table = table - 1
        self.depth = 0
        self.item = False
        self.heading = 0
        self.rows: list[list[GridCell]] = []
        self.in_table = False
        self.header_cell = False
        for token in tokens:
            self._take(token)

    def _take(self, token: Token) -> None:
        if step := getattr(self, f"_{token.type}", None):
            step(token)

    def _bullet_list_open(self, _: Token) -> None:
        self.depth += 1

    def _bullet_list_close(self, _: Token) -> None:
        self.depth -= 1

    _ordered_list_open, _ordered_list_close = _bullet_list_open, _bullet_list_close

    def _list_item_open(self, token: Token) -> None:
        self.item = True
        self.mark = f"{token.info}{token.markup} " if token.info else ""

    def _heading_open(self, token: Token) -> None:
        self.heading = int(token.tag[1:])

    def _heading_close(self, _: Token) -> None:
        self.heading = 0

    def _table_open(self, _: Token) -> None:
        self.in_table, self.rows = True, []
        self.table += 1

    def _tr_open(self, _: Token) -> None:
        self.rows.append([])

    def _th_open(self, _: Token) -> None:
        self.header_cell = True

    def _td_open(self, _: Token) -> None:
        self.header_cell = False

    def _table_close(self, _: Token) -> None:
        self.in_table = False
        headers = 1 if any(cell.text for cell in self.rows[0]) else 0
        self.pieces += rows_of(self.rows, self.table, headers=headers)

    def _inline(self, token: Token) -> None:
        if self.in_table:
            self.rows[-1].append(GridCell(_plain(token), header=self.header_cell))
            return
        text = line(without_leftovers(_plain(token)))
        if not text:
            return
        if self.heading:
            self.pieces.append(Piece(BlockKind.HEADING, text, level=self.heading))
        elif self.depth:
            mark, self.item, self.mark = (self.mark if self.item else ""), False, ""
            self.pieces.append(Piece(BlockKind.ITEM, mark + text, level=self.depth - 1))
        else:
            self.pieces.append(Piece(BlockKind.PARAGRAPH, text))

    def _code_block(self, token: Token) -> None:
        self.pieces += [Piece(BlockKind.PARAGRAPH, text) for part in token.content.splitlines() if (text := line(part))]

    _fence = _code_block

    def _html_block(self, token: Token) -> None:
        from corpus.readers import html

        inside = html.pieces_of(token.content, first_table=self.table + 1)
        self.pieces += inside
        self.table = max([self.table, *(p.table for p in inside if p.table is not None)])


def _plain(token: Token) -> str:
    """The words of an inline token, without its marks; a link is its words, and its address where that differs."""
    parts: list[str] = []
    for child in token.children or []:
        if child.type in ("text", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak") or (child.type == "html_inline" and "br" in child.content):
            parts.append("\n")
        elif child.type == "image":
            parts.append(child.content)
        elif child.type == "link_open":
            parts.append("\0" + str(child.attrGet("href") or "") + "\0")
        elif child.type == "link_close":
            parts.append("\1")
    return _with_addresses("".join(parts))


_LINK = re.compile("\0(.*?)\0(.*?)\1", re.DOTALL)


def _with_addresses(text: str) -> str:
    def shown(match: re.Match[str]) -> str:
        address, words = match[1].removeprefix("mailto:").removeprefix("tel:"), match[2]
        if not address or address.startswith("#") or address.rstrip("/") in words or not words.strip():
            return words or address
        return f"{words} ({address})" if "://" in address else words

    return _LINK.sub(shown, text)
