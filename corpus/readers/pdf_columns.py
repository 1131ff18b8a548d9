"""Reading order on a PDF page: the left column before the right one, band by band."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from corpus.readers.pdf_lines import Line, PageLines, Segment
from corpus.readers.pdf_tables import Grid

_FEWEST = 4  # lines on each side of a gutter
_SHORTEST = 16  # letters to a line, on average: shorter ones are the cells of a table
_SAME = 4.0
_LOWER = 2.0  # points: a line so little under the top of a table stands above it
_TABLED = 0.25  # the share of a column's lines that may be those of a table in it


def in_order(page: PageLines, grids: Sequence[Grid]) -> list[Line | Grid]:
    """The lines and tables of a page as they are read; those of a page of one column as they stand. A line of a table
    is the table's."""
    lines = [free for line in page.lines if (free := _untabled(line, grids)).segments]
    gutter = _gutter(lines, page.width)
    parts: list[Line | Grid] = [*lines, *grids]
    out: list[Line | Grid] = []
    left: list[Line | Grid] = []
    right: list[Line | Grid] = []
    for part in sorted(parts, key=_top):
        if gutter is None or _crosses(part, gutter):
            out += [*left, *right, part]
            left, right = [], []
        elif isinstance(part, Line):
            for side, segments in ((left, _before(part, gutter)), (right, _after(part, gutter))):
                side += [Line(tuple(segments), part.y)] if segments else []
        else:
            (left if part.left < gutter else right).append(part)
    return [*out, *left, *right]


def _top(part: Line | Grid) -> float:
    return part.y if isinstance(part, Line) else part.top + _LOWER


def _untabled(line: Line, grids: Sequence[Grid]) -> Line:
    """A line without what stands in the tables."""
    middle = line.y - 0.3 * line.size
    level = [grid for grid in grids if grid.top - 1 <= middle <= grid.bottom + 1]
    return Line(tuple(s for s in line.segments if not any(s.x < g.right and s.right > g.left for g in level)), line.y)


def _before(line: Line, gutter: float) -> list[Segment]:
    return [segment for segment in line.segments if segment.x < gutter - _SAME]


def _after(line: Line, gutter: float) -> list[Segment]:
    return [segment for segment in line.segments if segment.x >= gutter - _SAME]


def _crosses(part: Line | Grid, gutter: float) -> bool:
    edges = [(one.x, one.right) for one in part.segments] if isinstance(part, Line) else [(part.left, part.right)]
    return any(left < gutter - _SAME and right > gutter + _SAME for left, right in edges)


def _gutter(lines: Sequence[Line], width: float) -> float | None:
    """The left edge of the second column of text, None on a page of one column or of a table."""
    starts = [s.x for line in lines for s in line.segments if 0.3 * width < s.x < 0.75 * width]
    for start in sorted(set(starts), key=lambda x: -sum(abs(x - other) <= _SAME for other in starts)):
        if sum(abs(start - other) <= _SAME for other in starts) < _FEWEST:
            return None
        if _is_gutter(lines, start):
            return start
    return None


def _is_gutter(lines: Sequence[Line], start: float) -> bool:
    inside = [line for line in lines if not _crosses(line, start)]
    left = [line for line in inside if _before(line, start)]
    right = [line for line in inside if _after(line, start)]
    if min(len(left), len(right)) < _FEWEST or len(lines) - len(inside) > len(inside):
        return False
    return (
        _average(s for line in left for s in _before(line, start)) >= _SHORTEST
        and _average(s for line in right for s in _after(line, start)) >= _SHORTEST
        and sum(len(_before(line, start)) > 1 for line in left) <= _TABLED * len(left)
        and not _is_table(left, right)
    )


def _average(segments: Iterable[Segment]) -> float:
    lengths = [len(segment.text) for segment in segments]
    return sum(lengths) / len(lengths)


def _is_table(left: Sequence[Line], right: Sequence[Line]) -> bool:
    """Whether both sides share their lines and these stand apart: rows, not two texts side by side."""
    shared = [line for line in left if any(line is other for other in right)]
    if len(shared) < 0.8 * max(len(left), len(right)):
        return False
    gaps = sorted(b.y - a.y for a, b in itertools.pairwise(shared))
    return bool(gaps) and gaps[len(gaps) // 2] > 1.6 * shared[0].size
