"""How much of a question a passage's windows cover: its words, other words for them, its subjects and units."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from assistant.frames import Frame
from assistant.kinds import Kinds, asking
from assistant.skimming import Standing
from assistant.subjects import AskedSubject, Subject, subjects

# What another word for the same thing is worth, or a passage on the subject asked for: the word itself is worth 1.
_SYNONYM, _KINDRED, _SPOKEN = 0.95, 0.9, 0.9


Covered = Mapping[str, float]  # how well each stem is said, from 0 to 1


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the weight of each stem and the `whole` of them, the words near each of its own in meaning, the kinds
    of things asked for, its subjects, and the names of the units that it names by their code."""

    frame: Frame
    weights: Mapping[str, float]
    kindred: Mapping[str, frozenset[str]]
    kinds: Kinds
    subjects: tuple[AskedSubject, ...]
    units: Sequence[tuple[frozenset[str], tuple[frozenset[str], ...]]]
    whole: float

    def repeated(self, held: Standing, windows: int) -> list[int]:
        """For each window, how many of its words only repeat the question."""
        places = [held.itself(s, word) for s, word in self.frame.meant]
        return [sum(place >> n & 1 for place in places) for n in range(windows)]

    def speaks_of_units(self, held: Standing) -> int:
        """The windows that speak of a unit named by its code, by that code or by a name; all, if none is named."""
        if not self.units:
            return -1
        places = 0
        for codes, names in self.units:
            places |= held.any_of(codes) | reduce(or_, (held.all_of(name) for name in names if name), 0)
        return places

    def covered(self, held: Standing, windows: int) -> list[Covered]:
        """For each window, how well it says each stem: itself, a form, a synonym, or a word near in meaning."""
        places = [
            (s, held.itself(s, word), held.otherwise(word), held.any_of(self.kindred.get(word, ())))
            for s, word in self.frame.meant
        ]
        return [
            {
                s: 1.0 if itself >> n & 1 else _SYNONYM if otherwise >> n & 1 else _KINDRED if near >> n & 1 else 0.0
                for s, itself, otherwise, near in places
            }
            for n in range(windows)
        ]

    def spoken_of(self, text: str) -> frozenset[str]:
        """The stems of the subjects asked for that a folded text speaks of."""
        return frozenset(s for one in self.subjects if self._is_on(one.subject, text) for s in one.stems)

    def _is_on(self, subject: Subject, text: str) -> bool:
        """Whether a text speaks of a subject; where it is the only one asked for, not of one told beside it: what a
        meal costs."""
        beside = [one for one in subjects() if one.name in subject.besides] if len(self.subjects) == 1 else ()
        return bool(subject.holds.search(text)) and not any(one.holds.search(text) for one in beside)

    def unspoken(self, spoken: frozenset[str]) -> Iterator[str]:
        """The subjects without which there is no answer, and which are not spoken of."""
        return (one.subject.name for one in self.subjects if one.subject.required and not one.stems <= spoken)

    def with_subjects(self, part: Covered, spoken: frozenset[str]) -> Covered:
        """The shares where some stems are also said by speaking of their subject."""
        return {s: max(share, _SPOKEN) if s in spoken else share for s, share in part.items()} if spoken else part

    def answered(self, part: Covered, lacks: Sequence[str]) -> Covered:
        """The shares where the words that ask for a kind of thing are answered by that thing."""
        words = {word for kind in self.kinds.asked if kind not in lacks for word in asking(kind)}
        return {s: 1.0 if word in words else part[s] for s, word in self.frame.meant} if words else part

    @property
    def looks_at_text(self) -> bool:
        """Whether what is asked for is recognised in the text, and not by its words alone."""
        return bool(self.subjects or self.kinds.asked or self.kinds.years)

    def share(self, part: Covered) -> float:
        """How much of the question's weight is covered."""
        return sum(weight * part[s] for s, weight in self.weights.items()) / self.whole
