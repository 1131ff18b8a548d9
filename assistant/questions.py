"""A question -> a Frame: what is asked, about what, for whom. One parser for all the rules."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from importlib.resources import files
from typing import Any

from assistant.marks import Marks, read_marks
from assistant.names import Places, Unheld
from assistant.scopes import statuses
from assistant.spelling import Correction, Speller
from assistant.units import UnitMatcher
from assistant.values import minutes
from assistant.vocabulary import LINKS, Vocabulary
from corpus.documents import Scope
from index.text import Token, stem, tokens

_UNIT_LIKE = re.compile(r"e[fpg]?[0-9]{1,3}|ue[0-9]{1,2}|bc[0-9]{1,2}")
_YEAR = re.compile(r"20[0-9]{2}")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_SHORT_WORD = 3
_LONGEST_PHRASE = 6


@dataclass(frozen=True, slots=True)
class Frame:
    """What was understood of a question.

    `words` are the repaired words in order, `stems` those of the words that are not mere links, `free` the words that
    name no school, town or diploma, `meant` the stems (each
    with its word) of those that designate something, `rest` those of them that neither a unit nor a list explains.
    `asked` are properties in the order of the words; `wants` says what to do with them (total, list, most...);
    `elsewhere` the topics that the question is not about. `units` are the subjects named, best first, `coded` those
    named by their code, `unknown_codes` codes that no table has; `mode` is "écrite" or "orale" where the question
    says one of them; `marks` those it gives, `sought` the units named without one; `today` the day it is asked.
    `scope` is what the question says of its asker; `places` the scopes to answer for one by one
    where it names several; `unheld` names of scopes that the library does not hold;
    `typed` is how each word was typed; `carried` what an earlier question lent.
    """

    question: str
    words: tuple[str, ...] = ()
    stems: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    meant: tuple[tuple[str, str], ...] = ()
    rest: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    wants: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    units: tuple[str, ...] = ()
    unknown_codes: tuple[str, ...] = ()
    coded: tuple[str, ...] = ()
    mode: str = ""
    numbers: tuple[Decimal, ...] = ()
    marks: Marks = field(default_factory=Marks)
    sought: tuple[str, ...] = ()
    today: date = date.min
    scope: Scope = field(default_factory=Scope)
    places: tuple[Scope, ...] = ()
    unheld: tuple[Unheld, ...] = ()
    corrections: tuple[Correction, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    carried: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def names_only(self) -> bool:
        """Whether the question is little more than a name: "E5 ?", "l'épreuve de gestion"."""
        return not self.asked and not self.rest

    def meant_elsewhere(self, before: Frame) -> bool:
        """Whether this follow-up speaks of something else than the units of the earlier question."""
        return bool(self.rest) and not self.asked and not before.asked

    @property
    def asked_of_exam(self) -> bool:
        """Whether the property asked for is the exam's alone, whatever else the question speaks of."""
        return "coefficient" in self.asked


@dataclass(frozen=True)
class Parser:
    """Understands questions with the words of questions.toml and the names of one library.

    `knows` says whether a word is one of the documents or of the language: it is then never taken for a misspelling;
    `holds`, whether the documents have it.
    """

    vocabulary: Vocabulary
    knows: Callable[[str], bool]
    holds: Callable[[str], bool]

    @cached_property
    def _table(self) -> Mapping[str, Any]:
        text = files("assistant").joinpath("questions.toml").read_text(encoding="utf-8")
        table: Mapping[str, Any] = tomllib.loads(text)
        return table

    @cached_property
    def _phrases(self) -> dict[str, list[tuple[str, str]]]:
        """Every phrase of the lists, as joined tokens, with the lists it stands in."""
        phrases: dict[str, list[tuple[str, str]]] = {}
        for group in ("asked", "wants", "elsewhere"):
            for name, forms in self._table[group].items():
                for form in forms:
                    phrases.setdefault(_plain(form), []).append((group, name))
        return phrases

    @cached_property
    def _matcher(self) -> UnitMatcher:
        return UnitMatcher(self.vocabulary, {_plain(said): meant for said, meant in self._table["aliases"].items()})

    @cached_property
    def _places(self) -> Places:
        return Places(self.vocabulary)

    @cached_property
    def _speller(self) -> Speller:
        phrase_words = {w for p in self._phrases for w in p.split()}
        names = {w for n in self.vocabulary.units for w in _words(n.name)}
        aliases = {w for a in self._table["aliases"] for w in _words(a)}
        places = {w for n in self._places.held for w in n.split()}
        targets = {w for w in phrase_words | names | aliases | places if len(w) > 4 and w.isalpha()}
        known = targets | LINKS | phrase_words
        return Speller(
            self._table["written"],
            lambda word: word in known or self.knows(word),
            frozenset(targets),
            lambda word: word.upper() in self.vocabulary.codes,
            self.holds,
        )

    def understand(self, question: str, history: Sequence[str] = (), today: date = date.min) -> Frame:
        """The frame of a question; what an elliptical one leaves out is carried over from the latest before it."""
        frame = self._alone(question, today)
        if not history or not _elliptical(frame):
            return frame
        before = self.understand(history[-1], history[:-1], today)
        if _only_numbers(frame) and before.numbers:
            return self._renumbered(frame, before, today)
        return _carry(frame, before, self.vocabulary)

    def _renumbered(self, frame: Frame, before: Frame, today: date) -> Frame:
        """The earlier question with the new number in place of its own: "j'ai 29 ans", then "et 30 ?"."""
        new = str(frame.numbers[0]).replace(".", ",")
        again = self._alone(_NUMBER.sub(new, before.question, count=1), today)
        return replace(again, question=frame.question, carried=(before.question,))

    def _alone(self, question: str, today: date) -> Frame:
        read, corrections = self._speller.read(question)
        words = tuple(token.text for token in read)
        found, explained = self._spotted(self._without_asides(words))
        places, status = self._places.find(question, read), statuses(" ".join(words))
        scope = replace(places.scope, status=status, session=_session(words))
        free = [token for i, token in enumerate(read) if i not in places.taken]
        units = self._matcher.match(free, frozenset(name for group, name in found if group != "elsewhere"))
        said = self._said([token.text for token in free])
        meant = self._meant(said)
        named = {s for unit in units.subjects for s in units.stems} | {stem(w) for w in units.words}
        marks = read_marks(question, free, self._marked())
        return Frame(
            question,
            words,
            tuple(stem(w) for w in words if w not in LINKS),
            said,
            meant,
            tuple(word for s, word in meant if s not in named and word not in explained),
            _asked(found, units.subjects, question),
            frozenset(name for group, name in found if group == "wants"),
            frozenset(name for group, name in found if group == "elsewhere"),
            units.subjects,
            tuple(dict.fromkeys(w.upper() for w in words if self._unknown_code(w))),
            tuple(s for s in units.subjects if s in {self.vocabulary.codes.get(w.upper()) for w in words}),
            _mode(words),
            tuple(Decimal(w.replace(",", ".")) for w in words if re.fullmatch(r"[0-9]{1,6}(?:[.,][0-9]{1,4})?", w)),
            marks,
            tuple(u for u in units.subjects if u not in dict(marks.given)),
            today,
            scope if scope.diploma or not units.diploma else replace(scope, diploma=units.diploma),
            places.places,
            places.unheld,
            corrections,
            typed={token.text: question[token.start : token.end] for token in read},
        )

    def _marked(self) -> Callable[[Sequence[Token]], tuple[str, ...]]:
        """Finds the units that a stretch of marks names; "à l'oral" alone is the other half of the unit before."""
        last: list[str] = []

        def named(part: Sequence[Token]) -> tuple[str, ...]:
            mode = _mode([token.text for token in part])
            found = self._matcher.match(part, frozenset({"exam"})).subjects
            if not found and mode and last and (above := self.vocabulary.parent(last[-1])):
                found = (above,)
            found = tuple(self._half(unit, mode) for unit in found)
            last.extend(found)
            return found

        return named

    def _half(self, unit: str, mode: str) -> str:
        """The only part of a unit that is taken one way, where a way is named."""
        parts = [
            part for part in self.vocabulary.children(unit) if mode and mode in self.vocabulary.modes.get(part, "")
        ]
        return parts[0] if len(parts) == 1 else unit

    def _unknown_code(self, word: str) -> bool:
        return bool(_UNIT_LIKE.fullmatch(word)) and word.upper() not in self.vocabulary.codes

    def _meant(self, words: Sequence[str]) -> tuple[tuple[str, str], ...]:
        """The words that designate something, with their stems: not those that ask, numbers, nor asides."""
        kept = {stem(word): word for word in self._without_asides(words) if not _NUMBER.fullmatch(word)}
        return tuple((s, word) for s, word in kept.items() if not self._is_ignored(s, word))

    def _said(self, words: Sequence[str]) -> tuple[str, ...]:
        """The words with whole phrases read out: "que faire après" is about further study."""
        plain = f" {' '.join(words)} "
        for phrase, meaning in self._readings.items():
            plain = plain.replace(f" {phrase} ", f" {meaning} ")
        return tuple(plain.split())

    @cached_property
    def _readings(self) -> Mapping[str, str]:
        return {_plain(phrase): _plain(meaning) for phrase, meaning in self._table["phrases"].items()}

    def _without_asides(self, words: Sequence[str]) -> list[str]:
        plain = f" {' '.join(words)} "
        for aside in self._asides:
            plain = plain.replace(f" {aside} ", " ")
        return plain.split()

    @cached_property
    def _asides(self) -> tuple[str, ...]:
        return tuple(_plain(aside) for aside in self._table["asides"])

    def _is_ignored(self, s: str, word: str) -> bool:
        """Whether a word only asks. Short words are compared whole: "VAE" is no form of "va"."""
        words, stemmed = self._ignored
        return word in words or (len(word) > _SHORT_WORD and s in stemmed)

    @cached_property
    def _ignored(self) -> tuple[frozenset[str], frozenset[str]]:
        words = frozenset(_words(self._table["ignored"])) | LINKS
        return words, frozenset(map(stem, words))

    def _spotted(self, words: Sequence[str]) -> tuple[list[tuple[str, str]], set[str]]:
        """The lists whose phrases the question holds, and the words of those phrases; of the phrases that ask for a
        property, one inside a longer one is not counted."""
        found: list[tuple[str, str]] = []
        covered: dict[str, set[int]] = {"asked": set(), "wants": set(), "elsewhere": set()}
        for length in range(_LONGEST_PHRASE, 0, -1):
            for at in range(len(words) - length + 1):
                here = self._phrases.get(" ".join(words[at : at + length]), ())
                place = set(range(at, at + length))
                fresh = [(g, name) for g, name in here if g != "asked" or not covered[g] & place]
                for group, _ in fresh:
                    covered[group] |= place
                found += fresh
        places = set().union(*covered.values())
        return found, {words[at] for at in places}


def _plain(text: str) -> str:
    return " ".join(_words(text))


def _words(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


def _session(words: Iterable[str]) -> int | None:
    return next((int(word) for word in words if _YEAR.fullmatch(word)), None)


_IS = re.compile(r"\s*(?:is|est[- ]ce|c'est|est)\b.*\b(?:written|oral|[ée]crit)", re.IGNORECASE)


def _asked(found: Iterable[tuple[str, str]], units: Sequence[str], question: str) -> tuple[str, ...]:
    """The properties asked for; a duration put forward for a unit asks for its duration."""
    asked = tuple(dict.fromkeys(name for group, name in found if group == "asked"))
    if asked or not units:
        return asked
    return ("duration",) if minutes(question) is not None else ("mode",) if _IS.match(question) else ()


_MODES = {"ecrit": "écrite", "ecrits": "écrite", "ecrite": "écrite", "ecrites": "écrite", "written": "écrite"}
_MODES |= {"oral": "orale", "oraux": "orale", "orale": "orale", "orales": "orale", "pratique": "pratique"}


def _mode(words: Sequence[str]) -> str:
    """The one way of being examined that a question names; "écrit ou oral" names none."""
    named = {_MODES[word] for word in words if word in _MODES}
    return named.pop() if len(named) == 1 else ""


_LEANING = frozenset({"et", "ou", "mais", "son", "sa", "ses", "leur", "leurs", "alors", "donc", "pareil"})


def _elliptical(frame: Frame) -> bool:
    """A question that leans on the one before: it opens with "et", or names a thing or a property, but not both."""
    if any(name.kind == "diploma" for name in frame.unheld) or len(frame.words) > 10:
        return False
    half = bool(frame.units or frame.unknown_codes) != bool(frame.asked) and len(frame.words) <= 5
    leans = bool(_LEANING & set(frame.words[:1])) and len(frame.words) > 1
    return leans or half or not (frame.meant or frame.unheld)


def _only_numbers(frame: Frame) -> bool:
    return bool(frame.numbers) and not (frame.meant or frame.units or frame.asked or frame.marks)


def _carry(frame: Frame, before: Frame, vocabulary: Vocabulary) -> Frame:
    """The frame with the units, properties, marks, words and scope of an earlier one where it has none of its own."""
    lent: list[str] = []
    changes: dict[str, Any] = {"scope": _scope_after(before.scope, frame.scope)}
    if not frame.units and not frame.unknown_codes and before.units and not frame.meant_elsewhere(before):
        changes["units"] = before.units
        lent += [vocabulary.label(unit) for unit in before.units]
    if not frame.asked and before.asked:
        changes["asked"] = before.asked
        changes["wants"] = frame.wants | (before.wants & {"most", "least", "total", "list", "needed"})
    if before.marks:
        changes["marks"] = _with_marks(before.marks, frame.marks)
        changes["asked"] = before.asked
    words = tuple(pair for pair in before.meant if pair not in frame.meant)
    if frame.words[:1] != ("et",) or len(frame.meant) <= _FEW:
        changes["meant"] = (*frame.meant, *words)
        changes["words"] = (*frame.words, *before.words)
        changes["free"] = (*frame.free, *before.free)
        lent += [word for _, word in words]
    told = dict.fromkeys([*lent, *(str(name) for name in (before.scope.school, before.scope.city) if name)])
    return replace(frame, **changes, carried=tuple(told))


_FEW = 2


def _scope_after(before: Scope, now: Scope) -> Scope:
    """The earlier scope with what is said now; a new place takes the place of the old one whole."""
    if now.school or now.city or now.academies:
        before = replace(before, school=None, city=None, academies=())
    return before.narrowed(now)


def _with_marks(before: Marks, now: Marks) -> Marks:
    return Marks(
        tuple({**dict(before.given), **dict(now.given)}.items()),
        now.elsewhere or before.elsewhere,
        now.target or before.target,
    )
