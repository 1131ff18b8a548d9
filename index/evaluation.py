"""How good retrieval is on a BEIR folder: questions, passages, and which of these answer which."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log2
from pathlib import Path
from statistics import fmean
from time import perf_counter

from index.encoder import Encoder
from index.reranker import Reranker
from index.search import Retriever, Searcher

_DEPTH = 100
_NEEDED = "Il faut corpus.jsonl, queries.jsonl et qrels/test.tsv."


class Unusable(Exception):
    """The folder cannot be used; one sentence says which file, where, and what was expected."""


@dataclass(frozen=True, slots=True)
class Collection:
    """Texts by id, questions by id, and for each question how much each passage is worth."""

    passages: Mapping[str, str]
    questions: Mapping[str, str]
    judgements: Mapping[str, Mapping[str, int]]


def read(folder: Path) -> Collection:
    """A BEIR folder. A title is read as the first line of its text."""
    passages = {key: "\n".join(filter(None, texts)) for key, *texts in _json(folder / "corpus.jsonl", "title", "text")}
    questions = {key: text for key, *_, text in _json(folder / "queries.jsonl", "text")}
    judgements: dict[str, dict[str, int]] = {}
    for place, question, passage, worth in _judgements(folder / "qrels" / "test.tsv"):
        for kind, key, held in (("question", question, questions), ("passage", passage, passages)):
            if key not in held:
                raise Unusable(f"{place} : {kind} « {key} » inconnu des fichiers .jsonl.")
        judgements.setdefault(question, {})[passage] = worth
    answered = {question: worths for question, worths in judgements.items() if max(worths.values()) > 0}
    if not answered:
        raise Unusable(f"{folder} : aucune question n'a de passage jugé bon dans qrels/test.tsv.")
    return Collection(passages, questions, answered)


def evaluate(
    folder: Path, encoder: Encoder, retriever: Retriever = Retriever.HYBRID, reranker: Reranker | None = None
) -> dict[str, float]:
    """The means over the questions that have a good passage, and the time that one takes once the index is built."""
    collection = read(folder)
    keys = list(collection.passages)
    texts = dict(enumerate(collection.passages.values()))
    searcher = Searcher.build(range(len(keys)), list(texts.values()), encoder)
    found = {}
    started = perf_counter()
    for question in collection.judgements:
        hits = searcher.search(collection.questions[question], _DEPTH, retriever, collapse=False)
        if reranker:
            hits = reranker.order(collection.questions[question], hits, texts)
        found[question] = [keys[hit.id] for hit in hits]
    seconds = perf_counter() - started
    return measure(found, collection.judgements) | {"ms_per_query": 1000 * seconds / len(found)}


def measure(found: Mapping[str, Sequence[str]], judgements: Mapping[str, Mapping[str, int]]) -> dict[str, float]:
    """The mean of each measure over the questions judged; `found` gives their passages, best first."""
    return {
        name: fmean(of(found.get(question, ()), worths) for question, worths in judgements.items())
        for name, of in MEASURES.items()
    }


def _hit(k: int) -> Callable[[Sequence[str], Mapping[str, int]], float]:
    return lambda found, worths: float(any(worths.get(key, 0) > 0 for key in found[:k]))


def _reciprocal_rank(found: Sequence[str], worths: Mapping[str, int]) -> float:
    ranks = (rank for rank, key in enumerate(found[:10], start=1) if worths.get(key, 0) > 0)
    return 1 / next(ranks, float("inf"))


def _gain(worths: Sequence[int]) -> float:
    return sum(worth / log2(rank + 1) for rank, worth in enumerate(worths[:10], start=1))


def _ndcg(found: Sequence[str], worths: Mapping[str, int]) -> float:
    best = _gain(sorted((worth for worth in worths.values() if worth > 0), reverse=True))
    return _gain([max(0, worths.get(key, 0)) for key in found]) / best


def _recall(found: Sequence[str], worths: Mapping[str, int]) -> float:
    good = {key for key, worth in worths.items() if worth > 0}
    return len(good.intersection(found[:_DEPTH])) / len(good)


MEASURES: dict[str, Callable[[Sequence[str], Mapping[str, int]], float]] = {
    "hit@1": _hit(1),
    "hit@5": _hit(5),
    "hit@10": _hit(10),
    "mrr@10": _reciprocal_rank,
    "ndcg@10": _ndcg,
    "recall@100": _recall,
}


def _lines(path: Path) -> Iterator[tuple[str, str]]:
    """The lines that are not blank, each with the words that say where it stands."""
    try:
        with path.open(encoding="utf-8-sig") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield f"{path}, ligne {number}", line.rstrip("\r\n")
    except FileNotFoundError:
        raise Unusable(f"{path} n'existe pas. {_NEEDED}") from None
    except (OSError, UnicodeDecodeError) as error:
        raise Unusable(f"{path} est illisible ({error}). {_NEEDED}") from error


def _json(path: Path, *names: str) -> Iterator[list[str]]:
    """The id and the named texts of each line; a title may be missing."""
    for place, line in _lines(path):
        try:
            item = json.loads(line)
            values = [item["_id"], *(item.get(name, "") if name == "title" else item[name] for name in names)]
        except (ValueError, KeyError, TypeError, AttributeError):
            raise Unusable(f'{place} : il faut un objet JSON avec "_id" et "{names[-1]}".') from None
        if not all(isinstance(value, str) for value in values):
            raise Unusable(f'{place} : "_id" et "{names[-1]}" doivent être des textes.')
        yield values


def _judgements(path: Path) -> Iterator[tuple[str, str, str, int]]:
    """Where each judgement stands, its question, passage and worth. A first line of names is skipped."""
    for number, (place, line) in enumerate(_lines(path)):
        cells = line.split("\t")
        if number == 0 and cells[-1].strip() == "score":
            continue
        try:
            question, passage, worth = cells
            yield place, question, passage, int(worth)
        except ValueError:
            raise Unusable(
                f"{place} : il faut une question, un passage et un entier, séparés par des tabulations."
            ) from None
