"""The vectors learn to bring a question near its passage and away from the others of the same batch.

The gradient is written out: a batch touches one token in ten, and a general library would go through them all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Ids = NDArray[np.int32]
Floats = NDArray[np.float32]
Pair = tuple[Ids, Ids]
Log = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Schedule:
    """How long and how fast. `temperature` divides the cosines; `prose`: share of prose at first."""

    steps: int
    batch: int = 512
    rate: float = 0.003
    temperature: float = 0.05
    prose: float = 0.9
    warm_up: int = 50
    cut: float = 0.7  # how many of the long passages are cut, so that none is learnt by heart


class Pool:
    """Pairs of token lists to draw from, some oftener than others."""

    def __init__(self, pairs: Sequence[Pair], weights: Sequence[float]) -> None:
        self._pairs = pairs
        self._until = np.cumsum(np.asarray(weights, np.float64))

    def draw(self, count: int, rng: np.random.Generator) -> list[Pair]:
        places = np.searchsorted(self._until, rng.random(count) * self._until[-1], side="right")
        return [self._pairs[place] for place in places]


class Adam:
    """Steps of each weight's own size, for the rows that a batch touches."""

    def __init__(self, table: Floats) -> None:
        self._table = table
        self._mean = np.zeros_like(table)
        self._square = np.zeros_like(table)
        self._steps = 0

    def step(self, rows: NDArray[np.int64], gradient: Floats, rate: float) -> None:
        self._steps += 1
        mean = 0.9 * self._mean[rows] + 0.1 * gradient
        square = 0.999 * self._square[rows] + 0.001 * gradient**2
        self._mean[rows], self._square[rows] = mean, square
        scale = rate * np.sqrt(1 - 0.999**self._steps) / (1 - 0.9**self._steps)
        self._table[rows] -= np.float32(scale) * mean / (np.sqrt(square) + np.float32(1e-8))


def train(
    table: Floats, prose: Pool, pairs: Pool, forget: tuple[float, float], schedule: Schedule, seed: int, log: Log
) -> Floats:
    """`table` (tokens, d) improved. A batch is drawn from prose, at first mostly, or from the pairs, later mostly."""
    table = table.copy()
    adam, rng, seen = Adam(table), np.random.default_rng(seed), 0.0
    for step in range(schedule.steps):
        left = 1 - step / schedule.steps
        pool, share = (prose, forget[0]) if rng.random() < schedule.prose * left else (pairs, forget[1])
        drawn = [cut(pair, schedule.cut, rng) for pair in pool.draw(schedule.batch, rng)]
        batch = [forgetful(pair, share, rng) for pair in drawn]
        loss, rows, gradient = slope(table, batch, schedule.temperature)
        adam.step(rows, gradient, schedule.rate * min(1.0, (step + 1) / schedule.warm_up) * left)
        seen = loss if step == 0 else 0.98 * seen + 0.02 * loss
        if (step + 1) % 500 == 0:
            log(f"{step + 1} pas sur {schedule.steps}, perte {seen:.3f}")
    return table


def forgetful(pair: Pair, share: float, rng: np.random.Generator) -> Pair:
    """The pair with a share of the words that both hold struck from the question, so that others are learnt."""
    question, passage = pair
    held = set(passage.tolist())
    kept = [word for word, luck in zip(question.tolist(), rng.random(len(question)), strict=True)
            if luck >= share or word not in held]  # fmt: skip
    return (np.asarray(kept, np.int32), passage) if len(kept) > 1 else pair


def cut(pair: Pair, often: float, rng: np.random.Generator, least: int = 24) -> Pair:
    """The pair with, that often, only a part of a passage of `least` tokens: a third or more, in one piece."""
    question, passage = pair
    if len(passage) < least or rng.random() >= often:
        return pair
    kept = int(len(passage) * rng.uniform(0.3, 1))
    start = int(rng.integers(len(passage) - kept + 1))
    return question, passage[start : start + kept]


def slope(table: Floats, batch: Sequence[Pair], temperature: float) -> tuple[float, NDArray[np.int64], Floats]:
    """The loss of a batch, the rows of the table that it touches, and its gradient there.

    Each question must find its passage among all those of the batch, and each passage its question.
    """
    size = len(batch)
    texts = [pair[side] for side in (0, 1) for pair in batch]
    bags, rows = _bags(texts)
    sums = bags @ table[rows]
    lengths = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-9)
    unit = sums / lengths
    questions, passages = unit[:size], unit[size:]
    scores = questions @ passages.T / temperature
    scores[_same(texts[:size]) | _same(texts[size:])] = -np.inf
    by_row, by_column = _softmax(scores, 1), _softmax(scores, 0)
    loss = -np.log(np.maximum(np.concatenate([by_row.diagonal(), by_column.diagonal()]), 1e-12)).mean()
    pull = (by_row + by_column - 2 * np.eye(size, dtype=np.float32)) / (2 * size * temperature)
    towards = np.concatenate([pull @ passages, pull.T @ questions])
    towards = (towards - unit * (towards * unit).sum(axis=1, keepdims=True)) / lengths
    return float(loss), rows, np.asarray(bags.T @ towards, np.float32)


def _bags(texts: Sequence[Ids]) -> tuple[csr_matrix, NDArray[np.int64]]:
    """How often each text holds each of the tokens met: (texts, rows); and the rows of these tokens."""
    rows, columns = np.unique(np.concatenate(texts), return_inverse=True)
    starts = np.cumsum([0, *map(len, texts)])
    matrix = csr_matrix((np.ones(len(columns), np.float32), columns, starts), shape=(len(texts), len(rows)))
    return matrix, rows.astype(np.int64)


def _same(texts: Sequence[Ids]) -> NDArray[np.bool_]:
    """Which texts of the batch are the same as another one: these are not wrong answers."""
    numbers: dict[bytes, int] = {}
    keys = np.array([numbers.setdefault(text.tobytes(), len(numbers)) for text in texts])
    same = keys[:, None] == keys
    np.fill_diagonal(same, False)
    return np.asarray(same)


def _softmax(scores: Floats, axis: int) -> Floats:
    powers = np.exp(scores - scores.max(axis=axis, keepdims=True))
    return np.asarray(powers / powers.sum(axis=axis, keepdims=True))
