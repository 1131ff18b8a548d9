"""Whether a unit of the exam is obligatory or optional: what its table says of it."""

from __future__ import annotations

import re

from assistant.answers import Answer, Kind
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.subjects import asked_subjects

name = "obligation"


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """Which of the two the unit named is; None where that is not what is asked, or no table says it."""
    asked = _asked(frame)
    of_something_else = "exam" in frame.elsewhere or frame.mode or asked_subjects(frame.words)
    if not asked or len(frame.units) != 1 or of_something_else:
        return None
    kind, facts = _kind(frame, knowledge, frame.units[0])
    if not facts:
        return None
    text, cited = _line(frame, knowledge, frame.units[0], kind, asked), knowledge.cited(facts[:1])
    return Answer(frame.question, Kind.RULE, text, f"{name}.kind", citations=cited, scope=frame.scope)


def _asked(frame: Frame) -> set[str]:
    """Which of the two a question names, where it asks for nothing else."""
    words = sentences(name)["words"]
    if not re.search(words["asks"], frame.text):
        return set()
    kinds = {kind for kind in ("obligatory", "optional") if set(words[kind]) & set(frame.words)}
    other = set(frame.rest) - {*words["obligatory"], *words["optional"]}
    return set() if frame.asked or frame.marks or frame.numbers or other or "points" in frame.wants else kinds


def _kind(frame: Frame, knowledge: Knowledge, unit: str) -> tuple[str, list[Fact]]:
    """What a unit is, with the facts that say it: one that has a coefficient counts for all."""
    optional = unit in knowledge.vocabulary.optional
    prop = "optional" if optional else "coefficient"
    return ("optional" if optional else "obligatory"), list(knowledge.facts.about(unit, prop, frame.scope))


def _line(frame: Frame, knowledge: Knowledge, unit: str, kind: str, asked: set[str]) -> str:
    said = sentences(name)["kind"]
    opening = "" if len(asked) > 1 else said["yes" if kind in asked else "no"]
    return opening + str(said[kind].format(unit=knowledge.vocabulary.label(unit, frame.scope.diploma)))
