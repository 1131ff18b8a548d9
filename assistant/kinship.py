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
        self._learning = Lock()
        self._forget()

    def kin(self, words: Sequence[str], others: Iterable[str]) -> dict[str, frozenset[str]]:
        """For each word, those of the others that come near it in meaning."""
        known = frozenset(others)
        if not words or not known:
            return {}
        with self._learning:
            self._learn(known)
            return {word: self._near(word) & known for word in words}

    def _forget(self) -> None:
        self._words: list[str] = []
        self._held: set[str] = set()
        self._vectors = np.zeros((_KEPT, self._encoder.dimension), np.float32)
        self._found: dict[str, tuple[int, frozenset[str]]] = {}

    def _learn(self, words: frozenset[str]) -> None:
        new = sorted(words - self._held)
        if len(self._words) + len(new) > _KEPT:
            self._forget()
            new = sorted(words)[:_KEPT]
        if new:
            self._vectors[len(self._words) : len(self._words) + len(new)] = self._encoder.encode(new)
            self._words += new
            self._held |= set(new)

    def _near(self, word: str) -> frozenset[str]:
        """Those of the words held that are kin of a word; only the ones learnt since are looked at again."""
        seen, near = self._found.get(word, (0, frozenset()))
        if seen < len(self._words):
            rows: NDArray[np.float32] = self._vectors[seen : len(self._words)] @ self._encoder.encode([word])[0]
            near |= {self._words[seen + int(row)] for row in np.flatnonzero(rows >= self._least)}
            if len(self._found) >= _KEPT:
                self._found.clear()
            self._found[word] = len(self._words), near
        return near
