"""Am I eligible: one question at a time, the answers so far in the address, the verdict at the end."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, Response, render_template

from assistant.access import Place
from assistant.admission import NO, UNSURE, YES, Answered, Interview, fields, interview, places
from corpus.documents import Citation
from web.parts import current_parts
from web.tools.showing import quotes_of, tidied, written

pages = Blueprint("eligibility", __name__)


@pages.get("/eligibilite")
def eligibility() -> str | Response:
    parts = current_parts()
    knowledge = parts.assistant().knowledge
    held = places(knowledge)
    place = next((one for one in held if one.key == written("ou")), None)
    if way := tidied({name: value for name in ("ou", *fields()) if (value := written(name))}):
        return way
    if place is None:
        return render_template("eligibility/page.html", places=held, unknown=written("ou"), heard=None)
    heard = interview(knowledge, place, {name: written(name) for name in fields()}, parts.settings.today())
    return render_template(
        "eligibility/page.html",
        places=held,
        heard=heard,
        quotes=quotes_of(_cited(heard), knowledge),
        replies={"yes": YES, "no": NO, "unsure": UNSURE},
        kept=_kept(heard.answered),
        back={a.criterion.name: _address(place, heard.answered[:n]) for n, a in enumerate(heard.answered)},
        elsewhere=_elsewhere(held, heard),
        written=written(heard.following.name) if heard.following else "",
    )


def _kept(answered: tuple[Answered, ...]) -> dict[str, str]:
    """The answers that travel with the next one."""
    return {name: value for name in fields() if (value := written(name)) and name in _names(answered)}


def _names(answered: tuple[Answered, ...]) -> set[str]:
    names = {a.criterion.name for a in answered}
    return names | ({"exception"} if "age" in names else set())


def _address(place: Place, answered: tuple[Answered, ...]) -> str:
    """The address that has the answers before this one: the way to change it."""
    before = {a.criterion.name: written(a.criterion.name) for a in answered}
    return _way(place, before)


def _way(place: Place, replies: Mapping[str, str]) -> str:
    return f"/eligibilite?{urlencode({'ou': place.key, **replies})}"


def _elsewhere(held: list[Place], heard: Interview) -> list[tuple[str, str]]:
    """The other places, with the age that was given."""
    if heard.outcome in ("", "yes"):
        return []
    age = {"age": written("age")} if written("age") else {}
    return [(p.label, _way(p, age)) for p in held if p.key != heard.place.key]


def _cited(heard: Interview) -> list[Citation]:
    criteria = (
        [a.criterion for a in heard.answered] + list(heard.later) + ([heard.following] if heard.following else [])
    )
    return [quote for criterion in criteria for quote in criterion.quotes] + list(heard.alternatives)
