"""The API's own description: it stands for what is answered, and whatever it allows or forbids is so."""

from __future__ import annotations

import re

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.schemas import BaseSchema

from web import api, completions

OPERATIONS = (*api.OPERATIONS, *completions.OPERATIONS)
_TRIED = [(one.method, one.address) for one in OPERATIONS]
_OFTEN = [HealthCheck.too_slow, HealthCheck.filter_too_much]


@pytest.fixture(scope="module")
def described(app: Flask) -> BaseSchema:
    return schemathesis.openapi.from_wsgi("/openapi.json", app)


def _try(described: BaseSchema, method: str, path: str, mode: GenerationMode, examples: int) -> None:
    """Calls an operation with what its description allows, or forbids, and holds each response against it."""
    strategy = described[path][method].as_strategy(generation_mode=mode)

    @settings(max_examples=examples, deadline=None, database=None, suppress_health_check=_OFTEN)
    @given(case=strategy)
    def call(case: schemathesis.Case) -> None:
        case.call_and_validate()

    call()


@pytest.mark.parametrize(("method", "path"), _TRIED)
def test_what_the_description_allows_is_answered_as_it_says(described: BaseSchema, method: str, path: str) -> None:
    _try(described, method, path, GenerationMode.POSITIVE, 10)


@pytest.mark.parametrize(("method", "path"), [(one.method, one.address) for one in OPERATIONS if one.query or one.asks])
def test_what_the_description_forbids_is_refused_as_it_says(described: BaseSchema, method: str, path: str) -> None:
    _try(described, method, path, GenerationMode.NEGATIVE, 15)


@pytest.mark.long
@pytest.mark.parametrize(("method", "path"), _TRIED)
def test_it_is_so_however_long_one_tries(described: BaseSchema, method: str, path: str) -> None:
    _try(described, method, path, GenerationMode.POSITIVE, 500)
    if any((one.query or one.asks) and (one.method, one.address) == (method, path) for one in OPERATIONS):
        _try(described, method, path, GenerationMode.NEGATIVE, 500)


def test_the_description_is_of_every_address_of_the_api_and_of_no_other(app: Flask, client: FlaskClient) -> None:
    told = client.get("/openapi.json").get_json()
    assert told["openapi"].startswith("3.1")
    routes = {
        (re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule), method.lower())
        for rule in app.url_map.iter_rules()
        if rule.rule.startswith(("/api/", "/v1/"))
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}
    }
    assert routes == {(path, method) for path, methods in told["paths"].items() for method in methods}
    assert len(routes) == len(api.OPERATIONS) + len(completions.OPERATIONS)


def test_the_description_names_no_machine(client: FlaskClient) -> None:
    assert "localhost" not in client.get("/openapi.json").text
