"""Whether a passage answers: what of the question it covers, and the kind of thing asked for.

The decision is made here and nowhere else. It rests on words, codes and kinds, each of which can be shown; never
on a raw score.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from assistant.dates import MONTHS
from assistant.questions import Frame
from corpus.documents import Passage
from index.search import Hit, Searcher
from index.text import fold, stem, tokens

_HAS: Mapping[str, re.Pattern[str]] = {
    "date": re.compile(rf"\b(?:{'|'.join(MONTHS)})\b|[0-9]{{1,2}}[/-][0-9]{{1,2}}[/-][0-9]{{2}}|\b20[0-9]{{2}}\b"),
    "amount": re.compile(r"€|\beuros?\b|\bgratuit|\bsmic\b|\bfrais\b|pris(?:es?)? en charge|\bfinance"),
    "telephone": re.compile(r"(?<![0-9])0[1-9](?:[ .-]?[0-9]{2}){4}(?![0-9])"),
    "email": re.compile(r"[\w.+-]+@[\w-]+\.[\w.]+"),
    "count": re.compile(r"[0-9]|\b(?:un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix)\b"),
    "person": re.compile(r"\b(?:m|mme|madame|monsieur)\b\.?|referent|responsable|conseill"),
    "percent": re.compile(r"[0-9] ?%|\btaux\b"),
}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("assistant").joinpath("evidence.toml").read_text(encoding="utf-8"))


@cache
def _ignored() -> frozenset[str]:
    return frozenset(stem(token.text) for token in tokens(_table()["ignored"]))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a passage: the share of the question's meaning that it covers, weighted by rarity; the words
    left uncovered, rarest first; the kinds of things asked for that it lacks; whether both retrievers agree."""

    covered: float
    missing: tuple[str, ...]
    lacking: tuple[str, ...]
    agreed: bool

    @property
    def answers(self) -> bool:
        """The decision."""
        limits = _table()["limits"]
        least = limits["covered_agreed"] if self.agreed else limits["covered"]
        return not self.lacking and self.covered >= least


@dataclass(frozen=True)
class Judge:
    """Weighs passages against questions, with the word counts of one index."""

    searcher: Searcher

    def rarity(self, word: str) -> float:
        """How much one stem narrows the question: the fewer passages hold it, the more."""
        return math.log(1 + len(self.searcher) / (0.5 + self.searcher.held(word)))

    def meant(self, frame: Frame) -> dict[str, str]:
        """The words of the question that mean something, by their stems."""
        pairs = ((stem(word), word) for word in frame.words)
        return {s: word for s, word in pairs if s in frame.stems and s not in _ignored() and not word.isdigit()}

    def weigh(self, frame: Frame, found: Sequence[tuple[Hit, Passage]]) -> list[Evidence]:
        """The evidence for each passage found, in the same order."""
        meant = self.meant(frame)
        weights = {s: self.rarity(s) for s in meant}
        words = [frozenset(token.text for token in tokens(passage.searchable)) for _, passage in found]
        kindred = self._kindred(list(meant.values()), words)
        return [
            self._evidence(frame, hit, passage, meant, weights, _covered(meant, held, near))
            for (hit, passage), held, near in zip(found, words, kindred, strict=True)
        ]

    def _evidence(
        self,
        frame: Frame,
        hit: Hit,
        passage: Passage,
        meant: Mapping[str, str],
        weights: Mapping[str, float],
        covered: Mapping[str, float],
    ) -> Evidence:
        whole = sum(weights.values())
        share = sum(weights[s] * covered[s] for s in meant) / whole if whole else 0.0
        missing = sorted((s for s in meant if covered[s] < 0.5), key=lambda s: -weights[s])
        agreed = max(hit.lexical_rank or 99, hit.dense_rank or 99) <= _table()["limits"]["agreed_rank"]
        return Evidence(share, tuple(meant[s] for s in missing), lacking(frame, passage.text), agreed)

    def _kindred(self, words: list[str], passages: Sequence[frozenset[str]]) -> list[dict[str, float]]:
        """For each passage, how near in meaning each word of the question comes to one of its words (a cosine)."""
        others = sorted({word for held in passages for word in held if len(word) > 3})
        if not words or not others:
            return [{} for _ in passages]
        vectors = self.searcher.encoder.encode([*words, *others])
        cosines = vectors[: len(words)] @ vectors[len(words) :].T
        places = {word: place for place, word in enumerate(others)}
        columns = [[places[word] for word in held if word in places] for held in passages]
        return [dict(zip(words, cosines[:, at].max(axis=1).tolist(), strict=True)) if at else {} for at in columns]


def _covered(meant: Mapping[str, str], held: frozenset[str], near: Mapping[str, float]) -> dict[str, float]:
    """How far each stem of the question is covered: 1 by a word of the passage, less by one only akin to it."""
    stems = {stem(word) for word in held}
    starts = {word[:6] for word in held if len(word) >= 6}
    least = _table()["limits"]["kindred"]
    out = {}
    for s, word in meant.items():
        whole = s in stems or (len(word) >= 6 and word[:6] in starts)
        akin = near.get(word, 0.0)
        out[s] = 1.0 if whole else akin if akin >= least else 0.0
    return out


@cache
def _askers() -> dict[str, str]:
    """Each phrase that asks for a kind of thing, as joined tokens."""
    kinds = _table()["kinds"].items()
    return {" ".join(t.text for t in tokens(form)): kind for kind, entry in kinds for form in entry["asked"]}


def asked_kinds(frame: Frame) -> tuple[str, ...]:
    """The kinds of things that a question asks for: a date, an amount, a telephone number..."""
    plain = f" {frame.text} "
    return tuple(dict.fromkeys(kind for phrase, kind in _askers().items() if f" {phrase} " in plain))


def lacking(frame: Frame, text: str) -> tuple[str, ...]:
    """The kinds asked for that a text does not hold."""
    plain = fold(text)
    return tuple(kind for kind in asked_kinds(frame) if not _HAS[kind].search(plain))
