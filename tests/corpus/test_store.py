"""The store: generations that are whole or not there, ids that are never given twice, and what a database refuses."""

from __future__ import annotations

import resource
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.assembly import assemble
from corpus.documents import BlockKind, Document, Passage, Restates
from corpus.manifest import Entry
from corpus.passages import cut
from corpus.readers.pieces import Piece, Reading
from corpus.store import Store, StoreError


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "reglo.db", patience=0.1)
    yield store
    store.close()


def document(slug: str, words: str = "Les inscriptions ouvrent le 3 mars.", rows: int = 2) -> Document:
    """A document with everything that a document may have."""
    entry = Entry(
        slug,
        f"{slug}.md",
        title="Un titre",
        kind="circulaire",
        issuer="Un émetteur",
        diploma="BTS",
        school="Un lycée",
        city="Une ville",
        academies=("Ici", "Là"),
        session=2027,
        pathway=("scolaire",),
        published=date(2026, 1, 2),
        updated=date(2026, 3, 4),
        url="https://exemple.fr/",
        restates=Restates("Le vrai", None, date(2025, 5, 6)),
    )
    pieces = [
        Piece(BlockKind.HEADING, "Épreuves", level=1),
        Piece(BlockKind.PARAGRAPH, words),
        Piece(BlockKind.ROW, cells=("Épreuve", "", "Coefficient"), spans=(1, 1, 1), table=0, header=True),
        *(Piece(BlockKind.ROW, cells=(f"E{n} (1)", "", f"{n}"), spans=(1, 1, 1), table=0) for n in range(rows)),
        Piece(BlockKind.PARAGRAPH, "(1) Une note sous le tableau.", page=2),
    ]
    return assemble(Reading(("i", None), tuple(pieces)), entry, "ab" * 32, "text/markdown")


def written(store: Store, *documents: Document, withdrawn: tuple[str, ...] = ()) -> int:
    generation = store.begin()
    store.write(generation, [(one, cut(one), "{}") for one in documents], withdrawn)
    return generation


def published(store: Store, *documents: Document, withdrawn: tuple[str, ...] = ()) -> int:
    generation = written(store, *documents, withdrawn=withdrawn)
    store.publish(generation)
    return generation


def ids(passages: list[Passage]) -> set[int]:
    return {passage.id for passage in passages}


def test_reading_a_store_that_is_not_there_creates_nothing(tmp_path: Path) -> None:
    assert Store(tmp_path / "nowhere" / "reglo.db").current() is None
    assert list(tmp_path.iterdir()) == []


def test_a_document_comes_back_as_it_was_written(store: Store) -> None:
    one = document("un")
    assert store.documents(published(store, one)) == {"un": one}
    assert any(block.notes for block in one.blocks), "the example has a note called by a row"


def test_passages_come_back_exact_with_ids_of_their_own(store: Store) -> None:
    one, two = document("un"), document("deux", "D'autres mots.")
    found = store.passages(published(store, one, two))
    assert len(ids(found)) == len(found) == len(cut(one)) + len(cut(two))
    for slug, whole in (("un", one), ("deux", two)):
        mine = [replace(passage, id=0) for passage in found if passage.document == slug]
        assert mine == cut(whole)


def test_nothing_counts_until_it_is_published(store: Store) -> None:
    first = published(store, document("un"))
    written(store, document("deux"), withdrawn=("un",))
    assert store.current() == first
    assert list(store.documents(first)) == ["un"]


def test_what_was_never_published_is_taken_back_by_the_next(store: Store) -> None:
    first = published(store, document("un"))
    written(store, document("deux"), document("un", "Changé."), withdrawn=("un",))
    second = published(store, document("trois"))
    assert second > first
    assert list(store.documents(second)) == ["trois", "un"]
    assert store.documents(second)["un"] == document("un")


def test_the_generation_before_is_still_whole_after_a_change(store: Store) -> None:
    first = published(store, document("un"), document("deux"))
    second = published(store, document("un", "Le texte a changé."), withdrawn=("deux",))
    assert list(store.documents(first)) == ["deux", "un"]
    assert store.documents(first)["un"] == document("un")
    assert list(store.documents(second)) == ["un"]
    assert "changé" in store.documents(second)["un"].text
    assert not ids(store.passages(first)) & ids(store.passages(second))


def test_an_id_is_never_given_twice(store: Store) -> None:
    given: set[int] = set()
    for turn in range(5):
        generation = written(store, document("un", f"Tour {turn}."))
        found = ids(store.passages(generation)) - given
        assert found == ids(store.passages(generation)), "an id of an earlier turn came back"
        given |= found
        if turn % 2:  # the others are never published, and their rows go
            store.publish(generation)
            store.prune(generation)


def test_pruning_forgets_what_no_kept_generation_holds(store: Store) -> None:
    first = published(store, document("un"), document("deux"))
    second = published(store, document("un", "Le texte a changé."))
    third = published(store, withdrawn=("deux",))
    store.prune(second)
    assert list(store.documents(second)) == ["deux", "un"]
    assert list(store.documents(third)) == ["un"]
    assert list(store.documents(first)) == ["deux"], "the first version of « un » is gone"


def test_origins_and_counts_come_with_what_is_held(store: Store) -> None:
    generation = store.begin("empreinte")
    one = document("un")
    store.write(generation, [(one, cut(one), "d'où il vient")])
    store.publish(generation)
    (held,) = store.held(generation)
    assert (held.slug, held.sha256, held.origin, held.passages) == ("un", one.sha256, "d'où il vient", len(cut(one)))
    assert store.fingerprint(generation) == "empreinte"


def test_another_store_on_the_same_file_sees_what_was_published(store: Store, tmp_path: Path) -> None:
    other = Store(tmp_path / "reglo.db")
    assert other.current() is None
    generation = published(store, document("un"))
    assert other.current() == generation


def test_readers_go_on_while_a_writer_writes(store: Store, tmp_path: Path) -> None:
    first = published(store, document("un"))
    writer = sqlite3.connect(tmp_path / "reglo.db", isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    writer.execute("DELETE FROM passages")
    assert len(store.passages(first)) == len(cut(document("un")))
    writer.execute("ROLLBACK")


def test_a_locked_database_is_said_in_one_sentence_and_loses_nothing(store: Store, tmp_path: Path) -> None:
    first = published(store, document("un"))
    other = sqlite3.connect(tmp_path / "reglo.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreError, match=r"reglo\.db est occupée par un autre programme ; .*\.$"):
        store.begin()
    other.execute("ROLLBACK")
    assert store.documents(first) == {"un": document("un")}


def test_a_newer_database_is_refused_and_left_alone(store: Store, tmp_path: Path) -> None:
    published(store, document("un"))
    with sqlite3.connect(tmp_path / "reglo.db") as connection:
        connection.execute("UPDATE schema_version SET version = version + 1")
    newer = Store(tmp_path / "reglo.db")
    for attempt in (newer.current, newer.begin):
        with pytest.raises(StoreError, match=r"version plus récente de Réglo .* mettez Réglo à jour"):
            attempt()


@pytest.mark.parametrize(
    "content", [b"ceci n'est pas une base de donn\xc3\xa9es" * 100, b"SQLite format 3\0" + b"\xff" * 8192]
)
def test_a_file_that_is_no_database_is_said_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "reglo.db").write_bytes(content)
    with pytest.raises(StoreError, match=r"reglo\.db .*déplacez ce fichier"):
        Store(tmp_path / "reglo.db").current()
    assert (tmp_path / "reglo.db").read_bytes() == content


def test_a_full_disk_is_said_and_what_was_there_stays(store: Store, tmp_path: Path) -> None:
    """A disk that is full refuses to let a file grow; so does SQLite's own limit of pages."""
    first = published(store, document("un"))
    generation = store.begin()
    pages = sqlite3.connect(tmp_path / "reglo.db").execute("PRAGMA page_count").fetchone()[0]
    with store._engine.connect() as connection:
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}")
    large = document("grand", "Beaucoup de mots. " * 5000)
    with pytest.raises(StoreError, match="le disque est plein ; libérez de la place"):
        store.write(generation, [(large, cut(large), "{}")])
    assert store.current() == first
    assert store.documents(first) == {"un": document("un")}


@pytest.mark.parametrize(
    ("url", "said"),
    [("pas une adresse://", "adresse"), ("nimporte://a/b", "pilote"), ("postgresql+aucun://a/b", "pilote")],
)
def test_an_address_that_cannot_be_used_is_said_in_one_sentence(url: str, said: str) -> None:
    with pytest.raises(StoreError, match=said):
        Store(url)


_KILLED = """
import os, sys
from pathlib import Path
from tests.corpus.test_store import *

class Deadly(list):
    def __iter__(self):
        os.kill(os.getpid(), 9)

store = Store(Path(sys.argv[1]))
two, three = document("deux"), document("trois")
store.write(store.begin(), [(two, cut(two), "{}"), (three, Deadly([1]), "{}")], ["un"])
"""


def test_a_write_cut_short_leaves_the_generation_as_it_was(store: Store, tmp_path: Path) -> None:
    first = published(store, document("un"))
    root = Path(__file__).parent.parent.parent
    done = subprocess.run([sys.executable, "-c", _KILLED, str(tmp_path / "reglo.db")], cwd=root, check=False)
    assert done.returncode == -signal.SIGKILL
    assert store.current() == first
    assert list(store.documents(published(store))) == ["un"]


def test_five_documents_and_five_hundred_passages_are_read_in_little_time(store: Store) -> None:
    generation = published(store, *(document(f"d{n}", rows=100) for n in range(5)))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    for _ in range(10):
        store.documents(generation)
        assert len(store.passages(generation)) >= 500
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_utime - before) / 10 < 0.05, "seconds, on a slow machine"
