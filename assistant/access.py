"""What the documents of a school say of who may enter: the criteria that stand in sentences, and other ways in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.knowledge import Knowledge
from assistant.prose import sentences_of
from assistant.sheets import sheet
from corpus.documents import BlockKind, Citation, Document, Scope
from index.text import fold

SHEET = "criteria.toml"
_MOST_QUOTES = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A training in a school whose documents say who may enter; `key` is its name in addresses."""

    key: str
    label: str
    scope: Scope
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """What decides. `ask` is the question, empty where there is nothing to answer yet; `quotes` the words it is in."""

    name: str
    label: str
    ask: str
    quotes: tuple[Citation, ...]


def criteria(knowledge: Knowledge, place: Place) -> list[Criterion]:
    """The criteria that stand in sentences, with their words."""
    found: dict[str, list[Citation]] = {}
    for slug in place.documents:
        for sentence in _sentences(knowledge.documents[slug]):
            for entry in sheet(SHEET)["criterion"]:
                if _matches(entry, sentence):
                    found.setdefault(entry["name"], []).append(knowledge.cite(slug, sentence.start, sentence.end))
    return [
        Criterion(entry["name"], entry["label"], entry.get("ask", ""), tuple(found[entry["name"]][:_MOST_QUOTES]))
        for entry in sheet(SHEET)["criterion"]
        if entry["name"] in found
    ]


def told(document: Document, name: str) -> Iterator[tuple[int, int, str]]:
    """The slices of a document that give one criterion, or say that there is none, each with its folded words."""
    entry = next(entry for entry in [*sheet(SHEET)["criterion"], sheet(SHEET)["open"]] if entry["name"] == name)
    return ((s.start, s.end, s.text) for s in _sentences(document) if _matches(entry, s))


def _matches(entry: Mapping[str, Any], sentence: _Sentence) -> bool:
    """Whether a sentence gives a criterion: by its heading and its words, or by words that say it anywhere."""
    told = sentence.is_on_access and _expression(entry["find"]).search(sentence.text)
    alone = "anywhere" in entry and _expression(entry["anywhere"]).match(sentence.text)
    return bool(told or alone) and not _expression(entry["unless"]).search(sentence.text)


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence, folded, and whether the headings over it are on who may enter."""

    start: int
    end: int
    text: str
    is_on_access: bool


@cache
def _expression(written: str) -> re.Pattern[str]:
    return re.compile(written)


def _sentences(document: Document) -> Iterator[_Sentence]:
    said = sheet(SHEET)
    for block, section in document.sections():
        if block.kind is BlockKind.HEADING or block.header:
            continue
        over = fold(" > ".join(section[-2:]))
        is_on_access = bool(_expression(said["section"]).search(over)) and not _expression(said["elsewhere"]).search(
            over
        )
        for start, end in sentences_of(document, block):
            yield _Sentence(start, end, fold(document.text[start:end]), is_on_access)


def alternatives(knowledge: Knowledge, place: Place) -> Iterator[Citation]:
    """The words on other ways in, of the place itself."""
    entry = {"find": sheet(SHEET)["alternative"], "unless": sheet(SHEET)["alternative_unless"]}
    for slug in place.documents:
        for sentence in _sentences(knowledge.documents[slug]):
            if _matches(entry, sentence):
                yield knowledge.cite(slug, sentence.start, sentence.end)
