"""chromadb in memory: vectors alone, as its hybrid search is its hosted service's."""

from __future__ import annotations

import chromadb

from index.encoder import StaticEncoder
from tests.benchmarks.peers.protocol import K, Search, run


def build(passages: list[str], encoder: StaticEncoder) -> Search:
    client = chromadb.EphemeralClient(chromadb.Settings(anonymized_telemetry=False))
    collection = client.create_collection("passages", configuration={"hnsw": {"space": "ip"}}, embedding_function=None)
    vectors, step = encoder.encode(passages), client.get_max_batch_size()
    for start in range(0, len(passages), step):
        part = slice(start, start + step)
        ids = [str(place) for place in range(*part.indices(len(passages)))]
        collection.add(ids, embeddings=vectors[part], documents=passages[part])

    def search(question: str) -> list[int]:
        found = collection.query(query_embeddings=encoder.encode_questions([question]), n_results=K, include=[])
        return [int(place) for place in found["ids"][0]]

    return search


if __name__ == "__main__":
    run(build)
