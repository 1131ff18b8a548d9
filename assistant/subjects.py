"""What the documents of a school or of an exam speak of, and how people ask for it (subjects.toml)."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache

from assistant.sheets import Place, Shape, read, sheet, text_of
from index.text import stem, tokens

_SHORT = 3


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


@dataclass(frozen=True, slots=True)
class Asked:
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
        _SHAPE.check(entry, Place(name, text, title))
    return tuple(
        Subject(
            title,
            tuple(_stems(group) for group in entry["asked"]),
            frozenset(map(_key, entry.get("unless", ()))),
            re.compile(entry["holds"]),
            entry["search"],
            entry.get("local", False),
            entry.get("required", False),
        )
        for title, entry in table.items()
    )


_SHAPE = Shape(
    {"asked": "list", "holds": "expression", "search": "text"}, {"unless": "list", "local": "flag", "required": "flag"}
)


def _stems(text: str) -> frozenset[str]:
    return frozenset(_key(token.text) for token in tokens(text))


def _key(word: str) -> str:
    """What a word is compared by; short words are compared whole: "VAE" is no form of "va"."""
    return stem(word) if len(word) > _SHORT else word


def asked_subjects(words: Collection[str]) -> tuple[Asked, ...]:
    """The subjects that the words of a question ask for; one asked for with fewer words than another that holds them
    all is not meant."""
    said = frozenset(map(_key, words))
    found = tuple(_found(said))
    return tuple(one for one in found if not any(one.stems < other.stems for other in found))


def _found(said: frozenset[str]) -> Iterator[Asked]:
    for subject in subjects():
        groups = [group for group in subject.asked if group <= said]
        if groups and not subject.unless & said:
            yield Asked(subject, frozenset().union(*groups))


def words_asking() -> frozenset[str]:
    """Every word that asks for a subject, as it is written in subjects.toml."""
    groups = (group for entry in sheet("subjects.toml").values() for group in entry["asked"])
    return frozenset(token.text for group in groups for token in tokens(group))
