"""Where a held document came from and how it was described: what tells whether to read it again, and from what."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from corpus.documents import Restates
from corpus.manifest import Entry


@dataclass(frozen=True, slots=True)
class Origin:
    """`entry` is the manifest's entry as JSON, `readers` the version of the readers that read the file."""

    path: str
    manifest: str | None
    entry: str
    readers: str
    starter: bool = False
    problems: tuple[str, ...] = ()

    def dumps(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def loads(cls, text: str) -> Origin:
        said = json.loads(text)
        return cls(**{**said, "problems": tuple(said["problems"])})


def entry_written(entry: Entry) -> str:
    """An entry as JSON."""
    return json.dumps(asdict(entry), default=date.isoformat)


def entry_read(text: str) -> Entry:
    """The entry that `entry_written` wrote."""
    said: dict[str, Any] = json.loads(text)
    for name in ("academies", "pathway"):
        said[name] = tuple(said[name])
    for name in ("published", "updated"):
        said[name] = _day(said[name])
    if restates := said["restates"]:
        said["restates"] = Restates(restates["title"], restates["issuer"], _day(restates["date"]))
    return Entry(**said)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
