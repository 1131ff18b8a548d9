"""The marks as a picture: one bar each, as long as the mark and as thick as its coefficient weighs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.simulation import Given, Need, Simulation
from assistant.values import french

_LABEL, _GAP = 20, 12  # pixels over a bar, and under it
_THINNEST, _THICKEST = 6, 30
_TOP = 24  # pixels for the words of the lines that cross the bars
_PERCENT = 5  # of the width, for a point out of 20


@dataclass(frozen=True, slots=True)
class Bar:
    """Places in pixels from the top, lengths in hundredths of the width. `kind`: "given", "kept", "needed"."""

    label: str
    kind: str
    label_at: int
    top: int
    thickness: int
    length: str


@dataclass(frozen=True, slots=True)
class Chart:
    """The picture: its height in pixels, its bars, where the mean aimed at stands and, if there is one, the mean."""

    height: int
    bars: tuple[Bar, ...]
    aim: str
    aim_label: str
    mean: str | None
    mean_label: str


def chart(made: Simulation, given: Given) -> Chart:
    """The picture of a simulation."""
    needs = {need.unit.subject: need for need in made.needs}
    rows: list[tuple[str, str, Decimal, Decimal]] = []
    for unit in made.counted:
        if unit.mark is not None:
            kept = unit.subject in given.kept
            label = (
                f"{unit.code} : {french(unit.mark)} (coefficient {french(unit.weight)}{', conservée' if kept else ''})"
            )
            rows.append((label, "kept" if kept else "given", unit.mark, unit.weight))
        elif (need := needs.get(unit.subject)) is not None:
            rows.append((_missing(unit.code, need), "needed", _within(need.mark), unit.weight))
    return _drawn(rows, made.aim, made.mean)


def _missing(code: str, need: Need) -> str:
    said = {"mark": f"{french(need.mark)} suffit", "secured": "acquis même avec 0", "beyond": "20 ne suffit pas"}
    return f"{code} : à passer, {said[need.reach]}"


def _within(mark: Decimal) -> Decimal:
    return min(max(mark, Decimal(0)), Decimal(20))


def _drawn(rows: Sequence[tuple[str, str, Decimal, Decimal]], aim: Decimal, mean: Decimal | None) -> Chart:
    heaviest = max((weight for *_, weight in rows), default=Decimal(1))
    at, bars = _TOP, []
    for label, kind, mark, weight in rows:
        thickness = max(_THINNEST, int(_THICKEST * weight / heaviest))
        bars.append(Bar(label, kind, at + _LABEL - 6, at + _LABEL, thickness, _place(mark)))
        at += _LABEL + thickness + _GAP
    shown = None if mean is None else _place(_within(mean))
    return Chart(at, tuple(bars), _place(aim), french(aim), shown, "" if mean is None else french(mean))


def _place(mark: Decimal) -> str:
    return f"{float(mark) * _PERCENT:.2f}%"
