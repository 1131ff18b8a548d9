"""The footnotes of a DOCX, which lie in a part of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

CALL = qn("w:footnoteReference")
Xml = Any  # elements of the file carry no types


def texts(document: Xml) -> dict[int, str]:
    """The text of each footnote by its number."""
    for relation in document.part.rels.values():
        if relation.reltype.endswith("/footnotes") and not relation.is_external:
            return _texts(relation.target_part.blob)
    return {}


def _texts(part: bytes) -> dict[int, str]:
    try:
        notes = parse_xml(part).findall(qn("w:footnote"))
    except SyntaxError:  # what lxml raises for a broken part
        return {}
    return {number(note): "".join(node.text or "" for node in note.iter(qn("w:t"))) for note in notes}


def number(node: Xml) -> int:
    """The number of a footnote or of a call to it, 0 where it has none."""
    value = node.get(qn("w:id"), "")
    return int(value) if value.isdecimal() else 0


def called(element: Xml) -> Iterator[int]:
    """The footnotes that an element calls, in order."""
    return (number(node) for node in element.iter(CALL))
