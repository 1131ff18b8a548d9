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
from index.text import folded, tokens

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
    for block, section in document.sections():
        if block.kind is BlockKind.HEADING:
            continue
        scope = document.scope.narrowed(section_scope(section, document))
        for start, end in sentences_of(document, block):
            part = _part(document.text[start:end], section)
            yield from (_of_part(fact, part) for fact in _found(document, start, end, scope))


def _part(sentence: str, section: tuple[str, ...]) -> str:
    """What of a candidate's files a sentence is about: those of the one unit that it or its heading names, or the paper
    that its label names; empty for the dossier as a whole."""
    for text in (sentence, *section[-1:]):
        codes = dict.fromkeys(code for word in tokens(text) if (code := unit_code(word.text)))
        if codes:
            return next(iter(codes)) if len(codes) == 1 else ""
    label, colon, _ = sentence.partition(" : ")
    words = [token.text for token in tokens(label)] if colon and " | " not in label else []
    return " ".join(words) if words and words[0] in sheet("patterns.toml")["papers"] else ""


def _of_part(fact: Fact, part: str) -> Fact:
    return replace(fact, subject=f"{fact.subject}:{part}") if part and fact.subject == "dossier" else fact


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
    sentence = folded(document.text[start:end])
    for pattern in patterns():
        match = pattern.find.search(sentence.text)
        if not match or (pattern.unless and pattern.unless.search(sentence.text)):
            continue
        a, b = sentence.span(match.start(), match.end())
        quote = document.text[start:end]
        yield Fact(
            pattern.subject,
            pattern.prop,
            pattern.filled(match),
            quote[a:b],
            scope,
            (Evidence(document.slug, start, end, quote),),
        )


def _canonical(said: str) -> str:
    """A number in one form, however it is written: "cinq" is 5, "02" is 2, "10,0" is 10."""
    digits = _NUMBER_WORDS.get(said, said)
    return french(number(digits)) if _NUMBER.fullmatch(digits) else said


_NUMBER = re.compile(r"[0-9]+(?:,[0-9]+)?")
_NUMBER_WORDS = {
    word: str(value) for value, word in enumerate("deux trois quatre cinq six sept huit neuf dix onze douze".split(), 2)
}
