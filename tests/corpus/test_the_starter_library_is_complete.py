"""The starter documents hold every figure and name of their sources, and no sentence of them."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from corpus.documents import BlockKind
from corpus.readers import markdown
from index.text import fold

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
LIBRARY = ROOT / "corpus" / "library"
SOURCES = ROOT.parent / "shared" / "documents" / "plain-text"

EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((HERE / "starter_library.toml").read_text(encoding="utf-8"))
SLUGS = sorted(EXPECTED)

with_sources = pytest.mark.skipif(
    not SOURCES.is_dir(), reason="Les documents d'origine (../shared/documents) ne sont pas sur cette machine."
)

# What a source prints that its restatement leaves out, and why.
LEFT_OUT = {
    "referentiel-mco": {"18": "number of pages in the footer"},
    "circulaire-aix-marseille-2022": {
        "ce.0....@ac-academie.fr": "pattern of an e-mail address, no address",
        "0": "likewise",
    },
    "sacre-coeur-amiens": {
        "https://cfajeanbosco-": "address cut by the end of a line; it stands whole elsewhere",
        "3candidats": "the end of one label (BAC +3) and the start of the next",
    },
}

_MARKUP = re.compile(r"\[bookmark: \w+\]|\*\*(?=[^\s|*])|(?<=[^\s|*])\*\*|\\")  # bold goes, notes (*) stay
_SHORT_YEAR = re.compile(r"\b(\d\d/\d\d/)(\d\d)\b(?!\d)")
_MONTHS = "janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
_FIGURES = {
    "e-mail": r"\w[\w.]*@[\w-]+\.[\w.-]*\w",
    "address": r"https?://[^\s)<|]+",
    "telephone": r"\b0\d(?:[ .]\d\d){4}\b",
    "date": r"\b\d\d[/-]\d\d[/-]\d{4}\b",
    "day": rf"\b\d{{1,2}}(?:er)? (?:{_MONTHS})\b",
    "code": r"\b[a-z]{1,9}\d{1,5}(?:bc\d\d)?\b",
    "amount": r"\b\d+(?:[.,]\d+)? ?(?:%|€|mo\b)",
    "duration": r"\b\d+ ?(?:min|h|semaines|ans|mois|pages|candidats|heures)\b",
    "number": r"\d+",
}


def text_of(slug: str) -> str:
    return (LIBRARY / f"{slug}.md").read_text(encoding="utf-8")


def plain(text: str) -> str:
    """Folded, without markup, years in full, "mn" as "min", "E 21" and "E F2" as one code."""
    text = _SHORT_YEAR.sub(r"\g<1>20\2", _MARKUP.sub("", fold(text)))
    text = re.sub(r"\bmn\b|(?<=\d)mn\b", "min", re.sub(r"\s+", " ", text))
    return re.sub(r"\be (f? ?\d)", r"e\1", text)


def tight(text: str) -> str:
    return re.sub(r"\s", "", plain(text))


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", fold(text))


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    found = words(text)
    return {tuple(found[i : i + length]) for i in range(len(found) - length + 1)}


def sources() -> str:
    return "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(SOURCES.glob("*.txt")))


@pytest.mark.parametrize("slug", SLUGS)
def test_every_figure_and_name_is_there(slug: str) -> None:
    ours = tight(text_of(slug))
    wanted = [*EXPECTED[slug]["figures"], *EXPECTED[slug]["names"]]
    assert [w for w in wanted if tight(w) not in ours] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_what_belongs_together_stands_on_one_line(slug: str) -> None:
    ours = [tight(line) for line in text_of(slug).splitlines()]
    apart = [group for group in EXPECTED[slug]["lines"] if not any(_together(group, line) for line in ours)]
    assert apart == []


def _together(group: list[str], line: str) -> bool:
    return all(line.count(tight(cell)) >= group.count(cell) for cell in group)


@pytest.mark.parametrize("slug", SLUGS)
def test_a_cell_that_the_source_leaves_empty_is_empty(slug: str) -> None:
    rows = [piece for piece in markdown.read(LIBRARY / f"{slug}.md").pieces if piece.kind is BlockKind.ROW]
    headers = {piece.table: piece.cells for piece in rows if piece.header}
    for first, column in EXPECTED[slug]["empty"]:
        values = [
            row.cells[headers[row.table].index(column)]
            for row in rows
            if row.cells[0].startswith(first) and not row.header and column in headers[row.table]
        ]
        assert values, (first, column)
        assert set(values) == {""}, (first, column)


@pytest.mark.parametrize("slug", SLUGS)
def test_every_row_has_one_cell_per_column(slug: str) -> None:
    rows = [piece for piece in markdown.read(LIBRARY / f"{slug}.md").pieces if piece.kind is BlockKind.ROW]
    widths = {piece.table: len(piece.cells) for piece in rows if piece.header}
    assert [row.cells for row in rows if len(row.cells) != widths[row.table]] == []


@pytest.mark.parametrize("slug", SLUGS)
def test_a_contact_is_whole_or_absent(slug: str) -> None:
    ours = plain(text_of(slug))
    assert re.findall(r"\b0\d(?:[ .]\d\d){1,3}(?![ .]?\d)", ours) == []
    assert [m[0] for m in re.finditer(r"\S*@\S*", ours) if not re.search(r"\w@[\w-]+\.\w{2,}", m[0])] == []


def test_every_starter_document_says_what_it_restates() -> None:
    entries = tomllib.loads((LIBRARY / "manifest.toml").read_text(encoding="utf-8"))["document"]
    assert sorted(entry["slug"] for entry in entries) == SLUGS
    assert sorted(entry["file"] for entry in entries) == sorted(path.name for path in LIBRARY.glob("*.md"))
    for entry in entries:
        restates = entry["restates"]
        assert restates["title"] == entry["title"]
        assert restates.get("issuer") == entry.get("issuer")
        assert restates.get("date") == entry.get("updated", entry.get("published"))
        assert isinstance(restates.get("date", date.min), date)


@with_sources
def test_the_manifest_knows_what_that_of_the_sources_knows() -> None:
    manifests = [LIBRARY / "manifest.toml", SOURCES.parent / "bts-mco" / "manifest.toml"]
    ours, theirs = (tomllib.loads(path.read_text(encoding="utf-8"))["document"] for path in manifests)
    for one, other in zip(ours, theirs, strict=True):
        apart = {"file", "restates"}
        assert {k: v for k, v in one.items() if k not in apart} == {k: v for k, v in other.items() if k not in apart}


@with_sources
@pytest.mark.parametrize("kind", _FIGURES)
@pytest.mark.parametrize("slug", SLUGS)
def test_nothing_with_a_figure_in_the_source_is_missing(slug: str, kind: str) -> None:
    source = plain((SOURCES / f"{slug}.txt").read_text(encoding="utf-8"))
    ours = plain(text_of(slug))
    known = {re.sub(r"\s", "", found) for found in re.findall(_FIGURES[kind], ours)}
    wanted = {re.sub(r"\s", "", found) for found in re.findall(_FIGURES[kind], source)}
    assert wanted - known - LEFT_OUT.get(slug, {}).keys() == set()


@with_sources
def test_no_run_of_fourteen_words_of_a_source_stands_anywhere() -> None:
    theirs = runs(sources(), 14)
    assert {slug: shared for slug in SLUGS if (shared := runs(text_of(slug), 14) & theirs)} == {}


@with_sources
def test_no_run_of_twelve_words_of_a_source_stands_in_a_line_of_prose() -> None:
    """Table rows are names and figures side by side; what a line says is said in our own words."""
    theirs = runs(sources(), 12)
    prose = [line for slug in SLUGS for line in text_of(slug).splitlines() if not line.startswith("|")]
    assert [line for line in prose if runs(line, 12) & theirs] == []
