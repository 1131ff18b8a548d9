"""The check of a PDF against what the documents say of it: in order, to look at, to put right; never "conforming"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from assistant.checklist import Checklist
from assistant.rules.dossier import limit
from assistant.sheets import sheet
from assistant.values import french
from corpus.documents import Citation
from corpus.paper import Paper

_SHEET = "paper.toml"
_DECIMAL, _BINARY = 1_000_000, 1_048_576  # the two readings of "Mo", in bytes
_CENT = Decimal("0.01")
_ODD = re.compile(r"[^\w.,() -]|[^\x20-\x7e]")
_LONGEST_NAME = 80
_FEW = 12  # page numbers that a sentence names


class Level(StrEnum):
    RIGHT = "right"
    LOOK = "look"
    WRONG = "wrong"
    SILENT = "silent"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: how it stands, in one sentence, and the words of the documents that it rests on."""

    level: Level
    text: str
    citations: tuple[Citation, ...] = ()


def check_file(paper: Paper, name: str, said: Checklist) -> list[Check]:
    """What one file is, against a checklist."""
    checks = [_header(paper, said)]
    if paper.version is not None:
        checks += [*_lock(paper), *_pages(paper, said), *_text(paper)]
    return [*checks, check_size([paper], said), _name(name)]


def check_size(papers: Sequence[Paper], said: Checklist) -> Check:
    """The size of files that go together against the limit, by both readings of "Mo"."""
    words = sheet(_SHEET)["size"]
    size = sum(paper.size for paper in papers)
    whose = words["one"] if len(papers) == 1 else words["total"].format(count=len(papers))
    shown = f"{whose} : {_megabytes(size)}"
    limits = dict.fromkeys(case.value for case in said.limits.cases)
    if not limits:
        return Check(Level.SILENT, words["silent"].format(size=shown))
    if len(limits) > 1:
        told = " ; ".join(limit(value)[1] for value in limits)
        return Check(Level.LOOK, words["clash"].format(size=shown, limits=told), said.limit_words)
    most, worded = limit(next(iter(limits)))
    level = Level.RIGHT if size <= most * _DECIMAL else Level.LOOK if size <= most * _BINARY else Level.WRONG
    bounds = {"decimal": _thousands(int(most * _DECIMAL)), "binary": _thousands(int(most * _BINARY))}
    return Check(level, words[level].format(size=shown, limit=worded, **bounds), said.limit_words)


def _header(paper: Paper, said: Checklist) -> Check:
    words = sheet(_SHEET)["header"]
    formats = [case.value.upper() for case in said.formats.cases]
    asked = sheet(_SHEET)["format"]["other"].format(formats=", ".join(formats)) if formats else ""
    if paper.version is None:
        return Check(Level.WRONG, f"{words['wrong']} {asked}".strip(), said.format_words)
    if paper.damaged:
        return Check(Level.WRONG, words["damaged"])
    if not paper.at_start:
        return Check(Level.LOOK, words["late"])
    return Check(Level.RIGHT, words["right"].format(version=paper.version), said.format_words)


def _lock(paper: Paper) -> Iterator[Check]:
    level = Level.WRONG if paper.locked else Level.LOOK if paper.encrypted else Level.RIGHT
    if not paper.damaged:
        yield Check(level, sheet(_SHEET)["lock"][level])


def _pages(paper: Paper, said: Checklist) -> Iterator[Check]:
    words = sheet(_SHEET)["pages"]
    if paper.pages is None:
        return
    counted = f"{paper.pages} page{'s' if paper.pages > 1 else ''}"
    if not paper.pages:
        yield Check(Level.WRONG, words["empty"])
    elif paper.blank and len(paper.blank) < paper.looked_into:
        yield Check(Level.LOOK, words["blank"].format(pages=counted, blank=_numbers(paper.blank)))
    quotes = tuple(item.citation for item in said.pages)
    if paper.pages:
        yield Check(
            Level.LOOK if quotes else Level.SILENT,
            words["quoted" if quotes else "silent"].format(pages=counted),
            quotes,
        )


def _text(paper: Paper) -> Iterator[Check]:
    words = sheet(_SHEET)["text"]
    if not paper.pages or not paper.looked_into:
        return
    if len(paper.blank) == paper.looked_into:
        yield Check(Level.WRONG, words["wrong"])
    elif paper.without_text:
        yield Check(Level.LOOK, words["look"].format(pages=_numbers(paper.without_text)))
    else:
        part = "" if paper.looked_into == paper.pages else words["part"].format(count=paper.looked_into)
        yield Check(Level.RIGHT, f"{words['right']}{part}")


def _name(name: str) -> Check:
    words = sheet(_SHEET)["name"]
    odd = dict.fromkeys(_ODD.findall(name))
    if not name.lower().endswith(".pdf"):
        return Check(Level.LOOK, words["extension"].format(name=name))
    if odd:
        return Check(Level.LOOK, words["odd"].format(name=name, odd=" ".join(list(odd)[:_FEW])))
    if len(name) > _LONGEST_NAME:
        return Check(Level.LOOK, words["long"].format(name=name))
    return Check(Level.RIGHT, words["right"].format(name=name))


def _numbers(pages: Sequence[int]) -> str:
    named = ", ".join(map(str, pages[:_FEW]))
    return f"{named}…" if len(pages) > _FEW else named


def _megabytes(size: int) -> str:
    """A size in bytes as people read it: "4,87 Mo (4 871 234 octets)", "812 octets"."""
    if size < _DECIMAL // 100:
        return f"{_thousands(size)} octets"
    return f"{french((Decimal(size) / _DECIMAL).quantize(_CENT, ROUND_HALF_UP))} Mo ({_thousands(size)} octets)"


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")
