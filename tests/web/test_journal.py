"""What the site keeps of what it is asked: nothing, or what it says it keeps."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assistant.answers import Answer, Kind
from tests.web.examples import COEFFICIENT
from web import create_app
from web.journal import FOLDER, Journal
from web.parts import publisher_for
from web.settings import Settings

TOLD = "je m'appelle Zorglub Fantasio, né le 3 mai 2005, zf@exemple.fr, 06 12 34 56 78 : coefficient E5 ?"


@pytest.fixture
def kept(home: Path, tmp_path: Path) -> Flask:
    """A site of its own home that keeps a journal."""
    publisher_for(Settings(home=tmp_path)).ingest(())
    return create_app(Settings(home=tmp_path, journal=True, rate=0))


def _lines(folder: Path) -> list[dict[str, object]]:
    return [
        json.loads(line) for file in sorted(folder.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()
    ]


def _bytes(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())


def test_nothing_is_written_where_nobody_asked_for_it(client: FlaskClient, home: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in home.rglob("*")}
    client.post("/", data={"question": TOLD})
    client.post("/api/answer", json={"question": TOLD})
    assert not (home / FOLDER).exists()
    assert {path: path.stat().st_mtime_ns for path in home.rglob("*")} == before


def test_a_question_is_kept_masked_with_the_kind_of_its_answer_and_nothing_else(kept: Flask, tmp_path: Path) -> None:
    client = kept.test_client()
    person = {"REMOTE_ADDR": "198.51.100.77"}
    client.post("/", data={"question": TOLD, "history": [COEFFICIENT]}, environ_base=person)
    client.post("/api/answer", json={"question": COEFFICIENT}, environ_base=person)
    conversation = {"model": "reglo", "messages": [{"role": "user", "content": "bonjour"}]}
    client.post("/v1/chat/completions", json=conversation, environ_base=person)
    lines = _lines(tmp_path / FOLDER)
    assert [set(line) for line in lines] == [{"question", "kind", "rule"}] * 3
    assert [line["kind"] for line in lines] == ["rule", "rule", "smalltalk"]
    written = _bytes(tmp_path / FOLDER).decode()
    assert "coefficient E5" in written
    for told in ("Zorglub", "Fantasio", "2005", "zf@", "06 12", "198.51.100.77"):
        assert told not in written
    assert b"198.51.100.77" not in _bytes(tmp_path)


def test_the_journal_is_for_no_other_user_of_the_machine(kept: Flask, tmp_path: Path) -> None:
    kept.test_client().post("/", data={"question": COEFFICIENT})
    (file,) = (tmp_path / FOLDER).glob("*.jsonl")
    assert oct(file.stat().st_mode & 0o777) == "0o600"
    assert oct(file.parent.stat().st_mode & 0o777) == "0o700"


def _journal_of_days(folder: Path, today: date, days: int) -> Journal:
    journal = Journal(folder)
    for past in range(days):
        journal.write("E5 ?", Answer("E5 ?", Kind.RULE, "3"), today - timedelta(days=past))
    return journal


def test_what_is_older_than_the_days_set_is_erased_and_what_is_not_stays(tmp_path: Path) -> None:
    today = date(2026, 11, 20)
    journal = _journal_of_days(tmp_path, today, 40)
    (tmp_path / "notes.jsonl").write_text("pas à nous")
    assert journal.purge(today, 30) == 10
    kept = sorted(file.stem for file in tmp_path.glob("2*.jsonl"))
    assert (kept[0], kept[-1], len(kept)) == ("2026-10-22", "2026-11-20", 30)
    assert journal.purge(today, 0) == 30
    assert [file.name for file in tmp_path.iterdir()] == ["notes.jsonl"]


def test_a_site_that_stays_open_forgets_day_by_day(
    kept: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, today = kept.test_client(), Settings().today()
    _journal_of_days(tmp_path / FOLDER, today, 30)
    monkeypatch.setattr(Settings, "today", lambda _: today + timedelta(days=5))
    client.get("/healthz")
    assert len(list((tmp_path / FOLDER).glob("*.jsonl"))) == 25


@pytest.mark.parametrize(("arguments", "left"), [((), 7), (("--all",), 0)])
def test_the_command_erases(tmp_path: Path, arguments: tuple[str, ...], left: int) -> None:
    _journal_of_days(tmp_path / FOLDER, Settings().today(), 12)
    command = [sys.executable, "-c", "from web.commands import main; main()", "purge", *arguments]
    environment = {**os.environ, "REGLO_HOME": str(tmp_path), "REGLO_JOURNAL_DAYS": "7"}
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert f"{12 - left} jours" in said
    assert len(list((tmp_path / FOLDER).glob("*.jsonl"))) == left


def test_the_page_says_what_is_kept_as_the_site_is_set(client: FlaskClient, home: Path) -> None:
    page = client.get("/confidentialite")
    assert page.status_code == 200
    assert "Les questions ne sont pas gardées" in page.text
    keeps = create_app(Settings(home=home, journal=True, journal_days=12, rate=0)).test_client()
    assert "12 jours" in keeps.get("/confidentialite").text
    assert "ne sont pas gardées" not in keeps.get("/confidentialite").text


def test_what_is_said_of_an_answer_is_kept_with_its_question_masked(kept: Flask, tmp_path: Path) -> None:
    client = kept.test_client()
    client.post("/avis", data={"question": TOLD, "found": "no", "reason": "unclear"})
    (line,) = _lines(tmp_path / FOLDER)
    assert (line["found"], line["reason"]) == (False, "unclear")
    assert "Zorglub" not in str(line["question"])


def test_what_is_said_of_an_answer_is_forgotten_where_no_journal_is_kept(client: FlaskClient, home: Path) -> None:
    assert client.post("/avis", data={"question": TOLD, "found": "yes"}).status_code == 200
    assert not (home / FOLDER).exists()


def test_a_journal_that_cannot_be_written_costs_nobody_an_answer_and_is_told_once(
    kept: Flask, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / FOLDER).write_text("not a folder")
    client = kept.test_client()
    today = Settings().today()
    monkeypatch.setattr(Settings, "today", lambda _: today + timedelta(days=1))
    for _ in range(2):
        assert client.post("/", data={"question": COEFFICIENT}).status_code == 200
        assert client.post("/api/answer", json={"question": COEFFICIENT}).get_json()["kind"] == "rule"
        assert client.post("/avis", data={"question": TOLD, "found": "yes"}).status_code == 200
    assert len([record for record in caplog.records if "journal" in record.getMessage()]) == 1
    assert "Zorglub" not in caplog.text


@pytest.mark.parametrize("journal", [True, False])
def test_a_site_forgets_what_is_due_as_it_opens(tmp_path: Path, journal: bool) -> None:
    _journal_of_days(tmp_path / FOLDER, Settings().today(), 12)
    create_app(Settings(home=tmp_path, journal=journal, journal_days=7))
    assert len(list((tmp_path / FOLDER).glob("*.jsonl"))) == 7
