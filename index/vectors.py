"""The passages' vectors in FAISS, each under its passage's id."""

from __future__ import annotations

from enum import StrEnum
from math import isqrt
from pathlib import Path
from typing import cast

import faiss
import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

EXACT_UP_TO = 100_000  # vectors, by default
# Measured on 200,000 passages (`python -m tests.benchmarks voisinage`): a sixth of 4√n groups holds 98 % of the ten
# nearest in a sixth of the time. A graph (HNSW) as good searches in half of that, but takes four times as long to build
# (35 s on two cores), at each ingestion, and is not the same twice.
_GROUPS = 4
_LOOKED_INTO = 1 / 6
_LEARNT_FROM = 40  # vectors a group
_ROUNDS = 10


class Kind(StrEnum):
    """What a question is compared with: every vector, or those of the groups nearest to it."""

    EXACT = "exact"
    GROUPED = "grouped"


class Vectors:
    """Vectors in half precision, by inner product: the cosine, as every vector has unit length."""

    def __init__(self, index: faiss.IndexIDMap2) -> None:
        self._index = index

    @classmethod
    def build(cls, ids: Integers, vectors: Floats, exact: int = EXACT_UP_TO) -> Vectors:
        """`ids`: (n,), `vectors`: (n, d). Above `exact` vectors, a question is compared with the nearest groups."""
        if vectors.ndim != 2 or len(vectors) != len(ids):
            raise ValueError(f"{len(ids)} ids need vectors of shape ({len(ids)}, d), not {vectors.shape}")
        rows = np.ascontiguousarray(vectors, np.float32)
        held = _all(rows) if len(ids) <= max(0, exact) else _grouped(rows)
        index = faiss.IndexIDMap2(held)
        index.add_with_ids(rows, ids)
        if isinstance(held, faiss.IndexIVF):
            held.make_direct_map()  # where each vector is, for `of`
        return cls(index)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    @property
    def kind(self) -> Kind:
        grouped = isinstance(faiss.downcast_index(self._index.index), faiss.IndexIVF)
        return Kind.GROUPED if grouped else Kind.EXACT

    @property
    def dimension(self) -> int:
        return int(self._index.d)

    @property
    def ids(self) -> Integers:
        """The ids in the order they were given: (n,)."""
        return faiss.vector_to_array(self._index.id_map)

    def nearest(self, vector: Floats, k: int) -> tuple[Integers, Floats]:
        """The ids and cosines of the `k` nearest to a vector (d,), best first: (k,) and (k,), or fewer in groups."""
        # A single question gains nothing from a second thread, and waits for it as soon as the machine is busy.
        faiss.omp_set_num_threads(1)
        scores, ids = self._index.search(vector[None], min(k, len(self)))
        found = ids[0] >= 0
        return ids[0][found], scores[0][found]

    def of(self, ids: Integers) -> Floats:
        """The vectors of these ids: (n, d)."""
        if not len(ids):
            return np.zeros((0, self.dimension), np.float32)
        return self._index.reconstruct_batch(ids)

    def save(self, path: Path) -> None:
        faiss.write_index(self._index, str(path))

    @classmethod
    def load(cls, path: Path) -> Vectors:
        """The vectors stay on disk and are read as they are needed."""
        index = faiss.read_index(str(path), faiss.IO_FLAG_MMAP_IFC)
        return cls(cast(faiss.IndexIDMap2, index))


def _all(vectors: Floats) -> faiss.IndexScalarQuantizer:
    # Half the bytes to go through: a search among many passages is as fast as memory gives them.
    return faiss.IndexScalarQuantizer(vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT)


def _grouped(vectors: Floats) -> faiss.IndexIVFScalarQuantizer:
    """Groups learnt from the vectors themselves, the same for the same vectors."""
    count, dimension = vectors.shape
    groups = min(count, _GROUPS * isqrt(count))
    centres = faiss.IndexFlatIP(dimension)
    index = faiss.IndexIVFScalarQuantizer(
        centres, dimension, groups, faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT, False
    )
    centres.this.disown()  # type: ignore[attr-defined]
    index.own_fields = True
    index.cp.niter, index.cp.spherical = _ROUNDS, True
    index.cp.min_points_per_centroid, index.cp.max_points_per_centroid = 1, _LEARNT_FROM
    index.nprobe = max(1, round(groups * _LOOKED_INTO))
    index.train(vectors)
    return index
