"""The schools, towns, academies and diplomas that a question names: those held, and those that are not.

A name that follows "à", "académie de", "lycée" or "BTS" is a scope, held or not; it is never ignored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from assistant.diplomas import Diplomas
from assistant.links import LINKS
from assistant.proper import Unheld, is_proper, key
from assistant.sheets import sheet
from assistant.vocabulary import Vocabulary
from corpus.documents import Scope
from index.text import Token

_SHORT = 3
_NEAR = 3  # words before a name that may say that it is only where the asker lives


@dataclass(frozen=True, slots=True)
class Named:
    """The scope that a question names, the names that are not held, and the places of the words they took; `places`
    are the scopes to answer for one by one, where it names several ("compare X et Y")."""

    scope: Scope
    places: tuple[Scope, ...]
    unheld: tuple[Unheld, ...]
    taken: frozenset[int]


@cache
def _table() -> dict[str, Any]:
    return sheet("names.toml")


@dataclass(frozen=True)
class Places:
    """Finds names by the vocabulary of one library. `common` says whether a word is one of the language: a word of a
    school's name that is not may stand for the whole name."""

    vocabulary: Vocabulary
    common: Callable[[str], bool]

    @cached_property
    def _diplomas(self) -> Diplomas:
        return Diplomas(self.vocabulary)

    @cached_property
    def held(self) -> dict[str, tuple[str, str]]:
        """Each held name, and each part of a compound name that tells it, as (field, name)."""
        names: dict[str, tuple[str, str]] = {}
        for academy in self.vocabulary.academies:
            names |= {part: ("academy", academy) for part in [key(academy), *key(academy).split()] if len(part) > 2}
        parts = Counter(part for school in self.vocabulary.schools for part in set(key(school).split()))
        for school in self.vocabulary.schools:
            own = [part for part in key(school).split() if parts[part] == 1 and self._tells(part, school)]
            names |= dict.fromkeys(own, ("school", school))
            names[key(school)] = ("school", school)
            if len(proper := _own_words(school)) > 1:
                names[" ".join(proper)] = ("school", school)
        for city in self.vocabulary.cities:
            first, *others = key(city).split()
            if others and len(first) > _SHORT and not self.common(first):  # "clermont" is Clermont-Ferrand
                names.setdefault(first, ("city", city))
            names[key(city)] = ("city", city)
        return names

    def _tells(self, part: str, school: str) -> bool:
        """Whether a word of a school's name may stand for it: no word of the language, or its own family name."""
        return len(part) > _SHORT and (not self.common(part) or part in self.vocabulary.family_names.get(school, ()))

    @cached_property
    def _known_places(self) -> dict[str, str]:
        cities = {key(name): "city" for name in _table()["cities"]}
        return cities | {key(name): "academy" for name in _table()["academies"] if key(name) not in cities}

    def find(self, question: str, read: Sequence[Token]) -> Named:
        words = [token.text for token in read]
        scope, taken = self._held_names(words)
        taken |= self._passed_by(question, read)
        diploma, unheld_diploma, diploma_words = self._diplomas.find(question, read)
        unheld = [*unheld_diploma, *self._unheld(question, read, taken | diploma_words)]
        several = tuple(_placed(diploma, [one]) for one in _apart(scope, self.vocabulary))
        every = self._diplomas.every(words) if len(self.vocabulary.diplomas) > 1 and len(several) < 2 else {}
        if len(every) > 1:  # "le stage est plus long en CG ou en NDRC ?"
            several = tuple(_placed(one, scope) for one in every)
            diploma_words = diploma_words.union(*every.values())
        named = _placed(diploma, scope)
        places = several if len(several) > 1 else ()
        return Named(named, places, tuple(dict.fromkeys(unheld)), frozenset(taken | diploma_words))

    def _held_names(self, words: Sequence[str]) -> tuple[list[tuple[str, str]], set[int]]:
        scope: list[tuple[str, str]] = []
        taken: set[int] = set()
        for length in (4, 3, 2, 1):
            for at in range(len(words) - length + 1):
                kind_name = self.held.get(" ".join(words[at : at + length]))
                if (
                    not kind_name
                    or taken & set(range(at, at + length))
                    or self._is_other_academy(words, at, kind_name[0])
                    or " ".join(words[max(0, at - 2) : at]) in _table()["born"]
                ):
                    continue
                scope.append(kind_name)
                taken |= set(range(at, at + length))
        return scope, taken

    def _is_other_academy(self, words: Sequence[str], at: int, kind: str) -> bool:
        """ "Académie d'Amiens" is not the town of Amiens: an academy must be held as one."""
        before = [word for word in words[max(0, at - 3) : at] if word not in LINKS]
        return kind != "academy" and bool(before) and before[-1] in _table()["academy_openers"]

    def _unheld(self, question: str, read: Sequence[Token], taken: set[int]) -> list[Unheld]:
        words = [token.text for token in read]
        found: list[Unheld] = []
        for at in range(len(words)):
            if at in taken:
                continue
            for length in range(min(3, len(words) - at), 0, -1):
                place = self._known_places.get(" ".join(words[at : at + length]))
                if place and (at - 1 in taken or self._introduced(words, at)):
                    kind = "academy" if self._is_other_academy(words, at, "") else place
                    found.append(Unheld(kind, question[read[at].start : read[at + length - 1].end]))
                    break
            else:
                found += self._after_opener(question, read, at, taken)
        return found

    def _passed_by(self, question: str, read: Sequence[Token]) -> set[int]:
        """The places of the towns that a question only speaks of: where the asker lives, where an internship is."""
        words = [token.text for token in read]
        passing = set(_table()["not_scopes"])
        places = (at for at in range(1, len(words)) if passing & set(words[max(0, at - _NEAR) : at]))
        return {
            at
            for at in places
            if words[at] in self._known_places or (words[at - 1] == "a" and is_proper(question, read[at]))
        }

    def _introduced(self, words: Sequence[str], at: int) -> bool:
        """Whether a town's name stands where a place stands; "tours" and "orange" are also common words."""
        before = words[at - 1] if at else ""
        return (
            before in {"a", "de", "d", "sur", "en", "vers", "academie", "campus", "lycee", "pour", "et", "bts"}
            or len(words) <= 3
            or bool({*_table()["school_openers"], *_table()["academy_openers"]} & set(words[max(0, at - 3) : at]))
        )

    def _after_opener(self, question: str, read: Sequence[Token], at: int, taken: set[int]) -> list[Unheld]:
        """A capitalised name after "à" or "lycée" that no list knows."""
        if at == 0 or not is_proper(question, read[at]) or question.isupper():
            return []
        passed = (LINKS - {"a"}) | {*_table()["school_kinds"]}
        opener = next((r.text for r in reversed(read[max(0, at - 3) : at]) if r.text not in passed), "")
        if read[at - 1].text in _table()["civilities"] or read[at].text in _table()["civilities"]:
            return []
        last = _last_proper(question, read, at)
        if read[at].text in _table()["not_places"] or read[at].text in LINKS or taken & set(range(at, last + 1)):
            return []
        if opener in _table()["school_openers"]:
            return [Unheld("school", question[read[at].start : read[last].end])]
        if opener in _table()["academy_openers"]:
            return [Unheld("academy", question[read[at].start : read[at].end])]
        if read[at - 1].text == "a" and not any(c.isdigit() for c in read[at].text):
            return [Unheld("city", question[read[at].start : read[last].end])]
        return []


def _own_words(school: str) -> list[str]:
    """The words of a school's name but for what kind of school it is: "trois moulins" of "Campus des Trois-Moulins"."""
    words = key(school).split()
    general = {*_table()["school_openers"], *_table()["school_kinds"], *LINKS}
    first = next((n for n, word in enumerate(words) if word not in general), len(words))
    return words[first:] if first else []


def _placed(diploma: str | None, names: Sequence[tuple[str, str]]) -> Scope:
    """The scope that names make together, the first of each kind."""
    first = dict(reversed(names))
    return Scope(diploma, first.get("school"), first.get("city"), tuple(filter(None, [first.get("academy")])))


def _apart(names: Sequence[tuple[str, str]], vocabulary: Vocabulary) -> list[tuple[str, str]]:
    """The names that cannot hold together: two towns, two schools of different towns, two academies."""
    places: dict[str, tuple[str, str]] = {}
    for kind, name in names:
        places.setdefault(vocabulary.town_of(name) if kind == "school" else name, (kind, name))
    return list(places.values())


def _last_proper(question: str, read: Sequence[Token], at: int) -> int:
    while at + 1 < len(read) and is_proper(question, read[at + 1]) and read[at + 1].start - read[at].end <= 1:
        at += 1
    return at
