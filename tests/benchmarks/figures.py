"""A figure: what was measured, against what, and the bar it must clear."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bar:
    """A limit that a ratio must not pass, from above (`at_most`) or from below."""

    limit: float
    at_most: bool = True

    def cleared_by(self, value: float) -> bool:
        return value <= self.limit if self.at_most else value >= self.limit

    def __str__(self) -> str:
        return f"{'≤' if self.at_most else '≥'} {self.limit:g}"


@dataclass(frozen=True, slots=True)
class Figure:
    """`value` is `measured` relative to `reference`; None where it could not be measured, and `note` says why."""

    name: str
    measured: str = ""
    reference: str = ""
    value: float | None = None
    bar: Bar | None = None
    note: str = ""

    @property
    def missed(self) -> bool:
        return self.value is not None and self.bar is not None and not self.bar.cleared_by(self.value)

    @property
    def verdict(self) -> str:
        if self.value is None:
            return "non mesuré"
        if self.bar is None:
            return ""
        return "manqué" if self.missed else "tenu"


HEADER = ("ce qui est mesuré", "mesure", "référence", "rapport", "barre", "verdict")


def row(figure: Figure) -> str:
    ratio = "" if figure.value is None else f"{figure.value:.2f}"
    bar = str(figure.bar) if figure.bar else ""
    cells = (figure.name, figure.measured, figure.reference or figure.note, ratio, bar, figure.verdict)
    return "| " + " | ".join(cells) + " |"


def heading() -> str:
    return "\n".join(("| " + " | ".join(HEADER) + " |", "|" + " --- |" * len(HEADER)))


def any_missed(figures: Iterable[Figure]) -> bool:
    return any(figure.missed for figure in figures)
