"""What an asker pinned of themselves: it travels with the form, as the conversation does, and is kept nowhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final

from assistant.askers import Offered
from corpus.documents import Scope

FIELDS: Final = ("school", "academy", "session", "status")
_LONGEST = 200  # characters of a value


@dataclass(frozen=True, slots=True)
class Profile:
    """The values pinned, as the form holds them; an empty one says nothing."""

    school: str = ""
    academy: str = ""
    session: str = ""
    status: str = ""

    @classmethod
    def read(cls, form: Mapping[str, str]) -> Profile:
        """What a form says, whatever it is."""
        return cls(**{name: form.get(name, "").strip()[:_LONGEST] for name in FIELDS})

    def known(self, offered: Offered) -> Profile:
        """The values that the library offers: a name that it does not hold is no one's case here."""
        unknown = {name: "" for name, value in self.stated() if not offered.holds(name, value)}
        return replace(self, **unknown)

    def but(self, name: str) -> Profile:
        """This profile without one of its values."""
        return replace(self, **{name: ""}) if name in FIELDS else self

    def stated(self) -> Iterator[tuple[str, str]]:
        return ((f.name, value) for f in fields(self) if (value := getattr(self, f.name)))

    def status_scope(self) -> Scope:
        """What the status says; the other values are read with the question, which says what is wrong with them."""
        return Scope(status=(self.status,) if self.status else ())

    def __str__(self) -> str:
        return ", ".join(f"session {value}" if name == "session" else value for name, value in self.stated())

    def __bool__(self) -> bool:
        return any(value for _, value in self.stated())
