"""One reader per format; what a file holds, never its name, chooses which."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from corpus.readers.pieces import Piece, Reading, Unreadable

__all__ = ["Piece", "Reading", "Unreadable", "media_type", "read"]

_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its media type, whether a file is one (by its first bytes and, for archives, its parts), its reader."""

    media_type: str
    module: str
    recognises: Callable[[bytes, Path], bool]


def _is_pdf(head: bytes, _: Path) -> bool:
    return b"%PDF-" in head[:1024]


def _is_docx(head: bytes, path: Path) -> bool:
    return head.startswith(b"PK") and _has_part(path, "word/document.xml")


def _is_odt(head: bytes, path: Path) -> bool:
    return head.startswith(b"PK") and (
        b"application/vnd.oasis.opendocument.text" in head or _has_part(path, "content.xml")
    )


def _is_html(head: bytes, _: Path) -> bool:
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return True
    return start.startswith((b"<?xml", b"<!--")) and b"<html" in start


def _is_markdown(head: bytes, path: Path) -> bool:
    from corpus.readers import markup

    return _is_text(head, path) and markup.is_markdown(path)


def _is_text(head: bytes, _: Path) -> bool:
    from corpus.readers.encodings import looks_like_text

    return looks_like_text(head)


# The order counts: the first that recognises a file reads it.
FORMATS = (
    Format("application/pdf", "pdf", _is_pdf),
    Format("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", _is_docx),
    Format("application/vnd.oasis.opendocument.text", "odt", _is_odt),
    Format("text/html", "html", _is_html),
    Format("text/markdown", "markdown", _is_markdown),
    Format("text/plain", "text", _is_text),
)


def read(path: Path) -> Reading:
    """What a file says. Raises Unreadable with the sentence to show where it cannot be read at all."""
    from importlib import import_module

    reader = import_module(f"corpus.readers.{_format(path).module}").read
    reading: Reading = reader(path)
    return reading


def media_type(path: Path) -> str:
    """The media type of a file, by its content."""
    return _format(path).media_type


def _format(path: Path) -> Format:
    head = _head(path)
    for format_ in FORMATS:
        if format_.recognises(head, path):
            return format_
    raise Unreadable(_unknown(head))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
    except OSError as error:
        raise Unreadable(f"Le fichier ne peut pas être ouvert : {error.strerror or error}.") from error
    if not head.strip(b"\0 \t\r\n\xef\xbb\xbf"):
        raise Unreadable("Le fichier est vide.")
    return head


def _unknown(head: bytes) -> str:
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "Le fichier est un ancien document Office ou un document chiffré : enregistrez-le en DOCX ou en PDF."
    if head.startswith(b"PK"):
        return (
            "Le fichier est une archive endommagée ou d'un format qui n'est pas lu : déposez un DOCX, un ODT, un PDF."
        )
    return "Le format du fichier n'est pas reconnu : déposez un PDF, DOCX, ODT, HTML, Markdown ou texte."


def _has_part(path: Path, name: str) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return name in archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError):
        return False
