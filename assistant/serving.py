"""The generation that answers: loaded once, and again when another one was made current."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from assistant import generations
from assistant.generations import Generation
from corpus.store import Store
from index.encoder import Encoder
from index.generation import DamagedIndex

UNUSABLE = (DamagedIndex, OSError, KeyError, ValueError)  # what loading a folder that was tampered with may raise
_LOOK_AGAIN = 1.0  # seconds after which the number is asked for even where the database looks untouched


@dataclass(frozen=True, slots=True)
class _Seen:
    """The number that was current when the database looked like this."""

    number: int | None
    signature: object
    at: float

    def holds(self, signature: object) -> bool:
        return signature is not None and signature == self.signature and monotonic() - self.at < _LOOK_AGAIN


class Serving:
    """One for all the threads of a process; `folder` holds a folder for each generation."""

    def __init__(self, store: Store, folder: Path, encoder: Callable[[], Encoder]) -> None:
        self._store, self._folder, self._encoder = store, folder, encoder
        self._served: Generation | None = None
        self._seen: _Seen | None = None
        self._loading = threading.Lock()

    def number(self) -> int | None:
        """The current number; the database is asked when it was written since, or a moment ago."""
        signature = self._store.signature()
        if (seen := self._seen) is not None and seen.holds(signature):
            return seen.number
        number = self._store.current()
        self._seen = _Seen(number, signature, monotonic())
        return number

    def generation(self) -> Generation | None:
        """The current generation, None where there is none; where it cannot be loaded, the one loaded before."""
        number = self.number()
        served = self._served
        if number is None or (served is not None and served.number == number):
            return served if number is not None else None
        with self._loading:
            return self._brought(number)

    def held(self) -> Generation | None:
        """The current generation where it is loaded already."""
        served = self._served
        return served if served is not None and served.number == self.number() else None

    def put(self, generation: Generation) -> None:
        """Serve a generation that was just made current."""
        self._served, self._seen = generation, None

    def _brought(self, number: int) -> Generation:
        if self._served is not None and self._served.number == number:
            return self._served
        try:
            self._served = generations.load(self._store, self._folder, number, self._encoder())
        except UNUSABLE as error:
            latest = self._store.current()
            if latest is not None and latest != number:  # so much was ingested meanwhile that this one is gone
                return self._brought(latest)
            if self._served is None:
                raise _damaged(self._folder / str(number), error) from error
        return self._served


def _damaged(folder: Path, error: Exception) -> DamagedIndex:
    if isinstance(error, DamagedIndex):
        return error
    return DamagedIndex(
        f"La génération {folder} ne se relit pas ({error}). Lancez « reglo ingest » pour la reconstruire."
    )
