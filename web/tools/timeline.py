"""Windows as bars on one scale of days, with the line of today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.agenda import Entry

_TOP, _ROW, _LABEL = 26, 44, 16  # pixels
MOST = 12


@dataclass(frozen=True, slots=True)
class Strip:
    """A window: its words, its place in pixels from the top, its start and length in hundredths of the width."""

    entry: Entry
    top: int
    label_at: int
    start: str
    length: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The picture: what day it starts and ends at, where today stands."""

    height: int
    first: date
    last: date
    today: str
    strips: tuple[Strip, ...]


def timeline(entries: Sequence[Entry], today: date) -> Timeline | None:
    """The windows that are open or to come, at most `MOST`; None where there are none."""
    windows = [e for e in entries if e.is_window and e.state in ("open", "coming")][:MOST]
    if not windows:
        return None
    first, last = min(today, *(e.first for e in windows)), max(today, *(e.last for e in windows))
    days = max((last - first).days, 1)
    strips = [
        Strip(
            entry, _TOP + _ROW * n + _LABEL + 6, _TOP + _ROW * n + _LABEL,
            _share((entry.first - first).days, days), _share(max((entry.last - entry.first).days, 1), days),
        )
        for n, entry in enumerate(windows)
    ]  # fmt: skip
    return Timeline(_TOP + _ROW * len(windows), first, last, _share((today - first).days, days), tuple(strips))


def _share(days: int, whole: int) -> str:
    return f"{100 * days / whole:.2f}%"
