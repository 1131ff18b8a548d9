"""The lines of a PDF page: what pypdf shows of each run of text, put side by side from the top of the page down."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from corpus.readers.wording import characters

# How wide a letter is set, in thousandths of its size, in the sans-serif that most office documents use. pypdf does
# not say where a run ends, and the widths that fonts declare are keyed by codes that it does not show.
_WIDTHS = {
    **dict.fromkeys("ijl'|", 222),
    **dict.fromkeys(" !,./:;ftI’·[]", 278),
    **dict.fromkeys('()-r`"', 333),
    **dict.fromkeys("ckJsvxyz", 500),
    **dict.fromkeys("FTZ", 611),
    **dict.fromkeys("ABEKPSVXY&", 667),
    **dict.fromkeys("CDHNRUw", 722),
    **dict.fromkeys("GOQ", 778),
    **dict.fromkeys("mM%œ", 850),
    **dict.fromkeys("WŒ@—…", 1000),
    **dict.fromkeys("•", 350),
}
_GAP = 1.3  # times the size: runs further apart than this stand in two columns
_INSIDE = (0.3, 0.75)  # of the width of a page: where the left edge of another column may be
_MANY = 8  # runs that start at one place: a column of them
_FREE = 0.7  # the share of them with nothing right before
_MARK = re.compile(r"^(?:[•●○◦▪■□‣∙·➢➔✓\uf0b7\uf0a7\uf0d8*–-]|\(?\d{1,2}[.)]|[a-z]\))$")


@dataclass(frozen=True, slots=True)
class Segment:
    """Text on one base line without a wide gap: its edges, its size, whether it is bold."""

    text: str
    x: float
    right: float
    size: float
    bold: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What stands on one base line, from left to right; `y` grows down the page."""

    segments: tuple[Segment, ...]
    y: float

    @property
    def text(self) -> str:
        return " ".join(segment.text for segment in self.segments)

    @property
    def x(self) -> float:
        return self.segments[0].x

    @property
    def right(self) -> float:
        return self.segments[-1].right

    @property
    def size(self) -> float:
        return max(self.segments, key=lambda segment: len(segment.text)).size

    @property
    def bold(self) -> bool:
        return all(segment.bold for segment in self.segments)


@dataclass(slots=True)
class PageLines:
    """A page: its lines from the top, its size in points, how many rulings cross it each way."""

    number: int
    lines: list[Line] = field(default_factory=list)
    width: float = 595.0
    height: float = 842.0
    horizontal: int = 0
    vertical: int = 0


@cache
def _letter(character: str) -> int:
    plain = unicodedata.normalize("NFD", character)[0]
    return _WIDTHS.get(plain, 556)


def width(text: str, size: float) -> float:
    """About how wide a text is set."""
    return sum(map(_letter, text)) * size / 1000


def of_page(page: Any, number: int) -> PageLines:  # noqa: ANN401 (pypdf's page, or anything like it)
    """The lines of one page."""
    box = page.mediabox
    turned = int(page.rotation) % 360
    wide, high = float(box.width), float(box.height)
    found = PageLines(number, width=wide, height=high)
    if turned in (90, 270):
        found.width, found.height = high, wide
    runs = _Runs(float(box.left), float(box.bottom), wide, high, turned)
    page.extract_text(visitor_text=runs.take, visitor_operand_before=_Rulings(found).take)
    found.lines = _lines(runs.found, wide)
    return found


class _Runs:
    """Gathers the runs of text with their place, counted from the top left corner."""

    def __init__(self, left: float, bottom: float, wide: float, high: float, turned: int) -> None:
        self.left, self.bottom, self.wide, self.high, self.turned = left, bottom, wide, high, turned
        self.found: list[tuple[float, Segment]] = []

    def take(self, text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:  # noqa: ANN401
        words = characters(text)
        if not words.strip():
            return
        x, y = self._place(tm[4] * cm[0] + tm[5] * cm[2] + cm[4], tm[4] * cm[1] + tm[5] * cm[3] + cm[5])
        scale = abs(tm[0] * cm[0] + tm[1] * cm[2]) or abs(tm[0] * cm[1] + tm[1] * cm[3]) or 1.0
        size = abs(size * scale) or 10.0
        name = str((font or {}).get("/BaseFont", "")).lower()
        bold = "bold" in name or "black" in name or "heavy" in name
        for part in words.strip("\n").split("\n"):
            if said := _spaced(part):
                self.found.append((y, Segment(said, x, x + width(said, size) * (1.06 if bold else 1), size, bold)))
                y += size * 1.2

    def _place(self, x: float, y: float) -> tuple[float, float]:
        """Where a point stands on the page as it is shown, from its top left corner."""
        x, y = x - self.left, y - self.bottom
        if self.turned == 90:
            return y, x
        if self.turned == 180:
            return self.wide - x, y
        if self.turned == 270:
            return self.high - y, self.wide - x
        return x, self.high - y


def _spaced(text: str) -> str:
    """A run with single spaces inside; one before or after it stays, and tells that a word ends there."""
    words = " ".join(text.split())
    return words and " " * text[0].isspace() + words + " " * text[-1].isspace()


class _Rulings:
    """Counts what could be the rulings of a grid: thin rectangles and straight strokes, level or upright."""

    def __init__(self, page: PageLines) -> None:
        self.page = page
        self.at = (0.0, 0.0)

    def take(self, operator: bytes, operands: Any, cm: list[float], _: list[float]) -> None:  # noqa: ANN401
        if operator not in (b"re", b"m", b"l"):
            return
        try:
            numbers = [float(operand) for operand in operands]
        except (TypeError, ValueError):
            return
        if operator == b"re" and len(numbers) == 4:
            self._rectangle(abs(numbers[2] * cm[0]), abs(numbers[3] * cm[3]))
        elif operator != b"re" and len(numbers) == 2:
            to = (numbers[0], numbers[1])
            if operator == b"l":
                self._stroke(abs((to[0] - self.at[0]) * cm[0]), abs((to[1] - self.at[1]) * cm[3]))
            self.at = to

    def _rectangle(self, wide: float, high: float) -> None:
        if wide > 8 and high > 8:
            self.page.horizontal += 2
            self.page.vertical += 2
        else:
            self._stroke(wide, high)

    def _stroke(self, wide: float, high: float) -> None:
        self.page.horizontal += wide > 8 and high < 3
        self.page.vertical += high > 6 and wide < 3


def _lines(runs: list[tuple[float, Segment]], wide: float) -> list[Line]:
    """Runs of one base line as one line."""
    rows: list[tuple[float, list[Segment]]] = []
    for y, run in sorted(runs, key=lambda r: (round(r[0], 1), r[1].x)):
        if rows and _same_line(rows[-1][0], rows[-1][1][-1], y, run):
            level, row = rows[-1]
            rows[-1] = (y if run.size > max(r.size for r in row) else level, [*row, run])
        else:
            rows.append((y, [run]))
    placed = [(y, sorted(row, key=lambda r: r.x)) for y, row in rows]
    edges = _edges([row for _, row in placed], wide)
    return [Line(tuple(map(_stripped, _joined(row, edges))), y) for y, row in placed]


def _edges(rows: list[list[Segment]], wide: float) -> frozenset[int]:
    """Where many runs start inside the page, most with nothing right before them, in points: the left edges of its
    other columns. A width is only estimated, and a line that seems to reach one of them has ended before."""
    starts: Counter[int] = Counter()
    free: Counter[int] = Counter()
    for row in rows:
        for before, run in zip([None, *row], row, strict=False):
            if _INSIDE[0] * wide < run.x < _INSIDE[1] * wide:
                starts[round(run.x)] += 1
                free[round(run.x)] += before is None or not _next_to(before, run)
    return frozenset(x for x, count in starts.items() if count >= _MANY and free[x] >= _FREE * count)


def _stripped(segment: Segment) -> Segment:
    return replace(segment, text=" ".join(segment.text.split()))


def _same_line(level: float, before: Segment, y: float, run: Segment) -> bool:
    """Whether two runs share a line; a smaller one beside a larger one may be raised or lowered."""
    large, small = max(before.size, run.size), min(before.size, run.size)
    return abs(level - y) <= (0.55 if small < 0.8 * large and abs(level - y) < small else 0.35) * large


def _joined(runs: list[Segment], edges: frozenset[int]) -> list[Segment]:
    """Runs that stand next to each other as one; a list mark goes with what it marks."""
    out = runs[:1]
    for run in runs[1:]:
        before = out[-1]
        is_edge = round(run.x) in edges and before.x < run.x - run.size
        if (_next_to(before, run) and not is_edge) or (len(out) == 1 and _MARK.match(before.text.strip())):
            apart = " " if _is_apart(before, run) else ""
            bold = before.bold and run.bold
            size = max(before, run, key=lambda r: len(r.text)).size
            out[-1] = Segment(before.text + apart + run.text, before.x, run.right, size, bold)
        else:
            out.append(run)
    return out


def _gap(before: Segment, run: Segment) -> tuple[float, float]:
    """How far a run stands from the one before, and how much of that may be the width being only estimated."""
    return run.x - before.right, 0.03 * (before.right - before.x)


def _next_to(before: Segment, run: Segment) -> bool:
    gap, slack = _gap(before, run)
    return gap <= _GAP * run.size + slack


def _is_apart(before: Segment, run: Segment) -> bool:
    """Whether a space stands between two runs that neither ends nor begins with one."""
    gap, slack = _gap(before, run)
    if before.text.endswith(" ") or run.text.startswith(" "):
        return False
    return gap >= 0.12 * run.size + slack or bool(_MARK.match(before.text))


def below(line: Line, other: Line) -> float:
    """How far a line stands under another, in sizes of its type."""
    return (line.y - other.y) / max(line.size, other.size)
