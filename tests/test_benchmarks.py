"""The table of `make bench`: a missed bar is seen, and what could not be measured says why."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.benchmarks.__main__ import measured
from tests.benchmarks.bars import picture
from tests.benchmarks.comparison import Taken, table
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


def test_the_picture_of_a_comparison_is_svg_with_a_bar_for_each_time() -> None:
    times = {("Réglo", 2_000): 0.8, ("l'autre & co", 2_000): 80.0, ("Réglo", 10_000): 1.6}
    drawn = ElementTree.fromstring(picture(times))  # noqa: S314  # drawn here
    bars = [float(rect.get("width", 0)) for rect in drawn.iter("{http://www.w3.org/2000/svg}rect")][1:]
    assert len(bars) == 3
    assert bars[0] < bars[1]
    assert "".join(drawn.itertext()).count("passages") == 2


def test_the_table_of_a_comparison_has_a_line_a_library_and_says_what_was_not_measured() -> None:
    taken = [Taken("reglo", 2_000, 0.84, 1.12, 2.7, 207.7)]
    qualities = {name: {"service-public": 0.7384, "piaf": 0.8} for name in ("reglo", "other")}
    lines = table(taken, qualities, [2_000]).splitlines()
    assert lines[2] == "| **Réglo** | 0,738 | 0,800 | 0,8 (1,1) ms | 3 s | 208 Mo |"
    assert "non mesuré" in lines[3]
