"""The page that says what is kept of a visit, and how long: read from the settings that make it so."""

from __future__ import annotations

from flask import Blueprint, render_template

from web.parts import current_parts

pages = Blueprint("privacy", __name__)


@pages.get("/confidentialite")
def privacy() -> str:
    return render_template("privacy.html", settings=current_parts().settings)
