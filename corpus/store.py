"""Documents and passages in a SQL database, each row with the generations it holds for.

A generation's rows never change once it is current; what follows writes beside them, and the one row that says which
generation is current is written last.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, CursorResult, delete, func, insert, or_, select, update
from sqlalchemy.exc import OperationalError
from sqlalchemy.sql.elements import ColumnElement

from corpus import schema
from corpus.documents import Document, Passage
from corpus.opening import StoreError, open_engine, saying, stamp, unchanging, url_of
from corpus.rows import CUT, SEALED, document_from, document_row, passage_from, passage_row, seal_of

__all__ = ["Held", "Store", "StoreError"]


@dataclass(frozen=True, slots=True)
class Held:
    """A document that a generation holds, without its text. `origin` is what its writer wanted to find again."""

    slug: str
    sha256: str
    origin: str
    passages: int


class Store:
    """One database: SQLite by a path or a URL, PostgreSQL by a URL. Nothing is created before the first `begin`."""

    def __init__(self, database: str | Path, patience: float = 5.0) -> None:
        self.url = url_of(database)
        self._engine = open_engine(self.url, patience)
        self._checked = False
        self._written = tuple(f"{self._file}{end}" for end in ("", "-wal")) if self._file else ()

    @property
    def name(self) -> str:
        """What to call it in a sentence: the file, or the URL without its password."""
        return self.url.database or "" if self._file else self.url.render_as_string(hide_password=True)

    @property
    def _file(self) -> Path | None:
        is_file = self.url.get_backend_name() == "sqlite" and self.url.database not in (None, "", ":memory:")
        return Path(str(self.url.database)) if is_file else None

    def close(self) -> None:
        self._engine.dispose()

    def signature(self) -> object:
        """Something that changes with every write and costs next to nothing; None where there is no such thing."""
        return tuple(map(stamp, self._written)) or None

    def current(self) -> int | None:
        """The number of the generation that answers, None where there is none yet."""
        if self._file is not None and not self._file.exists():
            return None
        with self._reading() as connection:
            if not self._ready(connection):
                return None
            found: int | None = connection.scalar(select(schema.current.c.generation))
            return found

    def previous(self) -> int | None:
        """The number of the generation that answered before, None where there is none."""
        with self._reading() as connection:
            found: int | None = connection.scalar(select(schema.current.c.previous))
            return found

    def fingerprint(self, generation: int) -> str:
        """What was said of a generation when it was begun."""
        with self._reading() as connection:
            query = select(schema.generations.c.fingerprint).where(schema.generations.c.number == generation)
            return connection.scalar(query) or ""

    def held(self, generation: int) -> list[Held]:
        """The documents of a generation in the order of their slugs."""
        query = (
            select(
                schema.documents.c.slug,
                schema.documents.c.sha256,
                schema.documents.c.origin,
                func.count(schema.passages.c.id),
            )
            .outerjoin(schema.passages, schema.passages.c.document_id == schema.documents.c.id)
            .where(_holds(generation))
            .group_by(
                schema.documents.c.id, schema.documents.c.slug, schema.documents.c.sha256, schema.documents.c.origin
            )
            .order_by(schema.documents.c.slug)
        )
        with self._reading() as connection:
            return [Held(*row) for row in connection.execute(query)]

    def documents(self, generation: int, but: Collection[str] = ()) -> dict[str, Document]:
        """The documents of a generation by slug, in the order of their slugs; those not wanted are not even read."""
        columns = (schema.documents.c.slug, schema.documents.c.sha256, schema.documents.c.body, schema.documents.c.text)
        query = select(*columns).where(_holds(generation)).order_by(schema.documents.c.slug)
        with self._reading() as connection:
            return {row[0]: document_from(*row) for row in connection.execute(query) if row[0] not in but}

    def damaged(self, generation: int) -> list[str]:
        """The slugs of the documents whose rows, or those of their passages, are not what was written."""
        columns = [schema.documents.c[name] for name in ("id", "seal", *SEALED)]
        documents = select(*columns).where(_holds(generation)).order_by(schema.documents.c.slug)
        columns = [schema.passages.c[name] for name in ("document_id", *CUT)]
        passages = select(*columns).join(schema.documents).where(_holds(generation)).order_by(schema.passages.c.id)
        with self._reading() as connection:
            rows = connection.execute(documents).all()
            cut: dict[int, list[Sequence[Any]]] = {row.id: [] for row in rows}
            for document_id, *passage in connection.execute(passages):
                cut[document_id].append(passage)
        return [row.slug for row in rows if row.seal != seal_of(row[2:], cut[row.id])]

    def passages(self, generation: int) -> list[Passage]:
        """The passages of a generation in the order of their ids."""
        texts = select(schema.documents.c.id, schema.documents.c.slug, schema.documents.c.text).where(
            _holds(generation)
        )
        query = select(schema.passages).join(schema.documents).where(_holds(generation)).order_by(schema.passages.c.id)
        with self._reading() as connection:
            held = {id_: (slug, text) for id_, slug, text in connection.execute(texts)}
            return [passage_from(held, *row) for row in connection.execute(query)]

    def begin(self, fingerprint: str = "") -> int:
        """A number for the generation to come; what an unfinished one left is taken back."""
        with saying(self.name):
            self._prepare()
            with self._engine.begin() as connection:
                current = connection.scalar(select(schema.current.c.generation)) or 0
                _take_back(connection, current)
                made = connection.execute(insert(schema.generations).values(fingerprint=fingerprint))
                return _key(made)

    def write(
        self,
        generation: int,
        added: Iterable[tuple[Document, Sequence[Passage], str]] = (),
        withdrawn: Iterable[str] = (),
    ) -> None:
        """The documents that come (each with its passages and origin) and the slugs that go; one transaction.

        A document that comes replaces the one of its slug.
        """
        arriving = list(added)
        going = {*withdrawn, *(document.slug for document, _, _ in arriving)}
        with saying(self.name), self._engine.begin() as connection:
            for slug in going:
                gone = (
                    (schema.documents.c.slug == slug)
                    & schema.documents.c.until.is_(None)
                    & (schema.documents.c.since < generation)
                )
                connection.execute(update(schema.documents).where(gone).values(until=generation))
            for document, passages, origin in arriving:
                _add(connection, generation, document, passages, origin)

    def publish(self, generation: int) -> None:
        """Make a generation the current one. The last thing written."""
        with saying(self.name), self._engine.begin() as connection:
            values = {"previous": schema.current.c.generation, "generation": generation}
            changed = connection.execute(update(schema.current).values(values))
            if not changed.rowcount:
                connection.execute(insert(schema.current).values(id=1, generation=generation))

    def prune(self, oldest: int) -> None:
        """Delete what no generation from `oldest` on holds."""
        gone = select(schema.documents.c.id).where(schema.documents.c.until <= oldest)
        with saying(self.name), self._engine.begin() as connection:
            connection.execute(delete(schema.passages).where(schema.passages.c.document_id.in_(gone)))
            connection.execute(delete(schema.documents).where(schema.documents.c.until <= oldest))

    def _prepare(self) -> None:
        """The tables, where they are missing."""
        if self._file is not None:
            self._file.parent.mkdir(parents=True, exist_ok=True)
        with self._engine.connect() as connection:
            if self._ready(connection):
                return
        if self._file is not None:
            with self._engine.connect() as connection:
                connection.exec_driver_sql("PRAGMA journal_mode=WAL")
        with self._engine.begin() as connection:
            schema.tables.create_all(connection)
            connection.execute(insert(schema.versions).values(version=schema.VERSION))
        self._checked = True

    def _ready(self, connection: Connection) -> bool:
        """Whether the tables are there, in a version that this program knows."""
        if not self._checked:
            if not self._engine.dialect.has_table(connection, schema.versions.name):
                return False
            version = connection.scalar(select(schema.versions.c.version))
            if version is not None and version != schema.VERSION:
                age, remedy = _NEWER if version > schema.VERSION else _OLDER
                said = f"vient d'une version plus {age} de Réglo (schéma {version}, {schema.VERSION} ici)"
                raise StoreError(f"La base {self.name} {said} : {remedy}.")
            self._checked = version is not None
        return self._checked

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with saying(self.name), self._connected() as connection:
            yield connection

    def _connected(self) -> Connection:
        """A connection to read with, even where SQLite finds no room for the files it puts beside a database."""
        try:
            return self._engine.connect()
        except OperationalError:
            if self._file is None or not self._file.is_file() or stamp(f"{self._file}-wal")[1]:
                raise
            return unchanging(self._file).connect()


_NEWER = "récente", "mettez Réglo à jour, ou donnez un autre dossier avec --home"
_OLDER = "ancienne", "déplacez ce fichier, puis lancez « reglo ingest » avec vos documents"


def _holds(generation: int) -> ColumnElement[bool]:
    after = or_(schema.documents.c.until.is_(None), schema.documents.c.until > generation)
    return (schema.documents.c.since <= generation) & after


def _take_back(connection: Connection, current: int) -> None:
    """Undo what was written for generations that never became current."""
    unfinished = select(schema.documents.c.id).where(schema.documents.c.since > current)
    connection.execute(delete(schema.passages).where(schema.passages.c.document_id.in_(unfinished)))
    connection.execute(delete(schema.documents).where(schema.documents.c.since > current))
    connection.execute(update(schema.documents).where(schema.documents.c.until > current).values(until=None))


def _key(made: CursorResult[Any]) -> int:
    return int(made.inserted_primary_key[0]) if made.inserted_primary_key else 0


def _add(connection: Connection, generation: int, document: Document, passages: Sequence[Passage], origin: str) -> None:
    row = {**document_row(document), "origin": origin}
    cut = [passage_row(passage) for passage in passages]
    seal = seal_of([row[name] for name in SEALED], [[passage[name] for name in CUT] for passage in cut])
    made = connection.execute(insert(schema.documents).values(since=generation, seal=seal, **row))
    if cut:
        connection.execute(insert(schema.passages), [{"document_id": _key(made), **passage} for passage in cut])
