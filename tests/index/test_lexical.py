from pathlib import Path

import bm25s
import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import Field, Lexical

WORDS = st.sampled_from(["le", "stage", "dure", "seize", "semaines", "pas", "ne"])
TEXTS = st.lists(st.lists(WORDS, min_size=1, max_size=12), min_size=1, max_size=8)


@given(TEXTS, st.lists(WORDS, min_size=1, max_size=4, unique=True))
def test_the_scores_are_those_of_bm25s(texts: list[list[str]], question: list[str]) -> None:
    reference = bm25s.BM25(k1=1.2, b=0.75, method="lucene")
    reference.index(texts, show_progress=False)
    known = [word for word in question if any(word in text for text in texts)]
    expected = reference.get_scores(known) if known else np.zeros(len(texts))
    assert np.allclose(Field.build(texts).scores(question), expected, atol=1e-5)


def test_accents_plurals_and_slips_of_the_pen_still_meet() -> None:
    lexical = Lexical.build(["Les épreuves écrites", "Le stage", "La rémunération"])
    assert [int(lexical.scores(question).argmax()) for question in ("epreuve ecrite", "stages", "remuneraton")] == [
        0,
        1,
        2,
    ]


def test_a_denial_counts() -> None:
    lexical = Lexical.build(["Le candidat est présent.", "Le candidat n'est pas présent."])
    assert lexical.scores("candidat pas présent").argmax() == 1


def test_what_is_saved_scores_the_same(tmp_path: Path) -> None:
    lexical = Lexical.build(["Les épreuves écrites", "", "Le stage de 16 semaines"])
    lexical.save(tmp_path)
    again = Lexical.load(tmp_path)
    for question in ("épreuve", "stage 16", "inconnu", ""):
        assert np.array_equal(lexical.scores(question), again.scores(question))


@given(TEXTS, TEXTS, st.data())
def test_what_grew_scores_as_if_it_had_been_built_at_once(
    old: list[list[str]], new: list[list[str]], data: st.DataObject
) -> None:
    size = len(old) + len(new)
    places = data.draw(st.permutations(range(size)))
    moved = np.array(places[: len(old)])
    texts = dict(zip(places, [*old, *new], strict=True))
    grown = Field.grown([(place, texts[place]) for place in places[len(old) :]], Field.build(old), moved)
    whole = Field.build([texts[place] for place in range(size)])
    assert np.allclose(grown.scores(["stage", "pas", "le"]), whole.scores(["stage", "pas", "le"]), atol=1e-6)


def test_what_is_gone_counts_no_more() -> None:
    before = Field.build([["stage"], ["le", "stage"], ["le"]])
    grown = Field.grown([], before, np.array([-1, 1, 0]))
    whole = Field.build([["le"], ["le", "stage"]])
    assert (grown.size, grown.held("stage"), grown.held("le")) == (2, 1, 2)
    assert np.allclose(grown.scores(["stage"]), whole.scores(["stage"]))
