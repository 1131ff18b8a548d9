"""Tables that became text: cells set apart by tabs, cells one under the other, rows spread over several lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.readers.wording import cell, line

Rows = list[list[str]]


def table_at(lines: Sequence[str], at: int) -> tuple[Rows, int] | None:
    """The rows of the table that starts at a line and how many lines they take, None where none starts."""
    return _tabbed(lines, at) or _stacked(lines, at) or _coded(lines, at)


def _tabbed(lines: Sequence[str], at: int) -> tuple[Rows, int] | None:
    """A line for each row, its cells set apart by tabs."""
    rows: Rows = []
    end = at
    while end < len(lines) and "\t" in lines[end] and (lines[end].strip("\t ").count("\t") or rows):
        rows.append([line(part) for part in lines[end].strip(" ").split("\t")])
        end += 1
    most = max(map(len, rows), default=0)
    if len(rows) < 2 or most < 2:
        return None
    return [row + [""] * (most - len(row)) for row in rows], end - at


def _stacked(lines: Sequence[str], at: int) -> tuple[Rows, int] | None:
    """A line for each cell, with a tab before it: the header says how many cells make a row. A cell may go on over
    the lines below; the last one of a row ends at a blank line."""
    if not lines[at].startswith("\t"):
        return None
    header: list[str] = []
    while at + len(header) < len(lines) and re.match(r"\t[ ]*\S[^\t]*$", lines[at + len(header)]):
        header.append(line(lines[at + len(header)]))
    if len(header) < 2:
        return None
    rows, end = [header], at + len(header)
    while (row := _stacked_row(lines, _next_line(lines, end), len(header))) is not None:
        cells, end = row
        rows.append(cells)
    return (rows, end - at) if len(rows) > 1 else None


def _next_line(lines: Sequence[str], at: int) -> int:
    while at < len(lines) and not lines[at].strip() and not lines[at].startswith("\t"):
        at += 1
    return at


def _stacked_row(lines: Sequence[str], at: int, width: int) -> tuple[list[str], int] | None:
    if at >= len(lines) or not lines[at].startswith("\t"):
        return None
    cells: list[list[str]] = []
    while at < len(lines):
        if lines[at].startswith("\t"):
            if len(cells) == width:
                break
            cells.append([lines[at]])
        elif len(cells) == width and not lines[at].strip():
            break
        else:
            cells[-1].append(lines[at])
        at += 1
    return ([line(" ".join(parts)) for parts in cells], at) if len(cells) == width else None


_FORM = r"(?:ponctuelle?s?|ccf|contrôle en cours de formation|[ée]crite?s?|orale?s?|pratiques?)"
# The columns whose cells are told apart by what they hold, and what that is.
_KINDS = (
    (re.compile(r"coef(?:f(?:icients?)?)?\.?", re.IGNORECASE), r"\d{1,2}(?:[.,]\d{1,2})?"),
    (
        re.compile(r"formes?(?: ponctuelle)?|modes?|nature", re.IGNORECASE),
        rf"{_FORM}(?:\s*(?:et|ou|,|/|-)?\s*{_FORM})*",
    ),
    (re.compile(r"durées?", re.IGNORECASE), r"\d{1,3}\s*(?:h\b|h\d|heures?|min\b|mn\b|minutes?).{0,90}?"),
    (re.compile(r"unités?", re.IGNORECASE), r"[A-Z]{1,2}\s?\d{1,2}(?:\.\d)?"),
)
_CODE = re.compile(r"^\(?[A-Z]{1,2}\s?[A-Z]?\s?\d{1,2}(?:\.\d{1,2}|[A-F])?\b(?!\s*[:=])")
_SPREAD = 6  # lines that one row may take
_SENTENCE = re.compile(r"[a-zà-ÿ]{3,}\.(?:\s|$)|^\(\d\)|^\*|:\s*$")


def _coded(lines: Sequence[str], at: int) -> tuple[Rows, int] | None:
    """A header that names its columns, then rows that each start with a code, over one line or several."""
    columns = _header(line(lines[at]))
    if columns is None or len(line(lines[at])) > 100:
        return None
    header, pattern = columns
    rows, end = [header], at + 1
    while (row := _coded_row(lines, _next_line(lines, end), pattern)) is not None:
        cells, end = row
        rows.append(cells)
    return (rows, end - at) if len(rows) > 1 else None


def _header(text: str) -> tuple[list[str], re.Pattern[str]] | None:
    """The names of the columns in a header, and the shape of a row under it."""
    words = text.split()
    names: list[str] = []
    shapes: list[str] = []
    while words:
        kind = next((shape for name, shape in _KINDS if name.fullmatch(words[-1])), None)
        if kind is None:
            break
        names.insert(0, words.pop())
        shapes.insert(0, kind)
    if len(names) < 2 or not words or len(words) > 8:
        return None
    tail = "".join(rf"(?:\s+({shape}))?" for shape in shapes)
    return [" ".join(words), *names], re.compile(rf"^(.+?){tail}$", re.IGNORECASE)


def _coded_row(lines: Sequence[str], at: int, pattern: re.Pattern[str]) -> tuple[list[str], int] | None:
    """The row that starts at a line: the lines that follow are its own until the next code, a sentence or a title."""
    if at >= len(lines) or not _CODE.match(line(lines[at])):
        return None
    parts, end = [line(lines[at])], at + 1
    best: tuple[list[str], int] | None = None
    while True:
        match = pattern.match(cell(parts))
        if match and any(match.groups()[1:]):
            best = [found or "" for found in match.groups()], end
        end = _next_line(lines, end)
        if end >= len(lines) or len(parts) >= _SPREAD or not _is_part(line(lines[end]), best is not None):
            return best
        parts.append(line(lines[end]))
        end += 1


def _is_part(text: str, complete: bool) -> bool:
    """Whether a line can be a part of a row that has begun; of one that is whole, only a lower-case or a number can."""
    if _CODE.match(text) or _SENTENCE.search(text) or len(text) > 90 or _header(text):
        return False
    return not complete or text[0].islower() or text[0].isdigit()
