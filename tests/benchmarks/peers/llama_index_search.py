"""llama-index-core: its BM25 retriever in French and its vector index, fused by reciprocal ranks."""

from __future__ import annotations

import Stemmer
from llama_index.core import VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.llms import MockLLM
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import TextNode
from llama_index.retrievers.bm25 import BM25Retriever
from pydantic import PrivateAttr

from index.encoder import StaticEncoder
from tests.benchmarks.peers.protocol import K, Search, run


class Embedded(BaseEmbedding):
    """Réglo's encoder."""

    _encoder: StaticEncoder = PrivateAttr()

    def __init__(self, encoder: StaticEncoder) -> None:
        super().__init__(model_name=encoder.name)
        self._encoder = encoder

    def _get_text_embedding(self, text: str) -> list[float]:
        return list(map(float, self._encoder.encode([text])[0]))

    def _get_query_embedding(self, query: str) -> list[float]:
        return list(map(float, self._encoder.encode_questions([query])[0]))

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def build(passages: list[str], encoder: StaticEncoder) -> Search:
    vectors = encoder.encode(passages).tolist()
    pairs = zip(passages, vectors, strict=True)
    nodes = [TextNode(id_=str(place), text=text, embedding=v) for place, (text, v) in enumerate(pairs)]
    meaning = VectorStoreIndex(nodes, embed_model=Embedded(encoder)).as_retriever(similarity_top_k=100)
    words = BM25Retriever.from_defaults(
        nodes=nodes, similarity_top_k=100, stemmer=Stemmer.Stemmer("french"), language="fr"
    )
    fused = QueryFusionRetriever(
        [words, meaning], llm=MockLLM(), mode="reciprocal_rerank", num_queries=1, similarity_top_k=K, use_async=False
    )
    return lambda question: [int(found.node.node_id) for found in fused.retrieve(question)]


if __name__ == "__main__":
    run(build)
