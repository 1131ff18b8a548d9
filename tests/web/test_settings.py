"""The one table of settings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from index.vectors import EXACT_UP_TO
from web.settings import Settings, WrongSetting, read_settings, table

WEB = Path(__file__).parents[2] / "web"


def test_a_setting_comes_from_its_argument_else_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGLO_PORT", "9000")
    assert read_settings().port == 9000
    assert read_settings(port=9001).port == 9001


def test_an_empty_variable_is_as_good_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REGLO_SESSION", "")
    assert read_settings().session is None


@pytest.mark.parametrize(
    ("variable", "value"),
    [("REGLO_PORT", "abc"), ("REGLO_PORT", "70000"), ("REGLO_TIMEZONE", "Mars/Olympus"), ("REGLO_SESSION", "x")],
)
def test_a_wrong_setting_is_named_with_its_value_and_what_was_expected(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)
    with pytest.raises(WrongSetting, match=re.escape(value)) as wrong:
        read_settings()
    assert variable in str(wrong.value)


def test_every_setting_has_its_help() -> None:
    assert all(text for _, _, text in table())
    assert {name for name, *_ in table()} == {f"REGLO_{name.upper()}" for name in Settings.model_fields}


def test_the_environment_is_read_nowhere_else() -> None:
    sources = [p for folder in ("web", "assistant", "index", "corpus") for p in (WEB.parent / folder).rglob("*.py")]
    readers = {
        path.name
        for path in sources
        if re.search(r"\bos\.environ\b|\bgetenv\b|import environ", path.read_text(encoding="utf-8"))
    }
    assert readers <= {"settings.py"}


def test_a_site_compares_with_as_many_passages_as_the_index_does_by_itself() -> None:
    assert Settings.model_fields["exact"].default == EXACT_UP_TO
