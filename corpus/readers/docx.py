"""DOCX: paragraphs and tables in the order of the document, lists and headings by their styles."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from corpus.documents import BlockKind
from corpus.readers import archive, docx_notes, outline
from corpus.readers.grid import GridCell, rows_of
from corpus.readers.pieces import Piece, Reading, Unreadable
from corpus.readers.wording import bullet, line, note_mark, without_leftovers

_HEADING = re.compile(r"^(?:heading|titre|title)\s*(\d)?$", re.IGNORECASE)
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SAYS = (*map(qn, ("w:t", "w:tab", "w:br", "w:cr", "w:noBreakHyphen")), docx_notes.CALL)
_LIST = re.compile(r"^(?:list|liste|puce)", re.IGNORECASE)
Xml = Any  # elements of the file carry no types
_DEEPEST = 20


def read(path: Path) -> Reading:
    archive.check(path)
    try:
        document = docx.Document(str(path))
    except (PackageNotFoundError, KeyError, ValueError, SyntaxError, zipfile.BadZipFile) as error:
        raise archive.damaged("DOCX") from error
    pieces = outline.outlined(_Walk(document).pieces(document))
    if not pieces:
        raise Unreadable("Le fichier est vide : le document ne contient aucun texte.")
    return Reading(labels=(None,), pieces=tuple(pieces), title=line(document.core_properties.title or "") or None)


class _Walk:
    """One pass over the document; a footnote is said under the paragraph or the table that calls it."""

    def __init__(self, document: Xml) -> None:
        self.tables = -1
        self.notes = docx_notes.texts(document)

    def pieces(self, container: Xml, depth: int = 0) -> Iterator[Piece]:
        for block in _blocks(container):
            if isinstance(block, Paragraph):
                yield from _paragraph(block)
            elif isinstance(block, Table) and depth < _DEEPEST:
                yield from self._table(block, depth)
            if not depth:
                yield from self._called(block)

    def _called(self, block: Xml) -> Iterator[Piece]:
        for number in docx_notes.called(block._element):
            if text := self.notes.get(number):
                yield Piece(BlockKind.PARAGRAPH, line(f"({number}) {text}"))

    def _table(self, table: Table, depth: int) -> Iterator[Piece]:
        rows = _grid(table)
        if sum(len(row) for row in rows) == 1 or all(len(row) == 1 for row in rows):
            for cell in _distinct_cells(table):
                yield from self.pieces(cell, depth + 1)
            return
        self.tables += 1
        yield from rows_of(rows, self.tables, headers=_headers(table, rows))


def _blocks(container: Xml) -> Iterator[Xml]:
    """Paragraphs and tables, those inside content controls too."""
    parent = container
    element = container.element.body if hasattr(container, "element") and hasattr(container.element, "body") else None
    element = element if element is not None else container._element
    yield from _inside(element, parent, 0)


def _inside(element: Xml, parent: Xml, depth: int) -> Iterator[Xml]:
    for child in element:
        if child.tag == qn("w:p"):
            yield Paragraph(child, parent)
        elif child.tag == qn("w:tbl"):
            yield Table(child, parent)
        elif child.tag in (qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag")) and depth < _DEEPEST:
            yield from _inside(child, parent, depth + 1)


def _paragraph(paragraph: Paragraph) -> Iterator[Piece]:
    text = line(without_leftovers(_words(paragraph)))
    if not text:
        return
    style = (paragraph.style.name or "") if paragraph.style is not None else ""
    heading = _HEADING.match(style)
    numbered = _numbering(paragraph)
    marked = bullet(text)
    if heading:
        yield Piece(BlockKind.HEADING, text, level=int(heading[1] or 1))
    elif (numbered is not None or _LIST.match(style)) and not _bold(paragraph):
        yield Piece(BlockKind.ITEM, marked or text, level=numbered or 0)
    elif marked and not note_mark(text):
        yield Piece(BlockKind.ITEM, marked)
    elif _bold(paragraph) and len(text) <= 150 and text[-1] not in ".,;":
        yield Piece(BlockKind.HEADING, text)
    else:
        yield Piece(BlockKind.PARAGRAPH, text)


def _words(paragraph: Paragraph) -> str:
    """The words of a paragraph, those of its links, fields and insertions too; what was deleted is left out."""
    parts: list[str] = []
    for node in paragraph._p.iter(*_SAYS):
        if any(above.tag == _FALLBACK for above in node.iterancestors()):
            continue  # the same words again, for programs that cannot show a text box
        if node.tag == qn("w:t"):
            parts.append(node.text or "")
        elif node.tag == qn("w:noBreakHyphen"):
            parts.append("-")
        elif node.tag == docx_notes.CALL:
            parts.append(f" ({docx_notes.number(node)})")
        elif node.getparent().tag == qn("w:r"):
            parts.append("\n" if node.tag != qn("w:tab") else "\t")
    return "".join(parts)


def _numbering(paragraph: Paragraph) -> int | None:
    properties = paragraph._p.pPr
    if properties is None or properties.numPr is None:
        return None
    numbering: Xml = properties.numPr
    level = numbering.ilvl
    return int(level.val) if level is not None else 0


def _bold(paragraph: Paragraph) -> bool:
    runs = [run for run in paragraph.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _grid(table: Table) -> list[list[GridCell]]:
    """The cells of each row; what a vertical merge covers is said by the cell it starts in."""
    rows = [list(_row(row)) for row in table._tbl.tr_lst]
    return [
        [
            GridCell(_cell_text(tc, table), columns=tc.grid_span, rows=_height(rows, number, column))
            for column, tc in row
            if tc is None or tc.vMerge != "continue"
        ]
        for number, row in enumerate(rows)
    ]


def _row(row: Xml) -> Iterator[tuple[int, Xml]]:
    column = row.grid_before if hasattr(row, "grid_before") else 0
    for tc in row.tc_lst:
        yield column, tc
        column += tc.grid_span


def _height(rows: list[list[tuple[int, Xml]]], number: int, column: int) -> int:
    height = 1
    for row in rows[number + 1 :]:
        below = dict(row).get(column)
        if below is None or below.vMerge != "continue":
            break
        height += 1
    return height


def _cell_text(tc: Xml, table: Table) -> str:
    return "\n".join(without_leftovers(_words(Paragraph(p, table))) for p in tc.iter(qn("w:p")))


def _distinct_cells(table: Table) -> Iterator[Xml]:
    seen = set()
    for row in table.rows:
        for cell in row.cells:
            if cell._tc not in seen:
                seen.add(cell._tc)
                yield cell


def _headers(table: Table, rows: list[list[GridCell]]) -> int | None:
    """How many rows the file itself marks as headers, None where it marks none."""
    marked = 0
    for row in table._tbl.tr_lst:
        if row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is None:
            break
        marked += 1
    return marked if 0 < marked < len(rows) else None
