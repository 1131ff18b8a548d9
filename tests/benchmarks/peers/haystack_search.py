"""haystack-ai: BM25 and vectors from its store in memory, joined by reciprocal ranks."""

from __future__ import annotations

from haystack import Document
from haystack.components.joiners import DocumentJoiner
from haystack.components.retrievers.in_memory import InMemoryBM25Retriever, InMemoryEmbeddingRetriever
from haystack.document_stores.in_memory import InMemoryDocumentStore

from index.encoder import StaticEncoder
from tests.benchmarks.peers.protocol import K, Search, run


def build(passages: list[str], encoder: StaticEncoder) -> Search:
    store = InMemoryDocumentStore(embedding_similarity_function="dot_product")
    vectors = encoder.encode(passages).tolist()
    pairs = zip(passages, vectors, strict=True)
    store.write_documents([Document(id=str(i), content=text, embedding=v) for i, (text, v) in enumerate(pairs)])
    words, meaning = InMemoryBM25Retriever(store, top_k=100), InMemoryEmbeddingRetriever(store, top_k=100)
    joiner = DocumentJoiner(join_mode="reciprocal_rank_fusion", top_k=K)

    def search(question: str) -> list[int]:
        vector = encoder.encode_questions([question])[0].tolist()
        both = [words.run(query=question)["documents"], meaning.run(query_embedding=vector)["documents"]]
        return [int(document.id) for document in joiner.run(documents=both)["documents"]]

    return search


if __name__ == "__main__":
    run(build)
