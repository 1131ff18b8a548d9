"""Odd text in every field of every form of the conversation: an answer or a reason, never markup, never an error."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient

from tests.web.examples import COEFFICIENT
from tests.web.pages import OUR_SCRIPT
from tests.web.strings import ODD

FIELDS = ("school", "academy", "session", "status", "literal", "drop", "again", "history", "reason", "found", "v", "d")
OURS = re.compile(r'<svg [^>]*class="qr".*?</svg>', re.DOTALL)


def _sound(page: str) -> bool:
    scripts = re.findall(r"<script.*?</script>", page, re.DOTALL)
    markup = re.search(r"<(img|svg|iframe|style)\b", OURS.sub("", page))
    return not markup and all(OUR_SCRIPT.fullmatch(script) for script in scripts)


@pytest.mark.parametrize("odd", ODD)
def test_odd_text_in_any_field_is_text(client: FlaskClient, odd: str) -> None:
    form = {"question": COEFFICIENT, **dict.fromkeys(FIELDS, odd)}
    for path in ("/", "/avis"):
        response = client.post(path, data=form)
        assert response.status_code in (200, 400)
        assert _sound(response.text)


@pytest.mark.parametrize("odd", ODD)
def test_odd_text_in_one_field_is_text(client: FlaskClient, odd: str) -> None:
    for field in ("drop", "literal", "school", "history"):
        response = client.post("/", data={"question": COEFFICIENT, field: odd})
        assert response.status_code == 200
        assert _sound(response.text)


@pytest.mark.parametrize("odd", ODD)
def test_a_link_of_odd_text_leads_back_to_it(client: FlaskClient, odd: str) -> None:
    made = client.post("/lien", data={"question": odd})
    assert made.status_code in (303, 400)
    if made.status_code == 303:
        linked = client.get(made.headers["Location"])
        assert linked.status_code == 200
        assert _sound(linked.text)
    calendar = client.post("/agenda.ics", data={"question": odd})
    assert calendar.status_code in (200, 400)
