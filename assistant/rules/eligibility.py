"""Eligibility by age: the range that a document gives, its exceptions, and which side of it the asker stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from assistant.answers import Answer, Kind
from assistant.dates import find
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.kinds import asked_kinds
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.values import ages
from index.text import fold, stem

name = "eligibility"
_FEW = 2  # other words: with more, an age is told in passing
_BORN = re.compile(r"\bn(?:e|ee|é|ée)s?\b(?: le| en)?|\bnaissance\b|\bborn\b")

# "30 ans demain" is 29 today; "30 ans d'expérience" is no age, nor "ça fait 12 ans que", "depuis 12 ans".
_AGE = re.compile(
    r"(?<![0-9,.])(?<!fait )(?<!depuis )(?<!pendant )(?<!il y a )(?<!il y a plus de )(?<!y'a )(?<!ya )"
    r"(?<!travaille )(?<!bosse )"
    r"(?P<age>[1-9][0-9]) ?(?:ans?\b(?! (?:de |d'|des |du |que ))|years)(?P<tomorrow>,? (?:demain|tomorrow)\b)?"
)
_TOMORROW = re.compile(r"\b(?:demain|tomorrow),? (?:j'?ai|j'?aurai|il a|elle a|il aura|elle aura|i am|i'm|i'll be) $")


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The verdict on an age, or the rule where none is given; None where no age is asked about."""
    words = sentences(name)["words"]
    if "amount" in asked_kinds(frame) or enters_none(frame):
        return None
    plain = f" {frame.text} "
    age = age_of(frame)
    excepted = _excepted(plain)
    asked = any(f" {form} " in plain for form in words["asked"])
    follows = excepted and frame.carried and {"ans", "age"} & set(frame.words)
    if age is None and not asked and not follows:
        return None
    born = _BORN.search(fold(frame.question)) is not None and age is not None
    may = set(frame.words) & set(words["may"]) or frame.carried or len(frame.words) <= 6 or born
    may = may or (set(frame.words) & set(words["perhaps"]) and len(_apart(frame)) <= _FEW)
    if age is not None and not (may or asked):
        return None
    facts = knowledge.facts.about("admission", "age", frame.scope)
    return _verdict(frame, knowledge, age, excepted, facts) if facts else _silent(frame, knowledge)


def enters_none(frame: Frame) -> bool:
    """Whether the asker's status is one of those who enter no training: what a school asks for is not asked of them."""
    return bool(set(sentences(name)["words"]["unbound"]) & {s.partition(" (")[0] for s in frame.scope.status})


def _apart(frame: Frame) -> set[str]:
    """The words that mean something else than an age, or what an exception is about."""
    words = sentences(name)["words"]
    known = {"ans", "an", "age", *words["may"], *words["perhaps"], *" ".join(words["exceptions"]).split()}
    return {word for _, word in frame.meant if word not in known}


def age_of(frame: Frame) -> int | None:
    """The age that a question gives, else the one it leans on: "31 ans", or a birth date up to the day it is asked."""
    return next(
        (age for said in (frame.question, frame.earlier) if (age := _age_in(said, frame.today)) is not None), None
    )


def _age_in(question: str, today: date) -> int | None:
    if _BORN.search(fold(question)):
        born = [when.first for when in find(question) if when.first < today]
        return _years(born[0], today) if born else None
    match = _AGE.search(fold(question))
    if match is None:
        return None
    tomorrow = match["tomorrow"] or _TOMORROW.search(fold(question)[: match.start()])
    return int(match["age"]) - bool(tomorrow)


def _years(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _excepted(plain: str) -> str | None:
    """The word of the question that an exception may be about ("RQTH" is about handicap)."""
    words = sentences(name)["words"]
    if any(f" {form} " in plain for form in words["without"]):
        return None
    said = next((word for word in words["exceptions"] if f" {word} " in plain or f" {word}s " in plain), None)
    return words["same"].get(said, said) if said else None


def _verdict(
    frame: Frame, knowledge: Knowledge, age: int | None, excepted: str | None, facts: Sequence[Fact]
) -> Answer:
    said = sentences(name)["verdict"]
    lines: list[str] = []
    cited: list[Fact] = []
    bounds = ages_allowed(facts)
    for fact in {fact.document: fact for fact in facts}.values():
        first, last = bounds[fact.document]
        stated = said[shape(first, last)].format(first=first, last=last)
        exceptions = knowledge.facts.about("admission", "age_exception", fact.scope)
        matching = [e for e in exceptions if excepted and stem(excepted) in {stem(w) for w in fold(e.shown).split()}]
        if matching:
            lines.append(said["exception"].format(quote=_one_line(matching[0].shown)))
        elif age is None:
            lines.append(said["rule"].format(range=stated))
        else:
            key = (
                "above"
                if last is not None and age > last
                else "below"
                if first is not None and age < first
                else "within"
            )
            lines.append(said[key].format(age=age, range=stated))
            lines += [said["last_day"].format(next=last + 1)] if last is not None and age == last else []
        if not matching and (age is None or (last is not None and age > last)):
            lines += [said["except"].format(quote=_one_line(e.shown)) for e in exceptions]
        lines.append(said["where"].format(source=knowledge.source(fact.document)))
        own = [other for other in facts if other.document == fact.document]
        cited += [*matching, *own, *(e for e in exceptions if e not in matching)]
    return Answer(
        frame.question, Kind.RULE, "\n".join(dict.fromkeys(lines)), f"{name}.age",
        citations=knowledge.cited(cited), scope=frame.scope,
    )  # fmt: skip


def ages_allowed(facts: Sequence[Fact]) -> dict[str, tuple[int | None, int | None]]:
    """The first and last ages that each document allows, whether it says them together or one by one."""
    bounds: dict[str, tuple[int | None, int | None]] = {}
    for fact in facts:
        first, last = ages(fact.value)
        known = bounds.get(fact.document, (None, None))
        bounds[fact.document] = (known[0] if first is None else first, known[1] if last is None else last)
    return bounds


def shape(first: int | None, last: int | None) -> str:
    return "range" if first is not None and last is not None else "from" if last is None else "to"


def _silent(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The asker's school gives no age; another one's is not given in its place."""
    if not knowledge.facts.about("admission", "age"):
        return None
    said = sentences(name)["verdict"]
    where = frame.scope.school or frame.scope.city or frame.scope.diploma or ""
    text = f"{said['silent'].format(where=f'pour {where}' if where else '').replace(' .', '.')}\n{said['whom']}"
    return Answer(frame.question, Kind.ABSTENTION, text, f"{name}.age", scope=frame.scope)


def _one_line(text: str) -> str:
    return " ".join(text.split())
