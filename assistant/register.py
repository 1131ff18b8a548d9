"""The register of disagreements: every contradiction between documents, said as people read it."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers import Disagreement
from assistant.facts import Fact
from assistant.knowledge import Knowledge
from assistant.properties import properties
from assistant.rules.exam_words import worded
from assistant.rules.pass_mark import rule_words


def register(knowledge: Knowledge) -> list[Disagreement]:
    """Every contradiction, each value with its words."""
    return [disagreement(knowledge, clash) for clash in knowledge.facts.disagreements()]


def disagreement(knowledge: Knowledge, clash: Sequence[Fact]) -> Disagreement:
    """Facts that contradict each other, with what they are about and each value in words."""
    named = ", ".join(filter(None, (about(knowledge, clash[0]), properties()[clash[0].prop].label)))
    return knowledge.disagreement(named, clash, {fact.value: _value(fact) for fact in clash})


def _value(fact: Fact) -> str:
    if fact.prop == "pass_mark":
        return rule_words(fact.value)
    measured = fact.subject.startswith("unit:") and properties()[fact.prop].type != "when"
    return worded(fact.prop, fact.value) if measured else " ".join(fact.shown.split())


def about(knowledge: Knowledge, fact: Fact) -> str:
    """What a fact is about: its unit, the heading over its date, the name of its subject; empty for a whole diploma."""
    kind, _, name = fact.subject.partition(":")
    if kind == "unit":
        return knowledge.vocabulary.label(fact.subject, fact.scope.diploma)
    return knowledge.heading(fact) if kind == "event" else name
