"""The dates of exam units told in lines: "EP2 Fabrication (pratique, 18 h)", then "Académie de X : du 7 au 9 juin"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.dates import find
from assistant.facts import Evidence, Fact
from assistant.scopes import section_scope
from assistant.tables import subject_of, unit_code
from corpus.documents import Block, BlockKind, Document, Scope
from index.text import fold, tokens

_UNIT = re.compile(r"^(?P<code>[A-Z]{1,3} ?[0-9]{1,3})\b")
# What may stand before the date of a unit: the academy it is for, or nothing that says of what it is.
_LEADS = re.compile(
    r"(?:acad[ée]mies? (?:de |d['’]|des ).{2,60}|le|la|du|dates?|[ée]preuve|jour)?\s*:?\s*(?:le|du)?\s*", re.IGNORECASE
)
_NAMED = re.compile(r"[A-Z]{1,3} ?[0-9]{1,3}\b[^:]{0,120}(?::\s*)?(?:le|du)?\s*", re.IGNORECASE)
# What else is dated about an exam than the day it is taken.
_OTHER = re.compile(
    r"reunion|harmonisation|entente|correction|commission|depot|remise|jury|delibera|resultat|convocation|inscri|controle"
)
_ACADEMY = re.compile(r"acad[ée]mies? (?:de |d['’]|des )(?P<name>[^:,(]{2,60})", re.IGNORECASE)
_LONGEST = 200
_DEPOSIT = re.compile(r"\b(?:depots?|remise|televers\w+|date limite de (?:depot|remise))\b")
_UNTIL = re.compile(r"\s*(?:(?:au plus tard|avant|jusqu.au|pour|date limite)?\s*:?\s*(?:le|au)?)?\s*")


def read_deposits(document: Document) -> Iterator[Fact]:
    """The last day to hand in the file of the only unit that a dated label names: "Dépôt du dossier EP3 | 26 mars"."""
    for block, section in document.sections():
        text = document.slice(block)
        label, _, value = text.partition(" | " if block.kind is BlockKind.ROW else " : ")
        codes = {code for token in tokens(label) if (code := unit_code(token.text))}
        if block.kind is BlockKind.HEADING or len(codes) != 1 or not _DEPOSIT.search(fold(label)):
            continue
        scope = document.scope.narrowed(section_scope(section, document))
        whens = find(value, scope.session)
        if len(whens) == 1 and not whens[0].by_month and _ends(value[: whens[0].start]):
            shown = value[whens[0].start : whens[0].end]
            evidence = (Evidence(document.slug, block.start, block.end, text),)
            day = f"{whens[0].last}/{whens[0].last}"
            yield Fact(subject_of(codes.pop()), "deposit", day, shown, scope, evidence)


def _ends(before: str) -> bool:
    """Whether what stands before a date leads to nothing else than it: "au plus tard le"."""
    return bool(_UNTIL.fullmatch(fold(before)))


def read_exam_dates(document: Document) -> Iterator[Fact]:
    """The dates of each unit that a line begins with, on that line or on the lines right below it; those of its parts
    ("E2 Anglais : …", "E2 Espagnol : …") are told together, and contradict nothing."""
    groups: dict[tuple[str, Scope], list[Fact]] = {}
    for fact in _of_lines(document):
        groups.setdefault((fact.subject, fact.scope), []).append(fact)
    for facts in groups.values():
        labels = [_label(fact) for fact in facts]
        yield from [_together(facts)] if len(set(labels)) == len(facts) > 1 and all(labels) else facts


def _label(fact: Fact) -> str:
    """What a line says between the code of its unit and its date: "Anglais"."""
    line = fact.evidence[-1].quote
    code = _UNIT.match(line)
    label = line[code.end() : line.find(fact.shown)] if code and fact.shown in line else ""
    return re.sub(r"[ :–-]*\b(?:du|le|les|au)?[ :–-]*$", "", label).strip(" :–-")


def _together(facts: Sequence[Fact]) -> Fact:
    """One fact with the dates of several, each as its line says it."""
    return replace(
        facts[0],
        value="; ".join(fact.value for fact in facts),
        shown=" ; ".join(f"{_label(fact)} : {fact.shown}" for fact in facts),
        evidence=tuple(evidence for fact in facts for evidence in fact.evidence),
    )


def _of_lines(document: Document) -> Iterator[Fact]:
    """The dated lines of units, one by one."""
    unit: Block | None = None
    for block, section in document.sections():
        text = document.slice(block)
        if block.kind in (BlockKind.HEADING, BlockKind.ROW) or len(text) > _LONGEST:
            unit = None
            continue
        match = _UNIT.match(text)
        named = match is not None and unit_code(match["code"]) is not None
        unit = block if named else unit
        if unit is not None:
            scope = document.scope.narrowed(section_scope(section, document))
            found = list(_dates(document, unit, block, scope))
            yield from found
            unit = unit if found or named else None


def _dates(document: Document, unit: Block, block: Block, scope: Scope) -> Iterator[Fact]:
    """The date of a line, where it is the unit's: what stands before it names an academy at most, or the unit."""
    text = document.slice(block)
    whens = find(text, scope.session)
    if not whens or any(when.by_month for when in whens):
        return
    before = text[: whens[0].start]
    leads = _LEADS.fullmatch(before) or (block is unit and _NAMED.fullmatch(before))
    academies = _academies(before, scope)
    if not leads or academies is None or _OTHER.search(fold(text)):
        return
    code = unit_code(document.slice(unit)[:12]) or ""
    value = "; ".join(f"{when.first}/{when.last}" for when in whens)
    shown = text[whens[0].start : whens[-1].end]
    evidence = [Evidence(document.slug, b.start, b.end, document.slice(b)) for b in dict.fromkeys((block, unit))]
    yield Fact(subject_of(code), "date", value, shown, replace(scope, academies=academies), tuple(evidence))


def _academies(before: str, scope: Scope) -> tuple[str, ...] | None:
    """The academies that the words before a date name, else those of the document; None where they name one that the
    document is not of."""
    named = _ACADEMY.search(before)
    if named is None:
        return scope.academies
    if not scope.academies:
        return (named["name"].strip(),)
    return tuple(name for name in scope.academies if fold(name) in fold(before)) or None
