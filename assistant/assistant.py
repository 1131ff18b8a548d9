"""Assistant.answer: a rule, else the passages that carry the answer, else an abstention."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, partial
from itertools import islice
from typing import Any

from assistant import smalltalk
from assistant.answers import Answer, Kind
from assistant.facts import Facts
from assistant.frames import Frame
from assistant.kinds import asked_kinds
from assistant.knowledge import Knowledge
from assistant.messages import MOST_PARTS, joined, parts
from assistant.proper import Unheld
from assistant.properties import properties
from assistant.questions import Parser
from assistant.quoting import Quoting
from assistant.rules import Rule
from assistant.rules.order import RULES
from assistant.sheets import sheet
from assistant.side_by_side import compared, title
from assistant.subjects import asked_subjects
from corpus.documents import Document, Passage, Scope
from index.search import Searcher
from index.text import stem, tokens

_LOOSE = {"average", "pass_mark"}  # asked by words that are said of an exam in any mood: "l'examen", "le bts"
_FEW = 4  # words that mean something: a message with more is a question, whatever else it says
_FIELDS = {"school": {"school", "city", "academies"}, "city": {"school", "city", "academies"}, "academy": {"academies"}}
_AND = re.compile(r"\s(?:et|and)\s+(?!quart\b)", re.IGNORECASE)
_LONGEST_JOINED = 500  # characters of a message in which two questions may be joined by one word
_MOST_JOINTS = 4
_SENTENCES = re.compile(r"(?<=[.!?])\s+|\n+")
_CLAUSES = re.compile(r"(?<=[.!?])\s+|\n+|[,:;](?!\d)|[()→…–—]|\.{2,}|\s-+\s|\s(?:mais|car|parce que|sachant que)\s")
_MOST_SENTENCES = 8


def _of_one_message(answer: Answer) -> Answer:
    """An answer to a later part of a message: what it takes from the parts before was said with it."""
    carried = _said()["notices"]["carried"].partition("{")[0]
    return replace(answer, notices=tuple(notice for notice in answer.notices if not notice.startswith(carried)))


def _said() -> dict[str, Any]:
    return sheet("assistant.toml")


class Assistant:
    """Answers questions from one generation. `scope` is the site's own: its school, academy, session."""

    def __init__(
        self,
        documents: Mapping[str, Document],
        passages: Mapping[int, Passage],
        searcher: Searcher,
        facts: Facts,
        scope: Scope | None = None,
        rules: Sequence[Rule] = RULES,
    ) -> None:
        self.knowledge = Knowledge.of(documents, facts)
        self.passages = passages
        self.searcher = searcher
        self.scope = scope or Scope()
        self.rules = rules

    @cached_property
    def parser(self) -> Parser:
        return Parser(self.knowledge.vocabulary, self.searcher.encoder.knows, self._holds)

    @cached_property
    def _quoting(self) -> Quoting:
        return Quoting(self.knowledge, self.passages, self.searcher)

    def _holds(self, word: str) -> bool:
        """Whether the documents use a word, in any of its forms."""
        return bool(self.searcher.held(stem(word)))

    def examples(self) -> tuple[str, ...]:
        """Questions to start with, those that the facts of this library can answer."""
        held = {fact.prop for fact in self.knowledge.facts.facts}
        return tuple(one["ask"] for one in _said()["examples"] if one["needs"] in held)

    def answer(self, question: str, history: Sequence[str] = (), *, today: date, scope: Scope | None = None) -> Answer:
        """The answer to one question, `history` being the earlier ones, oldest first; `today` the day it is asked."""
        started = time.perf_counter()
        asker = self.scope.narrowed(scope or Scope())
        asked = self._questions(question, today)
        askers = (self._placed(asker, asked[:n], one, today) for n, one in enumerate(asked))
        parts_asked = zip(asked, askers, strict=True)
        answers = [self._part(one, (*history, *asked[:n]), who, today) for n, (one, who) in enumerate(parts_asked)]
        answers = [answers[0], *map(_of_one_message, answers[1:])] if answers else []
        answers = answers or [self._empty(question)]
        whole = replace(joined(answers), question=question)
        return replace(whole, elapsed_ms=round((time.perf_counter() - started) * 1000, 2))

    def _questions(self, message: str, today: date) -> list[str]:
        """The questions of one message; what asks for nothing is context, and stays with the question before it."""
        questions: list[str] = []
        for part in (one for raw in parts(message) for one in self._unjoined(raw, today)):
            if questions and "?" not in part and (not self._asks(part, today) or self._completes(questions[-1], part)):
                questions[-1] = f"{questions[-1]} {part}"
            else:
                questions.append(part)
        return questions[:MOST_PARTS]

    def _completes(self, before: str, part: str) -> bool:
        """Whether a part only gives the marks that the question before it is about."""
        asked, given = (self.parser.understand(one) for one in (before, part))
        return bool(given.marks) and not given.asked and not asked.marks and "needed" in asked.wants

    def _placed(self, asker: Scope, before: Sequence[str], part: str, today: date) -> Scope:
        """The asker, in the one place that an earlier part of the message names, where this part names none, nor a
        person: a person is where the documents say."""
        if before and self.parser.vocabulary.people & {token.text for token in tokens(part)}:
            return asker
        frames = [self.parser.understand(one, (), today) for one in (*before, part)] if before else []
        named = [f.scope for f in frames if not f.places and (f.scope.school or f.scope.city or f.scope.academies)]
        return asker.placed(named[-1]) if named else asker

    def _asks(self, part: str, today: date) -> bool:
        frame = self.parser.understand(part, (), today)
        asks = frame.asked or frame.marks or asked_kinds(frame) or asked_subjects(frame.words)
        return bool(asks or smalltalk.reply(part))

    def _unjoined(self, part: str, today: date) -> list[str]:
        """The two questions that one "et" joins, where each asks for something of its own kind of some thing."""
        if len(part) > _LONGEST_JOINED:
            return [part]
        for match in islice(_AND.finditer(part), _MOST_JOINTS):
            left, right = part[: match.start()].rstrip(), part[match.end() :]
            first, second = (self.parser.understand(side, (), today) for side in (left, right))
            kinds = [set(frame.asked) | set(asked_kinds(frame)) for frame in (first, second)]
            things = [frame.units or frame.scope.city or frame.scope.school or frame.rest for frame in (first, second)]
            if all(kinds) and all(things) and not kinds[0] & kinds[1] and not (first.marks or second.marks):
                return [left, right]
        return [part]

    def _part(self, question: str, history: Sequence[str], asker: Scope, today: date) -> Answer:
        if (reply := smalltalk.reply(question)) is not None:
            return Answer(question, Kind.SMALLTALK, reply, suggestions=self.examples()[:2])
        frame = self.parser.understand(question, history, today)
        if (
            not (frame.units or frame.marks or set(frame.asked) - _LOOSE)
            and len(frame.meant) <= _FEW
            and (cry := smalltalk.cry(question)) is not None
        ):
            return Answer(question, Kind.SMALLTALK, cry)
        if not frame.places:
            found = self._framed(frame, asker)
            return found if found.kind is not Kind.ABSTENTION else self._otherwise(question, frame, asker) or found
        if not (frame.meant or frame.asked or frame.units):
            ask = partial(self._topic, today=today, asker=asker)
            if (sides := compared(frame, ask)) is not None:
                return sides
        each = [
            self._framed(replace(frame, scope=frame.scope.placed(place), places=()), asker) for place in frame.places
        ]
        titles = [title(place) for place in frame.places]
        same = len({answer.text for answer in each}) == 1
        told = [replace(a, text=f"{title} : {a.text}") for title, a in zip(titles, each, strict=True)]
        return each[0] if same else joined(told)

    def _topic(self, question: str, scope: Scope, *, today: date, asker: Scope) -> Answer:
        """The answer to one topic for one place."""
        frame = self.parser.understand(question, (), today)
        return self._framed(replace(frame, scope=frame.scope.narrowed(scope)), asker)

    def _otherwise(self, question: str, frame: Frame, asker: Scope) -> Answer | None:
        """The answer to a message that has none as a whole: to the one sentence that asks, else to its two halves."""
        if frame.unheld:
            return None
        told = (self._without_story(cut.split(question), frame, asker) for cut in (_SENTENCES, _CLAUSES))
        return next(filter(None, told), None) or self._by_halves(question, frame, asker)

    def _by_halves(self, question: str, frame: Frame, asker: Scope) -> Answer | None:
        """The answers to the two questions that one "et" joins, the second as it goes on from the first; None where
        neither has one."""
        joints = islice(_AND.finditer(question[:_LONGEST_JOINED]), _MOST_JOINTS)
        for left, right in ((question[: at.start()], question[at.end() :]) for at in joints):
            if not self._asks(left, frame.today):
                continue
            halves = (self.parser.understand(half, said, frame.today) for half, said in ((left, ()), (right, (left,))))
            told = [self._framed(replace(half, scope=frame.scope), asker) for half in halves]
            if any(answer.kind in (Kind.RULE, Kind.PASSAGES) for answer in told):
                return joined(list(map(_of_one_message, told)))
        return None

    def _without_story(self, cut: Sequence[str], frame: Frame, asker: Scope) -> Answer | None:
        """The answer to the one part of a message that asks, where the others tell a story; None where it has none."""
        said = [part for part in cut if len(part.split()) > 1]
        if not 1 < len(said) <= _MOST_SENTENCES:
            return None
        asking = [part for part in said if self._asks(part, frame.today)]
        if len(asking) != 1:
            return None
        alone = self.parser.understand(asking[0], (), frame.today)
        found = self._framed(replace(alone, question=frame.question, scope=frame.scope, places=()), asker)
        return None if found.kind is Kind.ABSTENTION else found

    def _framed(self, frame: Frame, asker: Scope) -> Answer:
        """The answer to one question asked for one scope."""
        frame = replace(frame, scope=asker.narrowed(frame.scope), unheld=self._really_unheld(frame))
        found = self._ruled(frame) or self._quoting.answer(frame)
        if found.rule == "exam.name":  # a name alone says little of what an exam is
            said = self._quoting.under_its_heading(frame)
            found = joined([found, said]) if said else found
        return replace(found, notices=(*found.notices, *self._notices(frame, found)))

    def _empty(self, question: str) -> Answer:
        return Answer(question, Kind.SMALLTALK, _said()["empty"]["verdict"])

    def _ruled(self, frame: Frame) -> Answer | None:
        """The first rule that answers; a value that depends on a name that is not held is not given."""
        for rule in self.rules:
            found = rule.answer(frame, self.knowledge)
            if found is None:
                continue
            if frame.unheld and (found.rule is None or self._depends(found.rule, frame.unheld)):
                return self._of_others(frame)
            return found
        return self._of_others(frame) if frame.unheld else None

    @staticmethod
    def _depends(rule: str, unheld: Iterable[Unheld]) -> bool:
        """Whether what a rule gave depends on the kind of name that is not held: a diploma's always does, and a school
        or a town is of an academy."""
        prop = properties().get(rule.partition(".")[2])
        depends = set(prop.depends if prop else ())
        return any(name.kind == "diploma" or _FIELDS[name.kind] & depends for name in unheld)

    def _really_unheld(self, frame: Frame) -> tuple[Unheld, ...]:
        """The names that no document speaks of: a town where an exam centre stands is not foreign."""
        return tuple(name for name in frame.unheld if not self._spoken_of(name))

    def _spoken_of(self, name: Unheld) -> bool:
        words = [token.text for token in tokens(name.name)]
        whole = name.kind == "academy" or (
            name.kind == "diploma" and len(words) > 1
        )  # "BTS MCV": each word alone is held
        return not whole and bool(words) and all(self._holds(word) for word in words)

    def _of_others(self, frame: Frame) -> Answer:
        """What the library does not hold, and what it holds instead."""
        said, names = _said()["unheld"], ", ".join(f"« {name.name} »" for name in frame.unheld)
        vocabulary = self.knowledge.vocabulary
        held = [*vocabulary.diplomas, *vocabulary.schools, *(f"académie {a}" for a in vocabulary.academies)]
        lines = [said["verdict"].format(names=names), said["held"].format(held=", ".join(held))]
        text = "\n".join([*(lines if held else lines[:1]), _said()["abstention"]["whom"]])
        return Answer(frame.question, Kind.ABSTENTION, text, scope=frame.scope)

    def _notices(self, frame: Frame, found: Answer) -> list[str]:
        said = _said()["notices"]
        notices = [said["carried"].format(carried=", ".join(frame.carried))] if frame.carried else []
        if found.kind is not Kind.ABSTENTION:
            notices += [said["read"].format(typed=c.typed, read=c.read) for c in frame.corrections]
            told = found.citations[:1] if found.kind is Kind.PASSAGES else found.citations
            sessions = {c.session for c in told if c.session}
            notices += [said["session"].format(session=session) for session in sorted(sessions)]
        if frame.unheld and found.kind is Kind.RULE:
            names = ", ".join(f"« {name.name} »" for name in frame.unheld)
            notices.append(_said()["unheld"]["notice"].format(names=names))
        return notices
