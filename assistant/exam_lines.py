"""Facts from lines that name an exam unit: "E5 – Gestion : écrit, 3 h, coefficient 3"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant import values
from assistant.facts import Evidence, Fact
from assistant.properties import properties
from assistant.prose import sentences_of
from assistant.scopes import section_scope, statuses
from assistant.tables import subject_of, unit_code, unit_name, with_pathway
from corpus.documents import Block, BlockKind, Document, Scope
from index.text import fold, tokens

_LINE = re.compile(r"^(?P<unit>[A-Z]{1,4} ?[0-9]{1,3}(?:\.[0-9])?\b[^:(]{0,120}?) ?[:(] ?(?P<says>.+)$", re.DOTALL)
_COEFFICIENT = re.compile(r"\bcoef(?:f?icients?|f)?\.? ?:? ?(?:de )?(?P<n>[0-9]{1,2}(?:[.,][0-9])?)(?![0-9])")
_LASTS = re.compile(r"\b(?:dure|durent|(?:est )?d'une duree de|duree de|duree est de)\s+(?=[0-9]{1,3} ?(?:h|min))")
_CONDITION = re.compile(r"\b(?:si|lorsqu\w*|quand|en cas|sauf|absent)\b")
_LONGEST = 300
_LENGTH = 14  # characters of a duration


@dataclass(frozen=True, slots=True)
class _Line:
    """A unit's line: what stands before its colon and after, its scope, its words."""

    unit: str
    says: str
    scope: Scope
    evidence: tuple[Evidence, ...]

    @property
    def optional(self) -> bool:
        return values.optional(f"{self.unit} {self.says}")


def read_exam_lines(document: Document) -> Iterator[Fact]:
    """The facts of the lines outside tables that give a unit's coefficient, or both its form and its duration."""
    for block, section in document.sections():
        text = document.slice(block)
        if block.kind in (BlockKind.ROW, BlockKind.HEADING) or len(text) > _LONGEST:
            continue
        match = _LINE.match(text)
        if match and unit_code(match["unit"]) and not _CONDITION.search(fold(match["says"])):
            evidence = (Evidence(document.slug, block.start, block.end, text),)
            yield from _facts(_Line(match["unit"], match["says"], _scope(document, section), evidence))
        else:
            yield from _lengths(document, block, section)


def _lengths(document: Document, block: Block, section: tuple[str, ...]) -> Iterator[Fact]:
    """How long a unit lasts, where a sentence on that one alone says so: "L'oral de l'épreuve E3 dure 40 minutes"."""
    for start, end in sentences_of(document, block):
        sentence = document.text[start:end]
        codes = {code for word in tokens(sentence) if (code := unit_code(word.text))}
        match = _LASTS.search(fold(sentence)) if len(codes) == 1 else None
        if match and (lasting := values.minutes(fold(sentence)[match.end() : match.end() + _LENGTH])):
            evidence = (Evidence(document.slug, start, end, sentence),)
            shown = values.lasting(lasting)
            yield Fact(subject_of(codes.pop()), "duration", str(lasting), shown, _scope(document, section), evidence)


def _facts(line: _Line) -> Iterator[Fact]:
    """The unit's facts; each phrase of the line is of the statuses that it names."""
    subject = subject_of(unit_code(line.unit) or "")
    cases = [(statuses(phrase) or line.scope.status, dict(_said(phrase))) for phrase in line.says.split(";")]
    known = {prop for _, found in cases for prop in found}
    if "coefficient" not in known and not {"mode", "duration"} <= known:
        return
    name = unit_name(line.unit)
    if name:
        yield Fact(subject, "name", fold(name), name, line.scope, line.evidence)
    if line.optional:
        yield Fact(subject, "optional", "oui", name or line.unit, line.scope, line.evidence)
    for status, found in cases:
        scope = replace(line.scope, status=status)
        for prop, (value, shown) in found.items():
            yield Fact(subject, prop, value, shown, with_pathway(properties()[prop], scope), line.evidence)


def _said(text: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each property that a text states, with its value and its words."""
    if match := _COEFFICIENT.search(fold(text)):
        exact = values.number(match["n"])
        yield "coefficient", (f"{exact.normalize():f}", values.french(exact))
    timing = values.timing(text)
    for name, minutes in (("duration", timing.duration), ("preparation", timing.preparation)):
        if minutes is not None:
            yield name, (str(minutes), values.lasting(minutes))
    for name, read in (("mode", values.mode), ("regime", values.regime)):
        if value := read(text):
            yield name, (value, value)


def _scope(document: Document, section: tuple[str, ...]) -> Scope:
    """The document's scope, with the academy and the status that the headings name."""
    scope = document.scope.narrowed(section_scope(section, document))
    named = statuses(section[-1]) if section else ()
    return replace(scope, status=named)
