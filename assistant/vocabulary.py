"""The names that a library gives its things: exam units, schools, towns, academies, diplomas.

Nothing here is written down: everything is learnt from the documents' scopes and from the facts.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TypeVar

from assistant.diploma_names import name_without_family, split_diploma
from assistant.facts import Facts
from assistant.links import LINKS
from corpus.documents import Document
from index.text import fold, stem, tokens

UnitKey = tuple[str, str | None]  # a subject and the diploma that it is a unit of
_SHORT = 2  # letters: as many may stand for anything
_OPENING = 2000  # code points in which a document introduces its diploma
_NAME = r"[A-ZÉÈ][A-Za-zÀ-ÿ’'-]+"
_PERSON = re.compile(
    rf"\b(?:M\.|Mme|Madame|Monsieur) (?P<named>{_NAME}(?: {_NAME})?)"
    r"|\b(?P<whole>[A-ZÉ][a-zà-ÿ-]+ [A-ZÉÈ]{3,}|[A-ZÉÈ]{3,} [A-ZÉ][a-zà-ÿ-]{2,})\b"
)
K = TypeVar("K")
V = TypeVar("V")

# The stems of how an exam is taken: alone, they name a form and not a unit ("l'oral").
FORMS = frozenset(stem(word) for word in ("ecrit", "ecrite", "ecrits", "ecrites", "oral", "orale", "oraux", "epreuve"))


def stems(text: str) -> tuple[str, ...]:
    """The stems of the words of a text that mean something, in order."""
    return tuple(stem(token.text) for token in tokens(text) if token.text not in LINKS)


@dataclass(frozen=True, slots=True)
class UnitName:
    """One wording of a unit's name in one diploma, with its stems."""

    subject: str
    diploma: str | None
    name: str
    stems: frozenset[str]

    @property
    def key(self) -> UnitKey:
        return self.subject, self.diploma


@dataclass(frozen=True)
class Vocabulary:
    """The names that the library holds."""

    units: tuple[UnitName, ...]
    optional: frozenset[str]
    schools: tuple[str, ...]
    cities: tuple[str, ...]
    academies: tuple[str, ...]
    diplomas: tuple[str, ...]
    blocks: Mapping[str, str]
    towns: Mapping[str, str]
    modes: Mapping[str, str]
    diploma_words: Mapping[str, frozenset[str]]
    acronyms: Mapping[str, frozenset[str]] = field(default_factory=dict)
    family_names: Mapping[str, frozenset[str]] = field(default_factory=dict)
    people: frozenset[str] = frozenset()

    @classmethod
    def learnt(cls, documents: Iterable[Document], facts: Facts) -> Vocabulary:
        documents = list(documents)
        scopes = [document.scope for document in documents]
        names = [f for f in facts.facts if f.prop == "name" and f.subject.startswith("unit:")]
        diplomas = _distinct([s.diploma for s in scopes] + [f.scope.diploma for f in names])
        return cls(
            tuple(
                dict.fromkeys(UnitName(f.subject, f.scope.diploma, f.shown, frozenset(stems(f.shown))) for f in names)
            ),
            frozenset(f.subject for f in facts.facts if f.prop == "optional"),
            _distinct(s.school for s in scopes),
            _distinct(s.city for s in scopes),
            _distinct(name for s in scopes for name in s.academies),
            diplomas,
            {f.value: f.subject for f in facts.facts if f.prop == "code"},
            {s.school: s.city for s in scopes if s.school and s.city},
            {f.subject: f.value for f in facts.facts if f.prop == "mode"},
            {diploma: _long_name(diploma, documents) for diploma in diplomas},
            {diploma: short for diploma in diplomas if (short := _acronyms(diploma, documents))},
            _family_names(documents),
            frozenset(word for document in documents for word in _people(document.text)),
        )

    @cached_property
    def _by_unit(self) -> Mapping[UnitKey, tuple[UnitName, ...]]:
        return _grouped((name.key, name) for name in self.units)

    @cached_property
    def _by_subject(self) -> Mapping[str, tuple[UnitName, ...]]:
        return _grouped((name.subject, name) for name in self.units)

    @cached_property
    def rarity(self) -> Mapping[str, float]:
        """How much a stem tells one unit from another."""
        by_unit = Counter(s for key in self._by_unit for s in self.stems_of(key))
        rarity = {s: math.log(1 + len(self._by_unit) / count) for s, count in by_unit.items()}
        return rarity | {s: rarity[s] / 10 for s in FORMS if s in rarity}

    def stems_of(self, key: UnitKey) -> frozenset[str]:
        return frozenset().union(*(name.stems for name in self._by_unit[key]))

    def named(self, subject: str) -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
        """What a text may call a unit: its codes in lower case, and the stems of each of its names."""
        codes = frozenset(code.lower() for code in self._codes_of.get(subject, ()))
        return codes, tuple(dict.fromkeys(name.stems for name in self._by_subject.get(subject, ())))

    @cached_property
    def _codes_of(self) -> Mapping[str, tuple[str, ...]]:
        return _grouped((subject, code) for code, subject in self.codes.items())

    def stems_named(self, subject: str) -> frozenset[str]:
        """The stems of all the names of a subject, in any diploma."""
        return frozenset().union(*(name.stems for name in self._by_subject[subject]))

    def subjects(self, diploma: str | None) -> tuple[str, ...]:
        """The units of a diploma (of any, where it is None) in the order of the documents."""
        return self._subjects.get(diploma, ())

    @cached_property
    def _subjects(self) -> Mapping[str | None, tuple[str, ...]]:
        every: list[tuple[str | None, str]] = [(None, name.subject) for name in self.units]
        return _grouped([*every, *((name.diploma, name.subject) for name in self.units if name.diploma)])

    @cached_property
    def codes(self) -> Mapping[str, str]:
        """The subject of each code: "unit:E41" of "E41", and of the block of skills that bears its name."""
        return {**self.blocks, **{name.subject.removeprefix("unit:"): name.subject for name in self.units}}

    @cached_property
    def unit_codes(self) -> list[str]:
        """The codes of the units, sorted."""
        return sorted({name.subject.removeprefix("unit:") for name in self.units})

    def town_of(self, school: str) -> str:
        """The town of a school, or its own name where no document gives one."""
        return self.towns.get(school, school)

    @cached_property
    def examined(self) -> tuple[str, ...]:
        """The diplomas that have a table of units."""
        return tuple(dict.fromkeys(name.diploma for name in self.units if name.diploma))

    def children(self, subject: str) -> list[str]:
        """The sub-units: "unit:E41" and "unit:E42" of "unit:E4", "unit:E5A" and "unit:E5B" of "unit:E5"."""
        return [child for digit in "0123456789ABCDEF" if (child := f"{subject}{digit}") in self._by_subject]

    def parent(self, subject: str) -> str | None:
        above = subject[:-1]
        return above if above in self._by_subject else None

    def label(self, subject: str, diploma: str | None = None) -> str:
        """A unit as people read it: "E5 (Gestion opérationnelle)"; names in capitals only where there is no other.

        Where several diplomas have a unit of that code and none is said, the code alone."""
        code = subject.removeprefix("unit:")
        own = self._by_subject.get(subject, ())
        names = [name.name for name in own if diploma is None or name.diploma in (None, diploma)]
        names = [name for name in names if code not in name] or names
        ambiguous = diploma is None and len({name.diploma for name in own}) > 1
        if not names or names[0] == code or ambiguous:
            return code
        best = next((name for name in names if not name.isupper()), names[0])
        return f"{code} ({best})"


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, tuple[V, ...]]:
    """The distinct values of each key, both in the order they come."""
    groups: defaultdict[K, dict[V, None]] = defaultdict(dict)
    for key, value in pairs:
        groups[key][value] = None
    return {key: tuple(values) for key, values in groups.items()}


def _distinct(names: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in names if name))


def _family_names(documents: Iterable[Document]) -> dict[str, frozenset[str]]:
    """The last word of each school's name, folded, where none of its documents writes it without a capital."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for document in documents:
        if document.scope.school:
            texts[document.scope.school].append(document.text)
    last = {school: re.split(r"[\s-]", school)[-1] for school in texts}
    common = {s for s, name in last.items() if any(re.search(rf"\b{re.escape(name.lower())}\b", t) for t in texts[s])}
    return {school: frozenset({fold(name)}) for school, name in last.items() if school not in common}


def _people(text: str) -> Iterator[str]:
    """The words, folded, of the persons that a text names: after a title, or a first name by a name in capitals."""
    for match in _PERSON.finditer(text):
        yield from (token.text for token in tokens(match["named"] or match["whole"]) if len(token.text) > 4)


def _acronyms(diploma: str, documents: Iterable[Document]) -> frozenset[str]:
    """What the documents shorten a diploma's name to: between brackets right after it ("… connectés » (MELEC)"), or in
    the name of a file ("bts-com")."""
    name = re.escape(fold(name_without_family(diploma)))
    form = re.compile(rf"{name}[ »\"”]*\((?:[a-z]+ )?(?P<acronym>[a-z]{{2,6}})\)")
    found: set[str] = set()
    for document in documents:
        if document.scope.diploma == diploma:
            for text in (document.title, document.text[:_OPENING]):
                if (match := form.search(fold(text))) and match["acronym"].upper() in text:
                    found.add(match["acronym"])
            found |= _cut_short(diploma, document)
    return frozenset(found)


def _cut_short(diploma: str, document: Document) -> set[str]:
    """The beginning of a diploma's name that stands after its family in the name or title of a document."""
    family, own = split_diploma(diploma)
    words = [token.text for text in (document.slug, document.title) for token in tokens(text)]
    after = {word for one, word in pairwise(words) if one == family and len(word) > _SHORT}
    return {word for word in after if own and word != own[0] and own[0].startswith(word)}


def _long_name(diploma: str, documents: Iterable[Document]) -> frozenset[str]:
    """The stems of a diploma's long name: the words, in a title of its documents, that its initials stand for."""
    initials = fold(diploma.split()[-1])
    for document in documents:
        if document.scope.diploma != diploma:
            continue
        words = [token.text for token in tokens(document.title) if token.text not in LINKS]
        for at in range(len(words) - len(initials) + 1):
            run = words[at : at + len(initials)]
            if len(initials) > 1 and "".join(word[0] for word in run) == initials:
                return frozenset(map(stem, run))
    return frozenset(stems(diploma)[1:])
