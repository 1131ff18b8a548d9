"""Marks and coefficients as people write them in a form: "12,5", "12.5", "12/20"; what is none of these is told."""

from __future__ import annotations

import re
from decimal import Decimal

from assistant.rules import sentences
from assistant.sheets import sheet
from assistant.values import number
from index.text import fold

_NUMBER = re.compile(r"(?P<number>[0-9]{1,3}(?:[.,][0-9]{1,2})?)(?: ?(?:/|sur) ?20)?")
_MOST_WEIGHT = 100
_ECHOED = 30  # characters of what was written that a message repeats


class Unusable(Exception):
    """What was written cannot be used; the message says why and what to write."""


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
