"""Publishing: what an ingest changes and what it leaves, one generation at a time, whatever happens on the way."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.lock import locked
from assistant.publishing import (
    FileReport,
    IngestReport,
    LockHeld,
    NoGeneration,
    Publisher,
    PublishingError,
    Status,
)
from corpus.documents import Scope
from corpus.library import starter
from corpus.store import StoreError
from index.encoder import Encoder, load_encoder
from index.generation import verify

ROOT = Path(__file__).parent.parent.parent
TABLE = "\n\n| Épreuve | Coefficient | Durée |\n|---|---|---|\n| E1 Culture | {} | 2 h |\n| E2 Langue | 3 | 1 h |\n"
MANIFEST = '[[document]]\nslug = "{}"\nfile = "{}"\ntitle = "{}"\ndiploma = "BTS MCO"\n'
TODAY = date(2026, 11, 20)


class Counting:
    """The embedded encoder, which remembers what it was asked to encode."""

    def __init__(self) -> None:
        self._inner = load_encoder()
        self.name, self.dimension, self.fingerprint = self._inner.name, self._inner.dimension, self._inner.fingerprint
        self.texts: list[str] = []

    def encode(self, texts: Sequence[str]):  # type: ignore[no-untyped-def]  # noqa: ANN201
        self.texts += texts
        return self._inner.encode(texts)

    def encode_questions(self, texts: Sequence[str]):  # type: ignore[no-untyped-def]  # noqa: ANN201
        return self._inner.encode_questions(texts)

    def knows(self, word: str) -> bool:
        return self._inner.knows(word)


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load_encoder()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def publisher(home: Path, encoder: Encoder) -> Publisher:
    return Publisher(home, lambda: encoder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two documents to ingest."""
    return wrote(
        tmp_path / "documents", avis="Les convocations partent le 3 mars.", examen="L'examen." + TABLE.format(2)
    )


def wrote(folder: Path, **texts: str) -> Path:
    folder.mkdir(exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.md").write_text(f"# Titre de {name}\n\n{text}\n", encoding="utf-8")
    return folder


def by_slug(report: IngestReport) -> dict[str, FileReport]:
    return {file.slug: file for file in report.files}


def held(publisher: Publisher) -> list[str]:
    return [document.slug for document in publisher.documents()]


def text_of(publisher: Publisher, slug: str) -> str:
    return next(document.text for document in publisher.documents() if document.slug == slug)


def snapshot(home: Path) -> set[Path]:
    return {path.relative_to(home) for path in home.rglob("*")} if home.exists() else set()


def test_files_go_in_and_their_answers_come_out(publisher: Publisher, folder: Path) -> None:
    report = publisher.ingest([folder])
    files = by_slug(report)
    assert set(files) == {"avis", "examen"}
    assert {file.status for file in files.values()} == {Status.INDEXED}
    assert files["examen"].tables == 1
    assert files["examen"].passages >= 2
    assert files["examen"].facts > 0
    assert files["avis"].pages == 1
    answer = publisher.assistant().answer("Quel est le coefficient de E1 ?", today=TODAY)
    assert "2" in answer.text
    assert answer.citations[0].document == "examen"


def test_every_passage_is_an_exact_slice_of_a_document_that_is_held(publisher: Publisher, folder: Path) -> None:
    publisher.ingest([folder])
    assistant = publisher.assistant()
    documents = {document.slug: document for document in publisher.documents()}
    assert set(assistant.searcher.ids.tolist()) == set(assistant.passages)
    for id_, passage in assistant.passages.items():
        assert passage.id == id_
        assert documents[passage.document].text[passage.start : passage.end] == passage.text


def test_nothing_is_held_before_the_first_ingest_and_asking_makes_no_folder(publisher: Publisher, home: Path) -> None:
    assert publisher.documents() == []
    with pytest.raises(NoGeneration, match="lancez « reglo ingest »"):
        publisher.assistant()
    assert not home.exists()


def test_the_same_files_again_are_nothing_to_do(publisher: Publisher, folder: Path) -> None:
    first = publisher.ingest([folder])
    again = publisher.ingest([folder])
    assert again.generation == first.generation
    assert {file.status for file in again.files} == {Status.UNCHANGED}
    assert [file.passages for file in again.files] == [file.passages for file in first.files]
    assert [file.facts for file in again.files] == [file.facts for file in first.files]


def test_a_changed_file_replaces_its_document_and_no_other_is_read_again(publisher: Publisher, folder: Path) -> None:
    first = publisher.ingest([folder])
    wrote(folder, avis="Les convocations partent le 9 avril.")
    second = publisher.ingest([folder])
    assert second.generation != first.generation
    assert {slug: file.status for slug, file in by_slug(second).items()} == {
        "avis": Status.INDEXED,
        "examen": Status.UNCHANGED,
    }
    assert "9 avril" in text_of(publisher, "avis")
    assert "3 mars" not in text_of(publisher, "avis")


def test_no_vector_is_computed_twice(home: Path, folder: Path) -> None:
    counting = Counting()
    publisher = Publisher(home, lambda: counting)
    publisher.ingest([folder])
    assert counting.texts
    counting.texts.clear()
    wrote(folder, avis="Les convocations partent le 9 avril.")
    publisher.ingest([folder])
    assert counting.texts
    assert all("avril" in text for text in counting.texts)


def test_beyond_the_setting_vectors_are_grouped_and_another_setting_makes_the_index_anew(
    home: Path, encoder: Encoder, folder: Path
) -> None:
    for exact, kind in ((1, "grouped"), (1_000, "exact")):
        Publisher(home, lambda: encoder, exact=exact).ingest([folder])
        number = max((home / "generations").iterdir(), key=lambda path: int(path.name))
        assert verify(number)["vectors"] == kind


def test_a_changed_manifest_entry_is_taken_in(publisher: Publisher, folder: Path) -> None:
    publisher.ingest([folder])
    (folder / "manifest.toml").write_text(MANIFEST.format("avis", "avis.md", "Un autre titre"), encoding="utf-8")
    publisher.ingest([folder])
    titles = {document.slug: document.title for document in publisher.documents()}
    assert titles["avis"] == "Un autre titre"


def test_a_file_that_a_manifest_gives_another_slug_is_not_held_twice(publisher: Publisher, folder: Path) -> None:
    publisher.ingest([folder])
    (folder / "manifest.toml").write_text(MANIFEST.format("notice", "avis.md", "La notice"), encoding="utf-8")
    publisher.ingest([folder])
    assert held(publisher) == ["examen", "notice"]


def test_a_file_without_a_manifest_entry_is_taken_with_a_warning(publisher: Publisher, folder: Path) -> None:
    assert any("avis" in warning for warning in publisher.ingest([folder]).warnings)


def test_a_refused_file_keeps_the_others_and_says_why(publisher: Publisher, folder: Path) -> None:
    (folder / "vide.pdf").write_bytes(b"")
    report = publisher.ingest([folder])
    refused = by_slug(report)["vide"]
    assert refused.status is Status.REFUSED
    assert "vide" in refused.sentence
    assert held(publisher) == ["avis", "examen"]


def test_a_file_that_became_unreadable_keeps_its_old_version_and_says_so(publisher: Publisher, folder: Path) -> None:
    publisher.ingest([folder])
    (folder / "avis.md").write_bytes(b"\x00\x01\x02" * 50)
    report = publisher.ingest([folder])
    refused = by_slug(report)["avis"]
    assert refused.status is Status.REFUSED
    assert "gardée" in refused.sentence
    assert "3 mars" in text_of(publisher, "avis")


def test_files_that_are_all_refused_publish_nothing(publisher: Publisher, tmp_path: Path) -> None:
    (tmp_path / "vide.txt").write_bytes(b"")
    report = publisher.ingest([tmp_path / "vide.txt"])
    assert [file.status for file in report.files] == [Status.REFUSED]
    with pytest.raises(NoGeneration):
        publisher.assistant()


def test_a_path_that_is_not_there_changes_nothing(publisher: Publisher, folder: Path, home: Path) -> None:
    first = publisher.ingest([folder]).generation
    with pytest.raises(Exception, match=r"absent\.pdf : .*n'existe pas"):
        publisher.ingest([folder, folder / "absent.pdf"])
    assert publisher.ingest([folder]).generation == first


def test_progress_is_told_file_by_file(publisher: Publisher, folder: Path) -> None:
    told: list[FileReport] = []
    publisher.ingest([folder], progress=told.append)
    assert sorted(report.slug for report in told) == ["avis", "examen"]


def test_the_starter_documents_come_first_and_the_first_of_ones_own_replace_them(
    publisher: Publisher, folder: Path
) -> None:
    assert len(publisher.ingest().files) == len(list(starter().glob("*.md")))
    report = publisher.ingest([folder])
    assert held(publisher) == ["avis", "examen"]
    assert any("--keep-starter" in warning for warning in report.warnings)


def test_the_starter_documents_stay_where_that_is_asked(publisher: Publisher, folder: Path) -> None:
    publisher.ingest()
    report = publisher.ingest([folder], keep_starter=True)
    assert len(held(publisher)) == 2 + len(list(starter().glob("*.md")))
    assert not any("--keep-starter" in warning for warning in report.warnings)


def test_the_starter_documents_stay_while_every_file_of_ones_own_is_refused(
    publisher: Publisher, tmp_path: Path
) -> None:
    publisher.ingest()
    before = held(publisher)
    (tmp_path / "vide.txt").write_bytes(b"")
    publisher.ingest([tmp_path / "vide.txt"])
    assert held(publisher) == before


def test_an_ingest_without_a_path_reads_again_what_is_held(publisher: Publisher, folder: Path) -> None:
    first = publisher.ingest([folder])
    assert publisher.ingest().generation == first.generation
    wrote(folder, avis="Les convocations partent le 9 avril.")
    publisher.ingest()
    assert "9 avril" in text_of(publisher, "avis")
    assert held(publisher) == ["avis", "examen"]


def test_a_document_whose_file_is_gone_is_read_from_the_copy_kept(publisher: Publisher, folder: Path) -> None:
    (folder / "manifest.toml").write_text(MANIFEST.format("notice", "avis.md", "La notice"), encoding="utf-8")
    first = publisher.ingest([folder])
    shutil.rmtree(folder)
    again = publisher.ingest()
    assert again.generation == first.generation
    assert {file.status for file in again.files} == {Status.UNCHANGED}
    assert held(publisher) == ["examen", "notice"]


def test_the_copy_of_a_file_is_kept_for_the_viewer(publisher: Publisher, folder: Path) -> None:
    publisher.ingest([folder])
    for document in publisher.documents():
        kept = publisher.file(document)
        assert kept is not None
        assert kept.read_bytes() == (folder / f"{document.slug}.md").read_bytes()


def test_a_document_that_is_removed_answers_no_more(publisher: Publisher, folder: Path) -> None:
    publisher.ingest([folder])
    publisher.remove("examen")
    assert held(publisher) == ["avis"]
    assert not publisher.assistant().answer("Quel est le coefficient de E1 ?", today=TODAY).citations


def test_removing_a_document_that_is_not_there_says_which_are(publisher: Publisher, folder: Path) -> None:
    publisher.ingest([folder])
    with pytest.raises(PublishingError, match="examen"):
        publisher.remove("examens")
    assert held(publisher) == ["avis", "examen"]


def test_the_last_document_may_be_removed(publisher: Publisher, folder: Path) -> None:
    publisher.ingest([folder / "avis.md"])
    publisher.remove("avis")
    assert held(publisher) == []


def test_a_running_assistant_notices_what_another_process_published(
    publisher: Publisher, home: Path, folder: Path, encoder: Encoder
) -> None:
    publisher.ingest([folder])
    before = publisher.assistant()
    assert publisher.assistant() is before
    wrote(folder, examen="L'examen." + TABLE.format(7))
    Publisher(home, lambda: encoder).ingest([folder])
    answer = publisher.assistant().answer("Quel est le coefficient de E1 ?", today=TODAY)
    assert "7" in answer.text
    assert "2" in before.answer("Quel est le coefficient de E1 ?", today=TODAY).text, "the old one stays whole"


def test_each_scope_has_its_assistant_on_one_generation(publisher: Publisher, folder: Path) -> None:
    publisher.ingest([folder])
    here, there = publisher.assistant(Scope(school="Ici")), publisher.assistant(Scope(school="Là"))
    assert (here.scope.school, there.scope.school) == ("Ici", "Là")
    assert here.searcher is there.searcher


def test_two_ingests_at_once_are_one_ingest_and_one_sentence(publisher: Publisher, home: Path, folder: Path) -> None:
    publisher.ingest([folder])
    lock = next(path for path in home.iterdir() if path.is_file() and "lock" in path.name)
    with locked(lock), pytest.raises(LockHeld, match=rf"processus {os.getpid()}.*attendez"):
        publisher.ingest([folder])
    assert held(publisher) == ["avis", "examen"]


def test_many_ingests_at_once_end_with_one_whole_generation(home: Path, folder: Path, encoder: Encoder) -> None:
    ended: list[object] = []

    def ingest() -> None:
        try:
            ended.append(Publisher(home, lambda: encoder).ingest([folder]).generation)
        except LockHeld as refused:
            ended.append(refused)

    threads = [threading.Thread(target=ingest) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    published = {number for number in ended if isinstance(number, int)}
    assert len(ended) == 4, "every one ended with a generation or with LockHeld"
    assert len(published) == 1
    assert held(Publisher(home, lambda: encoder)) == ["avis", "examen"]


def test_the_lock_of_a_dead_process_is_taken_over(publisher: Publisher, home: Path, folder: Path) -> None:
    publisher.ingest([folder])
    lock = next(path for path in home.iterdir() if path.is_file() and "lock" in path.name)
    program = (
        "import os, sys; from pathlib import Path; from assistant.lock import locked\n"
        "with locked(Path(sys.argv[1])): os.kill(os.getpid(), 9)"
    )
    subprocess.run([sys.executable, "-c", program, str(lock)], cwd=ROOT, check=False)
    report = publisher.ingest([folder])
    assert report.generation is not None
    assert any("verrou" in warning for warning in report.warnings)
    assert not publisher.ingest([folder]).warnings or "verrou" not in publisher.ingest([folder]).warnings[0]


def test_a_locked_database_is_one_sentence_and_nothing_is_lost(publisher: Publisher, home: Path, folder: Path) -> None:
    publisher.ingest([folder])
    wrote(folder, avis="Les convocations partent le 9 avril.")
    publisher.store.close()
    other = sqlite3.connect(home / "reglo.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises((PublishingError, StoreError), match="occupée par un autre programme"):
        publisher.ingest([folder])
    other.execute("ROLLBACK")
    assert "3 mars" in text_of(publisher, "avis")
    publisher.ingest([folder])
    assert "9 avril" in text_of(publisher, "avis")


def test_a_newer_database_is_one_sentence(publisher: Publisher, home: Path, folder: Path, encoder: Encoder) -> None:
    publisher.ingest([folder])
    with sqlite3.connect(home / "reglo.db") as connection:
        connection.execute("UPDATE schema_version SET version = version + 1")
    later = Publisher(home, lambda: encoder)
    for attempt in (later.assistant, lambda: later.ingest([folder])):
        with pytest.raises(PublishingError, match="mettez Réglo à jour"):
            attempt()


def generation_folder(publisher: Publisher) -> Path:
    return publisher.home / "generations" / str(publisher.store.current())


@pytest.mark.parametrize("name", ["facts.json", "vectors.faiss", "manifest.json", "twins.npy"])
def test_a_byte_that_flips_is_refused_then_mended_by_an_ingest(
    publisher: Publisher, home: Path, folder: Path, encoder: Encoder, name: str
) -> None:
    publisher.ingest([folder])
    file = generation_folder(publisher) / name
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0x20
    file.write_bytes(bytes(content))
    later = Publisher(home, lambda: encoder)
    with pytest.raises(PublishingError, match="reglo ingest"):
        later.assistant()
    shutil.rmtree(folder)
    later.ingest()
    assert "2" in later.assistant().answer("Quel est le coefficient de E1 ?", today=TODAY).text


def test_an_index_of_other_documents_is_refused_then_mended(
    publisher: Publisher, home: Path, folder: Path, encoder: Encoder, tmp_path: Path
) -> None:
    publisher.ingest([folder])
    other = Publisher(tmp_path / "other", lambda: encoder)
    other.ingest([wrote(tmp_path / "elsewhere", bourse="Les bourses se demandent en mars.")])
    shutil.rmtree(generation_folder(publisher))
    shutil.copytree(generation_folder(other), generation_folder(publisher))
    later = Publisher(home, lambda: encoder)
    with pytest.raises(PublishingError, match="reglo ingest"):
        later.assistant()
    later.ingest()
    assert later.assistant().passages


def test_only_the_current_generation_and_the_one_before_are_kept(
    publisher: Publisher, home: Path, folder: Path
) -> None:
    numbers = []
    for day in (3, 4, 5, 6):
        wrote(folder, avis=f"Les convocations partent le {day} mars.")
        numbers.append(publisher.ingest([folder]).generation)
    assert {path.name for path in (home / "generations").iterdir()} == {str(number) for number in numbers[-2:]}
    kept = {publisher.file(document) for document in publisher.documents()}
    assert len(kept) == 2
    assert len([path for path in (home / "files").iterdir() if path.is_file()]) <= 3


def test_the_check_names_disagreements_and_undated_documents(publisher: Publisher, folder: Path) -> None:
    wrote(folder, autre="Un autre examen." + TABLE.format(9))
    publisher.ingest([folder])
    report = publisher.check(TODAY)
    said = "\n".join(report.lines)
    assert report.sound
    assert "Désaccord" in said
    assert "examen" in said
    assert "avis" in said


def test_the_check_names_what_is_past_impossible_or_cut(publisher: Publisher, folder: Path) -> None:
    wrote(folder, avis="Jury le lundi 6 juillet 2026. Contact : 03.25.80.72, ou jury@exemple-academie pour tous.")
    publisher.ingest([folder])
    said = "\n".join(publisher.check(TODAY).lines)
    assert "« lundi 6 juillet 2026 »" not in said  # it was a Monday
    assert "Passé : avis, 1 date sur 1, jusqu'au 2026-07-06." in said
    assert "Contact incomplet : avis : « 03.25.80.72 »." in said
    assert "Contact incomplet : avis : « jury@exemple-academie »." in said
    wrote(folder, avis="Jury le mardi 6 juillet 2026.")
    publisher.ingest([folder])
    said = "\n".join(publisher.check(TODAY).lines)
    assert "Jour et date discordants : avis : « mardi 6 juillet 2026 » est un lundi." in said


_INGEST = """
import os, sys
from pathlib import Path
from sqlalchemy import Engine, event
from assistant.publishing import Publisher
from index.encoder import load_encoder

home, folder, deadly = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
steps = []
WRITES = {"os.rename", "os.mkdir", "os.remove", "os.rmdir", "os.truncate", "shutil.copyfile", "shutil.rmtree"}

def step(what):
    steps.append(what)
    if len(steps) == deadly:
        os.kill(os.getpid(), 9)

def seen(name, arguments):
    changes = name in WRITES or (name == "open" and (arguments[2] or 0) & (os.O_WRONLY | os.O_RDWR))
    if changes and any(str(argument).startswith(home) for argument in arguments):
        step(name)

def executed(connection, cursor, statement, *_):
    if not statement.startswith(("SELECT", "PRAGMA")):
        step(" ".join(statement.split()[:3]))

encoder = load_encoder()
sys.addaudithook(seen)
event.listen(Engine, "before_cursor_execute", executed)
event.listen(Engine, "commit", lambda connection: step("COMMIT"))
Publisher(Path(home), lambda: encoder).ingest([folder])
print(*steps, sep="\\n")
"""


def killed_at(home: Path, folder: Path, step: int) -> subprocess.CompletedProcess[str]:
    """An ingest in a process of its own that kills itself before it writes for the `step`-th time (0: never)."""
    command = [sys.executable, "-c", _INGEST, str(home), str(folder), str(step)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


@pytest.mark.long
def test_a_kill_at_any_moment_leaves_the_old_or_the_new_generation(
    tmp_path: Path, folder: Path, encoder: Encoder
) -> None:
    """The moments are the writings themselves, files and statements: kills by the clock miss the ones that count."""
    base = tmp_path / "base"
    Publisher(base, lambda: encoder).ingest([folder])
    wrote(folder, avis="Les convocations partent le 9 avril.", examen="L'examen." + TABLE.format(7), tiers="Un tiers.")
    whole = tmp_path / "whole"
    shutil.copytree(base, whole)
    steps = killed_at(whole, folder, 0).stdout.splitlines()
    assert len(steps) >= 30
    assert state(whole, encoder) == "new"
    outcomes = []
    for moment in range(30):
        home = tmp_path / f"home-{moment}"
        shutil.copytree(base, home)
        done = killed_at(home, folder, 1 + moment * len(steps) // 30)
        assert done.returncode == -signal.SIGKILL, done.stderr
        outcomes.append(state(home, encoder))
        Publisher(home, lambda: encoder).ingest([folder])
        assert state(home, encoder) == "new", "the next ingest ends what was begun"
        shutil.rmtree(home)
    assert outcomes == sorted(outcomes, reverse=True), "old until it is published, new from then on"
    assert set(outcomes) == {"old", "new"}


def state(home: Path, encoder: Encoder) -> str:
    """Which of the two generations a home serves, once everything in it was seen to belong together."""
    publisher = Publisher(home, lambda: encoder)
    assistant = publisher.assistant()
    texts = {document.slug: document.text for document in publisher.documents()}
    assert set(assistant.searcher.ids.tolist()) == set(assistant.passages)
    for passage in assistant.passages.values():
        assert texts[passage.document][passage.start : passage.end] == passage.text
    answer = assistant.answer("Quel est le coefficient de E1 ?", today=TODAY).text
    is_new = "tiers" in texts
    assert ("9 avril" in texts["avis"], "7" in answer) == (is_new, is_new)
    return "new" if is_new else "old"
