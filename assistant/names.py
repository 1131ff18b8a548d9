"""The schools, towns, academies and diplomas that a question names: those held, and those that are not.

A name that follows "à", "académie de", "lycée" or "BTS" is a scope, held or not; it is never ignored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from assistant.scopes import words as scope_words
from assistant.sheets import sheet
from assistant.vocabulary import LINKS, Vocabulary
from corpus.documents import Scope
from index.text import Token, stem, tokens

_SHORT = 3
_HELD_BY_ASKER = frozenset({"ai", "avec", "titulaire", "obtenu", "ayant", "avoir", "eu", "apres"})


@dataclass(frozen=True, slots=True)
class Unheld:
    """A name that the library has nothing of: its kind ("diploma", "school", "city", "academy") and as typed."""

    kind: str
    name: str


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


def _key(text: str) -> str:
    return " ".join(token.text for token in tokens(text))


@dataclass(frozen=True)
class Places:
    """Finds names by the vocabulary of one library. `common` says whether a word is one of the language: a word of a
    school's name that is not may stand for the whole name."""

    vocabulary: Vocabulary
    common: Callable[[str], bool]

    @cached_property
    def held(self) -> dict[str, tuple[str, str]]:
        """Each held name, and each part of a compound name that tells it, as (field, name)."""
        names: dict[str, tuple[str, str]] = {}
        for academy in self.vocabulary.academies:
            names |= {part: ("academy", academy) for part in [_key(academy), *_key(academy).split()] if len(part) > 2}
        parts = Counter(part for school in self.vocabulary.schools for part in set(_key(school).split()))
        for school in self.vocabulary.schools:
            own = [part for part in _key(school).split() if parts[part] == 1 and self._tells(part, school)]
            names |= dict.fromkeys(own, ("school", school))
            names[_key(school)] = ("school", school)
        for city in self.vocabulary.cities:
            names[_key(city)] = ("city", city)
        return names

    def _tells(self, part: str, school: str) -> bool:
        """Whether a word of a school's name may stand for it: no word of the language, or its own family name."""
        return len(part) > _SHORT and (not self.common(part) or part in self.vocabulary.family_names.get(school, ()))

    @cached_property
    def _known_places(self) -> dict[str, str]:
        cities = {_key(name): "city" for name in _table()["cities"]}
        return cities | {_key(name): "academy" for name in _table()["academies"] if _key(name) not in cities}

    def find(self, question: str, read: Sequence[Token]) -> Named:
        words = [token.text for token in read]
        scope, taken = self._held_names(words)
        diploma, unheld_diploma, diploma_words = self._diploma(question, read)
        unheld = [*unheld_diploma, *self._unheld(question, read, taken | diploma_words)]
        several = tuple(_placed(diploma, [one]) for one in _apart(scope, self.vocabulary))
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
                ):
                    continue
                scope.append(kind_name)
                taken |= set(range(at, at + length))
        return scope, taken

    def _is_other_academy(self, words: Sequence[str], at: int, kind: str) -> bool:
        """ "Académie d'Amiens" is not the town of Amiens: an academy must be held as one."""
        before = [word for word in words[max(0, at - 3) : at] if word not in LINKS]
        return kind != "academy" and bool(before) and before[-1] in _table()["academy_openers"]

    def _diploma(self, question: str, read: Sequence[Token]) -> tuple[str | None, list[Unheld], set[int]]:
        """The diploma named after its family ("BTS NDRC"), held or not; a bare "BTS" names none."""
        words = [token.text for token in read]
        families = scope_words().families
        own = {diploma.lower().split()[0] for diploma in self.vocabulary.diplomas}
        for at, word in enumerate(words):
            if word not in families:
                continue
            held = self._held_diploma(word, words[at + 1 : at + 8])
            if held:
                return held[0], [], set(range(at, at + 1 + held[1]))
            if _HELD_BY_ASKER & set(words[max(0, at - 3) : at]):
                continue
            name = _name_after(question, read, at)
            if name or word not in own:
                last = at + len(name)
                typed = question[read[at].start : read[last].end]
                # A bare family ("un bachelor ?") may also be what the question is about: its word stays.
                return None, [Unheld("diploma", typed)], set(range(at, last + 1)) if name else set()
            return self._only_of(word), [], {at}
        return self._acronym(words)

    def _only_of(self, family: str) -> str | None:
        """The only diploma held of a family, where others are held of other families."""
        own = [d for d in self.vocabulary.diplomas if d.lower().split()[0] == family]
        return own[0] if len(own) == 1 < len(self.vocabulary.diplomas) else None

    @cached_property
    def _bare(self) -> tuple[tuple[str, str, str], ...]:
        """Each diploma with its acronym, and with its name without its family where that is no exam unit's name too;
        empty where it has none."""
        units = {_key(unit.name) for unit in self.vocabulary.units}
        found = []
        for diploma in self.vocabulary.diplomas:
            words = [token.text for token in tokens(diploma)]
            acronym = words[-1] if words and diploma.split()[-1].isupper() else ""
            name = " ".join(words[1:])
            taken = any(f" {name} " in f" {unit} " for unit in units)
            found.append((diploma, acronym, "" if taken else name))
        return tuple(found)

    def _acronym(self, words: Sequence[str]) -> tuple[str | None, list[Unheld], set[int]]:
        """A held diploma named by its acronym alone ("la durée en MCO"), or by its name without its family."""
        plain = f" {' '.join(words)} "
        for diploma, acronym, name in self._bare:
            if acronym and acronym in words:
                return diploma, [], {words.index(acronym)}
            if name and f" {name} " in plain:
                return diploma, [], set()
        return None, [], set()

    def _held_diploma(self, family: str, following: Sequence[str]) -> tuple[str, int] | None:
        for diploma in self.vocabulary.diplomas:
            own, *name = [token.text for token in tokens(diploma)]
            if own != family:
                continue
            if name and list(following[: len(name)]) == name:
                return diploma, len(name)
            long = self.vocabulary.diploma_words.get(diploma, frozenset())
            taken = 0
            while taken < len(following) and (stem(following[taken]) in long or following[taken] in LINKS):
                taken += 1
            if len(long & {stem(w) for w in following[:taken]}) >= min(2, len(long) or 99):
                return diploma, taken
        return None

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

    def _introduced(self, words: Sequence[str], at: int) -> bool:
        """Whether a town's name stands where a place stands; "tours" and "orange" are also common words."""
        before = words[at - 1] if at else ""
        return (
            before in {"a", "de", "d", "sur", "en", "vers", "academie", "campus", "lycee", "pour", "et", "bts"}
            or len(words) <= 3
        )

    def _after_opener(self, question: str, read: Sequence[Token], at: int, taken: set[int]) -> list[Unheld]:
        """A capitalised name after "à" or "lycée" that no list knows."""
        if at == 0 or not _proper(question, read[at]) or question.isupper():
            return []
        opener = next((r.text for r in reversed(read[max(0, at - 3) : at]) if r.text not in LINKS - {"a"}), "")
        if read[at].text in _table()["not_places"] or read[at].text in LINKS or at in taken:
            return []
        if opener in _table()["school_openers"]:
            return [Unheld("school", question[read[at].start : read[_last_proper(question, read, at)].end])]
        if opener in _table()["academy_openers"]:
            return [Unheld("academy", question[read[at].start : read[at].end])]
        if read[at - 1].text == "a" and not any(c.isdigit() for c in read[at].text):
            return [Unheld("city", question[read[at].start : read[_last_proper(question, read, at)].end])]
        return []


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


def _proper(question: str, token: Token) -> bool:
    typed = question[token.start : token.end]
    return typed[:1].isupper() and not typed.isupper() and not any(c.isdigit() for c in typed)


def _last_proper(question: str, read: Sequence[Token], at: int) -> int:
    while at + 1 < len(read) and _proper(question, read[at + 1]) and read[at + 1].start - read[at].end <= 1:
        at += 1
    return at


def _name_after(question: str, read: Sequence[Token], at: int) -> list[str]:
    """The words right after a diploma's family that read as its name: an acronym or capitalised words."""
    name: list[str] = []
    for token in read[at + 1 : at + 5]:
        typed = question[token.start : token.end]
        gap = question[read[at + len(name)].end : token.start]
        acronym = typed.isupper() and 1 < len(typed) < 7 and not question.isupper()
        if (
            gap.strip()
            or any(c.isdigit() for c in typed)
            or not (acronym or _proper(question, token) or token.text in _table()["specialties"])
        ):
            break
        name.append(token.text)
    return name
