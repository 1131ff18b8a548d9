"""The kinds of things that a question asks for (a date, an amount, a telephone number), and whether a text has them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from assistant.frames import Frame
from assistant.phrases import without_asides
from assistant.sheets import sheet
from index.text import fold, stem, tokens

_ALIKE = 6
_OF = frozenset({"de", "d"})
_APART = frozenset("en pour sur dans par chez avec".split())  # what they introduce is not what is counted
_YEAR = re.compile(r"20[0-9]{2}")
_SHORT_YEAR = re.compile(r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-]([0-9]{2})(?![0-9])")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix")
_MEASURED = frozenset({"temps", "jours", "mois", "semaines", "ans", "annees", "heures", "minutes", "mo", "fois"})


@cache
def _table() -> dict[str, Any]:
    return dict(sheet("evidence.toml")["kinds"])


@cache
def _holders() -> dict[str, re.Pattern[str]]:
    """What each kind of thing looks like in a folded text."""
    return {kind: re.compile(entry["holds"]) for kind, entry in _table().items()}


def missing_kind(kind: str) -> str:
    """How the absence of a kind of thing is said ("de date"); empty for a subject, which has words of its own."""
    return str(_table().get(kind, {}).get("missing", ""))


def is_local(kind: str) -> bool:
    """Whether a kind of thing is a school's own (its telephone, its people, its prices)."""
    return bool(_table()[kind].get("local", False))


def is_strict(kind: str) -> bool:
    """Whether a kind of thing belongs to someone: a passage that leaves a word of the question out is of another."""
    return bool(_table()[kind].get("strict", False))


@cache
def _askers() -> dict[str, str]:
    """Each phrase that asks for a kind of thing, as joined tokens."""
    kinds = _table().items()
    return {" ".join(t.text for t in tokens(form)): kind for kind, entry in kinds for form in entry["asked"]}


@cache
def _cut(kind: str) -> re.Pattern[str] | None:
    """What a thing of a kind looks like where the document has lost a part of it."""
    form = _table()[kind].get("cut")
    return re.compile(form) if form else None


@cache
def asking(kind: str) -> frozenset[str]:
    """The words of the phrases that ask for a kind of thing."""
    return frozenset(word for phrase, other in _askers().items() if other == kind for word in phrase.split())


def asked_by(kinds: Iterable[str]) -> frozenset[str]:
    """The words of the phrases that ask for some kinds of things."""
    return frozenset().union(*map(asking, kinds))


def asked_kinds(frame: Frame) -> tuple[str, ...]:
    """The kinds of things that a question asks for: a date, an amount, a telephone number...

    A phrase inside a longer one says nothing: "adresse mail" asks for no street. What a follow-up asks for takes the
    place of what the question before it did: "et son mail ?"."""
    return (frame.own and _asked_in(frame.own)) or _asked_in(frame.words)


@lru_cache(maxsize=64)
def _asked_in(words: tuple[str, ...]) -> tuple[str, ...]:
    plain = f" {' '.join(without_asides(words))} "
    said = [phrase for phrase in _askers() if f" {phrase} " in plain]
    longest = [p for p in said if not any(f" {p} " in f" {other} " and p != other for other in said)]
    kinds = dict.fromkeys(_askers()[phrase] for phrase in longest)
    return tuple(kind for kind in kinds if not set(_table()[kind].get("unless", ())) & set(words))


@cache
def purposes() -> frozenset[str]:
    """The words that say what one wants to reach someone for: no telephone stands beside them."""
    return frozenset(sheet("evidence.toml")["purposes"]["words"])


@dataclass(frozen=True, slots=True)
class Kinds:
    """The kinds that a question asks for, what it wants counted, the years whose dates it asks for, and the stems of
    the words by which it names whose telephone or address it asks for."""

    asked: tuple[str, ...]
    counted: str | None
    years: frozenset[str]
    named: tuple[str, ...] = ()

    @classmethod
    def of(cls, frame: Frame) -> Kinds:
        years = frozenset(word for word in frame.words if _YEAR.fullmatch(word))
        dated = years if "date" in frame.asked else frozenset()
        return cls(asked_kinds(frame), counted_noun(frame), dated, tuple(map(stem, frame.rest)))

    def lacking(self, text: str, plain: str, over: frozenset[str]) -> tuple[str, ...]:
        """The kinds that a text lacks; `plain` is the text folded, `over` the words that stand over it."""
        missing = [kind for kind in self.asked if not _shows(text, plain, kind) or self._is_anothers(text, kind)]
        if self.counted and "count" not in missing and not _numbered(self.counted, text):
            missing.append("count")
        if self.years and not (self.years & over or _shows(text, plain, "year") or _holds(text, self.years)):
            missing.append("year")
        return tuple(missing)

    def _is_anothers(self, text: str, kind: str) -> bool:
        """Whether a text holds such a thing, but not of the one asked about: what stands by that name is truncated, or
        no line that names it, nor the next, has one."""
        form, whole = _cut(kind), _holders()[kind]
        lines = [fold(line) for line in text.split("\n") if line.strip()]
        named = [sum(word in line for word in self.named) for line in lines]
        if form is None or not any(named):
            return False
        most = max(named)
        near = [" ".join(lines[n : n + 3]) for n, count in enumerate(named) if count == most]
        return not any(whole.search(some) for some in near) or self._is_cut(" ".join(lines), form, whole)

    def _is_cut(self, plain: str, form: re.Pattern[str], whole: re.Pattern[str]) -> bool:
        """Whether the first thing after the names asked about is a truncated one: the next whole one is another's."""
        at = max((at for word in self.named if (at := plain.find(word)) >= 0), default=0)
        cut, next_whole = form.search(plain, at), whole.search(plain, at)
        return cut is not None and (next_whole is None or cut.start() < next_whole.start())


def truncated(plain: str) -> Iterator[str]:
    """The telephone numbers and addresses of a folded text of which the document has lost a part."""
    for kind in _table():
        if (form := _cut(kind)) is not None:
            yield from (match[0] for match in form.finditer(plain))


def _shows(text: str, plain: str, kind: str) -> bool:
    return bool(_holders()[kind].search(text if _table()[kind].get("as_printed") else plain))


def counted_noun(frame: Frame) -> str | None:
    """What is to be counted: "combien de pages", "nombre de candidats"."""
    words = frame.words
    for at, word in enumerate(words):
        if word not in ("combien", "nombre"):
            continue
        of = next((i for i in range(at + 1, min(at + 6, len(words) - 1)) if words[i] in _OF | _APART), None)
        if of is not None and words[of] in _OF:
            noun = words[of + 1]
            return None if noun in _MEASURED or noun.isdigit() else noun
    return None


def _holds(text: str, years: frozenset[str]) -> bool:
    short = (f"20{year}" for year in _SHORT_YEAR.findall(text))
    return not years.isdisjoint([*_YEAR.findall(text), *short])


def _numbered(noun: str, text: str) -> bool:
    """Whether a number stands by the thing counted."""
    words = [token.text for token in tokens(text)]
    places = [i for i, word in enumerate(words) if stem(word) == stem(noun) or _alike(word, noun)]
    return any(_NUMBER.fullmatch(word) for i in places for word in words[max(0, i - 3) : i + 4])


def _alike(word: str, other: str) -> bool:
    """Whether two words begin alike: "feuilles", "feuillets"."""
    return len(other) > _ALIKE and word[:_ALIKE] == other[:_ALIKE]
