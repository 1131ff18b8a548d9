"""txtai: its hybrid index (BM25 and vectors, scores added)."""

from __future__ import annotations

from txtai import Embeddings

from index.encoder import StaticEncoder
from tests.benchmarks.peers.protocol import K, Search, run


def build(passages: list[str], encoder: StaticEncoder) -> Search:
    # txtai calls what is not a plain function to get one, hence the lambda.
    embeddings = Embeddings(method="external", transform=lambda texts: encoder.encode(texts), hybrid=True)
    embeddings.index(enumerate(passages))
    return lambda question: [place for place, _ in embeddings.search(question, K)]


if __name__ == "__main__":
    run(build)
