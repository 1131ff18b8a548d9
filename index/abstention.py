"""How well it is known when not to answer: questions that a library answers, and questions that it does not."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from zlib import crc32

from index.confidence import DEPTH, Signs, covered, names, read_signs
from index.encoder import Encoder
from index.evaluation import Collection
from index.search import Searcher


class Kind(StrEnum):
    ANSWERABLE = "answerable"  # the document that answers is in the library
    FOREIGN = "foreign"  # a question of another set
    REMOVED = "removed"  # the document that answers is not there, others of the same set are
    ALTERED = "altered"  # a name or a number of the question is changed for another question's


@dataclass(frozen=True, slots=True)
class Trial:
    """A question asked of a library; `right`: the first passage found answers it."""

    kind: Kind
    question: str
    signs: Signs
    covered: float
    right: bool


@dataclass(frozen=True, slots=True)
class _Library:
    """Half of the passages of a set."""

    keys: Sequence[str]
    texts: Sequence[str]
    searcher: Searcher

    @classmethod
    def build(cls, passages: Mapping[str, str], encoder: Encoder) -> _Library:
        keys, texts = list(passages), list(passages.values())
        return cls(keys, texts, Searcher.build(range(len(keys)), texts, encoder))

    def ask(self, kind: Kind, question: str, good: Iterable[str]) -> Iterator[Trial]:
        hits = self.searcher.search(question, DEPTH)
        if hits:
            text, key = self.texts[hits[0].id], self.keys[hits[0].id]
            signs = read_signs(self.searcher, question, hits, text)
            right = kind is Kind.ANSWERABLE and key in good
            yield Trial(kind, question, signs, covered(self.searcher, question, text), right)


def trials(collections: Sequence[Collection], encoder: Encoder, seen: bool = False) -> Iterator[Trial]:
    """The questions that no training saw, or those that it may see; never two questions of one document apart.

    Each set is cut in two libraries, whole documents in each. A question is asked of the half that answers it, of the
    other half, of the same half with a name or number changed, and of a half of the next set.
    """
    halves = [_halves(collection, encoder) for collection in collections]
    for number, collection in enumerate(collections):
        documents = _documents(collection)
        foreign = halves[(number + 1) % len(halves)]
        asked = [key for key in collection.judgements if _odd(documents[f"?{key}"], "seen") == seen]
        borrowed = [name for key in asked for name in _named(collection.questions[key])]
        for place, key in enumerate(asked):
            text, worths = collection.questions[key], collection.judgements[key]
            good = {passage for passage, worth in worths.items() if worth > 0}
            home = int(_odd(documents[f"?{key}"]))
            yield from halves[number][home].ask(Kind.ANSWERABLE, text, good)
            yield from halves[number][1 - home].ask(Kind.REMOVED, text, good)
            if other := _altered(text, borrowed, place, " ".join(collection.passages[passage] for passage in good)):
                yield from halves[number][home].ask(Kind.ALTERED, other, good)
            if len(halves) > 1:
                yield from foreign[home].ask(Kind.FOREIGN, text, good)


def _halves(collection: Collection, encoder: Encoder) -> tuple[_Library, _Library]:
    documents = _documents(collection)
    parts: tuple[dict[str, str], dict[str, str]] = ({}, {})
    for key, text in collection.passages.items():
        parts[_odd(documents.get(key, key))][key] = text
    return _Library.build(parts[0], encoder), _Library.build(parts[1], encoder)


def _documents(collection: Collection) -> dict[str, str]:
    """For each passage and each question (after a "?"), its document: what answers one question is of one document."""
    above: dict[str, str] = {}
    for question, worths in collection.judgements.items():
        good = [passage for passage, worth in worths.items() if worth > 0]
        for one, other in pairwise([f"?{question}", *good]):
            above[_root(above, one)] = _root(above, other)
    keys = [*collection.passages, *(f"?{question}" for question in collection.judgements)]
    return {key: _root(above, key) for key in keys}


def _root(above: dict[str, str], key: str) -> str:
    while above.get(key, key) != key:
        key = above[key]
    return key


def _odd(document: str, salt: str = "") -> bool:
    return bool(crc32(f"{salt}{document}".encode()) % 2)


def _named(question: str) -> list[str]:
    return [question[token.start : token.end] for token in names(question)]


def _altered(question: str, borrowed: Sequence[str], place: int, good: str) -> str | None:
    """The question with its last name or number changed for one of the same kind that its passages lack."""
    own = names(question)
    if not own:
        return None
    last = own[-1]
    number = last.text.isdigit()
    turned = [*borrowed[7 * place % len(borrowed) :], *borrowed]
    other = next((name for name in turned if name.isdigit() == number and name not in good + question), None)
    return question[: last.start] + other + question[last.end :] if other else None
