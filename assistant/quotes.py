"""The words of a passage that answer: its best sentence, with what makes it understandable."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.evidence import lacking
from assistant.knowledge import LONGEST_QUOTE
from assistant.questions import Frame
from corpus.documents import BlockKind, Passage
from index.text import stem, tokens

_SENTENCE = re.compile(r"[^.!?\n]+(?:[.!?](?!\s|$)[^.!?\n]*)*[.!?]?")
_SHORT = 260  # a passage this short is quoted whole, in code points
_AROUND = 3  # how many sentences one quote may join


def best_slice(frame: Frame, passage: Passage, rarity: Callable[[str], float]) -> tuple[int, int]:
    """Where in its document the quote of a passage starts and ends."""
    if passage.kind is BlockKind.ROW or len(passage.text) <= _SHORT:
        return passage.start, min(passage.end, passage.start + LONGEST_QUOTE)
    spans = [match.span() for match in _SENTENCE.finditer(passage.text) if match[0].strip()]
    windows = [
        (spans[a][0], spans[b][1])
        for a in range(len(spans))
        for b in range(a, min(a + _AROUND, len(spans)))
        if spans[b][1] - spans[a][0] <= LONGEST_QUOTE
    ]
    if not windows:
        return passage.start, min(passage.end, passage.start + LONGEST_QUOTE)
    start, end = max(windows, key=lambda w: _worth(frame, passage.text[w[0] : w[1]], rarity))
    trimmed = passage.text[start:end]
    start += len(trimmed) - len(trimmed.lstrip())
    return passage.start + start, passage.start + start + len(trimmed.strip())


def _worth(frame: Frame, text: str, rarity: Callable[[str], float]) -> tuple[bool, float]:
    """The kind of thing asked for comes first; then the words covered, less what the length costs."""
    held = {stem(token.text) for token in tokens(text)}
    found = sum(rarity(s) for s in _distinct(frame.stems) if s in held)
    return not lacking(frame, text), found - 0.004 * len(text)


def _distinct(found: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(found))
