"""Réglo in another site's page: the tag to paste, with the hash of the script that it loads."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha384
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, render_template, request

from web.languages import PREFIX
from web.parts import current_parts
from web.reading import asset
from web.settings import listed

SCRIPT: Final = "widget.js"
pages = Blueprint("widget", __name__)


@pages.get("/integrer")
def embed() -> str:
    sites = listed(current_parts().settings.frames)
    # Under the root of the page's language, which the script reads from its own address.
    script = request.url_root.rstrip("/") + asset(SCRIPT).removeprefix(request.script_root.removesuffix(PREFIX))
    return render_template(
        "embed.html", sites=sites, root=request.url_root, site=request.host_url.rstrip("/"), script=script,
        integrity=_integrity(),
    )  # fmt: skip


@pages.after_app_request
def _lend(response: Response) -> Response:
    """Let any site load the script: a browser that checks its hash must be allowed to read it."""
    if request.path.endswith(f"/static/{SCRIPT}"):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


@cache
def _integrity() -> str:
    script = Path(__file__).parent / "static" / SCRIPT
    return f"sha384-{b64encode(sha384(script.read_bytes()).digest()).decode()}"
