"""Messages of several questions: cut into them, and their answers joined."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import TypeVar

from assistant.answers import Answer, Kind
from index.text import fold

MOST_PARTS = 4
_REPLY = 1500  # characters of text in one reply to several questions
_PARTS = re.compile(r"(?<=[?\n])|[;\n]+|(?<=\?) *et ")
# "Le + gros coef", "compte + que" say "plus"; "le mail du CFA + le téléphone" says "et"; "E1 + E2" stays a sum.
_MORE = re.compile(
    r"(?:(?<=\ble )|(?<=\bla )|(?<=\bles )|(?<=\best ))\+ ?(?=[^\W\d_]{3})|(?<=[^\W\d_] )\+ ?(?=qu)", re.I
)
_ALSO = re.compile(r"(?<=[^\W\d_] )\+ ?(?=[^\W\d_]{3})")
T = TypeVar("T")


def parts(message: str) -> list[str]:
    """The questions of one message. A part too short to be one stays with the one before it."""
    found: list[str] = []
    for raw in _PARTS.split(_ALSO.sub("et ", _MORE.sub("plus ", message))):
        part = raw.strip()
        if not part:
            continue
        if found and ("?" not in found[-1] or len(fold(part).split()) < 2):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found[:MOST_PARTS]


def joined(answers: Sequence[Answer]) -> Answer:
    """Several answers as one, each after the other; the first that answers gives its kind."""
    answers = [a for a in answers if a.kind is not Kind.SMALLTALK] or list(answers)[:1]
    best = next((a for a in answers if a.kind in (Kind.RULE, Kind.PASSAGES)), answers[0])
    if len(answers) == 1:
        return best
    # Whom to ask is said once, and not at all under an answer.
    told = [
        a if a is best or a.kind is not Kind.ABSTENTION else replace(a, text=a.text.split("\n")[0]) for a in answers
    ]
    kept = _fitting(sorted(told, key=lambda a: a.kind is Kind.ABSTENTION))  # what answers comes first
    return replace(
        best,
        text="\n\n".join(dict.fromkeys(answer.text for answer in kept)),
        steps=_chained(answer.steps for answer in kept),
        citations=_chained(answer.citations for answer in kept),
        disagreements=_chained(answer.disagreements for answer in kept),
        notices=_chained(answer.notices for answer in kept),
        events=_chained(answer.events for answer in kept),
    )


def _fitting(answers: Sequence[Answer]) -> Sequence[Answer]:
    """As many whole answers, in their order, as one reply holds; the first is always given."""
    lengths = accumulate(len(answer.text) for answer in answers)
    return [answer for answer, length in zip(answers, lengths, strict=True) if length <= _REPLY] or answers[:1]


def _chained(groups: Iterable[Iterable[T]]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))
