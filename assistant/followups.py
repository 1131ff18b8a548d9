"""Follow-ups: what a question that leans on an earlier one takes over from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from assistant.frames import Frame
from assistant.marks import Marks
from assistant.scopes import requalified, status_words
from assistant.sheets import sheet
from assistant.vocabulary import Vocabulary
from corpus.documents import Scope

_LEANING = frozenset({"et", "ou", "mais", "son", "sa", "ses", "leur", "leurs", "alors", "donc", "pareil"})
_IMPERSONAL = frozenset({"faut", "faudra", "faudrait", "y", "existe", "reste", "manque", "me", "te", "nous", "vous"})
_PRONOUNS = frozenset({"elle", "elles", "il", "ils"})  # "elle dure combien ?": what the question before named
# What the earlier question wanted done, and still, and that it was about the exam.
_KEPT = frozenset({"most", "least", "total", "list", "needed", "exam", "optional"})
_FEW = 3
_LONG, _LONG_LEANING = 10, 16  # words: a longer question says all it means


def elliptical(frame: Frame) -> bool:
    """A question that leans on the one before: it opens with "et", or names a thing or a property, but not both."""
    stands_for = bool(_stands_for_one(frame.words) and frame.asked and not frame.units)
    leans = (bool(_LEANING & set(frame.words[:1])) and len(frame.words) > 1) or stands_for
    if any(name.kind == "diploma" for name in frame.unheld) or len(frame.words) > (_LONG_LEANING if leans else _LONG):
        return False
    whole = frame.units and _said_of_units() & set(frame.words)  # "l'EF3 est obligatoire ?" asks of it by itself
    half = bool(frame.units or frame.unknown_codes) != bool(frame.asked) and len(frame.words) <= 5 and not whole
    return leans or half or not (frame.meant or frame.unheld)


@cache
def _said_of_units() -> frozenset[str]:
    """The words that ask something of a unit without being one of its properties."""
    words = sheet("rules/obligation.toml")["words"]
    return frozenset([*words["obligatory"], *words["optional"]])


def _stands_for_one(words: Sequence[str]) -> bool:
    """Whether a question opens with a pronoun for a thing: "il faut" and "il y a" stand for none."""
    return bool(_PRONOUNS & set(words[:1])) and not _IMPERSONAL & set(words[1:2])


def only_numbers(frame: Frame) -> bool:
    return bool(frame.numbers) and not (frame.meant or frame.units or frame.asked or frame.marks)


def carried_over(frame: Frame, before: Frame, vocabulary: Vocabulary) -> Frame:
    """The frame with the units, properties, marks, words and scope of an earlier one where it has none of its own."""
    precised = replace(before.scope, status=requalified(before.scope.status, frame.text))
    changes: dict[str, Any] = {"earlier": before.question, "own": frame.words}
    changes["scope"] = _scope_after(precised, frame.scope)
    borrows_units = not (frame.units or frame.unknown_codes or frame.meant_elsewhere(before))
    borrowed = before.units if borrows_units else ()
    if borrowed:
        changes["units"], changes["mode"] = borrowed, frame.mode or before.mode
    if frame.asked and not frame.units and not frame.rest and "exam" in before.wants:
        changes["wants"], changes["mode"] = frame.wants | {"exam"}, frame.mode or before.mode
    if not frame.asked:
        changes["asked"] = before.asked
        changes["wants"] = frame.wants | (before.wants & _KEPT) if before.asked else frame.wants
    if before.marks and (frame.marks or not frame.asked):
        changes["marks"] = marks = _with_marks(before.marks, _instead(frame, before))
        given = {subject for subject, _ in marks.given}
        changes["sought"] = tuple(dict.fromkeys(u for u in (*before.sought, *frame.sought) if u not in given))
        changes["asked"] = before.asked or frame.asked
    words: tuple[tuple[str, str], ...] = ()
    if frame.words[:1] != ("et",) or len(frame.meant) <= _FEW:
        replaced = status_words(before.words) if changes["scope"].status != before.scope.status else frozenset()
        words = tuple(pair for pair in before.meant if pair not in frame.meant and pair[1] not in replaced)
        changes["meant"] = (*frame.meant, *words)
        changes["words"] = (*frame.words, *before.words)
        changes["free"] = (*frame.free, *before.free)
    spoken = [before.typed.get(word, word) for _, word in words if word.upper() not in vocabulary.codes]
    lent = [*map(vocabulary.label, borrowed), *spoken, *_places_kept(before.scope, changes["scope"])]
    return replace(frame, **changes, carried=tuple(dict.fromkeys(lent)))


def _scope_after(before: Scope, now: Scope) -> Scope:
    """The earlier scope with what is said now; a new place takes the place of the old one whole."""
    if now.school or now.city or now.academies:
        before = replace(before, school=None, city=None, academies=())
    return before.narrowed(now)


def _places_kept(before: Scope, after: Scope) -> list[str]:
    """The school and town of the earlier question that still hold."""
    pairs = ((before.school, after.school), (before.city, after.city))
    return [was for was, now in pairs if was and was == now]


def _instead(frame: Frame, before: Frame) -> Marks:
    """The marks given now; one that names no unit takes the place of the only one that was given just before."""
    now = frame.marks
    if now or len(now.unplaced) != 1 or len(before.numbers) != 1 or not before.marks.given:
        return now
    return Marks(((before.marks.given[-1][0], now.unplaced[0]),))


def _with_marks(before: Marks, now: Marks) -> Marks:
    """The earlier marks with those given now, which take the place of the same units'."""
    again = {subject for subject, _ in now.given}
    return Marks(
        (*(pair for pair in before.given if pair[0] not in again), *now.given),
        before.elsewhere if now.elsewhere is None else now.elsewhere,
        before.target if now.target is None else now.target,
        now.unplaced,
        now.scaled,
    )
