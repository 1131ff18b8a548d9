"""Facts from tables, on tables of a diploma that nobody prepared."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.facts import Facts
from assistant.reading import read_facts
from assistant.tables import unit_code, unit_name
from corpus.documents import Document
from index.encoder import Encoder
from tests.assistant.conftest import TODAY, assistant_over, documents_in

TABLE = """# BTS Toiture et zinguerie

| Épreuves | Coefficient | Forme | Durée |
|---|---|---|---|
| E1 Expression en chantier | 2,5 | écrite | 3 h |
| E2 Couverture | | | |
| E21 Tracé | 4 | pratique | 6 h 30 |
| E22 Soutenance du tracé | 1 | orale | 40 min (20 min de préparation + 20 min de passage) |
| E3 Métré des toitures | 5 | Ponctuelle écrite | 120 min |
"""
Held = Callable[[str], Document]


@pytest.fixture
def roofing(held: Held) -> Facts:
    return read_facts([held(TABLE)])


def values(facts: Facts, unit: str, prop: str) -> list[str]:
    return [fact.value for fact in facts.about(f"unit:{unit}", prop)]


def test_a_row_gives_the_coefficient_the_form_and_the_duration_of_its_unit(roofing: Facts) -> None:
    assert values(roofing, "E1", "coefficient") == ["2.5"]
    assert values(roofing, "E1", "mode") == ["écrite"]
    assert values(roofing, "E1", "duration") == ["180"]
    assert values(roofing, "E3", "regime") == ["ponctuelle"]


def test_an_empty_cell_says_nothing(roofing: Facts) -> None:
    assert [values(roofing, "E2", prop) for prop in ("coefficient", "mode", "duration")] == [[], [], []]


def test_a_cell_with_its_preparation_gives_both(roofing: Facts) -> None:
    assert (values(roofing, "E22", "duration"), values(roofing, "E22", "preparation")) == (["20"], ["20"])


def test_the_diploma_of_a_bare_table_is_read_from_its_title(roofing: Facts) -> None:
    (fact,) = roofing.about("unit:E1", "coefficient")
    assert fact.scope.diploma == "BTS Toiture et zinguerie"


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("coef E3", "5"),
        ("combien de temps dure le métré ?", "2 h"),
        ("coefficient de l'expression en chantier", "2,5"),
        ("durée E21", "6 h 30"),
        ("temps de préparation de la soutenance du tracé ?", "20 min"),
    ],
)
def test_a_table_that_nobody_prepared_answers(held: Held, encoder: Encoder, question: str, said: str) -> None:
    document = held(TABLE)
    answer = assistant_over({document.slug: document}, encoder).answer(question, today=TODAY)
    assert answer.rule is not None
    assert said in answer.text.splitlines()[0]


def test_two_header_rows_give_each_status_its_value(foreign: Assistant) -> None:
    found = foreign.knowledge.facts.about("unit:E1", "regime")
    assert {fact.value for fact in found} == {"CCF", "ponctuelle"}
    assert all(fact.scope.status for fact in found)


def test_a_note_under_the_table_gives_the_preparation(official: Assistant) -> None:
    assert {fact.value for fact in official.knowledge.facts.about("unit:E22", "preparation")} == {"20"}


@pytest.mark.parametrize(
    ("cell", "code", "name"),
    [
        ("E 41 DÉVELOPPEMENT DE LA RELATION CLIENT", "E41", "DÉVELOPPEMENT DE LA RELATION CLIENT"),
        ("U4.1 Vente", "E41", "Vente"),
        ("Gestion opérationnelle – E5", "E5", "Gestion opérationnelle"),
        ("E F1 – Langue (durée : 20 min)", "EF1", "Langue"),
        ("RNCP38362BC02", "BC02", None),
        ("Culture générale", None, "Culture générale"),
    ],
)
def test_the_code_and_the_name_of_a_unit_are_told_apart(cell: str, code: str | None, name: str | None) -> None:
    assert (unit_code(cell), unit_name(cell)) == (code, name)


def test_a_title_over_the_rows_of_one_kind_hides_no_header(tmp_path: Path) -> None:
    page = "<table><thead><tr><th>Épreuves</th><th>Coef.</th></tr><tr><th colspan=2>Unités professionnelles</th></tr>"
    page += "</thead><tr><td>EP1 – Pose</td><td>9</td></tr><tr><td>EP2 – Tracé</td><td>7</td></tr></table>"
    (tmp_path / "page.html").write_text(f"<html><body><h1>CAP Couvreur</h1>{page}</body></html>", encoding="utf-8")
    facts = read_facts(documents_in.__wrapped__(tmp_path).values())
    assert (values(facts, "EP1", "coefficient"), values(facts, "EP2", "coefficient")) == (["9"], ["7"])


def test_a_letter_ends_the_code_of_a_part(held: Held, encoder: Encoder) -> None:
    document = held(
        "# BTS Zinguerie\n\n| Épreuve | Coef. |\n|---|---|\n"
        "| E5A Tracé écrit | 2 |\n| E5B Pose | 3 |\n| E6 Métré | 4 |\n"
    )
    library = assistant_over({document.slug: document}, encoder)
    answer = library.answer("E5A 10, E5B 12 et 11 en E6, moyenne ?", today=TODAY)
    assert "100 / 9 = 11,11" in answer.steps


@pytest.mark.parametrize("cell", ["U11 et U12", "U11, U12 et U2", "U1 ou U2"])
def test_a_list_of_codes_names_no_unit(cell: str) -> None:
    assert unit_name(cell) is None


def test_the_duration_beside_a_form_is_read_too(held: Held) -> None:
    facts = read_facts([held("# BTS Zinguerie\n\n| Épreuve | Forme |\n|---|---|\n| E1 Tracé | Écrit 4 h |\n")])
    assert (values(facts, "E1", "mode"), values(facts, "E1", "duration")) == (["écrite"], ["240"])


@pytest.mark.parametrize("text", ["Bac + 2 en apprentissage", "Bac+3"])
def test_a_level_of_study_is_no_unit(text: str) -> None:
    assert unit_code(text) is None


def test_a_last_row_of_titles_that_is_blank_leaves_its_columns_to_those_above(tmp_path: Path) -> None:
    page = "<table><thead><tr><th colspan=2 rowspan=2>Examen</th><th colspan=2>Voie scolaire</th>"
    page += "<th colspan=2>CFA non habilité</th></tr><tr><th>Forme</th><th>Durée</th><th>Forme</th><th>Durée</th></tr>"
    page += "<tr><th>Épreuves</th><th>Coef.</th><th colspan=4></th></tr></thead><tr><td>EP1 – Pose</td><td>3</td>"
    page += "<td>CCF</td><td></td><td>Ponctuelle écrite</td><td>4 h</td></tr></table>"
    (tmp_path / "page.html").write_text(f"<html><body><h1>CAP Couvreur</h1>{page}</body></html>", encoding="utf-8")
    facts = read_facts(documents_in.__wrapped__(tmp_path).values())
    assert values(facts, "EP1", "coefficient") == ["3"]
    assert [(f.value, f.scope.status) for f in facts.about("unit:EP1", "duration")] == [
        ("240", ("apprentissage (hors contrat ou non habilité)",))
    ]
