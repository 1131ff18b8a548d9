"""Whether the diploma that one has, or lacks, is enough to enter: what each school's document asks for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers import Answer, Kind
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.levels import NONE, level_in
from assistant.phrases import without_asides
from assistant.rules import sentences
from assistant.rules.eligibility import enters_none
from assistant.synonyms import meanings

name = "level"
_FOREIGN = "etranger"  # a foreign diploma is compared by an office, not by its level


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The verdict on the asker's diploma by each document in scope, or what it asks for; None where the question is
    not whether one may enter with it."""
    state = _state(frame)
    if state is None or frame.units or frame.marks or frame.asked_of_exam:
        return None
    facts = knowledge.facts.about("admission", "entry_level", frame.scope)
    placed = frame.scope.school or frame.scope.city
    own = [fact for fact in facts if fact.scope.school] if placed else facts
    if not own:
        return None
    own_level = level_in(_lacked(frame) if state == "lacking" else _told_text(frame), max)
    told = {document: _best([fact for fact in own if fact.document == document], frame) for document in _documents(own)}
    lines = [_line(fact, state, own_level, frame) for fact in told.values()]
    lines += [sentences(name)["verdict"]["source"].format(source=", ".join(map(knowledge.source, told)))]
    return Answer(
        frame.question, Kind.RULE, "\n".join(lines), f"{name}.entry_level",
        citations=knowledge.cited(told.values()), scope=frame.scope,
    )  # fmt: skip


def _state(frame: Frame) -> str | None:
    """What the question says of a diploma: "lacking", "preparing", "held", or "asks" whether it is needed."""
    said = sentences(name)["said"]
    words, text = set(without_asides(frame.words)), _told_text(frame)
    if enters_none(frame) or words & set(said["unless"]) or any(_FOREIGN in meanings(word) for word in words):
        return None
    if re.search(said["asks"], text) and not re.search(said["lacking"], text):
        return "asks"
    if not words & set(said["entry"]):
        return None
    if re.search(said["held"], re.sub(said["lacking"], " ", text)):  # "pas de diplôme, mais j'ai le bac"
        return "preparing" if re.search(said["preparing"], text) else "held"
    return next((state for state in ("lacking", "preparing") if re.search(said[state], text)), None)


def _told_text(frame: Frame) -> str:
    """The question without the names of the diploma and school it asks about: "bac pro cuisine" is then no "bac"."""
    return " ".join(frame.free)


def _lacked(frame: Frame) -> str:
    """The words of a question that name the diploma which the asker has not."""
    match = re.search(sentences(name)["said"]["lacking"], _told_text(frame))
    return match[0] if match else ""


def _documents(facts: Sequence[Fact]) -> list[str]:
    return list(dict.fromkeys(fact.document for fact in facts))


def _best(facts: Sequence[Fact], frame: Frame) -> Fact:
    """The sentence of one document that holds most of the question's words: it may name the very series."""
    words = set(frame.words)
    return max(facts, key=lambda fact: len(words & set(fact.shown.lower().replace(",", " ").split())))


def _line(fact: Fact, state: str, own_level: int | None, frame: Frame) -> str:
    said = sentences(name)["verdict"]
    place = fact.scope.school or fact.scope.city or fact.scope.diploma
    told = {"place": place or said["document"], "quote": fact.shown}
    least = int(fact.value)
    verdict = _needed(own_level, least, frame) if state == "asks" else _judged(state, own_level, least)
    return str(said[verdict].format(**told))


def _needed(own_level: int | None, least: int, frame: Frame) -> str:
    """Which answer "faut-il le bac ?" gets; "quel diplôme faut-il ?" is no question of yes or no."""
    if least == NONE:
        return "unneeded"
    return "needed" if own_level == least and "quel" not in frame.text else "rule"


def _judged(state: str, own_level: int | None, least: int) -> str:
    """Which verdict a level had, or lacked, gets: without one that is known, what is asked for is only quoted."""
    if least == NONE:
        return "open"
    if state == "lacking":
        return "lacking" if own_level is None or own_level <= least else "rule"
    if own_level is None:
        return "rule"
    return "lacking" if own_level < least else "preparing" if state == "preparing" else "enough"
