"""What a PDF says: its order of reading, its titles, its tables, its page labels."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from corpus.documents import BlockKind
from corpus.readers import Reading, Unreadable, media_type, read
from tests.corpus.making import lines, pdf, ruled, words

LEFT = [f"La colonne de gauche dit sa phrase numéro {n}." for n in range(1, 9)]
RIGHT = [f"La colonne de droite dit sa phrase numéro {n}." for n in range(1, 9)]


def texts(reading: Reading) -> list[str]:
    return [piece.text for piece in reading.pieces if piece.kind is not BlockKind.ROW]


def rows(reading: Reading) -> list[tuple[str, ...]]:
    return [piece.cells for piece in reading.pieces if piece.kind is BlockKind.ROW]


def test_the_left_column_is_read_before_the_right_one(tmp_path: Path) -> None:
    page = words(60, 780, "Un titre sur toute la largeur de la page, qui ne coupe rien", 16, "F2")
    page += lines(60, 740, LEFT) + lines(310, 740, RIGHT)
    said = " ".join(texts(read(pdf(tmp_path / "a.pdf", [page]))))
    assert said.index(LEFT[-1]) < said.index(RIGHT[0])


def test_a_line_that_nearly_reaches_the_next_column_ends_where_that_begins(tmp_path: Path) -> None:
    wide = "La colonne de gauche dit sa longue phrase à elle seule, la 9e."
    left = [wide if n % 4 == 3 else f"À gauche, une phrase courte, la {n}e." for n in range(12)]
    page = lines(60, 740, left) + lines(338, 740, [f"À droite, la phrase {n} se tient là." for n in range(12)])
    assert " ".join(left) in " ".join(texts(read(pdf(tmp_path / "a.pdf", [page]))))


def test_what_goes_on_in_another_type_on_its_line_is_no_column(tmp_path: Path) -> None:
    label = "Le candidat inscrit en session normale :"
    page = "".join(words(60, 740 - 12 * n, label, font="F2") for n in range(10))
    page += lines(262, 740, [f"il présente la pièce numéro {n} au jury." for n in range(10)])
    said = " ".join(texts(read(pdf(tmp_path / "a.pdf", [page]))))
    assert f"{label} il présente la pièce numéro 3 au jury." in said


def test_a_table_in_one_column_stands_between_the_texts_of_that_column(tmp_path: Path) -> None:
    page = lines(60, 740, LEFT[:4]) + lines(310, 740, RIGHT * 2)
    page += ruled([60, 160, 260], [640, 660, 680], [["Âge", "Part"], ["18 ans", "43 %"]])
    page += lines(60, 600, LEFT[4:])
    reading = read(pdf(tmp_path / "a.pdf", [page]))
    order = [piece.text or piece.cells[0] for piece in reading.pieces]
    said = " ".join(order)
    assert said.index(LEFT[3]) < said.index("18 ans") < said.index(LEFT[4]) < said.index(RIGHT[0])


def test_running_headers_and_footers_are_left_out_and_give_the_page_labels(tmp_path: Path) -> None:
    pages = [
        words(60, 815, "Guide du candidat")
        + lines(60, 740, [f"Ce que dit la page {n}, et elle seule."])
        + words(280, 30, f"{n + 4} / 9")
        for n in range(1, 5)
    ]
    reading = read(pdf(tmp_path / "a.pdf", pages))
    assert reading.labels == ("5", "6", "7", "8")
    assert texts(reading) == [f"Ce que dit la page {n}, et elle seule." for n in range(1, 5)]


def test_the_labels_of_the_file_are_used_where_the_pages_print_none(tmp_path: Path) -> None:
    pages = [words(60, 740, f"Texte de la page {n}.") for n in "abc"]
    path = pdf(tmp_path / "a.pdf", pages, "/PageLabels << /Nums [0 << /S /r >> 2 << /S /D >>] >>")
    assert read(path).labels == ("i", "ii", "1")


def test_larger_type_makes_a_heading_and_a_date_in_it_does_not(tmp_path: Path) -> None:
    page = words(60, 780, "Calendrier", 16, "F2") + words(60, 750, "Samedi 14/03/2026 de 9h00 à 16h30", 16, "F2")
    page += lines(60, 720, ["Les portes sont ouvertes aux dates dites ci-dessus, sans rendez-vous."])
    kinds = [piece.kind for piece in read(pdf(tmp_path / "a.pdf", [page])).pieces]
    assert kinds == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_the_table_of_contents_of_the_file_names_titles_that_the_type_does_not(tmp_path: Path) -> None:
    page = words(60, 780, "Le calendrier") + words(60, 740, "Les épreuves ont lieu en mai.")
    entry = b"<< /Title (Le calendrier) /Parent 60 0 R /Dest [20 0 R /Fit] >>"
    extra = {60: b"<< /Type /Outlines /First 61 0 R /Last 61 0 R /Count 1 >>", 61: entry}
    pieces = read(pdf(tmp_path / "a.pdf", [page], "/Outlines 60 0 R", extra)).pieces
    assert [(piece.kind, piece.level) for piece in pieces] == [(BlockKind.HEADING, 1), (BlockKind.PARAGRAPH, 0)]


def test_words_of_another_type_in_a_line_keep_their_spaces(tmp_path: Path) -> None:
    page = (
        words(60, 740, "Vous devrez ")
        + words(119, 740, "être intéressé", 10, "F2")
        + words(187, 740, " par le commerce")
    )
    page += words(262, 740, ", qui est une branche.")
    said = texts(read(pdf(tmp_path / "a.pdf", [page])))
    assert said == ["Vous devrez être intéressé par le commerce, qui est une branche."]


def test_a_word_cut_at_the_end_of_a_line_is_whole_again(tmp_path: Path) -> None:
    page = lines(60, 740, ["Le coefficient de cette épreuve ponctuelle est fixé par le règle-", "ment de l'examen."])
    assert "règlement de l'examen" in texts(read(pdf(tmp_path / "a.pdf", [page])))[0]


def test_a_ruled_table_keeps_its_empty_cells_and_its_broken_header(tmp_path: Path) -> None:
    table = ruled(
        [60, 300, 350, 430],
        [740, 705, 680, 655],
        [["Épreuves", "Coefficien\nt", "Durée"], ["X1 Premier sujet", "3", ""], ["X2 Second sujet", "", "2 h"]],
    )
    reading = read(pdf(tmp_path / "a.pdf", [table]))
    assert rows(reading) == [
        ("Épreuves", "Coefficient", "Durée"),
        ("X1 Premier sujet", "3", ""),
        ("X2 Second sujet", "", "2 h"),
    ]
    assert [piece.header for piece in reading.pieces] == [True, False, False]


def test_a_row_cut_by_a_page_break_is_one_row(tmp_path: Path) -> None:
    edges = [60, 300, 430]
    first = ruled(edges, [120, 95, 60], [["Épreuve", "Lieu"], ["X1 Premier sujet et la suite de", "Salle"]])
    second = ruled(edges, [800, 770, 745], [["son nom", ""], ["X2 Second sujet", "Gymnase"]])
    assert rows(read(pdf(tmp_path / "a.pdf", [first, second]))) == [
        ("Épreuve", "Lieu"),
        ("X1 Premier sujet et la suite de son nom", "Salle"),
        ("X2 Second sujet", "Gymnase"),
    ]


def test_a_header_repeated_on_the_next_page_is_said_once(tmp_path: Path) -> None:
    edges = [60, 300, 430]
    header = ["Épreuve", "Lieu"]
    first = ruled(edges, [140, 110, 80], [header, ["X1", "Salle 4"]])
    second = ruled(edges, [800, 770, 740], [header, ["X2", "Gymnase"]])
    reading = read(pdf(tmp_path / "a.pdf", [first, second]))
    assert rows(reading) == [tuple(header), ("X1", "Salle 4"), ("X2", "Gymnase")]
    assert {piece.table for piece in reading.pieces} == {0}


def test_a_table_without_rulings_is_read_by_its_columns(tmp_path: Path) -> None:
    said = [
        ("Épreuve", "Coef.", "Durée"),
        ("X1 Rédaction", "3", "4 h"),
        ("X2 Entretien", "", "30 min"),
        ("X3 Projet", "2", ""),
    ]
    page = "".join(
        words(x, 740 - 22 * n, text)
        for n, row in enumerate(said)
        for x, text in zip((60, 300, 400), row, strict=True)
        if text
    )
    assert rows(read(pdf(tmp_path / "a.pdf", [page]))) == said


def test_a_cell_over_two_columns_says_that_it_covers_them(tmp_path: Path) -> None:
    rules = "".join(f"60 {y} m 430 {y} l S\n" for y in (740, 715, 690, 665))
    rules += "".join(f"{x} {y} m {x} 665 l S\n" for x, y in ((60, 740), (250, 740), (340, 715), (430, 740)))
    cells = words(63, 725, "Épreuve") + words(253, 725, "Voie") + words(253, 700, "Scolaire") + words(343, 700, "CFA")
    cells += words(63, 675, "X1 Sujet") + words(253, 675, "3") + words(343, 675, "2")
    first = read(pdf(tmp_path / "a.pdf", [rules + cells])).pieces[0]
    assert (first.cells, first.spans) == (("Épreuve", "Voie"), (1, 2))


def test_a_raised_ending_stays_with_its_word(tmp_path: Path) -> None:
    page = words(60, 740, "Des examens blancs en mars de la 1") + words(219, 744, "ère", 6) + words(232, 740, "année.")
    page += words(60, 728, "Les tuteurs y sont conviés.")
    said = texts(read(pdf(tmp_path / "a.pdf", [page])))
    assert said == ["Des examens blancs en mars de la 1ère année. Les tuteurs y sont conviés."]


def test_a_page_shown_on_its_side_is_read_as_it_is_shown(tmp_path: Path) -> None:
    rows_ = [f"BT /F1 10 Tf 0 1 -1 0 {60 + 24 * n} 60 Tm (Phrase {n}.) Tj ET\n" for n in range(4)]
    path = pdf(tmp_path / "a.pdf", ["".join(reversed(rows_))])
    path.write_bytes(path.read_bytes().replace(b"/MediaBox", b"/Rotate 90 /MediaBox"))
    assert " ".join(texts(read(path))) == "Phrase 0. Phrase 1. Phrase 2. Phrase 3."


def test_a_long_cell_of_an_unruled_table_may_go_on_under_itself(tmp_path: Path) -> None:
    page = "".join(
        words(x, y, text)
        for y, row in (
            (740, ("Épreuve", "Coef.", "Durée")),
            (716, ("X1 Relation avec les clients et", "3", "30 min")),
            (704, ("vente de conseils", "", "")),
            (680, ("X2 Entretien", "2", "4 h")),
        )
        for x, text in zip((60, 300, 400), row, strict=True)
        if text
    )
    assert rows(read(pdf(tmp_path / "a.pdf", [page])))[1] == (
        "X1 Relation avec les clients et vente de conseils",
        "3",
        "30 min",
    )


def test_ligatures_are_undone(tmp_path: Path) -> None:
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Differences [1 /fi] >> >>"
    path = pdf(tmp_path / "a.pdf", ["BT /F1 10 Tf 60 740 Td (bac \\001n juin) Tj ET"], extra={10: font})
    assert texts(read(path)) == ["bac fin juin"]


def test_an_encrypted_pdf_that_opens_without_a_password_is_read(tmp_path: Path) -> None:
    path = _encrypted(tmp_path, user="")
    assert texts(read(path)) == ["Un texte protégé contre la modification."]


def test_an_encrypted_pdf_that_asks_for_a_password_says_so(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="mot de passe"):
        read(_encrypted(tmp_path, user="secret"))


def test_a_page_of_an_image_alone_is_named_among_the_problems(tmp_path: Path) -> None:
    image = (
        b"<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 /ColorSpace /DeviceGray /Length 1 >>"
        b"\nstream\n0\nendstream"
    )
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /I 50 0 R >> >> >>"
    path = pdf(tmp_path / "a.pdf", [words(60, 740, "Du texte."), ""], extra={50: image, 22: page})
    assert read(path).problems == ("Page 2 : image sans texte, à passer en reconnaissance de caractères.",)


def test_a_pdf_without_any_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="sans texte"):
        read(pdf(tmp_path / "a.pdf", ["", ""]))


def test_the_format_is_told_by_the_content_and_not_by_the_name(tmp_path: Path) -> None:
    path = pdf(tmp_path / "a.docx", [words(60, 740, "Un PDF qui se dit DOCX.")])
    assert media_type(path) == "application/pdf"
    assert texts(read(path)) == ["Un PDF qui se dit DOCX."]


def _encrypted(folder: Path, user: str) -> Path:
    writer = pypdf.PdfWriter(pdf(folder / "clear.pdf", [words(60, 740, "Un texte protégé contre la modification.")]))
    writer.encrypt(user_password=user, owner_password="owner", algorithm="AES-256")  # noqa: S106
    path = folder / "encrypted.pdf"
    writer.write(path)
    return path


def test_titles_that_come_down_beside_those_they_group_are_of_one_table(tmp_path: Path) -> None:
    edges, wide = [60, 200, 260, 330, 400, 470], [60, 200, 260, 400]
    page = ruled([*wide, 540], [740, 715], [["Épreuves", "Unités", "Scolaires", "Apprentis"]])
    page += ruled([*edges[2:], 540], [715, 690], [["Forme", "Durée", "Forme", "Durée"]])
    page += "".join(f"{x} 740 m {x} 690 l S\n" for x in (60, 200, 260))
    body = [["E1 Tracé", "U1", "CCF", "", "Ponctuelle", "2 h"], ["E2 Pose", "U2", "CCF", "", "Ponctuelle", "3 h"]]
    page += ruled([*edges, 540], [690, 665, 640], body)
    reading = read(pdf(tmp_path / "a.pdf", [page]))
    assert {piece.table for piece in reading.pieces} == {0}
    assert [piece.header for piece in reading.pieces] == [True, True, False, False]
    assert rows(reading)[2] == ("E1 Tracé", "U1", "CCF", "", "Ponctuelle", "2 h")
