"""The lines of a PDF page: what pypdf shows of each run of text, put side by side and in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from corpus.readers.wording import characters

_NARROW = frozenset("iljtfr.,;:!'|()[]I ’·")
_WIDE = frozenset("mwMWœŒæ@%—…")


@dataclass(frozen=True, slots=True)
class Run:
    """Text set in one go: its left edge and base line from the top of the page, its size, whether it is bold."""

    text: str
    x: float
    y: float
    size: float
    bold: bool

    @property
    def right(self) -> float:
        return self.x + width(self.text, self.size)


@dataclass(frozen=True, slots=True)
class Line:
    """Runs on one base line that read as one."""

    text: str
    x: float
    right: float
    y: float
    size: float
    bold: bool
    column: int = 0


@dataclass(slots=True)
class PageLines:
    """A page: its lines in reading order, the runs they are made of, its size, how many rulings cross it."""

    number: int
    lines: list[Line] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    width: float = 595.0
    height: float = 842.0
    horizontal: int = 0
    vertical: int = 0


def width(text: str, size: float) -> float:
    """About how wide a text is set; pypdf does not say, and the fonts' own widths are slow to ask for."""
    units = sum(0.28 if c in _NARROW else 0.88 if c in _WIDE else 0.68 if c.isupper() else 0.54 for c in text)
    return units * size


def of_page(page: Any, number: int) -> PageLines:
    """The lines of one page."""
    box = page.mediabox
    found = PageLines(number, width=float(box.width), height=float(box.height))
    left, top = float(box.left), float(box.top)
    page.extract_text(
        visitor_text=_Runs(found, left, top).take,
        visitor_operand_before=_Rulings(found).take,
    )
    found.lines = lines(found.runs)
    return found


class _Runs:
    def __init__(self, page: PageLines, left: float, top: float) -> None:
        self.page, self.left, self.top = page, left, top

    def take(self, text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        words = characters(text).strip()
        if not words:
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4] - self.left
        y = self.top - (tm[4] * cm[1] + tm[5] * cm[3] + cm[5])
        scale = abs(tm[0] * cm[0] + tm[1] * cm[2]) or abs(tm[1] * cm[2] + tm[3] * cm[3]) or 1.0
        name = str((font or {}).get("/BaseFont", "")).lower()
        run_size = abs(size * scale) or 10.0
        for part in words.split("\n"):
            if part.strip():
                self.page.runs.append(Run(" ".join(part.split()), x, y, run_size, "bold" in name or "black" in name))
            y += run_size * 1.2


class _Rulings:
    """Counts what could be the rulings of a grid: thin rectangles and straight strokes, level or upright."""

    def __init__(self, page: PageLines) -> None:
        self.page = page
        self.at = (0.0, 0.0)

    def take(self, operator: bytes, operands: Any, cm: list[float], _: list[float]) -> None:
        if operator == b"re" and len(operands) == 4:
            self._rectangle(abs(float(operands[2]) * cm[0]), abs(float(operands[3]) * cm[3]))
        elif operator == b"m" and len(operands) == 2:
            self.at = (float(operands[0]), float(operands[1]))
        elif operator == b"l" and len(operands) == 2:
            to = (float(operands[0]), float(operands[1]))
            self._stroke(abs(to[0] - self.at[0]) * abs(cm[0]), abs(to[1] - self.at[1]) * abs(cm[3]))
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


def lines(runs: list[Run]) -> list[Line]:
    """Runs of one base line that stand next to each other as one line, from the top of the page down."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda r: (round(r.y, 1), r.x)):
        if rows and abs(rows[-1][0].y - run.y) <= 0.35 * max(run.size, rows[-1][0].size):
            rows[-1].append(run)
        else:
            rows.append([run])
    return [_line(row) for row in rows]


def _line(row: list[Run]) -> Line:
    row = sorted(row, key=lambda r: r.x)
    widest = max(row, key=lambda r: len(r.text))
    parts = [row[0].text]
    for before, run in zip(row, row[1:], strict=False):
        near = run.x - before.right < 0.12 * run.size and not before.text.endswith((" ", "•"))
        parts.append(run.text if near else f" {run.text}")
    return Line("".join(parts), row[0].x, max(r.right for r in row), widest.y, widest.size, all(r.bold for r in row))
