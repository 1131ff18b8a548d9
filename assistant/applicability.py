"""Whose rules a document gives, and whether they are those of who asks: by school, academy and session."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.dossier_statements import SHEET
from assistant.sheets import sheet
from corpus.documents import Document, Scope


@dataclass(frozen=True, slots=True)
class Origin:
    """A document whose rules these are. `fits`: whether they are the asker's, None where that is not known; `notes` say
    why."""

    document: Document
    fits: bool | None
    notes: tuple[str, ...]


def origin(document: Document, scope: Scope) -> Origin:
    """What is to be said of a document before its rules, to an asker of this scope."""
    said, own = sheet(SHEET)["said"], document.scope
    checks: list[tuple[bool | None, str]] = []
    if own.school:
        mine = scope.school == own.school if scope.school else None
        checks.append((mine, _note("school", mine).format(yours=scope.school, school=own.school)))
    if own.academies:
        mine = bool(set(scope.academies) & set(own.academies)) if scope.academies else None
        checks.append((mine, _note("academy", mine).format(yours=", ".join(scope.academies))))
    if own.session:
        mine = scope.session == own.session if scope.session else None
        checks.append((mine, _note("session", mine).format(yours=scope.session, session=own.session)))
    fits = [one for one, _ in checks]
    notes = tuple(note for _, note in checks) or (said["unbound"],)
    return Origin(document, False if False in fits else None if None in fits else True, notes)


def _note(what: str, mine: bool | None) -> str:
    """Whether the school, the academy or the session of a document is the asker's, in words."""
    return str(sheet(SHEET)["said"][what]["unsaid" if mine is None else "mine" if mine else "other"])
