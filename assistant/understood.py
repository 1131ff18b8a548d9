"""What was understood of a question, thing by thing; and the question without one of them, or read to the letter."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date

from assistant.assistant import Assistant
from assistant.frames import Frame
from assistant.links import LINKS
from assistant.sheets import sheet
from assistant.vocabulary import Vocabulary
from corpus.documents import Scope
from index.text import tokens

_MOST_UNITS = 4  # a question about more is about no one of them
_LONGEST_NAME = 8  # words
_LONGEST = 40  # words of a question that is taken apart word by word
_SAID, _EARLIER, _PINNED = "said", "earlier", "pinned"


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that a question was taken to speak of. `origin` tells who said it: the question ("said"), one asked
    before it ("earlier"), or what its asker pinned ("pinned"). It is `fixed` where another thing implies it."""

    key: str
    label: str
    origin: str
    fixed: bool = False

    @property
    def field(self) -> str:
        return self.key.partition(":")[0]


@dataclass(frozen=True, slots=True)
class Misread:
    """A word that was read as another, and the sentence by which the answer says so."""

    typed: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Understood:
    """What was understood of one question, read with the earlier ones."""

    frame: Frame
    things: tuple[Thing, ...]
    misread: tuple[Misread, ...]

    def way_back(self, notice: str) -> str | None:
        """The word, as it was typed, that a notice of the answer says was read as another."""
        return next((one.typed for one in self.misread if one.sentence == notice), None)


def understood(
    assistant: Assistant, question: str, history: Sequence[str], today: date, pinned: Scope | None = None
) -> Understood:
    """What the assistant takes a question to speak of, for an asker who pinned a scope."""
    alone = assistant.parser.understand(question, (), today)
    frame = assistant.parser.understand(question, history, today) if history else alone
    vocabulary = assistant.knowledge.vocabulary
    said, whole = _things(alone, vocabulary), _things(frame, vocabulary)
    things = [
        Thing(key, label, _SAID if key in said else _EARLIER, _implied(key, frame)) for key, label in whole.items()
    ]
    fields = {thing.field for thing in things}
    own = [Thing(key, label, _PINNED) for key, label in _of_scope(pinned or Scope()).items()]
    things += [thing for thing in own if thing.field not in fields]
    form = sheet("assistant.toml")["notices"]["read"]
    misread = tuple(Misread(c.typed, form.format(typed=c.typed, read=c.read)) for c in frame.corrections)
    return Understood(frame, tuple(things), misread)


def _implied(key: str, frame: Frame) -> bool:
    """The diploma that has the units named is spoken of as long as they are."""
    return bool(frame.units) and key.startswith("diploma:")


def _things(frame: Frame, vocabulary: Vocabulary) -> dict[str, str]:
    """The keys of what a frame speaks of, each with its name."""
    units = frame.units if len(frame.units) <= _MOST_UNITS else ()
    places = {key: name for place in frame.places for key, name in _of_scope(place).items()}
    named = {unit: vocabulary.label(unit, frame.scope.diploma) for unit in units}
    return {**_of_scope(frame.scope), **places, **named}


def _of_scope(scope: Scope) -> dict[str, str]:
    named = [("diploma", scope.diploma), ("school", scope.school), ("city", scope.city)]
    named += [("academy", academy) for academy in scope.academies]
    named += [("status", status) for status in scope.status]
    things = {f"{field}:{name}": name for field, name in named if name}
    return things | ({f"session:{scope.session}": f"session {scope.session}"} if scope.session else {})


def without(assistant: Assistant, question: str, key: str, today: date) -> str | None:
    """The question less the fewest words that name a thing; None where no few words do."""
    words = tokens(question)
    if len(words) > _LONGEST or not _says(assistant, question, key, today):
        return None
    first, last = _naming(assistant, question, key, today)
    for length in range(1, min(len(words), _LONGEST_NAME + 1)):
        for at in range(max(0, first - length + 1), min(last, len(words) - length + 1)):
            rest = _less(question, at, at + length)
            if tokens(rest) and not _says(assistant, rest, key, today):
                return rest
    return None


def _naming(assistant: Assistant, question: str, key: str, today: date) -> tuple[int, int]:
    """Where a thing is named: from which word up to which. Found by halves, for each look is a whole reading."""
    words = tokens(question)

    def says(first: int, last: int) -> bool:
        part = question[words[first].start : words[last - 1].end] if first < last else ""
        return _says(assistant, part, key, today)

    last = _edge(0, len(words), lambda end: says(0, end))
    return _edge(last, 0, lambda start: says(start, last)), last


def _edge(out: int, within: int, holds: Callable[[int], bool]) -> int:
    """A number that holds, as `within` does, next to one that does not, as `out` does not."""
    while abs(within - out) > 1:
        middle = (out + within) // 2
        out, within = (out, middle) if holds(middle) else (middle, within)
    return within


def _says(assistant: Assistant, question: str, key: str, today: date) -> bool:
    return key in _things(assistant.parser.understand(question, (), today), assistant.knowledge.vocabulary)


def _less(question: str, first: int, last: int) -> str:
    """The question less a run of its words, and less the articles and prepositions that led to them."""
    words = tokens(question)
    while first and words[first - 1].text in LINKS:
        first -= 1
    left, right = question[: words[first].start].rstrip(" ('’«\"-"), question[words[last - 1].end :].lstrip(" )»\"'’-")
    joined = f"{left}{' ' if left and right[:1] not in ('', ',', '.') else ''}{right}"
    return joined.strip()


def literally(assistant: Assistant, words: Collection[str]) -> Assistant:
    """The assistant where these words are taken as they are typed, none for a misspelling."""
    if not words:
        return assistant
    kept = frozenset(token.text for word in words for token in tokens(word))
    common = assistant.parser.common
    twin = copy(assistant)
    twin.parser = replace(assistant.parser, common=lambda word: word in kept or common(word))
    return twin
