"""Facts from tables: the rows that name an exam unit, read by the headers of their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from assistant import values
from assistant.columns import Column, columns_of
from assistant.dates import find
from assistant.diploma_names import diploma_named
from assistant.facts import Evidence, Fact
from assistant.properties import Property, properties
from assistant.scopes import section_scope, statuses
from corpus.documents import Block, BlockKind, Document, Scope
from index.text import Token, fold, tokens

Placed = tuple[Block, tuple[str, ...]]  # a row and the headings that it stands under

_LONGEST_TITLE = 160
_MARKS = re.compile(r"\s*(?:\*+|\([0-9a-d]\))")
_NAME_ENDS = re.compile(r"[(*\n]|\bdur[ée]e\b", re.IGNORECASE)
_LISTS = re.compile(r"\s*(?:,|/|\bet\b|\bou\b)\s*[A-Z]{1,4}\s?[0-9]", re.IGNORECASE)
_NO_NAME = re.compile(r"[^\w«\"(]|[0-9]+ ?(?:h|min|mn|%|€)\b")
_FORM = re.compile(r"(?:\bCCF\b|\b[Pp]onctuelle(?: (?:écrite|orale|pratique))?)(?! pour)(?=\s|$|[.;])")
_UNIT_CODE = re.compile(r"(?:RNCP[0-9]+)?((?!BAC)[A-Z]{1,4}[0-9]{1,3}(?:(?<=[EU][0-9])[A-F]|(?<=[EU][0-9]{2})[A-F])?)")


@dataclass(frozen=True, slots=True)
class Row:
    """The rows of one unit: one, and those below it whose first cell is empty. `heading` names the unit of a table
    that has no column for it."""

    blocks: tuple[Block, ...]
    section: tuple[str, ...]
    heading: str = ""


def read_tables(document: Document) -> Iterator[Fact]:
    """The facts of every table of a document that has a column of exam units, or stands under the heading of one."""
    for columns, rows in _tables(document):
        for row in rows:
            yield from _row_facts(document, columns, row)


def _tables(document: Document) -> Iterator[tuple[list[Column], list[Row]]]:
    """The stretches of rows under one header, where the header has a column for the unit or the table a title."""
    titles = _titles(document)
    placed = [(block, section) for block, section in document.sections() if block.kind is BlockKind.ROW]
    for table, group in groupby(placed, key=lambda item: item[0].table):
        header: list[Block] = []
        body: list[Placed] = []
        for block, section in group:
            if block.header and body:
                yield from _stretch(document, header, body, titles[table])
                header, body = [], []
            if block.header and header and len(block.cells) == 1:
                continue  # a title over the rows of one kind
            if block.header:
                header.append(block)
            else:
                body.append((block, section))
        yield from _stretch(document, header, body, titles[table])


def _titles(document: Document) -> dict[int | None, str]:
    """What stands right before each table, a heading or a paragraph: it may name the unit that the table is about."""
    titles: dict[int | None, str] = {}
    before = ""
    for block in document.blocks:
        if block.kind is BlockKind.ROW:
            titles.setdefault(block.table, before)
        elif block.end - block.start <= _LONGEST_TITLE:
            before = document.slice(block)
    return titles


def _stretch(
    document: Document, header: list[Block], body: list[Placed], title: str
) -> Iterator[tuple[list[Column], list[Row]]]:
    columns = columns_of(document, header)
    if not body or not columns:
        return
    if any(column.is_unit for column in columns):
        yield columns, _rows(document, columns, body)
    elif unit_code(title):
        yield columns, [Row((block,), section, heading=title) for block, section in body]


def _rows(document: Document, columns: list[Column], body: list[tuple[Block, tuple[str, ...]]]) -> list[Row]:
    first = next(column.index for column in columns if column.is_unit)
    rows: list[Row] = []
    for block, section in body:
        continues = rows and not _cell_text(document, block, first) and block.page == rows[-1].blocks[-1].page
        if continues:
            rows[-1] = replace(rows[-1], blocks=(*rows[-1].blocks, block))
        else:
            rows.append(Row((block,), section))
    return rows


def _cell_text(document: Document, block: Block, column: int) -> str:
    return next((document.slice(cell) for cell in block.cells if cell.column == column), "")


def _row_facts(document: Document, columns: list[Column], row: Row) -> Iterator[Fact]:
    unit_texts = [row.heading] if row.heading else [_joined(document, row, c) for c in columns if c.is_unit]
    unit = next((named for text in unit_texts if (named := unit_code(text))), None)
    if unit is None:
        return
    subject, scope = subject_of(unit), _row_scope(document, columns, row)
    evidence = tuple(_evidence(document, block) for block in row.blocks)
    name = next((named for text in unit_texts if (named := unit_name(text))), None)
    if name:
        yield Fact(subject, "name", fold(name), name, scope, evidence)
    if _is_optional(columns, row, unit_texts):
        yield Fact(subject, "optional", "oui", name or unit, scope, evidence)
    for column in columns:
        if column.property:
            yield from _cell_facts(document, column, row, subject, scope)
    for text in unit_texts:
        yield from _inline_facts(text, subject, scope, evidence)


def _code_token(text: str) -> tuple[str, Token] | None:
    """The first code of a unit in a text, canonical, and where it stands. A block's code drops its register's."""
    for token in tokens(text):
        if match := _UNIT_CODE.fullmatch(token.text.upper()):
            return match[1], token
    return None


def unit_code(text: str) -> str | None:
    """The first code of a unit in a cell, in its canonical form: "E41", "EF1", "BC02"."""
    found = _code_token(text)
    return found[0] if found else None


def subject_of(code: str) -> str:
    """A block of skills is not an exam unit until it bears the name of one."""
    return f"block:{code}" if code.startswith("BC") else f"unit:{code}"


def unit_name(text: str) -> str | None:
    """The name that stands beside the code in a cell, without marks, notes and durations."""
    found = _code_token(text)
    after = text[found[1].end :] if found else text
    before = text[: found[1].start] if found else ""
    if found and unit_code(after) and _LISTS.match(after):  # "U11, U12 et U2" names no unit
        return None
    for part in (_MARKS.sub(" ", after).lstrip(), before):
        end = _NAME_ENDS.search(part)
        name = " ".join(part[: end.start() if end else None].split()).strip(" -–—:*.")
        if len(name) > 2 and not _NO_NAME.match(name):
            return name
    return None


def _is_optional(columns: list[Column], row: Row, unit_texts: list[str]) -> bool:
    said = [column.label for column in columns if column.is_unit] + list(row.section[-1:]) + unit_texts
    return any(values.optional(text) for text in said)


def _row_scope(document: Document, columns: list[Column], row: Row) -> Scope:
    over = next((column.over for column in columns if column.is_unit), "")
    scope = document.scope.narrowed(section_scope(row.section, document))
    said = " , ".join(_joined(document, row, column) for column in columns if column.is_status)
    return replace(
        scope, diploma=scope.diploma or diploma_named(over) or diploma_named(document.title), status=statuses(said)
    )


def _joined(document: Document, row: Row, column: Column) -> str:
    texts = (_cell_text(document, block, column.index) for block in row.blocks)
    return "\n".join(text for text in texts if text)


def _evidence(document: Document, block: Block) -> Evidence:
    return Evidence(document.slug, block.start, block.end, document.slice(block))


def _notes(document: Document, row: Row) -> str:
    return "\n".join(document.slice(document.blocks[i]) for block in row.blocks for i in block.notes)


def _cell_facts(document: Document, column: Column, row: Row, subject: str, scope: Scope) -> Iterator[Fact]:
    text = _joined(document, row, column)
    if not text or column.property is None:
        return
    evidence = tuple(_evidence(document, b) for b in row.blocks if _cell_text(document, b, column.index))
    for case, said in _cases(text):
        here = replace(scope, status=statuses(case) or statuses(column.over) or scope.status)
        lasting = column.property.name == "mode" and values.minutes(said) is not None
        for name in (*_announced(column.property), *(("duration",) if lasting else ())):
            prop = properties()[name]
            worded = f"{column.label} {said}" if prop.type == "regime" else said
            if value := read(prop.type, worded, _notes(document, row), here):
                shown = " ; ".join(said.split("\n"))
                yield Fact(subject, name, value, shown, with_pathway(prop, here), evidence)


def _cases(text: str) -> list[tuple[str, str]]:
    """The cases that one cell tells apart, as (status, value): "Scolaires (...), Apprentis (...). CCF Enseignement
    à distance. Ponctuelle orale" has two. A cell that names no status is one case."""
    ends = [match.end() for match in _FORM.finditer(text)] if statuses(text) else []
    if not ends:
        return [("", text)]
    starts = [0, *ends[:-1]]
    return [(text[a:b], " ".join(_FORM.findall(text[a:b])[-1:])) for a, b in zip(starts, ends, strict=True)]


def _announced(prop: Property) -> tuple[str, ...]:
    """A column of forms says both how the exam is taken and how it is assessed; one of durations, preparation too."""
    return {"mode": ("mode", "regime"), "regime": ("mode", "regime"), "duration": ("duration", "preparation")}.get(
        prop.name, (prop.name,)
    )


def with_pathway(prop: Property, scope: Scope) -> Scope:
    return replace(scope, status=scope.pathway) if prop.by_pathway and not scope.status else scope


def _inline_facts(text: str, subject: str, scope: Scope, evidence: Sequence[Evidence]) -> Iterator[Fact]:
    """What a unit's own cell says of it: "Durée : 4h"."""
    match = re.search(r"dur[ée]e *: *([^\n(]+)", text, re.IGNORECASE)
    if match and (value := read("duration", match[1], "", scope)):
        yield Fact(subject, "duration", value, match[1].strip(), scope, tuple(evidence))


def read(kind: str, text: str, notes: str, scope: Scope) -> str | None:
    """The canonical value of a text of one type, or None."""
    if kind in ("duration", "preparation"):
        timings = [values.timing(line, notes) for line in text.split("\n") if line.strip()]
        minutes = [str(m) for t in timings if (m := t.duration if kind == "duration" else t.preparation) is not None]
        return "+".join(minutes) or None
    if kind == "when":
        return "; ".join(f"{w.first}/{w.last}" for w in find(text, scope.session)) or None
    simple = {"decimal": values.decimal, "mode": values.mode, "regime": values.regime}.get(kind)
    return simple(text) if simple else " ".join(text.split())
