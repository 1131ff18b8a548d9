"""Words near in meaning: the vectors of words, computed once each and kept, as many as fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder

_KEPT = 8192  # words; once there are more, all are forgotten


class Kinship:
    """One for all the threads of a process; two words are kin from a cosine of `least` on."""

    def __init__(self, encoder: Encoder, least: float) -> None:
        self._encoder, self._least = encoder, least
        self._rows: dict[str, int] = {}
        self._vectors = np.zeros((0, encoder.dimension), np.float32)
        self._learning = Lock()

    def kin(self, words: Sequence[str], others: Iterable[str]) -> dict[str, frozenset[str]]:
        """For each word, those of the others that come near it in meaning."""
        known = sorted(set(others))
        if not words or not known:
            return {}
        near = self._encoder.encode(words) @ self._of(known).T >= self._least
        return {word: frozenset(known[i] for i in np.flatnonzero(row)) for word, row in zip(words, near, strict=True)}

    def _of(self, words: Sequence[str]) -> NDArray[np.float32]:
        """(words, d)"""
        with self._learning:
            new = [word for word in words if word not in self._rows]
            if len(self._rows) + len(new) > _KEPT:
                self._rows, new = {}, list(words)
                self._vectors = self._vectors[:0]
            if new:
                self._rows |= {word: len(self._rows) + n for n, word in enumerate(new)}
                self._vectors = np.concatenate([self._vectors, self._encoder.encode(new)])
            return self._vectors[[self._rows[word] for word in words]]
