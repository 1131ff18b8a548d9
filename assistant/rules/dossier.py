"""The files of the dossier: size against the limit that a document gives, format against the one it asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answers import Answer, Kind
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.values import french, number
from index.text import fold

name = "dossier"
_SIZE = re.compile(r"(?<![0-9,.])([0-9]{1,4}(?:[,.][0-9]{1,2})?) ?([mkg])(?:o|b)?(?:ctets?)?\b")
_IN_MO = {"k": Decimal("0.001"), "m": Decimal(1), "g": Decimal(1000)}


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """Whether a file may be handed in, or the rule on its size or format; None where files are not asked about."""
    words = sentences(name)["words"]
    sizes = [(number(m[1]) * _IN_MO[m[2]], f"{m[1]} {m[2].upper()}o") for m in _sizes(frame)]
    limits = knowledge.facts.about("dossier", "file_size", frame.scope)
    asks_format = _first(frame, ["format"]) < _first(frame, words["size"])
    about_files = bool(set(frame.words) & set(words["file"]))
    formats = knowledge.facts.about("dossier", "file_format", frame.scope)
    given = _format_given(frame)
    if limits and not asks_format and (sizes or (about_files and set(frame.words) & set(words["size"]))):
        size = _size(frame, knowledge, sizes, limits)
        return _both(size, _format(frame, knowledge, given, formats)) if formats and given else size
    named = "format" in frame.words and (about_files or frame.carried or len(frame.rest) <= 2)
    if formats and (named or (given and _hands_in(frame))):
        return _format(frame, knowledge, given, formats)
    return None


def _first(frame: Frame, words: Sequence[str]) -> int:
    """Where the first of these words stands: a follow-up's own words come before those it borrows."""
    return next((place for place, word in enumerate(frame.words) if word in words), len(frame.words))


def _sizes(frame: Frame) -> list[re.Match[str]]:
    return list(_SIZE.finditer(fold(frame.question)))


def _size(frame: Frame, knowledge: Knowledge, sizes: Sequence[tuple[Decimal, str]], limits: Sequence[Fact]) -> Answer:
    said = sentences(name)["size"]
    limit, unit = limits[0].value.split(" ")
    most = number(limit) * _IN_MO[unit[0]]
    shown = f"{french(number(limit))} {unit.capitalize()}"
    lines, steps = [said["limit"].format(limit=shown)], []
    if sizes:
        total = sum((size for size, _ in sizes), Decimal(0))
        told = f"{french(total)} Mo" if len(sizes) > 1 else sizes[0][1]
        lines.insert(0, said["fits" if total <= most else "exceeds"].format(size=told, limit=shown))
        if len(sizes) > 1:
            steps = [said["sum"].format(terms=" + ".join(text for _, text in sizes), total=told)]
    return Answer(
        frame.question, Kind.RULE, "\n".join([*lines, *steps]), f"{name}.size", tuple(steps),
        knowledge.cited(limits), scope=frame.scope,
    )  # fmt: skip


def _both(size: Answer, form: Answer) -> Answer:
    """The two verdicts on one file."""
    return replace(
        size, text=f"{size.text}\n{form.text}", citations=tuple(dict.fromkeys(size.citations + form.citations))
    )


def _format_given(frame: Frame) -> str | None:
    formats = sentences(name)["words"]["formats"]
    return next((formats[word] for word in frame.words if word in formats), None)


def _hands_in(frame: Frame) -> bool:
    """Whether the question is whether a file of some format may be handed in."""
    return not set(sentences(name)["words"]["handing"]).isdisjoint(frame.words)


def _format(frame: Frame, knowledge: Knowledge, given: str | None, formats: Sequence[Fact]) -> Answer:
    said, shown = sentences(name)["format"], sentences(name)["words"]["shown"]
    wanted = list(dict.fromkeys(fact.value for fact in formats))
    listed = " ou ".join(value.upper() for value in wanted)
    if given is None:
        text = said["rule"].format(format=listed)
    else:
        text = said["right" if given in wanted else "wrong"].format(
            format=listed, given=shown.get(given, given.upper())
        )
    return Answer(
        frame.question, Kind.RULE, text, f"{name}.format", citations=knowledge.cited(formats[:2]), scope=frame.scope
    )
