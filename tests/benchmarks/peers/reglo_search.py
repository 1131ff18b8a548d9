"""Réglo's own search, in a process like the others'."""

from __future__ import annotations

from index.encoder import StaticEncoder
from index.search import Searcher
from tests.benchmarks.peers.protocol import K, Search, run


def build(passages: list[str], encoder: StaticEncoder) -> Search:
    searcher = Searcher.build(range(len(passages)), passages, encoder)
    return lambda question: [hit.id for hit in searcher.search(question, K, collapse=False)]


if __name__ == "__main__":
    run(build)
