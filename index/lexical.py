"""BM25 over our own terms: three readings of each text (stems, prefixes, character 4-grams), averaged.

A term's weight in a passage is computed once, when the index is built; a question then adds a few slices. The
library that does as much (bm25s) imports scipy, which costs more time than all the rest of a first answer.
"""

from __future__ import annotations

from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.statements import Statements
from index.text import Token, grams, prefixes, stems, telling, tokens

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]
Terms = Callable[[Iterable[Token]], list[str]]

FIELDS: dict[str, Terms] = {"stems": stems, "prefixes": prefixes, "grams": grams}
_K1 = 1.2
_B = 0.75
_ARRAYS = ("starts", "passages", "weights", "counts", "lengths")
_NONE = np.zeros(0, np.int64)


@dataclass(frozen=True, slots=True)
class Field:
    """One reading of the passages, term by term.

    The passages that hold term number t are `passages[starts[t]:starts[t + 1]]`, with their `weights` beside, and how
    often each holds it: `counts`. `lengths`: how many terms each passage has.
    """

    terms: dict[str, int]
    starts: Integers
    passages: NDArray[np.int32]
    weights: Floats
    counts: NDArray[np.int32]
    lengths: NDArray[np.int32]

    @property
    def size(self) -> int:
        return len(self.lengths)

    @classmethod
    def build(cls, texts: Iterable[Sequence[str]]) -> Field:
        return cls.grown(enumerate(texts))

    @classmethod
    def grown(
        cls, texts: Iterable[tuple[int, Sequence[str]]], before: Field | None = None, moved: Integers = _NONE
    ) -> Field:
        """Of the places of new passages with their terms, read one at a time, and of what `before` holds.

        `moved`: the place of each passage of `before` now, -1 where it is gone: (passages of before,).
        """
        terms: defaultdict[str, int] = defaultdict(None, before.terms if before else {})
        terms.default_factory = terms.__len__
        numbers, owners, counts = array("q"), array("i"), array("i")
        long: dict[int, int] = {}
        for owner, text in texts:
            for term, count in Counter(text).items():
                numbers.append(terms[term])
                owners.append(owner)
                counts.append(count)
            long[owner] = len(text)
        lengths = np.zeros(len(long) + int((moved >= 0).sum()), np.int32)
        lengths[list(long)] = list(long.values())
        found = [np.asarray(values) for values in (numbers, owners, counts)]
        if before:
            found = [np.concatenate(both) for both in zip(before._kept(moved), found, strict=True)]
            lengths[moved[moved >= 0]] = before.lengths[moved >= 0]
        return cls._weighted(dict(terms), found[0], found[1], found[2], lengths)

    def _kept(self, moved: Integers) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
        """The number of the term, the place now and the count of all that is not gone."""
        numbers = np.repeat(np.arange(len(self.terms)), np.diff(self.starts))
        owners = moved[self.passages]
        kept = owners >= 0
        return numbers[kept], owners[kept], self.counts[kept]

    @classmethod
    def _weighted(
        cls,
        terms: dict[str, int],
        numbers: NDArray[Any],
        owners: NDArray[Any],
        counts: NDArray[Any],
        lengths: NDArray[Any],
    ) -> Field:
        size = len(lengths)
        held = np.bincount(numbers, minlength=len(terms))
        rarity = np.log1p((size - held + 0.5) / (held + 0.5))
        longer = 1 - _B + _B * lengths / max(1.0, float(lengths.mean()) if size else 1.0)
        weights = rarity[numbers] * counts / (counts + _K1 * longer[owners])
        order = np.argsort(numbers, kind="stable")
        starts = np.concatenate(([0], np.cumsum(held))).astype(np.int64)
        owners, weights, counts = (values[order] for values in (owners, weights, counts))
        return cls(terms, starts, owners.astype(np.int32), weights.astype(np.float32), counts.astype(np.int32), lengths)

    def scores(self, terms: Iterable[str]) -> Floats:
        """BM25 of every passage for these terms, each counted once: (passages,)."""
        scores = np.zeros(self.size, np.float32)
        for term in dict.fromkeys(terms):
            if (number := self.terms.get(term)) is not None:
                part = slice(self.starts[number], self.starts[number + 1])
                np.add.at(scores, self.passages[part], self.weights[part])
        return scores

    def held(self, term: str) -> int:
        """How many passages hold a term."""
        number = self.terms.get(term)
        return 0 if number is None else int(self.starts[number + 1] - self.starts[number])

    def save(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "terms.txt").write_text("\n".join(self.terms), encoding="utf-8")
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))

    @classmethod
    def load(cls, folder: Path) -> Field:
        """The arrays stay on disk and are read as they are needed."""
        listed = (folder / "terms.txt").read_text(encoding="utf-8").split("\n")
        terms = {term: number for number, term in enumerate(listed) if term}
        return cls(terms, *(np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _ARRAYS))


@dataclass(frozen=True, slots=True)
class Lexical:
    """The three readings together, and what each passage says sentence by sentence."""

    fields: dict[str, Field]
    statements: Statements

    @classmethod
    def build(cls, texts: Sequence[str]) -> Lexical:
        return cls.grown(dict(enumerate(texts)))

    @classmethod
    def grown(cls, texts: Mapping[int, str], before: Lexical | None = None, moved: Integers = _NONE) -> Lexical:
        """Of new texts by their places, and of what `before` holds, `moved` as `Field.grown` says."""
        read = {place: tokens(text) for place, text in texts.items()}
        fields = {}
        for name, terms in FIELDS.items():
            new = ((place, terms(found)) for place, found in read.items())
            fields[name] = Field.grown(new, before.fields[name] if before else None, moved)
        statements = before.statements if before else None
        return cls(fields, Statements.grown(texts, read, fields["stems"].terms, statements, moved))

    def worth(self, question: str, places: Integers) -> Floats:
        """What the passages at these places say beside the question, as `Statements.worth` tells it: (places,)."""
        field = self.fields["stems"]
        words = stems(telling(tokens(question)))
        asked = np.unique(np.array([field.terms[word] for word in words if word in field.terms], np.int64))
        held = field.starts[asked + 1] - field.starts[asked]
        asked, held = asked[held > 0], held[held > 0]  # a stem of passages that are gone is asked in vain
        rarity = np.log1p((field.size - held + 0.5) / (held + 0.5)).astype(np.float32)
        return self.statements.worth(places, asked, rarity)

    def scores(self, question: str) -> Floats:
        """The mean of the readings, each divided by its best score, from 0 to 1: (passages,)."""
        read = telling(tokens(question))
        total = np.zeros(next(iter(self.fields.values())).size, np.float32)
        for name, terms in FIELDS.items():
            total += _to_one(self.fields[name].scores(terms(read)))
        return total / np.float32(len(FIELDS))

    def save(self, folder: Path) -> None:
        for name, field in self.fields.items():
            field.save(folder / name)
        self.statements.save(folder / "statements")

    @classmethod
    def load(cls, folder: Path) -> Lexical:
        fields = {name: Field.load(folder / name) for name in FIELDS}
        return cls(fields, Statements.load(folder / "statements"))


def _to_one(scores: Floats) -> Floats:
    best = scores.max(initial=0.0)
    return scores / best if best > 0 else scores
