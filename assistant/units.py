"""The exam units that a question names: by code, by name, by part of a name, by alias."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from assistant.links import LINKS
from assistant.vocabulary import UnitKey, Vocabulary, stems
from index.text import Token, stem

# How much of the rarity of a name the question must hold for the name to be meant.
_LEAST_SHARE = 0.3
_LEAST_RARITY = 0.9
_AGAIN_SHARE = 0.5
_LEAST_SHARE_UNASKED = 0.45  # where nothing else in the question speaks of the exam
_LEAST_BEGINNING = 4  # letters of a word that may be the beginning of a name
_EXAM_WORDS = frozenset({"exam", "optional", "coefficient", "duration", "preparation", "mode", "regime", "parts"})


@dataclass(frozen=True, slots=True)
class Match:
    """The subjects named; `diploma` where only one diploma has a unit of that name; the `stems` of their names and
    the `words` (aliases, codes) that named them."""

    subjects: tuple[str, ...]
    diploma: str | None = None
    stems: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()


@dataclass(frozen=True)
class UnitMatcher:
    """Finds units by the vocabulary's names. `aliases` reads "français" as the words of the documents."""

    vocabulary: Vocabulary
    aliases: Mapping[str, str]
    _of: dict[str, UnitMatcher] = field(default_factory=dict, repr=False, compare=False)

    def match(self, words: Sequence[Token], wants: frozenset[str], diploma: str | None = None) -> Match:
        """The units that the words name; of one diploma first, where it is known."""
        own = self.of(diploma) if diploma else self
        found = own._found(words, wants) if own.vocabulary.units else Match(())
        if not found.subjects and own is not self:
            found = self._found(words, wants)
        named = frozenset().union(*(self.vocabulary.stems_named(subject) for subject in found.subjects))
        plain = f" {' '.join(w.text for w in words)} "
        said = {word for alias in self.aliases if f" {alias} " in plain for word in alias.split()}
        codes = {w.text for w in words if w.text.upper() in self.vocabulary.codes}
        return Match(found.subjects, found.diploma, named, frozenset(said | codes))

    def nearest(self, words: Sequence[Token]) -> tuple[str, ...]:
        """The one unit that a word or its beginning ("manag") tells from the others, where one is sure to be named."""
        said = [w.text for w in words if len(w.text) >= _LEAST_BEGINNING and w.text not in LINKS]
        begun = {s for s in self._holding for word in said if s.startswith(stem(word)) or s == stem(word)}
        best = self._best(frozenset(), frozenset(begun), 0.0)
        subjects = {subject for subject, _ in best}
        return tuple(subjects) if len(subjects) == 1 else ()

    def of(self, diploma: str) -> UnitMatcher:
        """The same for the units of one diploma alone."""
        if diploma not in self._of:
            own = tuple(unit for unit in self.vocabulary.units if unit.diploma == diploma)
            self._of[diploma] = UnitMatcher(replace(self.vocabulary, units=own), self.aliases)
        return self._of[diploma]

    def _found(self, words: Sequence[Token], wants: frozenset[str]) -> Match:
        codes = [w.text.upper() for w in words if w.text.upper() in self.vocabulary.codes]
        if codes:
            coded = tuple(dict.fromkeys(self.vocabulary.codes[code] for code in codes))
            return Match(coded + self._compared(coded, words) if "comparison" in wants else coded, self._only(coded))
        return self._by_name(self._meaning([w.text for w in words]), wants)

    def _only(self, subjects: Sequence[str]) -> str | None:
        """The only diploma that has these units."""
        diplomas = {diploma for subject, diploma in self._order if subject in subjects}
        return diplomas.pop() if len(diplomas) == 1 else None

    def _compared(self, coded: Sequence[str], words: Sequence[Token]) -> tuple[str, ...]:
        """The units named beside a code ("l'anglais compte moins que l'E4 ?"), unless they are part of one another."""
        others = [w.text for w in words if w.text.upper() not in self.vocabulary.codes]
        named = self._by_name(self._meaning(others), frozenset()).subjects
        return tuple(n for n in named if not any(n.startswith(c) or c.startswith(n) for c in coded))[:1]

    def _meaning(self, words: list[str]) -> list[str]:
        """The stems of the question, aliases read out; the diploma's own name is not a unit's."""
        plain = " ".join(words)
        said = [alias for alias in self.aliases if f" {alias} " in f" {plain} " and not self._is_name(alias)]
        for alias in sorted(said, key=len, reverse=True):
            plain = f" {plain} ".replace(f" {alias} ", f" {' '.join(stems(self.aliases[alias]))} ").strip()
        meant = [stem(word) for word in plain.split() if word not in LINKS]
        for name in self.vocabulary.diploma_words.values():
            if len(name) > 1 and name <= set(meant):
                meant = _without(meant, name)
        return meant

    def _is_name(self, alias: str) -> bool:
        """Whether an alias is the very name of a unit here: it is then not read as another's."""
        said = frozenset(stems(alias))
        return any(wording.stems == said for s in said for wording in self._holding.get(s, ()))

    def _by_name(self, meant: list[str], wants: frozenset[str]) -> Match:
        among = self._optional_named(meant) if "optional" in wants else frozenset()
        subjects: list[str] = []
        diplomas: set[str | None] = set()
        first = _LEAST_SHARE if wants & _EXAM_WORDS else _LEAST_SHARE_UNASKED
        while best := self._best(among, frozenset(meant), _AGAIN_SHARE if subjects else first):
            subjects.append(best[0][0])
            diplomas |= {key[1] for key in best}
            meant = _without(meant, self.vocabulary.stems_of(best[0]))
        return Match(tuple(dict.fromkeys(subjects)), diplomas.pop() if len(diplomas) == 1 else None)

    def _optional_named(self, meant: Iterable[str]) -> frozenset[str]:
        """The optional units that share a word with what is meant."""
        named = {subject for s in meant for wording in self._holding.get(s, ()) for subject, _ in wording.units}
        return self.vocabulary.optional & named

    def _best(self, among: frozenset[str], meant: frozenset[str], least: float) -> list[UnitKey]:
        """The units of the best score (one per diploma), or none; those `among` some subjects where there are any. A
        further unit must be named more fully."""
        wordings = {wording for s in meant for wording in self._holding.get(s, ())}
        scored = [(self._score(w, meant), w) for w in wordings if not among or not among.isdisjoint(w.subjects)]
        best = max((score for score, _ in scored), default=(0.0, 0.0))
        rare, share = best
        if rare < _LEAST_RARITY or share < least:
            return []
        keys = {key for score, w in scored if score == best for key in w.units if not among or key[0] in among}
        return sorted(keys, key=self._order.__getitem__)

    def _score(self, wording: _Wording, meant: frozenset[str]) -> tuple[float, float]:
        """The rarity of the stems found, and their share of the name."""
        hit = self._weight(wording.stems & meant)
        return hit, hit / self._weight(wording.stems)

    def _weight(self, stems: Iterable[str]) -> float:
        return math.fsum(self.vocabulary.rarity[s] for s in stems)

    @cached_property
    def _order(self) -> Mapping[UnitKey, int]:
        return {key: place for place, key in enumerate(dict.fromkeys(name.key for name in self.vocabulary.units))}

    @cached_property
    def _holding(self) -> Mapping[str, Sequence[_Wording]]:
        """The wordings that hold each stem: many diplomas share one."""
        units: defaultdict[frozenset[str], list[UnitKey]] = defaultdict(list)
        for name in self.vocabulary.units:
            units[name.stems].append(name.key)
        holding: defaultdict[str, list[_Wording]] = defaultdict(list)
        for stemmed, keys in units.items():
            wording = _Wording(stemmed, tuple(keys), frozenset(subject for subject, _ in keys))
            for s in stemmed:
                holding[s].append(wording)
        return holding


@dataclass(frozen=True, eq=False)
class _Wording:
    """The stems of a name, the units that bear it, and their subjects."""

    stems: frozenset[str]
    units: tuple[UnitKey, ...]
    subjects: frozenset[str]


def _without(meant: list[str], used: frozenset[str]) -> list[str]:
    return [s for s in meant if s not in used]
