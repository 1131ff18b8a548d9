"""Bare FAISS and bm25s over the same fields, their scores added as Réglo adds them: the physical reference."""

from __future__ import annotations

import bm25s
import faiss
import numpy as np

from index.encoder import StaticEncoder
from index.lexical import FIELDS
from index.text import telling, tokens
from tests.benchmarks.peers.protocol import K, Search, run


def build(passages: list[str], encoder: StaticEncoder) -> Search:
    read = [tokens(text) for text in passages]
    fields = {name: bm25s.BM25(k1=1.2, b=0.75) for name in FIELDS}
    for name, terms in FIELDS.items():
        fields[name].index([terms(found) for found in read], show_progress=False)
    vectors = faiss.IndexFlatIP(encoder.dimension)
    vectors.add(encoder.encode(passages))
    faiss.omp_set_num_threads(1)

    def search(question: str) -> list[int]:
        asked = telling(tokens(question))
        words = np.zeros(len(passages), np.float32)
        for name, terms in FIELDS.items():
            known = [term for term in dict.fromkeys(terms(asked)) if term in fields[name].vocab_dict]
            if known:
                scores = fields[name].get_scores(known)
                words += scores / max(float(scores.max()), 1e-9)
        cosines, near = vectors.search(encoder.encode_questions([question]), min(100, len(passages)))
        score = words / 3
        score[near[0]] += 1.5 * cosines[0]
        best = np.argpartition(-score, K)[:K]
        return list(best[np.argsort(-score[best])])

    return search


if __name__ == "__main__":
    run(build)
