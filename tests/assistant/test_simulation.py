"""The simulator of marks, on libraries that say their coefficients, their options and their pass mark differently."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.assistant import Assistant
from assistant.exam_sheet import ExamTable, exam_table
from assistant.marks_form import Unusable, read_mark, read_weight
from assistant.simulation import Given, Simulation, simulate
from corpus.documents import Scope

MCO = Scope(diploma="BTS MCO")


def _table(assistant: Assistant, scope: Scope = MCO) -> ExamTable:
    table = exam_table(assistant.knowledge, scope)
    assert table is not None
    return table


def _simulated(assistant: Assistant, marks: Mapping[str, str | int], scope: Scope = MCO, **more: object) -> Simulation:
    given = Given({f"unit:{code}": Decimal(mark) for code, mark in marks.items()}, **more)  # type: ignore[arg-type]
    return simulate(assistant.knowledge, _table(assistant, scope), given, scope)


TEN = dict.fromkeys(("E1", "E2", "E3", "E4", "E5", "E6"), 10)


@pytest.fixture(params=["starting", "official", "flat"])
def library(request: pytest.FixtureRequest) -> Assistant:
    assistant: Assistant = request.getfixturevalue(request.param)
    return assistant


def test_the_table_has_the_units_their_parts_and_the_options_with_the_words_that_weigh_them(library: Assistant) -> None:
    table = _table(library)
    assert [u.code for u in table.units] == ["E1", "E2", "E3", "E4", "E5", "E6"]
    assert {u.code: [p.code for p in u.parts] for u in table.units if u.parts} == {
        "E2": ["E21", "E22"],
        "E4": ["E41", "E42"],
    }
    assert [u.code for u in table.options] == ["EF1", "EF2", "EF3", "EF4"]
    for unit in table.units:
        assert unit.citation is not None
        assert unit.shown[0] in unit.citation.quote


def test_only_exactly_at_the_boundary_do_the_documents_disagree(library: Assistant) -> None:
    at = _simulated(library, TEN)
    assert [value.value for value in at.answer.disagreements[0].values] == [
        "une moyenne égale ou supérieure à 10",
        "une moyenne supérieure à 10",
    ]
    above, below = _simulated(library, TEN | {"E1": "10.01"}), _simulated(library, TEN | {"E1": "9.99"})
    assert (above.answer.disagreements, below.answer.disagreements) == ((), ())
    assert above.answer.text.startswith("Oui")
    assert below.answer.text.startswith("Non")


def test_a_mean_just_under_the_pass_mark_is_never_shown_as_reaching_it(library: Assistant) -> None:
    made = _simulated(library, TEN | {"E1": "9.99"})
    assert made.mean == Decimal("9.99")
    assert made.distance == Decimal("-0.01")


def test_parts_count_with_their_own_coefficients(library: Assistant) -> None:
    made = _simulated(library, {code: mark for code, mark in TEN.items() if code != "E4"} | {"E41": 8, "E42": 15})
    assert "E41 : 3 x 8 = 24" in made.answer.steps
    assert made.mean == Decimal("10.43")  # (150 + 24 + 45) / 21


def test_what_is_needed_makes_the_mean_that_is_aimed_at(library: Assistant) -> None:
    marks = {"E1": 7, "E2": 12, "E3": 9, "E4": 11, "E5": 8, "E6": 6}
    for need in _simulated(library, marks).needs:
        reached = _simulated(library, marks | {need.unit.code: str(need.mark)})
        short = _simulated(library, marks | {need.unit.code: str(need.mark - Decimal("0.1"))})
        assert reached.mean is not None
        assert short.mean is not None
        assert short.mean < 10 <= reached.mean


MARKS = st.decimals(0, 20, places=2)


@given(st.lists(MARKS, min_size=6, max_size=6), st.integers(0, 6), st.none() | MARKS)
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_marks_make_a_mean_and_what_is_needed_reaches_it(
    starting: Assistant, marks: list[Decimal], count: int, option: Decimal | None
) -> None:
    given_marks = dict(zip(("E1", "E2", "E3", "E4", "E5", "E6"), map(str, marks[:count]), strict=False))
    given_marks |= {} if option is None else {"EF1": str(option)}
    made = _simulated(starting, given_marks)
    assert made.bonus == max((option or Decimal(0)) - 10, Decimal(0))
    assert (made.mean is None) == (count < 6)
    for need in made.needs if count >= 5 else ():
        if need.reach == "mark":
            reached = _simulated(starting, given_marks | {need.unit.code: str(need.mark)})
            assert reached.mean is not None
            assert reached.mean >= made.aim


def test_one_missing_mark_is_told_and_several_are_told_together_and_alone(library: Assistant) -> None:
    one = _simulated(library, {c: m for c, m in TEN.items() if c != "E5"})
    assert "10 sur 20 en E5" in one.answer.text
    two = _simulated(library, {"E1": 4, "E2": 10, "E3": 10, "E4": 10})
    assert [(n.unit.code, n.mark, n.alone) for n in two.needs] == [("E5", 13, 16), ("E6", 13, 16)]


def test_a_kept_mark_is_not_asked_to_change_and_brings_what_the_documents_say_of_keeping(library: Assistant) -> None:
    made = _simulated(library, TEN, kept=frozenset({"unit:E1"}))
    assert "E1" not in [need.unit.code for need in made.needs]
    assert any("5 ans" in citation.quote for citation in made.answer.citations)
    assert any("conservée" in notice for notice in made.answer.notices)


def test_how_long_a_mark_is_kept_is_disputed_where_one_is_kept_alone(library: Assistant) -> None:
    passing = TEN | {"E1": 12}
    assert _simulated(library, passing).answer.disagreements == ()
    [kept] = _simulated(library, passing, kept=frozenset({"unit:E1"})).answer.disagreements
    assert kept.about == "durée de conservation d'un bloc acquis"
    assert len(kept.values) == 2


def test_option_points_are_an_assumption_where_no_document_adds_them_and_can_be_left_out(library: Assistant) -> None:
    with_option = _simulated(library, TEN | {"EF2": 15})
    assert with_option.bonus == 5
    assert any("Hypothèse" in notice and "facultatives" in notice for notice in with_option.answer.notices)
    without = _simulated(library, TEN | {"EF2": 15}, added=False)
    assert without.mean == 10
    assert not any("EF2" in step for step in without.answer.steps)


def test_option_points_are_no_assumption_where_a_document_adds_them(elsewhere: Assistant) -> None:
    scope = Scope(diploma="BTS Tourisme")
    marks = dict.fromkeys(("E1", "E21", "E22", "E3", "E4", "E5", "E6"), 10)
    made = _simulated(elsewhere, marks | {"EF1": 14}, scope)
    assert made.bonus == 4
    assert not any("facultatives" in notice for notice in made.answer.notices)
    assert any("ajoutent au total" in citation.quote for citation in made.answer.citations)


def test_where_no_document_requires_a_mean_the_aim_is_called_an_assumption(elsewhere: Assistant) -> None:
    made = _simulated(
        elsewhere, dict.fromkeys(("EP1", "EP2", "EG1", "EG2", "EG3", "EG4"), 12), Scope(diploma="CAP Cuisine")
    )
    assert "aucun document ne dit quelle moyenne est exigée" in made.answer.text
    assert any("visée" in notice for notice in made.answer.notices)


def test_a_unit_without_a_coefficient_counts_by_its_parts(foreign: Assistant) -> None:
    marks = dict.fromkeys(("E1", "E21", "E22", "E3", "E4", "E5", "E6"), 12)
    made = _simulated(foreign, marks, Scope(diploma="BTS Assistant de manager"))
    assert made.mean == 12
    assert made.answer.steps[-1] == "240 / 20 = 12"


def test_a_unit_that_no_document_weighs_counts_once_its_coefficient_is_given(foreign: Assistant) -> None:
    scope = Scope(diploma="BTS Assistant de manager")
    assert [unit.code for unit in _table(foreign, scope).unweighed] == ["EF1", "EF2"]
    assert [unit.code for unit in _simulated(foreign, {"EF1": 12}, scope).unweighed] == ["EF1"]
    weighed = _simulated(foreign, {"EF1": 12}, scope, weights={"unit:EF1": Decimal(2)})
    assert "EF1 : 2 x 12 = 24" in weighed.answer.steps


def test_a_changed_coefficient_counts_and_is_called_changed(library: Assistant) -> None:
    made = _simulated(library, TEN | {"E5": 20}, weights={"unit:E5": Decimal(9)})
    assert "E5 : 9 x 20 = 180" in made.answer.steps
    assert any("E5" in notice and "modifiés" in notice for notice in made.answer.notices)


def test_coefficients_of_parts_that_do_not_make_their_unit_are_told(library: Assistant) -> None:
    made = _simulated(library, {"E41": 10, "E42": 10}, weights={"unit:E41": Decimal(5)})
    assert [unit.code for unit in made.uneven] == ["E4"]


@pytest.mark.parametrize(
    ("text", "mark"), [("12", "12"), ("12,5", "12.5"), ("12.5", "12.5"), (" 12 / 20 ", "12"), ("0", "0"), ("20", "20")]
)
def test_a_mark_is_read_as_people_write_it(text: str, mark: str) -> None:
    assert read_mark(text) == Decimal(mark)


@pytest.mark.parametrize("text", ["25", "abc", "-3", "12,555", "20,01", "1e1", "٣", "12 13", "8/10", "abs"])
def test_what_is_no_mark_is_told_with_what_to_write(text: str) -> None:
    with pytest.raises(Unusable, match=r"écrivez|Demandez"):
        read_mark(text)


@pytest.mark.parametrize("text", ["0", "abc", "101", "-1", "3/20"])
def test_what_is_no_coefficient_is_told(text: str) -> None:
    with pytest.raises(Unusable):
        read_weight(text)
