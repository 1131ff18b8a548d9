"""Who may enter a training: the criteria that the documents of a school give, asked one by one, and the verdict."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.access import SHEET, Criterion, Place, alternatives, criteria
from assistant.dates import find
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.rules.eligibility import age_of, ages_allowed, shape
from assistant.sheets import sheet
from corpus.documents import Citation, Document, Scope

YES, NO, UNSURE = "oui", "non", "doute"
_AGE, _EXCEPTION = "age", "exception"


@dataclass(frozen=True, slots=True)
class Answered:
    """A criterion with what was answered: `state` is "met", "unmet" or "unknown", `text` says why."""

    criterion: Criterion
    reply: str
    state: str
    text: str


@dataclass(frozen=True, slots=True)
class Interview:
    """The questions answered, the next one (None at the end), a message on what was written where it is no answer; at
    the end the verdict, other ways, what is decided later, and what the documents do not say."""

    place: Place
    answered: tuple[Answered, ...]
    following: Criterion | None
    wrong: str = ""
    verdict: str = ""
    outcome: str = ""
    alternatives: tuple[Citation, ...] = ()
    later: tuple[Criterion, ...] = ()
    silences: tuple[str, ...] = ()


def fields() -> tuple[str, ...]:
    """The names that replies may bear, in the order of the questions."""
    return _AGE, _EXCEPTION, *(entry["name"] for entry in sheet(SHEET)["criterion"])


def places(knowledge: Knowledge) -> list[Place]:
    """The trainings of the schools whose documents give a criterion, in the order of the documents."""
    found: dict[tuple[str | None, str], list[Document]] = {}
    for document in knowledge.documents.values():
        if document.scope.school:
            found.setdefault((document.scope.diploma, document.scope.school), []).append(document)
    named = [_place(own) for own in found.values()]
    return [place for place in named if criteria(knowledge, place) or _ages(knowledge, place)]


def _place(documents: Sequence[Document]) -> Place:
    scope = documents[0].scope
    where = ", ".join(filter(None, (scope.school, scope.city)))
    label = f"{scope.diploma}, {where}" if scope.diploma else where
    asker = Scope(diploma=scope.diploma, school=scope.school, city=scope.city)
    return Place(label, label, asker, tuple(document.slug for document in documents))


def interview(knowledge: Knowledge, place: Place, replies: Mapping[str, str], today: date) -> Interview:
    """How far the replies (by name of criterion: an age or a birth date, else "oui", "non", "doute") lead."""
    answered: list[Answered] = []
    for criterion in _questions(knowledge, place, answered):
        reply = replies.get(criterion.name, "").strip()
        judged = _judged(knowledge, place, criterion, reply, today) if reply else None
        if judged is None:
            wrong = sheet(SHEET)["age"]["wrong"].format(written=reply[:30]) if reply and criterion.name == _AGE else ""
            return Interview(place, tuple(answered), criterion, wrong)
        answered.append(judged)
    return _concluded(knowledge, place, answered)


def _questions(knowledge: Knowledge, place: Place, answered: Sequence[Answered]) -> Iterator[Criterion]:
    """The questions in order; whether an exception is one's case is asked of those who are too old."""
    said = sheet(SHEET)["age"]
    if ages := _ages(knowledge, place):
        yield Criterion(_AGE, said["label"], said["ask"], knowledge.cited(ages))
        exceptions = knowledge.facts.about("admission", "age_exception", place.scope)
        if exceptions and answered and _too_old(ages, int(answered[-1].reply)):
            label, ask = said["exception_label"], said["exception_ask"]
            yield Criterion(_EXCEPTION, label, ask, knowledge.cited(exceptions))
    yield from (criterion for criterion in criteria(knowledge, place) if criterion.ask)


def _too_old(ages: Sequence[Fact], age: int) -> bool:
    return any(last is not None and age > last for _, last in ages_allowed(ages).values())


def _ages(knowledge: Knowledge, place: Place) -> Sequence[Fact]:
    return knowledge.facts.about("admission", "age", place.scope)


def _judged(knowledge: Knowledge, place: Place, criterion: Criterion, reply: str, today: date) -> Answered | None:
    """What a reply makes of its criterion; None where it is no reply."""
    said = sheet(SHEET)["verdict"]
    if criterion.name == _AGE:
        age = read_age(reply, today)
        return None if age is None else _of_age(knowledge, place, criterion, age)
    states = {YES: "met", NO: "unmet", UNSURE: "unknown"}
    if reply not in states:
        return None
    return Answered(criterion, reply, states[reply], said[states[reply]])


def read_age(text: str, today: date) -> int | None:
    """An age ("19", "19 ans") or the age that a birth date gives today; None where the text is neither."""
    plain = text.strip()
    if plain.isascii() and plain.isdigit():
        return int(plain) if len(plain) == 2 else None
    if find(plain):
        return age_of(Frame(f"né le {plain}", today=today))
    return age_of(Frame(plain, today=today))


def _of_age(knowledge: Knowledge, place: Place, criterion: Criterion, age: int) -> Answered:
    """The verdict on an age by each document of the place: one that it does not meet is enough."""
    said = sentences("eligibility")["verdict"]
    told: list[tuple[str, str]] = []
    for first, last in ages_allowed(_ages(knowledge, place)).values():
        key = "above" if last is not None and age > last else "below" if first is not None and age < first else "within"
        stated = said[shape(first, last)].format(first=first, last=last)
        told.append((key, said[key].format(age=age, range=stated)))
    unmet = [one for one in told if one[0] != "within"]
    return Answered(criterion, str(age), "unmet" if unmet else "met", (unmet or told)[0][1])


def _concluded(knowledge: Knowledge, place: Place, answered: Sequence[Answered]) -> Interview:
    said = sheet(SHEET)["verdict"]
    settled = _with_exception(answered)
    unmet, unknown = ([a for a in settled if a.state == state] for state in ("unmet", "unknown"))
    outcome = "no" if unmet else "unsure" if unknown else "yes"
    named = ", ".join(f"{a.criterion.label[0].lower()}{a.criterion.label[1:]}" for a in unmet or unknown)
    every = criteria(knowledge, place)
    return Interview(
        place, tuple(settled), None, verdict=said[outcome].format(criteria=named), outcome=outcome,
        alternatives=(*_more(knowledge, place, (*unmet, *unknown)), *alternatives(knowledge, place))
        if outcome != "yes"
        else (),
        later=tuple(criterion for criterion in every if not criterion.ask),
        silences=tuple(_silences(knowledge, place, every)),
    )  # fmt: skip


def _more(knowledge: Knowledge, place: Place, wanting: Sequence[Answered]) -> Iterator[Citation]:
    """What the documents still allow those who do not meet a criterion."""
    named = {answered.criterion.name for answered in wanting}
    for entry in sheet(SHEET)["criterion"]:
        if entry["name"] in named and "more" in entry:
            yield from knowledge.cited(knowledge.facts.about("admission", entry["more"], place.scope))


def _with_exception(answered: Sequence[Answered]) -> list[Answered]:
    """An age that an exception makes good is met; the answer on the exception is then part of it."""
    excepted = next((a for a in answered if a.criterion.name == _EXCEPTION), None)
    if excepted is None:
        return list(answered)
    told = {"met": sheet(SHEET)["verdict"]["by_exception"], "unknown": "", "unmet": ""}[excepted.state]
    state = {"met": "met", "unmet": "unmet", "unknown": "unknown"}[excepted.state]
    others = [a for a in answered if a is not excepted]
    return [replace(a, state=state, text=told or a.text) if a.criterion.name == _AGE else a for a in others]


def _silences(knowledge: Knowledge, place: Place, every: Sequence[Criterion]) -> Iterator[str]:
    """The criteria that other places have and of which this one's documents say nothing."""
    held = {criterion.name for criterion in every}
    missing = [entry["label"] for entry in sheet(SHEET)["criterion"] if entry["name"] not in held]
    if not _ages(knowledge, place):
        missing.insert(0, sheet(SHEET)["age"]["label"])
    if missing:
        named = ", ".join(f"{label[0].lower()}{label[1:]}" for label in missing)
        yield sheet(SHEET)["verdict"]["missing"].format(place=place.label, criteria=named)
