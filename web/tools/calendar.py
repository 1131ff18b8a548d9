"""The calendar: what is to come first, what is past folded away, and the same as a file for one's own calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import Blueprint, Response, abort, make_response, render_template, request

from assistant.agenda import Entry, agenda, past_groups, sessions
from assistant.knowledge import Knowledge
from corpus.documents import Scope
from web import calendars
from web.parts import current_parts
from web.tools.ics import days_of
from web.tools.showing import tidied, written
from web.tools.timeline import timeline

pages = Blueprint("calendar", __name__)
_ALL = "toutes"  # says "of any session", where the site has one of its own


@pages.get("/calendrier")
def calendar() -> str | Response:
    knowledge, today = current_parts().assistant().knowledge, current_parts().settings.today()
    choices = _choices(knowledge)
    if way := tidied({name: choice.said for name, choice in choices.items() if choice.said}):
        return way
    scope = _scope(choices)
    entries = agenda(knowledge, scope, today)
    return render_template(
        "calendar/page.html",
        today=today,
        scope=scope,
        unknown=[choice.unknown for choice in choices.values() if choice.unknown],
        names=knowledge.vocabulary,
        sessions=sessions(knowledge),
        query=request.query_string.decode(),
        timeline=timeline(entries, today),
        past=past_groups(entries),
        **{state: [e for e in entries if e.state == state] for state in ("open", "coming", "yearly")},
    )


@pages.get("/calendrier.ics")
def every_file() -> Response:
    """All that is open or to come in the scope of the address."""
    knowledge, today = current_parts().assistant().knowledge, current_parts().settings.today()
    entries = agenda(knowledge, _scope(_choices(knowledge)), today)
    return _file([entry for entry in entries if _may_be_kept(entry)], today, "reglo.ics")


@pages.get("/calendrier/<uid>.ics")
def one_file(uid: str) -> Response:
    knowledge, today = current_parts().assistant().knowledge, current_parts().settings.today()
    entries = [e for e in agenda(knowledge, Scope(), today) if e.uid == uid and _may_be_kept(e)]
    if not entries:
        abort(404)
    return _file(entries, today, f"reglo-{uid}.ics")


def _may_be_kept(entry: Entry) -> bool:
    """A month has no day to stand on, and what is past needs none."""
    return entry.state in ("open", "coming") and not entry.by_month


pages.add_app_template_test(_may_be_kept, "dated_to_come")


def _file(entries: Sequence[Entry], today: date, name: str) -> Response:
    response = make_response(calendars.calendar(days_of(entries, request.url_root), today))
    response.content_type = calendars.MEDIA_TYPE
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@dataclass(frozen=True, slots=True)
class Choice:
    """What the address chooses of one field: `value` where it is held, `unknown` what it names where it is not."""

    value: str | None
    unknown: str = ""
    said: str = ""


def _choices(knowledge: Knowledge) -> dict[str, Choice]:
    """Each field of the address; the site's own school, academy and session hold where it says nothing."""
    names, site = knowledge.vocabulary, current_parts().settings.scope()
    held = [str(session) for session in sessions(knowledge)]
    return {
        "diplome": _choice("diplome", names.diplomas, None),
        "etablissement": _choice("etablissement", names.schools, site.school),
        "academie": _choice("academie", names.academies, next(iter(site.academies), None)),
        "session": _choice("session", held, str(site.session) if site.session else None),
    }


def _choice(name: str, held: Sequence[str], site: str | None) -> Choice:
    asked = written(name)
    if asked in held:
        return Choice(asked, said="" if asked == site else asked)
    if asked == _ALL:
        return Choice(None, said=_ALL if site else "")
    return Choice(site, unknown=asked, said=asked)


def _scope(choices: dict[str, Choice]) -> Scope:
    academy, session = choices["academie"].value, choices["session"].value
    return Scope(
        diploma=choices["diplome"].value,
        school=choices["etablissement"].value,
        academies=(academy,) if academy else (),
        session=int(session) if session else None,
    )
