"""Reading order on a PDF page: the left column before the right one, band by band."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence

from corpus.readers.pdf_lines import Line, PageLines, Segment

_FEWEST = 4  # lines on each side of a gutter
_SHORTEST = 16  # letters to a line, on average: shorter ones are the cells of a table
_SAME = 4.0


def in_order(page: PageLines) -> list[Line]:
    """The lines of a page as they are read; a page of one column is left as it is."""
    gutter = _gutter(page)
    if gutter is None:
        return page.lines
    out: list[Line] = []
    left: list[Line] = []
    right: list[Line] = []
    for line in page.lines:
        if _crosses(line, gutter):
            out += _band(left, right)
            left, right = [], []
            out.append(line)
            continue
        for side, segments in ((left, _before(line, gutter)), (right, _after(line, gutter))):
            if segments:
                side.append(Line(tuple(segments), line.y))
    return out + _band(left, right)


def _band(left: list[Line], right: list[Line]) -> list[Line]:
    return left + right


def _before(line: Line, gutter: float) -> list[Segment]:
    return [segment for segment in line.segments if segment.x < gutter - _SAME]


def _after(line: Line, gutter: float) -> list[Segment]:
    return [segment for segment in line.segments if segment.x >= gutter - _SAME]


def _crosses(line: Line, gutter: float) -> bool:
    return any(segment.x < gutter - _SAME and segment.right > gutter + _SAME for segment in line.segments)


def _gutter(page: PageLines) -> float | None:
    """The left edge of the second column of text, None on a page of one column or of a table."""
    starts = [s.x for line in page.lines for s in line.segments if 0.3 * page.width < s.x < 0.75 * page.width]
    for start in sorted(set(starts), key=lambda x: -sum(abs(x - other) <= _SAME for other in starts)):
        if sum(abs(start - other) <= _SAME for other in starts) < _FEWEST:
            return None
        if _is_gutter(page.lines, start):
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
        and max(len(_before(line, start)) for line in left) == 1
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
