"""Scopes in words: the statuses, academies and diplomas that a cell, a heading or a question names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from assistant.sheets import sheet
from corpus.documents import BlockKind, Document, Scope
from index.text import fold, folded

_LINKED = re.compile(r"(?:des?|du|la|les?|en|à|pour|d['’]|l['’])(?:\s|\b)", re.IGNORECASE)
_AGAIN = 2  # times that a line may name one family and mean one diploma
_NAMED = r"[^\n.,;:()|«»\"“”–-]"  # what the name of a diploma is made of
_ACRONYM = 6  # letters of an acronym or of a family's ("BTSA")
_OPENING = 8  # blocks in which a document says what it is


@dataclass(frozen=True, slots=True)
class Words:
    """assistant/scopes.toml, ready to be matched on folded text; `families` gives the name of each way to write one."""

    statuses: dict[str, re.Pattern[str]]
    qualifiers: dict[str, re.Pattern[str]]
    diploma: re.Pattern[str]
    families: Mapping[tuple[str, ...], str]


@cache
def words() -> Words:
    table = sheet("scopes.toml")
    known, aliases = table["diplomas"]["families"], table["diplomas"]["aliases"]
    after = "|".join(table["diplomas"]["after"]["words"])
    families = "|".join(sorted([*known, *aliases], key=len, reverse=True))
    return Words(
        {name: _any(forms) for name, forms in table["statuses"].items()},
        {name: re.compile("|".join(map(re.escape, forms))) for name, forms in table["qualifiers"].items()},
        re.compile(
            rf"\b(?P<family>{families})\b"
            rf"(?:(?: *[–-])? *\b(?:specialite|mention|option)\b(?: *:)?)?"
            rf"(?: +(?:[«\"“] *)?(?P<name>{_NAMED}+?)(?= (?:{after})\b|(?!{_NAMED})|$))?"
        ),
        {tuple(written.split()): aliases.get(written, written) for written in (*known, *aliases)},
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


def with_diploma(document: Document) -> Document:
    """The document, of the diploma that its title or first headings name where nothing else says of which it is."""
    if document.scope.diploma:
        return document
    opening = sorted(document.blocks[:_OPENING], key=lambda block: block.kind is not BlockKind.HEADING)
    lines = (document.slice(block) for block in opening if block.kind is not BlockKind.ROW)
    named = diploma_named(document.title) or next(filter(None, map(_only_named, lines)), None)
    return replace(document, scope=replace(document.scope, diploma=named)) if named else document


def _only_named(text: str) -> str | None:
    """The diploma that a line names by its proper name, where it names no other: a list of those that one may come from
    names none, nor does a sentence on a family ("Le BTS est un diplôme...")."""
    families = {words().families[tuple(match["family"].split())] for match in words().diploma.finditer(fold(text))}
    several = len(families) > 1 or len(list(words().diploma.finditer(fold(text)))) > _AGAIN
    named = None if several else diploma_named(text)
    return named if named and _proper(named) else None


def _proper(diploma: str) -> bool:
    """Whether the name after a family begins as a name does."""
    return name_without_family(diploma)[:1].isupper()


def name_without_family(diploma: str) -> str:
    """What stands after the family in a diploma's name: "Menuisier" of "CAP Menuisier"."""
    written = sorted((" ".join(parts) for parts in words().families), key=len, reverse=True)
    family = next((family for family in written if fold(diploma).startswith(f"{family} ")), "")
    return diploma[len(family) :].strip()


def diploma_named(text: str) -> str | None:
    """The diploma that a title or header names, as it is written ("BTS Assistant de manager"); one in capitals, or
    under the long name of its family, as it is otherwise written."""
    source = folded(text)
    match = words().diploma.search(source.text)
    if not match or not match["name"] or not match["name"].strip():
        return None
    family, name = (" ".join(text[slice(*source.span(*match.span(part)))].split()) for part in ("family", "name"))
    if _LINKED.match(name):  # "BUT DE L'ÉPREUVE" is an aim
        return None
    short = words().families[tuple(match["family"].split())]
    family = short.upper() if short != match["family"] and " " not in short else family
    return f"{_written(family)} {_written(name) if ' ' in name else name}"


def _written(text: str) -> str:
    """Words in capitals as they are otherwise written; those of a short name are its acronym."""
    return text.capitalize() if text.isupper() and len(text) > _ACRONYM else text
