"""What the site says of itself: how accessible it is, and how that was checked."""

from __future__ import annotations

from flask import Blueprint, render_template

pages = Blueprint("declaration", __name__)


@pages.get("/accessibilite")
def accessibility() -> str:
    return render_template("accessibility.html")
