from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index.encoder import Encoder
from index.generation import ForeignIndex, seal
from index.search import Searcher
from index.vectors import Kind, Vectors

COUNT, DIMENSION = 4_000, 32
Floats = NDArray[np.float32]


def unit(rows: Floats) -> Floats:
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True), np.float32)


@pytest.fixture(scope="module")
def many() -> Floats:
    """Vectors around a hundred subjects."""
    rng = np.random.default_rng(0)
    subjects = rng.normal(size=(100, DIMENSION))
    return unit(subjects[rng.integers(0, 100, COUNT)] + 0.5 * rng.normal(size=(COUNT, DIMENSION)))


def ids(count: int = COUNT) -> NDArray[np.int64]:
    return np.arange(count) * 3 + 7


def test_as_many_vectors_as_the_limit_are_all_compared_and_one_more_are_not(many: Floats) -> None:
    assert Vectors.build(ids(), many, COUNT).kind is Kind.EXACT
    assert Vectors.build(ids(), many, COUNT - 1).kind is Kind.GROUPED


def test_by_default_a_hundred_thousand_are_all_compared() -> None:
    rows = np.eye(100_000, 4, dtype=np.float32)
    assert Vectors.build(np.arange(100_000), rows).kind is Kind.EXACT


def test_the_nearest_groups_hold_nearly_all_of_the_nearest_vectors(many: Floats) -> None:
    exact, grouped = (Vectors.build(ids(), many, limit) for limit in (COUNT, 0))
    found = [len({*exact.nearest(one, 10)[0]} & {*grouped.nearest(one, 10)[0]}) / 10 for one in many[:200]]
    assert np.mean(found) >= 0.97


def test_not_all_groups_are_looked_into(many: Floats) -> None:
    assert len(Vectors.build(ids(), many, 0).nearest(many[0], COUNT)[0]) < COUNT / 2


def test_a_vector_in_a_group_is_the_one_that_is_held_where_all_are_compared(many: Floats) -> None:
    exact, grouped = (Vectors.build(ids(), many, limit) for limit in (COUNT, 0))
    some = ids()[[5, 3999, 0, 5]]
    assert np.array_equal(exact.of(some), grouped.of(some))
    near, cosines = grouped.nearest(many[5], 1)
    assert near.tolist() == [ids()[5]]
    assert cosines[0] == pytest.approx(1, abs=2e-3)


def test_the_same_vectors_make_the_same_groups(many: Floats, tmp_path: Path) -> None:
    for name in ("one", "other"):
        Vectors.build(ids(), many, 0).save(tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "other").read_bytes()


def test_what_is_read_from_disk_finds_the_same_and_is_not_brought_into_memory(many: Floats, tmp_path: Path) -> None:
    if not Path("/proc/self/smaps").exists():
        pytest.skip("ce qui est lu du disque se voit dans /proc, qui n'est pas là")
    grouped = Vectors.build(ids(), many, 0)
    grouped.save(tmp_path / "vectors.faiss")
    again = Vectors.load(tmp_path / "vectors.faiss")
    assert again.kind is Kind.GROUPED
    assert str(tmp_path / "vectors.faiss") in Path("/proc/self/smaps").read_text()
    for one in many[:20]:
        assert np.array_equal(again.nearest(one, 10)[0], grouped.nearest(one, 10)[0])


@pytest.mark.parametrize("count", [1, 2, 5])
def test_a_handful_of_vectors_can_be_grouped_too(many: Floats, count: int) -> None:
    few = Vectors.build(ids(count), many[:count], 0)
    assert few.nearest(many[0], 3)[0].tolist()[:1] == ids(count).tolist()[:1]


def texts(count: int) -> dict[int, str]:
    return {
        n: f"La fiche {n} parle du dossier {n * 7919 % count} et de sa pièce {n * 104_729 % count}."
        for n in range(count)
    }


def test_a_passage_added_is_found_and_one_taken_away_is_not(embedded: Encoder) -> None:
    held = texts(300)
    before = Searcher.build(list(held), list(held.values()), embedded, exact=100)
    left = {n: text for n, text in held.items() if n != 42}
    now = left | {999: "Le guichet des bourses ouvre le mardi."}
    known = {n: n for n in left}
    after = Searcher.build(list(now), list(now.values()), embedded, before=before, known=known, exact=100)
    assert after.search("Quand ouvre le guichet des bourses ?", 1)[0].id == 999
    assert 42 in {hit.id for hit in before.search("la fiche 42", 10)}
    assert 42 not in {hit.id for hit in after.search("la fiche 42", 300)}


def test_an_index_says_which_kind_of_vectors_it_has_and_others_are_refused(embedded: Encoder, tmp_path: Path) -> None:
    held = texts(50)
    for name, limit in (("exact", 50), ("grouped", 49)):
        Searcher.build(list(held), list(held.values()), embedded, exact=limit).save(tmp_path / name)
        assert len(Searcher.load(tmp_path / name, embedded)) == 50
    found = Searcher.load(tmp_path / "exact", embedded)._fingerprints()
    (tmp_path / "exact" / "vectors.faiss").write_bytes((tmp_path / "grouped" / "vectors.faiss").read_bytes())
    seal(tmp_path / "exact", found)
    with pytest.raises(ForeignIndex, match="reglo ingest"):
        Searcher.load(tmp_path / "exact", embedded)


def test_an_index_of_groups_loaded_again_answers_the_same(embedded: Encoder, tmp_path: Path) -> None:
    held = texts(200)
    searcher = Searcher.build(list(held), list(held.values()), embedded, exact=0)
    searcher.save(tmp_path)
    again = Searcher.load(tmp_path, embedded)
    assert again.search("dossier 12") == searcher.search("dossier 12")
