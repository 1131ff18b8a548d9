"""What DOCX and ODT files say: titles, lists, tables with merged cells, in the order of the document."""

from __future__ import annotations

from pathlib import Path

import docx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from corpus.documents import BlockKind
from corpus.readers import Piece, media_type, read
from tests.corpus.making import docx as made_docx
from tests.corpus.making import odt, paragraph

HEADING, PARAGRAPH, ITEM, ROW = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def table(*rows: str, columns: int = 2) -> str:
    grid = "<w:gridCol/>" * columns
    return f"<w:tbl><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


def of_docx(folder: Path, body: str) -> tuple[Piece, ...]:
    return read(made_docx(folder / "a.docx", body)).pieces


def test_numbered_titles_stand_under_each_other(tmp_path: Path) -> None:
    body = "".join(
        paragraph(text, bold=True) for text in ("I. ECRITS", "A. CALENDRIER", "B. COPIES", "II. ORAUX", "A. CALENDRIER")
    )
    assert [(p.kind, p.level) for p in of_docx(tmp_path, body)] == [(HEADING, n) for n in (1, 2, 2, 1, 2)]


def test_a_title_glued_to_its_text_is_set_apart(tmp_path: Path) -> None:
    text = "Sous épreuve : X41 Durée : 30 mn. La sous-épreuve repose sur un dossier personnel."
    pieces = of_docx(tmp_path, paragraph("IV. ORAUX", bold=True) + paragraph(text))
    assert [(p.kind, p.text.split(" D")[0]) for p in pieces[1:]] == [
        (HEADING, "Sous épreuve : X41"),
        (PARAGRAPH, "Durée : 30 mn. La sous-épreuve repose sur un dossier personnel."),
    ]


def test_a_label_and_its_value_set_as_a_title_is_a_paragraph(tmp_path: Path) -> None:
    assert of_docx(tmp_path, paragraph("Durée : 30mn", bold=True))[0].kind is PARAGRAPH


def test_tables_stay_between_the_paragraphs_they_stand_between(tmp_path: Path) -> None:
    body = paragraph("Avant.") + table(cell("Épreuve") + cell("Lieu"), cell("X1") + cell("")) + paragraph("Après.")
    pieces = of_docx(tmp_path, body)
    assert [p.kind for p in pieces] == [PARAGRAPH, ROW, ROW, PARAGRAPH]
    assert (pieces[1].header, pieces[2].header, pieces[2].cells) == (True, False, ("X1", ""))


def test_a_cell_merged_over_two_rows_is_said_in_both(tmp_path: Path) -> None:
    merged = cell("Salle 4", '<w:vMerge w:val="restart"/>')
    rows = table(cell("Épreuve") + cell("Lieu"), cell("X1") + merged, cell("X2") + cell("", "<w:vMerge/>"))
    assert [p.cells for p in of_docx(tmp_path, rows)[1:]] == [("X1", "Salle 4"), ("X2", "Salle 4")]


def test_a_cell_merged_over_two_columns_says_so(tmp_path: Path) -> None:
    wide = cell("Voie scolaire", '<w:gridSpan w:val="2"/>')
    rows = table(
        cell("Épreuve") + wide,
        cell("Code") + cell("Forme") + cell("Durée"),
        cell("X1") + cell("oral") + cell("1 h"),
        columns=3,
    )
    first, second, third = of_docx(tmp_path, rows)
    assert (first.cells, first.spans) == (("Épreuve", "Voie scolaire"), (1, 2))
    assert (first.header, second.header, third.header) == (True, True, False)


def test_a_frame_of_one_cell_is_read_as_text(tmp_path: Path) -> None:
    body = table(cell("Une information importante."), columns=1)
    assert [p.kind for p in of_docx(tmp_path, body)] == [PARAGRAPH]


def test_words_of_links_and_insertions_are_kept_and_deleted_ones_are_not(tmp_path: Path) -> None:
    run = '<w:r><w:t xml:space="preserve">{} </w:t></w:r>'
    body = f"<w:p>{run.format('un')}<w:ins>{run.format('deux')}</w:ins><w:hyperlink>{run.format('trois')}</w:hyperlink>"
    body += "<w:del><w:r><w:delText>quatre</w:delText></w:r></w:del></w:p>"
    assert of_docx(tmp_path, body)[0].text == "un deux trois"


def test_a_footnote_is_said_under_the_table_that_calls_it(tmp_path: Path) -> None:
    file = docx.Document()
    table_ = file.add_table(2, 2)
    for place, words in zip(((0, 0), (0, 1), (1, 0), (1, 1)), ("Épreuve", "Durée", "X1", "20 min"), strict=True):
        table_.cell(*place).text = words
    call = OxmlElement("w:footnoteReference")
    call.set(qn("w:id"), "2")
    table_.cell(1, 1).paragraphs[0].add_run()._r.append(call)
    notes = (
        b'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2">'
        b"<w:p><w:r><w:t>Sans la pr\xc3\xa9paration.</w:t></w:r></w:p></w:footnote></w:footnotes>"
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    part = Part(PackURI("/word/footnotes.xml"), "application/xml", notes, file.part.package)
    file.part.relate_to(part, kind)
    file.save(str(tmp_path / "a.docx"))
    pieces = read(tmp_path / "a.docx").pieces
    assert pieces[1].cells == ("X1", "20 min (2)")
    assert pieces[2].text == "(2) Sans la préparation."


ODT_BODY = """<text:h text:outline-level="2">Calendrier</text:h>
<text:p>Un<text:s/>texte<text:line-break/>suivi.</text:p>
<text:list><text:list-item><text:p>premier</text:p><text:list><text:list-item><text:p>second</text:p></text:list-item>
</text:list></text:list-item></text:list>
<table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Épreuve</text:p></table:table-cell>
<table:table-cell table:number-columns-spanned="2"><text:p>Voie</text:p></table:table-cell><table:covered-table-cell/>
</table:table-row></table:table-header-rows><table:table-row><table:table-cell><text:p>X1</text:p></table:table-cell>
<table:table-cell/><table:table-cell><text:p>2 h</text:p></table:table-cell></table:table-row></table:table>"""


def test_an_odt_gives_headings_items_and_rows(tmp_path: Path) -> None:
    path = odt(tmp_path / "a.bin", ODT_BODY)
    assert media_type(path) == "application/vnd.oasis.opendocument.text"
    pieces = read(path).pieces
    assert [(p.kind, p.text, p.level) for p in pieces[:4]] == [
        (HEADING, "Calendrier", 2),
        (PARAGRAPH, "Un texte suivi.", 0),
        (ITEM, "premier", 0),
        (ITEM, "second", 1),
    ]
    assert [(p.cells, p.spans, p.header) for p in pieces[4:]] == [
        (("Épreuve", "Voie"), (1, 2), True),
        (("X1", "", "2 h"), (1, 1, 1), False),
    ]
