"""Words as they come: quick writing read out, misspelt words brought to the nearest word that matters here.

A word that the library or the vocabulary knows is never changed, nor is a code or a number.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import process
from rapidfuzz.distance import OSA

from index.text import Token, tokens


@dataclass(frozen=True, slots=True)
class Correction:
    """A word as typed and as it was read."""

    typed: str
    read: str


_VERB_ENDS = ("x", "s", "t", "")  # "jpeu", "jdoi", "jveut"
_ELIDED = ("l", "d", "j", "qu", "n", "s", "m", "t", "c")  # "lepreuve", "dheures": an apostrophe was left out


@dataclass(frozen=True)
class Speller:
    """Words that are `known` stay; others are brought to one of the `targets`. `written` reads out quick writing;
    `codes` knows the codes of the library's units, `holds` the words of its documents."""

    written: Mapping[str, str]
    known: Callable[[str], bool]
    targets: Collection[str]
    codes: Callable[[str], bool]
    holds: Callable[[str], bool]

    @cached_property
    def _sorted(self) -> list[str]:
        """Of two targets as near, the first in this order is meant, at each run."""
        return sorted(self.targets)

    def read(self, text: str) -> tuple[list[Token], tuple[Correction, ...]]:
        """The tokens of a question after repair; each keeps the slice it was typed in."""
        out: list[Token] = []
        corrections: list[Correction] = []
        for token in self._coded(tokens(text)):
            if token.text in self.written:
                out += [Token(t.text, token.start, token.end) for t in tokens(self.written[token.text])]
            elif parts := self.unglued(token.text):
                out += [Token(part, token.start, token.end) for part in parts]
            elif (better := self.nearest(token.text)) != token.text:
                out.append(Token(better, token.start, token.end))
                corrections.append(Correction(text[token.start : token.end], better))
            else:
                out.append(token)
        return out, tuple(corrections)

    def _coded(self, found: Sequence[Token]) -> list[Token]:
        """The tokens with those of a code that was typed in two ("RNCP 38362") as one, where that code is known."""
        out: list[Token] = []
        for token in found:
            joined = out[-1].text + token.text if out and out[-1].text.isalpha() and token.text.isdigit() else ""
            if len(joined) > 3 and self.holds(joined):
                out[-1] = Token(joined, out[-1].start, token.end)
            else:
                out.append(token)
        return out

    def unglued(self, word: str) -> tuple[str, ...]:
        """The two words that were typed as one ("coefe42", "dureee5"), where both are words that matter here."""
        if len(word) < 3 or len(word) > 30 or self.known(word):
            return ()
        if word[0] == "j" and (verb := next((word[1:] + end for end in _VERB_ENDS if self.known(word[1:] + end)), "")):
            return "je", verb
        for elided in _ELIDED:
            rest = word.removeprefix(elided)
            if rest != word and len(rest) > 1 and (self.codes(rest) or (len(rest) > 3 and self.known(rest))):
                return elided, rest
        for at in range(3, len(word) - 1):
            left, right = word[:at], word[at:]
            if self._matters(left) and (self._matters(right) or self.codes(right)):
                return tuple(t.text for part in (left, right) for t in tokens(self.written.get(part, part)))
        return ()

    def _matters(self, word: str) -> bool:
        return len(word) > 3 and (word in self.written or word in self.targets)

    def nearest(self, word: str) -> str:
        """The word that was meant, where one is near enough for its length; else the word itself."""
        if len(word) < 4 or len(word) > 30 or not word.isalpha() or self.known(word):
            return word
        begun = [target for target in self._sorted if target.startswith(word)]
        if len(begun) == 1:  # "dynam"
            return begun[0]
        slips = min(3, max(1, len(word) // 4))
        best = process.extractOne(word, self._sorted, scorer=OSA.distance, score_cutoff=slips)
        return best[0] if best and best[0][0] == word[0] else word
