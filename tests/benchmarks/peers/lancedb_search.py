"""lancedb: its hybrid query (French full text and vectors, reciprocal ranks)."""

from __future__ import annotations

import tempfile

import lancedb
import pyarrow as pa
from lancedb.rerankers import RRFReranker

from index.encoder import StaticEncoder
from tests.benchmarks.peers.protocol import K, Search, run


def build(passages: list[str], encoder: StaticEncoder) -> Search:
    vectors = pa.FixedSizeListArray.from_arrays(encoder.encode(passages).ravel(), encoder.dimension)
    rows = pa.table({"id": pa.array(range(len(passages))), "text": passages, "vector": vectors})
    table = lancedb.connect(tempfile.mkdtemp()).create_table("passages", rows)
    table.create_fts_index("text", language="French", stem=True, ascii_folding=True, remove_stop_words=True)
    reranker = RRFReranker()

    def search(question: str) -> list[int]:
        vector = encoder.encode_questions([question])[0]
        query = table.search(query_type="hybrid").vector(vector).text(question).rerank(reranker)
        return list(query.select(["id"]).limit(K).to_arrow()["id"].to_pylist())

    return search


if __name__ == "__main__":
    run(build)
