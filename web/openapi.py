"""The address where the API describes itself."""

from __future__ import annotations

from functools import cache

from flask import Blueprint, Response, jsonify

from web import api, completions
from web.operations import described

pages = Blueprint("openapi", __name__)


@pages.get("/openapi.json")
def openapi() -> Response:
    return jsonify(_described())


@cache
def _described() -> dict[str, object]:
    return described((*api.OPERATIONS, *completions.OPERATIONS))
