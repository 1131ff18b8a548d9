"""What cannot be answered, said calmly: a page for people, one shape of JSON for the API."""

from __future__ import annotations

from typing import Final, NamedTuple

from flask import Flask, Response, jsonify, make_response, render_template, request
from werkzeug.exceptions import HTTPException, SecurityError

from assistant.publishing import PublishingError
from web.asking import BadQuestion
from web.gate import JSON, Refused


class Said(NamedTuple):
    """A stable code for scripts, and for people what happened and what to do."""

    code: str
    message: str
    hint: str


_BY_STATUS: Final = {
    400: Said("bad_request", "Cette demande n'est pas lisible.", "Reprenez depuis la page d'accueil."),
    403: Said("forbidden", "Ce formulaire vient d'un autre site.", "Posez votre question depuis la page d'accueil."),
    404: Said("not_found", "Cette page n'existe pas.", "L'accueil et la liste des documents mènent à tout le reste."),
    405: Said("method_not_allowed", "Cette adresse ne se demande pas ainsi.", "Reprenez depuis la page d'accueil."),
    413: Said("too_large", "Cette demande est trop volumineuse.", "Une question compte 2 000 caractères au plus."),
    415: Said(
        "unsupported_media_type", "Cette demande n'est pas du JSON.", "Dites « Content-Type: application/json »."
    ),
    500: Said("internal", "Réglo n'a pas pu répondre.", "Réessayez ; si cela dure, prévenez qui tient ce site."),
}
_UNKNOWN_HOST: Final = Said(
    "unknown_host",
    "Ce site ne répond pas sous ce nom.",
    "Vérifiez l'adresse. Qui tient ce site ajoute un nom avec le réglage REGLO_HOSTS.",
)
_REFUSED: Final = {
    "too_many": Said(
        "too_many",
        "Trop de demandes viennent de votre adresse.",
        "Attendez {seconds}, puis rechargez cette page : votre question sera renvoyée.",
    ),
    "busy": Said(
        "busy",
        "Réglo répond déjà à beaucoup de monde.",
        "Attendez {seconds}, puis rechargez cette page : votre question sera renvoyée.",
    ),
    "too_slow": Said(
        "too_slow",
        "Réglo n'a pas trouvé la réponse assez vite.",
        "Posez une question plus courte, une seule à la fois ; sinon réessayez dans {seconds}.",
    ),
}


def add_to(app: Flask) -> None:
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(SecurityError, _unknown_host)
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(BadQuestion, _bad_question)
    app.register_error_handler(PublishingError, _not_ready)
    app.register_error_handler(Exception, _unexpected)


def answer(status: int, said: Said) -> Response:
    """The error in the form that the address calls for."""
    if request.path.startswith(JSON):
        body = jsonify(error=said._asdict())
    else:
        body = make_response(render_template("error.html", status=status, said=said))
    body.status_code = status
    return body


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    if status < 400:
        return Response(error.get_body(), status, error.get_headers())
    said = _BY_STATUS.get(status, _BY_STATUS[400 if status < 500 else 500])
    if getattr(error, "said", None):
        said = error.said  # type: ignore[attr-defined]
    response = answer(status, said)
    response.headers.extend((name, value) for name, value in error.get_headers() if name in ("Allow", "Retry-After"))
    return response


def _bad_question(error: BadQuestion) -> Response:
    return answer(400, Said(error.code, error.message, error.hint))


def _unknown_host(_: SecurityError) -> Response:
    return answer(400, _UNKNOWN_HOST)


def _refused(refused: Refused) -> Response:
    refusal = refused.refusal
    said = _REFUSED[refusal.code]
    response = answer(refusal.status, said._replace(hint=said.hint.format(seconds=_seconds(refusal.seconds))))
    response.headers["Retry-After"] = str(refusal.seconds)
    return response


def _seconds(count: int) -> str:
    return f"{count}\u00a0s"


def _not_ready(error: PublishingError) -> Response:
    response = answer(503, Said("not_ready", str(error), "Réessayez dans un moment."))
    response.headers["Retry-After"] = "30"
    return response


def _unexpected(error: Exception) -> Response:
    from flask import current_app

    current_app.logger.error("%s %s", request.method, request.path, exc_info=error)
    return answer(500, _BY_STATUS[500])
