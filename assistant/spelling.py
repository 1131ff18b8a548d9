"""Words as they come: quick writing read out, misspelt words brought to the nearest word that matters here.

A word that the library or the vocabulary knows is never changed, nor is a code or a number.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.text import Token, tokens


@dataclass(frozen=True, slots=True)
class Correction:
    """A word as typed and as it was read."""

    typed: str
    read: str


@dataclass(frozen=True)
class Speller:
    """Words that are `known` stay; others are brought to one of the `targets`. `written` reads out quick writing."""

    written: Mapping[str, str]
    known: Callable[[str], bool]
    targets: tuple[str, ...]

    def read(self, text: str) -> tuple[list[Token], tuple[Correction, ...]]:
        """The tokens of a question after repair; each keeps the slice it was typed in."""
        out: list[Token] = []
        corrections: list[Correction] = []
        for token in tokens(text):
            if token.text in self.written:
                out += [Token(t.text, token.start, token.end) for t in tokens(self.written[token.text])]
            elif (better := self.nearest(token.text)) != token.text:
                out.append(Token(better, token.start, token.end))
                corrections.append(Correction(text[token.start : token.end], better))
            else:
                out.append(token)
        return out, tuple(corrections)

    def nearest(self, word: str) -> str:
        """The word that was meant, where one is near enough for its length; else the word itself."""
        if len(word) < 4 or len(word) > 30 or not word.isalpha() or self.known(word):
            return word
        slips = 1 if len(word) < 7 else 2 if len(word) < 11 else 3
        best = process.extractOne(word, self.targets, scorer=OSA.distance, score_cutoff=slips)
        return best[0] if best and best[0][0] == word[0] else word
