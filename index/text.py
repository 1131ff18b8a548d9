"""The one way French text is normalised here: folding, tokens, codes, stems.

`fold` keeps a map back to the original, so that whatever is found in the folded text is quoted from the real one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

_EXPANDED = {
    "œ": "oe",
    "Œ": "oe",
    "æ": "ae",
    "Æ": "ae",
    "ß": "ss",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬀ": "ff",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
}
_APOSTROPHES = dict.fromkeys("’‘ʼ`´′", "'")
_DASHES = dict.fromkeys("‐‑‒–—−", "-")
_INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


@dataclass(frozen=True, slots=True)
class Folded:
    """Folded text and, for each of its code points, where it came from; one more offset stands for the end."""

    text: str
    offsets: Sequence[int]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The slice of the original that the folded slice came from (`start < end`)."""
        return self.offsets[start], self.offsets[end - 1] + 1


class _Foldings(dict[int, str]):
    """What each character is folded to, found out when it is first met."""

    def __missing__(self, point: int) -> str:
        out = _fold_character(chr(point))
        if len(out) != 1:
            _UNEVEN.add(chr(point))
        if len(self) < _FOLDINGS_KEPT:
            self[point] = out
        return out


_FOLDINGS_KEPT = 10_000  # those of every French text, and far from all of Unicode
_FOLDINGS = _Foldings()
_UNEVEN: set[str] = set()  # the characters met that are not folded to one


def _fold_character(character: str) -> str:
    if character in _EXPANDED:
        return _EXPANDED[character]
    if character in _APOSTROPHES:
        return _APOSTROPHES[character]
    if character in _DASHES:
        return _DASHES[character]
    if character in _INVISIBLE:
        return ""
    if character.isspace():
        return " "
    decomposed = unicodedata.normalize("NFKD", character.lower())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def fold(text: str) -> str:
    """Lower case, no accents, no ligatures, straight apostrophes and hyphens, plain spaces."""
    return text.translate(_FOLDINGS)


def folded(text: str) -> Folded:
    """`fold` with the way back."""
    plain = fold(text)
    if _UNEVEN.isdisjoint(text):
        return Folded(plain, range(len(text) + 1))
    origins = [at for at, character in enumerate(text) for _ in fold(character)]
    return Folded(plain, (*origins, len(text)))


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or code, folded, and its slice of the original text."""

    text: str
    start: int
    end: int


# A code is letters and a number that belong together: E41, U4.1, EF1, BC02, RNCP38362. People and documents put
# a space, a dot or a hyphen inside the codes of exam units ("E 41", "e4.1", "E F1", "UF-1").
_UNIT_END = r"(?![0-9a-z]| ?h\b| ?min| ?mo\b| ?euro| ?%|[.,][0-9]|\u2044)"
_UNIT = rf"(?:[eu] ?[.-]? ?f|[eu]p?|ue|ccp|bc)[ .-]{{0,2}}[0-9](?:[.]?[0-9](?![0-9]))?{_UNIT_END}"
# "bac +3" is a level of study, one thing of its own: not the baccalauréat that "bac" names.
_LEVEL = r"bac ?[+] ?[1-9](?![0-9])"
# "\u2044" is the stroke of a fraction ("¼"), which is no part of a code.
_CODE = rf"{_LEVEL}|[a-z]{{1,6}}[0-9]{{1,6}}(?:[a-z]{{1,3}}[0-9]{{1,4}}|[a-f])?(?![a-z0-9\u2044])"
_NUMBER = r"[0-9]+(?:[.,][0-9]+)?"
_WORD = r"[a-z]+"
_TOKEN = re.compile(rf"(?<![a-z0-9])(?:(?P<unit>{_UNIT})|(?P<code>{_CODE}))|(?P<number>{_NUMBER})|(?P<word>{_WORD})")
_NOT_IN_CODES = re.compile(r"[^a-z0-9]")


def code(text: str) -> str:
    """The canonical form of a unit's code: "e 4.1", "U41" and "E 41" are all "E41"; "UF1" is "EF1"."""
    bare = _NOT_IN_CODES.sub("", fold(text))
    if re.fullmatch(r"u[fp]?[0-9]{1,2}", bare):
        bare = "e" + bare[1:]
    return bare.upper()


def tokens(text: str) -> list[Token]:
    """The words, numbers and codes of a text in order. A code is one token in its canonical form, in lower case."""
    source = folded(text)
    found = []
    for match in _TOKEN.finditer(source.text):
        start, end = source.span(match.start(), match.end())
        is_code = match.lastgroup in ("unit", "code")
        found.append(Token(code(match[0]).lower() if is_code else match[0], start, end))
    return found


_STEMMER = Stemmer.Stemmer("french")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The French stem of a folded word. Codes and numbers stay as they are."""
    return word if any(c.isdigit() for c in word) else fold(_STEMMER.stemWord(word))


# What a question is made of whatever it is about. "pas" and "ne" are not there: they change what is asked.
_EMPTY = frozenset(
    """
    a au aux avec c ce ces cet cette combien comment d dans de des dois doit du elle elles en est et etre eu faire faut
    il ils j je l la laquelle le lequel les lesquelles lesquels leur leurs lui m ma mes mon n nos notre nous on ou par
    peut pour pourquoi puis qu quand que quel quelle quelles quels qui quoi s sa se ses son sont sur t te tu un une vos
    votre vous y
    """.split()
)


def telling(found: Iterable[Token]) -> list[Token]:
    """The tokens of a question that say what it is about; all of them when none does."""
    listed = list(found)
    return [token for token in listed if token.text not in _EMPTY] or listed


def stems(found: Iterable[Token]) -> list[str]:
    """One stem a token: "coefficients" and "coefficient" meet."""
    return [stem(token.text) for token in found]


def prefixes(found: Iterable[Token], length: int = 5) -> list[str]:
    """The first letters of each token: "épreuve" and "éprouver" do not meet, "inscrire" and "inscrit" do."""
    return [token.text[:length] for token in found]


def grams(found: Iterable[Token], length: int = 4) -> list[str]:
    """The letters of each token by fours, its ends marked: misspelt and compound words still meet in part."""
    return [gram for token in found for gram in _grams(token.text, length)]


@lru_cache(maxsize=100_000)
def _grams(word: str, length: int) -> tuple[str, ...]:
    marked = f"_{word}_"
    return tuple(marked[i : i + length] for i in range(max(1, len(marked) - length + 1)))
