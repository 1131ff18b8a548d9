"""Values as tables print them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.values import Timing, decimal, french, lasting, minutes, mode, number, regime, timing


@pytest.mark.parametrize(
    ("text", "duration", "preparation"),
    [
        ("4 H", 240, None),
        ("2H30", 150, None),
        ("2 h 30", 150, None),
        ("1h et 15 min", 75, None),
        ("40 min", 40, None),
        ("45 minutes", 45, None),
        ("20'", 20, None),
        ("10 h - 12 h", 120, None),
        ("20 min préparation + 20 min de passage", 20, 20),
        ("40 min (20 min préparation + 20 min de passage)", 20, 20),
        ("non précisée", None, None),
    ],
)
def test_a_duration_is_told_from_the_preparation_before_it(
    text: str, duration: int | None, preparation: int | None
) -> None:
    assert timing(text) == Timing(duration, preparation)


def test_a_note_says_which_minutes_are_preparation() -> None:
    assert timing("20 min (*20 min)", "*Temps de préparation") == Timing(20, 20)
    assert timing("20 min (2)", "(2) Non compris le temps de préparation de 30 minutes") == Timing(20, 30)


@pytest.mark.parametrize(("text", "value"), [("3", "3"), ("1,5", "1.5"), (" 6 ", "6"), ("3 (2)", None), ("", None)])
def test_a_coefficient_is_a_number_alone_in_its_cell(text: str, value: str | None) -> None:
    assert decimal(text) == value


@pytest.mark.parametrize(("value", "said"), [("1.5", "1,5"), ("21", "21"), ("10", "10"), ("12.50", "12,5"), ("0", "0")])
def test_a_number_is_said_with_a_comma(value: str, said: str) -> None:
    assert french(value) == said


def test_a_number_with_a_comma_is_read() -> None:
    assert number("12,25") == Decimal("12.25")
    with pytest.raises(ValueError, match="douze"):
        number("douze")


def test_minutes_are_said_as_hours_from_sixty_on() -> None:
    assert [lasting(n) for n in (40, 60, 150, 65)] == ["40 min", "1 h", "2 h 30", "1 h 05"]


def test_two_ways_of_writing_a_duration_are_one_value() -> None:
    assert minutes("2 h") == minutes("120 min") == 120


def test_the_form_and_the_assessment_are_told_apart() -> None:
    assert (mode("Ponctuelle écrite"), regime("Ponctuelle écrite")) == ("écrite", "ponctuelle")
    assert mode("Pratique et orale") == "pratique et orale"
    assert regime("2 situations d'évaluation") == "CCF"
