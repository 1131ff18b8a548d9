"""The dossier's page: exams to tick, what they ask for, and a file looked at without being kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from flask import Blueprint, Response, make_response, render_template, request

from assistant.checklist import Checklist, checklist, units_with_dossier
from assistant.dossier_statements import statements
from assistant.knowledge import Knowledge
from assistant.paper import Check, Level, check_file, check_size
from corpus.documents import Citation, Scope
from corpus.paper import Paper, look_into_each
from web.parts import current_parts
from web.tools.showing import chosen_diploma, of_diploma, quotes_of, tidied, written
from web.tools.uploads import Occupied, TooMuch, files, turn

pages = Blueprint("dossier", __name__)
MOST_TICKED = 40
OTHER = "autre"  # an academy that no document is of
_LOOKING = 0.7  # of the time that a response may take: looking into the files
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@dataclass(frozen=True, slots=True)
class Checked:
    """A file that was looked at; `stopped` is how it stands where that was not to its end."""

    name: str
    checks: tuple[Check, ...]
    stopped: Level | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks: the units ticked, the asker's scope, the session as it is written; `wrong` says what of it
    cannot be used."""

    units: tuple[str, ...]
    scope: Scope
    session: str
    wrong: tuple[str, ...]


@pages.get("/dossier")
def dossier() -> str | Response:
    return tidied(_said()) or _page()


@pages.post("/dossier")
def check() -> str | Response:
    """The same page with the files looked at."""
    try:
        given = files()
    except TooMuch as much:
        return make_response(_page(refused=str(much)), 413)
    if not given:
        return make_response(_page(refused="Choisissez d'abord un fichier."), 400)
    try:
        with turn():
            papers = look_into_each([file.read() for file in given], current_parts().settings.patience * _LOOKING)
    except Occupied as occupied:
        return make_response(_page(refused=str(occupied)), 503)
    return _page(papers=[(file.filename or "", paper) for file, paper in zip(given, papers, strict=True)])


def _page(papers: Sequence[tuple[str, Paper]] = (), refused: str = "") -> str:
    parts = current_parts()
    knowledge = parts.assistant().knowledge
    diploma = chosen_diploma(knowledge)
    spoken = statements(knowledge, diploma) if diploma else []
    offered = units_with_dossier(knowledge, spoken, diploma)
    asked = _asked(knowledge, offered, of_diploma(parts.settings.scope(), diploma))
    said = checklist(knowledge, spoken, asked.units, asked.scope, parts.settings.today()) if asked.units else None
    return render_template(
        "dossier/page.html",
        asked=asked,
        said=said,
        quotes=quotes_of(_cited(said), knowledge) if said else None,
        query=request.query_string.decode(),
        refused=refused,
        upload=parts.settings.upload,
        **_choices(knowledge, diploma, offered),
        **_looked_at(papers, said),
    )


def _choices(knowledge: Knowledge, diploma: str | None, offered: Sequence[str]) -> dict[str, object]:
    """What the form offers: the diplomas, the units with a dossier and those without, the statuses, the academies."""
    names = knowledge.vocabulary
    return {
        "diploma": diploma,
        "diplomas": names.examined,
        "offered": [(unit.removeprefix("unit:"), names.label(unit, diploma)) for unit in offered],
        "others": [unit.removeprefix("unit:") for unit in names.subjects(diploma) if unit not in offered],
        "statuses": _statuses(knowledge, diploma),
        "academies": names.academies,
        "other": OTHER,
    }


def _looked_at(papers: Sequence[tuple[str, Paper]], said: Checklist | None) -> dict[str, object]:
    """The files against the checklist, each and, where there are several, together."""
    if said is None:
        return {"checked": [], "together": None}
    each = [
        Checked(name, tuple(_checks(paper, name, said)), Level.LOOK if paper.stopped else None)
        for name, paper in papers
    ]
    return {"checked": each, "together": check_size([p for _, p in papers], said) if len(papers) > 1 else None}


def _checks(paper: Paper, name: str, said: Checklist) -> list[Check]:
    """What is said of one file; of one that could not even be opened in time, only what needs no opening."""
    if paper.stopped and paper.pages is None:
        return [check_size([paper], said)]
    return check_file(paper, name, said)


def _asked(knowledge: Knowledge, offered: Sequence[str], scope: Scope) -> Asked:
    codes = {unit.removeprefix("unit:"): unit for unit in offered}
    ticked = dict.fromkeys(request.args.getlist("epreuve")[:MOST_TICKED])
    academy, session, status = written("academie"), written("session"), written("statut")
    wrong = [f"« {code[:20]} » n'a pas de dossier dans les documents." for code in ticked if code not in codes]
    if session and not _YEAR.fullmatch(session):
        wrong.append(f"« {session[:20]} » n'est pas une session : écrivez une année, par exemple 2027.")
    asker = replace(
        scope,
        academies=(academy,) if academy in (*knowledge.vocabulary.academies, OTHER) else scope.academies,
        session=int(session) if _YEAR.fullmatch(session) else scope.session,
        status=(status,) if status in _statuses(knowledge, scope.diploma) else (),
    )
    return Asked(
        tuple(codes[code] for code in ticked if code in codes), asker, session or str(scope.session or ""), tuple(wrong)
    )


def _said() -> dict[str, str | list[str]]:
    """The address that asks this and no more; what is wrong in it stays, to be put right."""
    fields = ("diplome", "epreuve", "statut", "academie", "session")
    said: dict[str, str | list[str]] = {}
    for name in fields:
        values = [value for value in dict.fromkeys(request.args.getlist(name)[:MOST_TICKED]) if value.strip()]
        if values:
            said[name] = values if name == "epreuve" else values[:1]
    return said


def _statuses(knowledge: Knowledge, diploma: str | None) -> tuple[str, ...]:
    """The statuses that the documents tell apart in how units are assessed."""
    units = knowledge.vocabulary.subjects(diploma)
    facts = [f for unit in units for f in knowledge.facts.about(unit, "regime", Scope(diploma=diploma))]
    return tuple(dict.fromkeys(status for fact in facts for status in fact.scope.status))


def _cited(said: Checklist) -> Iterable[Citation]:
    for group in said.groups:
        yield from (item.citation for item in group.items)
    for items in (said.shared, said.pages, said.unseen):
        yield from (item.citation for item in items)
    yield from (deadline.citation for deadline in said.deadlines)
