"""Scopes in words: the statuses, academies and diplomas that a cell, a heading or a question names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from assistant.sheets import sheet
from corpus.documents import Document, Scope
from index.text import fold

_LONGEST = 120  # characters of a name between quotation marks
_NAMED = r"(?:[^\n.,;:()|«»\"“”–-]|(?<=\w)-(?=\w))"  # what the name of a diploma is made of


@dataclass(frozen=True, slots=True)
class Words:
    """assistant/scopes.toml, ready to be matched on folded text.

    `families` gives the name of each way to write one, `shown` how an answer writes it; `inverted` finds the name of a
    diploma before its family: "la spécialité « X » du CAP".
    """

    statuses: dict[str, re.Pattern[str]]
    qualifiers: dict[str, re.Pattern[str]]
    diploma: re.Pattern[str]
    inverted: re.Pattern[str]
    families: Mapping[tuple[str, ...], str]
    shown: Mapping[str, str]


@cache
def words() -> Words:
    table = sheet("scopes.toml")
    known, aliases = table["diplomas"]["families"], table["diplomas"]["aliases"]
    after, domains = ("|".join(table["diplomas"][one]["words"]) for one in ("after", "domains"))
    families = "|".join(sorted([*known, *aliases], key=len, reverse=True)).replace(" d ", " d['’ ]")
    return Words(
        {name: _any(forms) for name, forms in table["statuses"].items()},
        {name: re.compile("|".join(map(re.escape, forms))) for name, forms in table["qualifiers"].items()},
        re.compile(
            rf"\b(?P<family>{families})\b"
            rf"(?:(?: *[–,-])? *\b(?:specialite|mention|option)\b(?: *:)?)?(?: +[–-](?: (?:{domains}) [–-])?)?"
            rf"(?: *[«\"“] *(?P<quoted>[^«»\"“”]{{2,{_LONGEST}}}?) *[»\"”]"
            rf"| +(?P<name>{_NAMED}+?)(?= (?:{after})\b|(?!{_NAMED})|$))?"
        ),
        re.compile(
            rf"\b(?:specialite|mention) *[«\"“] *(?P<quoted>[^«»\"“”]{{2,{_LONGEST}}}?) *[»\"”]"
            rf" +(?:d[ue]s? +|de la +|d['’])(?P<family>{families})\b"
        ),
        {tuple(written.split()): aliases.get(written, written) for written in (*known, *aliases)},
        table["diplomas"]["shown"],
    )


def _any(forms: list[str]) -> re.Pattern[str]:
    return re.compile(r"(?<![a-z])(?:" + "|".join(map(re.escape, sorted(forms, key=len, reverse=True))) + r")(?![a-z])")


def statuses(text: str) -> tuple[str, ...]:
    """The statuses that a text names, each with what precises it: "apprentissage (hors contrat ou non habilité)".

    A precision holds for the statuses of its own phrase, or of the one before where its own names none; phrases end
    at commas outside parentheses, at full stops and at new lines. A status that is precised is not also given bare.
    """
    found: dict[str, str | None] = {}
    before: list[str] = []
    for phrase in _phrases(fold(text)):
        qualifier = next((name for name, form in words().qualifiers.items() if form.search(phrase)), None)
        named = [name for name, form in words().statuses.items() if form.search(phrase)]
        for name in named or (before if qualifier else []):
            found[name] = qualifier or found.get(name)
        before = named or before
    return tuple(f"{name} ({qualifier})" if qualifier else name for name, qualifier in found.items())


def requalified(named: Sequence[str], text: str) -> tuple[str, ...]:
    """Statuses said before with the precision that a text adds ("et en hors contrat ?"); as they were without one."""
    plain = fold(text)
    qualifier = next((name for name, form in words().qualifiers.items() if form.search(plain)), None)
    return tuple(f"{name.partition(' (')[0]} ({qualifier})" for name in named) if qualifier else tuple(named)


def status_words(words_read: Sequence[str]) -> frozenset[str]:
    """The words of a question by which it says whose status it is."""
    plain = " ".join(words_read)
    found: set[str] = set()
    for form in (*words().statuses.values(), *words().qualifiers.values()):
        for match in form.finditer(plain):
            end = plain.find(" ", match.end())
            found.update(plain[plain.rfind(" ", 0, match.start()) + 1 : end if end >= 0 else None].split())
    return frozenset(found)


def _phrases(plain: str) -> list[str]:
    return [part for part in re.split(r",(?![^(]{0,200}\))|[;\n]|\. ", plain) if part.strip()]


def section_scope(headings: tuple[str, ...], document: Document) -> Scope:
    """What the headings over a block add to the scope of its document: the academies that the nearest one names."""
    for heading in reversed(headings):
        text = fold(heading)
        named = [name for name in document.scope.academies if re.search(rf"\b{re.escape(fold(name))}\b", text)]
        if named:
            return Scope(academies=tuple(named))
    return Scope()
