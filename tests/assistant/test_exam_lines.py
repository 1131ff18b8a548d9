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


def test_a_date_after_a_code_is_its_date_and_no_length(held: Held) -> None:
    facts = facts_of(held("# Dates\n\nEP1 : mardi 1er juin 2027, 9 h\n"))
    assert [key for key in facts if key[0] == "unit:EP1"] == [("unit:EP1", "date")]


def test_an_optional_unit_says_so_in_its_line(held: Held) -> None:
    facts = facts_of(held("# L'examen\n\nEF2 – Arts du goût (facultatif) : oral, 20 min\n"))
    assert facts["unit:EF2", "optional"] == "oui"


def test_each_phrase_of_a_line_is_of_the_status_that_it_names(held: Held) -> None:
    line = "U51 – Projet : CCF, coefficient 4 ; candidats individuels : ponctuelle écrite, 3 h, coefficient 5"
    facts = [f for f in read_facts([held(f"# L'examen\n\n{line}\n")]).facts if f.prop == "coefficient"]
    assert {(f.value, f.scope.status) for f in facts} == {("4", ()), ("5", ("candidat individuel",))}


def test_the_heading_says_whose_lines_they_are(held: Held) -> None:
    lines = ["# Candidats apprentis", "E4 – Vente : CCF, coefficient 3"]
    lines += ["# Candidats individuels", "E4 – Vente : ponctuelle orale, coefficient 6"]
    text = "\n\n".join(lines)
    assert read_facts([held(text)]).disagreements() == []


def test_a_condition_is_no_exam_line(held: Held) -> None:
    facts = facts_of(
        held("# Règles\n\nE6 : si le candidat est absent à l'écrit de 2 h, le coefficient 3 est appliqué\n")
    )
    assert not [key for key in facts if key[0] == "unit:E6"]


def test_the_option_that_a_candidate_chose_makes_no_unit_optional(held: Held) -> None:
    facts = facts_of(held("# L'examen\n\nE5 – Réseaux (option SISR) : écrit, 3 h, coefficient 4\n"))
    assert ("unit:E5", "optional") not in facts
    assert facts["unit:E5", "coefficient"] == "4"
