"""What is a heading and how deep it stands, in any format: numbered titles, titles glued to the text, values that
are set like titles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from corpus.documents import BlockKind
from corpus.readers.pieces import Piece

_LONGEST = 200
_ROMAN = re.compile(r"^(?P<mark>[IVX]{1,5})\s*[.)–-]\s*(?=\S)")
_LETTER = re.compile(r"^(?P<mark>[A-Z])\s*[.)]\s+(?=\S)")
_DIGITS = re.compile(r"^(?P<mark>\d{1,2}(?:\.\d{1,2})*)\s*[.)°-]?\s+(?=[A-ZÀ-Ý«])")
_ARTICLE = re.compile(r"^(?P<mark>article|annexe|chapitre|titre|section|partie|sous-section)\s+\S", re.IGNORECASE)
_CODE = r"[A-Z]{1,3}\s?\d{1,2}(?:\.\d{1,2})?"
_CODED = re.compile(rf"^(?P<mark>(?:(?:Sous[- ])?[ÉEé]preuve\s*:?\s*)?{_CODE})\s*(?:[:–]|$)", re.IGNORECASE)
_GLUED_CODE = re.compile(rf"^((?:Sous[- ])?[ÉEé]preuve\s*:\s*{_CODE})\s+(?=[A-ZÀ-Ý])", re.IGNORECASE)
_GLUED_CAPITALS = re.compile(r"^((?:[IVX]{1,5}|[A-Z]|\d{1,2})\s*\.\s+[A-ZÀ-Ý][A-ZÀ-Ý’' ,()/-]{3,80}?\s*:)\s+(?=\S)")
_VALUE = re.compile(
    r"^(?:[\d\s./:+()%€,;–-]+|\S+@\S+|https?://\S+|www\.\S+|[^:]{2,80}\s?:\s*[^A-ZÀ-Ý]*\d[^A-ZÀ-Ý]*"
    r"|[\d .]{10,20}\s*\([^)]*\)|\d{1,2}(?:er)?\s+\w+\s+\d{4})$"
)


_WORD = re.compile(r"[^\W\d_]+")
_ONE_WORD = re.compile(r"(?:[A-Z]['’])?[^\W\d_]+")
_PARENTHESIS = re.compile(r"\([^)]*\)")
_POINT = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\s*[.)]\s*[A-ZÀ-Ý]")
_MEASURE = re.compile(r"\d\s*(?:h|min|mn|€|%)(?![a-zà-ÿ])", re.IGNORECASE)
_STATEMENT = re.compile(
    r"(?<!\d)\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}(?!\d)|(?<!\d)0\d(?:[ .]?\d\d){4}|\S@\S|https?://|www\."
    r"|\b(?:janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre) (?:19|20)\d\d"
    r"|\b\d{5}\s+[A-ZÀ-Ý]{2}|\b\d+,?\s+(?:bis,?\s+|ter,?\s+)?(?:rue|avenue|boulevard|place|chemin|allée|impasse)\b|\s\d{5,}$"
    r"|\d\s*(?:%|€)|\d{1,4}\s?h(?:\d\d)?\b|^[^:\d]{2,40}[a-zà-ÿ)]\s?:\s*\S"
)
_NOTE = re.compile(r"^(?:\*+\s*\w|\(\d{1,2}\))")


def outlined(pieces: Iterable[Piece], infer: bool = True) -> list[Piece]:
    """The pieces with their headings found and put at their level; `infer` also looks for them among paragraphs."""
    found = (part for piece in pieces for part in (_titles(piece) if infer else [piece]))
    return list(_levelled(map(_checked, found)))


def by_type(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces with headings that only their type made so, put back as paragraphs: those that state something
    (a date, a telephone, a label and its value), those in a row of headings with nothing under them."""
    stated = [_as_text(p) if p.kind is BlockKind.HEADING and states(p.text) else p for p in pieces]
    return [_as_text(p) if _titles_nothing(stated, n) else p for n, p in enumerate(stated)]


def _as_text(piece: Piece) -> Piece:
    return replace(piece, kind=BlockKind.PARAGRAPH, level=0)


def states(text: str) -> bool:
    """Whether a short text says something rather than titles what follows."""
    if _NOTE.match(text):
        return True
    return bool(_STATEMENT.search(text)) and not is_capitals(text) and not _CODED.match(text)


def _titles_nothing(pieces: Sequence[Piece], number: int) -> bool:
    """Whether a heading follows one of its level and is followed by another, or by none: an entry, not a title."""
    piece = pieces[number]
    if piece.kind is not BlockKind.HEADING or not number:
        return False
    before = pieces[number - 1]
    after = pieces[number + 1] if number + 1 < len(pieces) else None
    if before.kind is not BlockKind.HEADING or before.level != piece.level:
        return False
    return after is None or (after.kind is BlockKind.HEADING and after.level <= piece.level)


def is_capitals(text: str) -> bool:
    """Whether a text is a title by its capitals alone."""
    words = [word for word in _WORD.findall(_PARENTHESIS.sub(" ", text)) if len(word) > 2]
    return bool(words) and all(word.isupper() for word in words)


def _titles(piece: Piece) -> Iterator[Piece]:
    """A paragraph that is a title as a heading, one that starts with a title as a heading and the rest."""
    text = piece.text
    if piece.kind is not BlockKind.PARAGRAPH:
        yield piece
    elif (glued := _GLUED_CODE.match(text) or _GLUED_CAPITALS.match(text)) and len(text) > len(glued[0]) + 20:
        yield Piece(BlockKind.HEADING, glued[1], page=piece.page)
        yield Piece(BlockKind.PARAGRAPH, text[glued.end() :], page=piece.page)
    elif is_title(text):
        yield replace(piece, kind=BlockKind.HEADING)
    else:
        yield piece


def is_title(text: str) -> bool:
    """Whether a paragraph reads as a title: a numbered line in capitals, a unit's code and its name, capitals."""
    ends = ".,;!" if is_capitals(text) else ".,;!?"
    if not 3 < len(text) <= _LONGEST or text.rstrip()[-1] in ends or _VALUE.match(text):
        return False
    measured = _MEASURE.search(text)
    if (_CODED.match(text) and not measured) or (_POINT.match(text) and len(text) <= 90):
        return True
    if measured:
        return False
    several = len(text.split()) > 1 or (len(text) > 4 and _ONE_WORD.fullmatch(text) is not None)
    return is_capitals(text) and several and "@" not in text and not text.startswith(("(", "*"))


def _checked(piece: Piece) -> Piece:
    """A date, a number, an address or a note set like a heading is a paragraph: it titles nothing."""
    if piece.kind is not BlockKind.HEADING:
        return piece
    if _VALUE.match(piece.text) or _NOTE.match(piece.text) or len(piece.text) > 2 * _LONGEST:
        return replace(piece, kind=BlockKind.PARAGRAPH, level=0)
    return piece


def _levelled(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """Each heading at its level: one numbering stands under the one it began in, and keeps its level after."""
    open_: list[tuple[str, int]] = []
    known: dict[str, int] = {}
    last, letter = 1, ""
    title = 0  # the level of the unnumbered heading just before, 0 where something stands between
    for piece in pieces:
        if piece.kind is not BlockKind.HEADING:
            title = 0
            yield piece
            continue
        scheme, letter = _scheme(piece.text, letter)
        own = piece.level
        if scheme:
            begins = title and scheme == "digits0" and _DIGITS.sub("", piece.text) and piece.text.startswith("1")
            level = title + 1 if begins else _scheme_level(scheme, own, open_, known, last)
            while open_ and open_[-1][1] >= level:
                open_.pop()
            open_.append((scheme, level))
            known[scheme] = level
        else:
            level = own or (open_[-1][1] + 1 if open_ else last)
            while open_ and open_[-1][1] >= level:
                open_.pop()
        last, title = level, 0 if scheme else level
        yield replace(piece, level=min(level, 9))


def _scheme_level(scheme: str, own: int, open_: list[tuple[str, int]], known: dict[str, int], last: int) -> int:
    names = [name for name, _ in open_]
    if scheme in names:
        return open_[names.index(scheme)][1]
    above = [level for name, level in open_ if not (scheme in known and level >= known[scheme])]
    under = above[-1] + 1 if above else 1
    if scheme in known and known[scheme] >= under:
        return known[scheme]
    return max(own, under) if own else max(under, last + 1 if last and scheme == "code" else under)


def _scheme(text: str, letter: str) -> tuple[str, str]:
    """The kind of numbering a heading carries, "" where it has none, and the last letter seen."""
    if (match := _LETTER.match(text)) and (match["mark"] not in "IVX" or _follows(letter, match["mark"])):
        return "letter", match["mark"]
    if _ROMAN.match(text):
        return "roman", ""
    if match := _DIGITS.match(text):
        return f"digits{match['mark'].count('.')}", letter
    if _CODED.match(text):
        return "code", letter
    if match := _ARTICLE.match(text):
        return match["mark"].lower(), letter
    return "", letter


def _follows(before: str, letter: str) -> bool:
    return bool(before) and ord(letter) == ord(before) + 1
