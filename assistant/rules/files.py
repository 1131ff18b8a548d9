"""The whole of a dossier in one answer: what to hand in for a unit, in what form, until when, and what is not said."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.answers import Answer, Kind
from assistant.checklist import Checklist, checklist, units_with_dossier
from assistant.dossier_statements import statements
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.rules.dossier import limit
from corpus.documents import Citation

name = "files"
_LONGEST = 420  # characters of one line
_MOST_CITED = 12


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The checklist of the dossiers of the units named, or of all; None where no list of a dossier is asked for, or no
    document speaks of one."""
    words, plain = sentences(name)["words"], f" {frame.text} "
    if not any(f" {form} " in plain for form in words["asked"]) or set(frame.words) & set(words["unless"]):
        return None
    if not (frame.units or set(frame.words) & set(words["dossier"])) or frame.scope.school or frame.scope.city:
        return None
    examined = knowledge.vocabulary.examined
    if frame.scope.diploma is None and len(examined) > 1:
        return None  # of which diploma is not said
    diploma = frame.scope.diploma or next(iter(examined), None)
    spoken = statements(knowledge, diploma)
    offered = units_with_dossier(knowledge, spoken, diploma)
    units = [unit for unit in frame.units if unit in offered] or ([] if frame.units else offered)
    if not units:
        return None
    said = checklist(knowledge, spoken, units, frame.scope, frame.today)
    cited = tuple(dict.fromkeys(_cited(said)))[:_MOST_CITED]
    if not cited:
        return None
    text = "\n".join(_lines(said, knowledge))
    return Answer(frame.question, Kind.RULE, text, f"{name}.list", citations=cited, scope=frame.scope)


def _lines(said: Checklist, knowledge: Knowledge) -> Iterator[str]:
    words = sentences(name)["list"]
    yield words["title"].format(units=", ".join(map(knowledge.vocabulary.label, said.units)))
    for case in said.limits.cases:
        yield words["size"].format(limit=limit(case.value)[1])
    for case in said.formats.cases:
        yield words["format"].format(format=case.value.upper())
    for day in said.deadlines:
        yield words["deadline"].format(unit=day.unit, shown=day.shown, relation=day.relation)
    yield from (*said.deduced, *said.silences)
    for group in said.groups:
        yield words["group"].format(label=group.label)
        yield from (words["item"].format(quote=_short(item.citation)) for item in group.items)


def _cited(said: Checklist) -> Iterator[Citation]:
    yield from (item.citation for group in said.groups for item in group.items)
    yield from (day.citation for day in said.deadlines)
    yield from (*said.limit_words, *said.format_words)


def _short(citation: Citation) -> str:
    quote = " ".join(citation.quote.split())
    return quote if len(quote) <= _LONGEST else f"{quote[:_LONGEST].rsplit(' ', 1)[0]} […]"
