"""What the templates may call: French dates and sources, versioned assets, rows of tables."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask, current_app, request

from web import languages, links, wording
from web.feedback import REASONS

_A_YEAR = 31_536_000


def add_to(app: Flask) -> None:
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _A_YEAR  # their address changes with their content
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters |= {
        "day": wording.day,
        "french_day": wording.day,  # among French words, whatever the language of the page
        "source": wording.source,
        "place": wording.place,
        "verdict": wording.verdict,
        "details": wording.details,
        "unbroken": wording.unbroken,
        "step": wording.step,
        "linked": links.linked,
        "lines": links.lines,
        "marked": links.marked,
    }
    app.jinja_env.globals |= {
        "asset": asset,
        "counted": wording.counted,
        "kept_days": _kept_days,
        "REASONS": REASONS,
    }


def _kept_days() -> int:
    """For how many days questions are kept: what keeps them says so; 0 where nothing does."""
    return int(current_app.extensions.get("reglo-kept-days", 0))


def asset(name: str) -> str:
    """The address of a file of ours, one for all languages, which changes when the file does: browsers may keep it for
    a year."""
    return f"{request.script_root.removesuffix(languages.PREFIX)}/static/{name}?v={_version(name)}"


@cache
def _version(name: str) -> str:
    return sha256((Path(__file__).parent / "static" / name).read_bytes()).hexdigest()[:12]
