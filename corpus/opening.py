"""A database as SQLAlchemy opens it, and what it refuses, said in one sentence."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool


class StoreError(Exception):
    """The database cannot be used; the message is one sentence: which one, what is wrong, what to do."""


def url_of(database: str | Path) -> URL:
    """The address of a database, from a path or an address."""
    if isinstance(database, Path) or "://" not in database:
        return URL.create("sqlite", database=str(database))
    try:
        return make_url(database)
    except ArgumentError:
        raise StoreError(
            "L'adresse de la base n'est pas lisible : écrivez sqlite:///chemin ou postgresql://..."
        ) from None


def open_engine(url: URL, patience: float) -> Engine:
    """What connects to a database; `patience`: the seconds to wait for another program to be done with it."""
    is_sqlite = url.get_backend_name() == "sqlite"
    try:
        engine = create_engine(url, connect_args={"timeout": patience} if is_sqlite else {})
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        kind = url.get_backend_name()
        raise StoreError(f"Il manque de quoi parler à une base {kind} ({error}) : installez son pilote.") from None
    if is_sqlite:
        event.listen(engine, "connect", _set_up)
    return engine


def unchanging(file: Path) -> Engine:
    """An engine that reads a file as it is: on a disk that is full or read-only, nobody writes."""
    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    return create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True), poolclass=NullPool)


def _set_up(connection: object, _: object) -> None:
    cursor = connection.cursor()  # type: ignore[attr-defined]
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()


_SENTENCES = {
    "locked": "est occupée par un autre programme ; attendez qu'il finisse, puis recommencez",
    "disk is full": "ne peut plus grandir : le disque est plein ; libérez de la place et recommencez, rien n'est perdu",
    "disk i/o": "ne peut pas être écrite : le disque est plein ou défaillant ; vérifiez-le, puis recommencez",
    "readonly": "ne peut pas être écrite : elle est en lecture seule ; vérifiez les droits, ou donnez un autre --home",
    "unable to open": "ne peut pas être ouverte ; vérifiez les droits du dossier, ou donnez un autre --home",
    "not a database": "n'est pas une base de Réglo ; déplacez ce fichier, puis lancez « reglo ingest »",
    "malformed": "est abîmée ; remettez une sauvegarde, ou déplacez ce fichier et lancez « reglo ingest »",
}


def _sentence(name: str, error: str) -> str:
    for part, sentence in _SENTENCES.items():
        if part in error.lower():
            return f"La base {name} {sentence}."
    return f"La base {name} a refusé ({' '.join(error.split())}) ; vérifiez qu'elle répond, puis recommencez."


def stamp(path: str) -> tuple[int, int]:
    """When a file was last written, and its size; zeros where there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 (asked at every question, and a Path takes ten times as long)
    except OSError:
        return (0, 0)
    return status.st_mtime_ns, status.st_size


@contextmanager
def saying(name: str) -> Iterator[None]:
    """What the database of that name refuses, as a StoreError."""
    try:
        yield
    except DBAPIError as error:
        raise StoreError(_sentence(name, str(error.orig))) from error
