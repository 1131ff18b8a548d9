"""The exam, one unit at a time: coefficient, duration, preparation, form, name, and two units side by side."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answers import Answer, Kind
from assistant.cases import Case, Finding, find_cases
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.rules.contradictions import contradicted
from assistant.rules.exam_words import proposal, suggestions, worded
from assistant.subjects import asked_subjects
from assistant.values import french

name = "exam"
PROPERTIES = ("coefficient", "duration", "preparation", "mode", "regime", "credits", "name")
_COMPARED = ("coefficient", "duration")


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The answer on the units named, or None where none is named or something else is asked of them."""
    if "exam" in frame.elsewhere and not (frame.asked_of_exam or "share" in frame.wants):
        return None
    if _says("yearly", frame):
        return None
    asked = [prop for prop in frame.asked if prop in PROPERTIES]
    if frame.unknown_codes and not frame.units:
        return _unknown(frame, knowledge) if asked or len(frame.words) <= 6 else None
    if (
        not frame.units
        or (frame.asked and not asked and "share" not in frame.wants)
        or (asked == ["name"] and frame.rest)
    ):
        return None
    units = _narrowed(frame, knowledge)
    if {"coefficient"} & set(asked) and len(units) > 1 and ("total" in frame.wants or "+" in frame.question):
        return _sum(frame, knowledge, units)
    if "parts" in frame.wants and (children := knowledge.vocabulary.children(units[0])):
        return _ruled(
            frame, knowledge, "list", _lines(frame, knowledge, children), _names(knowledge, children), children
        )
    if "comparison" in frame.wants and len(units) == 2 and asked and asked[0] in _COMPARED:
        return _comparison(frame, knowledge, asked[0], units)
    if "share" in frame.wants and len(units) == 1:
        return _share(frame, knowledge, units[0])
    if not asked:
        apart = asked_subjects(frame.words) and not frame.coded  # "quelle langue à X ?" asks what is taught there
        return None if apart else _presented(frame, knowledge, units)
    return joined([_property(frame, knowledge, prop, unit) for unit in units for prop in asked])


def _says(what: str, frame: Frame) -> bool:
    return bool(re.search(sentences(name)["words"][what], frame.text))


def _narrowed(frame: Frame, knowledge: Knowledge) -> list[str]:
    """The sub-unit that "l'écrit d'anglais" means: the only one of the unit's that is taken that way."""
    narrowed = []
    for unit in frame.units:
        children = knowledge.vocabulary.children(unit)
        fitting = [c for c in children if frame.mode and frame.mode in _modes(knowledge, c)]
        narrowed.append(fitting[0] if len(fitting) == 1 and unit not in frame.coded else unit)
    return list(dict.fromkeys(narrowed))


def _modes(knowledge: Knowledge, unit: str) -> set[str]:
    return {fact.value for fact in knowledge.facts.about(unit, "mode")}


def _property(frame: Frame, knowledge: Knowledge, prop: str, unit: str) -> Answer:
    facts = knowledge.facts.about(unit, prop, frame.scope)
    if not facts:
        return _of_children(frame, knowledge, prop, unit) or _silent(frame, knowledge, prop, unit)
    label = knowledge.vocabulary.label(unit, frame.scope.diploma)
    if prop == "name":
        return _ruled(frame, knowledge, prop, sentences(name)["value"][prop].format(unit=label), facts, [unit])
    finding = find_cases(facts, knowledge.facts.clash(unit, prop))
    if finding.clash:
        return _disagreement(frame, knowledge, prop, unit, finding)
    if finding.value is not None:
        text = _verdict(frame, knowledge, prop, unit, label, finding.cases[0])
    else:
        text = _by_case(prop, label, finding.cases)
    return _ruled(frame, knowledge, prop, text, facts, [unit])


def _verdict(frame: Frame, knowledge: Knowledge, prop: str, unit: str, label: str, case: Case) -> str:
    said = sentences(name)
    parts = _parts(frame, knowledge, unit, case.value) if prop == "coefficient" else ""
    more = {"preparation": "", "duration": "", "parts": parts}
    other = {"duration": "preparation", "preparation": "duration"}.get(prop)
    if other and (beside := find_cases(knowledge.facts.about(unit, other, frame.scope)).value):
        more[other] = said["with"][other].format(value=worded(other, beside))
    sentence: str = said["value"][prop].format(unit=label, value=worded(prop, case.value), **more)
    return _yes_no(frame, prop, case.value) + sentence


def _parts(frame: Frame, knowledge: Knowledge, unit: str, whole: str) -> str:
    """The coefficients of the parts of a unit, where they make up its own."""
    children = knowledge.vocabulary.children(unit)
    values = [find_cases(knowledge.facts.about(part, "coefficient", frame.scope)).value for part in children]
    given = [(part.removeprefix("unit:"), value) for part, value in zip(children, values, strict=True) if value]
    if not given or sum(Decimal(value) for _, value in given) != Decimal(whole):
        return ""
    parts = ", ".join(f"{code} : {french(Decimal(value))}" for code, value in given)
    return str(sentences(name)["with"]["parts"].format(parts=parts))


def _yes_no(frame: Frame, prop: str, value: str) -> str:
    """ "Oui : " or "Non : " where the question proposes a value."""
    proposed = proposal(frame, prop)
    return "" if proposed is None else str(sentences(name)["yes_no"]["yes" if proposed == value else "no"])


def _by_case(prop: str, label: str, cases: Sequence[Case]) -> str:
    said = sentences(name)
    lines = [
        said["cases"]["line"].format(case=case.when or "sans précision", value=worded(prop, case.value))
        for case in cases
    ]
    return "\n".join([said["cases"]["opening"].format(unit=label, label=said["labels"][prop]), *lines])


def _of_children(frame: Frame, knowledge: Knowledge, prop: str, unit: str) -> Answer | None:
    """What the sub-units say where the unit's own cell is empty."""
    children = [c for c in knowledge.vocabulary.children(unit) if knowledge.facts.about(c, prop, frame.scope)]
    if not children:
        return None
    parts = [_property(frame, knowledge, prop, child) for child in children]
    said = sentences(name)
    label = knowledge.vocabulary.label(unit, frame.scope.diploma)
    opening = said["cases"]["by_unit"].format(unit=label, label=said["labels"][prop])
    return replace(joined(parts), text="\n".join([opening, *(f"- {part.text}" for part in parts)]))


def _disagreement(frame: Frame, knowledge: Knowledge, prop: str, unit: str, finding: Finding) -> Answer:
    said = sentences(name)
    about = said["disagreement"]["about"].format(
        label=said["labels"][prop], unit=knowledge.vocabulary.label(unit, frame.scope.diploma)
    )
    words = {fact.value: worded(prop, fact.value) for fact in finding.clash}
    ruled = _ruled(frame, knowledge, prop, "", finding.clash, [unit])
    return contradicted(ruled, knowledge, about, finding.clash, words)


def _silent(frame: Frame, knowledge: Knowledge, prop: str, unit: str) -> Answer:
    """No document gives the property: the row that should have is shown."""
    said = sentences(name)["silence"]
    rows = knowledge.facts.about(unit, "name")
    label = knowledge.vocabulary.label(unit, frame.scope.diploma)
    lines = [said["property"].format(label=sentences(name)["labels"][prop], unit=label)]
    lines += [said["empty"]] if any(_has_column(knowledge, fact, prop) for fact in rows) else []
    return Answer(
        frame.question, Kind.ABSTENTION, "\n".join([*lines, said["whom"]]), f"{name}.{prop}",
        citations=knowledge.cited(rows), scope=frame.scope, suggestions=suggestions(prop, unit),
    )  # fmt: skip


def _has_column(knowledge: Knowledge, row: Fact, prop: str) -> bool:
    """Whether the document of a row gives the property for another unit."""
    return prop in knowledge.facts.given(row.document)


def _unknown(frame: Frame, knowledge: Knowledge) -> Answer:
    said = sentences(name)["silence"]
    known = ", ".join(knowledge.vocabulary.unit_codes)
    lines = [said["unit"].format(codes=", ".join(frame.unknown_codes)), said["exist"].format(units=known), said["whom"]]
    return Answer(frame.question, Kind.ABSTENTION, "\n".join(lines if known else lines[::2]), name, scope=frame.scope)


def _presented(frame: Frame, knowledge: Knowledge, units: Sequence[str]) -> Answer | None:
    """A unit named and nothing asked of it: what the table says of it."""
    if not frame.names_only or "signing" in frame.wants or _says("other", frame):
        return None
    return _ruled(frame, knowledge, "unit", _lines(frame, knowledge, units), _names(knowledge, units), units)


def _lines(frame: Frame, knowledge: Knowledge, units: Sequence[str]) -> str:
    return "\n".join(line(frame, knowledge, unit) for unit in units)


def _names(knowledge: Knowledge, units: Sequence[str]) -> list[Fact]:
    return [fact for unit in units for fact in knowledge.facts.about(unit, "name")[:1]]


def line(frame: Frame, knowledge: Knowledge, unit: str) -> str:
    """One unit with its coefficient, form and length; what the documents dispute is said to be."""
    details = []
    for prop in ("coefficient", "mode", "duration"):
        finding = find_cases(knowledge.facts.about(unit, prop, frame.scope))
        if finding.value:
            details.append(("coefficient " if prop == "coefficient" else "") + worded(prop, finding.value))
        elif finding.clash:
            values = " ou ".join(dict.fromkeys(worded(prop, fact.value) for fact in finding.clash))
            details.append(sentences(name)["list"]["disputed"].format(values=values))
    label = knowledge.vocabulary.label(unit, frame.scope.diploma)
    said = f" : {', '.join(details)}" if details else ""
    return str(sentences(name)["list"]["line"].format(unit=label, details=said))


def _sum(frame: Frame, knowledge: Knowledge, units: Sequence[str]) -> Answer:
    """The coefficients of the units named, added up."""
    found = [(unit, find_cases(knowledge.facts.about(unit, "coefficient", frame.scope)).value) for unit in units]
    terms = [(unit, Decimal(value)) for unit, value in found if value]
    if len(terms) < len(units):
        return joined([_property(frame, knowledge, "coefficient", unit) for unit in units])
    total = sum((value for _, value in terms), Decimal(0))
    step = " + ".join(french(value) for _, value in terms) + f" = {french(total)}"
    codes = " + ".join(unit.removeprefix("unit:") for unit, _ in terms)
    facts = [knowledge.facts.about(unit, "coefficient", frame.scope)[0] for unit in units]
    text = sentences(name)["total"]["units"].format(codes=codes, step=step)
    return replace(_ruled(frame, knowledge, "coefficient", text, facts, units), rule=f"{name}.total", steps=(step,))


def _share(frame: Frame, knowledge: Knowledge, unit: str) -> Answer | None:
    """How much of the final mark a unit makes: its coefficient over the sum of the obligatory ones."""
    counted = knowledge.counted(frame.scope.diploma, frame.scope)
    weights = [find_cases(knowledge.facts.about(one, "coefficient", frame.scope)).value for one in (unit, *counted)]
    if None in weights or not counted:
        return _property(frame, knowledge, "coefficient", unit)
    own, *others = (Decimal(str(weight)) for weight in weights)
    total = sum(others, Decimal(0))
    share = french((100 * own / total).quantize(Decimal("0.01")))
    step = f"{french(own)} / {french(total)} = {share} %"
    label = knowledge.vocabulary.label(unit, frame.scope.diploma)
    text = sentences(name)["total"]["share"].format(unit=label, share=share, own=french(own), total=french(total))
    facts = [knowledge.facts.about(one, "coefficient", frame.scope)[0] for one in (unit, *counted)]
    told = _ruled(frame, knowledge, "coefficient", f"{text}\n{step}", facts, [unit])
    return replace(told, rule=f"{name}.share", steps=(step,))


def _comparison(frame: Frame, knowledge: Knowledge, prop: str, units: Sequence[str]) -> Answer:
    """Which of two units weighs more, or lasts longer."""
    found = [find_cases(knowledge.facts.about(unit, prop, frame.scope)).value for unit in units]
    if None in found or any("+" in str(value) for value in found):
        return joined([_property(frame, knowledge, prop, unit) for unit in units])
    a, b = (Decimal(str(value)) for value in found)
    key = "same" if a == b else "more" if a > b else "less"
    labels = [knowledge.vocabulary.label(unit, frame.scope.diploma) for unit in units]
    text = sentences(name)["comparison"][prop][key].format(
        one=labels[0], other=labels[1], a=worded(prop, str(found[0])), b=worded(prop, str(found[1]))
    )
    facts = [fact for unit in units for fact in knowledge.facts.about(unit, prop, frame.scope)[:1]]
    more, less, gap = (worded(prop, str(value)) for value in (max(a, b), min(a, b), abs(a - b)))
    steps = (f"{more} − {less} = {gap}",) if a != b else ()
    return replace(_ruled(frame, knowledge, prop, "\n".join([text, *steps]), facts, units), steps=steps)


def _ruled(
    frame: Frame, knowledge: Knowledge, prop: str, text: str, facts: Sequence[Fact], units: Sequence[str]
) -> Answer:
    return Answer(
        frame.question, Kind.RULE, text, f"{name}.{prop}",
        citations=knowledge.cited(facts), scope=frame.scope, suggestions=suggestions(prop, units[0]),
    )  # fmt: skip


def joined(parts: Sequence[Answer]) -> Answer:
    """Several answers as one: the first that is not an abstention gives its kind."""
    best = next((part for part in parts if part.kind is Kind.RULE), parts[0])
    if len(parts) == 1:
        return best
    citations = tuple(dict.fromkeys(c for part in parts for c in part.citations))
    return replace(
        best,
        text="\n".join(dict.fromkeys(part.text for part in parts)),
        citations=citations[:6],
        disagreements=tuple(d for part in parts for d in part.disagreements),
    )
