"""The recipe on a few lines of text: each part does what it says, and the whole gives the same table twice."""

import json
import lzma
import os
import subprocess
import sys
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("scipy", reason="l'entraînement demande l'installation complète")

from index.encoder import StaticEncoder, load_encoder
from index.training.contrast import Schedule, cut, forgetful, slope
from index.training.folder import in_bytes, write
from index.training.recipe import Recipe, cook
from index.training.vocabulary import tokenizer_of

TRAINING = Path(__file__).parents[3] / "shared" / "training"
SLICE = 1_500  # lines of each file
RECIPE = Recipe(words=60, pieces=20, dimension=8, schedule=Schedule(steps=30, batch=16))


def ids(*numbers: int) -> "np.ndarray[tuple[int], np.dtype[np.int32]]":
    return np.asarray(numbers, np.int32)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    lines = [f"Le candidat numéro {n} passe une épreuve écrite puis un oral de langue vivante." for n in range(40)]
    pairs = [{"q": f"Que passe le candidat {n} ?", "p": lines[n]} for n in range(40)]
    for name, content in (("text/admin_divers.txt", lines), ("pairs/service_public.jsonl", map(json.dumps, pairs))):
        path = tmp_path / f"{name}.xz"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(lzma.compress("\n".join(content).encode()))
    return tmp_path


def test_the_same_seed_gives_the_same_encoder(folder: Path, tmp_path: Path) -> None:
    tables = [cook(folder, RECIPE, lambda _words: None)[1] for _ in range(2)]
    assert np.array_equal(*tables)
    tokenizer, table = cook(folder, replace(RECIPE, seed=1), lambda _words: None)
    assert not np.array_equal(table, tables[0])
    write(tmp_path / "made", tokenizer, table)
    encoder = load_encoder(tmp_path / "made")
    assert isinstance(encoder, StaticEncoder)
    assert encoder.encode(["Une ÉPREUVE écrite"]) == pytest.approx(encoder.encode(["une epreuve ecrite"]))


def test_a_word_that_is_not_known_is_read_by_its_known_beginning() -> None:
    tokenizer = tokenizer_of({"licenciement": 9, "cœur": 1, "arrangements": 1}, words=1, pieces=50)
    assert tokenizer.encode("Licenciements").tokens == ["licenciement", "##s"]


def test_the_slope_is_that_of_the_loss() -> None:
    rng = np.random.default_rng(0)
    table = rng.normal(size=(30, 5))
    batch = [(rng.integers(0, 30, 4).astype(np.int32), rng.integers(0, 30, 7).astype(np.int32)) for _ in range(5)]
    _, rows, gradient = slope(table, batch, 0.5)
    for row, column in ((0, 0), (3, 2), (9, 4)):
        change = np.zeros_like(table)
        change[rows[row], column] = 1e-5
        rise = slope(table + change, batch, 0.5)[0] - slope(table - change, batch, 0.5)[0]
        assert gradient[row, column] == pytest.approx(rise / 2e-5, abs=1e-4)


def test_only_words_of_both_sides_are_struck_from_a_question() -> None:
    question, passage = forgetful((ids(1, 2, 3, 4), ids(3, 4, 5)), 1.0, np.random.default_rng(0))
    assert question.tolist() == [1, 2]
    assert passage.tolist() == [3, 4, 5]


def test_a_long_passage_is_cut_to_a_piece_of_itself_and_a_short_one_is_left_alone() -> None:
    rng, words = np.random.default_rng(0), list(range(60))
    for _ in range(50):
        piece = cut((ids(1), ids(*words)), 1.0, rng)[1].tolist()
        assert 18 <= len(piece) <= 60
        assert piece == words[piece[0] : piece[0] + len(piece)]
    assert len(cut((ids(1), ids(*words[:20])), 1.0, rng)[1]) == 20
    assert len(cut((ids(1), ids(*words)), 0.0, rng)[1]) == 60


def test_what_lies_by_columns_in_memory_is_written_by_rows(tmp_path: Path) -> None:
    table = np.asfortranarray(np.random.default_rng(0).normal(size=(60, 8)).astype(np.float32))
    tokenizer = tokenizer_of({"stage": 9}, words=1, pieces=5)
    write(tmp_path / "one", tokenizer, table)
    write(tmp_path / "two", tokenizer, np.ascontiguousarray(table))
    assert load_encoder(tmp_path / "one").fingerprint == load_encoder(tmp_path / "two").fingerprint


def test_a_table_kept_in_bytes_is_the_same_to_a_part_in_a_hundred() -> None:
    table = np.random.default_rng(0).normal(size=(50, 16)).astype(np.float32)
    table[0] = 0
    steps, weights = in_bytes(table)
    assert np.abs(steps * weights[:, None] - table).max() <= np.abs(table).max() / 100


@pytest.fixture
def real(tmp_path: Path) -> Path:
    """The beginning of each file that the encoder is made from."""
    if not TRAINING.is_dir():
        pytest.skip("../shared est absent, l'encodeur n'est pas refait")
    for path in TRAINING.glob("*/*.xz"):
        copy = tmp_path / "slice" / path.relative_to(TRAINING)
        copy.parent.mkdir(parents=True, exist_ok=True)
        with lzma.open(path, "rt", encoding="utf-8") as lines:
            copy.write_bytes(lzma.compress("".join(islice(lines, SLICE)).encode(), preset=0))
    return tmp_path / "slice"


@pytest.mark.long
def test_the_command_run_twice_writes_the_same_files_byte_for_byte(real: Path, tmp_path: Path) -> None:
    """In two processes, whose hashes differ, with as many threads as the machine gives."""
    for name in ("1", "2"):
        command = [sys.executable, "-m", "index.training", "--texts", real, "--out", tmp_path / name, "--steps", "40"]
        subprocess.run(command, env={**os.environ, "PYTHONHASHSEED": name}, check=True, capture_output=True)
    one, other = (
        {
            path.relative_to(tmp_path / name): path.read_bytes()
            for path in (tmp_path / name).rglob("*")
            if path.is_file()
        }
        for name in ("1", "2")
    )
    assert len(one) > 3
    assert one == other
