"""Which dated line a question means: by its words, those of its headings and of the line that introduces it."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.facts import Fact
from assistant.properties import properties
from assistant.sheets import sheet
from assistant.synonyms import synonyms
from assistant.vocabulary import stems
from corpus.documents import Scope

_LEAST = 0.6  # the share of the question's words, weighted by rarity, that an event must cover
_LENGTH_COST = 0.0012  # per code point: of two lines that hold the words, the shorter is about them
_LONG = 120  # code points: a line is then long, however much it goes on
_NEAR_BEST = 0.9
_ASIDE = 0.3


@dataclass(frozen=True)
class Timeline:
    """The dated facts with their words; `holders` finds the facts that hold a stem."""

    facts: tuple[Fact, ...]
    words: tuple[frozenset[str], ...]
    holders: Mapping[str, Sequence[int]]

    @classmethod
    def of(cls, facts: Sequence[Fact], section: Callable[[str, int], str]) -> Timeline:
        """`section` gives the headings over a place of a document."""
        words = tuple(frozenset(stems(_said(fact, section))) for fact in facts)
        holders: defaultdict[str, list[int]] = defaultdict(list)
        for place, held in enumerate(words):
            for stem in held:
                holders[stem].append(place)
        return cls(tuple(facts), words, holders)

    def about(self, meant: Iterable[tuple[str, str]], nouns: frozenset[str], scope: Scope) -> tuple[Fact, ...]:
        """The facts in scope that cover the words meant (pairs of stem and word) best; a word that no dated line holds
        and that is none of the `nouns` is rather a turn of phrase."""
        wanted = [(stem, word) for stem, word in meant if word not in _dating()]
        asides = {stem for stem, word in wanted if word not in nouns and not self._holding(stem, word)}
        weights = {stem: self._rarity(stem, word) * (_ASIDE if stem in asides else 1) for stem, word in wanted}
        whole = sum(weights.values())
        score: defaultdict[int, float] = defaultdict(float)
        for stem, word in wanted:
            for place in self._holding(stem, word):
                score[place] += weights[stem]
        depends = properties()["event"].depends
        able = {p: s / whole for p, s in score.items() if self.facts[p].scope.compatible(scope, depends)}
        able = {p: s - self._cost(p) for p, s in able.items() if s >= _LEAST}
        best = max(able.values(), default=0.0)
        return tuple(self.facts[place] for place in sorted(able) if able[place] >= _NEAR_BEST * best)

    def _cost(self, place: int) -> float:
        return _LENGTH_COST * min(len(self.facts[place].evidence[0].quote), _LONG)

    def _rarity(self, stem: str, word: str) -> float:
        return math.log(1 + len(self.facts) / (0.5 + len(self._holding(stem, word))))

    def _holding(self, stem: str, word: str) -> set[int]:
        """The places whose words hold a stem, or all the stems of one of its synonyms."""
        places = set(self.holders.get(stem, ()))
        for meaning in synonyms(word):
            places |= set.intersection(*(set(self.holders.get(s, ())) for s in meaning))
        return places


@cache
def _dating() -> frozenset[str]:
    """The words that ask for a date: no dated line needs to hold them."""
    return frozenset(sheet("questions.toml")["dating"].split())


def _said(fact: Fact, section: Callable[[str, int], str]) -> str:
    first = fact.evidence[0]
    headings = section(first.document, first.start).split(" > ")[-2:]
    return " ".join([*headings, *(evidence.quote for evidence in fact.evidence)])
