"""Runs in txtai's own environment: indexes the passages of a JSON file, then times one question a line.

    python txtai_search.py PASSAGES.json MODEL_FOLDER < questions

The encoder is Réglo's, by the way txtai has for one that it does not know, so that both compute the same vectors
at the same cost.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

from txtai import Embeddings

from index.encoder import StaticEncoder


def main(passages: Path, model: Path) -> None:
    encoder = StaticEncoder.load(model)
    # txtai calls what is not a plain function to get one, hence the lambda.
    embeddings = Embeddings(method="external", transform=lambda texts: encoder.encode(texts), hybrid=True)
    embeddings.index(enumerate(json.loads(passages.read_text("utf-8")), start=1))
    print("ready", flush=True)
    for line in sys.stdin:
        start = perf_counter()
        embeddings.search(line.strip(), 10)
        print(perf_counter() - start, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
