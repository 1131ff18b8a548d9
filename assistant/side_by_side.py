"""Two places side by side, where a question only names them: what each one's documents say on the same few topics."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from assistant.answers import Answer, Kind
from assistant.frames import Frame
from assistant.messages import joined
from assistant.sheets import sheet
from corpus.documents import Scope

_LONGEST = 160  # characters of one cell
Ask = Callable[[str, Scope], Answer]


def compared(frame: Frame, ask: Ask) -> Answer | None:
    """Each topic of assistant.toml, told for each place named; None where fewer than two places say anything of any."""
    said = sheet("assistant.toml")["compared"]
    told: list[Answer] = []
    lines: list[str] = []
    for label, question in said["topics"].items():
        answers = [(place, ask(question, frame.scope.placed(place))) for place in frame.places]
        found = [(place, answer) for place, answer in answers if answer.kind is not Kind.ABSTENTION]
        if found:
            lines += [f"{label} :", *_lines(answers)]
            told += [answer for _, answer in found]
    if len({answer.scope for answer in told}) < 2:
        return None
    whole = joined([replace(answer, text="") for answer in told])
    return replace(
        whole, question=frame.question, kind=Kind.RULE, rule="compared", text="\n".join(lines), scope=frame.scope
    )


def _lines(answers: Sequence[tuple[Scope, Answer]]) -> Iterator[str]:
    said = sheet("assistant.toml")["compared"]
    for place, answer in answers:
        silent = answer.kind is Kind.ABSTENTION
        yield said["line"].format(place=title(place), said=said["silent"] if silent else _short(answer))


def title(place: Scope) -> str:
    """A place as people name it."""
    return place.school or place.city or ", ".join(place.academies) or place.diploma or ""


def _short(answer: Answer) -> str:
    """The first line of an answer that tells something; a listing's first item goes with its title."""
    lines = answer.text.split("\n")
    first = f"{lines[0]} {lines[1].removeprefix('- ')}" if lines[0].endswith(":") and len(lines) > 1 else lines[0]
    return first if len(first) <= _LONGEST else f"{first[:_LONGEST].rsplit(' ', 1)[0]} […]"
