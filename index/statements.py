"""What each passage states beside a question: one that only says the question's words again answers nothing.

Whoever writes a passage for the sake of its rank copies the question, or heaps up its words, and both retrievers like
that: nothing is nearer to a question than itself. So a passage is worth what it says in words of its own, in the very
sentences where it speaks of what is asked. A whole sentence made around the question cannot be told from a short
answer in this way, and short answers are dear: what such a sentence says is for the reader to judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.text import Token, stem, telling

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

_END = re.compile(r"\n|(?<![.!?…])[.!?…]+(?=[\s»\"')|]|$)")
_LINE_END = re.compile(r"[ »]*\n")
# Marks of a stem: it begins a sentence; one that states nothing (a question, or words heaped up); the title, a first
# line of one sentence; the passage has not said it before.
_OPENS, _STATES_NOT, _TITLE, _FIRST = 1, 2, 4, 8
_HEAPED = 2  # times that a sentence says each of its words, from which they are heaped up
_FULL = 16  # stems of its own with which a passage counts whole
_OWN = 0.45  # what depends on these,
_STATED = 0.8  # and what depends on how much of the question is said in sentences that state something
_BARELY = 0.7  # how far a sentence states something with one word of its own: the answer may be a figure
_LEAST = 0.25  # what is left to a passage that states nothing: it is found where nothing else is
_ARRAYS = ("terms", "marks", "starts")


@dataclass(frozen=True, slots=True)
class Statements:
    """The telling stems of passage number p, each once a sentence: `terms[starts[p]:starts[p + 1]]`, `marks` beside."""

    terms: NDArray[np.int32]
    marks: NDArray[np.uint8]
    starts: Integers

    @classmethod
    def grown(
        cls,
        texts: Mapping[int, str],
        read: Mapping[int, Sequence[Token]],
        numbers: Mapping[str, int],
        before: Statements | None,
        moved: Integers,
    ) -> Statements:
        """Of new texts and their tokens by their places, and of what `before` holds, `moved` as `Field.grown` says.

        `numbers`: the number of each stem, the same as before.
        """
        found = {place: _stems(text, read[place], numbers) for place, text in texts.items()}
        owners = np.repeat(np.fromiter(found, np.int64, len(found)), [len(one) for one in found.values()])
        pairs = np.array([pair for one in found.values() for pair in one], np.int64).reshape(-1, 2)
        if before:
            places = np.repeat(moved, np.diff(before.starts))
            kept = np.stack([before.terms, before.marks], axis=1)[places >= 0]
            owners, pairs = np.concatenate([places[places >= 0], owners]), np.concatenate([kept, pairs])
        terms, marks = pairs[np.argsort(owners, kind="stable")].T
        lengths = np.bincount(owners, minlength=len(texts) + int((moved >= 0).sum()))
        starts = np.concatenate(([0], np.cumsum(lengths))).astype(np.int64)
        return cls(terms.astype(np.int32), marks.astype(np.uint8), starts)

    def worth(self, places: Integers, asked: Integers, rarity: Floats) -> Floats:
        """From a quarter (it states nothing) to 1 (nearly every passage): (places,).

        `asked`: the numbers of the question's stems, in increasing order; `rarity`: what each weighs.
        """
        if not len(asked):
            return np.ones(len(places), np.float32)
        at, owners = self._of(places)
        marks = self.marks[at]
        word = _which(self.terms[at], asked)
        new = np.bincount(owners[(word < 0) & (marks & _FIRST > 0)], minlength=len(places))
        full = np.minimum(1, new / _FULL)
        told = np.zeros((len(places), len(asked)), np.float32)
        held = np.zeros_like(told)
        hits = word >= 0
        np.maximum.at(told, (owners[hits], word[hits]), _stating(word, marks, rarity, full[owners])[hits])
        held[owners[hits], word[hits]] = 1
        share = told @ rarity / np.maximum(held @ rarity, np.float32(1e-9))
        worth = (1 - _STATED + _STATED * np.where(held.any(axis=1), share, 1)) * (1 - _OWN + _OWN * full)
        return np.asarray(np.where(new > 0, np.maximum(worth, _LEAST), _LEAST), np.float32)

    def _of(self, places: Integers) -> tuple[Integers, Integers]:
        """Where the stems of these passages are, and for each the row of its passage among `places`."""
        lengths = self.starts[places + 1] - self.starts[places]
        shift = self.starts[places] - np.cumsum(lengths) + lengths
        return np.arange(lengths.sum()) + np.repeat(shift, lengths), np.repeat(np.arange(len(places)), lengths)

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> Statements:
        """The arrays stay on disk and are read as they are needed."""
        return cls(*(np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _ARRAYS))


def _which(terms: NDArray[np.int32], asked: Integers) -> Integers:
    """The place among the stems asked of each term, -1 where it is another."""
    place = np.minimum(np.searchsorted(asked, terms), len(asked) - 1)
    return np.where(asked[place] == terms, place, -1)


def _stating(word: Integers, marks: NDArray[np.uint8], rarity: Floats, full: NDArray[Any]) -> NDArray[Any]:
    """For each stem, how far its sentence states something, from 0 (the question's words alone) to 1.

    One with as many words of its own as of the question's does, and a title as far as its passage does (`full`, beside
    each stem). What a sentence lacks counts by the square of the part of the question that it holds.
    """
    opens = marks & _OPENS > 0
    sentence = np.cumsum(opens) - 1
    hits = word >= 0
    weight = np.bincount(sentence[hits], rarity[word[hits]], minlength=int(opens.sum()))
    repeated = np.bincount(sentence[hits], minlength=len(weight))
    own = np.bincount(sentence[~hits], minlength=len(weight))
    states = (own > 0) & (marks[opens] & _STATES_NOT == 0)
    said = np.where(states, np.clip(own / np.maximum(1, repeated), _BARELY, 1), 0)
    said = np.maximum(said, np.where(marks[opens] & _TITLE > 0, full[opens], 0))
    stating: NDArray[Any] = 1 - (weight / rarity.sum()) ** 2 * (1 - said)
    return np.asarray(stating[sentence])


def _stems(text: str, read: Sequence[Token], numbers: Mapping[str, int]) -> list[tuple[int, int]]:
    """The number and the marks of each telling stem, once a sentence."""
    found: list[tuple[int, int]] = []
    before: set[int] = set()
    title = _title(text)
    for words, asks in _sentences(text, read):
        own = dict.fromkeys(numbers[stem(token.text)] for token in words)
        heaped = len(words) >= _HEAPED * len(own) > _HEAPED
        of_all = _STATES_NOT * (asks or heaped) | _TITLE * (words[-1].end <= title and not heaped)
        for place, number in enumerate(own):
            found.append((number, of_all | _OPENS * (place == 0) | _FIRST * (number not in before)))
        before |= own.keys()
    return found


def _title(text: str) -> int:
    """Where the first line ends, 0 where it is the only one or has several sentences."""
    first = _END.search(text)
    if first is None or not (first[0] == "\n" or _LINE_END.match(text, first.end())):
        return 0
    return first.end()


def _sentences(text: str, read: Sequence[Token]) -> Iterator[tuple[list[Token], bool]]:
    """The telling words of each sentence or line, and whether it asks."""
    ends = [*((match.start(), "?" in match[0]) for match in _END.finditer(text)), (len(text), False)]
    words = telling(read)
    at = 0
    for end, asks in ends:
        start = at
        while at < len(words) and words[at].start < end:
            at += 1
        if start < at:
            yield words[start:at], asks
