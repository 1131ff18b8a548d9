"""qdrant-client in local mode: vectors alone, as its sparse models are to be downloaded."""

from __future__ import annotations

from qdrant_client import QdrantClient
from qdrant_client.models import Distance, VectorParams

from index.encoder import StaticEncoder
from tests.benchmarks.peers.protocol import K, Search, run


def build(passages: list[str], encoder: StaticEncoder) -> Search:
    client = QdrantClient(":memory:")
    client.create_collection("passages", vectors_config=VectorParams(size=encoder.dimension, distance=Distance.COSINE))
    client.upload_collection("passages", vectors=encoder.encode(passages), ids=range(len(passages)))

    def search(question: str) -> list[int]:
        vector = encoder.encode_questions([question])[0]
        return [int(point.id) for point in client.query_points("passages", query=vector, limit=K).points]

    return search


if __name__ == "__main__":
    run(build)
