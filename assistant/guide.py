"""Guide: what goes with the answers of one generation: what may be asked, by whom, of whom, and in which words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from functools import cached_property, lru_cache

from assistant.answers import Answer
from assistant.askers import Offered, offered
from assistant.assistant import Assistant
from assistant.contacting import Contact, contacts
from assistant.glossary import Glossary
from assistant.openings import Audience, follow_ups, known_questions, openings, rephrasings
from corpus.documents import Scope

_NEXT = 3  # questions proposed after an answer


class Guide:
    """Computed once for an assistant, each part when it is first asked for. `today` is the day it is made."""

    def __init__(self, assistant: Assistant, today: date) -> None:
        self.assistant = assistant
        self._today = today
        self.contacts = lru_cache(maxsize=64)(self._contacts)

    @cached_property
    def offered(self) -> Offered:
        return offered(self.assistant.knowledge)

    @cached_property
    def glossary(self) -> Glossary:
        return Glossary(self.assistant.knowledge)

    @cached_property
    def openings(self) -> tuple[Audience, ...]:
        return openings(self.assistant, self._today)

    @cached_property
    def questions(self) -> tuple[str, ...]:
        return known_questions(self.assistant, self.openings)

    def next(self, answer: Answer, units: Sequence[str], asked: Collection[str]) -> tuple[str, ...]:
        """What one may ask after an answer; where it leads to little, what others like its asker start with."""
        own = follow_ups(self.assistant, answer, units)
        alike = sorted(self.openings, key=lambda audience: answer.question not in audience.questions)
        turns = [question for audience in alike for question in audience.questions]
        known = {answer.question, *asked, *own}
        return (*own, *(question for question in turns if question not in known))[: max(len(own), _NEXT)]

    @cached_property
    def rephrasings(self) -> tuple[str, ...]:
        return rephrasings(self.assistant)

    def _contacts(self, scope: Scope) -> tuple[Contact, ...]:
        return contacts(self.assistant.knowledge, scope)


@lru_cache(maxsize=2)
def guide_of(assistant: Assistant, today: date) -> Guide:
    """The guide of an assistant, made again each day: what is to come changes with it."""
    return Guide(assistant, today)
