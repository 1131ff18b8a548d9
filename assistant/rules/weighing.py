"""Marks weighed by their coefficients: points, the steps that show them, the mark that is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from assistant.marks import OPTION
from assistant.rules import sentences
from assistant.values import french

_NONE, _WHOLE = Decimal(0), Decimal(20)
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A unit that counts, its coefficient, and its mark where there is one."""

    subject: str
    weight: Decimal
    mark: Decimal | None

    @property
    def code(self) -> str:
        return self.subject.removeprefix("unit:")


def points(units: Sequence[Weighed]) -> Decimal:
    """The points of the marks there are."""
    return sum((u.weight * u.mark for u in units if u.mark is not None), _NONE)


def weight(units: Sequence[Weighed]) -> Decimal:
    return sum((u.weight for u in units), _NONE)


def steps(units: Sequence[Weighed]) -> tuple[str, ...]:
    """One line for each mark: "E1 : 3 x 12 = 36"."""
    said = sentences("average")["steps"]["unit"]
    return tuple(
        said.format(code=u.code, weight=french(u.weight), mark=french(u.mark), points=french(u.weight * u.mark))
        for u in units
        if u.mark is not None
    )


def needed(aim: Decimal, units: Sequence[Weighed], bonus: Decimal = _NONE) -> Decimal:
    """The mark that the units without one must reach, on average over them, for a mean of `aim`; at least one has
    none."""
    left = weight([u for u in units if u.mark is None])
    return (aim * weight(units) - points(units) - bonus) / left


def needed_step(aim: Decimal, units: Sequence[Weighed], bonus: Decimal = _NONE) -> str:
    """How that mark is computed: "(10 x 21 - 120) / 9 = 10"."""
    terms = {"target": aim, "weight": weight(units), "points": points(units) + bonus}
    left = weight([u for u in units if u.mark is None])
    shown = {name: french(value) for name, value in terms.items()}
    mark = at_least(needed(aim, units, bonus))
    return str(sentences("average")["steps"]["needed"].format(**shown, left=french(left), mark=mark))


def reach(mark: Decimal) -> str:
    """Whether a needed mark is one that can be had: "secured" without any, "beyond" what is possible, or "mark"."""
    return "secured" if mark <= 0 else "beyond" if mark > _WHOLE else "mark"


def at_least(mark: Decimal) -> str:
    """A needed mark as people read it, never rounded below what is needed."""
    return french(mark.quantize(_CENT, ROUND_CEILING))


def told_needed(mark: Decimal, labels: Sequence[str], aim: Decimal, over: str = "") -> str:
    """What the units that have no mark must reach, in one sentence; `over` is the unit whose average is aimed at."""
    said = sentences("average")["needed" if len(labels) == 1 else "needed_together"][reach(mark)]
    return str(
        said.format(
            mark=at_least(mark), units=", ".join(labels), target=french(aim), over=f" en {over}" if over else ""
        )
    )


def gains(options: Sequence[tuple[str, Decimal]], threshold: Decimal) -> list[Decimal]:
    """The points that each optional unit adds: those above the threshold."""
    return [max(mark - threshold, _NONE) for _, mark in options]


def option_steps(options: Sequence[tuple[str, Decimal]], threshold: Decimal) -> tuple[str, ...]:
    """One line for each optional unit, (subject, mark): what it adds."""
    said = sentences("average")["steps"]
    return tuple(
        said["option" if gain else "option_none"].format(
            code=option_code(subject), mark=french(mark), threshold=french(threshold), points=french(gain)
        )
        for (subject, mark), gain in zip(options, gains(options, threshold), strict=True)
    )


def option_code(subject: str) -> str:
    """How an optional unit is called in a step, where the message names it and where it does not."""
    return str(sentences("optional")["points"]["unnamed"]) if subject == OPTION else subject.removeprefix("unit:")
