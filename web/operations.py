"""What the API can be asked: each operation described once, for the site that answers it and for /openapi.json."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from typing import Any, Final, TypeVar

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from pydantic import BaseModel, ValidationError
from pydantic.json_schema import models_json_schema

from web.asking import BadQuestion
from web.shapes import Failure

Model = TypeVar("Model", bound=BaseModel)
JSON: Final = "application/json"
_SCHEMAS: Final = "#/components/schemas/{model}"
_REFUSED: Final = (429, 503)  # any operation, by the gate
_SAID: Final = {
    400: "La demande n'est pas lisible.",
    404: "Il n'y a rien de ce nom.",
    413: "La demande est trop volumineuse.",
    415: "La demande n'est pas du JSON.",
    429: "Trop de demandes viennent de cette adresse ; « Retry-After » dit quand revenir.",
    503: "Le site est occupé ou n'a pas encore de documents ; « Retry-After » dit quand revenir.",
}


@dataclass(frozen=True, slots=True)
class Operation:
    """`path` as Flask writes it; `view` gets the parts of the path, and `query` read from the address."""

    name: str
    method: str
    path: str
    summary: str
    view: Callable[..., ResponseReturnValue]
    gives: type[BaseModel] | None
    asks: type[BaseModel] | None = None
    query: type[BaseModel] | None = None
    errors: tuple[int, ...] = ()
    streams: bool = False

    @property
    def address(self) -> str:
        """The path as OpenAPI writes it."""
        return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", self.path)


def add_to(pages: Blueprint, operations: Iterable[Operation]) -> None:
    for one in operations:
        view = partial(_answer, one)
        pages.add_url_rule(one.path, one.name, view, methods=[one.method])


def _answer(operation: Operation, **parts: str) -> ResponseReturnValue:
    if operation.query is None:
        return operation.view(**parts)
    return operation.view(**parts, query=_read(operation.query))


def _read(query: type[BaseModel]) -> BaseModel:
    try:
        return query.model_validate(request.args.to_dict())
    except ValidationError as error:
        raise _wrong(query, error) from None


def read_body(model: type[Model], given: object, hint: str = "") -> Model:
    """A body as its model reads it; what is wrong is told by its place."""
    try:
        return model.model_validate(given)
    except ValidationError as error:
        where = ".".join(map(str, error.errors(include_url=False)[0]["loc"])) or "la demande"
        hint = hint or "La forme attendue est décrite par /openapi.json."
        raise BadQuestion("bad_request", f"« {where[:80]} » n'est pas ce qui est attendu.", hint) from None


def _wrong(query: type[BaseModel], error: ValidationError) -> BadQuestion:
    """The first parameter that is wrong, and what is expected of it."""
    first = error.errors(include_url=False)[0]
    name = str(first["loc"][0])
    field = query.model_fields.get(name)
    if field is None:
        known = ", ".join(query.model_fields)
        return BadQuestion("unknown_parameter", f"Le paramètre « {name[:40]} » n'existe pas.", f"Ceux-ci : {known}.")
    said = f"« {str(first['input'])[:40]} » n'est pas accepté pour « {name} »."
    return BadQuestion("bad_parameter", said, f"Attendu : {field.description}.")


def described(operations: Iterable[Operation]) -> dict[str, Any]:
    """The OpenAPI 3.1 description of these operations."""
    listed = list(operations)
    models = {model for one in listed for model in (one.gives, one.asks) if model} | {Failure}
    ordered = sorted(models, key=lambda model: model.__name__)
    _, schemas = models_json_schema([(model, "validation") for model in ordered], ref_template=_SCHEMAS)
    paths: dict[str, dict[str, Any]] = {}
    for one in listed:
        paths.setdefault(one.address, {})[one.method.lower()] = _operation(one)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Réglo",
            "version": version("reglo"),
            "description": "Des réponses sourcées aux questions de règlement. Chaque phrase vient d'un document, cité.",
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas["$defs"]},
    }


def _operation(one: Operation) -> dict[str, Any]:
    told: dict[str, Any] = {"operationId": one.name, "summary": one.summary}
    if parameters := [*_parts(one), *_parameters(one)]:
        told["parameters"] = parameters
    if one.asks:
        told["requestBody"] = {"required": True, "content": _content(one.asks)}
    good = _content(one.gives) if one.gives else {JSON: {"schema": {"type": "object"}}}
    if one.streams:
        good["text/event-stream"] = {"schema": {"type": "string"}}
    told["responses"] = {"200": {"description": "La réponse.", "content": good}} | {
        str(status): {"description": _SAID[status], "content": _content(Failure)}
        for status in sorted({*_statuses(one), *_REFUSED})
    }
    return told


def _statuses(one: Operation) -> set[int]:
    """The errors that an operation may give besides those of the gate."""
    body = {400, 413, 415} if one.asks else set()
    return {*one.errors, *body, *({400} if one.query else ())}


def _parts(one: Operation) -> list[dict[str, Any]]:
    named = re.findall(r"\{(\w+)}", one.address)
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}} for name in named]


def _parameters(one: Operation) -> list[dict[str, Any]]:
    if one.query is None:
        return []
    properties = one.query.model_json_schema()["properties"]
    return [
        {"name": name, "in": "query", "description": schema.get("description", ""), "schema": _plain(schema)}
        for name, schema in properties.items()
    ]


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    """What an address can hold: a value or nothing, never null."""
    kinds = [kind for kind in schema.get("anyOf", [schema]) if kind.get("type") != "null"]
    return {name: value for name, value in kinds[0].items() if name not in ("title", "description")}


def _content(model: type[BaseModel]) -> dict[str, Any]:
    return {JSON: {"schema": {"$ref": _SCHEMAS.format(model=model.__name__)}}}
