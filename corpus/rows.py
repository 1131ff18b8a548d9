"""A document as a row of the store, and back: its text as it is, the rest as compact JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from corpus.documents import Block, BlockKind, Cell, Document, Page, Restates, Scope

_KINDS = {str(kind): kind for kind in BlockKind}
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
