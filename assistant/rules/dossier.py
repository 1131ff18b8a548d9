"""The files of the dossier: size against the limit that a document gives, format against the one it asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

from assistant.answers import Answer, Kind
from assistant.cases import Finding, find_cases
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.rules.contradictions import contradicted
from assistant.values import french, number
from assistant.vocabulary import stems
from index.text import fold

name = "dossier"
_SIZE = re.compile(r"(?<![0-9,.])([0-9]{1,4}(?:[,.][0-9]{1,2})?) ?([mkg])(?:o|b)?(?:ctets?)?\b")
_TIMES = re.compile(r"(?<![0-9,.])([2-9]|deux|trois|quatre|cinq) [a-z]{3,20}(?: [a-z]{3,20})? (?:de|a) $")
_BEFORE = 60  # characters in which a size may be counted
_COUNTS = {"deux": 2, "trois": 3, "quatre": 4, "cinq": 5}
_IN_MO = {"k": Decimal("0.001"), "m": Decimal(1), "g": Decimal(1000)}


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """Whether a file may be handed in, or the rule on its size or format; None where files are not asked about."""
    words = sentences(name)["words"]
    sizes = _sizes(frame)
    limits = _limits(frame, knowledge)
    asks_format = _first(frame, ["format"]) < _first(frame, words["size"])
    about_files = bool(set(frame.words) & set(words["file"]))
    formats = [fact for facts in _parts(frame, knowledge, "file_format").values() for fact in facts]
    given = _format_given(frame)
    if limits and not asks_format and (sizes or (about_files and set(frame.words) & set(words["size"]))):
        size = _size(frame, knowledge, sizes, limits)
        return _both(size, _format(frame, knowledge, given, formats)) if formats and given else size
    named = "format" in frame.words and (about_files or frame.carried or len(frame.rest) <= 2)
    if formats and (named or (given and _hands_in(frame))):
        return _format(frame, knowledge, given, formats)
    return None


def _parts(frame: Frame, knowledge: Knowledge, prop: str) -> dict[str, tuple[Fact, ...]]:
    """What is said of each part of the dossier: of the one that the question names, else of all."""
    subjects = [s for s in knowledge.facts.subjects(prop) if s.partition(":")[0] == name]
    parts = {s.partition(":")[2]: knowledge.facts.about(s, prop, frame.scope) for s in subjects}
    held = {part: facts for part, facts in parts.items() if facts}
    units = {unit.partition(":")[2] for unit in frame.units}
    named = {part: facts for part, facts in held.items() if part in units or _is_named(part, facts, frame, knowledge)}
    return named or held


def _is_named(part: str, facts: Sequence[Fact], frame: Frame, knowledge: Knowledge) -> bool:
    """Whether a question names a part by a word of its label or heading that tells it ("livret", "carnet")."""
    words = {*stems(part), *(s for fact in facts for s in stems(knowledge.heading(fact)) if s.isalpha())}
    named = part in frame.words or bool((words - _common()) & {s for s, _ in frame.meant})
    return bool(part) and named


@cache
def _common() -> frozenset[str]:
    words = sentences(name)["words"]
    return frozenset(s for group in ("file", "size", "handing") for word in words[group] for s in stems(word))


def _limits(frame: Frame, knowledge: Knowledge) -> Finding | None:
    """The limits of size; those of several parts are cases, and no contradiction."""
    parts = _parts(frame, knowledge, "file_size")
    facts = [fact for own in parts.values() for fact in own]
    if len(parts) < 2 or len({fact.value for fact in facts}) == 1:
        return find_cases(facts) if facts else None
    found = {part: find_cases(facts) for part, facts in parts.items()}
    cases = [replace(case, when=part or case.when) for part, finding in found.items() for case in finding.cases]
    return Finding(tuple(cases), tuple(fact for finding in found.values() for fact in finding.clash))


def _first(frame: Frame, words: Sequence[str]) -> int:
    """Where the first of these words stands: a follow-up's own words come before those it borrows."""
    return next((place for place, word in enumerate(frame.words) if word in words), len(frame.words))


def _sizes(frame: Frame) -> list[tuple[Decimal, str]]:
    """The sizes that a question gives, in Mo and as it writes them; "2 dossiers de 3 Mo" gives one twice."""
    plain = fold(frame.question)
    found = []
    for match in _SIZE.finditer(plain):
        several = _TIMES.search(plain[max(0, match.start() - _BEFORE) : match.start()])
        times = (_COUNTS.get(several[1]) or int(several[1])) if several else 1
        found += [(number(match[1]) * _IN_MO[match[2]], f"{match[1]} {match[2].upper()}o")] * times
    return found


def _size(frame: Frame, knowledge: Knowledge, sizes: Sequence[tuple[Decimal, str]], limits: Finding) -> Answer:
    """The verdict by each limit that a document gives; where they contradict each other, both limits and no verdict."""
    said = sentences(name)["size"]
    total = sum((size for size, _ in sizes), Decimal(0))
    told = f"{french(total)} Mo" if len(sizes) > 1 else "".join(shown for _, shown in sizes)
    lines: list[str] = []
    for case in limits.cases:
        most, shown = limit(case.value)
        verdict = [said["fits" if total <= most else "exceeds"].format(size=told, limit=shown)] if sizes else []
        opening = [said["case"].format(case=case.when)] if case.when else []
        lines += [*opening, *verdict, said["limit"].format(limit=shown)]
    terms = " + ".join(shown for _, shown in sizes)
    shared = _shared(frame, knowledge)
    added = said["shared" if shared else "sum"].format(terms=terms, total=told, units=_codes(frame))
    steps = (added,) if len(sizes) > 1 else ()
    facts = [fact for case in limits.cases for fact in case.facts] + list(shared if steps else ())
    ruled = Answer(
        frame.question, Kind.RULE, "\n".join([*lines, *steps]), f"{name}.size", steps,
        knowledge.cited(facts), scope=frame.scope,
    )  # fmt: skip
    if not limits.clash:
        return ruled
    words = {fact.value: limit(fact.value)[1] for fact in limits.clash}
    return contradicted(ruled, knowledge, said["about"], limits.clash, words)


def _shared(frame: Frame, knowledge: Knowledge) -> Sequence[Fact]:
    """The fact that the units named hand in one file together, where there is one."""
    if len(frame.units) < 2:
        return ()
    codes = {unit.partition(":")[2] for unit in frame.units}
    facts = knowledge.facts.about(frame.units[0], "shared_file", frame.scope)
    return [fact for fact in facts if codes <= set(fact.value.split("+"))][:1]


def _codes(frame: Frame) -> str:
    return ", ".join(unit.partition(":")[2] for unit in frame.units)


def limit(value: str) -> tuple[Decimal, str]:
    """The limit that a fact's value says, in Mo and as people read it."""
    size, unit = value.split(" ")
    return number(size) * _IN_MO[unit[0]], f"{french(number(size))} {unit.capitalize()}"


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
