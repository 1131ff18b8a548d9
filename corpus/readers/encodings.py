"""Bytes to text: UTF-8, UTF-16 with its mark, else the Western code page."""

from __future__ import annotations

import codecs

from corpus.readers.pieces import Unreadable

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_TEXT_CONTROLS = frozenset(b"\t\n\r\f\x0b\x1b\x85")


def decoded(data: bytes) -> str:
    """The text, with plain line breaks."""
    return _decoded(data).replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\f")


def _decoded(data: bytes) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # A file cut in the middle of a character is still UTF-8.
        if error.start >= len(data) - 4 and len(data) > 4:
            return data[: error.start].decode("utf-8")
    return data.decode("cp1252", errors="replace")


def looks_like_text(data: bytes) -> bool:
    """Whether these first bytes are those of a text."""
    if data.startswith(tuple(mark for mark, _ in _MARKS)):
        return True
    odd = sum(byte < 32 and byte not in _TEXT_CONTROLS for byte in data)
    return odd * 200 <= len(data) and b"\0\0" not in data


def not_text() -> Unreadable:
    return Unreadable("Le format du fichier n'est pas reconnu : déposez un PDF, DOCX, ODT, HTML, Markdown ou texte.")
