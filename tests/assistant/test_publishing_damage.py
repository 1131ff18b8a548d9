"""What is broken between two ingests, or gets in the way of one: said in one sentence, and mended by the next."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.publishing import Publisher, PublishingError
from index.encoder import Encoder, load_encoder

ROOT = Path(__file__).parent.parent.parent
TODAY = date(2026, 11, 20)
QUESTION = "Quel est le coefficient de E1 ?"
EXAM = "# Examen\n\nLes mots.\n\n| Épreuve | Coefficient |\n|---|---|\n| E1 Culture | {} |\n| E2 Langue | 3 |\n"


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "examen.md").write_text(EXAM.format(2), encoding="utf-8")
    (folder / "avis.md").write_text("# Avis\n\nLes convocations partent le 3 mars.\n", encoding="utf-8")
    return folder


@pytest.fixture
def opened(tmp_path: Path, folder: Path, encoder: Encoder) -> Callable[[], Publisher]:
    """Opens a home that holds two documents, as a process that starts would."""
    Publisher(tmp_path / "home", lambda: encoder).ingest([folder])
    return lambda: Publisher(tmp_path / "home", lambda: encoder)


def texts(publisher: Publisher) -> dict[str, str]:
    return {document.slug: document.text for document in publisher.documents()}


def change(publisher: Publisher, statement: str) -> None:
    with sqlite3.connect(publisher.home / "reglo.db") as connection:
        connection.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE documents SET text = replace(text, 'E1', 'E9')",
        "UPDATE documents SET text = replace(text, 'Les mots', 'Des mets')",
        "UPDATE documents SET text = ''",
        "UPDATE documents SET body = replace(body, '[', '{')",
        "UPDATE documents SET body = replace(body, 'Examen', 'Mensonge')",
        "UPDATE documents SET body = '{}'",
        "UPDATE passages SET start = start + 1",
        "UPDATE passages SET section = '['",
        "UPDATE passages SET kind = 'inconnu'",
        "DELETE FROM passages",
        "DELETE FROM passages WHERE id = (SELECT min(id) FROM passages)",
    ],
)
def test_rows_that_someone_changed_are_never_served_and_are_read_again(
    opened: Callable[[], Publisher], folder: Path, statement: str
) -> None:
    before = texts(opened())
    change(opened(), statement)
    for attempt in (lambda: opened().assistant(), lambda: opened().documents()):
        with pytest.raises(PublishingError, match="reglo ingest"):
            attempt()
    shutil.rmtree(folder)
    opened().ingest()
    assert texts(opened()) == before
    assert "2" in opened().assistant().answer(QUESTION, today=TODAY).text


def test_a_damaged_document_that_cannot_be_read_again_goes_and_is_named(
    opened: Callable[[], Publisher], folder: Path
) -> None:
    change(opened(), "UPDATE documents SET origin = 'rien' WHERE slug = 'avis'")
    shutil.rmtree(folder)
    report = opened().ingest()
    assert any("« avis » était abîmé" in warning for warning in report.warnings)
    assert list(texts(opened())) == ["examen"]


def test_a_damaged_document_is_read_again_whatever_is_ingested(opened: Callable[[], Publisher], folder: Path) -> None:
    before = texts(opened())
    change(opened(), "UPDATE documents SET text = replace(text, '3 mars', '4 mars')")
    (folder / "autre.md").write_text("# Autre\n\nAutre chose.\n", encoding="utf-8")
    opened().ingest([folder / "autre.md"])
    assert {slug: text for slug, text in texts(opened()).items() if slug != "autre"} == before


def test_a_copy_that_was_spoilt_is_never_read(opened: Callable[[], Publisher], folder: Path) -> None:
    publisher = opened()
    for document in publisher.documents():
        kept = publisher.file(document)
        assert kept is not None
        kept.write_text("# Mensonge\n\nAutre chose.\n", encoding="utf-8")
    before = texts(publisher)
    publisher.ingest([folder])
    kept = publisher.file(publisher.documents()[0])
    assert kept is not None
    assert "Mensonge" not in kept.read_text(encoding="utf-8")
    kept.write_text("# Mensonge\n\nAutre chose.\n", encoding="utf-8")
    shutil.rmtree(folder)
    report = publisher.ingest()
    assert any("redonnez-le" in file.sentence for file in report.files)
    assert texts(publisher) == before


def test_a_generation_without_its_folder_is_refused_then_made_again(opened: Callable[[], Publisher]) -> None:
    shutil.rmtree(opened().home / "generations")
    with pytest.raises(PublishingError, match="reglo ingest"):
        opened().assistant()
    opened().ingest()
    assert opened().assistant().passages


def test_a_home_without_its_database_starts_again(opened: Callable[[], Publisher], folder: Path) -> None:
    for file in opened().home.glob("reglo.db*"):
        file.unlink()
    opened().ingest([folder])
    assert sorted(texts(opened())) == ["avis", "examen"]
    assert "2" in opened().assistant().answer(QUESTION, today=TODAY).text


def test_a_page_of_the_database_that_is_garbled_is_one_sentence(opened: Callable[[], Publisher]) -> None:
    publisher = opened()
    change(publisher, "VACUUM")
    publisher.store.close()
    with sqlite3.connect(publisher.home / "reglo.db") as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    file = publisher.home / "reglo.db"
    content = bytearray(file.read_bytes())
    content[4096:] = b"\xa5" * (len(content) - 4096)
    file.write_bytes(bytes(content))
    for attempt in (lambda: opened().assistant(), lambda: opened().documents(), lambda: opened().ingest()):
        with pytest.raises(PublishingError) as said:
            attempt()
        assert "reglo.db" in str(said.value)


_SHORT = """
import resource, sys
from pathlib import Path
from assistant.publishing import Publisher, PublishingError
from index.encoder import load_encoder
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]),) * 2)
try:
    Publisher(Path(sys.argv[1]), load_encoder).ingest([Path(sys.argv[2])])
except PublishingError as said:
    print(said)
    sys.exit(3)
"""


@pytest.mark.parametrize("room", [0, 100, 700, 4_000, 12_000, 50_000, 80_000])
def test_a_disk_without_room_is_one_sentence_and_the_old_generation_serves(
    opened: Callable[[], Publisher], folder: Path, room: int
) -> None:
    """A limit on the size of files stands for a full disk: writing fails at the same places."""
    (folder / "examen.md").write_text(EXAM.format(7), encoding="utf-8")
    (folder / "long.md").write_text("# Long\n\n" + "Une phrase assez longue.\n\n" * 3000, encoding="utf-8")
    command = [sys.executable, "-c", _SHORT, str(opened().home), str(folder), str(room)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 3, done.stderr[-600:]
    assert len(done.stdout.splitlines()) == 1
    assert "disque" in done.stdout
    assert "2" in opened().assistant().answer(QUESTION, today=TODAY).text
    opened().ingest([folder])
    assert "7" in opened().assistant().answer(QUESTION, today=TODAY).text


@pytest.mark.parametrize("where", ["/proc/reglo", "file/home"])
def test_a_home_that_cannot_be_made_is_one_french_sentence(tmp_path: Path, folder: Path, where: str) -> None:
    (tmp_path / "file").write_text("un fichier", encoding="utf-8")
    with pytest.raises(PublishingError, match=r"ne peut pas être écrit, .*--home\.$"):
        Publisher(tmp_path / where, load_encoder).ingest([folder])
