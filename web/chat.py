"""The conversation: one page, asked and answered without a script, a cookie or a state on the server."""

from __future__ import annotations

from flask import Blueprint, Response, make_response, render_template, request

from assistant.answers import Answer
from corpus.documents import Citation
from web.asking import EARLIER, LONGEST, Asked, BadQuestion, read_request, recent
from web.parts import current_parts

pages = Blueprint("chat", __name__)


@pages.get("/")
def ask() -> str:
    return _page()


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
    numbers = _numbers(given)
    panel = {_place(value.citation) for disagreement in given.disagreements for value in disagreement.values}
    return _page(
        asked=asked,
        answer=given,
        documents=assistant.knowledge.documents,
        listed=[citation for citation in given.citations if _place(citation) not in panel],
        number=lambda citation: numbers[_place(citation)],
        history=recent((*asked.history, asked.question)),
    )


def _numbers(given: Answer) -> dict[tuple[str, int, int], int]:
    """The number of each quote: those of the disagreements first, which stand with their values and nowhere else."""
    values = [value.citation for disagreement in given.disagreements for value in disagreement.values]
    places = dict.fromkeys(map(_place, [*values, *given.citations]))
    return {place: number for number, place in enumerate(places, start=1)}


def _place(citation: Citation) -> tuple[str, int, int]:
    return citation.document, citation.start, citation.end


def _read_form() -> Asked:
    settings = current_parts().settings
    form = {"question": request.form.get("question"), "history": list(_history())}
    return read_request(form, settings.today(), settings.scope())


def _history() -> tuple[str, ...]:
    """The earlier questions; a form that someone lengthened is cut, not refused."""
    return recent([question[:LONGEST] for question in request.form.getlist("history")[-EARLIER:]])


def _page(**shown: object) -> str:
    return render_template("page.html", **({"history": (), "longest": LONGEST} | shown))
