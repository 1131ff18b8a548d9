from functools import partial
from pathlib import Path

import numpy as np
import pytest

from index.encoder import Encoder
from index.lexical import Lexical
from index.search import Retriever, Searcher
from index.text import Token, tokens
from tests.index.conftest import Letters

TEXTS = {
    4: "L'épreuve E41 a pour coefficient 3.",
    7: "La date limite d'inscription est le 1er décembre.",
    2: "Le candidat peut être admis en apprentissage.",
    9: "Le stage dure seize semaines, dans une ou deux entreprises.",
}


def built(encoder: Encoder, texts: dict[int, str] = TEXTS) -> Searcher:
    return Searcher.build(list(texts), list(texts.values()), encoder)


@pytest.mark.parametrize("retriever", Retriever)
def test_each_retriever_finds_the_passage_that_shares_the_words(letters: Letters, retriever: Retriever) -> None:
    hit = built(letters).search("Quelle est la date limite d'inscription ?", 1, retriever)[0]
    assert hit.id == 7
    assert hit.lexical == 1


def test_the_scores_of_a_hit_add_up_and_its_ranks_say_who_proposed_it(letters: Letters) -> None:
    first, *others = built(letters).search("coefficient E41")
    assert first.score == pytest.approx(first.worth * (first.lexical + 1.5 * first.dense + 0.5 * first.alike))
    assert first.score == pytest.approx(sum(first.parts().values()))
    assert (first.lexical_rank, first.dense_rank) == (1, 1)
    assert all(other.lexical_rank is None for other in others if other.lexical == 0)


def test_a_retriever_alone_says_no_rank_of_the_other(letters: Letters) -> None:
    assert built(letters).search("coefficient", 1, Retriever.LEXICAL)[0].dense_rank is None
    assert built(letters).search("coefficient", 1, Retriever.DENSE)[0].lexical_rank is None


def test_an_index_loaded_again_answers_the_same(letters: Letters, tmp_path: Path) -> None:
    searcher = built(letters)
    searcher.save(tmp_path)
    again = Searcher.load(tmp_path, letters, searcher.corpus)
    for question in ("coefficient de l'E41", "stage en entreprise", "date", ""):
        assert again.search(question) == searcher.search(question)


def test_no_vector_is_computed_twice(letters: Letters) -> None:
    vectors = built(letters).vectors()
    letters.read.clear()
    searcher = Searcher.build([*TEXTS, 12], [*TEXTS.values(), "Un texte nouveau."], letters, vectors)
    assert letters.read == ["Un texte nouveau."]
    assert searcher.vectors().keys() == {*TEXTS, 12}
    assert all(np.array_equal(searcher.vectors()[id_], vector) for id_, vector in vectors.items())


def test_an_index_that_grew_answers_as_one_built_at_once(letters: Letters, tmp_path: Path) -> None:
    built(letters).save(tmp_path)
    before = Searcher.load(tmp_path, letters)
    texts = {1: "Un texte nouveau sur le stage.", **{id_ + 10: text for id_, text in TEXTS.items() if id_ != 7}}
    known = {id_: id_ - 10 for id_ in texts if id_ > 10}
    letters.read.clear()
    grown = Searcher.build(list(texts), list(texts.values()), letters, before=before, known=known)
    assert letters.read == [texts[1]]
    whole = built(letters, texts)
    for question in ("coefficient de l'E41", "stage en entreprise", "date limite", "apprentissage", ""):
        one, other = grown.search(question), whole.search(question)
        assert [hit.id for hit in one] == [hit.id for hit in other]
        assert [hit.score for hit in one] == pytest.approx([hit.score for hit in other], abs=1e-3)
    assert (grown.corpus, grown.held("limit")) == (whole.corpus, 0)


def test_what_was_read_by_other_code_is_read_again(letters: Letters) -> None:
    before = built(letters)
    before.read_by = "another version"
    before._lexical = Lexical.build(["rien"] * len(TEXTS))
    letters.read.clear()
    again = Searcher.build(list(TEXTS), list(TEXTS.values()), letters, before=before, known={id_: id_ for id_ in TEXTS})
    assert again.search("coefficient E41") == built(letters).search("coefficient E41")
    assert letters.read[:1] == ["coefficient E41"]  # no vector was computed again


def test_twins_are_found_among_what_is_kept_and_what_is_new(letters: Letters) -> None:
    long = "Le dossier est déposé sur la plateforme avant la date fixée par le recteur, en un seul fichier."
    before = Searcher.build([1, 2], [long, "Autre chose."], letters)
    grown = Searcher.build([1, 2, 3], [long, "Autre chose.", long.upper()], letters, before=before, known={1: 1, 2: 2})
    assert grown.search("dossier déposé", 1)[0].twins == (3,)


def test_of_many_passages_only_the_new_are_read_as_the_index_grows(
    letters: Letters, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [f"{text} Article {n}, alinéa {n % 7}." for n in range(100) for text in TEXTS.values()]
    new = [f"Le chapitre nouveau {n} traite des bourses." for n in range(20)]
    read: dict[str, list[str]] = {"lexical": [], "twins": []}

    def counted(module: str, text: str) -> list[Token]:
        read[module].append(text)
        return tokens(text)

    for module in read:
        monkeypatch.setattr(f"index.{module}.tokens", partial(counted, module))
    before = Searcher.build(range(len(texts)), texts, letters)
    compared = len(read["twins"]) - len(texts)  # those that are nearly the same are read again, to be told apart
    for kept in (letters.read, *read.values()):
        kept.clear()
    more = [*texts, *new]
    Searcher.build(range(len(more)), more, letters, before=before, known={n: n for n in range(len(texts))})
    assert letters.read == read["lexical"] == new
    assert len(read["twins"]) <= len(new) + compared + len(new)


def test_an_index_without_a_passage_finds_nothing_and_can_be_kept(letters: Letters, tmp_path: Path) -> None:
    searcher = built(letters, {})
    searcher.save(tmp_path)
    assert searcher.search("coefficient") == Searcher.load(tmp_path, letters).search("coefficient") == []


def test_twins_count_as_one_and_the_one_whose_heading_fits_is_kept(letters: Letters) -> None:
    body = "Le dossier est déposé sur la plateforme avant la date fixée par le recteur, en un seul fichier."
    texts = [f"E41 > Dossier\n{body}", f"E42 > Dossier\n{body}", "Autre chose."]
    searcher = Searcher.build([1, 2, 3], texts, letters, bodies=[body, body, "Autre chose."])
    for question, id_, twin in (("dossier de l'E41", 1, 2), ("dossier de l'E42", 2, 1)):
        first, *others = searcher.search(question)
        assert (first.id, first.twins) == (id_, (twin,))
        assert twin not in [other.id for other in others]


def test_twins_are_all_there_when_asked_not_to_collapse(letters: Letters) -> None:
    searcher = Searcher.build([1, 2], ["Le même texte."] * 2, letters)
    assert [hit.id for hit in searcher.search("texte", collapse=False)] == [1, 2]


def test_two_texts_with_one_id_are_refused(letters: Letters) -> None:
    with pytest.raises(ValueError, match="1 different"):
        Searcher.build([1, 1], ["a", "b"], letters)


@pytest.mark.parametrize(
    "question",
    [
        "",
        " \n ",
        "?",
        "\x00",
        "a\x00b",
        "🙂🙂",
        "مرحبا",
        "\ud800",
        "coefficient " * 900,
        "é" * 10_000,
        "<b>' OR 1=1 --",
    ],
)
@pytest.mark.parametrize("retriever", Retriever)
def test_any_question_gets_an_ordinary_list(embedded: Encoder, question: str, retriever: Retriever) -> None:
    for hit in built(embedded).search(question, 3, retriever):
        assert hit.id in TEXTS
        assert np.isfinite([hit.score, hit.lexical, hit.dense]).all()


def test_a_question_without_a_word_finds_nothing(embedded: Encoder) -> None:
    assert built(embedded).search("?!") == []
