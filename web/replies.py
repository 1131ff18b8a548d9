"""A reply: an answer with all that the page shows around it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.answers import Answer, Kind
from assistant.contacting import Contact
from assistant.glossary import Term
from assistant.guide import Guide
from assistant.precisions import Precision, precision
from assistant.questions import remembering
from assistant.understood import Understood, literally, understood
from corpus.documents import Scope
from web import wording
from web.conversation import Turn
from web.quoting import Quote, Quotes


@dataclass(frozen=True)
class Reply:
    """One answer, the turn that it answers, and the guide of the generation that gave it."""

    turn: Turn
    answer: Answer
    understood: Understood
    guide: Guide

    @classmethod
    def to(cls, turn: Turn, guide: Guide) -> Reply:
        asked, assistant = turn.asked, literally(guide.assistant, turn.literal)
        with remembering():
            answer = asked.answered_by(assistant)
            read = understood(assistant, asked.question, asked.history, asked.today, asked.scope)
        return cls(turn, answer, read, guide)

    @property
    def number(self) -> int:
        """The place of this answer in its conversation, from 1; it tells the parts of several on one page apart."""
        return len(self.turn.asked.history) + 1

    @cached_property
    def quotes(self) -> Quotes:
        return Quotes(self.answer, self.guide.assistant.knowledge.documents)

    @cached_property
    def precision(self) -> Precision | None:
        return precision(self.answer, self.understood.frame, self.guide.assistant.knowledge, self._asker)

    @property
    def suggestions(self) -> tuple[str, ...]:
        return self.guide.next(self.answer, self.understood.frame.units, self.turn.asked.history)

    @property
    def rephrasings(self) -> Sequence[str]:
        return self.guide.rephrasings if self.answer.kind is Kind.ABSTENTION else ()

    @property
    def contacts(self) -> Sequence[Contact]:
        """Whom to ask: where nothing answers, or where documents contradict each other."""
        unsure, frame = self.answer.kind is Kind.ABSTENTION or self.answer.disagreements, self.understood.frame
        known = unsure and not frame.unheld  # no school held answers for one that is not
        return self.guide.contacts(self._asker.narrowed(frame.scope)) if known else ()

    @property
    def terms(self) -> Sequence[Term]:
        """The terms of this answer that a document explains, but for those that its quotes explain already."""
        quoted = [quote.citation.quote for quote in self.quotes]
        terms = self.guide.glossary.of([self.answer.text, *quoted])
        return [term for term in terms if not any(term.citation.quote in quote for quote in quoted)]

    @property
    def text(self) -> str:
        """The answer with its sources, as one pastes it into a message."""
        sources = [_source(quote) for quote in self.quotes]
        return "\n\n".join([self.answer.question, self.answer.text, *self.answer.notices, *sources])

    @property
    def _asker(self) -> Scope:
        return self.turn.asked.scope


def _source(quote: Quote) -> str:
    words = " ".join(quote.citation.quote.split())
    return f"[{quote.number}] « {words} »\n    {wording.told(quote.citation)}"
