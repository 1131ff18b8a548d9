"""First vectors: tokens met in the same company are near (positive mutual information, then its main axes)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Integers = NDArray[np.int64]
Floats = NDArray[np.float32]

BREAK = -1  # stands between two lines
_CHUNK = 4_000_000
_SMOOTHING = 0.75  # of the frequency of the company, so that the rare are not over-valued
_LEAST = 1.0  # what meets less often than that is chance


def company(stream: Integers, size: int, window: int) -> csr_matrix:
    """How often each token stands near each other one, nearer counting more: (size, size)."""
    total = csr_matrix((size, size), dtype=np.float32)
    for start in range(0, len(stream), _CHUNK):
        chunk = stream[start : start + _CHUNK]
        for one, other, weight in _neighbours(chunk, window):
            total += csr_matrix((np.full(len(one), weight, np.float32), (one, other)), shape=(size, size))
    return total + total.T


def _neighbours(chunk: Integers, window: int) -> Iterator[tuple[Integers, Integers, float]]:
    lines = np.cumsum(chunk == BREAK)
    for distance in range(1, window + 1):
        one, other = chunk[:-distance], chunk[distance:]
        together = (lines[:-distance] == lines[distance:]) & (one != BREAK) & (other != BREAK)
        yield one[together], other[together], 1 / distance


def mutual_information(counts: csr_matrix) -> csr_matrix:
    """Positive pointwise mutual information: (size, size)."""
    counts.data[counts.data < _LEAST] = 0
    counts.eliminate_zeros()
    alone = np.asarray(counts.sum(axis=1)).ravel()
    company_ = alone**_SMOOTHING
    rows = np.repeat(np.arange(counts.shape[0]), np.diff(counts.indptr))
    expected = alone[rows] * company_[counts.indices] / company_.sum()
    result = counts.copy()
    result.data = np.maximum(0, np.log(counts.data / expected)).astype(np.float32)
    result.eliminate_zeros()
    return result


def main_axes(matrix: csr_matrix, dimension: int, rng: np.random.Generator, rounds: int = 3) -> Floats:
    """The coordinates of each row on the main axes, by random projection refined: (size, dimension)."""
    guess = rng.standard_normal((matrix.shape[1], dimension + 16)).astype(np.float32)
    for _ in range(rounds):
        guess, _r = np.linalg.qr(matrix @ guess)
    _left, strengths, axes = np.linalg.svd((matrix.T @ guess).T, full_matrices=False)
    # The strongest axes are mostly frequency: the square root keeps them from hiding the others.
    return np.asarray(axes.T[:, :dimension] * np.sqrt(strengths[:dimension]), np.float32)
