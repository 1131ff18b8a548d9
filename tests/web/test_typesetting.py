"""Blocks as elements of a page: tables stay tables, the marked words are exactly those asked for."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.documents import Block, BlockKind, Cell, Document, Page
from web.typesetting import Element, Typesetter


def _document(*parts: str | Sequence[str], headers: int = 1) -> Document:
    """Paragraphs, "- items", "# headings" and rows (sequences of cells); the first rows of a table are its header."""
    text, blocks, rows, table = "", [], 0, -1
    for part in parts:
        text += "\n" if text else ""
        start = len(text)
        if isinstance(part, str):
            rows = 0
            kinds = {"- ": BlockKind.ITEM, "# ": BlockKind.HEADING}
            kind = kinds.get(part[:2], BlockKind.PARAGRAPH)
            text += part[2:] if part[:2] in kinds else part
            blocks.append(Block(kind, start, len(text), level=int(kind is BlockKind.HEADING)))
            continue
        table, rows, cells = table + (rows == 0), rows + 1, []
        for column, words in enumerate(part):
            text += " | " if column else ""
            cells.append(Cell(len(text), len(text) + len(words), column))
            text += words
        blocks.append(Block(BlockKind.ROW, start, len(text), table=table, cells=tuple(cells), header=rows <= headers))
    return Document("d", "D", text, (Page(1, None, 0, len(text)),), tuple(blocks))


def _marked(elements: Sequence[Element]) -> list[str]:
    lines = [line.runs for element in elements for line in element.lines]
    cells = [cell.runs for element in elements for row in element.rows for cell in row.cells]
    return [run.text for runs in (*lines, *cells) for run in runs if run.marked]


def _elements(document: Document, words: str = "") -> list[Element]:
    start = document.text.index(words) if words else 0
    mark = (start, start + len(words)) if words else None
    return list(Typesetter(document, mark).elements(0, len(document.text)))


TABLE = _document("# Les épreuves", ("Épreuve", "Coefficient", "Durée"), ("E1", "3", "4 h"), ("E2", "", ""))


def test_items_in_a_row_are_one_list_and_rows_of_a_table_one_table() -> None:
    document = _document("# T", "Un.", "- a", "- b", "Deux.", "- c", ("H", "I"), ("1", "2"))
    kinds = [str(element.kind) for element in _elements(document)]
    assert kinds == ["heading", "paragraph", "item", "paragraph", "item", "row"]


def test_two_paragraphs_stay_two() -> None:
    assert len(_elements(_document("Un.", "Deux."))) == 2


def test_an_empty_cell_stays_an_empty_cell() -> None:
    (_, table) = _elements(TABLE)
    assert [[cell.runs[0].text for cell in row.cells] for row in table.rows][2] == ["E2", "", ""]


def test_the_marked_words_are_exactly_those_asked_for() -> None:
    document = _document("Il faut avoir dix-huit ans, au moins.")
    assert _marked(_elements(document, "dix-huit ans")) == ["dix-huit ans"]


def test_a_marked_row_is_marked_cell_by_cell_without_its_separators() -> None:
    assert _marked(_elements(TABLE, "E1 | 3 | 4 h")) == ["E1", "3", "4 h"]


def test_only_the_first_marked_words_bear_the_anchor() -> None:
    (_, table) = _elements(TABLE, "E1 | 3 | 4 h")
    runs = [run for row in table.rows for cell in row.cells for run in cell.runs if run.marked]
    assert [run.first for run in runs] == [True, False, False]


def test_nothing_marked_loses_no_character() -> None:
    document = _document("# T", "Un, deux.", "- a")
    texts = [run.text for element in _elements(document, "deux") for line in element.lines for run in line.runs]
    assert "".join(texts) == document.text.replace("\n", "")


def _pairs(document: Document, words: str) -> list[tuple[str, str]]:
    start = document.text.index(words)
    pairs = Typesetter(document, (start, start + len(words))).pairs()
    return [(pair.header, "".join(run.text for run in pair.runs)) for pair in pairs if not pair.empty]


def test_a_quoted_row_reads_under_its_headers_without_its_empty_cells() -> None:
    assert _pairs(TABLE, "E1 | 3 | 4 h") == [("Épreuve", "E1"), ("Coefficient", "3"), ("Durée", "4 h")]
    assert _pairs(TABLE, "E2 | ") == [("Épreuve", "E2")]


def test_two_header_rows_are_read_from_the_outermost() -> None:
    document = _document(("Voie", "Scolaire"), ("Épreuve", "Durée"), ("E1", "4 h"), headers=2)
    assert _pairs(document, "E1 | 4 h") == [("Voie · Épreuve", "E1"), ("Scolaire · Durée", "4 h")]


def test_prose_and_several_rows_are_not_read_as_a_row() -> None:
    assert _pairs(_document("Un, deux."), "deux") == []
    assert _pairs(TABLE, "E1 | 3 | 4 h\nE2") == []
