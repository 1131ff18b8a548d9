"""Rules: one module per topic, each with its sentences in a TOML file of the same name.

A rule looks at the frame of a question and answers from facts, or returns None and leaves it to the next.
"""

from __future__ import annotations

from typing import Any, Protocol

from assistant.answers import Answer
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.sheets import sheet


class Rule(Protocol):
    """One topic. `answer` is None where the topic is not the question's."""

    name: str

    def answer(self, frame: Frame, knowledge: Knowledge) -> Answer | None: ...


def sentences(topic: str) -> dict[str, Any]:
    """The sentences and words of one topic, as its TOML file holds them."""
    return sheet(f"rules/{topic}.toml")
