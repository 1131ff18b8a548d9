"""Whether the first passage found answers: a probability, from signs that can be read one by one.

Their weights are learnt by `index/training/confidence.py` and kept in `confidence.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from math import exp, log1p
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from index.search import Hit, Searcher
from index.text import Token, stem, telling, tokens

LEARNT = Path(__file__).with_name("confidence.toml")
DEPTH = 11  # hits that the signs look at: the first, and those that it is compared with

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for the first passage or against it. Words are weighed by their rarity in the library."""

    meant: float  # the share of the question's words that the passage holds; one it lacks counts as near as it gets
    unheard: float  # the share of the question's words that no passage holds
    lost: float  # the share of the question's names, numbers and codes that the passage lacks
    agreed: float  # the mean of the inverse ranks of both retrievers
    apart: float  # how far its lexical score is above the mean of the next ones
    margin: float  # the same of the scores of both together
    cosine: float
    around: float  # the mean cosine of the next ones: does the library speak of such things at all
    length: float  # how many telling words the question has, as a logarithm
    mass: float  # how much rarity the passage and the question share, as a logarithm

    @classmethod
    def names(cls) -> tuple[str, ...]:
        return tuple(field.name for field in fields(cls))


@dataclass(frozen=True, slots=True)
class Confidence:
    """A weight a sign, what is added to their sum, and the probability under which it is better to say nothing."""

    weights: tuple[float, ...]
    constant: float
    threshold: float

    @classmethod
    def load(cls, path: Path = LEARNT) -> Confidence:
        learnt = tomllib.loads(path.read_text(encoding="utf-8"))
        weights = tuple(float(learnt["weights"][name]) for name in Signs.names())
        return cls(weights, float(learnt["constant"]), float(learnt["threshold"]))

    def parts(self, signs: Signs) -> dict[str, float]:
        """What each sign adds, for or against."""
        return {name: w * s for name, w, s in zip(Signs.names(), self.weights, astuple(signs), strict=True)}

    def probability(self, signs: Signs) -> float:
        """That the first passage answers, from 0 to 1."""
        return 1 / (1 + exp(-self.constant - sum(self.parts(signs).values())))

    def answers(self, signs: Signs) -> bool:
        return self.probability(signs) >= self.threshold


def read_signs(searcher: Searcher, question: str, hits: Sequence[Hit], passage: str) -> Signs:
    """The signs for the first of the `DEPTH` hits of a hybrid search; `passage`: its text as searched, headings too."""
    asked = tokens(question)
    words = {stem(token.text): token.text for token in telling(asked)}
    held = {stem(token.text): token.text for token in tokens(passage)}
    first, *others = hits
    rarity = np.array([_rarity(searcher, word) for word in words])
    found = np.array([word in held for word in words], np.float64)
    return Signs(
        meant=_share(np.maximum(found, _nearness(searcher, list(words.values()), list(held.values()))), rarity),
        unheard=_share(np.array([not searcher.held(word) for word in words], np.float64), rarity),
        lost=_lost(question, asked, held),
        agreed=sum(1 / rank for rank in (first.lexical_rank, first.dense_rank) if rank) / 2,
        apart=first.lexical - fmean(hit.lexical for hit in others) if others else first.lexical,
        margin=first.near - fmean(hit.near for hit in others) if others else first.near,
        cosine=first.dense,
        around=fmean(hit.dense for hit in others) if others else first.dense,
        length=log1p(len(words)),
        mass=log1p(float(found @ rarity)),
    )


def covered(searcher: Searcher, question: str, passage: str) -> float:
    """Lexical evidence alone: the share of the question's words that the passage holds, weighed by their rarity."""
    words = list(dict.fromkeys(stem(token.text) for token in telling(tokens(question))))
    held = {stem(token.text) for token in tokens(passage)}
    rarity = np.array([_rarity(searcher, word) for word in words])
    return _share(np.array([word in held for word in words], np.float64), rarity)


def names(question: str) -> list[Token]:
    """The numbers and codes of a question, and its words with a capital but the first."""
    return [token for place, token in enumerate(tokens(question)) if _is_name(question, token, place)]


def _is_name(question: str, token: Token, place: int) -> bool:
    return any(map(str.isdigit, token.text)) or (place > 0 and question[token.start].isupper())


def _rarity(searcher: Searcher, word: str) -> float:
    held = searcher.held(word)
    return log1p((len(searcher) - held + 0.5) / (held + 0.5))


def _share(found: Floats, weights: Floats) -> float:
    return float(found @ weights / weights.sum()) if weights.sum() else 0.0


def _nearness(searcher: Searcher, asked: Sequence[str], held: Sequence[str]) -> Floats:
    """The best cosine of each word asked among the words held, 0 at least: (asked,)."""
    if not asked or not held:
        return np.zeros(len(asked))
    vectors = searcher.encoder.encode([*asked, *held])
    cosines = vectors[: len(asked)] @ vectors[len(asked) :].T
    return np.asarray(cosines.max(axis=1).clip(0, 1), np.float64)


def _lost(question: str, asked: Iterable[Token], held: Iterable[str]) -> float:
    known = frozenset(held)
    named = {stem(token.text) for place, token in enumerate(asked) if _is_name(question, token, place)}
    return len(named - known) / len(named) if named else 0.0
