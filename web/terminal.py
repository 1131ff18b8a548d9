"""How answers, reports and documents read in a terminal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from textwrap import fill
from typing import TYPE_CHECKING

from corpus.documents import Citation, Document
from web import wording

if TYPE_CHECKING:
    from assistant.answers import Answer

_WIDTH = 88


def answer(given: Answer) -> str:
    """The verdict, what follows, the calculation, the disagreements, the quotes with their sources."""
    return "\n\n".join("\n".join(part) for part in _parts(given) if part)


def _parts(given: Answer) -> Iterator[list[str]]:
    yield [_wrapped(line) for line in given.text.splitlines() if line.strip()]
    yield [f"  {step}" for step in given.steps]
    for disagreement in given.disagreements:
        yield [f"Désaccord : {disagreement.about}"] + [
            f"  {value.value} : {wording.source(value.citation)}" for value in disagreement.values
        ]
    for number, citation in enumerate(given.citations, start=1):
        yield _citation(number, citation)
    yield [_wrapped(f"À savoir : {notice}") for notice in given.notices]


def _citation(number: int, citation: Citation) -> list[str]:
    where = [part for part in (wording.source(citation), wording.place(citation)) if part]
    return [_wrapped(f"[{number}] « {citation.quote} »", 4), *(_wrapped(f"    {part}", 4) for part in where)]


def _wrapped(text: str, indent: int = 0) -> str:
    lines = wording.unbroken(text).splitlines()
    wrapped = (
        fill(line, _WIDTH, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)
        for line in lines
    )
    return "\n".join(wrapped).replace("\u00a0", " ")  # the terminal shows what can be searched and copied


def table(headers: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Columns set side by side, numbers to the right."""
    values = [list(row) for row in rows]
    numeric = [all(isinstance(value, int | float) for value in column) for column in zip(*values, strict=True)]
    written = [list(headers), *([str(value) for value in row] for row in values)]
    widths = [max(map(len, column)) for column in zip(*written, strict=True)]
    return "\n".join(_row(row, widths, numeric) for row in written)


def _row(cells: Sequence[str], widths: Sequence[int], numeric: Sequence[bool]) -> str:
    numeric = numeric or [False] * len(cells)
    placed = [c.rjust(w) if n else c.ljust(w) for c, w, n in zip(cells, widths, numeric, strict=True)]
    return "  ".join(placed).rstrip()


def documents(held: Sequence[Document]) -> str:
    rows = [(d.slug, d.title, len(d.pages), str(d.date or ""), d.issuer or "") for d in held]
    return table(("document", "titre", "pages", "date", "émetteur"), rows)


def summed_up(document: Document) -> dict[str, object]:
    """What is known of a document, as JSON."""
    facts = {name: value for name, value in asdict(document.scope).items() if value}
    restates = document.restates
    return {
        "slug": document.slug,
        "title": document.title,
        "kind": document.kind,
        "issuer": document.issuer,
        "date": document.date and document.date.isoformat(),
        "scope": facts,
        "restates": restates and {**asdict(restates), "date": restates.date and restates.date.isoformat()},
        "url": document.url,
        "media_type": document.media_type,
        "sha256": document.sha256,
    }


def described(document: Document) -> dict[str, object]:
    """A document as JSON: what is known of it, its pages, its text."""
    return {
        **summed_up(document),
        "pages": [asdict(page) for page in document.pages],
        "text": document.text,
    }
