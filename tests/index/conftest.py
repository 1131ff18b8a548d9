import hashlib
from collections.abc import Sequence
from zlib import crc32

import numpy as np
import pytest
from numpy.typing import NDArray

from index.encoder import Encoder, load_encoder
from index.text import stems, tokens


class Letters:
    """An encoder of a few dimensions whose vectors can be told by hand: one direction a stem."""

    name = "letters"

    def __init__(self, dimension: int = 64) -> None:
        self.dimension = dimension
        self.fingerprint = hashlib.sha256(f"letters {dimension}".encode()).hexdigest()
        self.read: list[str] = []

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.read += texts
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            for stem in stems(tokens(text)):
                vectors[row, crc32(stem.encode()) % self.dimension] += 1
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.divide(vectors, lengths, out=vectors, where=lengths > 0)

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return self.encode(texts)

    def knows(self, word: str) -> bool:
        return word in self.read


@pytest.fixture
def letters() -> Letters:
    return Letters()


@pytest.fixture(scope="session")
def embedded() -> Encoder:
    return load_encoder()
