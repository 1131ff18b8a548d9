import json
from pathlib import Path

import ir_measures
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.encoder import Encoder
from index.evaluation import Unusable, evaluate, measure
from index.search import Retriever
from tests.index.conftest import Letters

SETS = Path(__file__).parents[2].parent / "shared" / "evaluation"
# What the embedded encoder must not fall under, with default settings.
FLOORS = {"service-public": 0.73, "piaf": 0.83}
THEIRS = {
    "hit@1": ir_measures.Success @ 1,
    "hit@5": ir_measures.Success @ 5,
    "hit@10": ir_measures.Success @ 10,
    "mrr@10": ir_measures.RR @ 10,
    "ndcg@10": ir_measures.nDCG @ 10,
    "recall@100": ir_measures.R @ 100,
}
KEYS = [f"p{number}" for number in range(30)]


@given(
    st.lists(st.permutations(KEYS), min_size=1, max_size=3),
    st.dictionaries(st.sampled_from(KEYS), st.integers(1, 3), min_size=1, max_size=8),
    st.integers(0, 30),
)
def test_the_measures_are_those_of_ir_measures(found: list[list[str]], worths: dict[str, int], depth: int) -> None:
    runs = {f"q{number}": keys[:depth] for number, keys in enumerate(found)}
    judged = dict.fromkeys(runs, worths)
    scored = {question: {key: -rank for rank, key in enumerate(keys)} for question, keys in runs.items()}
    theirs = ir_measures.calc_aggregate(list(THEIRS.values()), judged, {q: s or {"none": 0} for q, s in scored.items()})
    assert measure(runs, judged) == pytest.approx({name: theirs[of] for name, of in THEIRS.items()})


def beir(folder: Path) -> Path:
    (folder / "qrels").mkdir(parents=True)
    passages = [{"_id": "a", "title": "Stage", "text": "seize semaines"}, {"_id": "b", "text": "Le coefficient est 3."}]
    (folder / "corpus.jsonl").write_text("\n".join(map(json.dumps, passages)))
    (folder / "queries.jsonl").write_text('{"_id": "q", "text": "coefficient"}\n\n{"_id": "r", "text": "stage"}\n')
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq\tb\t1\nr\ta\t1\n")
    return folder


def test_a_folder_is_measured(letters: Letters, tmp_path: Path) -> None:
    scores = evaluate(beir(tmp_path), letters)
    assert scores.pop("ms_per_query") > 0
    assert scores == dict.fromkeys(THEIRS, 1.0)


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named(letters: Letters, tmp_path: Path, name: str) -> None:
    (beir(tmp_path) / name).unlink()
    with pytest.raises(Unusable, match=name):
        evaluate(tmp_path, letters)


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("corpus.jsonl", "{", "corpus.jsonl, ligne 1 : il faut un objet JSON"),
        ("corpus.jsonl", '{"_id": "a"}', '"text"'),
        ("corpus.jsonl", '{"_id": 1, "text": "x"}', "doivent être des textes"),
        ("queries.jsonl", "[]", "queries.jsonl, ligne 1"),
        ("qrels/test.tsv", "q b 1", "séparés par des tabulations"),
        ("qrels/test.tsv", "q\tb\tbien", "test.tsv, ligne 1"),
        ("qrels/test.tsv", "q\tz\t1", "passage « z » inconnu"),
        ("qrels/test.tsv", "z\tb\t1", "question « z » inconnu"),
        ("qrels/test.tsv", "", "aucune question"),
        ("qrels/test.tsv", "q\tb\t0", "aucune question"),
        ("queries.jsonl", "\xff", "queries.jsonl est illisible"),
    ],
)
def test_a_wrong_line_is_named(letters: Letters, tmp_path: Path, name: str, content: str, words: str) -> None:
    (beir(tmp_path) / name).write_bytes(content.encode("latin-1" if "\xff" in content else "utf-8"))
    with pytest.raises(Unusable) as caught:
        evaluate(tmp_path, letters)
    assert words in str(caught.value)


@pytest.mark.long
@pytest.mark.parametrize("name", FLOORS)
def test_both_retrievers_together_are_above_the_floor_and_above_each_alone(embedded: Encoder, name: str) -> None:
    if not (SETS / name).is_dir():
        pytest.skip(f"{SETS / name} n'est pas là : rien à mesurer")
    lexical, dense, hybrid = (evaluate(SETS / name, embedded, retriever)["ndcg@10"] for retriever in Retriever)
    assert hybrid >= FLOORS[name]
    assert hybrid > max(lexical, dense)
