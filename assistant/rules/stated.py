"""What the documents state outright: one property, its value as a sentence, or the contradiction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from assistant.answers import Answer, Kind
from assistant.cases import find_cases
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.rules.contradictions import contradicted

name = "stated"


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The first stated property whose words the question holds and that a document states."""
    # A unit that the documents call optional is asked about as one, by whatever code or name it goes.
    optional = any(unit in knowledge.vocabulary.optional for unit in frame.units)
    plain = f" {frame.text} option " if optional else f" {frame.text} "
    for prop, entry in sentences(name).items():
        if not _asks(plain, entry):
            continue
        if facts := knowledge.facts.about(entry["subject"], prop, frame.scope):
            return _told(frame, knowledge, prop, entry, facts)
    return None


def _asks(plain: str, entry: Mapping[str, Any]) -> bool:
    if any(f" {form} " in plain for form in entry.get("unless", ())):
        return False
    lists = (entry[key] for key in ("asked", "with", "and") if key in entry)
    return all(any(f" {form.replace(chr(39), ' ')} " in plain for form in forms) for forms in lists)


def _told(frame: Frame, knowledge: Knowledge, prop: str, entry: Mapping[str, Any], facts: Sequence[Fact]) -> Answer:
    finding = find_cases(facts)
    words = {fact.value: fact.shown if entry.get("shown") else _worded(entry, fact.value) for fact in facts}
    lines = [entry["sentence"].format(value=words[case.value]) for case in finding.cases]
    ruled = Answer(
        frame.question,
        Kind.RULE,
        "\n".join(lines),
        f"{name}.{prop}",
        citations=knowledge.cited(facts),
        scope=frame.scope,
    )
    if not finding.clash:
        return ruled
    return contradicted(ruled, knowledge, entry["about"], finding.clash, words)


def worded(prop: str, value: str) -> str:
    """A value of a stated property as people read it."""
    return _worded(sentences(name)[prop], value)


def _worded(entry: Mapping[str, Any], value: str) -> str:
    known: str | None = entry["values"].get(value)
    if known is not None:
        return known
    signs = {">=": "égale ou supérieure à ", ">": "supérieure à "}
    sign = next((sign for sign in signs if value.startswith(sign)), None)
    return signs[sign] + value.removeprefix(sign) if sign else entry.get("prefix", "") + value
