"""Hours of teaching: read from a timetable in any layout, answered by subject, by year and in all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answers import Kind
from assistant.assistant import Assistant
from assistant.reading import read_facts
from corpus.documents import Document
from index.encoder import Encoder
from tests.assistant.conftest import TODAY, assistant_over, documents_in

Held = Callable[[str], Document]


def hours(document: Document) -> dict[str, str]:
    return {f.subject: f.value for f in read_facts([document]).facts if f.prop == "hours"}


def test_a_column_is_a_year(held: Held) -> None:
    text = """# Horaires par semaine

| Matière | 1re année | 2e année |
|---|---|---|
| Dessin | 2 h | 3 h |
| Histoire des arts | 1 h 30 | |
"""
    assert hours(held(text)) == {"course:dessin": "1:120;2:180", "course:histoire des arts": "1:90"}


def test_bare_numbers_are_hours_where_the_title_says_so(held: Held) -> None:
    table = """
| Matière | 1re année | 2e année |
|---|---|---|
| Dessin | 2 | 3 |
| Histoire | 1 | 1 |
"""
    assert hours(held(f"# Volume hebdomadaire en heures\n{table}"))["course:dessin"] == "1:120;2:180"
    assert hours(held(f"# Effectifs par groupe\n{table}")) == {}


def test_the_durations_of_exams_are_no_timetable(held: Held) -> None:
    text = """# Enseignements

| Épreuve | Durée |
|---|---|
| Dessin | 2 h |
| Histoire | 3 h |
"""
    assert hours(held(text)) == {}


def test_flattened_lines_are_read_as_their_table(tmp_path: Path) -> None:
    path = tmp_path / "plat.txt"
    path.write_text(
        "Horaires par semaine\n\nDessin 2 h 3 h\n\nHistoire des arts\n\n1 h 1 h\n\nLangue vivante 2 h 2 h\n"
    )
    entry = next(iter(documents_in.__wrapped__(tmp_path).values()))
    assert hours(entry) == {
        "course:dessin": "1:120;2:180",
        "course:histoire des arts": "1:60;2:60",
        "course:langue vivante": "1:120;2:120",
    }


def test_the_three_layouts_of_one_timetable_give_the_same_hours(
    starting: Assistant, official: Assistant, flat: Assistant
) -> None:
    said = [
        {f.subject: f.value for f in library.knowledge.facts.facts if f.prop == "hours"}
        for library in (starting, official, flat)
    ]
    assert said[0] == said[1] == said[2]
    assert len(said[0]) == 10


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("combien d'heures de cejm par semaine", "4 h par semaine"),
        ("gestion op nb heures hebdo", "2 h par semaine"),
        ("entrepreneuriat combien d'heures en 2e année", "2 h par semaine en 2e année"),
        ("volume horaire total par semaine", "1 + 1 + 4"),
        ("francais ou cejm lequel a le plus d'heures de cours", "C'est Culture économique"),
    ],
)
def test_hours_are_answered_from_the_timetable(official: Assistant, question: str, said: str) -> None:
    answer = official.answer(question, today=TODAY)
    assert answer.rule == "training.hours"
    assert said in answer.text
    assert answer.citations


def test_a_place_is_told_whose_hours_they_are_and_given_no_total_of_others(official: Assistant) -> None:
    answer = official.answer("combien d'heures de cejm par semaine à Troyes ?", today=TODAY)
    assert "Source : « Référentiel de formation" in answer.text
    assert official.answer("volume horaire total à Troyes ?", today=TODAY).rule != "training.hours"


@pytest.mark.parametrize(
    "table",
    [
        "# Ouverture, par semaine\n\n| Jour | Ouverture | Fermeture |\n|---|---|---|\n| Lundi | 8 h | 17 h |",
        "# Heures par an\n\n| Matière | 1re année | 2e année |\n|---|---|---|\n| Dessin | 60 h | 40 h |",
        "# Heures par semaine\n\n| Matière | Cours | Travaux dirigés |\n|---|---|---|\n| Dessin | 2 h | 1 h |",
    ],
)
def test_what_is_not_told_by_week_and_by_year_is_no_weekly_hour(held: Held, table: str) -> None:
    row = table.rsplit("\n", 1)[-1]
    assert hours(held(f"{table}\n{row.replace('Dessin', 'Histoire').replace('Lundi', 'Mardi')}\n")) == {}


def test_two_timetables_that_differ_are_a_contradiction(encoder: Encoder, tmp_path: Path) -> None:
    for number, length in enumerate((3, 5)):
        text = f"# Heures par semaine\n\n| Matière | 1re année |\n|---|---|\n| Dessin | {length} h |\n| Droit | 1 h |\n"
        (tmp_path / f"horaire-{number}.md").write_text(text, encoding="utf-8")
    answer = assistant_over(documents_in.__wrapped__(tmp_path), encoder).answer(
        "combien d'heures de dessin ?", today=TODAY
    )
    assert {value.value for value in answer.disagreements[0].values} == {
        "3 h par semaine en 1re année",
        "5 h par semaine en 1re année",
    }


@pytest.mark.parametrize(
    "question",
    [
        "Combien d'heures de vacances au total ?",
        "J'ai 2 heures de retard, tout est perdu ?",
        "combien d'heures de maths en tout ?",
    ],
)
def test_a_total_is_of_the_courses_and_of_nothing_else(official: Assistant, question: str) -> None:
    assert official.answer(question, today=TODAY).rule != "training.hours"


def test_how_long_an_exam_lasts_is_no_hour_of_teaching(official: Assistant) -> None:
    answer = official.answer("combien d'heures dure l'épreuve de cejm ?", today=TODAY)
    assert (answer.kind, answer.rule) == (Kind.RULE, "exam.duration")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("quelle matière a le plus d'heures par semaine, à part les TD", "juridique"),
        ("quelle matière a le plus d'heures", "TD"),
        ("entre la vente conseil et l'animation de l'offre laquelle a le plus d'heures", "nimation"),
    ],
)
def test_the_subject_with_the_most_hours_is_sought_among_those_meant(
    starting: Assistant, question: str, said: str
) -> None:
    assert said in starting.answer(question, today=TODAY).text.splitlines()[0]
