"""Exam units told in lines, outside any table."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.reading import read_facts
from corpus.documents import Document

Held = Callable[[str], Document]


def facts_of(document: Document) -> dict[tuple[str, str], str]:
    return {(f.subject, f.prop): f.value for f in read_facts([document]).facts}


@pytest.mark.parametrize(
    "line",
    [
        "EP1 – Organisation : écrit, 2 h, coefficient 4",
        "- EP1 : Organisation (écrit, 120 minutes, coef. 4)",
        "EP1 Organisation : écrit de 2 heures, coeff 4",
    ],
)
def test_a_line_gives_a_unit_its_form_its_duration_and_its_coefficient(held: Held, line: str) -> None:
    facts = facts_of(held(f"# L'examen\n\n{line}\n"))
    assert facts["unit:EP1", "coefficient"] == "4"
    assert facts["unit:EP1", "duration"] == "120"
    assert facts["unit:EP1", "mode"] == "écrite"


def test_a_date_after_a_code_is_no_exam_line(held: Held) -> None:
    facts = facts_of(held("# Dates\n\nEP1 : mardi 1er juin 2027, 9 h\n"))
    assert not [key for key in facts if key[0] == "unit:EP1"]


def test_an_optional_unit_says_so_in_its_line(held: Held) -> None:
    facts = facts_of(held("# L'examen\n\nEF2 – Arts du goût (facultatif) : oral, 20 min\n"))
    assert facts["unit:EF2", "optional"] == "oui"
