"""What the documents of a school or of an exam speak of, and how people ask for it (subjects.toml)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from assistant.sheets import Place, Shape, read, sheet, text_of
from assistant.synonyms import other_word
from corpus.slips import nearest
from index.text import stem, tokens

_SHORT = 3


# The stems that ask and designate nothing: "quelle langue".
ASKING = frozenset(map(stem, "combien quel quelle quels quelles comment quand qui quoi how many what which".split()))


@dataclass(frozen=True, slots=True)
class Subject:
    """One thing to speak of: the groups of stems that ask for it, and how a passage that speaks of it is known."""

    name: str
    asked: tuple[frozenset[str], ...]
    unless: frozenset[str]
    holds: re.Pattern[str]
    search: str
    local: bool
    required: bool
    undated: bool
    besides: frozenset[str]


@dataclass(frozen=True, slots=True)
class AskedSubject:
    """A subject that a question asks for, and the stems by which it does."""

    subject: Subject
    stems: frozenset[str]


@cache
def subjects() -> tuple[Subject, ...]:
    return parse(text_of("subjects.toml"), "subjects.toml")


def parse(text: str, name: str) -> tuple[Subject, ...]:
    """The subjects of a TOML text; `name` is said in errors. Raises BadSheet."""
    table = read(text, name)
    for title, entry in table.items():
        _SHAPE.check(entry, at := Place(name, text, title))
        if empty := [group for group in entry["asked"] if not _stems(group)]:
            raise at.slip(f"« asked » a un groupe sans aucun mot (« {empty[0]} ») ; corrigez-le", "asked")
        if unknown := [other for other in entry.get("besides", ()) if other not in table]:
            hint = nearest(unknown[0], table) or "écrivez le nom d'un sujet de ce fichier"
            raise at.slip(f"« besides » nomme un sujet inconnu (« {unknown[0]} ») ; {hint}", "besides")
    return tuple(
        Subject(
            title,
            tuple(_stems(group) for group in entry["asked"]),
            frozenset(map(_key, entry.get("unless", ()))),
            re.compile(entry["holds"]),
            entry["search"],
            entry.get("local", False),
            entry.get("required", False),
            entry.get("undated", False),
            frozenset(entry.get("besides", ())),
        )
        for title, entry in table.items()
    )


_SHAPE = Shape(
    {"asked": "list", "holds": "expression", "search": "text"},
    {"unless": "list", "local": "flag", "required": "flag", "undated": "flag", "besides": "list"},
)


def _stems(text: str) -> frozenset[str]:
    return frozenset(_key(token.text) for token in tokens(text))


def _key(word: str) -> str:
    """What a word is compared by; short words are compared whole: "VAE" is no form of "va"."""
    return stem(word) if len(word) > _SHORT else word


@lru_cache(maxsize=64)
def asked_subjects(words: tuple[str, ...]) -> tuple[AskedSubject, ...]:
    """The subjects that the words of a question ask for; one asked for with fewer words than another that holds them
    all is not meant."""
    said = frozenset(_key(said) for word in words for said in (word, other_word(word)))
    found = tuple(_found(said))
    return tuple(one for one in found if not any(one.stems < other.stems for other in found))


def _found(said: frozenset[str]) -> Iterator[AskedSubject]:
    for subject, groups in _touched(said).items():
        if not subject.unless & said:
            yield AskedSubject(subject, frozenset().union(*groups))


def _touched(said: frozenset[str]) -> dict[Subject, list[frozenset[str]]]:
    """The subjects with a group whose words are all said, in the order of the file."""
    found: defaultdict[Subject, list[frozenset[str]]] = defaultdict(list)
    for word in said:
        for subject, group in _beginning().get(word, ()):
            if group <= said:
                found[subject].append(group)
    return {subject: found[subject] for subject in subjects() if subject in found}


@cache
def _beginning() -> dict[str, list[tuple[Subject, frozenset[str]]]]:
    """Every group under one of its words: a question looks at those of its own words alone."""
    groups: defaultdict[str, list[tuple[Subject, frozenset[str]]]] = defaultdict(list)
    for subject in subjects():
        for group in subject.asked:
            groups[min(group, key=lambda word: (-len(word), word))].append((subject, group))
    return dict(groups)


def words_asking() -> frozenset[str]:
    """Every word that asks for a subject, as it is written in subjects.toml."""
    groups = (group for entry in sheet("subjects.toml").values() for group in entry["asked"])
    return frozenset(token.text for group in groups for token in tokens(group))
