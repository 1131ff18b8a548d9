"""The same answers in the shape of OpenAI's chat completions, for the programs that speak it (Open WebUI...)."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterator, Sequence
from typing import Annotated, Any, Final, Literal

from flask import Blueprint, Response, jsonify, request
from pydantic import BaseModel, ConfigDict, Field
from werkzeug.exceptions import NotFound

from index.text import tokens
from web import operations
from web.api import body
from web.asking import LONGEST, read_request, recent
from web.errors import Said
from web.markdown import markdown
from web.operations import Operation
from web.parts import current_parts

MODEL: Final = "reglo"
_HINT: Final = 'Envoyez {"model": "reglo", "messages": [{"role": "user", "content": "…"}]}.'
pages = Blueprint("completions", __name__)


class TextPart(BaseModel):
    """Une partie d'un message ; seul le texte est lu."""

    model_config = ConfigDict(strict=True)
    type: str
    text: str | None = None


class Message(BaseModel):
    model_config = ConfigDict(strict=True)
    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: str | list[TextPart] | None = None

    @property
    def text(self) -> str:
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.text)
        return self.content or ""


class StreamOptions(BaseModel):
    model_config = ConfigDict(strict=True)
    include_usage: bool | None = None


class Completion(BaseModel):
    """Les messages d'une conversation. La dernière question reçoit la réponse, celles d'avant l'éclairent."""

    model_config = ConfigDict(strict=True)
    model: str = Field(description=f"« {MODEL} »")
    messages: Annotated[list[Message], Field(min_length=1)]
    stream: bool | None = Field(None, description="vrai : la réponse vient morceau par morceau (SSE)")
    stream_options: StreamOptions | None = None

    @property
    def asked(self) -> list[str]:
        return [message.text for message in self.messages if message.role == "user" and message.text.strip()]


def _models() -> Response:
    return jsonify(object="list", data=[_model()])


def _one_model(name: str) -> Response:
    _known(name)
    return jsonify(_model())


def _model() -> dict[str, Any]:
    return {"id": MODEL, "object": "model", "created": 0, "owned_by": MODEL}


def _known(name: str) -> None:
    if name != MODEL:
        error = NotFound()
        said = Said("model_not_found", f"Le modèle « {name[:40]} » n'est pas ici.", f"Il n'y en a qu'un : « {MODEL} ».")
        error.said = said  # type: ignore[attr-defined]
        raise error


def _complete() -> Response:
    asked = operations.read_body(Completion, body(), _HINT)
    _known(asked.model)
    text, usage = _answered(asked.asked)
    if not asked.stream:
        return jsonify(_whole(text, usage))
    with_usage = usage if asked.stream_options and asked.stream_options.include_usage else None
    return Response(_events(text, with_usage), content_type="text/event-stream; charset=utf-8")


def _answered(asked: Sequence[str]) -> tuple[str, dict[str, int]]:
    """The answer as Markdown, and how many words went in and came out."""
    parts = current_parts()
    today, scope = parts.settings.today(), parts.settings.scope()
    if not asked:
        answer = parts.assistant().answer("", today=today)
    else:
        history = recent([question[:LONGEST] for question in asked[:-1]])
        wanted = read_request({"question": asked[-1], "history": list(history)}, today, scope)
        answer = wanted.answered_by(parts.assistant())
    text = markdown(answer, request.url_root.rstrip("/"))
    read, said = sum(len(tokens(question)) for question in asked), len(tokens(text))
    return text, {"prompt_tokens": read, "completion_tokens": said, "total_tokens": read + said}


def _about(kind: str) -> dict[str, Any]:
    return {
        "id": f"chatcmpl-{secrets.token_hex(12)}",
        "object": kind,
        "created": int(time.time()),
        "model": MODEL,
    }


def _whole(text: str, usage: dict[str, int]) -> dict[str, Any]:
    message = {"role": "assistant", "content": text, "refusal": None}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return _about("chat.completion") | {"choices": [choice], "usage": usage}


def _events(text: str, usage: dict[str, int] | None) -> Iterator[str]:
    """The answer line by line, as server-sent events."""
    about = _about("chat.completion.chunk")
    yield _event(about | {"choices": [_delta({"role": "assistant", "content": ""})]})
    for line in text.splitlines(keepends=True):
        yield _event(about | {"choices": [_delta({"content": line})]})
    yield _event(about | {"choices": [_delta({}, "stop")]})
    if usage is not None:
        yield _event(about | {"choices": [], "usage": usage})
    yield "data: [DONE]\n\n"


def _delta(said: dict[str, str], reason: str | None = None) -> dict[str, Any]:
    return {"index": 0, "delta": said, "logprobs": None, "finish_reason": reason}


def _event(chunk: dict[str, Any]) -> str:
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n"


OPERATIONS = (
    Operation("models", "GET", "/v1/models", "Le modèle, dans la forme d'OpenAI.", _models, None),
    Operation(
        "model", "GET", "/v1/models/<name>", "Ce modèle, dans la forme d'OpenAI.", _one_model, None, errors=(404,)
    ),
    Operation(
        "complete", "POST", "/v1/chat/completions", "Répond à la dernière question, dans la forme d'OpenAI.", _complete,
        None, Completion, errors=(404,), streams=True,
    ),
)  # fmt: skip
operations.add_to(pages, OPERATIONS)
