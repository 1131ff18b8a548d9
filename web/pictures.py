"""A page of a PDF as a picture, with the quoted words drawn over as with a highlighter.

The words come from our reader, the places from PDFium, and both see a page a little differently (hyphens, order,
spaces): they are compared by their letters and digits alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final

from index.text import folded

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfTextPage

_WIDEST, _HIGHEST = 1300, 1900  # pixels of a picture, whatever size the page claims
_ENOUGH = 0.6  # share of the quote's letters that must be found for the place to be shown
_TRIES = 24  # places where the longest part of a quote is tried
_SAME_PLACE = 120.0  # points, up and down, between the parts of one quote
_HIGHLIGHT: Final = (255, 226, 92)
_FRAME: Final = (178, 138, 0)

_PDFIUM: Final = Lock()  # PDFium is not safe to call from two threads

Box = tuple[float, float, float, float]  # left, bottom, right, top, in points


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawn page; `found` says whether the quote was found on it (the whole page is framed otherwise)."""

    png: bytes
    width: int
    height: int
    found: bool


@lru_cache(maxsize=24)
def picture(file: Path, number: int, quote: tuple[str, ...]) -> Picture | None:
    """Page `number` of the file with the parts of the quote marked; None where it cannot be drawn."""
    import pypdfium2

    try:
        with _PDFIUM:
            return _draw(file, number, quote)
    except (pypdfium2.PdfiumError, OSError, ValueError, IndexError, MemoryError):
        return None


def _draw(file: Path, number: int, quote: tuple[str, ...]) -> Picture:
    import pypdfium2

    with pypdfium2.PdfDocument(file) as document:
        page = document[number - 1]
        width, height = page.get_size()
        bitmap = page.render(scale=min(_WIDEST / max(width, 1), _HIGHEST / max(height, 1)))
        image = bitmap.to_pil().convert("RGB")
        boxes = _places(page.get_textpage(), quote) if quote else []
        to_pixels = bitmap.get_posconv(page).to_bitmap
        for left, bottom, right, top in boxes:
            _highlight(image, *to_pixels(left, top), *to_pixels(right, bottom))
        if quote and not boxes:
            _frame(image)
        return Picture(_png(image), image.width, image.height, bool(boxes))


def _highlight(image: Image, left: int, top: int, right: int, bottom: int) -> None:
    from PIL import Image, ImageChops

    left, right = sorted((left, right))
    top, bottom = sorted((top, bottom))
    area = (max(left - 3, 0), max(top - 3, 0), min(right + 3, image.width), min(bottom + 3, image.height))
    if area[0] < area[2] and area[1] < area[3]:
        under = image.crop(area)
        image.paste(ImageChops.multiply(under, Image.new("RGB", under.size, _HIGHLIGHT)), area)


def _frame(image: Image) -> None:
    from PIL import ImageDraw

    ImageDraw.Draw(image).rectangle((0, 0, image.width - 1, image.height - 1), outline=_FRAME, width=8)


def _png(image: Image) -> bytes:
    out = BytesIO()
    image.quantize(64).save(out, "PNG")
    return out.getvalue()


def _places(page: PdfTextPage, quote: tuple[str, ...]) -> list[Box]:
    """The boxes of the quote on the page: in one piece where PDFium reads it so, else piece by piece."""
    letters, indexes = _letters(_page_text(page))
    whole = _letters("".join(quote))[0]
    if whole and (at := letters.find(whole)) >= 0:
        return _boxes(page, indexes[at], indexes[at + len(whole) - 1])
    return _scattered(page, letters, indexes, list(_pieces(letters, quote)))


def _page_text(page: PdfTextPage) -> str:
    from pypdfium2 import raw

    return "".join(chr(raw.FPDFText_GetUnicode(page, i) or 32) for i in range(page.count_chars()))


def _letters(text: str) -> tuple[str, list[int]]:
    """The letters and digits of a text, folded, and where each stands in it."""
    source = folded(text)
    kept = [(c, at) for c, at in zip(source.text, source.offsets, strict=False) if c.isalnum()]
    return "".join(c for c, _ in kept), [at for _, at in kept]


def _pieces(letters: str, quote: tuple[str, ...]) -> Iterator[str]:
    """The letters of each cell or block that stand together on the page, else those of its lines, else of its words."""
    for part in quote:
        for cut in ([part], part.splitlines(), part.split()):
            bare = [_letters(piece)[0] for piece in cut]
            if all(piece in letters for piece in bare):
                break
        yield from (piece for piece in bare if len(piece) > 2 or piece.isdigit() or (len(bare) == 1 and piece))


def _scattered(page: PdfTextPage, letters: str, indexes: list[int], parts: list[str]) -> list[Box]:
    """The parts of the quote that stand close together, around the place where most of them do."""
    places = {part: _occurrences(page, letters, indexes, part) for part in set(parts)}
    anchors = sorted((part for part in places if places[part]), key=len, reverse=True)[:1]
    best: list[Box] = []
    found = 0
    for anchor in (boxes for part in anchors for boxes in places[part]):
        near = {part: _nearest(places[part], anchor) for part in parts}
        weight = sum(len(part) for part in parts if near[part])
        if weight > found:
            found, best = weight, [box for boxes in near.values() for box in boxes]
    return best if found >= _ENOUGH * sum(map(len, parts)) else []


def _occurrences(page: PdfTextPage, letters: str, indexes: list[int], part: str) -> list[list[Box]]:
    found: list[list[Box]] = []
    at = letters.find(part)
    while at >= 0 and len(found) < _TRIES:
        found.append(_boxes(page, indexes[at], indexes[at + len(part) - 1]))
        at = letters.find(part, at + 1)
    return [boxes for boxes in found if boxes]


def _nearest(places: list[list[Box]], anchor: list[Box]) -> list[Box]:
    return min(
        (boxes for boxes in places if _apart(boxes, anchor) <= _SAME_PLACE), key=lambda b: _apart(b, anchor), default=[]
    )


def _apart(one: list[Box], other: list[Box]) -> float:
    """How far two pieces stand from each other, in points; cells of one row may be far apart across the page."""
    (x, y), (u, v) = _middle(one), _middle(other)
    return abs(y - v) + 0.05 * abs(x - u)


def _middle(boxes: list[Box]) -> tuple[float, float]:
    left, bottom, right, top = (sum(side) / len(boxes) for side in zip(*boxes, strict=True))
    return (left + right) / 2, (bottom + top) / 2


def _boxes(page: PdfTextPage, first: int, last: int) -> list[Box]:
    return [page.get_rect(i) for i in range(page.count_rects(first, last - first + 1))]
