"""What comes from outside with a question, checked once for the page, the API and the command line."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from corpus.documents import Scope

if TYPE_CHECKING:
    from assistant.answers import Answer
    from assistant.assistant import Assistant

LONGEST = 2000  # characters of one question
EARLIER = 8  # earlier questions that travel with a new one
EARLIER_LENGTH = 6000  # characters of those together

# The questions answered during the request at hand, where someone listens.
heard: ContextVar[list[tuple[str, Answer]] | None] = ContextVar("heard", default=None)


class BadQuestion(Exception):
    """A request that cannot be answered: a stable code, what is wrong, what to do."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(f"{message} {hint}")
        self.code, self.message, self.hint = code, message, hint


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it was asked: what was asked before it, for which day, in which scope."""

    question: str
    history: tuple[str, ...]
    today: date
    scope: Scope
    id: str | int = ""

    def answered_by(self, assistant: Assistant) -> Answer:
        answer = assistant.answer(self.question, self.history, today=self.today, scope=self.scope)
        if (listening := heard.get()) is not None:
            listening.append((self.question, answer))
        return answer

    def as_json(self, answer: Answer) -> dict[str, Any]:
        """The answer as JSON under the identifier that the question came with."""
        return answer.as_json() | ({"id": self.id} if self.id != "" else {})


def read_request(given: object, today: date, scope: Scope) -> Asked:
    """The request that a JSON object or a form makes; `today` and `scope` hold where it says nothing."""
    if not isinstance(given, Mapping):
        raise BadQuestion("bad_request", "La demande n'est pas un objet JSON.", 'Envoyez {"question": "…"}.')
    return Asked(
        question=_question(given.get("question")),
        history=recent(_strings(given.get("history"), "history")),
        today=_day(given.get("date"), today),
        scope=scope.narrowed(_scope(given)),
        id=_identifier(given.get("id")),
    )


def read_json(body: bytes | str) -> object:
    """The JSON value of a body; a JSON that Python alone would accept (a number of a million digits) is refused too."""
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        raise BadQuestion(
            "bad_json", "La demande n'est pas du JSON lisible.", 'Envoyez {"question": "…"} en UTF-8.'
        ) from None


def recent(questions: Sequence[str]) -> tuple[str, ...]:
    """The last questions that fit in what may travel, oldest first."""
    kept: list[str] = []
    length = 0
    for question in reversed([clean for question in questions if (clean := _clean(question).strip())][-EARLIER:]):
        length += len(question)
        if length > EARLIER_LENGTH:
            break
        kept.append(question)
    return tuple(reversed(kept))


def _clean(text: str) -> str:
    """The text without half characters (lone surrogates), which no file and no page can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _question(given: object) -> str:
    if given is not None and not isinstance(given, str):
        raise BadQuestion("bad_question", "La question n'est pas un texte.", "Envoyez-la entre guillemets.")
    question = _clean(given or "")
    if not question.strip():
        raise BadQuestion(
            "empty_question", "La question est vide.", "Écrivez-la en quelques mots, par exemple le nom d'une épreuve."
        )
    if len(question) > LONGEST:
        raise BadQuestion(
            "long_question",
            f"La question compte {_thousands(len(question))} caractères, {_thousands(LONGEST)} au plus sont lus.",
            "Raccourcissez-la : une phrase suffit le plus souvent.",
        )
    return question


def _thousands(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def _strings(given: object, name: str) -> list[str]:
    if given is None:
        return []
    if not isinstance(given, list | tuple) or not all(isinstance(item, str) for item in given):
        raise BadQuestion(
            f"bad_{name}", f"« {name} » n'est pas une liste de textes.", 'Envoyez par exemple ["première question"].'
        )
    if any(len(item) > LONGEST for item in given):
        raise BadQuestion(
            f"long_{name}", f"Une des questions de « {name} » est trop longue.", f"{LONGEST} caractères au plus."
        )
    return list(given)


def _day(given: object, today: date) -> date:
    if given is None or given == "":
        return today
    try:
        return date.fromisoformat(given)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise BadQuestion(
            "bad_date",
            f"La date « {_shortened(given)} » n'est pas lisible.",
            "Écrivez-la ainsi : 2026-11-20.",
        ) from None


def _scope(given: Mapping[Any, Any]) -> Scope:
    academy = _name(given.get("academy"), "academy")
    return Scope(
        school=_name(given.get("school"), "school"),
        academies=(academy,) if academy else (),
        session=_session(given.get("session")),
    )


def _name(given: object, name: str) -> str | None:
    if given is None:
        return None
    if not isinstance(given, str) or len(given) > 200:
        raise BadQuestion(f"bad_{name}", f"« {name} » n'est pas un nom.", "Un texte de 200 caractères au plus.")
    return _clean(given).strip() or None


def _session(given: object) -> int | None:
    if given is None or given == "":
        return None
    if isinstance(given, float) and given.is_integer():
        given = int(given)  # 2027.0 is 2027 to JSON
    written = str(given) if isinstance(given, int | str) else ""
    if len(written) == 4 and written.isascii() and written.isdigit() and written >= "1900":
        return int(written)
    raise BadQuestion("bad_session", f"La session « {_shortened(given)} » n'est pas une année.", "Écrivez 2027.")


def _identifier(given: object) -> str | int:
    if isinstance(given, str):
        return _clean(given)[:200]
    return given if isinstance(given, int) and not isinstance(given, bool) else ""


def _shortened(given: object) -> str:
    written = _clean(str(given)) if isinstance(given, str | int | float | bool) else type(given).__name__
    return written if len(written) <= 40 else written[:39] + "…"
