"""The gate before the site: how often an address may ask, how many requests wait, how long one may take."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Final

from flask import Flask, request
from werkzeug.middleware.proxy_fix import ProxyFix

from web.debts import Debts
from web.languages import prefixed
from web.turns import Busy, TooSlow, Turns

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from web.settings import Settings

_Said = tuple[str, list[tuple[str, str]], Iterable[bytes]]
_REFUSED: Final = "reglo.refused"
JSON: Final = ("/api/", "/v1/", "/openapi.json")  # the addresses that programs ask
_ALWAYS: Final = frozenset({"/healthz", "/readyz"})  # must answer even when all else is busy
_STATIC: Final = "/static/"  # costs next to nothing: no turn to wait for, and many make one request
_ASSET: Final = 0.1


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not let in: its status, the code of its error, and when to try again."""

    status: int
    code: str
    seconds: int


class Refused(Exception):
    """A request that is not let in."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


class Gate:
    """Wraps the site. What it refuses is told by the site itself, whose pages and headers these are."""

    def __init__(self, site: WSGIApplication, settings: Settings) -> None:
        self._site = site
        self._patience = settings.patience
        self._debts = Debts(settings.rate, settings.today)
        self._turns = Turns(settings.at_once(), settings.queue)
        self._told: dict[tuple[Refusal, str], _Said] = {}

    def __call__(self, wsgi: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        path = wsgi["PATH_INFO"]
        if path in _ALWAYS:
            return self._site(wsgi, start)
        is_asset = path.startswith(_STATIC)
        taken = self._debts.take(wsgi.get("REMOTE_ADDR", ""), _ASSET if is_asset else 1)
        if taken.wait:
            return self._refuse(wsgi, start, Refusal(429, "too_many", ceil(taken.wait)))
        return self._site(wsgi, start) if is_asset else self._in_turn(wsgi, start, taken.debt)

    def _in_turn(self, wsgi: WSGIEnvironment, start: StartResponse, debt: float) -> Iterable[bytes]:
        try:
            status, headers, body = self._turns.do(lambda: self._said(wsgi), debt, self._patience)
        except TooSlow as slow:
            return self._refuse(wsgi, start, Refusal(503, "too_slow", slow.seconds))
        except Busy as busy:
            return self._refuse(wsgi, start, Refusal(503, "busy", busy.seconds))
        start(status, headers)
        return body

    def _said(self, wsgi: WSGIEnvironment) -> _Said:
        """The whole response of the site to one request."""
        said: list[tuple[str, list[tuple[str, str]]]] = []
        body = self._site(wsgi, lambda *start: said.append(start[:2]))  # type: ignore[arg-type]
        return *said[-1], body

    def _refuse(self, wsgi: WSGIEnvironment, start: StartResponse, refusal: Refusal) -> Iterable[bytes]:
        """What the site says of a refusal, said once and kept: a flood must not make it work."""
        path = "/api/" if wsgi["PATH_INFO"].startswith(JSON) else "/"
        key = refusal, wsgi.get("SCRIPT_NAME", "") + path
        if key not in self._told:
            asked = {**wsgi, "PATH_INFO": path, "REQUEST_METHOD": "GET", "QUERY_STRING": "", _REFUSED: refusal}
            status, headers, body = self._said(asked)
            self._told[key] = status, headers, [b"".join(body)]
        status, headers, body = self._told[key]
        start(status, headers)
        return body


def add_to(app: Flask) -> None:
    """Put the gate before the site, and let the site tell what the gate refuses."""
    settings: Settings = app.extensions["reglo"].settings
    app.before_request(_tell)
    gated = prefixed(Gate(app.wsgi_app, settings))
    if hops := settings.proxies:
        gated = ProxyFix(gated, x_for=hops, x_proto=hops, x_host=hops)
    app.wsgi_app = gated  # type: ignore[method-assign, assignment]


def _tell() -> None:
    if refusal := request.environ.get(_REFUSED):
        raise Refused(refusal)
