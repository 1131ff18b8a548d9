"""The answers as JSON, and the one shape of an error."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.web.examples import COEFFICIENT
from tests.web.strings import ODD
from web.shapes import WholeDocument

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


def test_a_document_is_given_with_its_text_and_its_pages(client: FlaskClient) -> None:
    for summary in client.get("/api/documents").get_json()["documents"]:
        document = WholeDocument.model_validate(client.get(f"/api/documents/{summary['slug']}").get_json())
        assert document.text[document.pages[0].start :].strip()
        assert summary["title"] == document.title


def test_a_passage_is_the_slice_of_its_document_that_it_says(client: FlaskClient) -> None:
    held = client.get("/api/passages?document=leonie-aviat&limit=500").get_json()
    text = client.get("/api/documents/leonie-aviat").get_json()["text"]
    assert held["total"] == len(held["passages"]) > 0
    assert all(text[one["start"] : one["end"]] == one["text"] for one in held["passages"])


def test_a_fact_comes_with_the_exact_words_that_state_it(client: FlaskClient) -> None:
    facts = client.get("/api/facts?subject=unit:E5&property=coefficient").get_json()["facts"]
    assert {fact["value"] for fact in facts} == {"3"}
    for cited in (one for fact in facts for one in fact["evidence"]):
        assert (
            client.get(f"/api/documents/{cited['document']}").get_json()["text"][cited["start"] : cited["end"]]
            == (cited["quote"])
        )


def test_facts_and_events_are_narrowed_to_a_place_and_a_time(client: FlaskClient) -> None:
    everywhere = client.get("/api/events").get_json()["total"]
    there = client.get("/api/events?academy=Corse&session=2022&since=2022-05-01&until=2022-05-31").get_json()
    assert 0 < there["total"] < everywhere
    assert all(one["start"] <= "2022-05-31" and one["end"] >= "2022-05-01" for one in there["events"])
    starts = [one["start"] for one in there["events"]]
    assert starts == sorted(starts)
    nowhere = client.get("/api/facts?property=date&session=1999").get_json()["total"]
    assert nowhere < client.get("/api/facts?property=date").get_json()["total"]


def test_a_list_is_read_slice_by_slice(client: FlaskClient) -> None:
    whole = client.get("/api/facts?limit=500").get_json()
    read = [
        fact
        for start in range(0, whole["total"], 90)
        for fact in client.get(f"/api/facts?limit=90&offset={start}").get_json()["facts"]
    ]
    assert read[:500] == whole["facts"]
    assert len(read) == whole["total"]


@pytest.mark.parametrize(
    ("query", "code", "word"),
    [
        ("limit=0", "bad_parameter", "limit"),
        ("limit=beaucoup", "bad_parameter", "beaucoup"),
        ("session=22", "bad_parameter", "session"),
        ("sujet=E5", "unknown_parameter", "subject"),
    ],
)
def test_a_parameter_that_is_wrong_is_named_with_what_is_expected(
    client: FlaskClient, query: str, code: str, word: str
) -> None:
    response = client.get(f"/api/facts?{query}")
    error = response.get_json()["error"]
    assert (response.status_code, error["code"]) == (400, code)
    assert word in error["message"] + error["hint"]


def test_what_was_not_changed_is_not_sent_again_and_no_answer_is_kept(client: FlaskClient) -> None:
    first = client.get("/api/facts")
    again = client.get("/api/facts", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert client.post("/api/answer", json={"question": "E5"}).headers["Cache-Control"] == "no-store"


def test_marks_make_the_average_that_the_same_marks_make_in_a_question(client: FlaskClient) -> None:
    marks = {"E1": 12, "E2": 14.5, "E3": 8, "E4": 10, "E5": 11, "E6": 9}
    simulated = client.post("/api/simulation", json={"marks": marks}).get_json()
    written = ", ".join(f"{code} {str(mark).replace('.', ',')}" for code, mark in marks.items())
    asked = client.post("/api/answer", json={"question": f"quelle moyenne avec {written} ?"}).get_json()
    assert simulated["rule"] == asked["rule"] == "average.result"
    assert (simulated["text"], simulated["steps"]) == (asked["text"], asked["steps"])
    assert simulated["citations"]


def test_where_a_mark_is_missing_the_one_that_is_needed_is_given(client: FlaskClient) -> None:
    given = client.post("/api/simulation", json={"marks": {"e5": 4}, "elsewhere": 9.5, "target": 12}).get_json()
    assert given["rule"] == "average.result"
    needed = client.post("/api/simulation", json={"marks": {"E5": 4}, "target": 12}).get_json()
    assert needed["rule"] == "average.needed"
    assert "12" in needed["text"]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"marks": {"E99": 12}}, 404, "not_found"),
        ({"marks": {"E1": 12}, "diploma": "CAP Zorglub"}, 404, "not_found"),
        ({"marks": {"E1": 21}}, 400, "bad_request"),
        ({"marks": {}}, 400, "bad_request"),
        ({"marks": [12]}, 400, "bad_request"),
        ({"marks": {"E1": "12"}}, 400, "bad_request"),
    ],
)
def test_marks_that_cannot_count_are_told(client: FlaskClient, body: dict[str, object], status: int, code: str) -> None:
    response = client.post("/api/simulation", json=body)
    assert (response.status_code, response.get_json()["error"]["code"]) == (status, code)


@pytest.mark.parametrize(
    ("body", "where"),
    [
        ({"marks": {"E1": 9.996}}, "« marks.E1 » : 9.996"),
        ({"marks": {"E1": 12}, "elsewhere": 9.995}, "« elsewhere » : 9.995"),
        ({"marks": {"E1": 12}, "target": 9.999}, "« target » : 9.999"),
    ],
)
def test_a_mark_is_never_rounded(client: FlaskClient, body: dict[str, object], where: str) -> None:
    response = client.post("/api/simulation", json=body)
    assert response.status_code == 400
    assert response.get_json()["error"]["message"] == f"{where} a plus de deux décimales."


@pytest.mark.parametrize("mark", [9.99, 0.07, 929 * 0.01, 20, 0])
def test_a_mark_of_two_decimals_counts_as_it_is_written(client: FlaskClient, mark: float) -> None:
    answer = client.post("/api/simulation", json={"marks": {"E5": mark}, "elsewhere": 10})
    assert answer.status_code == 200
    assert f" x {f'{mark:.2f}'.rstrip('0').rstrip('.').replace('.', ',')} = " in " ".join(answer.get_json()["steps"])


def test_the_description_says_how_many_decimals_a_mark_may_have(client: FlaskClient) -> None:
    marks = client.get("/openapi.json").get_json()["components"]["schemas"]["Marks"]["properties"]["marks"]
    assert marks["additionalProperties"]["multipleOf"] == 0.01
