"""The values everything else speaks of: a document, its pages and blocks, its passages, a citation, a scope.

Every offset counts code points in `Document.text`; `text[start:end]` is the exact wording, always.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from datetime import date
from enum import StrEnum


class BlockKind(StrEnum):
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Scope:
    """Where and for whom a statement holds. An absent field says nothing and goes with everything.

    `status` and `pathway` hold the candidate's statuses ("scolaire", "apprentissage", "candidat individuel"...)
    that a cell or a section names, and those that the manifest gives a whole document.
    """

    diploma: str | None = None
    school: str | None = None
    city: str | None = None
    academies: tuple[str, ...] = ()
    session: int | None = None
    status: tuple[str, ...] = ()
    pathway: tuple[str, ...] = ()

    def narrowed(self, other: Scope) -> Scope:
        """This scope with the fields that `other` states put in place of its own."""
        stated = {f.name: value for f in fields(other) if (value := getattr(other, f.name))}
        return replace(self, **stated)

    def placed(self, place: Scope) -> Scope:
        """This scope with another school, town and academies, and the diploma that goes with them if there is one."""
        diploma = place.diploma or self.diploma
        return replace(self, diploma=diploma, school=place.school, city=place.city, academies=place.academies)

    def compatible(self, other: Scope, on: tuple[str, ...]) -> bool:
        """Whether both may hold at once, looking at the fields named in `on` alone."""
        return all(_together(getattr(self, name), getattr(other, name)) for name in on)


def _together(one: object, other: object) -> bool:
    if not one or not other:
        return True
    if isinstance(one, tuple) and isinstance(other, tuple):
        return any(_covers(a, b) or _covers(b, a) for a in one for b in other)
    return one == other


def _covers(wide: object, narrow: object) -> bool:
    """Whether a name covers another: "scolaire" covers "scolaire (hors contrat)"."""
    return wide == narrow or str(narrow).startswith(f"{wide} (")


@dataclass(frozen=True, slots=True)
class Restates:
    """The source that a document restates in other words; that source is the one that counts."""

    title: str
    issuer: str | None = None
    date: date | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its place from 1, the label printed on it (None where there is none), its slice of the text."""

    number: int
    label: str | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell: its slice of the text (empty when start == end), its column from 0, how many it covers."""

    start: int
    end: int
    column: int
    span: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A slice of the text of one kind.

    `page` is a `Page.number`. `level` is a heading's depth from 1 or a list item's from 0. A row has its
    `table` (numbered from 0 in the document), its `cells`, whether it is a `header` row, and as `notes` the
    indexes in `Document.blocks` of the notes that its cells call ("*", "(1)").
    """

    kind: BlockKind
    start: int
    end: int
    page: int = 1
    level: int = 0
    table: int | None = None
    cells: tuple[Cell, ...] = ()
    header: bool = False
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read, with what its manifest says of it. `sha256` is that of the file's bytes."""

    slug: str
    title: str
    text: str
    pages: tuple[Page, ...]
    blocks: tuple[Block, ...]
    scope: Scope = field(default_factory=Scope)
    kind: str | None = None
    issuer: str | None = None
    published: date | None = None
    updated: date | None = None
    url: str | None = None
    restates: Restates | None = None
    media_type: str = "text/plain"
    sha256: str = ""

    @property
    def date(self) -> date | None:
        return self.updated or self.published

    def slice(self, part: Block | Cell | Page) -> str:
        return self.text[part.start : part.end]

    def page(self, number: int) -> Page:
        return self.pages[number - 1]

    def blocks_between(self, start: int, end: int) -> tuple[Block, ...]:
        """The blocks that a slice of the text touches, in order."""
        first = bisect_right(self.blocks, start, key=lambda block: block.end)
        last = bisect_left(self.blocks, end, key=lambda block: block.start)
        return self.blocks[first:last]

    def sections(self) -> Iterator[tuple[Block, tuple[str, ...]]]:
        """Each block with the headings it stands under, outermost first (a heading stands under its parents)."""
        open_: list[tuple[int, str]] = []
        for block in self.blocks:
            if block.kind is BlockKind.HEADING:
                while open_ and open_[-1][0] >= block.level:
                    open_.pop()
            yield block, tuple(title for _, title in open_)
            if block.kind is BlockKind.HEADING:
                open_.append((block.level, self.slice(block)))


@dataclass(frozen=True, slots=True)
class Passage:
    """An exact slice of a document, small enough to be read at a glance, found by its `id`.

    `page` is the printed label or None; `section` the headings from the outermost. `header` is the slice of the
    table's header row when the passage is a row.
    """

    id: int
    document: str
    start: int
    end: int
    text: str
    page: str | None = None
    section: tuple[str, ...] = ()
    kind: BlockKind = BlockKind.PARAGRAPH
    header: tuple[int, int] | None = None
    header_text: str = ""

    @property
    def searchable(self) -> str:
        """What the index reads: the headings, the header of the table, the passage itself."""
        return "\n".join(part for part in (" > ".join(self.section), self.header_text, self.text) if part)


@dataclass(frozen=True, slots=True)
class Citation:
    """Exact words and where they stand. `date` is that of the document; `page` its printed label or None."""

    document: str
    title: str
    quote: str
    start: int
    end: int
    issuer: str | None = None
    date: date | None = None
    session: int | None = None
    page: str | None = None
    section: str = ""
    restates: Restates | None = None

    @property
    def url(self) -> str:
        """The address of the viewer, with the quote marked."""
        return f"/documents/{self.document}?start={self.start}&end={self.end}#passage"
