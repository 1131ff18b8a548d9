"""What an asker may say of themselves, in the library's own words: school, academy, session, status."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields

from assistant.knowledge import Knowledge
from corpus.documents import Scope


@dataclass(frozen=True, slots=True)
class Offered:
    """The values that the documents know, those of a status with what precises it after the bare one."""

    school: tuple[str, ...]
    academy: tuple[str, ...]
    session: tuple[str, ...]
    status: tuple[str, ...]

    def holds(self, field: str, value: str) -> bool:
        """Whether a value is one of these; any year is a session, held or not: the answer then says that it is not."""
        return field == "session" or value in getattr(self, field)

    def __bool__(self) -> bool:
        return any(getattr(self, field.name) for field in fields(self))


def offered(knowledge: Knowledge) -> Offered:
    """What the documents of one generation let an asker choose from."""
    scopes = [document.scope for document in knowledge.documents.values()]
    scopes += [fact.scope for fact in knowledge.facts.facts]
    return Offered(
        tuple(sorted(knowledge.vocabulary.schools)),
        tuple(sorted(knowledge.vocabulary.academies)),
        tuple(str(year) for year in sorted({s.session for s in scopes if s.session}, reverse=True)),
        _statuses(scopes),
    )


def _statuses(scopes: Iterable[Scope]) -> tuple[str, ...]:
    named = {status for scope in scopes for status in (*scope.status, *scope.pathway)}
    bare = {status.partition(" (")[0] for status in named}
    return tuple(sorted(named | bare, key=lambda status: (status.partition(" (")[0], status)))
