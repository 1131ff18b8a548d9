"""Facts from lines that name an exam unit: "E5 – Gestion : écrit, 3 h, coefficient 3"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant import values
from assistant.facts import Evidence, Fact, Property, properties
from assistant.scopes import diploma_named, section_scope, statuses
from assistant.tables import subject_of, unit_code, unit_name
from corpus.documents import BlockKind, Document, Scope
from index.text import fold

_LINE = re.compile(r"^(?P<unit>[A-Z]{1,4} ?[0-9]{1,3}(?:\.[0-9])?\b[^:(]{0,120}?) ?[:(] ?(?P<says>.+)$", re.DOTALL)
_COEFFICIENT = re.compile(r"\bcoef(?:f?icients?|f)?\.? ?:? ?(?:de )?(?P<n>[0-9]{1,2}(?:[.,][0-9])?)(?![0-9])")
_OPTIONAL = re.compile(r"\boption|\bfacultati")
_LONGEST = 300


def read_exam_lines(document: Document) -> Iterator[Fact]:
    """The facts of the lines outside tables that give a unit's coefficient, or both its form and its duration."""
    for block, section in document.sections():
        text = document.slice(block)
        if block.kind in (BlockKind.ROW, BlockKind.HEADING) or len(text) > _LONGEST:
            continue
        match = _LINE.match(text)
        unit = unit_code(match["unit"]) if match else None
        if match is None or unit is None:
            continue
        found = dict(_said(match["says"]))
        if "coefficient" in found or {"mode", "duration"} <= found.keys():
            scope = _scope(document, section, match["says"])
            evidence = (Evidence(document.slug, block.start, block.end, text),)
            yield from _facts(subject_of(unit), match["unit"], found, scope, evidence, optional=_is_optional(text))


def _said(text: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each property that a text states, with its value and its words."""
    if match := _COEFFICIENT.search(fold(text)):
        shown = values.french(values.number(match["n"]))
        yield "coefficient", (f"{values.number(match['n']).normalize():f}", shown)
    timing = values.timing(text)
    for name, minutes in (("duration", timing.duration), ("preparation", timing.preparation)):
        if minutes is not None:
            yield name, (str(minutes), values.lasting(minutes))
    for name, read in (("mode", values.mode), ("regime", values.regime)):
        if value := read(text):
            yield name, (value, value)


def _facts(
    subject: str,
    unit: str,
    found: dict[str, tuple[str, str]],
    scope: Scope,
    evidence: tuple[Evidence, ...],
    optional: bool,
) -> Iterator[Fact]:
    name = unit_name(unit)
    if name:
        yield Fact(subject, "name", fold(name), name, scope, evidence)
    if optional:
        yield Fact(subject, "optional", "oui", name or unit, scope, evidence)
    for key, (value, shown) in found.items():
        yield Fact(subject, key, value, shown, _with_pathway(properties()[key], scope), evidence)


def _scope(document: Document, section: tuple[str, ...], says: str) -> Scope:
    scope = document.scope.narrowed(section_scope(section, document))
    return replace(scope, diploma=scope.diploma or diploma_named(document.title), status=statuses(says))


def _with_pathway(prop: Property, scope: Scope) -> Scope:
    return replace(scope, status=scope.pathway) if prop.by_pathway and not scope.status else scope


def _is_optional(text: str) -> bool:
    return bool(_OPTIONAL.search(fold(text)))
