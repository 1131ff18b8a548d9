"""The diploma that each document is about, by what its title and first lines say; one diploma, one name."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.links import LINKS
from assistant.scopes import words
from corpus.documents import BlockKind, Document
from index.text import fold, folded, tokens

_LINKED = re.compile(r"(?:des?|du|la|les?|en|à|pour|et|ou|portant|fixant|d['’]|l['’])(?:\s|\b)", re.IGNORECASE)
_YEARS = re.compile(r"\s*\b[0-9].*$")  # "BTS COM 26-27 VF", of a file's name
_AGAIN = 2  # times that a line may name one family and mean one diploma
_ACRONYM = 6  # letters of an acronym or of a family's ("BTSA")
_SAID = 4000  # code points in which a document writes its diploma's name in full
_OPENING = 8  # blocks in which a document says what it is
OF_STATE = "diplome d etat"  # the one family whose name follows a link: "d'accompagnant éducatif et social"
_BEGINNING = 3  # letters of a word that may stand for a longer one ("com")


def with_diplomas(documents: Iterable[Document]) -> list[Document]:
    """The documents, each of the diploma that its title or first lines name where nothing else says of which it is.

    One that several documents name in several ways ("BTS SIO", "BTS services informatiques aux organisations") has one
    name: what a manifest gives it, else the longest.
    """
    given = list(documents)
    own = [document.scope.diploma or _stated(document) for document in given]
    stated = [document.scope.diploma for document in given if document.scope.diploma]
    opening = [(name, document.text[:_SAID]) for name, document in zip(own, given, strict=True) if name]
    named = _one_name_each(stated, opening)
    return [
        replace(document, scope=replace(document.scope, diploma=named[name])) if name else document
        for document, name in zip(given, own, strict=True)
    ]


def _stated(document: Document) -> str | None:
    """The diploma that a document's title names, else that one of its first lines does, headings first."""
    opening = sorted(document.blocks[:_OPENING], key=lambda block: block.kind is not BlockKind.HEADING)
    lines = [document.slice(block) for block in opening if block.kind is not BlockKind.ROW]
    return diploma_named(document.title) or next(filter(None, map(_only_named, _joined(lines))), None)


def _joined(lines: Sequence[str]) -> list[str]:
    """Lines, one that is but the name of a family with the one after it: "CERTIFICAT D'APTITUDE…", "Spécialité…"."""
    bare = [i for i, line in enumerate(lines[:-1]) if _words_of(line) in words().families]
    return [f"{line} {lines[i + 1]}" if i in bare else line for i, line in enumerate(lines)]


def _only_named(text: str) -> str | None:
    """The diploma that a line names by its proper name, where it names no other: a list of those that one may come from
    names none, nor does a sentence on a family ("Le BTS est un diplôme...")."""
    found = list(words().diploma.finditer(fold(text)))
    families = {words().families[_words_of(match["family"])] for match in found}
    named = None if len(families) > 1 or len(found) > _AGAIN else diploma_named(text)
    return named if named and name_without_family(named)[:1].isupper() else None


def name_without_family(diploma: str) -> str:
    """What stands after the family in a diploma's name: "Menuisier" of "CAP Menuisier"."""
    written = tokens(diploma)
    family = max((len(one) for one in words().families if _words_of(diploma)[: len(one)] == one), default=0)
    return diploma[written[family - 1].end :].strip() if family else diploma


def diploma_named(text: str) -> str | None:
    """The diploma that a title or header names, as it is written ("BTS Assistant de manager"); one in capitals, or
    under the long name of its family, as it is otherwise written."""
    source = folded(text)
    match = words().inverted.search(source.text) or words().diploma.search(source.text)
    part = next((one for one in ("quoted", "name") if match and (match.groupdict().get(one) or "").strip()), None)
    if match is None or part is None:
        return None
    name = _YEARS.sub("", " ".join(text[slice(*source.span(*match.span(part)))].split()))
    short = words().families[_words_of(match["family"])]
    if short == OF_STATE:
        name = _LINKED.sub("", name, count=1)
    if _LINKED.match(name) or not name:  # "BUT DE L'ÉPREUVE" is an aim
        return None
    family = words().shown.get(short) or (short.upper() if len(short) <= _ACRONYM else short.capitalize())
    return f"{family} {_written(name)}"


def _written(text: str) -> str:
    """Words in capitals as they are otherwise written; those of a short name are its acronym, and no long one is."""
    return text.capitalize() if text.isupper() and len(text) > _ACRONYM else text


def split_diploma(diploma: str) -> tuple[str, list[str]]:
    """The family of a diploma, and the words of its name."""
    own = _words_of(diploma) or ("",)
    longest = max((one for one in words().families if own[: len(one)] == one), key=len, default=own[:1])
    return words().families.get(longest, own[0]), list(own[len(longest) :])


def _words_of(text: str) -> tuple[str, ...]:
    return tuple(token.text for token in tokens(text))


def initials(own: Sequence[str]) -> str:
    """What people shorten the words of a name to: "comptabilité et gestion" is "cg"; empty for a single word."""
    letters = "".join(word[0] for word in own if word not in LINKS)
    return letters if len(letters) > 1 and letters not in LINKS else ""


def _one_name_each(stated: Sequence[str], named: Sequence[tuple[str, str]]) -> Mapping[str, str]:
    """The name that stands for each, of names with the opening of a document that gives it: of those that name one
    diploma, the first stated, else the longest, and of the same words, those written with a capital."""
    texts: defaultdict[str, str] = defaultdict(str)
    for name, text in named:
        texts[name] += f" {_key(text)} "
    ranked = sorted(texts, key=lambda name: (name not in stated, -len(name), name_without_family(name)[:1].islower()))
    chosen: dict[str, str] = {}
    for name in ranked:
        alike = list(dict.fromkeys(chosen[other] for other in chosen if _is_same(name, other, texts, stated)))
        chosen[name] = alike[0] if len(alike) == 1 and name not in stated else name
    return chosen


def _key(text: str) -> str:
    return " ".join(_words_of(text))


def _is_same(one: str, other: str, texts: Mapping[str, str], stated: Sequence[str]) -> bool:
    """Whether two names are one diploma's: the same words, or a short form of the other's where a manifest states one
    of them, or where a document that gives the one writes the other too."""
    (family, mine), (family_of_other, others) = split_diploma(one), split_diploma(other)
    if family != family_of_other:
        return False
    short, long = sorted((mine, others), key=lambda words_: len(" ".join(words_)))
    said = one in stated or other in stated or f" {' '.join(long)} " in texts[one if short == mine else other]
    said = said or f" {' '.join(long)} {' '.join(short)} " in texts[other if short == mine else one]
    return mine == others or (said and _shortens(short, long))


def _shortens(short: Sequence[str], long: Sequence[str]) -> bool:
    """Whether some words are the initials of a name ("sio"), or its first words cut short ("com", "gest pme"): words
    that are whole are another diploma's name."""
    if len(short) == 1 and short[0] == initials(long):
        return True
    begun = [word for word in long if len(word) >= _BEGINNING]
    return (
        0 < len(short) <= len(begun)
        and min(map(len, short)) >= _BEGINNING
        and list(short) != begun[: len(short)]
        and all(full.startswith(word) for word, full in zip(short, begun, strict=False))
    )
