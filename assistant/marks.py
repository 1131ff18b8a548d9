"""The marks that a message gives: "E1 8, E2 10", "12 en français et 9 ailleurs", "10 partout", a table pasted in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

from assistant.dates import MONTHS
from assistant.sheets import sheet
from assistant.values import french, number
from index.text import Token

OPTION = "option"  # an optional unit that the message does not name: "15 en option"
_STOP = re.compile(r"[,;.\n?!](?!\d)")
_OUT_OF = re.compile(r" ?(?:/|sur) ?([1-9][0-9]{0,2})(?![0-9.,/])")
_WHOLE = 20
_LISTED = 4  # words: a longer stretch of a message is no item of a list of units


@cache
def _said(kind: str) -> frozenset[str]:
    """The words of one list of questions.toml, [marks]: "everywhere", "units"..."""
    return frozenset(sheet("questions.toml")["marks"][kind])


@cache
def _targets() -> tuple[list[str], ...]:
    return tuple(phrase.split() for phrase in sheet("questions.toml")["marks"]["target"])


def names_option(words: Iterable[str]) -> bool:
    """Whether some words speak of an optional unit, whichever it is."""
    return not _said("option").isdisjoint(words)


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks out of 20 by subject ("unit:E41", or "option", which may come several times); `elsewhere` is the mark of
    all units not named; `target` the average aimed at; `unplaced` the marks that no unit could be found for, or that
    another mark of the same unit contradicts; `scaled` those out of something else, as written ("8/10")."""

    given: tuple[tuple[str, Decimal], ...] = ()
    elsewhere: Decimal | None = None
    target: Decimal | None = None
    unplaced: tuple[Decimal, ...] = ()
    scaled: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.given) or self.elsewhere is not None

    @property
    def count(self) -> int:
        """How many marks the message gives, that of the other units being one."""
        return len(self.given) + (self.elsewhere is not None)

    @property
    def wrong(self) -> str | None:
        """The first mark that is not one out of 20, as people write it."""
        marks = [mark for _, mark in self.given] + ([] if self.elsewhere is None else [self.elsewhere])
        return next(iter((*self.scaled, *(french(mark) for mark in marks if mark > _WHOLE))), None)


@dataclass
class _Reader:
    """Walks the numbers of a message; a unit named between two numbers belongs to one of them."""

    question: str
    read: Sequence[Token]
    units: Callable[[Sequence[Token]], Sequence[str]]
    given: list[tuple[str, Decimal]] = field(default_factory=list)
    elsewhere: Decimal | None = None
    target: Decimal | None = None
    unplaced: list[Decimal] = field(default_factory=list)
    scaled: list[str] = field(default_factory=list)
    taken: int = 0

    def marks(self) -> Marks:
        places = [i for i in range(len(self.read)) if self._is_mark(i)]
        for n, at in enumerate(places):
            after = places[n + 1] if n + 1 < len(places) else len(self.read)
            self._place(at, after)
        return Marks(tuple(self.given), self.elsewhere, self.target, tuple(self.unplaced), tuple(self.scaled))

    def _is_mark(self, at: int) -> bool:
        token = self.read[at]
        if not token.text[0].isdigit() or not token.text.replace(",", "").replace(".", "").isdigit():
            return False
        before = self.question[max(0, token.start - 5) : token.start].rstrip()
        previous = self.read[at - 1].text if at else ""
        last = at + 1 == len(self.read) or self._stops(at, at + 1)
        following = "" if last else self.read[at + 1].text
        out_of = before.endswith("/") or previous == "sur"
        told = " ".join(token.text for token in self.read[max(0, at - 3) : at])
        instead = told.endswith(("au lieu de", "et pas", "et non", "plutot que"))  # what it is no more
        several = (following in _said("everywhere") or following.endswith("s")) and following not in _said("into")
        alone = following in _said("alone") or (previous == "ou" and self._counted_before(at))  # "1 seul fichier ou 2"
        counts = alone or (previous in _said("counting") and several)  # "les 3 autres", "quels 2 documents"
        dated = following in MONTHS or following == "er"
        other = counts or dated or following in _said("not_a_mark") or previous in _said("coefficient")
        return not (out_of or other or instead) and number(token.text) < 100

    def _counted_before(self, at: int) -> bool:
        """Whether the number right before counts one thing alone: the other number of its "ou" counts too."""
        before = (token.text in _said("alone") for token in self.read[max(0, at - 4) : at])
        return any(before)

    def _place(self, at: int, after: int) -> None:
        mark = number(self.read[at].text) + self._half(at)
        self._note_scale(at)
        last = self._clause_end(at, after)
        left, right = self._clause_before(at), self.read[at + 1 : last]
        right = [t for i, t in enumerate(right) if not (t.text == "20" or (t.text == "sur" and i == 0))]
        into_unit = bool(right) and right[0].text in _said("into") and bool(self.units(right))  # "pour avoir 10 en E4"
        if self._is_target(left, right) and not into_unit:
            self.target = mark
            self.taken = at + 1
            return
        if right and right[0].text in _said("everywhere"):
            self.elsewhere = mark
            self.taken = at + 2
            return
        if self._halved(left, right) and self._assign([*left, *right], mark):
            self.taken = last
            return
        forward = bool(right) and right[0].text in _said("into")
        for side, ends in ((right, last), (left, at + 1)) if forward else ((left, at + 1), (right, last)):
            if self._assign(side, mark):
                self.taken = self._spread(ends, after, mark) if forward and side is right else ends
                return
        self.taken = at + 1
        if left and left[-1].text in _said("plural"):
            self.elsewhere = mark
        else:
            self.unplaced.append(mark)

    def _spread(self, at: int, after: int, mark: Decimal) -> int:
        """Gives the mark to the units that go on the list of the one before: "10 en E1, E2 et E4"; where that ends."""
        while at < after:
            end = self._clause_end(at, after)
            listed = self.read[at:end]
            led_to = end == after < len(self.read) and not self._stops(
                end - 1, end
            )  # "10 en E1, E2 8": the last name is the next mark's
            asks = not _said("clauses").isdisjoint(token.text for token in listed)
            if led_to or asks or len(listed) > _LISTED or not self.units(listed):
                break
            self._assign(listed, mark)
            at = end
        return at

    def _halved(self, left: Sequence[Token], right: Sequence[Token]) -> bool:
        """Whether the words after a mark say of which half of the unit before it: "anglais : 6 à l'écrit"."""
        if not right or right[0].text not in _said("into"):
            return False
        alone = self.units(left)
        whole = self.units([*left, *right]) if alone else alone
        return len(whole) == len(alone) == 1 and whole != alone

    def _half(self, at: int) -> Decimal:
        """ "10 et demi" is 10,5."""
        after = [token.text for token in self.read[at + 1 : at + 3]]
        return Decimal("0.5") if after in (["et", "demi"], ["et", "demie"]) else Decimal(0)

    def _note_scale(self, at: int) -> None:
        """Keeps a mark that says to be out of something else than 20 ("8/10")."""
        token = self.read[at]
        match = _OUT_OF.match(self.question, token.end)
        if match and int(match[1]) != _WHOLE and int(match[1]) >= number(token.text):
            self.scaled.append(self.question[token.start : match.end()])

    def _clause_before(self, at: int) -> Sequence[Token]:
        """The words between the last mark and this one, from the last stop of the sentence."""
        first = next((i for i in range(at - 1, self.taken, -1) if self._stops(i - 1, i)), self.taken)
        last = next((i + 1 for i in range(at - 1, first - 1, -1) if self.read[i].text in _said("turns")), first)
        return self.read[last:at]

    def _clause_end(self, at: int, after: int) -> int:
        """Where the words after a mark end: at the next mark or the next stop of the sentence."""
        clauses = _said("clauses")
        return next((i for i in range(at + 1, after) if self._stops(i - 1, i) or self.read[i].text in clauses), after)

    def _stops(self, one: int, other: int) -> bool:
        """Whether a comma, a semicolon, a line or a full stop stands between two neighbouring words."""
        return bool(_STOP.search(self.question[self.read[one].end : self.read[other].start]))

    @staticmethod
    def _is_target(left: Sequence[Token], right: Sequence[Token]) -> bool:
        """ "10 de moyenne", "une moyenne de 12", "pour avoir 10"."""
        before, after = ([token.text for token in side] for side in (left[-2:], right[:2]))
        return after == ["de", "moyenne"] or before in _targets() or before[-1:] in _targets()

    def _assign(self, side: Sequence[Token], mark: Decimal) -> bool:
        words = {token.text for token in side}
        subjects = self.units(side)
        if names_option(words) and not subjects:
            self.given.append((OPTION, mark))
        elif subjects:
            earlier = dict(self.given)
            self.unplaced += [earlier[s] for s in subjects if earlier.get(s, mark) != mark]
            self.given = [pair for pair in self.given if pair[0] not in subjects] + [(s, mark) for s in subjects]
        elif words & _said("everywhere"):
            self.elsewhere = mark
        else:
            return False
        return True


def read_marks(question: str, read: Sequence[Token], units: Callable[[Sequence[Token]], Sequence[str]]) -> Marks:
    """The marks of a message; `units` finds the subjects that a stretch of its words names."""
    return _Reader(question, read, units).marks()
