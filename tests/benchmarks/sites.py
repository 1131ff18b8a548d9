"""Réglo's site and a bare Flask page, each in a process of its own, asked over one connection."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep
from urllib.parse import urlencode

REGLO = Path(sys.executable).with_name("reglo")
FORM = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
_BARE = """
import flask, sys, waitress
site = flask.Flask("bare")
site.add_url_rule("/", view_func=lambda: "<!doctype html><title>Bonjour</title><p>Bonjour</p>", methods=["GET", "POST"])
site.add_url_rule("/readyz", "ready", lambda: "ready")
waitress.serve(site, host="127.0.0.1", port=int(sys.argv[1]), threads=8)
"""


class Site:
    """A site that runs: its process, and a connection that stays open."""

    def __init__(self, process: subprocess.Popen[bytes], port: int) -> None:
        self.process = process
        self.address = f"http://127.0.0.1:{port}"
        self._connection = HTTPConnection("127.0.0.1", port, timeout=120)

    def get(self, path: str) -> bytes:
        return self._call("GET", path)

    def ask(self, question: str) -> bytes:
        """The page that answers the question."""
        return self._call("POST", "/", urlencode({"question": question}))

    def _call(self, method: str, path: str, body: str | None = None) -> bytes:
        self._connection.request(method, path, body, FORM if body else {})
        response = self._connection.getresponse()
        content = response.read()
        if response.status != 200:
            raise RuntimeError(f"{method} {path} : {response.status} {content[:200]!r}")
        return content


@contextmanager
def reglo(home: Path) -> Iterator[Site]:
    port = _free_port()
    with _running([REGLO, "--home", home, "serve", "--port", str(port)], port) as site:
        yield site


@contextmanager
def bare_flask() -> Iterator[Site]:
    port = _free_port()
    with _running([sys.executable, "-c", _BARE, str(port)], port) as site:
        yield site


@contextmanager
def _running(command: list[str | Path], port: int) -> Iterator[Site]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env={**os.environ, "HF_HUB_OFFLINE": "1"})
    try:
        _wait(port, process)
        site = Site(process, port)
        site.get("/readyz")
        yield site
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int, process: subprocess.Popen[bytes], patience: float = 120) -> None:
    until = monotonic() + patience
    while monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            sleep(0.05)
    raise RuntimeError(f"le site n'a pas ouvert le port {port}")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
