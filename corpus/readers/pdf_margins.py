"""What the margins of a document's pages repeat: running headers and footers, and the page numbers in them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from corpus.readers.pdf_lines import Line, PageLines

_MARGIN = 0.12  # of the height of a page, at its top and at its foot
_AT_MOST = 4  # lines of a running header or footer
_NUMBER = re.compile(r"\d+")
_LABEL = re.compile(
    r"^(?:page|p\.?)?\s*[-–—]?\s*(?P<label>\d{1,4}|[ivxlc]{1,6}|[A-Z]-?\d{1,3})\s*[-–—]?(?:\s*(?:/|sur|de)\s*(?P<of>\d{1,4}))?$",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"(?:page|p\.)\s*(?P<label>\d{1,4})(?:\s*(?:/|sur|de)\s*(?P<of>\d{1,4}))?$|(?P<n>\d{1,4})\s*/\s*(?P<m>\d{1,4})$",
    re.I,
)


def remove(pages: Sequence[PageLines]) -> dict[int, str]:
    """Take running headers and footers out of the pages; gives the label that each page prints."""
    places: dict[tuple[bool, str], list[tuple[PageLines, Line]]] = defaultdict(list)
    for page in pages:
        for at_top, line in _in_margins(page):
            places[at_top, _NUMBER.sub("#", line.text).casefold()].append((page, line))
    labels: dict[int, str] = {}
    for (at_top, _), found in places.items():
        if _repeats(found, len(pages)):
            labels |= _printed(found)
            _take_out(found, keep_first=at_top and _is_said_once(found, pages))
    return labels


def _in_margins(page: PageLines) -> Iterator[tuple[bool, Line]]:
    for line in page.lines[:_AT_MOST]:
        if line.y < _MARGIN * page.height:
            yield True, line
    for line in page.lines[-_AT_MOST:]:
        if line.y > (1 - _MARGIN) * page.height:
            yield False, line


def _repeats(found: list[tuple[PageLines, Line]], count: int) -> bool:
    """Whether a line is on enough pages, at the same height, to belong to the margin and not to the text."""
    numbers = {page.number for page, _ in found}
    if _printed(found) and len(numbers) >= min(2, count):
        return len(numbers) == len(found)
    heights = [line.y for _, line in found]
    level = max(heights) - min(heights) < 12
    several = len(numbers) >= 3 or (len(numbers) == 2 and max(numbers) == min(numbers) + 1 and count > 2)
    return level and several and len(numbers) * 10 >= count and len(found) == len(numbers)


def _printed(found: list[tuple[PageLines, Line]]) -> dict[int, str]:
    """The page labels in a repeated line, where they follow the pages."""
    labels = {page.number: label for page, line in found if (label := _label(line.text))}
    if len(labels) < len(found):
        return {}
    shifts = {int(label) - number for number, label in labels.items() if label.isdecimal()}
    return labels if len(shifts) == 1 and all(map(str.isdecimal, labels.values())) else {}


def _label(text: str) -> str | None:
    if match := _LABEL.match(text.strip()):
        return match["label"]
    match = _TAIL.search(text)
    return (match["label"] or match["n"]) if match else None


def _is_said_once(found: list[tuple[PageLines, Line]], pages: Sequence[PageLines]) -> bool:
    """Whether the first of the repeated lines is kept: set larger than the text, it is the title of what starts
    there; cut in cells, it is the header of a table that goes on."""
    if len(found[0][1].segments) > 2:
        return True
    sizes = sorted(line.size for page in pages for line in page.lines)
    return found[0][1].size > 1.12 * sizes[len(sizes) // 2]


def _take_out(found: list[tuple[PageLines, Line]], keep_first: bool) -> None:
    first = min(page.number for page, _ in found)
    for page, line in found:
        if not (keep_first and page.number == first):
            page.lines = [other for other in page.lines if other is not line]
