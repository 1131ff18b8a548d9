"""Dates as documents and people write them."""

from __future__ import annotations

from datetime import date, time

import pytest

from assistant.dates import find, months_from, spoken
from assistant.events import Span, read_events


def days(text: str, year: int | None = None) -> list[tuple[date, date]]:
    return [(when.first, when.last) for when in find(text, year)]


def one(day: date) -> list[tuple[date, date]]:
    return [(day, day)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("mardi 17 mai 2022", date(2022, 5, 17)),
        ("le 1er juin 2022", date(2022, 6, 1)),
        ("MERCREDI 1ER JUIN 2022", date(2022, 6, 1)),
        ("31/01/26", date(2026, 1, 31)),
        ("mis à jour le 25/08/25", date(2025, 8, 25)),
        ("2026-01-16", date(2026, 1, 16)),
        ("3 févr. 2026", date(2026, 2, 3)),
    ],
)
def test_a_day_is_read_as_it_is_written(text: str, expected: date) -> None:
    assert days(text) == one(expected)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("du 31 mai au vendredi 3 juin 2022", date(2022, 5, 31), date(2022, 6, 3)),
        ("de novembre 2025 à mars 2026", date(2025, 11, 1), date(2026, 3, 31)),
        ("de novembre à mars 2026", date(2025, 11, 1), date(2026, 3, 31)),
        ("entre le 2 mai et le 13 mai 2022", date(2022, 5, 2), date(2022, 5, 13)),
        ("du 3 au 5 mai 2022", date(2022, 5, 3), date(2022, 5, 5)),
        ("du lundi 2 mai 2022, 9 h au vendredi 13 mai 2022, 17 h", date(2022, 5, 2), date(2022, 5, 13)),
        ("du 2 mai à 9h30 au 13 mai 2022", date(2022, 5, 2), date(2022, 5, 13)),
    ],
)
def test_a_window_goes_from_its_first_day_to_its_last(text: str, first: date, last: date) -> None:
    assert days(text) == [(first, last)]


def test_a_list_of_days_is_not_a_window() -> None:
    (when,) = find("jeudi 14 et vendredi 15 avril 2022")
    assert when.days == (date(2022, 4, 14), date(2022, 4, 15))


def test_a_day_borrows_the_year_that_it_is_given() -> None:
    assert days("le 13 mai", 2022) == one(date(2022, 5, 13))
    assert days("le 13 mai") == []


def test_a_month_alone_has_no_day() -> None:
    (when,) = find("novembre 2026")
    assert when.by_month
    assert (when.first, when.last) == (date(2026, 11, 1), date(2026, 11, 30))


@pytest.mark.parametrize("text", ["31 avril 2022", "30 février 2026", "32/01/2026", "45/13/22", "2 ans, 1344h"])
def test_a_day_that_does_not_exist_is_no_date(text: str) -> None:
    assert days(text) == []


def test_the_hours_after_a_date_go_with_it() -> None:
    (when,) = find("samedi 31 janvier 2026 de 09h00 à 16h30")
    assert (when.opens, when.closes) == (time(9), time(16, 30))


def test_the_slice_of_a_date_is_what_says_it() -> None:
    text = "Épreuve orale : le mardi 17 mai 2022, au lycée."
    (when,) = find(text)
    assert text[when.start : when.end] == "mardi 17 mai 2022"


def test_a_day_that_comes_back_every_year_is_that_of_the_year_asked_about(held) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    document = held("# Inscriptions\n\nLes inscriptions ouvrent le 15 octobre de chaque année.\n")
    (fact,) = read_events(document)
    assert Span.parse(fact.value, date(2031, 1, 1)).first == date(2031, 10, 15)


def test_some_months_later_a_short_month_ends_earlier() -> None:
    assert months_from(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_from(date(2026, 1, 31), -2) == date(2025, 11, 30)


def test_a_day_is_said_in_words() -> None:
    assert spoken(date(2022, 6, 1)) == "mercredi 1er juin 2022"
