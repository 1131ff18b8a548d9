"""Greetings, thanks, who are you: a short sentence, no passage."""

from __future__ import annotations

from functools import cache

from assistant.sheets import sheet
from index.text import tokens

_STRONG = ("distress", "rudeness")
_FILLERS = frozenset(
    {"s", "il", "te", "vous", "plait", "svp", "stp", "et", "ou", "reglo", "alors", "bah", "ben", "euh", "mdr", "lol"}
)


def cry(question: str) -> str | None:
    """The answer to distress or rudeness said in the middle of other words; a single word is not enough."""
    plain = f" {' '.join(token.text for token in tokens(question))} "
    topics = (
        said for form, (topic, said) in _phrases().items() if topic in _STRONG and " " in form and f" {form} " in plain
    )
    return next(topics, None)


@cache
def _phrases() -> dict[str, tuple[str, str]]:
    """Each turn of phrase, as joined tokens, with its topic and the sentence that answers it."""
    table = sheet("smalltalk.toml")
    return {
        " ".join(t.text for t in tokens(form)): (topic, entry["said"])
        for topic, entry in table.items()
        for form in entry["heard"]
    }


def reply(question: str) -> str | None:
    """The sentence that answers a message which is nothing but small talk; the weightiest topic wins."""
    words = [token.text for token in tokens(question)]
    heard: list[tuple[str, str]] = []
    at = 0
    while at < len(words):
        length = next((n for n in range(8, 0, -1) if " ".join(words[at : at + n]) in _phrases()), 0)
        if length:
            heard.append(_phrases()[" ".join(words[at : at + length])])
        elif words[at] not in _FILLERS:
            return None
        at += length or 1
    order = ["distress", "rudeness", "identity", "abilities", "goodbye", "thanks", "greeting"]
    return min(heard, key=lambda pair: order.index(pair[0]))[1] if heard else None
