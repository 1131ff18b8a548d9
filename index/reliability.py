"""What a decision to answer or not is worth: how often each kind of question is answered, and how sure that is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from index.abstention import Kind, Trial
from index.confidence import Confidence

Floats = NDArray[np.float64]
_SURE = 1.96  # standard deviations on either side, for 95 %
BINS = 10


@dataclass(frozen=True, slots=True)
class Rate:
    """A share of a count, and where it lies at 95 % (Wilson)."""

    share: float
    count: int
    low: float
    high: float

    @classmethod
    def of(cls, happened: NDArray[np.bool_]) -> Rate:
        count = len(happened)
        if not count:
            return cls(0.0, 0, 0.0, 1.0)
        share = float(happened.mean())
        spread = _SURE * sqrt(share * (1 - share) / count + _SURE**2 / (4 * count**2))
        centre, scale = share + _SURE**2 / (2 * count), 1 + _SURE**2 / count
        return cls(share, count, (centre - spread) / scale, (centre + spread) / scale)


@dataclass(frozen=True, slots=True)
class Bin:
    """The trials whose probability lies from `low` up to `low` + 1 / BINS: what was said, and what was so."""

    low: float
    count: int
    said: float
    so: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """`refused`: of the answerable questions whose first passage answers; `refused_all`: of all the answerable.

    `answered`: of each other kind; `lexical`: the same where only the words covered decide, at the same refusals.
    """

    threshold: float
    refused: Rate
    refused_all: Rate
    answered: dict[Kind, Rate]
    lexical: dict[Kind, Rate]
    bins: list[Bin]


def measure(trials: Sequence[Trial], confidence: Confidence, threshold: float | None = None) -> Reliability:
    """The rates at a threshold, by default the one learnt. Raises ValueError where no first passage answers."""
    limit = confidence.threshold if threshold is None else threshold
    sure = np.array([confidence.probability(trial.signs) for trial in trials])
    covered = np.array([trial.covered for trial in trials])
    right = np.array([trial.right for trial in trials], np.bool_)
    kinds = np.array([trial.kind for trial in trials])
    if not right.any():
        raise ValueError("aucune question dont le premier passage trouvé réponde")
    refused = Rate.of(sure[right] < limit)
    others = [kind for kind in Kind if kind is not Kind.ANSWERABLE and (kinds == kind).any()]
    least = np.quantile(covered[right], refused.share)
    return Reliability(
        limit,
        refused,
        Rate.of(sure[kinds == Kind.ANSWERABLE] < limit),
        {kind: Rate.of(sure[kinds == kind] >= limit) for kind in others},
        {kind: Rate.of(covered[kinds == kind] >= least) for kind in others},
        _bins(sure, right),
    )


def _bins(sure: Floats, right: NDArray[np.bool_]) -> list[Bin]:
    places = np.minimum((sure * BINS).astype(int), BINS - 1)
    found = [(number / BINS, places == number) for number in range(BINS)]
    return [Bin(low, int(at.sum()), float(sure[at].mean()), float(right[at].mean())) for low, at in found if at.any()]
