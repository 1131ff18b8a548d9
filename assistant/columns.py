"""The columns of a table by their headers: the exam unit, the candidate's status, or a property."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.properties import Property, properties
from assistant.scopes import statuses
from corpus.documents import Block, Cell, Document
from index.text import fold

_UNIT_HEADERS = ("epreuve", "sous-epreuve", "sous epreuve", "unite", "bloc", "ue")
_PARTS = re.compile(r"[:(/-]")
_STATUS_HEADERS = ("statut", "candidat", "voie", "public")


@dataclass(frozen=True, slots=True)
class Column:
    """What a column holds: the unit itself, the candidate's status, or a property.

    `over` is what stands in the header above its own.
    """

    index: int
    label: str
    over: str
    is_unit: bool
    is_status: bool
    property: Property | None


def columns_of(document: Document, header: list[Block]) -> list[Column]:
    """The columns of a table, from the rows of its header; none where it has no header."""
    if not header:
        return []
    over: defaultdict[int, list[str]] = defaultdict(list)
    for block in header[:-1]:
        for cell in block.cells:
            for index in range(cell.column, cell.column + cell.span):
                over[index].append(document.slice(cell))
    return [_column(index, label, over[index]) for cell in header[-1].cells for index, label in _labels(document, cell)]


def _labels(document: Document, cell: Cell) -> list[tuple[int, str]]:
    """The columns that a cell of the last row of a header labels: a blank one leaves each of its own to those above."""
    label = document.slice(cell)
    last = cell.column + (1 if label.strip() else cell.span)
    return [(index, label) for index in range(cell.column, last)]


def _column(index: int, label: str, titles: Sequence[str]) -> Column:
    above = [title for title in titles if title.strip()]
    if not label.strip() and above:  # a title that comes down over several rows
        label = above.pop()
    over, plain = " ".join(above), fold(label).strip()
    is_unit, is_status = plain.startswith(_UNIT_HEADERS), plain.startswith(_STATUS_HEADERS)
    if not is_unit and property_headed(plain) is None and statuses(label):  # "Élèves : forme", "Durée (apprentis)"
        parts = (part.strip(" )") for part in _PARTS.split(plain))
        if found := next((prop for part in parts if (prop := property_headed(part))), None):
            return Column(index, label, f"{over} {label}", False, False, found)
    headed = None if is_unit else property_headed(plain)
    if headed is None and not is_unit and statuses(label):  # under "Candidats individuels", how they take the exam
        return Column(index, label, f"{over} {label}", False, False, properties()["mode"])
    return Column(index, label, over, is_unit, is_status, headed)


def property_headed(plain: str) -> Property | None:
    """The property that a folded header or label announces; the longest announcement wins."""
    named = [(len(h), p) for p in properties().values() for h in p.headers if _heads(h, plain)]
    return max(named, key=lambda pair: pair[0])[1] if named else None


def _heads(header: str, plain: str) -> bool:
    return plain.startswith(header[:-1]) if header.endswith("*") else plain == header
