"""The shared documents, cell for cell and line for line where answers stand on them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from corpus.documents import BlockKind
from corpus.readers import Piece, Reading, read

SHARED = Path(__file__).parents[3] / "shared" / "documents"
pytestmark = pytest.mark.skipif(not SHARED.is_dir(), reason="../shared est absent : ses documents ne sont pas lus")

HEADER = ("Épreuves", "Coefficient", "Forme", "Durée")
OPTIONS = ("Épreuves en option", "Coefficient", "Forme", "Durée")


@cache
def reading(name: str) -> Reading:
    return read(SHARED / name)


def rows(name: str) -> list[Piece]:
    return [piece for piece in reading(name).pieces if piece.kind is BlockKind.ROW]


def row(name: str, start: str) -> tuple[str, ...]:
    return next(piece.cells for piece in rows(name) if piece.cells[0].startswith(start))


def text(name: str) -> str:
    return "\n".join(" | ".join(piece.cells) or piece.text for piece in reading(name).pieces)


@pytest.mark.parametrize("name", ["bts-mco/referentiel-mco.pdf", "plain-text/referentiel-mco.txt"])
def test_the_exam_table_of_the_training_reference(name: str) -> None:
    assert [piece.cells for piece in rows(name) if piece.header and "Forme" in piece.cells][:2] == [HEADER, OPTIONS]
    assert row(name, "E 1 ") == ("E 1 CULTURE GÉNÉRALE ET EXPRESSION", "3", "ÉCRITE", "4 H")
    assert row(name, "E 2 ") == ("E 2 COMMUNICATION EN LANGUE VIVANTE ETRANGERE 1", "3", "", "")
    assert row(name, "E21")[1:] == ("1,5", "ÉCRITE", "40 min")
    assert row(name, "E 22")[1:] == ("1,5", "ORALE", "20 min préparation + 20 min de passage")
    assert row(name, "E 4 ")[1:] == ("6", "", "")
    assert row(name, "E6")[1:] == ("3", "ECRITE", "2H30")
    assert row(name, "EF1")[1:3] == ("", "ORALE")
    assert row(name, "E F3")[1:] == ("", "ORALE", "20 min")


@pytest.mark.parametrize("name", ["bts-mco/leonie-aviat.pdf", "plain-text/leonie-aviat.txt"])
def test_the_exam_table_of_the_apprenticeship_sheet(name: str) -> None:
    assert rows(name)[0].cells == ("Épreuves", "Coef", "Forme", "Durée")
    assert row(name, "E21")[1:] == ("1,5", "Ponctuelle écrite", "2h")
    assert row(name, "E22")[1:] == ("1,5", "Ponctuelle orale", "20 min (*20 min)")
    assert row(name, "EF1") == ("EF1 Communication en Langue vivante **", "", "Ponctuelle Orale", "20 mn (*20 mn)")
    assert row(name, "Date d'échéance") == ("Date d'échéance de l'enregistrement", "31-12-2028")


def test_the_weekly_hours_and_the_table_under_them() -> None:
    name = "bts-mco/referentiel-mco.pdf"
    assert [piece.cells for piece in rows(name) if piece.header][:2] == [
        ("Horaires", "Cours 1ère année", "Cours 2ème année"),
        ("Facultatif", "Cours 1ère année", "Cours 2ème année"),
    ]
    assert row(name, "TD et") == ("TD et accompagnement", "15 h", "15 h")
    assert row(name, "Langue Vivante Étrangère II") == ("Langue Vivante Étrangère II Facultative", "2h", "2 h")


@pytest.mark.parametrize(
    "name", ["bts-mco/circulaire-aix-marseille-2022.docx", "plain-text/circulaire-aix-marseille-2022.txt"]
)
def test_the_calendars_of_the_circular(name: str) -> None:
    assert rows(name)[0].header
    assert row(name, "Langues vivantes E2")[1].startswith("Mardi 17 mai 2022 10h")
    assert row(name, "Management")[3] in (
        "Mardi 7 juin (13h) et au jeudi 9 juin 2022",
        "Mardi 7 juin(13h) et au jeudi 9 juin 2022",
    )
    assert row(name, "EF1")[3] == ""
    day, place, deposit = row(name, "EF4")[1:]
    assert place == "Lycée Jean Monnet et lycée de l’Arc"
    assert (day[:18], deposit[:18]) == ("Mercredi 1 juin 20", "Le vendredi 13 mai")
    assert row(name, "Espagnol") == ("Espagnol", "", "")


@pytest.mark.parametrize(
    "name", ["bts-mco/circulaire-aix-marseille-2022.docx", "plain-text/circulaire-aix-marseille-2022.txt"]
)
def test_the_sections_of_the_circular_tell_twins_apart(name: str) -> None:
    headings = [piece for piece in reading(name).pieces if piece.kind is BlockKind.HEADING]
    level = {piece.text.split(" :")[0].split(".")[0]: piece.level for piece in headings}
    assert level["I"] == level["IX"] < level["A"] == level["B"]
    twins = [p.text for p in headings if p.text.startswith(("Sous épreuve", "EF2", "EF3", "EF4"))]
    assert [twin[:18] for twin in twins[:2]] == ["Sous épreuve : E41", "Sous épreuve : E42"]
    assert [twin[:3] for twin in twins[2:]] == ["EF2", "EF3", "EF4"]


@pytest.mark.parametrize("name", ["bts-mco/sacre-coeur-amiens.pdf", "plain-text/sacre-coeur-amiens.txt"])
def test_what_the_flyer_says_in_broken_lines_is_whole(name: str) -> None:
    said = text(name)
    for words in (
        "Candidats âgés de 16 à 29 ans révolus",
        "Entrée en formation le 27 août 2026",
        "Candidature de novembre 2025 à novembre 2026",
        "Inscription entre janvier et novembre 2026",
        "peut intégrer la formation jusqu’au 30 novembre de l’année en cours)",
        "2 jours cours (lundi-mardi)",
        "prix indicatif 25-26 : 1.60€)",
        "le coût de la formation est de 4896.15€ en moyenne",
    ):
        assert words in said
    flat = " ".join(said.split())
    assert "Référent handicap Maud LACASSAIGNE 03.20.35.90.55" in flat
    assert "Virginie VILLEROY Responsable UFA 03.22.82.84.70 (Standard)" in flat


def test_the_two_rows_of_header_of_the_other_diploma() -> None:
    found = rows("other/bts-assistant-manager-examen.html")
    assert [piece.header for piece in found[:3]] == [True, True, False]
    assert found[0].spans == (3, 2, 1, 2)
    assert found[5].cells == ("", "", "", "Oral", "20 min (2)", "d'évaluation", "Oral", "20 min (2)")


def test_page_labels_are_those_of_the_file() -> None:
    assert reading("bts-mco/referentiel-mco.pdf").labels == tuple(map(str, range(1, 17)))
