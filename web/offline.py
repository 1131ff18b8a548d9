"""Réglo on a home screen and without a connection: manifest, service worker, the page that is shown then."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, json, render_template

from web.reading import asset

_STATIC: Final = Path(__file__).parent / "static"
_COLOUR: Final = "#145557"  # the accent of colours.css: a manifest knows no variable
# What a system may choose from: the drawing itself, else a picture, else one that it cuts to its own shape.
_ICONS: Final = (
    ("icon.svg", "any", "image/svg+xml", "any"),
    ("icon-192.png", "192x192", "image/png", "any"),
    ("icon-512.png", "512x512", "image/png", "any"),
    ("icon-maskable-512.png", "512x512", "image/png", "maskable"),
)
pages = Blueprint("offline", __name__)


@pages.get("/hors-ligne")
def offline() -> str:
    return render_template("offline.html")


@pages.get("/manifest.webmanifest")
def manifest() -> Response:
    said = {
        "name": "Réglo",
        "short_name": "Réglo",
        "description": "Les règles de l'examen, sources à l'appui.",
        "lang": "fr",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": _COLOUR,
        "background_color": "#fbfbf9",
        "icons": [
            {"src": asset(name), "sizes": sizes, "type": kind, "purpose": purpose}
            for name, sizes, kind, purpose in _ICONS
        ],
        "shortcuts": [{"name": "Hors ligne", "url": "/hors-ligne"}],
    }
    return Response(json.dumps(said), content_type="application/manifest+json")


@pages.get("/worker.js")
def worker() -> Response:
    """The service worker, at the root so that it may serve the whole site."""
    return Response(_worker(), content_type="text/javascript; charset=utf-8", headers={"Cache-Control": "no-cache"})


@cache
def _worker() -> str:
    """The script with the state of all assets below it: where one changes, browsers take the shell anew."""
    assets = sha256(b"".join(file.read_bytes() for file in sorted(_STATIC.iterdir()) if file.is_file()))
    return f"{(_STATIC / 'worker.js').read_text('utf-8')}// {assets.hexdigest()}\n"
