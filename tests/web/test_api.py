"""The answers as JSON, and the one shape of an error."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.examples import COEFFICIENT
from tests.web.strings import ODD

KEYS = {
    *("id", "question", "kind", "rule", "text", "steps", "citations", "disagreements"),
    *("scope", "notices", "suggestions", "events", "elapsed_ms"),
}


def test_an_answer_has_the_promised_keys_and_gives_the_question_back(client: FlaskClient) -> None:
    answer = client.post("/api/answer", json={"id": "a1", "question": COEFFICIENT, "date": "2026-11-20"}).get_json()
    assert set(answer) == KEYS
    assert (answer["id"], answer["question"], answer["kind"]) == ("a1", COEFFICIENT, "rule")


def test_the_scope_of_the_request_is_heard(client: FlaskClient) -> None:
    asked = {"question": COEFFICIENT, "school": "Sacré-Coeur", "academy": "Amiens", "session": 2027}
    assert client.post("/api/answer", json=asked).status_code == 200


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("{", "bad_json"),
        ("", "bad_json"),
        ("[" * 100_000, "bad_json"),
        ("[]", "bad_request"),
        ("null", "bad_request"),
        ("{}", "empty_question"),
        ('{"question": "  "}', "empty_question"),
        ('{"question": 3}', "bad_question"),
        ('{"question": "E5", "history": "E4"}', "bad_history"),
        ('{"question": "E5", "history": [3]}', "bad_history"),
        ('{"question": "E5", "date": "demain"}', "bad_date"),
        ('{"question": "E5", "date": 20261120}', "bad_date"),
        ('{"question": "E5", "session": "bientôt"}', "bad_session"),
        ('{"question": "E5", "session": 1e400}', "bad_session"),
        ('{"question": "E5", "school": ["x"]}', "bad_school"),
    ],
)
def test_a_request_that_cannot_be_read_says_what_is_wrong_and_what_to_do(
    client: FlaskClient, body: str, code: str
) -> None:
    response = client.post("/api/answer", data=body, content_type="application/json")
    error = response.get_json()["error"]
    assert (response.status_code, error["code"]) == (400, code)
    assert error["message"]
    assert error["hint"]


def test_a_question_of_two_thousand_and_one_characters_is_too_long(client: FlaskClient) -> None:
    assert client.post("/api/answer", json={"question": "x" * 2000}).status_code == 200
    assert client.post("/api/answer", json={"question": "x" * 2001}).get_json()["error"]["code"] == "long_question"


def test_what_is_not_json_is_a_415_and_what_is_not_a_post_a_405(client: FlaskClient) -> None:
    assert client.post("/api/answer", data="question=E5").status_code == 415
    refused = client.get("/api/answer")
    assert refused.status_code == 405
    assert "POST" in refused.headers["Allow"]
    assert refused.get_json()["error"]["code"] == "method_not_allowed"


def test_a_body_over_the_limit_is_a_413(client: FlaskClient) -> None:
    response = client.post("/api/answer", data=b" " * 300_000, content_type="application/json")
    assert response.status_code == 413
    assert response.get_json()["error"]["code"] == "too_large"


@pytest.mark.parametrize("odd", ODD)
def test_odd_text_gets_an_ordinary_answer(client: FlaskClient, odd: str) -> None:
    response = client.post("/api/answer", json={"question": f"E5 {odd}"[:2000], "history": [odd], "id": odd[:40]})
    assert response.status_code == 200
    assert set(response.get_json()) == KEYS


def test_half_a_character_is_an_ordinary_question_too(client: FlaskClient) -> None:
    response = client.post("/api/answer", data=b'{"question": "E5 \\ud800"}', content_type="application/json")
    assert response.status_code == 200


def test_the_site_says_that_it_lives_and_that_it_is_ready(client: FlaskClient) -> None:
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").get_json()["documents"] > 0
