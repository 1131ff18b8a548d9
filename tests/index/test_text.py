from hypothesis import example, given
from hypothesis import strategies as st

from index.text import code, fold, folded, grams, prefixes, stems, telling, tokens

TEXTS = st.text(max_size=80) | st.text("aéœŒﬁ’'-–\u00a0\u00adE4.1 ", max_size=40)


@given(TEXTS)
def test_folding_with_the_way_back_folds_the_same(text: str) -> None:
    assert folded(text).text == fold(text)


@given(TEXTS)
@example("cœur")
@example("ﬁche d’inscrip\u00adtion")
def test_each_character_of_the_folded_text_leads_back_to_the_one_it_came_from(text: str) -> None:
    found = folded(text)
    for place in range(len(found.text)):
        start, end = found.span(place, place + 1)
        assert found.text[place] in fold(text[start:end])


@given(TEXTS, st.data())
def test_a_folded_slice_gives_back_the_original_slice(text: str, data: st.DataObject) -> None:
    found = folded(text)
    if not found.text:
        return
    start = data.draw(st.integers(0, len(found.text) - 1))
    end = data.draw(st.integers(start + 1, len(found.text)))
    original = text[slice(*found.span(start, end))]
    assert found.text[start:end] in fold(original)


@given(TEXTS)
def test_a_token_is_the_folded_form_of_its_slice_or_the_code_written_there(text: str) -> None:
    for token in tokens(text):
        written = text[token.start : token.end]
        assert token.text in fold(written) or token.text == code(written).lower()


def test_the_ways_to_write_a_code_are_one_token() -> None:
    for written in ("E41", "e 4.1", "E4.1", "u41", "E-41"):
        assert [token.text for token in tokens(written)] == ["e41"]


def test_a_level_of_study_is_one_token_and_not_the_baccalaureat() -> None:
    assert [token.text for token in tokens("bac+3, bac +5 ou bac")] == ["bac3", "bac5", "ou", "bac"]


def test_a_word_is_read_three_ways() -> None:
    found = tokens("Épreuves écrites")
    assert stems(found) == ["epreuv", "ecrit"]
    assert prefixes(found) == ["epreu", "ecrit"]
    assert grams(found)[:3] == ["_epr", "epre", "preu"]


def test_empty_words_are_left_out_of_a_question_unless_it_has_no_other() -> None:
    assert [t.text for t in telling(tokens("Quel est le coefficient de l'E41 ?"))] == ["coefficient", "e41"]
    assert [t.text for t in telling(tokens("Est-ce que ?"))] == ["est", "ce", "que"]


def test_a_denial_is_kept_in_a_question() -> None:
    assert [t.text for t in telling(tokens("Si je ne viens pas"))] == ["si", "ne", "viens", "pas"]
