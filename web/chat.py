"""The conversation: one page, asked and answered without a script, a cookie or a state on the server."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from assistant.publishing import PublishingError
from web.asking import EARLIER, LONGEST, Asked, BadQuestion, read_request, recent
from web.parts import current_parts
from web.quoting import Quotes

pages = Blueprint("chat", __name__)


@pages.get("/")
def ask() -> str:
    return _page(examples=_examples())


@pages.post("/")
def answer() -> str | Response:
    try:
        asked = _read_form()
    except BadQuestion as wrong:
        question = request.form.get("question", "")
        return make_response(_page(wrong=wrong, written=question[:LONGEST], history=_history()), 400)
    parts = current_parts()
    assistant = parts.assistant()
    given = asked.answered_by(assistant)
    return _page(
        asked=asked,
        answer=given,
        quotes=Quotes(given, assistant.knowledge.documents),
        history=recent((*asked.history, asked.question)),
    )


def _examples() -> tuple[str, ...]:
    """Questions to start with; before the first document there are none."""
    try:
        return current_parts().assistant().examples()
    except PublishingError:
        return ()


def _read_form() -> Asked:
    settings = current_parts().settings
    form = {"question": request.form.get("question"), "history": list(_history())}
    return read_request(form, settings.today(), settings.scope())


def _history() -> tuple[str, ...]:
    """The earlier questions; a form that someone lengthened is cut, not refused."""
    return recent([question[:LONGEST] for question in request.form.getlist("history")[-EARLIER:]])


def _page(**shown: object) -> str:
    return render_template("page.html", **({"history": (), "longest": LONGEST} | shown))
