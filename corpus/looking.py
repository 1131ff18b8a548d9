"""What a PDF's pages hold. This runs in a process apart, for a small file may ask for hours."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import LimitReachedError, PyPdfError

from corpus.reading import allow_cpu, confined

_LONGEST_PAGE = 2_000_000  # bytes that draw one page; a page that takes more is not looked into
_PAINTS = re.compile(rb"(?:^|\s)(?:Do|S|s|f\*?|F|B\*?|b\*?|sh|EI)(?=\s|$)")  # the operators that leave a mark
_BROKEN = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError)


def work(memory_bytes: int, cpu_seconds: int, most_pages: int) -> None:
    """Answer the PDF that comes in with one line of JSON for what it is, then one for each page looked into."""
    answers = confined(memory_bytes)
    allow_cpu(cpu_seconds)
    for found in _found(sys.stdin.buffer.read(), most_pages):
        answers.write(json.dumps(found).encode() + b"\n")
        answers.flush()  # what was found stays where the next page is too much


def _found(data: bytes, most_pages: int) -> Iterator[dict[str, Any]]:
    try:
        reader = PdfReader(BytesIO(data))
        encrypted = reader.is_encrypted
        if encrypted and not reader.decrypt(""):
            yield {"encrypted": True, "locked": True}
            return
        count = len(reader.pages)
        yield {"encrypted": encrypted, "pages": count}
        for number in range(min(count, most_pages)):
            yield {"holds": _held(reader.pages[number])}
    except LimitReachedError:
        raise  # too much is not damaged: this process ends here
    except _BROKEN:
        yield {"damaged": True}


def _held(page: PageObject) -> str:
    """Whether a page holds "text", else "pictures" (or lines), else "nothing"; "unread" where it is too much."""
    contents = page.get_contents()
    drawn = contents.get_data() if contents is not None else b""
    if len(drawn) > _LONGEST_PAGE:
        return "unread"
    if drawn and page.extract_text().strip():
        return "text"
    return "pictures" if _PAINTS.search(drawn) else "nothing"
