"""With a small cross-encoder made here: its weights are drawn, what it says is its own."""

from pathlib import Path

import pytest

from index.reranker import Reranker, UnknownReranker
from index.search import Hit

pytestmark = pytest.mark.long
WORDS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "stage", "oral", "dure", "semaines", "quand"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("sentence_transformers")
    import torch
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder = tmp_path_factory.mktemp("model")
    torch.manual_seed(0)
    (folder / "vocab.txt").write_text("\n".join(WORDS))
    BertTokenizer(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(WORDS), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=32,
        num_labels=1, initializer_range=1.0,
    )  # fmt: skip
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


def test_the_first_hits_are_in_the_order_of_the_model_and_the_others_follow(model: Path) -> None:
    from sentence_transformers import CrossEncoder

    texts = {1: "stage", 2: "oral dure", 3: "semaines stage oral", 4: "quand"}
    hits = [Hit(id_, score=1 / id_, lexical=0, dense=0) for id_ in texts]
    found = Reranker.load(str(model)).order("quand oral", hits, texts, first=3)
    scores = CrossEncoder(str(model)).predict([("quand oral", texts[id_]) for id_ in (1, 2, 3)])
    assert len({round(float(score), 4) for score in scores}) == 3
    assert [hit.id for hit in found[:3]] == [1 + int(place) for place in (-scores).argsort()]
    assert found[0].score == pytest.approx(float(scores.max()), abs=1e-5)
    assert found[3] == hits[3]


def test_no_hit_is_no_hit(model: Path) -> None:
    assert Reranker.load(str(model)).order("quand", [], {}) == []


def test_a_model_that_is_not_here_is_named_with_what_to_do() -> None:
    pytest.importorskip("sentence_transformers")
    with pytest.raises(UnknownReranker, match="--download"):
        Reranker.load("nobody/nothing-of-that-name")
