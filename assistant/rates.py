"""The rates that a document prints (of success, of break-off...): lines and cells that begin with "Taux de"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.facts import Evidence, Fact
from assistant.scopes import section_scope
from corpus.documents import Block, Document
from index.text import Folded, folded, tokens

_BEGINS = re.compile(r"\btaux d(?:e |')")
_NONE = r"non (?:disponibles?|communiques?|renseignes?|significatifs?)"
_VALUE = re.compile(rf"(?P<value>(?<![0-9.,])[0-9]{{1,3}}(?:[.,][0-9]+)? ?%|{_NONE})")
# A name is words, and at most a session: anything else is a sentence that speaks of a rate.
_NAME = re.compile(r"[^\W\d]+(?:[ '’,/-]+(?:[^\W\d]+|20[0-9]{2}))*")
_SENTENCE = frozenset("est sont se n ne pas etait etaient reste atteint varie situe sera a ont entre".split())
_AMONG = re.compile(r"[ :|.,–-]+$")  # what stands between a name and a value, or two rates
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class _Said:
    """A rate named in a block: its name, and its value as printed and in one form (None where none follows)."""

    name: str
    shown: str
    value: str | None


def read_rates(document: Document) -> Iterator[Fact]:
    """A fact for each rate of a document: "rate:réussite". Names in a row share the value that ends it; a name that
    stands alone, as a heading or a line, has the value that begins the next block."""
    blocks = list(document.sections())
    for n, (block, section) in enumerate(blocks):
        rates = list(_rates(document.slice(block)))
        scope = document.scope.narrowed(section_scope(section, document))
        # Where no school is known, a rate is of its document: those of two are never compared.
        issuer = "" if scope.school or scope.city else f"@{document.slug}"
        evidence = [_evidence(document, block)]
        if len(rates) == 1 and rates[0].value is None and n + 1 < len(blocks):
            after = blocks[n + 1][0]
            rates = [_with_next(rates[0], document.slice(after))]
            evidence.append(_evidence(document, after))
        for rate in rates:
            if rate.value is not None:
                yield Fact(f"rate:{rate.name}{issuer}", "rate", rate.value, rate.shown, scope, tuple(evidence))


def _rates(text: str) -> Iterator[_Said]:
    read = folded(text)
    starts = list(_BEGINS.finditer(read.text))
    ends = [*(match.start() for match in starts[1:]), len(read.text)]
    said = [_one(read, text, match.end(), end) for match, end in zip(starts, ends, strict=False)]
    for n, rate in enumerate(said):
        valued = next((other for other in said[n:] if other.value is not None), rate)
        if _is_name(rate.name):
            yield replace(rate, value=valued.value, shown=valued.shown)


def _is_name(said: str) -> bool:
    words = {token.text for token in tokens(said)}
    return len(said) <= _LONGEST_NAME and bool(_NAME.fullmatch(said)) and not words & _SENTENCE


def _one(read: Folded, text: str, start: int, end: int) -> _Said:
    """The rate whose name begins at `start` and that is told of up to `end`, both in the folded text."""
    value = _VALUE.search(read.text, start, end)
    name = _printed(read, text, start, value.start() if value else end).lower()
    if value is None:
        return _Said(name, "", None)
    return _Said(name, _printed(read, text, value.start(), end), value["value"].replace(" %", "%"))


def _printed(read: Folded, text: str, start: int, end: int) -> str:
    if start >= end:
        return ""
    first, last = read.span(start, end)
    return _AMONG.sub("", " ".join(text[first:last].split()))


def _with_next(rate: _Said, text: str) -> _Said:
    read = folded(text)
    value = _VALUE.match(read.text)
    return replace(rate, value=value["value"].replace(" %", "%"), shown=text) if value and len(text) < 80 else rate


def _evidence(document: Document, block: Block) -> Evidence:
    return Evidence(document.slug, block.start, block.end, document.slice(block))
