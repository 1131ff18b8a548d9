"""What the documents say of the files that a candidate hands in: sentences, rows and lists, each of its kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.knowledge import Knowledge
from assistant.prose import sentences_of
from assistant.scopes import section_scope
from assistant.sheets import sheet
from corpus.documents import Block, BlockKind, Document, Scope
from index.text import fold

SHEET = "checklist.toml"
_INTRODUCES = re.compile(r":\s*$")
_LEAST_NAME = 8  # letters of a name that tells a unit wherever it stands


@dataclass(frozen=True, slots=True)
class Statement:
    """An exact slice of a document that says one thing of a dossier. `units` are the subjects that it, or the heading
    over it, names: none where it holds for any. `scope` is that of its document and of its section."""

    kind: str
    units: frozenset[str]
    document: str
    start: int
    end: int
    text: str
    scope: Scope

    def says(self, what: str) -> bool:
        """Whether it matches one of the expressions of the sheet ("shared", "pages", "unseen", "deadline")."""
        return bool(_expression(what).search(fold(self.text)))


@dataclass(frozen=True, slots=True)
class Kind:
    """What a statement is of: a deposit, a form... `tick`: there is something to do."""

    name: str
    label: str
    tick: bool
    find: re.Pattern[str]
    unless: re.Pattern[str] | None


@cache
def kinds() -> tuple[Kind, ...]:
    """The kinds, in the order in which they are tried."""
    return tuple(_kind(entry) for entry in sheet(SHEET)["kind"])


def _kind(entry: Mapping[str, Any]) -> Kind:
    unless = re.compile(entry["unless"]) if "unless" in entry else None
    return Kind(entry["name"], entry["label"], entry.get("tick", False), re.compile(entry["find"]), unless)


@cache
def _expression(name: str) -> re.Pattern[str]:
    return re.compile(sheet(SHEET)[name])


def statements(knowledge: Knowledge, diploma: str | None) -> list[Statement]:
    """All that is said of dossiers in the documents of a diploma, and in those that name none, in their order."""
    namer = _Namer(knowledge, diploma)
    found = {document.slug: {document.scope.diploma} for document in knowledge.documents.values()}
    for fact in knowledge.facts.facts:
        found[fact.document].add(fact.scope.diploma)
    named = {slug: diplomas - {None} for slug, diplomas in found.items()}
    documents = [d for d in knowledge.documents.values() if not named[d.slug] or diploma in named[d.slug]]
    return [said for document in documents for said in _of_document(document, knowledge, namer)]


def _of_document(document: Document, knowledge: Knowledge, namer: _Namer) -> Iterator[Statement]:
    common = _common_sections(document, knowledge)
    taken = 0
    for block, section in document.sections():
        if block.kind is BlockKind.HEADING or block.header or block.start < taken:
            continue
        heading, is_common = section[-1] if section else "", " > ".join(section) in common
        of_heading = namer.coded(heading)
        for start, end in sentences_of(document, block):
            whole = _with_its_list(document, block, end)
            text = document.text[start:whole]
            kind = _kind_of(text, heading if is_common or of_heading else "")
            if kind is None:
                continue
            units = namer.named(text) or of_heading
            if units or is_common:
                taken = max(taken, whole)
                scope = document.scope.narrowed(section_scope(section, document))
                yield Statement(kind.name, units, document.slug, start, whole, text, scope)


def _kind_of(text: str, heading: str) -> Kind | None:
    """What a text says of a dossier; the heading over it may be what says that it is about one."""
    plain = fold(text)
    if not _expression("about").search(f"{plain} {fold(heading)}"):
        return None
    return next((k for k in kinds() if k.find.search(plain) and not (k.unless and k.unless.search(plain))), None)


def _with_its_list(document: Document, block: Block, end: int) -> int:
    """Where a sentence ends, with the items that it introduces."""
    if end < block.end or not _INTRODUCES.search(document.slice(block)):
        return end
    for following in document.blocks_between(block.end, len(document.text)):
        if following.start < block.end:
            continue
        if following.kind is not BlockKind.ITEM or following.level < block.level:
            break
        end = following.end
    return end


def _common_sections(document: Document, knowledge: Knowledge) -> set[str]:
    """The sections that give a size or a format for the dossiers of the exam, whichever they are."""
    held = [f for prop in ("file_size", "file_format") for f in knowledge.facts.about("dossier", prop)]
    places = {knowledge.section(f.document, f.evidence[0].start) for f in held if f.document == document.slug}
    texts = dict.fromkeys(places, "")
    for block, section in document.sections():
        if (path := " > ".join(section)) in texts:
            texts[path] += f" {document.slice(block)}"
    return {path for path, text in texts.items() if _expression("exam").search(fold(f"{path} {text}"))}


class _Namer:
    """Finds the units of a diploma that a text names, by code or by name."""

    def __init__(self, knowledge: Knowledge, diploma: str | None) -> None:
        names = knowledge.vocabulary
        own = set(names.subjects(diploma))
        self._codes = {subject.removeprefix("unit:"): subject for subject in names.subjects(diploma)}
        told = {(fold(name.name), name.subject) for name in names.units if name.subject in own}
        self._names = sorted((name, subject) for name, subject in told if len(name) >= _LEAST_NAME)

    def coded(self, text: str) -> frozenset[str]:
        words = set(re.findall(r"\w+", text))
        return frozenset(subject for code, subject in self._codes.items() if code in words)

    def named(self, text: str) -> frozenset[str]:
        """Those named; a unit whose parts are named too is not."""
        plain = fold(text)
        every = self.coded(text) | {subject for name, subject in self._names if name in plain}
        return frozenset(one for one in every if not any(other != one and other.startswith(one) for other in every))
