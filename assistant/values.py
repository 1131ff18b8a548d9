"""Values as documents print them, in a form that can be compared and computed with.

Each reader takes the text of a cell or phrase and gives a canonical string, or None where the text does not hold
such a value. Two values of one property are equal when their canonical strings are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from index.text import fold

_DECIMAL = re.compile(r"(?<![0-9.,])([0-9]{1,3}(?:[.,][0-9]{1,2})?)(?![0-9.,])")
_DURATION = re.compile(
    r"(?<![0-9.,])(?:(?P<h>[0-9]{1,2}) ?(?:h\b|heures?\b|h(?=[0-9]))"
    r"(?: ?(?:et )?(?P<hm>[0-5]?[0-9])(?: ?(?:min\w*|mn))?(?![0-9]))?"
    r"|(?P<m>[0-9]{1,3}) ?(?:min\b|minutes?\b|mn\b|'))"
)
_CLOCK = re.compile(r"([01]?[0-9]|2[0-4]) ?h ?([0-5][0-9])? ?(?:-|a|au) ?([01]?[0-9]|2[0-4]) ?h ?([0-5][0-9])?")
_PREPARATION = re.compile(r"prepar")
_MARK = re.compile(r"\(([0-9a-d])\)|(\*{1,3})")
_OPTIONAL = re.compile(r"\bfacultati|\boptionnel|\b(?:en|epreuves? [ad].?|unites? d.) ?options?\b|^options?\b")
_MODES = {"écrite": r"\becrite?s?\b", "orale": r"\borale?s?\b|\boraux\b", "pratique": r"\bpratiques?\b"}
_REGIMES = {
    "CCF": r"\bccf\b|controles? en cours de formation|situations? d'evaluation",
    "ponctuelle": r"\bponctuel(?:le)?s?\b",
}


def decimal(text: str) -> str | None:
    """A coefficient: "3", "1,5". A cell that holds anything else beside the number is not one."""
    match = _DECIMAL.fullmatch(fold(text).strip())
    return f"{number(match[1]).normalize():f}" if match else None


def number(text: str) -> Decimal:
    """A number with a French comma or a point; raises ValueError on anything else."""
    try:
        return Decimal(text.replace(",", ".").replace(" ", ""))
    except InvalidOperation:
        raise ValueError(text) from None


def french(value: Decimal | str) -> str:
    """A number as French prints it: "1,5", "21"."""
    exact = Decimal(value)
    plain = f"{exact.normalize():f}"
    return plain.replace(".", ",")


@dataclass(frozen=True, slots=True)
class Timing:
    """How long an exam lasts and how long one prepares before it, in minutes; None where the text is silent."""

    duration: int | None
    preparation: int | None


def timing(text: str, notes: str = "") -> Timing:
    """The durations of a cell. `notes` are the notes that the cell calls ("*Temps de préparation").

    "20 min préparation + 20 min de passage", "40 min (20 min préparation + 20 min de passage)" and "20 min (*20
    min)" all mean 20 minutes before the jury after 20 of preparation: a total that the parts add up to is not a
    duration of its own. "10 h - 12 h" lasts two hours.
    """
    plain = fold(text)
    if clock := _CLOCK.search(plain):
        return Timing(_minutes(clock[3], clock[4]) - _minutes(clock[1], clock[2]), None)
    parts = [(_matched_minutes(m), _prepares(plain, m, notes)) for m in _DURATION.finditer(plain)]
    preparation = next((minutes for minutes, prepares in parts if prepares), None)
    passing = [minutes for minutes, prepares in parts if not prepares]
    if len(passing) > 1 and passing[0] == sum(passing[1:]) + (preparation or 0):
        passing = passing[1:]
    if preparation is None:
        preparation = _noted_preparation(plain, notes)
    return Timing(passing[0] if passing else None, preparation)


def _prepares(plain: str, match: re.Match[str], notes: str) -> bool:
    """Whether this duration is one of preparation: the words after it say so, or the mark before it is a note's."""
    following = _DURATION.search(plain, match.end())
    after = plain[match.end() : following.start() if following else len(plain)]
    if _PREPARATION.search(after) and "passage" not in after.partition("prepar")[0]:
        return True
    before = plain[max(0, match.start() - 4) : match.start()]
    marks = _MARK.findall(before)
    return bool(marks) and any(
        _PREPARATION.search(fold(note)) and fold(note).lstrip("( ").startswith("".join(marks[-1]))
        for note in notes.split("\n")
    )


def _noted_preparation(plain: str, notes: str) -> int | None:
    """The minutes that a called note gives ("(2) Non compris le temps de préparation de 20 minutes")."""
    called = {"".join(mark) for mark in _MARK.findall(plain)}
    for note in notes.split("\n"):
        mark = _MARK.match(fold(note).strip())
        if mark and "".join(filter(None, mark.groups())) in called and _PREPARATION.search(fold(note)):
            match = _DURATION.search(fold(note))
            return _matched_minutes(match) if match else None
    return None


def _matched_minutes(match: re.Match[str]) -> int:
    return int(match["m"]) if match["m"] else _minutes(match["h"], match["hm"])


def _minutes(hours: str, minutes: str | None) -> int:
    return int(hours) * 60 + int(minutes or 0)


def minutes(text: str) -> int | None:
    """The first duration of a text, in minutes."""
    match = _DURATION.search(fold(text))
    return _matched_minutes(match) if match else None


def lasting(total: int | str) -> str:
    """Minutes as French says them: "40 min", "2 h", "2 h 30"."""
    hours, rest = divmod(int(total), 60)
    if not hours:
        return f"{rest} min"
    return f"{hours} h {rest:02d}" if rest else f"{hours} h"


def ages(value: str) -> tuple[int | None, int | None]:
    """The first and last ages that a value allows, None where it is open: "16-29", "-26", "18-", "<30"."""
    if value.startswith("<"):
        return None, int(value[1:]) - 1
    first, last = (int(bound) if bound else None for bound in value.split("-"))
    return first, last


def optional(text: str) -> bool:
    """Whether a text calls an exam optional; the option that a candidate chose ("option SISR") says nothing of it."""
    return bool(_OPTIONAL.search(fold(text)))


def mode(text: str) -> str | None:
    """How an exam is taken: écrite, orale, pratique, or "pratique et orale"."""
    return _named(text, _MODES)


def regime(text: str) -> str | None:
    """How it is assessed: CCF or ponctuelle."""
    found = _named(text, _REGIMES)
    return " et ".join(name for name in _REGIMES if name in found.split(" et ")) if found else None


def _named(text: str, names: dict[str, str]) -> str | None:
    plain = fold(text)
    found = sorted((match.start(), name) for name, pattern in names.items() if (match := re.search(pattern, plain)))
    return " et ".join(name for _, name in found) or None
