"""The training texts and pairs, read from their folder."""

from __future__ import annotations

import json
import lzma
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts that should be near: a question and a passage that answers it, a name and its synonym."""

    question: str
    passage: str


def sources(folder: Path) -> list[Path]:
    """The files of prose, always in the same order."""
    found = sorted((folder / "text").glob("*.txt.xz"))
    if not found:
        raise SystemExit(f"{folder} : pas de text/*.txt.xz à lire.")
    return found


def lines(source: Path) -> list[str]:
    """The sentences and paragraphs of one file, in order."""
    with lzma.open(source, "rt", encoding="utf-8") as file:
        return [line.strip() for line in file if line.strip()]


def pairs(folder: Path) -> Iterator[tuple[str, list[Pair]]]:
    """The pairs of each file, under its name."""
    for source in sorted((folder / "pairs").glob("*.jsonl.xz")):
        with lzma.open(source, "rt", encoding="utf-8") as file:
            read = [json.loads(line) for line in file]
        yield source.name.removesuffix(".jsonl.xz"), [Pair(item["q"], item["p"]) for item in read]
