"""Facts from prose: the patterns, each with its own examples, and every fact's evidence."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest

from assistant.assistant import Assistant
from assistant.properties import properties
from assistant.prose import Pattern, patterns
from index.text import fold

WRITTEN: list[dict[str, Any]] = tomllib.loads(files("assistant").joinpath("patterns.toml").read_text("utf-8"))[
    "pattern"
]
PAIRS = [
    pytest.param(pattern, entry, id=f"{number}-{pattern.prop}")
    for number, (pattern, entry) in enumerate(zip(patterns(), WRITTEN, strict=True), 1)
]


def found(pattern: Pattern, sentence: str) -> str | None:
    plain = fold(sentence)
    match = pattern.find.search(plain)
    if not match or (pattern.unless and pattern.unless.search(plain)):
        return None
    return pattern.filled(match)


@pytest.mark.parametrize(("pattern", "entry"), PAIRS)
def test_a_pattern_finds_the_value_of_its_examples(pattern: Pattern, entry: dict[str, Any]) -> None:
    assert len(entry["examples"]) >= 2
    assert [found(pattern, said) for said, _ in entry["examples"]] == [value for _, value in entry["examples"]]


@pytest.mark.parametrize(("pattern", "entry"), PAIRS)
def test_a_pattern_leaves_its_counter_example_alone(pattern: Pattern, entry: dict[str, Any]) -> None:
    assert found(pattern, entry["counter"]) is None


@pytest.mark.parametrize(("pattern", "entry"), PAIRS)
def test_a_pattern_reads_a_property_that_is_declared(pattern: Pattern, entry: dict[str, Any]) -> None:
    assert pattern.prop in properties()


def test_every_fact_rests_on_an_exact_slice(library: Assistant) -> None:
    facts, documents = library.knowledge.facts, library.knowledge.documents
    assert len(facts) > 20
    assert facts.without_evidence(documents) == []
    for fact in facts.facts:
        for evidence in fact.evidence:
            assert evidence.quote == documents[evidence.document].text[evidence.start : evidence.end] != ""


def test_a_number_is_one_value_however_it_is_written() -> None:
    kept = next(pattern for pattern in patterns() if pattern.prop == "block_kept")
    said = ["Le bloc est conservé cinq ans.", "Le bloc est conservé 5 ans.", "Le bloc est conservé 05 ans."]
    assert {found(kept, sentence) for sentence in said} == {"5 ans"}
