"""How dates, sources and answers read in French, for the page and for the terminal alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from corpus.documents import Citation, Document

if TYPE_CHECKING:
    from assistant.answers import Answer

_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
_BULLET = re.compile(r"^\s*[-•–]\s+")


def day(when: date) -> str:
    """1er décembre 2025."""
    return f"{'1er' if when.day == 1 else when.day} {_MONTHS[when.month - 1]} {when.year}"


def source(what: Citation | Document) -> str:
    """Whose words these are: a restatement is never given as its issuer's."""
    if restated := what.restates:
        dated = [day(restated.date)] if restated.date else []
        named = ", ".join([restated.title, *([restated.issuer] if restated.issuer else []), *dated])
        return f"Fiche Réglo d'après {named}; le document officiel fait foi"
    return ", ".join([what.title, *([what.issuer] if what.issuer else []), *([day(what.date)] if what.date else [])])


def place(citation: Citation) -> str:
    """Where in the document: page and section, as far as they are known."""
    headings = citation.section.split(" > ") if citation.section else []
    if headings and citation.title.casefold() in headings[0].casefold():
        del headings[0]  # the title again
    page = [f"page {citation.page}"] if citation.page else []
    return ", ".join([*page, *([" › ".join(headings)] if headings else [])])


def told(citation: Citation) -> str:
    """Source and place in one line."""
    return ", ".join(part for part in (source(citation), place(citation)) if part)


@dataclass(frozen=True, slots=True)
class Step:
    """A line of a calculation: what it is of, what is reckoned, what comes out; `sum` alone where it is a sentence."""

    of: str
    sum: str
    result: str


_STEP = re.compile(r"(?:(?P<of>[^:=]{1,60}) : )?(?P<sum>[-0-9,. x+*/()]+) = (?P<result>-?[0-9]+(?:,[0-9]+)?[^=]{0,30})")


def step(text: str) -> Step:
    """E5 : 3 x 8 = 24."""
    match = _STEP.fullmatch(text)
    return Step(match["of"] or "", match["sum"], match["result"]) if match else Step("", text, "")


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph of an answer, or the items of a list in it."""

    text: str = ""
    items: tuple[str, ...] = ()


def verdict(answer: Answer) -> str:
    return answer.text.split("\n", 1)[0].strip()


def details(answer: Answer) -> Iterator[Part]:
    """What follows the verdict, line by line; lines that start with a dash are a list."""
    items: list[str] = []
    for line in answer.text.split("\n")[1:]:
        if line.strip() in answer.steps:
            continue  # the steps have their own table
        if _BULLET.match(line):
            items.append(_BULLET.sub("", line))
            continue
        if items:
            yield Part(items=tuple(items))
            items = []
        if line.strip():
            yield Part(text=line.strip())
    if items:
        yield Part(items=tuple(items))


_SPACED = re.compile(r"(?<=\S) (?=[?!;:»%€])|(?<=«) (?=\S)|(?<=\d) (?=(?:h|min)\b)")


def unbroken(text: str) -> str:
    """The text with the spaces of French punctuation that no line may break at; never used on a quote."""
    return _SPACED.sub("\u00a0", text)


def counted(number: int, one: str, many: str | None = None) -> str:
    """2 documents, 1 passage, 12 400 passages."""
    return f"{number:,}".replace(",", "\u202f") + f" {one if number < 2 else many or one + 's'}"
