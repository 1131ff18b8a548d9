"""A turn of the conversation: what a form asks, with all that travels with it, checked once for every page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from werkzeug.datastructures import MultiDict

from assistant.askers import Offered
from assistant.assistant import Assistant
from assistant.understood import without
from web.asking import EARLIER, LONGEST, Asked, read_request, recent
from web.profile import Profile
from web.settings import Settings

_LITERAL = 8  # words that may be asked for as they were typed
Form = MultiDict[str, str]


@dataclass(frozen=True, slots=True)
class Turn:
    """A question with what travels with it: the conversation, the profile, the words to be read as they are typed."""

    asked: Asked
    profile: Profile
    literal: tuple[str, ...] = ()

    @property
    def history(self) -> tuple[str, ...]:
        """The questions that travel with the next one."""
        return recent((*self.asked.history, self.asked.question))

    def fields(self) -> Iterator[tuple[str, str]]:
        """The fields of a form that asks this again."""
        yield "question", self.asked.question
        yield from (("history", question) for question in self.asked.history)
        yield from self.profile.stated()
        yield from (("literal", word) for word in self.literal)

    def pins(self, key: str) -> bool:
        """Whether the asker pinned a thing: what the site is set to speak of is not theirs to take back."""
        field, _, value = key.partition(":")
        return (field, value) in self.profile.stated()

    def less(self, key: str, assistant: Assistant) -> Turn | None:
        """The same question for one who did not speak of a thing; None where no few words of it did."""
        if self.pins(key):
            return replace(self, profile=self.profile.but(key.partition(":")[0]))
        if (rest := without(assistant, self.asked.question, key, self.asked.today)) is not None:
            return replace(self, asked=replace(self.asked, question=rest, history=()))
        return replace(self, asked=replace(self.asked, history=())) if self.asked.history else None


def read_turn(form: Form, settings: Settings, offered: Offered) -> Turn:
    """The turn that a form or an address asks for. Raises BadQuestion."""
    profile = Profile.read(form).known(offered)
    history = history_of(form)
    question = form.get("question")
    if again := form.get("again"):  # the last question, for what is pinned now
        question, history = again, history[:-1] if history[-1:] == (again,) else history
    given = {**dict(profile.stated()), "question": question, "history": history}
    asked = read_request(given, settings.today(), settings.scope())
    asked = replace(asked, scope=asked.scope.narrowed(profile.status_scope()))
    return Turn(asked, profile, tuple(word[:LONGEST] for word in form.getlist("literal")[:_LITERAL]))


def history_of(form: Form) -> tuple[str, ...]:
    """The earlier questions; a form that someone lengthened is cut, not refused."""
    return recent([question[:LONGEST] for question in form.getlist("history")[-EARLIER:]])
