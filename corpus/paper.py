"""A PDF that someone hands over to be looked at: read in memory, kept nowhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from time import monotonic

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

MOST_PAGES = 60  # pages that are looked into; the others are counted
_LONGEST_PAGE = 2_000_000  # bytes that draw one page; a page that takes more is not looked into
_LONGEST_LOOK = 5.0  # seconds after which no further page is looked into
_HEADER = re.compile(rb"%PDF-(\d\.\d)")
_PAINTS = re.compile(rb"(?:^|\s)(?:Do|S|s|f\*?|F|B\*?|b\*?|sh|EI)(?=\s|$)")  # the operators that leave a mark
_NEAR_THE_START = 1024  # bytes within which readers look for the header


@dataclass(frozen=True, slots=True)
class Paper:
    """What a file is. `version` is None where it is no PDF; `pages` is None where they could not be read (`damaged`,
    or `locked` by a password); `blank` and `without_text` are the numbers of pages, from 1, that hold nothing, and that
    hold pictures alone; `looked_into` how many were looked into."""

    size: int
    version: str | None = None
    at_start: bool = True
    encrypted: bool = False
    locked: bool = False
    damaged: bool = False
    pages: int | None = None
    looked_into: int = 0
    blank: tuple[int, ...] = ()
    without_text: tuple[int, ...] = ()


def look_into(data: bytes) -> Paper:
    """What a file is, from its bytes alone."""
    header = _HEADER.search(data, 0, _NEAR_THE_START)
    if header is None:
        return Paper(len(data))
    version, at_start = header[1].decode(), header.start() == 0
    try:
        return _read(data, version, at_start)
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
        MemoryError,
    ):
        return Paper(len(data), version, at_start, damaged=True)


def _read(data: bytes, version: str, at_start: bool) -> Paper:
    reader = PdfReader(BytesIO(data))
    encrypted = reader.is_encrypted
    if encrypted and not reader.decrypt(""):
        return Paper(len(data), version, at_start, encrypted=True, locked=True)
    count = len(reader.pages)
    held = list(_each(reader, min(count, MOST_PAGES)))
    return Paper(
        len(data), version, at_start, encrypted, pages=count, looked_into=len(held) - held.count("unread"),
        blank=tuple(n for n, what in enumerate(held, 1) if what == "nothing"),
        without_text=tuple(n for n, what in enumerate(held, 1) if what == "pictures"),
    )  # fmt: skip


def _each(reader: PdfReader, count: int) -> Iterator[str]:
    """What each page holds, as far as there is time."""
    end = monotonic() + _LONGEST_LOOK
    for number in range(count):
        if monotonic() > end:
            return
        yield _held(reader.pages[number])


def _held(page: PageObject) -> str:
    """Whether a page holds "text", else "pictures" (or lines), else "nothing"; "unread" where it is too much."""
    contents = page.get_contents()
    drawn = contents.get_data() if contents is not None else b""
    if len(drawn) > _LONGEST_PAGE:
        return "unread"
    if drawn and page.extract_text().strip():
        return "text"
    return "pictures" if _PAINTS.search(drawn) else "nothing"
