"""The answers and what they rest on, as JSON; what can be asked is described in `OPERATIONS` alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any, TypeVar

from flask import Blueprint, Response, abort, jsonify, request

from assistant.answers import cited
from assistant.events import Span
from assistant.facts import Fact
from assistant.knowledge import Knowledge
from assistant.marking import NoTable, UnknownUnit, simulated
from corpus.documents import Passage, Scope
from web import operations, queries, shapes
from web.asking import BadQuestion, read_json, read_request
from web.documents import held_document, missing
from web.operations import Operation
from web.parts import current_parts
from web.terminal import described, summed_up

T = TypeVar("T")
pages = Blueprint("api", __name__)
_CENT = Decimal("0.01")
_NOISE = 1e-9  # by how much a float misses the mark that was written
_PLACE = ("school", "academies", "session")  # what a list can be narrowed to


def body() -> object:
    """The JSON that came with the request."""
    if not request.is_json:
        abort(415)
    return read_json(request.get_data())


def _answer() -> Response:
    parts = current_parts()
    asked = read_request(body(), parts.settings.today(), parts.settings.scope())
    return jsonify(asked.as_json(asked.answered_by(parts.assistant())))


def _documents() -> Response:
    return jsonify(documents=[summed_up(document) for document in current_parts().publisher.documents()])


def _document(slug: str) -> Response:
    return jsonify(described(held_document(slug)))


def _passages(query: queries.Slice) -> Response:
    held = current_parts().assistant().passages.values()
    found = [passage for passage in held if query.document in (None, passage.document)]
    return jsonify(total=len(found), passages=[_passage(one) for one in _sliced(found, query)])


def _passage(one: Passage) -> dict[str, Any]:
    return {
        "id": one.id,
        "document": one.document,
        "start": one.start,
        "end": one.end,
        "text": one.text,
        "page": one.page,
        "section": list(one.section),
        "header": one.header_text,
        "url": f"/documents/{one.document}?start={one.start}&end={one.end}#passage",
    }


def _facts(query: queries.FactQuery) -> Response:
    knowledge = current_parts().assistant().knowledge
    found = [
        fact
        for fact in _placed(knowledge.facts.facts, query)
        if query.subject in (None, fact.subject) and query.property in (None, fact.prop)
    ]
    return jsonify(total=len(found), facts=[_fact(one, knowledge) for one in _sliced(found, query)])


def _fact(one: Fact, knowledge: Knowledge) -> dict[str, Any]:
    stated = {"subject": one.subject, "property": one.prop, "value": one.value, "shown": one.shown}
    return stated | _rests_on(one, knowledge)


def _rests_on(one: Fact, knowledge: Knowledge) -> dict[str, Any]:
    evidence = [cited(knowledge.cite(e.document, e.start, e.end)) for e in one.evidence]
    return {"scope": {name: value for name, value in asdict(one.scope).items() if value}, "evidence": evidence}


def _events(query: queries.EventQuery) -> Response:
    parts = current_parts()
    knowledge, today = parts.assistant().knowledge, parts.settings.today()
    dated = [(fact, Span.parse(fact.value, today)) for fact in _placed(knowledge.facts.about("event", "event"), query)]
    found = [
        (fact, span)
        for fact, span in dated
        if (query.since is None or query.since <= span.last) and (query.until is None or span.first <= query.until)
    ]
    found.sort(key=lambda one: (one[1].first, one[1].last))
    shown = [_event(fact, span, knowledge) for fact, span in _sliced(found, query)]
    return jsonify(total=len(found), events=shown)


def _event(fact: Fact, span: Span, knowledge: Knowledge) -> dict[str, Any]:
    return {
        "title": knowledge.heading(fact),
        "start": span.first.isoformat(),
        "end": span.last.isoformat(),
        "shown": fact.shown,
        "every_year": span.every_year,
        "by_month": span.by_month,
    } | _rests_on(fact, knowledge)


def _placed(facts: Iterable[Fact], query: queries.Place) -> Iterator[Fact]:
    """The facts of the document asked for that may hold in the place asked for."""
    place = _place(query.academy, query.session, school=query.school)
    return (fact for fact in facts if query.document in (None, fact.document) and fact.scope.compatible(place, _PLACE))


def _sliced(found: Sequence[T], query: queries.Slice) -> Sequence[T]:
    return found[query.offset : query.offset + query.limit]


def _simulate() -> Response:
    given = operations.read_body(shapes.Marks, body())
    parts = current_parts()
    scope = parts.settings.scope().narrowed(_place(given.academy, given.session, diploma=given.diploma))
    try:
        answer = simulated(
            parts.assistant().knowledge,
            {code: _mark(mark, f"marks.{code}") for code, mark in given.marks.items()},
            elsewhere=None if given.elsewhere is None else _mark(given.elsewhere, "elsewhere"),
            target=None if given.target is None else _mark(given.target, "target"),
            today=parts.settings.today(),
            scope=scope,
        )
    except UnknownUnit as unknown:
        hint = f"Celles-ci ont un coefficient : {', '.join(unknown.known)}."
        raise missing(f"L'épreuve « {unknown.code[:40]} » n'est dans aucun document.", hint) from None
    except NoTable:
        raise missing("Aucun document ne donne ces coefficients.", "Vérifiez le diplôme, ou laissez-le vide.") from None
    return jsonify(answer.as_json())


def _mark(given: float, where: str) -> Decimal:
    """A mark as it was written; one that would have to be rounded is refused, for rounding may pass an exam."""
    mark = Decimal(str(given)).quantize(_CENT)
    if abs(given - float(mark)) > _NOISE:
        said = f"« {where[:80]} » : {given} a plus de deux décimales."
        raise BadQuestion(
            "bad_request", said, "Donnez une note de 0 à 20 avec deux décimales au plus, par exemple 12.5."
        )
    return mark


def _place(academy: str | None, session: int | None, school: str | None = None, diploma: str | None = None) -> Scope:
    return Scope(diploma, school, academies=(academy,) if academy else (), session=session)


@pages.get("/healthz")
def healthz() -> Response:
    """Alive: the process answers."""
    return jsonify(status="alive")


@pages.get("/readyz")
def readyz() -> Response:
    """Ready: a generation is loaded, questions can be answered (503 otherwise, by the error handlers)."""
    documents = current_parts().assistant().knowledge.documents
    return jsonify(status="ready", documents=len(documents))


OPERATIONS = (
    Operation("answer", "POST", "/api/answer", "Répond à une question.", _answer, shapes.Answered, shapes.Question),
    Operation("documents", "GET", "/api/documents", "Les documents.", _documents, shapes.Documents),
    Operation(
        "document", "GET", "/api/documents/<slug>", "Un document et son texte.", _document, shapes.WholeDocument,
        errors=(404,),
    ),
    Operation("passages", "GET", "/api/passages", "Les passages.", _passages, shapes.Passages, query=queries.Slice),
    Operation(
        "facts", "GET", "/api/facts", "Les faits lus dans les documents, chacun avec ses mots exacts.", _facts,
        shapes.FactsFound, query=queries.FactQuery,
    ),
    Operation(
        "events", "GET", "/api/events", "Ce que les documents datent, du plus ancien au plus lointain.", _events,
        shapes.Events, query=queries.EventQuery,
    ),
    Operation(
        "simulate", "POST", "/api/simulation", "La moyenne que font des notes, ou la note qu'il manque.", _simulate,
        shapes.Answered, shapes.Marks, errors=(404,),
    ),
)  # fmt: skip
operations.add_to(pages, OPERATIONS)
