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

from assistant.questions import Frame
from assistant.quotes import Span, windows
from assistant.synonyms import meanings, synonyms
from corpus.documents import Document, Passage
from index.search import Hit, Searcher
from index.text import Token, fold, stem, tokens

_SAME_START = 7  # letters that two forms of one word share at least ("inscription", "inscriptions")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("assistant").joinpath("evidence.toml").read_text(encoding="utf-8"))


@cache
def _holders() -> dict[str, re.Pattern[str]]:
    """What each kind of thing looks like in a folded text."""
    return {kind: re.compile(entry["holds"]) for kind, entry in _table()["kinds"].items()}


def missing_kind(kind: str) -> str:
    """How the absence of a kind of thing is said ("de date")."""
    return str(_table()["kinds"][kind]["missing"])


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a passage.

    `span` is the slice that would be quoted; `covered` the share of the question's meaning, weighted by rarity, that it
    covers with the headings over it, and `own` what it covers by itself; `missing` the words left uncovered, rarest
    first; `lacking` the kinds of things asked for that it does not hold; `agreed` whether both retrievers agree.
    """

    span: Span
    covered: float
    own: float
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
    documents: Mapping[str, Document]

    def rarity(self, word: str) -> float:
        """How much one stem narrows the question: the fewer passages hold it, the more."""
        return math.log(1 + len(self.searcher) / (0.5 + self.searcher.held(word)))

    def weigh(self, frame: Frame, found: Sequence[tuple[Hit, Passage]]) -> list[Evidence]:
        """The evidence for each passage found, in the same order."""
        meant = dict(frame.meant)
        weights = {s: self.rarity(s) for s in meant}
        texts = [_Read.of(self.documents[passage.document], passage) for _, passage in found]
        kindred = self._kindred([word for word in meant.values() if len(word) > 3], texts)
        return [self._best(frame, hit, text, weights, kindred) for (hit, _), text in zip(found, texts, strict=True)]

    def _best(
        self, frame: Frame, hit: Hit, text: _Read, weights: Mapping[str, float], kindred: Mapping[str, frozenset[str]]
    ) -> Evidence:
        """The evidence of the window that covers most of the question, the shorter of two that cover as much."""
        agreed = max(hit.lexical_rank or 99, hit.dense_rank or 99) <= _table()["limits"]["agreed_rank"]
        best: Evidence | None = None
        for span in text.windows:
            evidence = _weighed(frame, text, span, weights, kindred, agreed)
            if best is None or _worth(evidence) > _worth(best):
                best = evidence
        assert best is not None  # noqa: S101 - every passage has at least one window
        return best

    def _kindred(self, words: list[str], texts: Sequence[_Read]) -> dict[str, frozenset[str]]:
        """For each word of the question, the words of the passages that come near it in meaning."""
        others = sorted({word for text in texts for word in text.words if len(word) > 3})
        if not words or not others:
            return {}
        vectors = self.searcher.encoder.encode([*words, *others])
        near = vectors[: len(words)] @ vectors[len(words) :].T >= _table()["limits"]["kindred"]
        return {
            word: frozenset(other for other, is_near in zip(others, row, strict=True) if is_near)
            for word, row in zip(words, near.tolist(), strict=True)
        }


@dataclass(frozen=True, slots=True)
class _Read:
    """A passage read once: its windows, its words with their places, the words of what stands over it."""

    text: str
    start: int
    windows: tuple[Span, ...]
    placed: tuple[Token, ...]
    over: frozenset[str]

    @classmethod
    def of(cls, document: Document, passage: Passage) -> _Read:
        spans = tuple(windows(document, passage))
        start, end = min(span[0] for span in spans), max(span[1] for span in spans)
        text = document.text[start:end]
        over = " ".join((*passage.section, passage.header_text, str(document.scope.session or "")))
        return cls(text, start, spans, tuple(tokens(text)), frozenset(token.text for token in tokens(over)))

    @property
    def words(self) -> frozenset[str]:
        return self.over.union(token.text for token in self.placed)

    def within(self, span: Span) -> list[str]:
        """The words of a window, in order."""
        start, end = span[0] - self.start, span[1] - self.start
        return [token.text for token in self.placed if start <= token.start < end]

    def slice(self, span: Span) -> str:
        return self.text[span[0] - self.start : span[1] - self.start]


def _worth(evidence: Evidence) -> tuple[bool, float, float, int]:
    """What orders the windows of a passage: the kinds asked for, the words covered, those its own words cover. The
    shortest is best, but where only headings cover the question: it is then about all that stands under them."""
    length = evidence.span[1] - evidence.span[0]
    return not evidence.lacking, round(evidence.covered, 3), round(evidence.own, 3), -length if evidence.own else length


def _weighed(
    frame: Frame,
    text: _Read,
    span: Span,
    weights: Mapping[str, float],
    kindred: Mapping[str, frozenset[str]],
    agreed: bool,
) -> Evidence:
    within, quote = frozenset(text.within(span)), text.slice(span)
    lacks = lacking(frame, quote, text.within(span), text.over)
    there = set(asked_kinds(frame)) - set(lacks)
    answered = {word for phrase, kind in _askers().items() if kind in there for word in phrase.split()}
    own = {s: _covers(s, w, within, kindred.get(w, frozenset())) for s, w in frame.meant}
    both = within | text.over
    covered = {s: 1.0 if w in answered else _covers(s, w, both, kindred.get(w, frozenset())) for s, w in frame.meant}
    whole = sum(weights.values()) or 1.0
    missing = sorted((s for s in weights if not covered[s]), key=lambda s: -weights[s])
    by_stem = dict(frame.meant)
    share, own_share = (sum(weights[s] * part[s] for s in weights) / whole for part in (covered, own))
    return Evidence(span, share, own_share, tuple(by_stem[s] for s in missing), lacks, agreed)


_SYNONYM, _KINDRED = 0.95, 0.9  # what another word for the same thing is worth: the word itself is worth 1


def _covers(s: str, word: str, held: frozenset[str], near: frozenset[str]) -> float:
    """How well the words of a window say a word of the question: itself, a form, a synonym, or one near in meaning."""
    stemmed = {stem(other) for other in held}
    if s in stemmed or (len(word) >= _SAME_START and any(o[:_SAME_START] == word[:_SAME_START] for o in held)):
        return 1.0
    if any(meaning <= stemmed for meaning in synonyms(word)):
        return _SYNONYM
    return _KINDRED if near & held else 0.0


def expanded(frame: Frame) -> str:
    """The question as it is searched for: its words, then what the documents may say for them."""
    return " ".join([frame.text, *(said for _, word in frame.meant if (said := meanings(word)))])


@cache
def _askers() -> dict[str, str]:
    """Each phrase that asks for a kind of thing, as joined tokens."""
    kinds = _table()["kinds"].items()
    return {" ".join(t.text for t in tokens(form)): kind for kind, entry in kinds for form in entry["asked"]}


def asked_kinds(frame: Frame) -> tuple[str, ...]:
    """The kinds of things that a question asks for: a date, an amount, a telephone number...

    A phrase inside a longer one says nothing: "adresse mail" asks for no street."""
    plain = f" {frame.text} "
    said = [phrase for phrase in _askers() if f" {phrase} " in plain]
    longest = [p for p in said if not any(f" {p} " in f" {other} " and p != other for other in said)]
    return tuple(dict.fromkeys(_askers()[phrase] for phrase in longest))


def lacking(frame: Frame, text: str, words: Sequence[str], over: frozenset[str]) -> tuple[str, ...]:
    """The kinds asked for that a text does not hold; `words` are its own, in order, `over` those that stand over it."""
    plain = fold(text)
    kinds = _table()["kinds"]
    missing = [
        kind
        for kind in asked_kinds(frame)
        if not _holders()[kind].search(text if kinds[kind].get("as_printed") else plain)
    ]
    counted = _counted_noun(frame)
    if counted and "count" not in missing and not _numbered(counted, words):
        missing.append("count")
    years = {word for word in frame.words if _YEAR.fullmatch(word)}
    if years and "date" in frame.asked and not (years & over.union(words) or _holders()["year"].search(plain)):
        missing.append("year")
    return tuple(missing)


def _counted_noun(frame: Frame) -> str | None:
    """The stem of what is to be counted: "combien de pages", "nombre de candidats"."""
    words = frame.words
    for at in range(len(words) - 2):
        if words[at] in ("combien", "nombre") and words[at + 1] in ("de", "d"):
            noun = words[at + 2]
            return None if noun in _MEASURED or noun.isdigit() else stem(noun)
    return None


def _numbered(noun: str, words: Sequence[str]) -> bool:
    """Whether a number stands by the thing counted, or by a synonym of it."""
    places = [i for i, word in enumerate(words) if stem(word) == noun]
    return any(_NUMBER.fullmatch(word) for i in places for word in words[max(0, i - 3) : i + 4])


_YEAR = re.compile(r"20[0-9]{2}")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix")
_MEASURED = frozenset({"temps", "jours", "mois", "semaines", "ans", "annees", "heures", "minutes", "mo"})
