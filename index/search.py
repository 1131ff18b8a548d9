"""The passages nearest to a question: by its words, by its meaning, and by both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from index.generation import corpus_fingerprint, seal, verify
from index.lexical import Lexical
from index.twins import twins
from index.vectors import Vectors

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

_LOOKED_AT = 200  # how many passages each retriever proposes; the order is then exact among those of both


class Retriever(StrEnum):
    LEXICAL = "lexical"
    DENSE = "dense"
    HYBRID = "hybrid"


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found. `score` orders; `lexical` goes from 0 to 1 (1: the best by its words), `dense` is a cosine.

    A rank counts from 1 and is None where that retriever did not propose the passage. `twins` are the ids of
    the passages that say the same thing word for word.
    """

    id: int
    score: float
    lexical: float
    dense: float
    lexical_rank: int | None = None
    dense_rank: int | None = None
    twins: tuple[int, ...] = ()


class Searcher:
    """Passages held by their ids in increasing order; `place` below is a passage's place in that order."""

    def __init__(
        self,
        ids: Integers,
        lexical: Lexical,
        vectors: Vectors,
        first_twin: NDArray[np.int32],
        encoder: Encoder,
        corpus: str,
    ) -> None:
        self.ids = ids
        self.encoder = encoder
        self.corpus = corpus
        self._lexical = lexical
        self._vectors = vectors
        self._first_twin = first_twin
        self._twins = _members(first_twin)

    def __len__(self) -> int:
        return len(self.ids)

    @classmethod
    def build(
        cls,
        ids: Sequence[int],
        texts: Sequence[str],
        encoder: Encoder,
        vectors: Mapping[int, Floats] | None = None,
        bodies: Sequence[str] | None = None,
    ) -> Searcher:
        """An index of `texts`, what is searched in each passage. A vector given in `vectors` is not computed again.

        `bodies` are the passages without their headings: what makes two of them twins.
        """
        if len(ids) != len(texts) or len(set(ids)) != len(ids):
            raise ValueError(f"{len(ids)} ids ({len(set(ids))} different) for {len(texts)} texts")
        order = np.argsort(np.asarray(ids, np.int64), kind="stable")
        sorted_ids = np.asarray(ids, np.int64)[order]
        sorted_texts = [texts[i] for i in order]
        sorted_bodies = [bodies[i] for i in order] if bodies is not None else sorted_texts
        matrix = _vectors_of(sorted_ids, sorted_texts, encoder, vectors or {})
        return cls(
            sorted_ids,
            Lexical.build(sorted_texts),
            Vectors.build(sorted_ids, matrix),
            twins(sorted_bodies),
            encoder,
            corpus_fingerprint(sorted_ids.tolist(), sorted_texts),
        )

    def search(
        self, question: str, k: int = 10, retriever: Retriever = Retriever.HYBRID, collapse: bool = True
    ) -> list[Hit]:
        """The `k` best passages, best first; twins count as one unless `collapse` is false."""
        if k <= 0 or not len(self):
            return []
        looked_at = max(_LOOKED_AT, 2 * k)
        vector = self.encoder.encode([question])[0]
        words = self._lexical.scores(question)
        by_words = _best(words, looked_at) if retriever is not Retriever.DENSE else np.zeros(0, np.int64)
        by_meaning = np.zeros(0, np.int64)
        if retriever is not Retriever.LEXICAL and vector.any():
            by_meaning = np.searchsorted(self.ids, self._vectors.nearest(vector, looked_at)[0])
        places = np.union1d(by_words, by_meaning)
        lexical, dense = words[places], self._vectors.of(self.ids[places]) @ vector
        scores = {Retriever.LEXICAL: lexical, Retriever.DENSE: dense, Retriever.HYBRID: lexical + dense}[retriever]
        ranks = _ranks(by_words), _ranks(by_meaning)
        hits = []
        seen: set[int] = set()
        for i in np.argsort(-scores, kind="stable").tolist():
            place = int(places[i])
            first = int(self._first_twin[place])
            if collapse and first in seen:
                continue
            seen.add(first)
            hits.append(
                Hit(
                    id=int(self.ids[place]),
                    score=float(scores[i]),
                    lexical=float(lexical[i]),
                    dense=float(dense[i]),
                    lexical_rank=ranks[0].get(place),
                    dense_rank=ranks[1].get(place),
                    twins=tuple(int(self.ids[p]) for p in self._twins.get(first, ()) if p != place),
                )
            )
            if len(hits) == k:
                break
        return hits

    def held(self, stem: str) -> int:
        """How many passages hold a stem."""
        return self._lexical.fields["stems"].held(stem)

    def vectors(self) -> dict[int, Floats]:
        """Every passage's vector by its id."""
        return dict(zip(self.ids.tolist(), self._vectors.of(self.ids), strict=True))

    def save(self, folder: Path) -> None:
        """Write the index in a folder, sealed."""
        folder.mkdir(parents=True, exist_ok=True)
        self._lexical.save(folder / "lexical")
        self._vectors.save(folder / "vectors.faiss")
        np.save(folder / "twins.npy", self._first_twin)
        seal(folder, {"corpus": self.corpus, "encoder": self.encoder.fingerprint})

    @classmethod
    def load(cls, folder: Path, encoder: Encoder, corpus: str | None = None) -> Searcher:
        """Raises DamagedIndex or ForeignIndex (built with another encoder, or from another `corpus` than given)."""
        expected = {"encoder": encoder.fingerprint} | ({"corpus": corpus} if corpus is not None else {})
        found = verify(folder, expected)
        vectors = Vectors.load(folder / "vectors.faiss")
        lexical = Lexical.load(folder / "lexical", len(vectors))
        return cls(vectors.ids, lexical, vectors, np.load(folder / "twins.npy"), encoder, found["corpus"])


def _vectors_of(ids: Integers, texts: Sequence[str], encoder: Encoder, known: Mapping[int, Floats]) -> Floats:
    matrix = np.zeros((len(ids), encoder.dimension), np.float32)
    missing = [place for place, id_ in enumerate(ids.tolist()) if id_ not in known]
    if missing:
        matrix[missing] = encoder.encode([texts[place] for place in missing])
    for place, id_ in enumerate(ids.tolist()):
        if id_ in known:
            matrix[place] = known[id_]
    return matrix


def _best(scores: Floats, k: int) -> Integers:
    """The places of the `k` best scores above zero, best first."""
    found = np.argpartition(-scores, k)[:k] if k < len(scores) else np.arange(len(scores))
    found = found[scores[found] > 0]
    return found[np.argsort(-scores[found], kind="stable")]


def _ranks(places: Integers) -> dict[int, int]:
    return {place: rank for rank, place in enumerate(places.tolist(), start=1)}


def _members(first_twin: NDArray[np.int32]) -> dict[int, list[int]]:
    """The places of the twins under the first of each family; a passage without a twin is not there."""
    families: defaultdict[int, list[int]] = defaultdict(list)
    for place in np.flatnonzero(first_twin != np.arange(len(first_twin))).tolist():
        families[int(first_twin[place])].append(place)
    return {first: [first, *others] for first, others in families.items()}
