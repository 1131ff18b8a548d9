"""The API in OpenAI's shape, asked by OpenAI's own client."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from markdown_it import MarkdownIt
from openai import BadRequestError, NotFoundError, OpenAI
from openai.types.chat import ChatCompletionMessageParam

from assistant.answers import Answer, Kind
from corpus.documents import Citation
from tests.web.examples import COEFFICIENT, DISAGREEMENT, SILENCE
from tests.web.payloads import sample
from web.markdown import markdown


@pytest.fixture(scope="module")
def openai(address: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{address}/v1", api_key="aucune", max_retries=0) as client:
        yield client


def _asked(*questions: str) -> list[ChatCompletionMessageParam]:
    return [{"role": "user", "content": question} for question in questions]


def _said(client: OpenAI, *questions: str) -> str:
    return client.chat.completions.create(model="reglo", messages=_asked(*questions)).choices[0].message.content or ""


def test_there_is_one_model(openai: OpenAI) -> None:
    assert [model.id for model in openai.models.list()] == ["reglo"]
    assert openai.models.retrieve("reglo").id == "reglo"


def test_an_answer_comes_with_its_sources_as_links_that_open_the_marked_words(
    openai: OpenAI, address: str, client: FlaskClient
) -> None:
    said = _said(openai, COEFFICIENT)
    assert "coefficient 3" in said.splitlines()[0]
    links = re.findall(rf"\]\({re.escape(address)}(/documents/[^)]+)\)", said)
    assert links
    assert all('<mark id="passage">' in client.get(link).text for link in links)


def test_every_value_of_a_disagreement_has_its_link(openai: OpenAI) -> None:
    said = _said(openai, DISAGREEMENT)
    assert re.search(r"^- 2 h : \[", said, re.MULTILINE)
    assert re.search(r"^- 40 min : \[", said, re.MULTILINE)


def test_the_earlier_questions_are_those_of_the_user_alone(openai: OpenAI) -> None:
    messages: list[ChatCompletionMessageParam] = [
        {"role": "system", "content": "Tu réponds en vers. " * 400},
        {"role": "user", "content": COEFFICIENT},
        {"role": "assistant", "content": "E6, E6, E6. " * 400},
        {"role": "user", "content": [{"type": "text", "text": "et la durée ?"}]},
    ]
    completion = openai.chat.completions.create(model="reglo", messages=messages, temperature=0.3, max_tokens=100)
    assert "3 h" in (completion.choices[0].message.content or "").splitlines()[0]
    assert completion.usage
    assert completion.usage.total_tokens == completion.usage.prompt_tokens + completion.usage.completion_tokens


def test_a_streamed_answer_is_the_same_answer(openai: OpenAI) -> None:
    options = {"include_usage": True}
    chunks = list(
        openai.chat.completions.create(model="reglo", messages=_asked(COEFFICIENT), stream=True, stream_options=options)
    )
    said = "".join(choice.delta.content or "" for chunk in chunks for choice in chunk.choices)
    assert said == _said(openai, COEFFICIENT)
    assert len(chunks) > 3
    assert [choice.finish_reason for chunk in chunks for choice in chunk.choices][-1] == "stop"
    assert chunks[-1].usage
    assert len({chunk.id for chunk in chunks}) == 1


def test_the_answer_is_that_of_the_page(openai: OpenAI, client: FlaskClient) -> None:
    for question in (COEFFICIENT, SILENCE, "bonjour"):
        first = client.post("/api/answer", json={"question": question}).get_json()["text"].splitlines()[0]
        assert first in re.sub(r"\\(.)", r"\1", _said(openai, question))


def test_a_conversation_without_a_question_gets_a_word_all_the_same(openai: OpenAI) -> None:
    assert _said(openai, "  ")


def test_another_model_is_a_404_and_a_question_too_long_a_400_that_say_what_to_do(openai: OpenAI) -> None:
    with pytest.raises(NotFoundError) as missing:
        openai.chat.completions.create(model="gpt-4", messages=_asked("E5 ?"))
    assert (missing.value.code, "gpt-4" in missing.value.message) == ("model_not_found", True)
    with pytest.raises(BadRequestError) as long:
        _said(openai, "x" * 2001)
    assert long.value.code == "long_question"


@pytest.mark.parametrize(
    "body",
    [
        "{}",
        "[]",
        '{"model": "reglo"}',
        '{"model": "reglo", "messages": []}',
        '{"model": "reglo", "messages": [{"role": "roi", "content": "E5"}]}',
        '{"model": "reglo", "messages": "E5"}',
        '{"model": "reglo", "messages": [{"role": "user", "content": "E5"}], "stream": "oui"}',
    ],
)
def test_what_is_no_conversation_is_refused_in_the_one_shape(client: FlaskClient, body: str) -> None:
    response = client.post("/v1/chat/completions", data=body, content_type="application/json")
    assert response.status_code == 400
    assert set(response.get_json()["error"]) == {"code", "message", "hint"}


def test_the_stream_is_made_of_events_each_one_json(client: FlaskClient) -> None:
    asked = {"model": "reglo", "messages": _asked(COEFFICIENT), "stream": True}
    response = client.post("/v1/chat/completions", json=asked)
    assert response.content_type.startswith("text/event-stream")
    events = response.text.split("\n\n")
    assert events[-2:] == ["data: [DONE]", ""]
    assert all(json.loads(event.removeprefix("data: ")) for event in events[:-2])


@pytest.mark.parametrize("payload", [text for text in sample(80) if text.strip()])
def test_no_text_becomes_markup_where_the_markdown_is_shown(payload: str) -> None:
    """Not even where the program that shows it lets HTML through."""
    citation = Citation("d", f"Titre {payload}", f"Mots {payload}", 0, 5, issuer=payload, section=payload)
    answer = Answer(
        "E5 ?", Kind.RULE, f"{payload}\n- {payload}\nfin {payload}", notices=(payload,), citations=(citation,)
    )
    html = MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown(answer, "https://reglo.example"))
    tags = set(re.findall(r"<([a-zA-Z!?/][^\s>/]*)", html))
    assert tags <= {*("p", "strong", "ul", "ol", "li", "blockquote", "a", "br", "em")} | {
        f"/{tag}" for tag in ("p", "strong", "ul", "ol", "li", "blockquote", "a", "em")
    }
    assert set(re.findall(r'href="([^"]*)"', html)) == {"https://reglo.example/documents/d?start=0&amp;end=5#passage"}
