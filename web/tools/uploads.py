"""Files that are handed over to be looked at: bounded, held in memory for the time of one request, never written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from threading import BoundedSemaphore
from typing import IO, Final

from flask import Flask, Request, current_app, request
from werkzeug.datastructures import FileStorage
from werkzeug.exceptions import RequestEntityTooLarge

from web.parts import current_parts
from web.settings import Settings

FIELD: Final = "fichier"
MOST: Final = 8  # files at once
_MEGABYTE: Final = 1_000_000
_LOOKS: Final = "reglo-looks"
_WAIT: Final = 1.0  # seconds for a turn
_FRAME: Final = 64 * 1024  # bytes of a form around its files


class TooMuch(Exception):
    """More files, or more bytes, than are taken; the message says how much is."""


class Occupied(Exception):
    """Other files are being looked at; the message says what to do."""


class InMemory(Request):
    """A request whose files stay in memory, whatever their size: the size of the whole is what is bounded."""

    def _get_file_stream(self, *_: object, **__: object) -> IO[bytes]:
        return BytesIO()


def add_to(app: Flask) -> None:
    app.request_class = InMemory
    settings: Settings = app.extensions["reglo"].settings
    app.extensions[_LOOKS] = BoundedSemaphore(settings.at_once() - 1)


@contextmanager
def turn() -> Iterator[None]:
    """While files are looked at, one thread at least stays for the questions; raises Occupied."""
    looks: BoundedSemaphore = current_app.extensions[_LOOKS]
    if not looks.acquire(timeout=_WAIT):
        raise Occupied("Réglo regarde déjà d'autres fichiers. Renvoyez le vôtre dans quelques secondes.")
    try:
        yield
    finally:
        looks.release()


def largest_upload(settings: Settings) -> int:
    """The bytes that a request with files may have."""
    return settings.upload * _MEGABYTE + _FRAME


def files() -> list[FileStorage]:
    """The files of the request; raises TooMuch. To be called before anything reads the form."""
    settings = current_parts().settings
    request.max_content_length = largest_upload(settings)
    try:
        given = [file for file in request.files.getlist(FIELD) if file.filename]
    except RequestEntityTooLarge:
        raise TooMuch(f"Cela dépasse {settings.upload} Mo, le plus que cette page lit. Allégez le PDF.") from None
    if len(given) > MOST:
        raise TooMuch(f"Cela fait {len(given)} fichiers ; {MOST} au plus se contrôlent ensemble.")
    return given
