"""The form of the simulator: marks and coefficients as people write them ("12,5", "12/20"); what is none is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.exam_sheet import ExamTable, Unit
from assistant.rules import sentences
from assistant.sheets import sheet
from assistant.simulation import Given, weight_of
from assistant.values import number
from index.text import fold

MARK, WEIGHT, KEPT = "note-", "coef-", "garde-"  # what the fields of a unit begin with, its code after
KINDS = (MARK, WEIGHT, KEPT)
_NUMBER = re.compile(r"(?P<number>[0-9]{1,3}(?:[.,][0-9]{1,2})?)(?: ?(?:/|sur) ?20)?")
_MOST_WEIGHT = 100
_ECHOED = 30  # characters of what was written that a message repeats


class Unusable(Exception):
    """What was written cannot be used; the message says why and what to write."""


@dataclass(frozen=True, slots=True)
class Form:
    """What was written in the form: each field as it was, what of it can be used, and a message for each field that
    cannot."""

    fields: Mapping[str, str]
    given: Given
    wrong: Mapping[str, str]


def read_form(table: ExamTable, written: Callable[[str], str]) -> Form:
    """What is `written` in each field of the table's form; what cannot be used is kept as it is, with a message."""
    lines = list(table.every())
    fields = {f"{kind}{u.code}": written(f"{kind}{u.code}") for u in lines for kind in KINDS}
    fields |= {"points": written("points"), "vise": written("vise")}
    wrong: dict[str, str] = {}
    marks = _read(lines, fields, MARK, read_mark, wrong)
    weights = _read(lines, fields, WEIGHT, read_weight, wrong)
    changed = {u.subject: weights[u.subject] for u in lines if weights.get(u.subject, u.weight) != u.weight}
    kept = frozenset(u.subject for u in lines if fields[f"{KEPT}{u.code}"])
    aim = _one(fields, "vise", read_mark, wrong)
    given = Given(marks, changed, kept, fields["points"] != "non", aim)
    _check(table, given, fields, wrong)
    return Form(fields, given, wrong)


def _read(
    lines: Sequence[Unit], fields: Mapping[str, str], kind: str, reader: Callable[[str], Decimal], wrong: dict[str, str]
) -> dict[str, Decimal]:
    read = {unit.subject: _one(fields, f"{kind}{unit.code}", reader, wrong) for unit in lines}
    return {subject: value for subject, value in read.items() if value is not None}


def _one(
    fields: Mapping[str, str], name: str, reader: Callable[[str], Decimal], wrong: dict[str, str]
) -> Decimal | None:
    if not fields[name]:
        return None
    try:
        return reader(fields[name])
    except Unusable as unusable:
        wrong[name] = str(unusable)
        return None


def _check(table: ExamTable, given: Given, fields: Mapping[str, str], wrong: dict[str, str]) -> None:
    """What fits its own field and not the others."""
    said = sheet("simulation.toml")["wrong"]
    for unit in table.every():
        name = f"{MARK}{unit.code}"
        codes = " et ".join(part.code for part in unit.parts)
        if unit.subject in given.marks and any(part.subject in given.marks for part in unit.parts):
            wrong.setdefault(name, said["both"].format(unit=unit.code, parts=codes))
        elif unit.subject in given.kept and not fields[name]:
            wrong.setdefault(name, said["kept"])
        elif unit.subject in given.marks and unit not in table.options and weight_of(unit, given) is None:
            wrong.setdefault(f"{WEIGHT}{unit.code}", said["unweighed"].format(unit=unit.code))


def read_mark(text: str) -> Decimal:
    """A mark out of 20. Raises Unusable."""
    if set(fold(text).split()) & set(sentences("average")["words"]["unmarked"]):
        raise Unusable(sentences("average")["wrong"]["unmarked"])
    match = _NUMBER.fullmatch(" ".join(fold(text).split()))
    if match is None:
        raise _unusable("mark", text)
    if number(match["number"]) > 20:
        raise _unusable("beyond", text)
    return number(match["number"])


def read_weight(text: str) -> Decimal:
    """A coefficient, more than 0. Raises Unusable."""
    match = _NUMBER.fullmatch(" ".join(fold(text).split()))
    if match is None or match[0] != match["number"] or not 0 < number(match["number"]) <= _MOST_WEIGHT:
        raise _unusable("weight", text)
    return number(match["number"])


def _unusable(what: str, text: str) -> Unusable:
    written = text.strip()
    shown = written if len(written) <= _ECHOED else written[: _ECHOED - 1] + "…"
    return Unusable(sheet("simulation.toml")["wrong"][what].format(written=shown))
