"""Documents and passages as rows of the store, and back: a text as it is, the rest of a document as compact JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from corpus.documents import Block, BlockKind, Cell, Document, Page, Passage, Restates, Scope

_KINDS = {str(kind): kind for kind in BlockKind}
SEALED = ("slug", "sha256", "origin", "body", "text")
CUT = ("start", "end", "page", "section", "kind", "header_start", "header_end")
_PLAIN = ("title", "kind", "issuer", "url", "media_type")


def document_row(document: Document) -> dict[str, str]:
    """The columns `slug`, `sha256`, `text` and `body`."""
    return {
        "slug": document.slug,
        "sha256": document.sha256,
        "text": document.text,
        "body": json.dumps(_body(document), ensure_ascii=False, separators=(",", ":")),
    }


def document_from(slug: str, sha256: str, body: str, text: str) -> Document:
    """The document that `document_row` wrote."""
    said = json.loads(body)
    return Document(
        slug=slug,
        text=text,
        sha256=sha256,
        pages=tuple(Page(*page) for page in said["pages"]),
        blocks=tuple(_block(*block) for block in said["blocks"]),
        scope=_scope(said["scope"]),
        published=_day(said["published"]),
        updated=_day(said["updated"]),
        restates=_restates(said["restates"]),
        **{name: said[name] for name in _PLAIN},
    )


def passage_row(passage: Passage) -> dict[str, object]:
    """The columns of a passage, but its document's: its words are those of the document."""
    header = passage.header or (None, None)
    return {
        "start": passage.start,
        "end": passage.end,
        "page": passage.page,
        "section": json.dumps(passage.section, ensure_ascii=False),
        "kind": str(passage.kind),
        "header_start": header[0],
        "header_end": header[1],
    }


def passage_from(
    documents: dict[int, tuple[str, str]],
    id_: int,
    document_id: int,
    start: int,
    end: int,
    page: str | None,
    section: str,
    kind: str,
    header_start: int | None,
    header_end: int | None,
) -> Passage:
    slug, text = documents[document_id]
    header = None if header_start is None or header_end is None else (header_start, header_end)
    return Passage(
        id_,
        slug,
        start,
        end,
        text[start:end],
        page,
        tuple(json.loads(section)),
        _KINDS[kind],
        header,
        text[header[0] : header[1]] if header else "",
    )


def seal_of(document: Iterable[str], passages: Iterable[Sequence[object]]) -> str:
    """What the rows of a document (its `SEALED` columns) and of its passages (`CUT`) say, in one figure."""
    digest = hashlib.sha256()
    for column in document:
        digest.update(f"{len(column)} {column}".encode("utf-8", "surrogatepass"))
    digest.update(repr([tuple(passage) for passage in passages]).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def _body(document: Document) -> dict[str, Any]:
    scope, restates = document.scope, document.restates
    return {
        **{name: getattr(document, name) for name in _PLAIN},
        "published": _iso(document.published),
        "updated": _iso(document.updated),
        "restates": restates and [restates.title, restates.issuer, _iso(restates.date)],
        "scope": {name: value for name in Scope.__slots__ if (value := getattr(scope, name))},
        "pages": [(page.number, page.label, page.start, page.end) for page in document.pages],
        "blocks": [_listed(block) for block in document.blocks],
    }


def _listed(block: Block) -> tuple[Any, ...]:
    listed = (str(block.kind), block.start, block.end, block.page, block.level)
    if block.table is None and not (block.cells or block.header or block.notes):
        return listed
    cells = [(cell.start, cell.end, cell.column, cell.span) for cell in block.cells]
    return (*listed, block.table, cells, block.header, block.notes)


def _block(
    kind: str,
    start: int,
    end: int,
    page: int,
    level: int,
    table: int | None = None,
    cells: list[list[int]] | tuple[()] = (),
    header: bool = False,
    notes: list[int] | tuple[()] = (),
) -> Block:
    cut = tuple([Cell(*cell) for cell in cells])
    return Block(_KINDS[kind], start, end, page, level, table, cut, header, tuple(notes))


def _scope(said: dict[str, Any]) -> Scope:
    fields: dict[str, Any] = {name: tuple(v) if isinstance(v, list) else v for name, v in said.items()}
    return Scope(**fields)


def _restates(said: list[str | None] | None) -> Restates | None:
    return Restates(str(said[0]), said[1], _day(said[2])) if said else None


def _day(said: str | None) -> date | None:
    return date.fromisoformat(said) if said else None


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
