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
from assistant.synonyms import meanings, synonyms
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
    "percent": re.compile(r"[0-9] ?%|non disponible"),
    "size": re.compile(r"[0-9] ?[mkg]o\b"),
    "address": re.compile(r"\b(?:rue|boulevard|avenue|place|bp)\b|\b[0-9]{5}\b|@"),
    "hour": re.compile(r"\b[0-9]{1,2} ?h\b"),
}


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("assistant").joinpath("evidence.toml").read_text(encoding="utf-8"))


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

    def weigh(self, frame: Frame, found: Sequence[tuple[Hit, Passage]]) -> list[Evidence]:
        """The evidence for each passage found, in the same order."""
        meant = dict(frame.meant)
        weights = {s: self.rarity(s) for s in meant}
        words = [frozenset(token.text for token in tokens(passage.searchable)) for _, passage in found]
        kindred = self._kindred(list(meant.values()), words)
        return [
            self._evidence(frame, hit, passage, meant, weights, _covered(meant, held, near, _answered(frame, passage)))
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


def _covered(
    meant: Mapping[str, str], held: frozenset[str], near: Mapping[str, float], answered: frozenset[str]
) -> dict[str, float]:
    """How far each stem of the question is covered: 1 by a word of the passage, less by one only akin to it.

    The words that ask for a kind of thing ("téléphone", "à quelle heure") are covered by a thing of that kind.
    """
    stems = {stem(word) for word in held}
    starts = {word[:6] for word in held if len(word) >= 6}
    least = _table()["limits"]["kindred"]
    out = {}
    for s, word in meant.items():
        whole = s in stems or word in answered or (len(word) >= 6 and word[:6] in starts)
        whole = whole or any(meaning <= stems for meaning in synonyms(word))
        akin = near.get(word, 0.0)
        out[s] = 1.0 if whole else akin if akin >= least else 0.0
    return out


def expanded(frame: Frame) -> str:
    """The question as it is searched for: its words, then what the documents may say for them."""
    return " ".join([frame.text, *(said for _, word in frame.meant if (said := meanings(word)))])


def _answered(frame: Frame, passage: Passage) -> frozenset[str]:
    """The words that ask for a kind of thing that the passage holds."""
    there = set(asked_kinds(frame)) - set(lacking(frame, passage.text))
    return frozenset(word for phrase, kind in _askers().items() if kind in there for word in phrase.split())


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
