"""Hybrid search among 1,000, 10,000 and 100,000 passages, against txtai's on the same passages and vectors."""

from __future__ import annotations

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from index.encoder import EMBEDDED, load_encoder
from index.search import Searcher
from tests.benchmarks import peers
from tests.benchmarks.clock import milliseconds, seconds
from tests.benchmarks.figures import Bar, Figure
from tests.benchmarks.material import Material

SIZES = (1_000, 10_000, 100_000)
QUESTIONS = 200
WARM = 10


def measure(material: Material) -> Iterator[Figure]:
    python, passages, questions = peers.python(), material.passages(SIZES[-1]), material.questions()
    asked = list(islice(cycle(questions), QUESTIONS + WARM))
    for size in SIZES:
        searcher = Searcher.build(range(1, size + 1), passages[:size], load_encoder())
        with _txtai(python, passages[:size]) as peer:
            taken = [(seconds(partial(searcher.search, q)), _ask(peer, q)) for q in asked][WARM:]
        ours, theirs = (median(side) for side in zip(*taken, strict=True))
        name = f"recherche hybride parmi {size:_} passages".replace("_", " ")
        yield Figure(name, milliseconds(ours), f"txtai : {milliseconds(theirs)}", ours / theirs, Bar(1))


@contextmanager
def _txtai(python: Path, passages: list[str]) -> Iterator[subprocess.Popen[str]]:
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "passages.json"
        file.write_text(json.dumps(passages), encoding="utf-8")
        peer = subprocess.Popen(
            [python, Path(peers.__file__).with_name("txtai_search.py"), file, EMBEDDED],
            env={**os.environ, "PYTHONPATH": str(peers.ROOT), "HF_HUB_OFFLINE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            if peer.stdout and peer.stdout.readline().strip() != "ready":
                raise RuntimeError("txtai n'a pas indexé les passages")
            yield peer
        finally:
            peer.kill()
            peer.wait()


def _ask(peer: subprocess.Popen[str], question: str) -> float:
    """The seconds that the peer took, by its own clock."""
    assert peer.stdin
    assert peer.stdout
    peer.stdin.write(" ".join(question.split()) + "\n")
    peer.stdin.flush()
    return float(peer.stdout.readline())
