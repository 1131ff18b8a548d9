"""Words near in meaning: the vectors of words, computed once each and kept, as many as fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from threading import Lock

import numpy as np

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
        known = list(dict.fromkeys(others))[:_KEPT]
        if not words or not known:
            return {}
        with self._learning:
            held = self._vectors[self._rows_of(known)]
        near = self._encoder.encode(words) @ held.T >= self._least
        return {word: frozenset(known[at] for at in np.flatnonzero(row)) for word, row in zip(words, near, strict=True)}

    def _forget(self) -> None:
        self._rows: dict[str, int] = {}
        self._vectors = np.zeros((_KEPT, self._encoder.dimension), np.float32)

    def _rows_of(self, words: Sequence[str]) -> list[int]:
        """Where the vectors of these words stand, computed for those met for the first time."""
        new = [word for word in words if word not in self._rows]
        if len(self._rows) + len(new) > _KEPT:
            self._forget()
            new = list(words)
        if new:
            held = len(self._rows)
            self._vectors[held : held + len(new)] = self._encoder.encode(new)
            self._rows |= {word: held + n for n, word in enumerate(new)}
        return [self._rows[word] for word in words]
