"""Proper names in a question: by their capitals, and those that the library does not hold."""

from __future__ import annotations

from dataclasses import dataclass

from index.text import Token, tokens


@dataclass(frozen=True, slots=True)
class Unheld:
    """A name that the library has nothing of: its kind ("diploma", "school", "city", "academy") and as typed."""

    kind: str
    name: str


def key(text: str) -> str:
    """A name as its joined tokens."""
    return " ".join(token.text for token in tokens(text))


def is_proper(question: str, token: Token) -> bool:
    """Whether a word was typed as a name is: one capital, then small letters."""
    typed = question[token.start : token.end]
    return typed[:1].isupper() and not typed.isupper() and not any(c.isdigit() for c in typed)
