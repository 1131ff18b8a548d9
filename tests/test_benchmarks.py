"""The table of `make bench`: a missed bar is seen, and what could not be measured says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.benchmarks.__main__ import measured
from tests.benchmarks.figures import Bar, Figure, any_missed, row
from tests.benchmarks.material import Material


@pytest.mark.parametrize(("bar", "value", "cleared"), [(Bar(5), 5, True), (Bar(5), 5.01, False)])
def test_a_bar_from_above_lets_its_own_limit_through(bar: Bar, value: float, cleared: bool) -> None:
    assert bar.cleared_by(value) is cleared


def test_a_bar_from_below_stops_what_is_under_it() -> None:
    assert not Bar(0.5, at_most=False).cleared_by(0.49)
    assert Bar(0.5, at_most=False).cleared_by(0.5)


def test_one_missed_bar_is_enough() -> None:
    kept, missed = Figure("une", value=1, bar=Bar(2)), Figure("autre", value=3, bar=Bar(2))
    assert not any_missed([kept])
    assert any_missed([kept, missed])
    assert row(missed).endswith("| 3.00 | ≤ 2 | manqué |")


def test_a_figure_that_cannot_be_measured_says_why_and_misses_nothing(tmp_path: Path) -> None:
    [figure] = measured("ingestion", Material(tmp_path))
    assert "n'est pas là" in row(figure)
    assert not any_missed([figure])
