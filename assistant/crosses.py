"""Tables that are ticked: a line, a column "Oui", a column "Non", and a cross in one of them."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.facts import Evidence, Fact
from assistant.scopes import section_scope
from corpus.documents import Block, BlockKind, Document
from index.text import fold

_COLUMNS = {"oui": "oui", "yes": "oui", "non": "non", "no": "non"}
_CROSSES = frozenset({"x", "✓", "✔", "☑", "☒", "oui", "non", "yes", "no", "•"})


def read_crosses(document: Document) -> Iterator[Fact]:
    """A fact "crossed" for each line that is ticked on one side: "line:par experience", "oui" or "non"."""
    header: Block | None = None
    for block, section in document.sections():
        if block.kind is not BlockKind.ROW:
            header = None
            continue
        if block.header:
            header = block
            continue
        columns = _columns(document, header) if header is not None else {}
        if header is None or set(columns.values()) != {"oui", "non"} or not block.cells:
            continue
        label = " ".join(document.slice(block.cells[0]).split())
        ticked = {columns[cell.column] for cell in block.cells[1:] if _is_ticked(document, block, cell.column, columns)}
        if label and len(ticked) == 1:
            scope = document.scope.narrowed(section_scope(section, document))
            evidence = tuple(Evidence(document.slug, b.start, b.end, document.slice(b)) for b in (block, header))
            yield Fact(f"line:{fold(label)}", "crossed", ticked.pop(), label, scope, evidence)


def _columns(document: Document, header: Block) -> dict[int, str]:
    """The columns that say yes or no, with which."""
    titles = {cell.column: fold(document.slice(cell)).strip() for cell in header.cells}
    return {column: _COLUMNS[title] for column, title in titles.items() if title in _COLUMNS}


def _is_ticked(document: Document, row: Block, column: int, columns: dict[int, str]) -> bool:
    texts = [document.slice(cell) for cell in row.cells if cell.column == column]
    return column in columns and any(fold(text).strip() in _CROSSES for text in texts)
