"""Many questions in one process: a JSON line each, an answer each, in the same order."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from web.asking import Asked, read_json, read_request
from web.failures import sentence

if TYPE_CHECKING:
    from assistant.assistant import Assistant


def answer_all(batch: Path, assistant: Assistant, default: Asked) -> None:
    """One answer per line, in order; a line that cannot be answered is named and loses no other."""
    wrong = 0
    for number, line in enumerate(_lines(batch), start=1):
        if not line.strip():
            continue
        try:
            asked = read_request(read_json(line), default.today, default.scope)
            click.echo(json.dumps(asked.as_json(asked.answered_by(assistant)), ensure_ascii=False))
        except BrokenPipeError:
            raise
        except Exception as error:  # whatever happens to one question, the others get their answers
            wrong += 1
            click.echo(f"reglo : ligne {number} : {sentence(error) or repr(error)}", err=True)
    if wrong:
        raise click.exceptions.Exit(1)


def _lines(batch: Path) -> Iterable[bytes]:
    if str(batch) == "-":
        return sys.stdin.buffer
    return batch.open("rb")
