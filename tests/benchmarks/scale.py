"""Hybrid search among 1,000, 10,000 and 100,000 passages, against txtai's on the same passages and vectors."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import cycle, islice
from statistics import median

from index.encoder import load_encoder
from index.search import Searcher
from tests.benchmarks import peers
from tests.benchmarks.clock import milliseconds, seconds
from tests.benchmarks.figures import Bar, Figure
from tests.benchmarks.material import Material

SIZES = (1_000, 10_000, 100_000)
QUESTIONS = 200
WARM = 10


def measure(material: Material) -> Iterator[Figure]:
    passages, questions = material.passages(SIZES[-1]), material.questions()
    asked = list(islice(cycle(questions), QUESTIONS + WARM))
    for size in SIZES:
        searcher = Searcher.build(range(1, size + 1), passages[:size], load_encoder())
        with peers.running("txtai", passages[:size]) as peer:
            taken = [(seconds(partial(searcher.search, q)), peer.ask(q)[0]) for q in asked][WARM:]
        ours, theirs = (median(side) for side in zip(*taken, strict=True))
        name = f"recherche hybride parmi {size:_} passages".replace("_", " ")
        yield Figure(name, milliseconds(ours), f"txtai : {milliseconds(theirs)}", ours / theirs, Bar(1))
