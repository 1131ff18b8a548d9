"""What an ingest tells, and what stops one: every exception is one French sentence, with what to do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PublishingError(Exception):
    """Documents cannot be published, or what was published cannot be served."""


class NoGeneration(PublishingError):
    """Nothing was ingested yet."""


class LockHeld(PublishingError):
    """Another ingest is writing."""


class Refused(PublishingError):
    """What was asked, or what lies on the disk, cannot be used; nothing was changed."""


class Status(StrEnum):
    INDEXED = "indexed"
    PARTIAL = "partial"
    REFUSED = "refused"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class FileReport:
    """How one file ended: `sentence` says why it is not simply indexed."""

    file: str
    slug: str
    status: Status
    sentence: str = ""
    pages: int = 0
    passages: int = 0
    tables: int = 0
    facts: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class IngestReport:
    """The files in their order, the generation that serves now, what was not as it should be."""

    files: tuple[FileReport, ...] = ()
    generation: int | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CheckReport:
    """What a check found, line by line; `sound` where nothing that is served lacks its evidence."""

    lines: tuple[str, ...]
    sound: bool
