"""Assistants made of the real parts, each once: over the starter library and over the shared documents."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from assistant.answers import Answer
from assistant.assistant import Assistant
from assistant.reading import read_facts
from corpus.assembly import assemble
from corpus.documents import Document
from corpus.library import find, starter
from corpus.manifest import Entry
from corpus.passages import cut
from corpus.readers import media_type, read
from index.encoder import Encoder, load_encoder
from index.search import Searcher

SHARED = Path(__file__).parents[3] / "shared" / "documents"
TODAY = date(2026, 11, 20)
Ask = Callable[..., Answer]


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return load_encoder()


@cache
def documents_in(folder: Path) -> Mapping[str, Document]:
    """The documents of a folder, with the manifest that lies in it."""
    if not folder.is_dir():
        pytest.skip(f"{folder.name} : ../shared est absent, ses documents ne sont pas lus")
    return {source.entry.slug: document_at(source.path, source.entry) for source in find([folder])}


def document_at(path: Path, entry: Entry) -> Document:
    return assemble(read(path), entry, hashlib.sha256(path.read_bytes()).hexdigest(), media_type(path))


def assistant_over(documents: Mapping[str, Document], encoder: Encoder) -> Assistant:
    passages = [passage for document in documents.values() for passage in cut(document)]
    held = {number: replace(passage, id=number) for number, passage in enumerate(passages, 1)}
    texts, bodies = [p.searchable for p in held.values()], [p.text for p in held.values()]
    searcher = Searcher.build(list(held), texts, encoder, bodies=bodies)
    return Assistant(documents, held, searcher, read_facts(documents.values()))


@pytest.fixture(scope="session")
def starting(encoder: Encoder) -> Assistant:
    """Over the starter library."""
    return assistant_over(documents_in(starter()), encoder)


@pytest.fixture(scope="session")
def official(encoder: Encoder) -> Assistant:
    """Over the five source files."""
    return assistant_over(documents_in(SHARED / "bts-mco"), encoder)


@pytest.fixture(scope="session")
def flat(encoder: Encoder) -> Assistant:
    """Over the same five as flat text."""
    return assistant_over(documents_in(SHARED / "plain-text"), encoder)


@pytest.fixture(scope="session")
def foreign(encoder: Encoder) -> Assistant:
    """Over another diploma's exam table and articles of law, bare."""
    return assistant_over(documents_in(SHARED / "other"), encoder)


@pytest.fixture(scope="session")
def elsewhere(encoder: Encoder) -> Assistant:
    """Over two schools' documents on two other diplomas, written for these tests in two other layouts."""
    return assistant_over(documents_in(Path(__file__).parent.parent / "libraries" / "two-diplomas"), encoder)


@pytest.fixture(params=["starting", "official", "flat", "foreign"])
def library(request: pytest.FixtureRequest) -> Assistant:
    """Each library in turn."""
    assistant: Assistant = request.getfixturevalue(request.param)
    return assistant


@pytest.fixture(scope="session")
def ask(starting: Assistant) -> Ask:
    """A question to the starter library, on one day, after earlier ones."""

    def answer(question: str, *history: str, today: date = TODAY) -> Answer:
        return starting.answer(question, history, today=today)

    return answer


@pytest.fixture
def held(tmp_path: Path) -> Callable[[str], Document]:
    """A document written in Markdown and read as any other, bare."""

    def made(text: str) -> Document:
        path = tmp_path / "document.md"
        path.write_text(text, encoding="utf-8")
        return next(iter(documents_in.__wrapped__(tmp_path).values()))

    return made


TABLE = """# {diploma}

| Épreuves | Coefficient | Forme | Durée |
|---|---|---|---|
| E1 Expression | 2 | écrite | 3 h |
| E2 Langue vivante étrangère | 4 | orale | 30 min |
| E3 Droit et économie | {weight} | écrite | 2 h |
"""


@pytest.fixture(scope="session")
def crowded(starting: Assistant, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    """Over the starter library and the exam tables of a hundred other diplomas."""
    folder = tmp_path_factory.mktemp("tables")
    for number in range(100):
        text = TABLE.format(
            diploma=f"BTS Spécialité {chr(97 + number // 10) * 3}{chr(97 + number % 10) * 3}", weight=number + 1
        )
        (folder / f"table-{number}.md").write_text(text, encoding="utf-8")
    return assistant_over({**starting.knowledge.documents, **documents_in(folder)}, encoder)
