"""The answers as JSON, and whether the site is alive and ready."""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, request

from web.asking import read_json, read_request
from web.parts import current_parts

pages = Blueprint("api", __name__)


@pages.post("/api/answer")
def answer() -> Response:
    if not request.is_json:
        abort(415)
    parts = current_parts()
    asked = read_request(read_json(request.get_data()), parts.settings.today(), parts.settings.scope())
    return jsonify(asked.as_json(asked.answered_by(parts.assistant())))


@pages.get("/healthz")
def healthz() -> Response:
    """Alive: the process answers."""
    return jsonify(status="alive")


@pages.get("/readyz")
def readyz() -> Response:
    """Ready: a generation is loaded, questions can be answered (503 otherwise, by the error handlers)."""
    documents = current_parts().assistant().knowledge.documents
    return jsonify(status="ready", documents=len(documents))
