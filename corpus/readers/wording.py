"""How the words of a piece are cleaned, whatever the format: characters, spaces, broken words, marks left by tools."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_LIGATURES = str.maketrans({"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"})
_INVISIBLE = re.compile(r"[\u00ad\u200b\u200c\u200d\u2060\ufeff\ufffe\uffff]")
_HYPHENATED = re.compile(r"(?<=[a-zà-öø-ÿœ])[-\u2010\u00ad]\s*\n\s*(?=[a-zà-öø-ÿœ])")
_KEPT_HYPHEN = re.compile(r"(?<=\w)-\s*\n\s*(?=\w)")
_BULLET = re.compile(r"^\s*(?:[•●○◦▪■□▫‣⁃∙·➢➔➤✓✔❖\uf0b7\uf0a7\uf0d8]|[-–—*](?=\s))\s*")
_NOTE = re.compile(r"^(\*{1,3}|\((?:\d{1,2}|[a-d])\)|\[\d{1,2}\]|[¹²³⁴⁵⁶⁷⁸⁹]+)\s*(?=[^\s*])")
_CONTROL = {code: " " for code in [*range(32), *range(0x7F, 0xA0)] if chr(code) not in "\n\t"}
# Words that are written with a hyphen: at the end of a line it stays ("celle-\nci", "avez-\nvous").
_AFTER_HYPHEN = re.compile(
    r"(?:ci|là|je|tu|il|elle|on|nous|vous|ils|elles|ce|moi|toi|lui|leur|leurs|même|mêmes|vente|unis|dessous|dessus)\b"
)
_LEFTOVERS = re.compile(
    r"\[bookmark: [^\]]*\]|</?(?:p|ul|ol|li|br|div|span|strong|em|b|i|u|h[1-6]|table|tr|td|th|tbody)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def characters(text: str) -> str:
    """NFC, ligatures undone, control and invisible characters gone. Line breaks and tabs stay."""
    return _without_surrogates(unicodedata.normalize("NFC", text.translate(_LIGATURES))).translate(_CONTROL)


def _without_surrogates(text: str) -> str:
    text = _INVISIBLE.sub("", text) if not text.isascii() else text
    return "".join(c for c in text if not 0xD800 <= ord(c) <= 0xDFFF) if not text.isascii() else text


def line(text: str) -> str:
    """One line: every run of white space is a single space."""
    return " ".join(characters(text).split())


def joined(lines: Iterable[str]) -> str:
    """The lines of a paragraph as one; a word cut at the end of a line is put together again."""
    text = "\n".join(part.strip() for part in lines)
    text = _HYPHENATED.sub(lambda m: "-" if _AFTER_HYPHEN.match(text, m.end()) else "", text)
    return line(_KEPT_HYPHEN.sub("-", text))


def without_leftovers(text: str) -> str:
    """The text without the tags and bookmarks that another tool left in it."""
    return _LEFTOVERS.sub(" ", text) if "<" in text or "[bookmark" in text else text


def bullet(text: str, after_table: bool = False) -> str | None:
    """What follows the bullet of a list item, or None where there is no bullet; under a table a star calls a note."""
    match = _BULLET.match(text)
    if match is None or (after_table and note_mark(text)):
        return None
    return text[match.end() :].strip()


def note_mark(text: str) -> str | None:
    """The mark that a note under a table begins with ("*", "(1)"), None where it begins with none."""
    match = _NOTE.match(text)
    return match[1] if match else None


_SHORT_WORDS = frozenset(
    "à a y au aux ce ces de des du en est et eu h il ils je la le les lui m ma mes min mn mo moi ne ni"
    " nos on ont or ou où par pas que qui sa se ses si son sur ta tu un une vos an ans oui non dès ème er ère"
    " re nd mm cm km kg".split()
)
_TAIL = re.compile(r"^[a-zà-öø-ÿœ]{1,3}$")


def cell(lines: Iterable[str]) -> str:
    """The lines of a narrow table cell as one; a word that the width of the cell broke is put together again."""
    parts: list[str] = []
    for part in lines:
        words = part.split()
        if not words:
            continue
        broken = len(words) == 1 and _TAIL.match(words[0]) and words[0] not in _SHORT_WORDS
        if parts and broken and parts[-1][-1:].isalpha():
            parts[-1] += words[0]
        else:
            parts.append(part)
    return joined(parts)
