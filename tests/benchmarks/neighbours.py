"""The nearest vectors among 200,000, sought in the nearest groups, against all of them compared."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from statistics import fmean, median

import numpy as np

from index.encoder import load_encoder
from index.vectors import Vectors
from tests.benchmarks.clock import in_turns, milliseconds
from tests.benchmarks.figures import Bar, Figure
from tests.benchmarks.material import Material

SIZE = 200_000
QUESTIONS = 200
ROUNDS = 3
NEAREST = 10
FOUND = Bar(0.97, at_most=False)
SOONER = Bar(0.25)


def measure(material: Material) -> Iterator[Figure]:
    encoder = load_encoder()
    held, ids = encoder.encode(material.passages(SIZE)), np.arange(SIZE)
    asked = encoder.encode_questions(material.questions()[:QUESTIONS])
    exact = Vectors.build(ids, held, SIZE)
    grouped = Vectors.build(ids, held, SIZE - 1)
    turns = [
        in_turns([partial(grouped.nearest, one, NEAREST), partial(exact.nearest, one, NEAREST)], ROUNDS)
        for one in asked
    ]
    ours, theirs = (median(side) for side in zip(*turns, strict=True))
    share = fmean(
        len(set(grouped.nearest(one, NEAREST)[0]) & set(exact.nearest(one, NEAREST)[0])) / NEAREST for one in asked
    )
    among = f"parmi {SIZE:_} vecteurs".replace("_", " ")
    yield Figure(
        f"plus proches par groupes {among}", milliseconds(ours), f"tous : {milliseconds(theirs)}", ours / theirs, SOONER
    )
    yield Figure(f"les {NEAREST} plus proches trouvés {among}", f"{share:.1%}", "tous : 100 %", share, FOUND)
