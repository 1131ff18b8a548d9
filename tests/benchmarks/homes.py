"""Homes to measure in: the starter documents, alone or among passages by the thousand."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from assistant.publishing import Publisher
from index.encoder import load_encoder


@contextmanager
def home() -> Iterator[tuple[Path, Publisher]]:
    """An empty home in a folder that goes away, and its publisher."""
    with TemporaryDirectory() as folder:
        yield Path(folder), Publisher(Path(folder), load_encoder)


@contextmanager
def starter_home() -> Iterator[tuple[Path, Publisher]]:
    with home() as (folder, publisher):
        publisher.ingest([])
        yield folder, publisher


@contextmanager
def home_of(passages: list[str]) -> Iterator[tuple[Path, Publisher]]:
    """The starter documents, and these passages, each under a heading of its own."""
    with home() as (folder, publisher), TemporaryDirectory() as elsewhere:
        prose = Path(elsewhere) / "recueil.md"
        sections = (f"## Article {number}\n\n{' '.join(text.split())}" for number, text in enumerate(passages, 1))
        prose.write_text("\n\n".join(("# Recueil", *sections)), encoding="utf-8")
        publisher.ingest([prose], keep_starter=True)
        yield folder, publisher
