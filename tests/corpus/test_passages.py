"""Passages are exact slices along the structure of their document, and together they lose nothing of it."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from semantic_text_splitter import TextSplitter

from corpus.assembly import assemble
from corpus.documents import BlockKind, Document, Passage
from corpus.library import find, starter
from corpus.manifest import Entry
from corpus.passages import LONGEST, cut
from corpus.readers import read
from corpus.readers.pieces import Piece, Reading

HEADING, PARAGRAPH, ITEM, ROW = BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.ITEM, BlockKind.ROW
SENTENCE = "Le candidat présente son dossier au jury, qui l'interroge ensuite. "


def document(*pieces: Piece, labels: tuple[str | None, ...] = (None,)) -> Document:
    return assemble(Reading(labels, pieces), Entry(slug="essai", file="essai.txt"), "", "text/plain")


def title(text: str, level: int = 1) -> Piece:
    return Piece(HEADING, text, level=level)


def text(words: str, page: int = 1) -> Piece:
    return Piece(PARAGRAPH, words, page=page)


def item(words: str) -> Piece:
    return Piece(ITEM, words)


def row(*cells: str, table: int = 0, header: bool = False) -> Piece:
    return Piece(ROW, cells=cells, table=table, header=header)


def texts(*pieces: Piece) -> list[str]:
    return [passage.text for passage in cut(document(*pieces))]


def test_paragraphs_of_one_section_are_one_passage() -> None:
    assert texts(title("Épreuves"), text("Une."), text("Deux.")) == ["Une.\n\nDeux."]


def test_a_section_does_not_spill_into_the_next() -> None:
    passages = cut(document(title("A"), text("Un."), title("B"), text("Deux."), title("C", 2), text("Trois.")))
    assert [(p.section, p.text) for p in passages] == [(("A",), "Un."), (("B",), "Deux."), (("B", "C"), "Trois.")]


def test_two_sections_of_one_name_stay_apart() -> None:
    assert texts(title("VI"), text("Un."), title("VI"), text("Deux.")) == ["Un.", "Deux."]


def test_text_before_the_first_heading_has_no_section() -> None:
    assert [p.section for p in cut(document(text("Un."), title("A"), text("Deux.")))] == [(), ("A",)]


def test_a_passage_stands_on_one_page_and_bears_its_label() -> None:
    passages = cut(document(text("Un."), text("Deux.", page=2), labels=("iv", None)))
    assert [(p.text, p.page) for p in passages] == [("Un.", "iv"), ("Deux.", None)]


def test_a_row_is_a_passage_with_its_header() -> None:
    doc = document(row("Épreuve", "Coefficient", header=True), row("E41", "3"), row("E42", ""))
    passages = cut(doc)
    assert [p.text for p in passages] == ["E41 | 3", "E42 | "]
    assert {(p.kind, p.header, p.header_text) for p in passages} == {(ROW, (0, 21), "Épreuve | Coefficient")}


def test_a_row_has_the_nearest_header_above_it_in_its_own_table() -> None:
    passages = cut(
        document(
            row("A", "B", header=True),
            row("1", "2"),
            row("C", "D", header=True),
            row("3", "4"),
            row("5", "6", table=1),
        )
    )
    assert [(p.text, p.header_text) for p in passages] == [("1 | 2", "A | B"), ("3 | 4", "C | D"), ("5 | 6", "")]


def test_a_header_of_two_rows_is_given_whole() -> None:
    (passage,) = cut(document(row("Voie", header=True), row("Forme", "Durée", header=True), row("CCF", "2 h")))
    assert passage.header_text == "Voie\nForme | Durée"


def test_a_table_of_nothing_but_headers_is_not_lost() -> None:
    (passage,) = cut(document(row("Rentrée", "1er septembre", header=True)))
    assert (passage.text, passage.header) == ("Rentrée | 1er septembre", None)


def test_a_row_too_long_to_be_read_at_a_glance_is_cut_and_each_part_has_the_header() -> None:
    passages = cut(document(row("Épreuve", "Déroulement", header=True), row("E41", SENTENCE * 20)))
    assert len(passages) == 2
    assert {p.header_text for p in passages} == {"Épreuve | Déroulement"}


def test_a_table_parts_what_stands_before_from_what_stands_after() -> None:
    assert texts(text("Avant."), row("a", "b"), text("Après.")) == ["Avant.", "a | b", "Après."]


def test_a_heading_is_a_passage_only_where_nothing_stands_under_it() -> None:
    passages = cut(document(title("A"), title("B", 2), text("Un."), title("Le CFA ferme en août", 2), title("C")))
    assert [(p.text, p.section) for p in passages] == [
        ("Un.", ("A", "B")),
        ("Le CFA ferme en août", ("A",)),
        ("C", ()),
    ]


def test_a_list_keeps_the_line_that_introduces_it() -> None:
    before = SENTENCE * 10
    items = [item(f"Pièce n° {n} : {SENTENCE}") for n in range(5)]
    first, second = texts(text(before), text("Le dossier comprend :"), *items)
    assert first == before.strip()
    assert second.startswith("Le dossier comprend :\n\nPièce n° 0")
    assert "Pièce n° 4" in second


def test_a_list_too_long_for_one_passage_is_cut_between_its_items() -> None:
    passages = texts(text("Le dossier comprend :"), *(item(f"{n} {SENTENCE}") for n in range(40)))
    assert passages[0].startswith("Le dossier comprend :")
    assert len(passages) > 1
    assert all(passage[0].isdigit() for passage in passages[1:])


def test_a_long_paragraph_is_cut_at_the_end_of_a_sentence() -> None:
    passages = texts(text(SENTENCE * 40))
    assert len(passages) > 2
    assert all(passage.startswith("Le candidat") and passage.endswith("ensuite.") for passage in passages)


def test_a_very_long_paragraph_is_cut_at_the_end_of_a_sentence_too() -> None:
    passages = texts(text(SENTENCE * 400))
    assert all(passage.startswith("Le candidat") and passage.endswith("ensuite.") for passage in passages)


@pytest.mark.parametrize("words", ["x", "a b "], ids=["no space", "no sentence"])
def test_a_million_characters_are_cut_once_and_never_many_at_once(words: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = (words * 1_000_000)[:1_000_000].strip()
    given: list[int] = []

    class Counted:
        """The splitter, whose time grows with the square of what it is given."""

        def chunk_indices(self, text: str) -> list[tuple[int, str]]:
            given.append(len(text))
            return TextSplitter(LONGEST).chunk_indices(text)

    monkeypatch.setattr("corpus.passages._splitter", Counted)
    passages = texts(text(whole))
    assert sum(given) <= len(whole)
    assert max(given) <= 10 * LONGEST
    assert "".join(passages).replace(" ", "") == whole.replace(" ", "")


def test_an_empty_document_has_no_passage() -> None:
    assert cut(document()) == []


words = st.text(st.sampled_from("abcéà  .:;|’\u00a0œ😀e\u0301\U0001d538"), min_size=1, max_size=40).map(
    lambda s: "x" + s
)
long_words = st.builds(lambda w, n: " ".join([w] * n), words, st.integers(1, 90))
prose = st.builds(
    Piece, st.sampled_from([PARAGRAPH, ITEM]), st.one_of(words, long_words), page=st.just(1), level=st.integers(0, 3)
)
headings = st.builds(Piece, st.just(HEADING), words, level=st.integers(1, 4))
tables = st.lists(
    st.builds(
        lambda cells, header: Piece(ROW, cells=tuple(cells), table=0, header=header),
        st.lists(words, min_size=1, max_size=4),
        st.booleans(),
    ),
    max_size=5,
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    """Any mixture of headings, prose and tables over a few pages, in the order of the pages."""
    groups = draw(st.lists(st.one_of(st.lists(prose, max_size=6), st.lists(headings, max_size=3), tables), max_size=8))
    page, pieces = 1, []
    for number, group in enumerate(groups):
        page += draw(st.integers(0, 1))
        for piece in group:
            table = number if piece.kind is ROW else None
            pieces.append(Piece(piece.kind, piece.text, page, piece.level, piece.cells, (), table, piece.header))
    return document(*pieces, labels=tuple(str(n) for n in range(1, page + 1)))


def check(doc: Document, passages: list[Passage]) -> None:
    """What holds of every document and its passages."""
    for passage in passages:
        assert doc.text[passage.start : passage.end] == passage.text
        assert passage.text.strip()
        assert passage.id == 0
        assert passage.document == doc.slug
        assert len(passage.text) <= LONGEST
        if passage.header:
            assert doc.text[slice(*passage.header)] == passage.header_text
            assert passage.header[1] <= passage.start
    assert all(one.end <= other.start for one, other in pairwise(passages)), "none runs into another"
    check_nothing_is_lost(doc, passages)


def check_nothing_is_lost(doc: Document, passages: list[Passage]) -> None:
    covered = {place for passage in passages for place in range(passage.start, passage.end)}
    for block, section in doc.sections():
        if block.kind is HEADING or block.header:
            continue
        lost = [doc.text[at] for at in range(block.start, block.end) if at not in covered]
        assert "".join(lost).strip() == ""
        own = [p for p in passages if p.start < block.end and block.start < p.end]
        assert {p.section for p in own} == {section}
        assert {p.page for p in own} == {doc.page(block.page).label}


@given(documents())
@settings(max_examples=150, deadline=None)
def test_whatever_the_document_passages_are_exact_apart_and_complete(doc: Document) -> None:
    check(doc, cut(doc))


@given(documents())
@settings(max_examples=30, deadline=None)
def test_the_same_document_is_always_cut_in_the_same_way(doc: Document) -> None:
    assert cut(doc) == cut(doc)


@pytest.mark.parametrize("slug", [found.path.stem for found in find([starter()])])
def test_a_starter_document_is_cut_without_loss(slug: str) -> None:
    path = starter() / f"{slug}.md"
    doc = assemble(read(path), Entry(slug, path.name, updated=date(2026, 9, 1)), "", "text/markdown")
    passages = cut(doc)
    check(doc, passages)
    assert any(passage.header for passage in passages)
