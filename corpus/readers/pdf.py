"""PDF: text with its place on the page from pypdf, tables from the rulings, headings by their type."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdf
from pypdf.errors import PyPdfError

from corpus.documents import BlockKind
from corpus.readers import outline, pdf_blocks, pdf_lines, pdf_margins, pdf_tables
from corpus.readers.pdf_lines import PageLines
from corpus.readers.pieces import Piece, Reading, Unreadable
from corpus.readers.wording import line

_MOST_PAGES = 3000
_ENCRYPTED = "Le PDF est chiffré : il faut un mot de passe pour l'ouvrir ; enregistrez-le sans mot de passe."
_SCANNED = "Le PDF est numérisé, sans texte : passez-le dans un logiciel de reconnaissance de caractères (OCR)."
_DAMAGED = "Le fichier PDF est endommagé : il ne peut pas être ouvert."


def read(path: Path) -> Reading:
    reader = _opened(path)
    pages, problems = _pages(reader)
    if not any(page.lines for page in pages):
        raise Unreadable(_DAMAGED if problems and not _has_images(reader) else _SCANNED)
    labels = _labels(reader, len(pages))
    printed = pdf_margins.remove(pages)
    grids = pdf_tables.read(path, pages)
    pieces = outline.outlined(outline.by_type(pdf_blocks.pieces(pages, grids)))
    if not any(piece.kind is BlockKind.HEADING for piece in pieces):
        pieces = _by_bookmarks(pieces, dict(_bookmarks(reader)))
    return Reading(
        labels=tuple(printed.get(page.number) or labels[page.number - 1] for page in pages),
        pieces=tuple(pieces),
        title=_title(reader),
        problems=tuple(problems),
    )


def _opened(path: Path) -> pypdf.PdfReader:
    try:
        reader = pypdf.PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Unreadable(_ENCRYPTED)
        count = len(reader.pages)
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        raise Unreadable(_DAMAGED) from error
    if not count:
        raise Unreadable("Le PDF est vide : il n'a aucune page.")
    if count > _MOST_PAGES:
        raise Unreadable(f"Le PDF est trop volumineux : {count} pages, pour {_MOST_PAGES} au plus.")
    return reader


def _pages(reader: pypdf.PdfReader) -> tuple[list[PageLines], list[str]]:
    """The lines of every page, and one sentence for each page that gives none though it should."""
    pages: list[PageLines] = []
    problems: list[str] = []
    for number in range(1, len(reader.pages) + 1):
        try:
            page = reader.pages[number - 1]
            lines = pdf_lines.of_page(page, number)
            if not lines.lines and _images(page):
                problems.append(f"Page {number} : image sans texte, à passer en reconnaissance de caractères.")
        except MemoryError:
            raise
        except Exception:  # whatever a damaged page makes the parser do, the other pages are still read
            lines = PageLines(number)
            problems.append(f"Page {number} : endommagée, elle n'a pas pu être lue.")
        pages.append(lines)
    return pages, problems


def _images(page: pypdf.PageObject) -> bool:
    try:
        resources = page.get("/Resources", {}).get_object()
        objects = resources.get("/XObject", {}).get_object()
        return any(objects[name].get("/Subtype") == "/Image" for name in objects)
    except (PyPdfError, AttributeError, KeyError, TypeError):
        return False


def _has_images(reader: pypdf.PdfReader) -> bool:
    return any(_images(page) for page in reader.pages)


def _labels(reader: pypdf.PdfReader, count: int) -> Sequence[str]:
    try:
        labels = reader.page_labels
    except (PyPdfError, KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError):
        labels = []
    return labels if len(labels) == count else [str(number) for number in range(1, count + 1)]


def _bookmarks(reader: pypdf.PdfReader) -> Iterator[tuple[str, int]]:
    """The titles in the file's own table of contents, and how deep they stand."""
    try:
        open_: list[tuple[Any, int]] = [(entry, 1) for entry in reversed(reader.outline)]
    except (PyPdfError, KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return
    while open_:
        entry, level = open_.pop()
        if isinstance(entry, list):
            open_ += [(inner, level + 1) for inner in reversed(entry)]
        else:
            yield line(str(entry.title or "")).casefold(), level


def _by_bookmarks(pieces: list[Piece], levels: dict[str, int]) -> list[Piece]:
    """The pieces of a file whose type tells no titles, with those that its table of contents names."""
    return [
        replace(piece, kind=BlockKind.HEADING, level=level)
        if piece.kind is BlockKind.PARAGRAPH and (level := levels.get(piece.text.casefold()))
        else piece
        for piece in pieces
    ]


def _title(reader: pypdf.PdfReader) -> str | None:
    try:
        title = reader.metadata.title if reader.metadata else None
    except (PyPdfError, KeyError, TypeError, ValueError, AttributeError):
        return None
    return (line(str(title)) or None) if title else None
