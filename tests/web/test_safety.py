"""What every response carries, what no request may do."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.web.pages import OUR_SCRIPT
from web import create_app
from web.settings import Settings

EVERYWHERE = ("/", "/documents", "/documents/referentiel-mco", "/nulle-part", "/healthz", "/api/nulle-part")


@pytest.mark.parametrize("path", EVERYWHERE)
def test_every_response_forbids_what_the_page_does_not_need(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize("path", EVERYWHERE)
def test_no_page_holds_what_the_policy_forbids(client: FlaskClient, path: str) -> None:
    page = client.get(path).text
    assert "<script" not in OUR_SCRIPT.sub("", page)
    assert " style=" not in page
    assert "<style" not in page


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://ailleurs.example"},
        {"Origin": "null"},
    ],
)
def test_a_form_sent_from_another_site_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    response = client.post("/", data={"question": "E5"}, headers=headers)
    assert response.status_code == 403
    assert "autre site" in response.text


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "http://localhost"}],
)
def test_our_own_form_and_a_script_are_heard(client: FlaskClient, headers: dict[str, str]) -> None:
    assert client.post("/", data={"question": "E5"}, headers=headers).status_code == 200


def test_a_form_over_the_limit_is_a_413(client: FlaskClient) -> None:
    assert client.post("/", data={"question": "x" * 300_000}).status_code == 413


def test_an_asset_may_be_kept_for_its_address_changes_with_it(client: FlaskClient) -> None:
    asset = client.get("/static/reglo.css")
    assert "max-age=31536000" in asset.headers["Cache-Control"]
    assert "/static/reglo.css?v=" in client.get("/").text


def test_an_unforeseen_error_is_a_calm_page_without_a_traceback(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret")

    monkeypatch.setitem(app.view_functions, "chat.ask", broken)
    response = app.test_client().get("/")
    assert response.status_code == 500
    assert "pas pu répondre" in response.text
    assert "secret" not in response.text
    assert "Traceback" not in response.text


def test_an_asset_that_a_browser_has_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get("/static/reglo.css")
    again = client.get("/static/reglo.css", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["/", "/documents"])
def test_a_page_is_kept_by_no_one_without_asking_again(client: FlaskClient, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "private, no-cache"


def test_before_any_document_the_site_lives_but_is_not_ready(tmp_path: Path) -> None:
    client = create_app(Settings(home=tmp_path)).test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/").status_code == 200
    assert client.get("/documents").status_code == 200
    assert client.get("/readyz").status_code == 503
    asked = client.post("/", data={"question": "E5"})
    assert asked.status_code == 503
    assert "Retry-After" in asked.headers
