"""The passages nearest to a question: by its words, by its meaning, and by both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoder import Encoder
from index.generation import REBUILD, DamagedIndex, ForeignIndex, corpus_fingerprint, seal, verify
from index.growth import Growth, reading
from index.hits import MEANING, MODELS, Hit, Proposed, Retriever
from index.lexical import Lexical
from index.twins import Signatures, signatures, twins
from index.vectors import EXACT_UP_TO, Kind, Vectors

__all__ = ["Hit", "Retriever", "Searcher"]

Floats = NDArray[np.float32]
Integers = NDArray[np.int64]

_NONE = np.zeros(0, np.int64)
_LOOKED_AT = 100  # how many passages each retriever proposes; the order is then exact among those of both
# Times as many passages as are asked for are read sentence by sentence, and all others where these say little.
_READ = 3


class Searcher:
    """Passages held by their ids in increasing order; `place` below is a passage's place in that order."""

    def __init__(
        self,
        ids: Integers,
        lexical: Lexical,
        vectors: Vectors,
        first_twin: NDArray[np.int32],
        signed: Signatures,
        encoder: Encoder,
        corpus: str,
        read_by: str | None = None,
    ) -> None:
        self.ids = ids
        self.encoder = encoder
        self.corpus = corpus
        self.read_by = read_by or reading()
        self._lexical = lexical
        self._vectors = vectors
        self._signed = signed
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
        before: Searcher | None = None,
        known: Mapping[int, int] | None = None,
        exact: int = EXACT_UP_TO,
    ) -> Searcher:
        """An index of `texts`, what is searched in each passage. A vector given in `vectors` is not computed again.

        `bodies` are the passages without their headings: what makes two of them twins. `known` gives, by its id, the id
        of a passage in `before`, an index by the same encoder, that is the same word for word: it is not read again.
        Above `exact` passages, a question is compared with the nearest groups of vectors, as `Vectors` says.
        """
        if len(ids) != len(texts) or len(set(ids)) != len(ids):
            raise ValueError(f"{len(ids)} ids ({len(set(ids))} different) for {len(texts)} texts")
        order = np.argsort(np.asarray(ids, np.int64), kind="stable")
        sorted_ids = np.asarray(ids, np.int64)[order]
        sorted_texts = [texts[i] for i in order]
        sorted_bodies = [bodies[i] for i in order] if bodies is not None else sorted_texts
        root = before if before and before.read_by == reading() else None
        growth = Growth.of(sorted_ids, root.ids if root else _NONE, known or {})
        held = before._known_vectors(sorted_ids, known or {}) if before else {}
        matrix = _vectors_of(sorted_ids, sorted_texts, encoder, held | dict(vectors or {}))
        new = {place: sorted_texts[place] for place in growth.new}
        lexical = Lexical.grown(new, root._lexical if root else None, growth.moved)
        signed = _signed(sorted_bodies, root, growth)
        corpus = corpus_fingerprint(sorted_ids.tolist(), sorted_texts)
        first_twin = twins(sorted_bodies, signed)
        held_vectors = Vectors.build(sorted_ids, matrix, exact)
        return cls(sorted_ids, lexical, held_vectors, first_twin, signed, encoder, corpus)

    def _known_vectors(self, ids: Integers, known: Mapping[int, int]) -> dict[int, Floats]:
        """The vectors held here of the passages that are known, by their ids now."""
        held = frozenset(self.ids.tolist())
        pairs = [(id_, known[id_]) for id_ in ids.tolist() if known.get(id_) in held]
        vectors = self._vectors.of(np.array([old for _, old in pairs], np.int64))
        return {id_: vector for (id_, _), vector in zip(pairs, vectors, strict=True)}

    def search(
        self, question: str, k: int = 10, retriever: Retriever = Retriever.HYBRID, collapse: bool = True
    ) -> list[Hit]:
        """The `k` best passages, best first; twins count as one unless `collapse` is false."""
        if k <= 0 or not len(self):
            return []
        proposed = self._propose(question, k, retriever)
        scores = proposed.scores(retriever)
        hits: dict[int, Hit] = {}
        for i in np.argsort(-scores, kind="stable").tolist():
            place = int(proposed.places[i])
            family = int(self._first_twin[place]) if collapse else place
            if family not in hits:
                hits[family] = self._hit(proposed, i, float(scores[i]))
                if len(hits) == k:
                    break
        return list(hits.values())

    def _propose(self, question: str, k: int, retriever: Retriever) -> Proposed:
        count = max(_LOOKED_AT, 2 * k)
        vector = self.encoder.encode_questions([question])[0]
        words = self._lexical.scores(question)
        by_words = by_meaning = np.zeros(0, np.int64)
        if retriever is not Retriever.DENSE:
            by_words = _best(words, count)
        if retriever is not Retriever.LEXICAL and vector.any():
            by_meaning = np.searchsorted(self.ids, self._vectors.nearest(vector, count)[0])
        places = np.unique(np.concatenate([by_words, by_meaning]))
        vectors = self._vectors.of(self.ids[places])
        dense = vectors @ vector
        alike, worth = np.zeros_like(dense), np.ones_like(dense)
        if retriever is Retriever.HYBRID and len(places):
            scores = words[places] + MEANING * dense
            worth = self._worth(question, places, scores, k)
            alike = vectors @ vectors[self._models(places, worth * scores)].mean(axis=0)
        return Proposed(places, words[places], dense, alike, worth, by_words, by_meaning)

    def _worth(self, question: str, places: Integers, scores: Floats, k: int) -> Floats:
        """What each passage says beside the question; read of the first ones alone where no other has a higher score
        before its likeness to the best is added: that may rarely set one that was not read a little too high."""
        worth = np.ones_like(scores)
        order = np.argsort(-scores, kind="stable")
        first, rest = order[: _READ * k], order[_READ * k :]
        worth[first] = self._lexical.worth(question, places[first])
        if len(rest) and scores[rest[0]] > np.sort((worth * scores)[first])[-k]:
            worth[rest] = self._lexical.worth(question, places[rest])
        return worth

    def _models(self, places: Integers, scores: Floats) -> list[int]:
        """Where the best of the places are, of twins one alone."""
        families: dict[int, int] = {}
        for i in np.argsort(-scores, kind="stable").tolist():
            families.setdefault(int(self._first_twin[places[i]]), i)
            if len(families) == MODELS:
                break
        return list(families.values())

    def _hit(self, proposed: Proposed, i: int, score: float) -> Hit:
        place = int(proposed.places[i])
        family = self._twins.get(int(self._first_twin[place]), [])
        return Hit(
            id=int(self.ids[place]),
            score=score,
            lexical=float(proposed.lexical[i]),
            dense=float(proposed.dense[i]),
            lexical_rank=proposed.ranks[0].get(place),
            dense_rank=proposed.ranks[1].get(place),
            twins=tuple(int(self.ids[twin]) for twin in family if twin != place),
            alike=float(proposed.alike[i]),
            worth=float(proposed.worth[i]),
        )

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
        np.save(folder / "signatures.npy", self._signed)
        seal(folder, self._fingerprints())

    def _fingerprints(self) -> dict[str, str]:
        kind = str(self._vectors.kind)
        return {"corpus": self.corpus, "encoder": self.encoder.fingerprint, "reading": self.read_by, "vectors": kind}

    @classmethod
    def load(cls, folder: Path, encoder: Encoder, corpus: str | None = None) -> Searcher:
        """Raises DamagedIndex or ForeignIndex (built with another encoder, or from another `corpus` than given)."""
        expected = {"encoder": encoder.fingerprint} | ({"corpus": corpus} if corpus is not None else {})
        found = verify(folder, expected)
        vectors = Vectors.load(folder / "vectors.faiss")
        if vectors.kind != found.get("vectors", Kind.EXACT):
            raise ForeignIndex(f"L'index {folder} ne contient pas les vecteurs qu'il annonce. {REBUILD}")
        twins_, signed = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in ("twins", "signatures"))
        try:
            lexical = Lexical.load(folder / "lexical")
        except FileNotFoundError:
            raise DamagedIndex(f"L'index {folder} vient d'une version d'avant. {REBUILD}") from None
        arrays = np.asarray(twins_), np.asarray(signed)
        return cls(vectors.ids, lexical, vectors, *arrays, encoder, found["corpus"], found.get("reading", "unknown"))


def _vectors_of(ids: Integers, texts: Sequence[str], encoder: Encoder, known: Mapping[int, Floats]) -> Floats:
    matrix = np.zeros((len(ids), encoder.dimension), np.float32)
    missing = [place for place, id_ in enumerate(ids.tolist()) if id_ not in known]
    if missing:
        matrix[missing] = encoder.encode([texts[place] for place in missing])
    for place, id_ in enumerate(ids.tolist()):
        if id_ in known:
            matrix[place] = known[id_]
    return matrix


def _signed(bodies: Sequence[str], root: Searcher | None, growth: Growth) -> Signatures:
    found = signatures({place: bodies[place] for place in growth.new}, len(bodies))
    if root:
        found[growth.kept] = root._signed[growth.origin[growth.kept]]
    return found


def _best(scores: Floats, k: int) -> Integers:
    """The places of the `k` best scores above zero, best first."""
    least = np.partition(scores, -k)[-k] if k < len(scores) else 0
    found = np.flatnonzero((scores >= least) & (scores > 0))
    return found[np.argsort(-scores[found], kind="stable")][:k]


def _members(first_twin: NDArray[np.int32]) -> dict[int, list[int]]:
    """The places of the twins under the first of each family; a passage without a twin is not there."""
    families: defaultdict[int, list[int]] = defaultdict(list)
    for place in np.flatnonzero(first_twin != np.arange(len(first_twin))).tolist():
        families[int(first_twin[place])].append(place)
    return {first: [first, *others] for first, others in families.items()}
