"""Facts that follow from others: the date of an exam held right after another, the exams whose files are one, how many
blocks a document lists."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from assistant.facts import Evidence, Fact
from assistant.prose import sentences_of
from assistant.tables import unit_code
from assistant.vocabulary import stems
from corpus.documents import BlockKind, Document, Scope
from index.text import fold, tokens

_FOLLOWS = re.compile(
    r"(?:dans la continuite(?: immediate)?|immediatement apres|juste apres|a la suite(?: immediate)?|dans la foulee)"
    r" (?:de |d'|du )?(?:l'epreuve |la sous-epreuve )?(?P<code>[a-z]{1,3} ?[0-9.]{1,4})\b"
)
_ONE_FILE = re.compile(r"\b(?:fichier unique|un seul (?:et meme )?(?:fichier|pdf)|(?:meme|unique) fichier)\b")
_DENIES = re.compile(r"\bn[e']|\bjamais\b|\bpas\b|\binterdit|\bsans\b")
_TELLING_NAME = 12  # characters
_BLOCK = re.compile(r"(?:rncp ?[0-9]{3,6} ?)?(?P<code>bc ?[0-9]{1,2})\b")
_LISTED = 3  # blocks that a document names: with fewer it speaks of some, and lists none


def derived(facts: Sequence[Fact], documents: Iterable[Document]) -> Iterator[Fact]:
    """What follows from the facts read, each on the words that it follows from."""
    dates: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.prop == "date":
            dates[fact.subject].append(fact)
    names = _named(facts)
    for document in documents:
        yield from _following(document, dates)
        yield from _sharing(document, names)
        yield from _counted(document)


def _following(document: Document, dates: Mapping[str, Sequence[Fact]]) -> Iterator[Fact]:
    """The dates of a unit that is held right after another one: those of that other."""
    for block, section in document.sections():
        if block.kind in (BlockKind.HEADING, BlockKind.ROW):
            continue
        match = _FOLLOWS.search(fold(document.slice(block)))
        own = _only_unit(section[-1]) if section else None
        before = f"unit:{unit_code(match['code'].replace(' ', ''))}" if match else ""
        if own is None or own == before:
            continue
        said = Evidence(document.slug, block.start, block.end, document.slice(block))
        for fact in dates.get(before, ()):
            if fact.document == document.slug:
                yield replace(fact, subject=own, evidence=(said, *fact.evidence))


def _named(facts: Iterable[Fact]) -> dict[frozenset[str], str]:
    """The unit of each name that is long enough to be no other thing's."""
    names = [fact for fact in facts if fact.prop == "name" and fact.subject.startswith("unit:")]
    return {frozenset(stems(fact.shown)): fact.subject for fact in names if len(fact.shown) >= _TELLING_NAME}


def _sharing(document: Document, names: Mapping[frozenset[str], str]) -> Iterator[Fact]:
    """The units whose files are handed in as one: those that a sentence on a single file names, by code or name."""
    for block, _ in document.sections():
        if block.kind is not BlockKind.HEADING:
            for start, end in sentences_of(document, block):
                yield from _together(
                    Evidence(document.slug, start, end, document.text[start:end]), document.scope, names
                )


def _together(said: Evidence, scope: Scope, names: Mapping[frozenset[str], str]) -> Iterator[Fact]:
    """The units that one sentence puts into one file; one that denies it puts none there."""
    plain = fold(said.quote)
    if not _ONE_FILE.search(plain) or _DENIES.search(plain):
        return
    held = frozenset(stems(said.quote))
    units = {f"unit:{code}" for word in tokens(said.quote) if (code := unit_code(word.text))}
    units |= {unit for name, unit in names.items() if name <= held}
    units -= {other[:-1] for other in units}  # the whole of a unit whose parts are named
    if len(units) > 1:
        codes = "+".join(sorted(unit.partition(":")[2] for unit in units))
        for unit in sorted(units):
            yield Fact(unit, "shared_file", codes, codes, scope, (said,))


def _only_unit(heading: str) -> str | None:
    codes = {code for word in tokens(heading) if (code := unit_code(word.text))}
    return f"unit:{codes.pop()}" if len(codes) == 1 else None


def _counted(document: Document) -> Iterator[Fact]:
    """How many blocks of skills a document lists: the codes that begin its lines, headings and rows."""
    listed: dict[str, Evidence] = {}
    for block, _ in document.sections():
        text = document.slice(block)
        code = _BLOCK.match(fold(text))
        if code:
            listed.setdefault(code["code"].upper(), Evidence(document.slug, block.start, block.end, text))
    if len(listed) >= _LISTED:
        shown = f"{len(listed)} ({', '.join(sorted(listed))})"
        last_first = tuple(listed.values())[::-1]  # the last of a list tells its length
        yield Fact("diploma", "block_count", str(len(listed)), shown, document.scope, last_first)
