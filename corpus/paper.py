"""A PDF that someone hands over to be looked at: read in memory, in a process apart, kept nowhere."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic
from typing import Any

MOST_PAGES = 60  # pages that are looked into; the others are counted
_HEADER = re.compile(rb"%PDF-(\d\.\d)")
_NEAR_THE_START = 1024  # bytes within which readers look for the header
_START = "import sys; sys.path.insert(0, {root!r}); from corpus.looking import work; work({memory}, {cpu}, {pages})"


@dataclass(frozen=True, slots=True)
class Cost:
    """What looking into one file may take."""

    memory_bytes: int = 512 * 1024 * 1024
    cpu_seconds: int = 4
    wall_seconds: float = 6.0


@dataclass(frozen=True, slots=True)
class Paper:
    """What a file is. `version` is None where it is no PDF; `pages` is None where they could not be read (`damaged`,
    `locked` by a password, or `stopped` early); `blank` and `without_text` are the numbers of pages, from 1, that hold
    nothing, and that hold pictures alone; `looked_into` how many were looked into; `stopped` says that the file would
    have cost too much, and that what is told of it ends there."""

    size: int
    version: str | None = None
    at_start: bool = True
    encrypted: bool = False
    locked: bool = False
    damaged: bool = False
    pages: int | None = None
    looked_into: int = 0
    blank: tuple[int, ...] = ()
    without_text: tuple[int, ...] = ()
    stopped: bool = False


def look_into_each(files: Sequence[bytes], seconds: float) -> list[Paper]:
    """What each file is, all of them looked into within so many seconds."""
    end = monotonic() + seconds
    each = Cost()
    return [
        look_into(data, Cost(each.memory_bytes, each.cpu_seconds, min(each.wall_seconds, end - monotonic())))
        for data in files
    ]


def look_into(data: bytes, cost: Cost | None = None) -> Paper:
    """What a file is, from its bytes alone, as far as that is found within the cost."""
    header = _HEADER.search(data, 0, _NEAR_THE_START)
    if header is None:
        return Paper(len(data))
    version, at_start = header[1].decode(), header.start() == 0
    found, stopped = _asked(data, cost or Cost())
    said = {name: value for line in found for name, value in line.items()}
    if said.get("damaged"):
        return Paper(len(data), version, at_start, damaged=True)
    held = [line["holds"] for line in found if "holds" in line]
    return Paper(
        len(data), version, at_start, said.get("encrypted", False), said.get("locked", False), pages=said.get("pages"),
        looked_into=len(held) - held.count("unread"),
        blank=tuple(n for n, what in enumerate(held, 1) if what == "nothing"),
        without_text=tuple(n for n, what in enumerate(held, 1) if what == "pictures"), stopped=stopped,
    )  # fmt: skip


def _asked(data: bytes, cost: Cost) -> tuple[list[dict[str, Any]], bool]:
    """The lines that the process apart answers, and whether it was stopped before its end."""
    if cost.wall_seconds <= 0:
        return [], True
    root = str(Path(__file__).resolve().parent.parent)
    code = _START.format(root=root, memory=cost.memory_bytes, cpu=cost.cpu_seconds, pages=MOST_PAGES)
    command = [sys.executable, "-I", "-c", code]
    try:
        done = subprocess.run(  # noqa: S603 (this very program)
            command, input=data, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, timeout=cost.wall_seconds,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        return _lines(late.stdout or b""), True
    return _lines(done.stdout), done.returncode != 0


def _lines(answer: bytes) -> list[dict[str, Any]]:
    """The whole lines of an answer; one that was cut is none."""
    return [json.loads(line) for line in answer.split(b"\n")[:-1]]
