"""Facts from prose: what the patterns of patterns.toml find, sentence by sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from string import Formatter

from assistant.facts import Evidence, Fact
from assistant.properties import properties
from assistant.scopes import section_scope
from assistant.sheets import BadSheet, Place, Shape, read, sheet, text_of
from assistant.tables import unit_code
from assistant.values import french, number
from corpus.documents import Block, BlockKind, Document, Scope
from corpus.slips import nearest
from index.text import Folded, folded, tokens

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀÂÉÈÊÎÔ«-])")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A turn of phrase: `find` and `unless` look at folded text; `value` is filled with the groups of `find`."""

    subject: str
    prop: str
    find: re.Pattern[str]
    unless: re.Pattern[str] | None
    value: str

    def filled(self, match: re.Match[str]) -> str:
        """The value that a match of `find` gives."""
        return self.value.format(**{name: _canonical(said or "") for name, said in match.groupdict().items()}).strip()


@cache
def patterns() -> tuple[Pattern, ...]:
    """The patterns of patterns.toml, compiled."""
    return parse(text_of("patterns.toml"), "patterns.toml")


def parse(text: str, name: str) -> tuple[Pattern, ...]:
    """The patterns of a TOML text; `name` is said in errors. Raises BadSheet."""
    table = read(text, name)
    for key in table:
        if key not in _TABLES:
            hint = nearest(key, _TABLES) or f"tables connues : {', '.join(_TABLES)}"
            raise BadSheet(f"{name} : « {key} » est inconnu ; {hint}.")
    entries = enumerate(table.get("pattern", []), 1)
    return tuple(_pattern(entry, Place(name, text, "pattern", number)) for number, entry in entries)


_BEGINNING, _FEW = 60, 2  # code points, and words, in which a sentence names the paper that it is about
_IN_PARTS = ("dossier", "exam")  # what a sentence on one part says holds for that part alone
_TABLES = ("pattern", "papers")
_SHAPE = Shape(
    {"subject": "text", "property": "text", "find": "expression", "value": "text"},
    {"unless": "expression", "examples": "pairs", "counter": "text"},
)


def _pattern(entry: dict[str, str], at: Place) -> Pattern:
    _SHAPE.check(entry, at)
    if entry["property"] not in properties():
        hint = nearest(entry["property"], properties()) or f"propriétés connues : {', '.join(properties())}"
        raise at.slip(f"la propriété « {entry['property']} » n'existe pas ; {hint}", "property")
    find, unless = re.compile(entry["find"]), re.compile(entry["unless"]) if "unless" in entry else None
    try:
        named = {name for _, name, _, _ in Formatter().parse(entry["value"]) if name}
    except ValueError:
        raise at.slip("« value » a une accolade qui n'est pas fermée ; écrivez {nom}", "value") from None
    for name in sorted(named - set(find.groupindex)):
        raise at.slip(f"« value » cite {{{name}}}, que « find » ne nomme pas ; ajoutez-y (?P<{name}>...)", "value")
    return Pattern(entry["subject"], entry["property"], find, unless, entry["value"])


def read_prose(document: Document) -> Iterator[Fact]:
    """The facts that the patterns find in the paragraphs, items and rows of a document."""
    header: Block | None = None
    for block, section in document.sections():
        header = block if block.header else header if block.kind is BlockKind.ROW else None
        if block.kind is BlockKind.HEADING:
            continue
        scope = document.scope.narrowed(section_scope(section, document))
        if header is not None and header is not block:
            yield from _under_header(document, header, block, scope)
            if _by_unit(document, header):
                continue
        for start, end in sentences_of(document, block):
            part = _part(document.text[start:end], section)
            yield from (_of_part(fact, part) for fact in _found(document, start, end, scope))


def _under_header(document: Document, header: Block, row: Block, scope: Scope) -> Iterator[Fact]:
    """What the patterns find in the cells of a row read under their titles: "Poids maximal : 8 Mo" is of the paper that
    the row's first cell names, or of the unit that the cell's own title does."""
    titles = {cell.column: document.slice(cell) for cell in header.cells}
    name = " ".join(token.text for token in tokens(document.slice(row.cells[0]))) if row.cells else ""
    if not name or unit_code(document.slice(row.cells[0])):
        return
    evidence = tuple(Evidence(document.slug, b.start, b.end, document.slice(b)) for b in (row, header))
    for cell in row.cells[1:]:
        title = titles.get(cell.column, "")
        part = unit_code(title)
        said = f"{name if part else title} : {document.slice(cell)}"
        for pattern, value, _ in _matching(folded(said), said):
            if pattern.subject == "dossier":
                yield Fact(f"dossier:{part or name}", pattern.prop, value, document.slice(cell), scope, evidence)


def _by_unit(document: Document, header: Block) -> bool:
    """Whether the columns of a table are those of several units: a row then says nothing of the dossier as a whole."""
    return sum(unit_code(document.slice(cell)) is not None for cell in header.cells) > 1


def _part(sentence: str, section: tuple[str, ...]) -> str:
    """What of a candidate's files a sentence is about: those of the one unit that it or its heading names, or the paper
    that its label names; empty for the dossier as a whole."""
    for text in (sentence, *section[-1:]):
        codes = dict.fromkeys(code for word in tokens(text) if (code := unit_code(word.text)))
        if codes:
            return next(iter(codes)) if len(codes) == 1 else ""
    label, colon, _ = sentence.partition(" : ")
    words = [token.text for token in tokens(label)] if colon and " | " not in label else []
    papers = sheet("patterns.toml")["papers"]
    if words and words[0] in papers:
        return " ".join(words)
    subject = [token.text for token in tokens(sentence[:_BEGINNING])][:_FEW]
    return next((word for word in subject if word in papers), "")


def _of_part(fact: Fact, part: str) -> Fact:
    return replace(fact, subject=f"{fact.subject}:{part}") if part and fact.subject in _IN_PARTS else fact


def sentences_of(document: Document, block: Block) -> Iterator[tuple[int, int]]:
    """The slices of the sentences of a block; a row is one."""
    start = block.start
    if block.kind is BlockKind.ROW:
        yield block.start, block.end
        return
    for match in _SENTENCE_END.finditer(document.text, block.start, block.end):
        yield start, match.start()
        start = match.end()
    yield start, block.end


def _found(document: Document, start: int, end: int, scope: Scope) -> Iterator[Fact]:
    quote = document.text[start:end]
    for pattern, value, shown in _matching(folded(quote), quote):
        yield Fact(pattern.subject, pattern.prop, value, shown, scope, (Evidence(document.slug, start, end, quote),))


def _matching(sentence: Folded, text: str) -> Iterator[tuple[Pattern, str, str]]:
    """The patterns that a sentence holds, each with the value it gives and its words."""
    for pattern in patterns():
        match = pattern.find.search(sentence.text)
        if match and not (pattern.unless and pattern.unless.search(sentence.text)):
            a, b = sentence.span(match.start(), match.end())
            yield pattern, pattern.filled(match), text[a:b]


def _canonical(said: str) -> str:
    """A number in one form, however it is written: "cinq" is 5, "02" is 2, "10,0" is 10."""
    digits = _NUMBER_WORDS.get(said, said)
    return french(number(digits)) if _NUMBER.fullmatch(digits) else said


_NUMBER = re.compile(r"[0-9]+(?:,[0-9]+)?")
_NUMBER_WORDS = {
    word: str(value) for value, word in enumerate("deux trois quatre cinq six sept huit neuf dix onze douze".split(), 2)
}
