"""Whom to contact: the telephone numbers and addresses that the documents give whole, in their own words.

A number or an address that is cut short ("ce.0….@…") is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.knowledge import Knowledge
from corpus.documents import Block, BlockKind, Citation, Document, Scope

TELEPHONE = re.compile(r"(?<![\d.+])(?:\+33 ?(?:\(0\) ?)?|0)[1-9](?:[ .\u00a0-]?\d{2}){4}(?![\d])")
EMAIL = re.compile(r"(?<![\w.+…-])[A-Za-z0-9][\w.+-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}(?![\w@…])")
_PLACED = ("diploma", "school", "city", "academies")
_LINES = 3  # of one document
_LONGEST = 160  # characters of a line that gives a contact


@dataclass(frozen=True, slots=True)
class Contact:
    """Whose contact it is (a school, else who speaks in the document), and the lines that give it."""

    name: str
    citations: tuple[Citation, ...]


def contacts(knowledge: Knowledge, scope: Scope) -> tuple[Contact, ...]:
    """Whom an asker of this scope may contact; where it names no place, the schools that the documents speak of."""
    found: dict[str, Contact] = {}
    for document in knowledge.documents.values():
        name = document.scope.school
        if name and name not in found and _may_answer(document, scope):
            lines = tuple(knowledge.cite(document.slug, *span) for span in _lines(document)[:_LINES])
            found |= {name: Contact(name, lines)} if lines else {}
    return tuple(found.values())


def _may_answer(document: Document, scope: Scope) -> bool:
    """Whether a school may answer an asker: one of an academy asks a school that is known to be of it."""
    return document.scope.compatible(scope, _PLACED) and bool(document.scope.academies or not scope.academies)


def _lines(document: Document) -> Sequence[tuple[int, int]]:
    """The lines of the place of a document that gives most numbers and addresses, each once."""
    places: list[list[Block]] = []
    for block in document.blocks:
        if block.kind is BlockKind.ROW or block.end - block.start > _LONGEST or not any(_given(document.slice(block))):
            continue
        if not places or block.start - places[-1][-1].end > _LONGEST:
            places.append([])
        places[-1].append(block)
    best = max(places, key=lambda place: len(_distinct(document, place)), default=[])
    return [(block.start, block.end) for block in _distinct(document, best).values()]


def _distinct(document: Document, place: Sequence[Block]) -> dict[str, Block]:
    """The blocks that give a number or an address for the first time, in their order, each under one that it gives."""
    firsts = {given: block for block in reversed(place) for given in _given(document.slice(block))}
    once = {(block.start, block.end): (given, block) for given, block in firsts.items()}
    return dict(once[key] for key in sorted(once))


def _given(text: str) -> Iterator[str]:
    for pattern in (TELEPHONE, EMAIL):
        yield from (re.sub(r"[ .\u00a0-]", "", match[0]).lower() for match in pattern.finditer(text))
