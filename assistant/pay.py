"""What apprentices are paid, by age and year of the contract: lines and table rows that begin with an age."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from assistant.facts import Evidence, Fact
from assistant.scopes import section_scope
from corpus.documents import Block, BlockKind, Document
from index.text import fold

_PAID = re.compile(r"\bsmic\b|remuner|salaire|\bpaie\b|€|\beuros?\b")
_AGES = re.compile(
    r"(?:de |entre )?(?P<a>[1-6][0-9]) ?(?:a|et|-) ?(?P<b>[1-6][0-9]) ans|(?:moins de|avant) (?P<under>[1-6][0-9]) ans"
    r"|(?P<from>[1-6][0-9]) ans (?:et plus|et au-dela|ou plus)|(?:plus de|a partir de) (?P<over>[1-6][0-9]) ans"
)
_YEAR = re.compile(r"\b(?P<n>[1-3]) ?(?:e?re|e|eme|nde?)\b|\b(?P<word>premiere|deuxieme|seconde|troisieme)\b")
_ORDINALS = {"premiere": "1", "deuxieme": "2", "seconde": "2", "troisieme": "3"}
_AMOUNT = re.compile(r"[0-9][0-9 ]*(?:,[0-9]+)? ?(?:%|€|euros?\b)")
_LONGEST = 200


def read_pay(document: Document) -> Iterator[Fact]:
    """A fact for each age and year that a document gives an amount for: "pay:18-20:1" (no year: "pay:26-:")."""
    header: list[Block] = []
    for block, section in document.sections():
        text = document.slice(block)
        over = fold(" ".join((*section[-1:], text, *map(document.slice, header))))
        if block.kind is BlockKind.ROW and block.header:
            header = [block]
            continue
        header = header if block.kind is BlockKind.ROW else []
        ages = _AGES.match(fold(text))
        if ages is None or len(text) > _LONGEST or not _PAID.search(over):
            continue
        scope = replace(document.scope.narrowed(section_scope(section, document)), status=())
        evidence = (Evidence(document.slug, block.start, block.end, text),)
        for year, amount in _amounts(document, block, header, text):
            yield Fact(f"pay:{_range(ages)}:{year}", "pay", fold(amount), amount, scope, evidence)


def _range(match: re.Match[str]) -> str:
    """The ages that a match says, as an age of admission is written: "18-20", "<18", "26-"."""
    if match["under"]:
        return f"<{match['under']}"
    if match["a"]:
        return f"{match['a']}-{match['b']}"
    return f"{match['from'] or int(match['over']) + 1}-"


def _amounts(document: Document, block: Block, header: list[Block], text: str) -> Iterator[tuple[str, str]]:
    """Each amount with its year: one a column of a table, or one a line."""
    if block.kind is not BlockKind.ROW:
        amount = text.partition(":")[2].strip()
        if _AMOUNT.search(amount):
            yield year_of(text.partition(":")[0]), amount
        return
    labels = {cell.column: document.slice(cell) for row in header for cell in row.cells}
    for cell in block.cells[1:]:
        if _AMOUNT.search(document.slice(cell)):
            yield year_of(labels.get(cell.column, "")), document.slice(cell)


def year_of(text: str) -> str:
    """The year of a contract that a text names, "1" to "3"; empty where it names none."""
    match = _YEAR.search(fold(text))
    return "" if not match else match["n"] or _ORDINALS[match["word"]]
