"""Which slice of a passage is quoted, among those that cover the question best."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.coverage import Asked
from assistant.evidence import Evidence
from assistant.kinds import is_strict
from corpus.documents import Passage
from index.text import fold

_LONG_ENOUGH = 0.8  # of the longest window: a list is quoted from its beginning rather than to its end


def chosen(weighed: Sequence[Evidence], asked: Asked, passage: Passage, text: str) -> Evidence:
    """The window that is quoted of a passage, among those that cover the question best.

    What stands under a heading that names the subject is quoted whole; else the shortest window that holds all those
    that answer alike. `text` is the document's.
    """
    best = max((not e.lacking, round(e.covered, 3)) for e in weighed)
    alike = [e for e in weighed if (not e.lacking, round(e.covered, 3)) == best]
    heading = passage.section[-1] if passage.section else ""
    if asked.spoken_of(fold(heading)):
        return _earliest(alike)
    most = round(max(e.own for e in alike), 3)
    if not most:
        return _earliest(alike)
    alike = [e for e in alike if round(e.own, 3) == most]
    smallest = [e for e in alike if not any(other.inside(e) for other in alike)]
    start, end = min(e.span[0] for e in smallest), max(e.span[1] for e in smallest)
    holding = [e for e in alike if e.span[0] <= start and e.span[1] >= end]
    best_one = min(holding or smallest, key=lambda e: e.length)
    return _card(best_one, alike, text) if any(is_strict(kind) for kind in asked.kinds.asked) else best_one


def _card(best: Evidence, alike: Sequence[Evidence], text: str) -> Evidence:
    """The window with the lines below it that bear the label of one of its own: a person's second telephone."""
    labels = {_label(line) for line in text[slice(*best.span)].splitlines()}
    longer = [e for e in alike if e.span[0] == best.span[0] and e.span[1] > best.span[1]]
    same = [e for e in longer if all(_label(li) in labels for li in text[best.span[1] : e.span[1]].splitlines() if li)]
    return max([best, *same], key=lambda e: e.length)


def _label(line: str) -> str:
    """The first word of a labelled line; empty for any other."""
    return fold(line.split()[0]) if ":" in line and line.split() else ""


def _earliest(alike: Sequence[Evidence]) -> Evidence:
    """The first of the long windows: what stands under a heading is read from its beginning."""
    longest = max(e.length for e in alike)
    return min((e for e in alike if e.length >= _LONG_ENOUGH * longest), key=lambda e: (e.span[0], -e.span[1]))
