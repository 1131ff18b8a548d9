"""A new topic is one module and one TOML file: the example of CONTRIBUTING.md, added as it stands there."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from assistant import sheets
from assistant.answers import Kind
from assistant.assistant import Assistant
from assistant.rules.order import RULES

GUIDE = (Path(__file__).parents[2] / "CONTRIBUTING.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    """The only block of the guide in a language that speaks of the agenda."""
    (found,) = [code for code in re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL) if "genda" in code]
    return str(found)


@pytest.fixture
def extended(starting: Assistant, monkeypatch: pytest.MonkeyPatch) -> Assistant:
    """The starter library's assistant with the topic before all others."""
    shipped = sheets.text_of
    monkeypatch.setattr(sheets, "text_of", lambda name: block("toml") if name == "rules/agenda.toml" else shipped(name))
    topic = ModuleType("assistant.rules.agenda")
    monkeypatch.setitem(sys.modules, topic.__name__, topic)
    exec(compile(block("python"), "agenda.py", "exec"), topic.__dict__)  # noqa: S102 - our own guide
    held = starting.knowledge
    return Assistant(held.documents, starting.passages, starting.searcher, held.facts, rules=(topic, *RULES))


def test_the_topic_of_the_guide_answers_with_its_facts_and_their_words(extended: Assistant) -> None:
    answer = extended.answer("quoi de prévu cette semaine ?", today=date(2026, 1, 29))
    assert (answer.kind, answer.rule) == (Kind.RULE, "agenda")
    assert "31/01/2026" in answer.text
    assert any("31/01/2026" in citation.quote for citation in answer.citations)


def test_it_is_silent_where_nothing_is_dated_and_leaves_other_questions_alone(extended: Assistant) -> None:
    assert extended.answer("quoi de prévu cette semaine ?", today=date(2027, 1, 5)).kind is Kind.ABSTENTION
    assert extended.answer("coef E5 ?", today=date(2027, 2, 1)).rule == "exam.coefficient"
