"""The marks of a message: none is read for another, none is dropped in silence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from assistant.assistant import Assistant
from assistant.marks import Marks


def marks(starting: Assistant, message: str) -> Marks:
    return starting.parser.understand(message).marks


def test_a_clause_ends_where_the_next_unit_is_named(starting: Assistant) -> None:
    given = dict(marks(starting, "J'ai 11 en E1, E2 14 et 9 en E5").given)
    assert given == {"unit:E1": Decimal(11), "unit:E2": Decimal(14), "unit:E5": Decimal(9)}


@pytest.mark.parametrize("message", ["14 en E1 et 8 aux 3 autres épreuves", "E1 (coef 3) : 14, le reste : 8"])
def test_a_count_of_units_and_a_coefficient_are_no_marks(starting: Assistant, message: str) -> None:
    read = marks(starting, message)
    assert (dict(read.given), read.elsewhere, read.unplaced) == ({"unit:E1": Decimal(14)}, Decimal(8), ())


def test_a_mark_out_of_ten_is_said_not_to_be_out_of_twenty(starting: Assistant) -> None:
    assert marks(starting, "8/10 en E1 et 12/20 en E2").wrong == "8/10"
    assert marks(starting, "8/20 en E1 et 12 sur 20 en E2").wrong is None


def test_two_marks_of_one_unit_are_asked_about(starting: Assistant) -> None:
    assert marks(starting, "E1 8, E1 12, E2 10").unplaced == (Decimal(8),)


def test_two_options_without_a_name_both_count(starting: Assistant) -> None:
    given = marks(starting, "12 en option et 15 en option, 10 partout").given
    assert given == (("option", Decimal(12)), ("option", Decimal(15)))


def test_zero_for_the_others_is_a_mark(starting: Assistant) -> None:
    carried = starting.parser.understand("et 0 ailleurs ?", ["E1 8, E2 10, moyenne ?"]).marks
    assert (len(carried.given), carried.elsewhere) == (2, Decimal(0))


def test_a_follow_up_that_asks_for_something_else_is_no_calculation(starting: Assistant) -> None:
    frame = starting.parser.understand("et le coefficient de E5 ?", ["8 en E1 et 12 ailleurs, moyenne ?"])
    assert (frame.asked, bool(frame.marks)) == (("coefficient",), False)


def test_the_language_of_an_option_is_not_that_of_every_candidate(starting: Assistant) -> None:
    assert marks(starting, "option langue 14 ca rapporte combien").given == (("option", Decimal(14)),)


def test_ten_and_a_half_is_not_ten(starting: Assistant) -> None:
    assert marks(starting, "10 et demi en E1 et 12 en E2").given == (
        ("unit:E1", Decimal("10.5")),
        ("unit:E2", Decimal(12)),
    )


@pytest.mark.parametrize(
    "message", ["que des 10 sauf 6 en cejm", "10 partout mais 6 en E3", "des 10 partout et 6 en E3"]
)
def test_a_mark_said_of_all_is_that_of_the_units_not_named(starting: Assistant, message: str) -> None:
    read = marks(starting, message)
    assert (dict(read.given), read.elsewhere, read.unplaced) == ({"unit:E3": Decimal(6)}, Decimal(10), ())


def test_by_a_mark_the_beginning_of_a_name_is_enough_where_it_tells_one_unit(starting: Assistant) -> None:
    read = marks(starting, "13 en animation, 7 en gestion et 11 en manag")
    assert dict(read.given) == {"unit:E42": Decimal(13), "unit:E5": Decimal(7), "unit:E6": Decimal(11)}
    assert marks(starting, "13 en pédagogie").unplaced == (Decimal(13),)


def test_a_stroke_parts_the_marks_of_a_list(starting: Assistant) -> None:
    given = dict(marks(starting, "cge 7.5 / lv 13 / go 6,5 / mec 11").given)
    assert given == {f"unit:E{n}": Decimal(m) for n, m in ((1, "7.5"), (2, "13"), (5, "6.5"), (6, "11"))}


def test_a_mark_said_instead_takes_the_place_of_the_one_said_last(starting: Assistant) -> None:
    history = ["E1 8, E2 10, E3 10, E4 12, E5 9, E6 13, moyenne ?", "et si j'ai 9 en E6 ?"]
    read = starting.parser.understand("et si j'ai 15 à la place ?", history).marks
    assert dict(read.given)["unit:E6"] == Decimal(15)
    assert len(read.given) == 6


def test_a_number_of_files_is_no_mark(starting: Assistant) -> None:
    assert not starting.parser.understand("les dossiers E41 et E42 c 1 seul fichier ou 2").marks


@pytest.mark.parametrize(
    "message", ["j'ai eu 12 à l'écrit et 8 à l'oral d'anglais", "anglais : 12 à l'écrit, 8 à l'oral"]
)
def test_halves_named_before_or_after_their_unit_are_its_own(starting: Assistant, message: str) -> None:
    given = dict(starting.parser.understand(message).marks.given)
    assert given == {"unit:E21": Decimal(12), "unit:E22": Decimal(8)}
