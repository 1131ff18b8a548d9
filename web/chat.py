"""The conversation: one page, asked and answered without a script, a cookie or a state on the server."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, make_response, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict

from assistant.guide import Guide, guide_of
from assistant.publishing import PublishingError
from web import wording
from web.asking import BadQuestion
from web.calendars import MEDIA_TYPE, Dated, calendar
from web.conversation import Form, Turn, history_of, read_turn
from web.parts import current_parts
from web.permalinks import PATH, Link, address
from web.profile import Profile
from web.replies import Reply

pages = Blueprint("chat", __name__)


@pages.get("/")
def ask() -> str:
    return _page(MultiDict())


@pages.post("/")
def answer() -> str | Response:
    try:
        turn = turn_sent()
    except BadQuestion as wrong:
        return _refused(wrong)
    guide = guide_now()
    if key := request.form.get("drop"):
        less = turn.less(key, guide.assistant)
        if less is None:  # no few words of the question said it: its asker writes it again
            return _page(request.form, written=turn.asked.question)
        turn = read_turn(MultiDict(less.fields()), current_parts().settings, guide.offered)
    return _told(Reply.to(turn, guide))


@pages.post("/lien")
def make_link() -> Response:
    """To the address that asks this question again: it stands in an address from here on, since that was asked for."""
    response: Response = redirect(address(_reply(), url_for("chat.linked")), 303)  # type: ignore[assignment]
    return response


@pages.get(PATH)
def linked() -> str | Response:
    guide = guide_now()
    try:
        turn = read_turn(request.args, current_parts().settings, guide.offered)
    except BadQuestion as wrong:
        return _refused(wrong)
    reply = Reply.to(turn, guide)
    return _told(reply, link=Link.of(reply, request.args, url_for("chat.linked", _external=True)))


@pages.post("/agenda.ics")
def agenda() -> Response:
    """The dates to come of an answer, computed anew."""
    reply = _reply()
    cited = reply.answer.citations
    sources = tuple(dict.fromkeys(map(wording.told, cited)))
    url = request.url_root.rstrip("/") + cited[0].url if cited else ""
    dated = [Dated(event.title, event.start, event.end, sources, url) for event in reply.answer.events]
    response = Response(calendar(dated, reply.turn.asked.today), content_type=MEDIA_TYPE)
    response.headers["Content-Disposition"] = 'attachment; filename="reglo.ics"'
    return response


@pages.get("/suggestions.json")
def suggestions() -> Response:
    """What the field may complete: the questions that the library is known to answer, and the names of its exams."""
    response = jsonify(questions=guide_now().questions)
    response.headers["Cache-Control"] = "no-cache"
    response.add_etag()
    response.make_conditional(request)
    return response


def turn_sent() -> Turn:
    """The turn that the form of the request at hand asks for. Raises BadQuestion."""
    return read_turn(request.form, current_parts().settings, guide_now().offered)


def guide_now() -> Guide:
    """The guide of the current generation. Raises PublishingError where there is none."""
    parts = current_parts()
    return guide_of(parts.assistant(), parts.settings.today())


def _reply() -> Reply:
    guide = guide_now()
    return Reply.to(turn_sent(), guide)


def _refused(wrong: BadQuestion) -> Response:
    return make_response(_page(request.form, wrong=wrong, written=request.values.get("question", "")), 400)


def _told(reply: Reply, **shown: object) -> str:
    turn = reply.turn
    return _rendered(
        reply=reply, asked=turn.asked, answer=reply.answer, quotes=reply.quotes,
        history=turn.history, profile=turn.profile, guide=reply.guide, **shown,
    )  # fmt: skip


def _page(form: Form, **shown: object) -> str:
    """The page without an answer: the first, or one that says what is wrong and keeps what was written."""
    return _rendered(history=history_of(form), profile=Profile.read(form), guide=_guide(), **shown)


def _guide() -> Guide | None:
    """Before the first document there is none."""
    try:
        return guide_now()
    except PublishingError:
        return None


def _rendered(**shown: object) -> str:
    return render_template("page.html", disclosed=True, **shown)
