"""The journal of questions, kept only where the site is set to: masked, a file for each day, gone after some days."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from web.asking import heard
from web.masking import masked

if TYPE_CHECKING:
    from logging import Logger

    from flask import Flask, Response

    from assistant.answers import Answer
    from web.feedback import Feedback
    from web.settings import Settings

FOLDER: Final = "questions"
# Where a person asks; the same question computed again (a link, a calendar) is not written twice.
_ASKED_AT: Final = {"chat.answer", "api.answer", "completions.complete"}


class Journal:
    """`folder` holds one file of JSON lines for each day, its name the day's."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._writing = threading.Lock()

    def write(self, question: str, answer: Answer, today: date) -> None:
        """Keep the question without what tells who asked, what kind of answer it got, and nothing else."""
        self._add({"question": masked(question, today), "kind": str(answer.kind), "rule": answer.rule}, today)

    def judge(self, question: str, said: Feedback, today: date) -> None:
        """Keep what someone says of an answer, with its question masked alike."""
        self._add({"question": masked(question, today), "found": said.found, "reason": said.reason}, today)

    def _add(self, line: Mapping[str, object], today: date) -> None:
        with self._writing:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            file = os.open(self._folder / f"{today}.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            with os.fdopen(file, "a", encoding="utf-8") as journal:
                journal.write(json.dumps(line, ensure_ascii=False) + "\n")

    def purge(self, today: date, days: int) -> int:
        """Erase what is older than so many days (0: everything); how many days are gone."""
        old = [file for day, file in self._days() if day <= today - timedelta(days=days)]
        for file in old:
            file.unlink(missing_ok=True)
        return len(old)

    def _days(self) -> Iterator[tuple[date, Path]]:
        for file in sorted(self._folder.glob("*.jsonl")):
            try:
                yield date.fromisoformat(file.stem), file
            except ValueError:
                continue  # not ours


def journal_of(settings: Settings) -> Journal:
    return Journal(settings.home / FOLDER)


class _Keeper:
    """What the site does around each request: listens, writes, and at each new day forgets what is due."""

    def __init__(self, settings: Settings, log: Logger) -> None:
        self._settings, self._journal, self._log = settings, journal_of(settings), log
        self._day = settings.today()
        self._told = False

    @staticmethod
    def listen() -> None:
        heard.set([])

    def hear(self, said: Feedback) -> None:
        with self._at_best():
            self._journal.judge(said.turn.asked.question, said, self._settings.today())

    def keep(self, response: Response) -> Response:
        from flask import request

        today = self._settings.today()
        with self._at_best():
            if request.endpoint in _ASKED_AT and response.status_code == 200:
                for question, answer in heard.get() or ():
                    self._journal.write(question, answer, today)
        if today != self._day:
            self._day = today
            self.forget()
        return response

    def forget(self) -> None:
        """Erase what is due today."""
        with self._at_best():
            self._journal.purge(self._settings.today(), self._settings.journal_days)

    @contextmanager
    def _at_best(self) -> Iterator[None]:
        """Whoever asks gets an answer, whatever becomes of the journal; its keeper is told once."""
        try:
            yield
        except OSError as error:
            if not self._told:
                self._told = True
                self._log.error("The journal cannot be kept: %s", error)


def add_to(app: Flask) -> None:
    """Keep a journal where the site is set to, and let the pages know for how many days."""
    from web.feedback import keep_with

    settings: Settings = app.extensions["reglo"].settings
    app.extensions["reglo-kept-days"] = settings.journal_days if settings.journal else 0
    keeper = _Keeper(settings, app.logger)
    keeper.forget()  # of a journal that is no longer kept too
    if settings.journal:
        app.before_request(keeper.listen)
        app.after_request(keeper.keep)
        keep_with(app, keeper.hear)
