"""What answers together: the documents and passages of one generation, its index and its facts.

The rows are in the store; the index and the facts lie in a folder of the generation's number, sealed last.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from assistant.facts import Fact, Facts
from corpus.documents import Document, Passage
from corpus.store import Store
from index.encoder import Encoder
from index.generation import DamagedIndex, corpus_fingerprint
from index.search import Searcher

_DAMAGED = (
    "La base {base} est abîmée : {slugs} n'y est plus ce qui a été écrit. Lancez « reglo ingest » pour le relire."
)


@dataclass(frozen=True, slots=True)
class Generation:
    """`gone` are the facts that were found but whose words are not in their document: they are not served."""

    number: int
    documents: Mapping[str, Document]
    passages: Mapping[int, Passage]
    searcher: Searcher
    facts: Facts
    gone: tuple[Fact, ...] = ()


def sound(store: Store, number: int) -> dict[str, Document]:
    """The documents of a generation, once their rows and those of their passages are what was written."""
    if damaged := store.damaged(number):
        raise DamagedIndex(_DAMAGED.format(base=store.name, slugs=", ".join(damaged)))
    return store.documents(number)


def load(store: Store, folder: Path, number: int, encoder: Encoder) -> Generation:
    """A generation from its rows and its folder. Raises DamagedIndex where they do not belong together."""
    documents = sound(store, number)
    passages = {passage.id: passage for passage in store.passages(number)}
    corpus = corpus_fingerprint(passages, (passage.searchable for passage in passages.values()))
    searcher = Searcher.load(folder / str(number), encoder, corpus)
    found = Facts.load(folder / str(number))
    return Generation(number, documents, passages, searcher, *_standing(found, documents))


def build(
    store: Store, folder: Path, number: int, encoder: Encoder, before: Generation | None, exact: int
) -> Generation:
    """The index and the facts of the rows written for a generation, in its folder, sealed.

    No passage of `before` is read again: it keeps its id, or is known by its words. `exact`: as `Searcher.build` says.
    """
    from assistant.reading import read_facts

    documents = store.documents(number)
    passages = {passage.id: passage for passage in store.passages(number)}
    found = read_facts(documents.values())
    held, known = _known(before, passages, encoder)
    searcher = Searcher.build(
        list(passages),
        [passage.searchable for passage in passages.values()],
        encoder,
        bodies=[passage.text for passage in passages.values()],
        before=held,
        known=known,
        exact=exact,
    )
    into = folder / str(number)
    shutil.rmtree(into, ignore_errors=True)  # of another database that lay here
    into.mkdir(parents=True)
    found.save(into)
    try:
        searcher.save(into)  # seals the folder, facts included
    except RuntimeError as error:  # what faiss makes of any failure to write
        raise OSError(str(error)) from error
    return Generation(number, documents, passages, searcher, *_standing(found, documents))


def fingerprint(encoder: Encoder, exact: int) -> str:
    """What makes an index and facts what they are, beside the documents: the encoder, up to how many passages all
    vectors are compared, and our very code and TOML."""
    return f"{_code()} {encoder.fingerprint} {exact}"


@cache
def _code() -> str:
    root = Path(__file__).resolve().parent.parent
    files = [f for name in ("assistant", "index") for end in ("py", "toml") for f in (root / name).rglob(f"*.{end}")]
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(files))).hexdigest()


def discard(folder: Path, number: int) -> None:
    """Delete the folder of a generation that never became current; its rows are taken back at the next `begin`."""
    shutil.rmtree(folder / str(number), ignore_errors=True)


def sweep(folder: Path, keep: set[int]) -> None:
    """Delete the folders of all other generations."""
    if folder.is_dir():
        for path in folder.iterdir():
            if path.name not in {str(number) for number in keep}:
                shutil.rmtree(path, ignore_errors=True)


def _standing(facts: Facts, documents: Mapping[str, Document]) -> tuple[Facts, tuple[Fact, ...]]:
    """The facts whose evidence is where they say, and the others."""
    gone = tuple(facts.without_evidence(documents))
    if not gone:
        return facts, ()
    return Facts(tuple(fact for fact in facts.facts if fact not in set(gone))), gone


def _known(
    before: Generation | None, passages: Mapping[int, Passage], encoder: Encoder
) -> tuple[Searcher | None, dict[int, int]]:
    """The index before, where it is of the same encoder, and for each passage that it holds word for word, its id."""
    if before is None or before.searcher.encoder.fingerprint != encoder.fingerprint:
        return None, {}
    by_words = {passage.searchable: id_ for id_, passage in before.passages.items()}
    known = {id_: by_words.get(passage.searchable) for id_, passage in passages.items()}
    return before.searcher, {id_: old for id_, old in known.items() if old is not None}
