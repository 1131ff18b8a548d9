"""What a search finds, and what its order is made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

# What a cosine weighs against a lexical score. From 1 to 2 either is as good on Wikipedia; public service prefers more.
MEANING = np.float32(1.5)
# What likeness to the best passages weighs: those of one subject come together (Rocchio's feedback).
_LIKENESS = np.float32(0.5)
MODELS = 3  # how many of the best passages the others are compared with


class Retriever(StrEnum):
    LEXICAL = "lexical"
    DENSE = "dense"
    HYBRID = "hybrid"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `score` orders; `lexical` goes from 0 to 1 (1: the best by its words), `dense` is a cosine.

    `alike` is the mean cosine to the three passages that these two put first; 0 where one retriever searched alone.
    `worth` is what the passage says beside the question, from 0 to 1, by which a hybrid search multiplies them all.
    A rank counts from 1 and is None where that retriever did not propose the passage. `twins` are the ids of
    the passages that say the same thing word for word.
    """

    id: int
    score: float
    lexical: float
    dense: float
    lexical_rank: int | None = None
    dense_rank: int | None = None
    twins: tuple[int, ...] = ()
    alike: float = 0.0
    worth: float = 1.0

    @property
    def near(self) -> float:
        """How near the passage is to the question, whatever it says beside: what a hybrid score is before `worth`."""
        return self.lexical + float(MEANING) * self.dense + float(_LIKENESS) * self.alike

    def parts(self) -> dict[str, float]:
        """What each score adds up to in a hybrid search."""
        weighed = [self.worth * weight for weight in (1.0, float(MEANING), float(_LIKENESS))]
        scores = (self.lexical, self.dense, self.alike)
        return {name: w * s for name, w, s in zip(("lexical", "dense", "alike"), weighed, scores, strict=True)}


@dataclass(frozen=True)
class Proposed:
    """The places of the passages proposed in increasing order, their scores, and who proposed which, best first."""

    places: Integers
    lexical: Floats
    dense: Floats
    alike: Floats
    worth: Floats
    by_words: Integers
    by_meaning: Integers

    @cached_property
    def ranks(self) -> tuple[dict[int, int], dict[int, int]]:
        """The rank of each place among those proposed by their words, and among those by their meaning."""
        return _ranks(self.by_words), _ranks(self.by_meaning)

    def scores(self, retriever: Retriever) -> Floats:
        if retriever is Retriever.LEXICAL:
            return self.lexical
        if retriever is Retriever.DENSE:
            return self.dense
        return np.asarray(self.worth * (self.lexical + MEANING * self.dense + _LIKENESS * self.alike))


def _ranks(places: Integers) -> dict[int, int]:
    """The rank of each place, from 1."""
    return {place: rank for rank, place in enumerate(places.tolist(), 1)}
