"""ODT: the text of the document in order, from the content part alone."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.sax import SAXException

from odf import opendocument
from odf.namespaces import DCNS, OFFICENS, TABLENS, TEXTNS

from corpus.documents import BlockKind
from corpus.readers import archive, outline
from corpus.readers.grid import GridCell, rows_of
from corpus.readers.pieces import Piece, Reading, Unreadable
from corpus.readers.wording import bullet, line, without_leftovers

Node = Any  # odfpy has no types
_DEEPEST = 40


def read(path: Path) -> Reading:
    archive.check(path)
    try:
        document = opendocument.load(str(path))
        body = document.text
    except (zipfile.BadZipFile, KeyError, ValueError, SAXException, AttributeError, OSError, EOFError) as error:
        raise archive.damaged("ODT") from error
    pieces = outline.outlined(_Walk().pieces(body, 0)) if body is not None else []
    if not pieces:
        raise Unreadable("Le fichier est vide : le document ne contient aucun texte.")
    return Reading(labels=(None,), pieces=tuple(pieces), title=_title(document))


class _Walk:
    def __init__(self) -> None:
        self.tables = -1

    def pieces(self, node: Node, depth: int, items: int = 0) -> Iterator[Piece]:
        for child in _elements(node):
            name = child.qname
            if name == (TEXTNS, "h"):
                yield from _piece(BlockKind.HEADING, child, _count(child, "outlinelevel"))
            elif name == (TEXTNS, "p"):
                yield from _paragraph(child, items)
            elif name == (TABLENS, "table") and depth < _DEEPEST:
                yield from self._table(child)
            elif name in ((OFFICENS, "annotation"), (TEXTNS, "tracked-changes")) or depth >= _DEEPEST:
                continue
            else:
                yield from self.pieces(child, depth + 1, items + (name == (TEXTNS, "list")))

    def _table(self, node: Node) -> Iterator[Piece]:
        rows = [(row, header) for row, header in _rows(node)]
        cells = [[_cell(cell, header) for cell in _elements(row) if _is_cell(cell)] for row, header in rows]
        self.tables += 1
        headers = sum(header for _, header in rows)
        yield from rows_of(cells, self.tables, headers=headers or None)


def _elements(node: Node) -> Iterator[Node]:
    return (child for child in node.childNodes if child.nodeType == child.ELEMENT_NODE)


def _rows(node: Node, header: bool = False) -> Iterator[tuple[Node, bool]]:
    for child in _elements(node):
        if child.qname == (TABLENS, "table-row"):
            yield child, header
        elif child.qname == (TABLENS, "table-header-rows"):
            yield from _rows(child, True)
        elif child.qname in ((TABLENS, "table-rows"), (TABLENS, "table-row-group")):
            yield from _rows(child, header)


def _is_cell(node: Node) -> bool:
    """A cell of its own; a cell that another covers is not."""
    return bool(node.qname == (TABLENS, "table-cell"))


def _cell(node: Node, header: bool) -> GridCell:
    return GridCell(
        without_leftovers("\n".join(_words(child) for child in _elements(node))),
        columns=_count(node, "numbercolumnsspanned"),
        rows=_count(node, "numberrowsspanned"),
        header=header,
    )


def _count(node: Node, name: str) -> int:
    value = str(node.getAttribute(name) or "1")
    return max(1, min(int(value), 1000)) if value.isdecimal() else 1


def _paragraph(node: Node, items: int) -> Iterator[Piece]:
    text = line(without_leftovers(_words(node)))
    marked = bullet(text)
    if items or marked:
        yield from _piece(BlockKind.ITEM, node, max(0, items - 1))
    else:
        yield from _piece(BlockKind.PARAGRAPH, node, 0)


def _piece(kind: BlockKind, node: Node, level: int) -> Iterator[Piece]:
    text = line(without_leftovers(_words(node)))
    if kind is BlockKind.ITEM:
        text = bullet(text) or text
    if text:
        yield Piece(kind, text, level=level)


def _words(node: Node) -> str:
    """The words under a node, with the spaces, tabs and line breaks that ODT writes as elements."""
    if node.nodeType in (node.TEXT_NODE, node.CDATA_SECTION_NODE):
        return str(node.data)
    if node.qname in ((OFFICENS, "annotation"), (TEXTNS, "note-citation")):
        return ""
    if node.qname == (TEXTNS, "note"):
        return f" ({''.join(map(_words, node.childNodes)).strip()})"
    if node.qname[0] == TEXTNS and node.qname[1] in ("s", "tab", "line-break"):
        return "\n" if node.qname[1] == "line-break" else " "
    return "".join(map(_words, node.childNodes))


def _title(document: Node) -> str | None:
    for node in document.meta.childNodes:
        if getattr(node, "qname", None) == (DCNS, "title"):
            return line(_words(node)) or None
    return None
