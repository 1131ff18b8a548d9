"""From pieces to one text: every offset gives back the exact words."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.assembly import assemble
from corpus.documents import BlockKind, Document
from corpus.manifest import Entry
from corpus.readers import Piece, Reading, read

SHARED = Path(__file__).parents[3] / "shared" / "documents"
ROW = BlockKind.ROW


def document(*pieces: Piece, labels: tuple[str | None, ...] = (None,), entry: Entry | None = None) -> Document:
    return assemble(Reading(labels, pieces), entry or Entry("a", "a.txt"), "0" * 64, "text/plain")


def row(*cells: str, table: int = 0, header: bool = False, spans: tuple[int, ...] = ()) -> Piece:
    return Piece(ROW, cells=cells, spans=spans or (1,) * len(cells), table=table, header=header)


def paragraph(text: str, page: int = 1) -> Piece:
    return Piece(BlockKind.PARAGRAPH, text, page=page)


def test_a_row_s_text_is_its_cells_with_the_empty_ones_kept_empty() -> None:
    made = document(row("Épreuve", "Coef.", "Forme", "Durée", header=True), row("E2 Langue", "3", "", ""))
    assert made.text == "Épreuve | Coef. | Forme | Durée\nE2 Langue | 3 |  | "
    assert [made.slice(cell) for cell in made.blocks[1].cells] == ["E2 Langue", "3", "", ""]
    assert (made.blocks[0].header, made.blocks[1].header) == (True, False)


def test_columns_are_counted_with_the_spans() -> None:
    made = document(row("Unité", "Voie", "Autre", spans=(1, 2, 1)))
    assert [(cell.column, cell.span) for cell in made.blocks[0].cells] == [(0, 1), (1, 2), (3, 1)]


def test_blocks_stand_apart_and_the_items_of_a_list_do_not() -> None:
    item = Piece(BlockKind.ITEM, "un")
    assert document(paragraph("Liste :"), item, item, paragraph("Fin.")).text == "Liste :\n\nun\nun\n\nFin."


def test_two_tables_that_follow_each_other_stand_apart() -> None:
    assert document(row("a", "b"), row("c", "d", table=1)).text == "a | b\n\nc | d"


def test_a_line_break_in_a_cell_is_a_space_and_control_characters_are_gone() -> None:
    assert document(row("Ponctuelle\nécrite", "4\u00a0h\0")).text == "Ponctuelle écrite | 4 h"


def test_the_text_is_composed() -> None:
    made = document(paragraph(unicodedata.normalize("NFD", "Épreuve à l'oral")))
    assert made.text == "Épreuve à l'oral"


def test_notes_under_a_table_are_tied_to_the_rows_that_call_them() -> None:
    made = document(
        row("Épreuve", "Durée (2)", header=True),
        row("X1", "20 min (*20 min)"),
        row("X2 (1)", "4 h"),
        row("X3", "1 h"),
        paragraph("*Temps de préparation"),
        paragraph("(1) Dont une situation en entreprise."),
        paragraph("(2) Temps de préparation non compris."),
    )
    assert [block.notes for block in made.blocks[:4]] == [(6,), (4,), (5,), ()]


def test_a_note_that_two_stars_call_is_not_the_note_of_one() -> None:
    made = document(
        row("Centre **", "Langue *"), row("X", "y"), paragraph("* une étoile"), paragraph("** deux étoiles")
    )
    assert made.blocks[0].notes == (3, 2)


def test_a_note_far_from_the_table_is_not_tied() -> None:
    far = [paragraph(f"Texte {n}.") for n in range(15)]
    assert document(row("X *", "y"), *far, paragraph("* trop loin")).blocks[0].notes == ()


def test_pages_are_slices_that_follow_each_other() -> None:
    made = document(paragraph("Un."), paragraph("Trois.", page=3), labels=("i", None, "1", "2"))
    assert [made.slice(page).strip() for page in made.pages] == ["Un.", "", "Trois.", ""]
    assert [page.label for page in made.pages] == ["i", None, "1", "2"]
    assert (made.pages[0].start, made.pages[-1].end) == (0, len(made.text))


def test_the_scope_comes_from_the_manifest() -> None:
    made = document(entry=Entry("s", "a.pdf", school="Lycée X", session=2031, academies=("Y",)))
    assert (made.scope.school, made.scope.session, made.scope.academies) == ("Lycée X", 2031, ("Y",))


def test_the_title_is_that_of_the_manifest_else_that_of_the_file_else_the_slug() -> None:
    reading = Reading((None,), (), "Le titre du fichier")
    assert assemble(reading, Entry("s", "a.pdf", title="Le bon"), "", "text/plain").title == "Le bon"
    assert assemble(reading, Entry("s", "a.pdf"), "", "text/plain").title == "Le titre du fichier"
    assert document().title == "a"


texts = st.text(st.characters(codec="utf-8"), max_size=40)
cells = st.lists(texts, min_size=1, max_size=5).map(tuple)
pieces = st.lists(
    st.one_of(
        st.builds(Piece, st.sampled_from([k for k in BlockKind if k is not ROW]), texts, level=st.integers(0, 6)),
        cells.flatmap(
            lambda c: st.builds(
                Piece,
                st.just(ROW),
                cells=st.just(c),
                spans=st.just((1,) * len(c)),
                table=st.integers(0, 3),
                header=st.booleans(),
            )
        ),
    ),
    max_size=12,
)


@given(pieces)
def test_every_offset_gives_back_the_exact_words(some: list[Piece]) -> None:
    _check_offsets(document(*some))


def _check_offsets(made: Document) -> None:
    at = 0
    for block in made.blocks:
        assert at <= block.start < block.end <= len(made.text)
        assert made.text[at : block.start].strip() == ""
        said = made.slice(block)
        assert "\n" not in said
        if block.kind is ROW:
            assert " | ".join(made.slice(cell) for cell in block.cells) == said
            assert block.cells[0].start == block.start
            assert block.cells[-1].end == block.end
        at = block.end
    assert at == len(made.text)
    assert made.text == unicodedata.normalize("NFC", made.text)
    for note in (note for block in made.blocks for note in block.notes):
        assert made.blocks[note].kind is not ROW


@pytest.mark.skipif(not SHARED.is_dir(), reason="../shared est absent : ses documents ne sont pas lus")
def test_the_shared_documents_keep_every_offset() -> None:
    files = [path for path in sorted(SHARED.glob("*/*")) if path.name != "manifest.toml"]
    for path in files:
        made = assemble(read(path), Entry(path.stem, path.name), "", "")
        _check_offsets(made)
        assert {block.page for block in made.blocks} <= {page.number for page in made.pages}
        assert all(made.page(b.page).start <= b.start < made.page(b.page).end for b in made.blocks)
