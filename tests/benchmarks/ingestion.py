"""Whole ingests against bare pypdf text extraction of the same files, and two workers against one."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from pypdf import PdfReader, PdfWriter

from tests.benchmarks.clock import seconds
from tests.benchmarks.figures import Bar, Figure
from tests.benchmarks.homes import home
from tests.benchmarks.material import Material

TIMES = 5
PAGES = 200
_BARE = """
import sys, pypdf
for file in sys.argv[1:]:
    for page in pypdf.PdfReader(file).pages:
        page.extract_text()
"""


def measure(material: Material) -> Iterator[Figure]:
    files, manifest = material.pdfs(), material.documents() / "manifest.toml"
    pages = sum(map(_pages, files))
    rounds = [(_ingest(files, manifest), seconds(lambda: _extract(files))) for _ in range(TIMES)]
    ours, bare = (pages / median(side) for side in zip(*rounds, strict=True))
    yield Figure(
        f"ingestion de {pages} pages de PDF",
        f"{ours:.1f} pages/s",
        f"texte seul par pypdf : {bare:.1f} pages/s",
        ours / bare,
        Bar(0.5, at_most=False),
    )
    with TemporaryDirectory() as folder:
        many = _multiplied(files, Path(folder))
        pages = sum(map(_pages, many))
        turns = [[_ingest(many, None, workers) for workers in (1, 2)] for _ in range(TIMES)]
        # The best of each: two processes need both cores, and whatever else runs takes one away.
        one, two = (pages / min(side) for side in zip(*turns, strict=True))
    yield Figure(
        f"ingestion de {pages} pages par deux processus",
        f"{two:.1f} pages/s",
        f"par un seul : {one:.1f} pages/s",
        two / one,
        Bar(1.6, at_most=False),
    )


def _ingest(files: Sequence[Path], manifest: Path | None, workers: int = 2) -> float:
    with home() as (_, publisher):
        return seconds(lambda: publisher.ingest(files, manifest=manifest, workers=workers))


def _extract(files: Sequence[Path]) -> None:
    """In a process of its own, as the files of an ingest are read."""
    subprocess.run([sys.executable, "-c", _BARE, *files], check=True)


def _pages(file: Path) -> int:
    return len(PdfReader(file).pages)


def _multiplied(files: Sequence[Path], folder: Path) -> list[Path]:
    """Copies of the files, each different in its bytes, until they make `PAGES` pages."""
    copies: list[Path] = []
    total = 0
    while total < PAGES:
        source = files[len(copies) % len(files)]
        copy = PdfWriter(clone_from=source)
        copy.add_metadata({"/Subject": f"exemplaire {len(copies)}"})
        copies.append(folder / f"{len(copies):03}-{source.name}")
        copy.write(copies[-1])
        total += _pages(source)
    return copies
