"""What is kept of an exam that was not passed: which marks acquire a block, and for how long one is kept."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answers import Answer, Kind
from assistant.cases import find_cases
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.rules.contradictions import contradicted
from assistant.rules.stated import worded
from assistant.values import french, number

name = "kept"


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """Whether the marks given are kept, else what is, and for how long; None where nothing is said of keeping."""
    words, said = sentences(name)["words"], set(frame.words)
    computes = "needed" in frame.wants or set(words["computes"]) & said
    if computes or not set(words["keep"]) & said:
        return None
    marks = _marks(frame, knowledge)
    if not (frame.marks.given or marks or _sits_again(frame)):
        return None
    asked, lasting = (knowledge.facts.about("block", prop, frame.scope) for prop in ("block_mark", "block_kept"))
    if not asked:
        return None
    one_rule = len({fact.value for fact in asked}) == 1
    marks = marks if one_rule else []  # where the rules differ, each is told, and none chosen
    redo = bool(set(words["redo"]) & said)
    lines = [_verdict(unit, mark, asked[0], redo) for unit, mark in marks] or [_stated("block_mark", asked)]
    ruled = Answer(
        frame.question, Kind.RULE, "\n".join(lines), f"{name}.block_mark",
        citations=knowledge.cited([*asked, *lasting]), scope=frame.scope,
    )  # fmt: skip
    holds = not marks or any(_acquires(mark, asked[0]) for _, mark in marks)
    return _lasting(ruled, knowledge, lasting) if lasting and holds else ruled


def _sits_again(frame: Frame) -> bool:
    """Whether a message without marks sits an exam again, or asks whether to sit what is had again."""
    words, said = sentences(name)["words"], set(frame.words)
    again = set(words["again"]) & said and set(words["what"]) & said
    return bool(again or (re.search(words["held"], frame.text) and set(words["redo"]) & said))


def _marks(frame: Frame, knowledge: Knowledge) -> list[tuple[str, Decimal]]:
    """The marks of obligatory units, by the unit's name; the only mark of a message that names no unit is a block's.
    That of a part of a unit is none: it is the unit that is acquired."""
    given, optional = frame.marks.given, knowledge.vocabulary.optional
    if frame.marks.elsewhere is not None:
        return []
    names = knowledge.vocabulary
    whole = [(u, m) for u, m in given if u not in optional and not names.parent(u)]
    named = [(names.label(u, frame.scope.diploma), m) for u, m in whole]
    alone = frame.marks.unplaced if not given and len(frame.marks.unplaced) == 1 else ()
    return named or [(str(sentences(name)["verdict"]["block"]), mark) for mark in alone]


def _acquires(mark: Decimal, rule: Fact) -> bool:
    limit = number(rule.value.lstrip("<>="))
    return mark >= limit if rule.value.startswith(">=") else mark > limit


def _verdict(unit: str, mark: Decimal, rule: Fact, redo: bool) -> str:
    """Whether a mark is kept; "dois-je la repasser ?" asks the contrary, to which "Oui" would answer wrongly."""
    said, key = sentences(name)["verdict"], "kept" if _acquires(mark, rule) else "lost"
    told = said[key].format(unit=unit, mark=french(mark), rule=worded("block_mark", rule.value))
    return str(told if redo else said[f"{key}_asked"] + told)


def _stated(prop: str, facts: Sequence[Fact]) -> str:
    entry = sentences("stated")[prop]
    return "\n".join(entry["sentence"].format(value=worded(prop, case.value)) for case in find_cases(facts).cases)


def _lasting(ruled: Answer, knowledge: Knowledge, facts: Sequence[Fact]) -> Answer:
    """The answer with how long a block is kept, which the documents may contradict each other on."""
    clash = find_cases(facts).clash
    if not clash:
        return replace(ruled, text=f"{ruled.text}\n{_stated('block_kept', facts)}")
    words = {fact.value: worded("block_kept", fact.value) for fact in clash}
    disputed = contradicted(ruled, knowledge, sentences("stated")["block_kept"]["about"], clash, words)
    cited = tuple(dict.fromkeys((*ruled.citations, *disputed.citations)))
    return replace(disputed, text=f"{ruled.text}\n{disputed.text}", citations=cited)
