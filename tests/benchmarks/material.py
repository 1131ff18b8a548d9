"""What the figures are measured on: the shared files where they are, and passages by the thousand."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path


class Absent(Exception):
    """Something that a figure needs is not on this machine; one sentence says what."""


@dataclass(frozen=True)
class Material:
    """`shared` is the folder beside the project that holds real documents, passages and questions."""

    shared: Path

    def folder(self, *parts: str) -> Path:
        folder = self.shared.joinpath(*parts)
        if not folder.exists():
            raise Absent(f"{'/'.join(('../shared', *parts))} n'est pas là")
        return folder

    def documents(self) -> Path:
        return self.folder("documents", "bts-mco")

    def pdfs(self) -> list[Path]:
        return sorted(self.documents().glob("*.pdf"))

    def questions(self) -> list[str]:
        """Real questions on public services, each a few words."""
        queries = self.folder("evaluation", "service-public") / "queries.jsonl"
        return [record["text"] for record in _records(queries.read_text("utf-8").splitlines())]

    def passages(self, count: int) -> list[str]:
        """Different passages of French administrative prose, the same ones at each run."""
        found = list(islice(dict.fromkeys(self._passages()), count))
        if len(found) < count:
            raise Absent(f"../shared n'a que {len(found)} passages, il en faut {count}")
        return found

    def _passages(self) -> Iterator[str]:
        corpus = self.folder("evaluation", "service-public") / "corpus.jsonl"
        yield from (record["text"] for record in _records(corpus.read_text("utf-8").splitlines()))
        training = self.folder("training")
        for pairs in sorted(training.glob("pairs/titre_article_codes*.xz")):
            with lzma.open(pairs, "rt", encoding="utf-8") as lines:
                yield from (record["p"] for record in _records(lines))
        for prose in sorted(training.glob("text/orientation_onisep*.xz")) + sorted(training.glob("text/codes_*.xz")):
            with lzma.open(prose, "rt", encoding="utf-8") as lines:
                yield from (line.strip() for line in lines if len(line) > 120)


def _records(lines: Iterator[str] | list[str]) -> Iterator[dict[str, str]]:
    return (json.loads(line) for line in lines)
