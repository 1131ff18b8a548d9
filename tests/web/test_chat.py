"""The page: what is asked and what comes back, without a script."""

from __future__ import annotations

import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from tests.web.examples import COEFFICIENT, DISAGREEMENT, SILENCE
from tests.web.pages import OUR_SCRIPT
from tests.web.strings import ODD


def _text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _ask(client: FlaskClient, question: str, *history: str) -> str:
    return client.post("/", data={"question": question, "history": list(history)}).text


def test_the_first_page_asks_for_a_question(client: FlaskClient) -> None:
    page = client.get("/")
    assert page.status_code == 200
    assert '<input id="question" name="question"' in page.text


def test_the_verdict_comes_first_and_the_row_of_the_table_stands_beside_it(client: FlaskClient) -> None:
    page = _text(_ask(client, COEFFICIENT))
    assert re.search(r"coefficient 3\b", page)
    assert page.index("coefficient 3") < page.index("le document officiel fait foi")


def test_every_quote_leads_to_the_viewer_where_its_words_are_marked(client: FlaskClient) -> None:
    links = re.findall(r'href="(/documents/[^"]+)"', _ask(client, COEFFICIENT))
    assert links
    for link in links:
        assert '<mark id="passage">' in client.get(unescape(link)).text


def test_a_quote_of_several_lines_keeps_its_lines(client: FlaskClient) -> None:
    page = _ask(client, "codes ROME ?")
    verdict = page[page.index('class="verdict') : page.index("</span>")]
    assert "<br>" in verdict
    assert re.search(r'<q class="own">[^<]+<br>', page)


def test_a_disagreement_shows_every_value_with_its_quote_and_prefers_none(client: FlaskClient) -> None:
    page = _ask(client, DISAGREEMENT)
    panel = page[page.index('class="disagreement"') : page.index("</section>")]
    assert {"2 h", "40 min"} <= set(re.findall(r'<th scope="row">([^<]+)</th>', panel))
    assert panel.count("<blockquote") >= 2
    assert "Réglo ne choisit pas" in panel


def test_a_quote_of_the_disagreement_is_not_repeated_below_it(client: FlaskClient) -> None:
    cited = re.findall(r'<blockquote cite="([^"]+)"', _ask(client, DISAGREEMENT))
    assert len(cited) == len(set(cited))


def test_an_abstention_shows_the_nearest_passages_as_such(client: FlaskClient) -> None:
    page = _ask(client, SILENCE)
    assert 'class="answer abstention"' in page
    assert "Les sources" not in page


def test_the_earlier_questions_travel_with_the_form_and_nowhere_else(client: FlaskClient) -> None:
    response = client.post("/", data={"question": "et la durée ?", "history": [COEFFICIENT]})
    carried = re.findall(r'name="history" value="([^"]*)"', response.text)
    assert {unescape(question) for question in carried} == {COEFFICIENT, "et la durée ?"}
    assert "Set-Cookie" not in response.headers


def test_a_long_conversation_is_cut_to_what_may_travel(client: FlaskClient) -> None:
    page = _ask(client, "et la durée ?", *(f"question {n} {'x' * 900}" for n in range(40)))
    form = page[page.index('class="ask"') :]
    assert sum(len(q) for q in re.findall(r'name="history" value="([^"]*)"', form)) <= 6000


@pytest.mark.parametrize("question", ["", "   ", "\n\t", "x" * 2001, "x" * 10_000])
def test_a_question_that_is_empty_or_too_long_is_refused_with_a_reason(client: FlaskClient, question: str) -> None:
    response = client.post("/", data={"question": question})
    assert response.status_code == 400
    assert 'role="alert"' in response.text


def test_a_refused_question_keeps_the_conversation_and_what_was_written(client: FlaskClient) -> None:
    page = client.post("/", data={"question": "y" * 2001, "history": [COEFFICIENT]}).text
    assert f'value="{"y" * 2001}"' in page
    assert unescape(page).count(COEFFICIENT) == 1


@pytest.mark.parametrize("odd", ODD)
def test_odd_text_is_answered_as_text_and_never_becomes_markup(client: FlaskClient, odd: str) -> None:
    for form in ({"question": odd}, {"question": COEFFICIENT, "history": [odd, odd]}):
        response = client.post("/", data=form)
        assert response.status_code in ((200, 400) if not odd.strip() else (200,))
        assert not re.search(r"<(img|svg)", response.text)
        assert all(
            OUR_SCRIPT.fullmatch(script) for script in re.findall(r"<script.*?</script>", response.text, re.DOTALL)
        )
        assert "Set-Cookie" not in response.headers


def test_binary_bytes_in_a_form_are_not_an_error_of_ours(client: FlaskClient) -> None:
    body = b"question=%ff%fe%00%80\xff\xfe&history=\x80"
    response = client.post("/", data=body, content_type="application/x-www-form-urlencoded")
    assert response.status_code in (200, 400)
