"""One writer at a time in a home. The system lets go of the lock when its owner ends, however it ends."""

from __future__ import annotations

import fcntl
import getpass
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from assistant.reports import LockHeld


@contextmanager
def locked(path: Path) -> Iterator[str | None]:
    """Hold a lock, or raise LockHeld with who holds it and since when.

    Gives the name of the process that died with the lock in hand, None where the last one let it go.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    # The file stays when the lock goes: removing it would let two writers lock two files of one name.
    with path.open("a+", encoding="utf-8") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LockHeld(_held(path)) from None
        died = _signed(path)
        _sign(path)
        try:
            yield f"{died['owner']}, processus {died['pid']}" if died else None
        finally:
            os.truncate(path, 0)


def _sign(path: Path) -> None:
    path.write_text(json.dumps({"owner": _owner(), "pid": os.getpid(), "since": time.time()}), encoding="utf-8")


def _signed(path: Path) -> dict[str, Any] | None:
    """Who signed the lock last; None where nobody did, or is just doing so."""
    try:
        signed = json.loads(path.read_text(encoding="utf-8"))
        return {"owner": str(signed["owner"]), "pid": int(signed["pid"]), "since": float(signed["since"])}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _owner() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())


def _held(path: Path) -> str:
    signed = _signed(path)
    age = max(0, round(time.time() - signed["since"])) if signed else 0
    who = f" ({signed['owner']}, processus {signed['pid']}, depuis {age} s)" if signed else ""
    return f"Une autre ingestion écrit dans {path.parent}{who} : attendez qu'elle finisse, puis recommencez."
