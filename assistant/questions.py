"""A question -> a Frame: what is asked, about what, for whom. One parser for all the rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from assistant.followups import carried_over, elliptical, only_numbers
from assistant.frames import Frame
from assistant.links import LINKS
from assistant.marks import names_option, read_marks
from assistant.names import Places
from assistant.phrases import (
    aliases,
    asking,
    doing,
    meaningful,
    named,
    read_out,
    spotted,
    without_asides,
    words_of,
    written,
)
from assistant.scopes import status_words, statuses
from assistant.spelling import Speller
from assistant.subjects import words_asking
from assistant.synonyms import meanings
from assistant.units import UnitMatcher
from assistant.values import minutes, number
from assistant.vocabulary import Vocabulary
from corpus.documents import Scope
from index.text import Token, stem

_UNIT_LIKE = re.compile(r"e[fpg]?[0-9]{1,3}[a-f]?|ue[0-9]{1,2}|bc[0-9]{1,2}")
# The year of a birth ("né en 2005"), or of a diploma had before ("bac pro en 2019"), is no session.
_BORN = re.compile(
    r"\b(?:nee?|naissance|born|bac|obtenue?)(?: le| en| in| on)?(?: (?!session|rentree)\w+){0,2} 20[0-9]{2}\b"
)
# Experience that one lacks, or counts in years, is nobody's status.
_INEXPERIENCED = re.compile(r"\b(?:sans|aucune|pas d|peu d|ans d)'? ?experience\b")
_YEAR = re.compile(r"20[0-9]{2}")
_NUMBER = re.compile(r"[0-9]{1,6}(?:[.,][0-9]{1,4})?")
_PER_CENT = re.compile(r"(?<![0-9\s])\s{0,3}%|^\s{0,3}%")  # "combien de % ?", but not "94 %"
_IS = re.compile(r"\s*(?:is|est[- ]ce|c'est|est)\b.*\b(?:written|oral|[ée]crit)", re.IGNORECASE)
_MODES = dict.fromkeys(("ecrit", "ecrits", "ecrite", "ecrites", "written"), "écrite")
_MODES |= dict.fromkeys(("oral", "oraux", "orale", "orales", "parle", "parlee", "parlees"), "orale")
_MODES |= {"pratique": "pratique"}
_VALUES = {"credits", "coefficient", "duration", "preparation", "mode", "regime", "date", "place", "deposit"}
_memory: ContextVar[dict[tuple[object, ...], Frame] | None] = ContextVar("memory", default=None)
_REMEMBERED = 20  # earlier questions that an elliptical one may reach back through


@contextmanager
def remembering() -> Iterator[None]:
    """Within, a question is parsed once however often it is looked at; nothing of it is kept afterwards."""
    token = _memory.set({})
    try:
        yield
    finally:
        _memory.reset(token)


@dataclass(frozen=True)
class Parser:
    """Understands questions with the words of questions.toml and the names of one library.

    `holds` says whether the documents have a word, `common` whether the language does: one that either has is never
    taken for a misspelling.
    """

    vocabulary: Vocabulary
    common: Callable[[str], bool]
    holds: Callable[[str], bool]

    @cached_property
    def _matcher(self) -> UnitMatcher:
        return UnitMatcher(self.vocabulary, aliases())

    @cached_property
    def _places(self) -> Places:
        return Places(self.vocabulary, self.common)

    @cached_property
    def _speller(self) -> Speller:
        phrase_words = {w for p in asking() for w in p.split()}
        names = {w for n in self.vocabulary.units for w in words_of(n.name)}
        nicknames = {w for a in aliases() for w in a.split()}
        places, people = {w for n in self._places.held for w in n.split()}, self.vocabulary.people
        targets = {
            w for w in phrase_words | names | nicknames | places | people | words_asking() if len(w) > 4 and w.isalpha()
        }
        known = targets | LINKS | phrase_words
        return Speller(
            written(),
            lambda word: word in known or self.holds(word) or self.common(word),
            frozenset(targets),
            lambda word: word.upper() in self.vocabulary.codes,
            self.holds,
        )

    def understand(self, question: str, history: Sequence[str] = (), today: date = date.min) -> Frame:
        """The frame of a question; what an elliptical one leaves out is carried over from the latest before it."""
        frame = self._alone(question, today)
        if not history or not elliptical(frame):
            return frame
        before = self.understand(history[-1], history[-_REMEMBERED:-1], today)
        if before.scope.diploma and not frame.scope.diploma:
            frame = self._alone(question, today, before.scope.diploma)
        if only_numbers(frame) and before.numbers:
            return self._renumbered(frame, before, today)
        return carried_over(frame, before, self.vocabulary)

    def _renumbered(self, frame: Frame, before: Frame, today: date) -> Frame:
        """The earlier question with the new number in place of its own: "j'ai 29 ans", then "et 30 ?"."""
        new = str(frame.numbers[0]).replace(".", ",")
        again = self._alone(_NUMBER.sub(new, before.question, count=1), today)
        return replace(again, question=frame.question, carried=(before.question,))

    def _alone(self, question: str, today: date, diploma: str | None = None) -> Frame:
        """The frame of a question as it stands, without the earlier ones, but for the diploma that they spoke of."""
        memory = _memory.get()
        if memory is None:
            return self._parsed(question, today, diploma)
        key = (id(self), question, today, diploma)
        if key not in memory:
            memory[key] = self._parsed(question, today, diploma)
        return memory[key]

    def _parsed(self, question: str, today: date, diploma: str | None) -> Frame:
        text = _PER_CENT.sub(" pourcentage ", question)
        read, corrections = self._speller.read(text)
        words = tuple(token.text for token in read)
        found, explained = spotted(without_asides(words))
        listed = {group: frozenset(name for g, name in found if g == group) for group in ("wants", "elsewhere")}
        places = self._places.find(text, read)
        free = [token for i, token in enumerate(read) if i not in places.taken]
        wants = frozenset(name for group, name in found if group != "elsewhere")
        units = self._matcher.match(free, wants, places.scope.diploma or diploma)
        said = read_out([token.text for token in free])
        verbs = {word for word in doing(words) if not (self.holds(word) or meanings(word))}
        meant = tuple((s, word) for s, word in meaningful(said) if word not in verbs)
        of_units = units.stems | {stem(word) for word in units.words}
        asked = _asked(found, units.subjects, question)
        explained |= status_words(words) if units.subjects or "regime" in asked else set()
        marks = read_marks(text, free, self._marked(places.scope.diploma or diploma, units.subjects))
        return Frame(
            question,
            words=words,
            free=said,
            meant=meant,
            rest=tuple(word for s, word in meant if s not in of_units and word not in explained),
            nouns=named(words),
            asked=asked,
            wants=listed["wants"],
            elsewhere=listed["elsewhere"],
            units=units.subjects,
            unknown_codes=tuple(dict.fromkeys(w.upper() for w in words if self._unknown_code(w))),
            coded=self._coded(units.subjects, words),
            mode=_mode(words),
            numbers=tuple(number(word) for word in words if _NUMBER.fullmatch(word)),
            marks=marks,
            sought=tuple(unit for unit in units.subjects if unit not in dict(marks.given)),
            today=today,
            year=_year(words),
            scope=_scope(places.scope, units.diploma, words),
            places=places.places,
            unheld=places.unheld,
            corrections=corrections,
            typed={token.text: text[token.start : token.end] for token in read},
        )

    def _coded(self, units: Sequence[str], words: Sequence[str]) -> tuple[str, ...]:
        """The units that a word names by their code."""
        coded = {self.vocabulary.codes.get(word.upper()) for word in words}
        return tuple(unit for unit in units if unit in coded)

    def _marked(self, diploma: str | None, units: Sequence[str]) -> Callable[[Sequence[Token]], tuple[str, ...]]:
        """Finds the units, of one diploma first, that a stretch of marks names; "à l'oral" alone is the other half of
        the unit before, or of the only one of the `units` of the message that has halves."""
        halved = {unit for one in units for unit in (one, self.vocabulary.parent(one)) if self._has_halves(unit)}
        last = [self.vocabulary.children(unit)[0] for unit in halved if unit] if len(halved) == 1 else []

        def named(part: Sequence[Token]) -> tuple[str, ...]:
            mode = _mode([token.text for token in part])
            found = self._matcher.match(part, frozenset({"exam"}), diploma).subjects
            found = found or self._matcher.nearest([token for token in part if _may_name(token.text)])
            if names_option(token.text for token in part):  # "option langue" is not the language of every candidate
                found = tuple(unit for unit in found if unit in self.vocabulary.optional)
            if not found and mode and last and (above := self.vocabulary.parent(last[-1])):
                found = (above,)
            wholes = {self.vocabulary.parent(unit) for unit in found}  # "la note d'E4 avec E41 à 9"
            found = tuple(self._half(unit, mode) for unit in found if unit not in wholes)
            last.extend(found)
            return found

        return named

    def _has_halves(self, unit: str | None) -> bool:
        return bool(unit and self.vocabulary.children(unit))

    def _half(self, unit: str, mode: str) -> str:
        """The only part of a unit that is taken one way, where a way is named."""
        parts = [
            part for part in self.vocabulary.children(unit) if mode and mode in self.vocabulary.modes.get(part, "")
        ]
        return parts[0] if len(parts) == 1 else unit

    def _unknown_code(self, word: str) -> bool:
        return bool(_UNIT_LIKE.fullmatch(word)) and word.upper() not in self.vocabulary.codes and not self.holds(word)


def _may_name(word: str) -> bool:
    """Whether a word by a mark may be the short name of a unit: not one that asks, nor one that says nothing."""
    return bool(meaningful([word])) and word not in asking()


def _scope(placed: Scope, diploma: str | None, words: Sequence[str]) -> Scope:
    """What a question says of its asker: the places and diploma it names (else that of its units), status, session."""
    status = statuses(_INEXPERIENCED.sub(" ", " ".join(words)))
    return replace(placed, diploma=placed.diploma or diploma, status=status, session=_year(words))


def _year(words: Sequence[str]) -> int | None:
    """The first year that a question names; that of a birth is none."""
    said = _BORN.sub(" ", " ".join(words)).split()
    return next((int(word) for word in said if _YEAR.fullmatch(word)), None)


def _asked(found: Iterable[tuple[str, str]], units: Sequence[str], question: str) -> tuple[str, ...]:
    """The properties asked for; a duration put forward for a unit asks for its duration."""
    asked = tuple(dict.fromkeys(name for group, name in found if group == "asked"))
    if "credits" in asked:  # "ça vaut combien d'ECTS ?" asks for no coefficient
        asked = tuple(name for name in asked if name != "coefficient")
    if "name" in asked and set(asked) & _VALUES:  # "c'est quoi le coefficient de l'E5 ?"
        asked = tuple(name for name in asked if name != "name")
    if asked or not units:
        return asked
    return ("duration",) if minutes(question) is not None else ("mode",) if _IS.match(question) else ()


def _mode(words: Sequence[str]) -> str:
    """The one way of being examined that a question names; "écrit ou oral" names none."""
    named = {_MODES[word] for word in words if word in _MODES}
    return named.pop() if len(named) == 1 else ""
