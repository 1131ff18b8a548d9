"""The questions that the library invites: to start with, by who asks; after an answer; and how to ask again.

Their forms stand in openings.toml; which are proposed, and of what, the documents decide.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from assistant.answers import Answer, Kind
from assistant.assistant import Assistant
from assistant.sheets import Place, Shape, read, text_of
from assistant.subjects import Subject, subjects
from index.text import fold

_OPENINGS = 3  # proposed to each audience
_NEXT = 3  # proposed after an answer
_NAMED = 6  # names given as examples of how to ask again
_ANSWERED = (Kind.RULE, Kind.PASSAGES)


@dataclass(frozen=True, slots=True)
class Audience:
    """Who asks, and the questions that the library answers for them."""

    name: str
    questions: tuple[str, ...]


def openings(assistant: Assistant, today: date) -> tuple[Audience, ...]:
    """What each audience may start with; a question that would get no answer is not proposed."""
    proposed: set[str] = set()
    found: list[Audience] = []
    for entry in _table()["audience"]:
        own = _answered(assistant, entry["asks"], proposed, today)
        proposed |= set(own)
        found += [Audience(entry["name"], own)] if own else []
    return tuple(found)


def _answered(assistant: Assistant, asks: Sequence[Sequence[str]], but: set[str], today: date) -> tuple[str, ...]:
    """The first of these questions that the assistant answers, of those not proposed to others."""
    kept: list[str] = []
    for form, needs in asks:
        question = _filled(assistant, form, needs)
        if len(kept) < _OPENINGS and question and question not in but and _answers(assistant, question, needs, today):
            kept.append(question)
    return tuple(kept)


def _answers(assistant: Assistant, question: str, needs: str, today: date) -> bool:
    """Whether a question is answered, and about a subject with words that speak of it, or under such a heading."""
    answer, subject = assistant.answer(question, today=today), _subject(needs)
    quoted = [fold(f"{citation.section} {citation.quote}") for citation in answer.citations]
    told = subject is None or any(subject.holds.search(words) for words in quoted)
    return answer.kind in _ANSWERED and told


def _subject(name: str) -> Subject | None:
    return next((one for one in subjects() if one.name == name), None)


def _filled(assistant: Assistant, form: str, needs: str) -> str | None:
    """A question about what the documents may give; None where they give no such property."""
    facts = assistant.knowledge.facts
    if _subject(needs):
        return form
    units = [one for one in facts.subjects(needs) if one.startswith("unit:")]
    clashing = [unit for unit in units if facts.clash(unit, needs)]
    code = next((unit.removeprefix("unit:") for unit in (*clashing, *units)), None)
    if "{code}" in form:
        return form.format(code=code) if code else None
    return form if facts.subjects(needs) else None


def follow_ups(assistant: Assistant, answer: Answer, units: Sequence[str]) -> tuple[str, ...]:
    """What one may ask after an answer: what its rule proposes, then what else the documents give of its units; but
    nothing that the documents are known not to give."""
    said = (answer.rule or "").rpartition(".")[2]
    own = (question for unit in units[:2] for question in _about(assistant, unit, said))
    asked = _key(answer.question)
    found = {_key(question): question for question in (*answer.suggestions, *own)}
    passed = {asked, *(_key(question) for unit in units for question in _silent(assistant, unit))}
    return tuple(question for key, question in found.items() if key not in passed)[:_NEXT]


def _silent(assistant: Assistant, unit: str) -> Iterator[str]:
    """What the documents do not give of a unit, as questions."""
    for prop, form in _table()["next"].items():
        if not assistant.knowledge.facts.about(unit, prop):
            yield form.format(code=unit.removeprefix("unit:"))


def _about(assistant: Assistant, unit: str, but: str = "") -> Iterator[str]:
    """What the documents give of a unit, as questions, but for one property."""
    for prop, form in _table()["next"].items():
        if prop != but and assistant.knowledge.facts.about(unit, prop):
            yield form.format(code=unit.removeprefix("unit:"))


def known_questions(assistant: Assistant, first: Sequence[Audience]) -> tuple[str, ...]:
    """The questions that a library is known to answer, and the names of its exams: what a field may complete."""
    vocabulary = assistant.knowledge.vocabulary
    units = vocabulary.subjects(None)
    asked = [question for audience in first for question in audience.questions]
    asked += [question for unit in units for question in _about(assistant, unit)]
    return tuple(dict.fromkeys([*asked, *(vocabulary.label(unit) for unit in units)]))


def rephrasings(assistant: Assistant) -> tuple[str, ...]:
    """How to ask again what got no answer, with names that the library holds."""
    vocabulary, said = assistant.knowledge.vocabulary, _table()["rephrase"]
    names = {
        "codes": [unit.removeprefix("unit:") for unit in vocabulary.subjects(None)],
        "places": [*vocabulary.schools, *vocabulary.cities],
    }
    told = [said[key].format(names=_listed(held)) for key, held in names.items() if held]
    return (said["short"], *told)


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:_NAMED]) + (",\u00a0…" if len(names) > _NAMED else "")


def _key(question: str) -> str:
    return fold(question).strip(" ?.!")


@cache
def _table() -> dict[str, Any]:
    name = "openings.toml"
    text = text_of(name)
    table = read(text, name)
    for number, entry in enumerate(table["audience"], start=1):
        Shape({"name": "text", "asks": "pairs"}).check(entry, Place(name, text, "audience", number))
    return table
