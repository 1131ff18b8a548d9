"""The passages' vectors in FAISS, each under its passage's id."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import faiss
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]


class Vectors:
    """Every vector is compared, in half precision, by inner product: the cosine, as every vector has unit length."""

    def __init__(self, index: faiss.IndexIDMap2) -> None:
        self._index = index

    @classmethod
    def build(cls, ids: Integers, vectors: Floats) -> Vectors:
        """`ids`: (n,), `vectors`: (n, d)."""
        if vectors.ndim != 2 or len(vectors) != len(ids):
            raise ValueError(f"{len(ids)} ids need vectors of shape ({len(ids)}, d), not {vectors.shape}")
        # Half the bytes to go through: a search among many passages is as fast as memory gives them.
        halves = faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)
        index = faiss.IndexIDMap2(halves)
        index.add_with_ids(np.ascontiguousarray(vectors, np.float32), ids)
        return cls(index)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    @property
    def ids(self) -> Integers:
        """The ids in the order they were given: (n,)."""
        return faiss.vector_to_array(self._index.id_map)

    def nearest(self, vector: Floats, k: int) -> tuple[Integers, Floats]:
        """The ids and cosines of the `k` nearest to a vector (d,), best first: (k,) and (k,)."""
        # A single question gains nothing from a second thread, and waits for it as soon as the machine is busy.
        faiss.omp_set_num_threads(1)
        scores, ids = self._index.search(vector[None], min(k, len(self)))
        return ids[0], scores[0]

    def of(self, ids: Integers) -> Floats:
        """The vectors of these ids: (n, d)."""
        if not len(ids):
            return np.zeros((0, self.dimension), np.float32)
        return self._index.reconstruct_batch(ids)

    def save(self, path: Path) -> None:
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> Vectors:
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        return cls(cast(faiss.IndexIDMap2, index))
