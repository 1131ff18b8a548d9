"""What HTML, Markdown and plain text say, tables that were flattened into text too."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.documents import BlockKind
from corpus.readers import Reading, Unreadable, media_type, read

HEADING, PARAGRAPH, ITEM, ROW = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW


def of(folder: Path, text: str, encoding: str = "utf-8") -> Reading:
    path = folder / "a"
    path.write_bytes(text.encode(encoding))
    return read(path)


def rows(reading: Reading) -> list[tuple[str, ...]]:
    return [piece.cells for piece in reading.pieces if piece.kind is ROW]


def said(reading: Reading) -> list[tuple[BlockKind, str]]:
    return [(piece.kind, piece.text) for piece in reading.pieces]


def html(body: str) -> str:
    return f"<!doctype html><html><head><title>Le titre</title><script>x()</script></head><body>{body}</body></html>"


def test_html_gives_its_blocks_without_scripts_and_menus(tmp_path: Path) -> None:
    page = html("<nav>menu</nav><h2>Dates</h2><p>Un <b>texte</b>.</p><ul><li>a<ul><li>b</li></ul></li></ul>")
    reading = of(tmp_path, page)
    assert reading.title == "Le titre"
    assert said(reading) == [(HEADING, "Dates"), (PARAGRAPH, "Un texte."), (ITEM, "a"), (ITEM, "b")]
    assert [piece.level for piece in reading.pieces] == [2, 0, 0, 1]


def test_html_tables_keep_spans_and_two_rows_of_header(tmp_path: Path) -> None:
    table = '<table><tr><td colspan="2">Unité</td><td colspan="2">Voie</td></tr><tr><td>Nom</td><td>Coef.</td>'
    table += "<td>Forme</td><td>Durée</td></tr><tr><td>X1</td><td></td><td>oral</td><td>1 h</td></tr></table>"
    pieces = of(tmp_path, html(table)).pieces
    assert [piece.header for piece in pieces] == [True, True, False]
    assert (pieces[0].spans, pieces[2].cells) == ((2, 2), ("X1", "", "oral", "1 h"))


def test_html_cells_that_cover_rows_are_said_in_each(tmp_path: Path) -> None:
    table = '<table><tr><th>A</th><th>B</th></tr><tr><td rowspan="2">x</td><td>1</td></tr><tr><td>2</td></tr></table>'
    assert rows(of(tmp_path, html(table))) == [("A", "B"), ("x", "1"), ("x", "2")]


def test_a_table_of_labels_has_no_header(tmp_path: Path) -> None:
    table = "<table><tr><th>Début</th><td>01-01-2024</td></tr><tr><th>Fin</th><td>31-12-2028</td></tr></table>"
    assert not any(piece.header for piece in of(tmp_path, html(table)).pieces)


def test_a_term_is_the_label_of_its_definition(tmp_path: Path) -> None:
    terms = "<dt>Rentrée :</dt><dd>2 septembre</dd><dt>Tenue</dt><dd>Blouse</dd><dd>Gants</dd><dt>Seul</dt>"
    assert [text for _, text in said(of(tmp_path, html(f"<dl>{terms}</dl><p>Fin</p>")))] == [
        "Rentrée : 2 septembre",
        "Tenue : Blouse",
        "Gants",
        "Seul",
        "Fin",
    ]


def test_a_date_set_as_an_html_heading_is_a_paragraph(tmp_path: Path) -> None:
    assert said(of(tmp_path, html("<p>Échéance</p><h3>31-12-2028</h3>"))) == [
        (PARAGRAPH, "Échéance"),
        (PARAGRAPH, "31-12-2028"),
    ]


def test_markdown_gives_its_blocks_and_its_empty_cells(tmp_path: Path) -> None:
    reading = of(tmp_path, "# Un\n\n## Deux\n\nDu **texte**\nsuivi.\n\n1. a\n2. b\n\n| X | Y |\n|---|---|\n| 1 | |\n")
    assert [(p.kind, p.text, p.level) for p in reading.pieces[:5]] == [
        (HEADING, "Un", 1),
        (HEADING, "Deux", 2),
        (PARAGRAPH, "Du texte suivi.", 0),
        (ITEM, "1. a", 0),
        (ITEM, "2. b", 0),
    ]
    assert rows(reading) == [("X", "Y"), ("1", "")]
    assert reading.title == "Un"


def test_text_with_hashes_bold_and_tags_left_in_it_is_cleaned(tmp_path: Path) -> None:
    text = (
        "# Titre\n\nA\tB\n<b>x</b>\t\n\nII. [bookmark: _T1]LIVRETS SCOLAIRES\n\nUn **mot** en gras dans une phrase.\n"
    )
    reading = of(tmp_path, text)
    assert rows(reading) == [("A", "B"), ("x", "")]
    assert said(reading)[0] == (HEADING, "Titre")
    assert said(reading)[-2:] == [(HEADING, "II. LIVRETS SCOLAIRES"), (PARAGRAPH, "Un mot en gras dans une phrase.")]


FLAT = """Épreuves Coefficient Forme Durée

X 1 PREMIER SUJET 3 ÉCRITE 4 H

X 2 DEUXIÈME SUJET DE
LANGUE 1

3

X21 ÉCRIT ET EXPRESSION ÉCRITE 1,5 ÉCRITE 40 min

X 22 ORAL, PRODUCTION EN
CONTINU

1,5 ORALE 20 min préparation + 20 min de passage

XF1 SUJET FACULTATIF ORALE

20 min

(1)Cette langue est différente de la première.
"""


def test_rows_that_extraction_spread_over_lines_are_put_together_again(tmp_path: Path) -> None:
    reading = of(tmp_path, FLAT)
    assert rows(reading) == [
        ("Épreuves", "Coefficient", "Forme", "Durée"),
        ("X 1 PREMIER SUJET", "3", "ÉCRITE", "4 H"),
        ("X 2 DEUXIÈME SUJET DE LANGUE 1", "3", "", ""),
        ("X21 ÉCRIT ET EXPRESSION ÉCRITE", "1,5", "ÉCRITE", "40 min"),
        ("X 22 ORAL, PRODUCTION EN CONTINU", "1,5", "ORALE", "20 min préparation + 20 min de passage"),
        ("XF1 SUJET FACULTATIF", "", "ORALE", "20 min"),
    ]
    assert said(reading)[-1] == (PARAGRAPH, "(1)Cette langue est différente de la première.")


def test_cells_one_under_the_other_are_rows_of_the_header_s_width(tmp_path: Path) -> None:
    text = "\tÉpreuve\n\tDate\n\tLieu\n\n\tX1\n(réunion à part)\n\t\nLundi 3\n14h\n\n\tSalle 4\nRue B\n\n\n"
    text += "\tX2\n\t\n\t\n\nSuite du texte.\n"
    reading = of(tmp_path, text)
    assert rows(reading) == [
        ("Épreuve", "Date", "Lieu"),
        ("X1 (réunion à part)", "Lundi 3 14h", "Salle 4 Rue B"),
        ("X2", "", ""),
    ]
    assert said(reading)[-1] == (PARAGRAPH, "Suite du texte.")


def test_lines_that_say_something_by_themselves_are_not_run_together(tmp_path: Path) -> None:
    text = """L'EXAMEN
EP1 – Cuisine : écrit, 2 h
EP2 – Service : pratique, 5 h 30, et une question de prévention dont la note
compte pour un point

POUR QUI ?
Durée : 2 ans
Début des cours : lundi 6 septembre 2027
1. Remplir la demande.
2. Venir à la rencontre, où l'on vous dira ce qu'il faut apporter le premier
jour de la formation.
"""
    assert [line for _, line in said(of(tmp_path, text))] == [
        "L'EXAMEN",
        "EP1 – Cuisine : écrit, 2 h",
        "EP2 – Service : pratique, 5 h 30, et une question de prévention dont la note compte pour un point",
        "POUR QUI ?",
        "Durée : 2 ans",
        "Début des cours : lundi 6 septembre 2027",
        "1. Remplir la demande.",
        "2. Venir à la rencontre, où l'on vous dira ce qu'il faut apporter le premier jour de la formation.",
    ]


def test_starred_notes_under_a_table_are_not_a_list(tmp_path: Path) -> None:
    notes = "* Temps de préparation\n** Facultatif\n"
    reading = of(tmp_path, f"Épreuve\tDurée\nX1\t20 min *\n\n{notes}\nUne liste :\n\n* a\n* b\n")
    assert said(reading)[2:4] == [(PARAGRAPH, "* Temps de préparation"), (PARAGRAPH, "** Facultatif")]
    assert said(reading)[-2:] == [(ITEM, "a"), (ITEM, "b")]
    page = html("<table><tr><th>A</th><th>B</th></tr><tr><td>1 *</td><td>2</td></tr></table><p>* Une note.</p>")
    assert said(of(tmp_path, page))[-1] == (PARAGRAPH, "* Une note.")


def test_a_table_that_nothing_tells_apart_is_left_as_text(tmp_path: Path) -> None:
    reading = of(tmp_path, "Horaires Cours Travaux\n\nCulture générale 1 h 1 h\n\nLangue vivante 2 h 1 h\n")
    assert not rows(reading)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_is_read_in_the_encodings_that_people_have(encoding: str, tmp_path: Path) -> None:
    text = "L’épreuve est orale : cœur, Noël, 10 €.\r\nElle dure une heure.\r\n"
    assert said(of(tmp_path, text, encoding)) == [
        (PARAGRAPH, "L’épreuve est orale : cœur, Noël, 10 €. Elle dure une heure.")
    ]


def test_a_page_without_words_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="vide"):
        of(tmp_path, html("<div></div>"))


def test_each_text_has_its_media_type(tmp_path: Path) -> None:
    for text, expected in (("# a\n\nb", "text/markdown"), ("a b", "text/plain"), (html("a"), "text/html")):
        (tmp_path / "a.pdf").write_text(text)
        assert media_type(tmp_path / "a.pdf") == expected


def test_dots_that_lead_to_a_value_make_a_labelled_line(tmp_path: Path) -> None:
    text = "Les inscriptions se font en ligne.\n\n  Ouverture .............. lundi 12 octobre 2026\n"
    text += "  Retour de la fiche\n  signée ............... vendredi 11 décembre 2026\n  (cachet de la poste)\n"
    text += "  Clôture ........... jeudi 7 janvier 2027\nLes retards sont refusés.\n"
    assert [words for _, words in said(of(tmp_path, text))][1:] == [
        "Ouverture : lundi 12 octobre 2026",
        "Retour de la fiche signée : vendredi 11 décembre 2026 (cachet de la poste)",
        "Clôture : jeudi 7 janvier 2027",
        "Les retards sont refusés.",
    ]


def test_a_table_drawn_with_strokes_is_a_table(tmp_path: Path) -> None:
    text = """Tarifs :
+-------+------------------+--------+
| Bloc  | Intitulé         | Prix   |
+-------+------------------+--------+
| CCP 1 | Entretenir       | 1 771 €|
| CCP 2 | Accompagner      | 2 254 €|
+-------+------------------+--------+
| Titre complet            | 5 635 €|
+--------------------------+--------+
Tenue comprise.
"""
    reading = of(tmp_path, text)
    assert rows(reading) == [
        ("Bloc", "Intitulé", "Prix"),
        ("CCP 1", "Entretenir", "1 771 €"),
        ("CCP 2", "Accompagner", "2 254 €"),
        ("Titre complet", "5 635 €"),
    ]
    assert [piece.spans for piece in reading.pieces if piece.kind is ROW][-1] == (2, 1)


def test_a_first_cell_that_goes_on_below_is_one_cell(tmp_path: Path) -> None:
    text = """Coefficients :
+------------+-----+
| Épreuve    | Co. |
+------------+-----+
| E1 Culture | 2   |
| générale   |     |
+------------+-----+
| E2 Langue  | 1   |
+------------+-----+
"""
    assert rows(of(tmp_path, text)) == [("Épreuve", "Co."), ("E1 Culture générale", "2"), ("E2 Langue", "1")]


def test_three_rows_of_titles_are_all_titles(tmp_path: Path) -> None:
    table = '<table><tr><td colspan="3">Bac pro</td><td colspan="2">A – Scolaires</td></tr>'
    table += '<tr><td rowspan="2">Épreuves</td><td rowspan="2">Unités</td><td rowspan="2">Coef.</td>'
    table += '<td colspan="2">Candidats A</td></tr><tr><td>Forme</td><td>Durée</td></tr>'
    table += "<tr><td>E1</td><td>U1</td><td>3</td><td>CCF</td><td>1 h</td></tr></table>"
    assert [piece.header for piece in of(tmp_path, html(table)).pieces] == [True, True, True, False]
