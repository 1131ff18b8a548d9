"""The TOML files: they load, and every sentence is filled with names that the code gives."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from assistant.properties import properties
from assistant.rules import sentences
from assistant.rules.order import RULES
from assistant.subjects import subjects

PACKAGE = Path(__file__).parents[2] / "assistant"
FILES = sorted(PACKAGE.rglob("*.toml"))
NOT_SENTENCES = {"patterns.toml"}  # its braces are filled with the groups of its own expressions


def strings(value: Any) -> Iterator[str]:  # noqa: ANN401 - what TOML holds
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for part in value.values() for text in strings(part))
    elif isinstance(value, list):
        yield from (text for part in value for text in strings(part))


def given_names() -> set[str]:
    """The names that any sentence may be filled with: keywords of calls, and keys of dictionaries."""
    names: set[str] = set()
    for file in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.keyword) and node.arg:
                names.add(node.arg)
            elif isinstance(node, ast.Dict):
                names |= {
                    key.value for key in node.keys if isinstance(key, ast.Constant) and isinstance(key.value, str)
                }
    return names


@pytest.mark.parametrize("file", FILES, ids=[file.name for file in FILES])
def test_a_file_loads_and_says_what_it_is_for(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert tomllib.loads(text)
    assert text.startswith("#")


@pytest.mark.parametrize("file", [f for f in FILES if f.name not in NOT_SENTENCES], ids=lambda file: file.name)
def test_every_sentence_is_filled_with_names_that_the_code_gives(file: Path) -> None:
    names = given_names()
    for text in strings(tomllib.loads(file.read_text(encoding="utf-8"))):
        if re.search(r"\{[0-9,]*\}|\(\?", text):
            continue  # a regular expression
        assert {field for _, field, _, _ in Formatter().parse(text) if field} <= names, text


def test_every_rule_has_its_sentences() -> None:
    for rule in RULES:
        topic = "exam" if rule.name == "exam_table" else rule.name
        assert sentences(topic)


def test_every_property_that_is_stated_is_declared() -> None:
    assert set(sentences("stated")) <= set(properties())


def test_no_file_knows_an_exam_unit_by_its_code() -> None:
    for file in FILES:
        lines = [line for line in file.read_text(encoding="utf-8").splitlines() if not line.lstrip().startswith("#")]
        assert not [
            line for line in lines if re.search(r"(?i)\b(?:E[1-9][0-9]?|EF[1-9]|U[1-9]{1,2}|BC0[1-9])\b", line)
        ], file


def test_the_ways_to_a_diploma_are_subjects() -> None:
    assert set(sentences("crossed")["words"]["ways"]) <= {subject.name for subject in subjects()}
