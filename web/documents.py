"""The documents held and the viewer: a citation leads to its page with its exact words marked."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from werkzeug.exceptions import NotFound

from assistant.publishing import PublishingError
from assistant.sources import Mentions, mentions
from corpus.documents import Document
from web.errors import Said
from web.parts import current_parts
from web.pictures import Picture, picture
from web.typesetting import Span, Typesetter

pages = Blueprint("documents", __name__, url_prefix="/documents")

PDF: Final = "application/pdf"
_LEAF: Final = 60_000  # characters shown at once of a document that has no pages


@dataclass(frozen=True, slots=True)
class Leaf:
    """What the viewer shows at once: a page, or a part of a long document that has none."""

    number: int
    name: str
    start: int
    end: int


@pages.get("")
def held() -> str:
    return render_template("documents.html", documents=current_parts().publisher.documents())


@pages.get("/<slug>")
def viewer(slug: str) -> str:
    document = held_document(slug)
    leaves, mark = leaves_of(document), _mark(document)
    leaf = _leaf(leaves, mark)
    shown = _picture(document, leaf, mark)
    return render_template(
        "document.html",
        document=document,
        leaves=leaves,
        leaf=leaf,
        mark=mark,
        elements=list(Typesetter(document, mark).elements(leaf.start, leaf.end)),
        mentions=_mentions(slug, mark),
        picture=shown,
        picture_url=_picture_url(document, leaf, mark),
    )


@pages.get("/<slug>/pages/<int:number>.png")
def page_picture(slug: str, number: int) -> Response:
    document = held_document(slug)
    if document.media_type != PDF or not 1 <= number <= len(document.pages):
        abort(404)
    mark = _mark(document)
    response = make_response()
    response.content_type = "image/png"
    response.set_etag(sha256(f"{document.sha256} {number} {mark}".encode()).hexdigest()[:32])
    response.cache_control.private = True
    response.cache_control.max_age = 86_400
    response.make_conditional(request)
    if response.status_code != 304:
        page = document.page(number)
        response.set_data(_drawn(document, Leaf(number, "", page.start, page.end), mark).png)
    return response


def leaves_of(document: Document) -> list[Leaf]:
    """The pages of a document that has several (or is a PDF), else its text in parts cut between blocks."""
    if len(document.pages) > 1 or document.media_type == PDF:
        return [Leaf(p.number, f"page {p.label or p.number}", p.start, p.end) for p in document.pages]
    starts = [0]
    for block in document.blocks:
        if block.end - starts[-1] > _LEAF and block.start > starts[-1]:
            starts.append(block.start)
    ends = [*starts[1:], len(document.text)]
    return [Leaf(n, f"partie {n}", *span) for n, span in enumerate(zip(starts, ends, strict=True), start=1)]


def held_document(slug: str) -> Document:
    """The document of that name; where there is none, a 404 that says so."""
    for document in current_parts().publisher.documents():
        if document.slug == slug:
            return document
    raise missing("Ce document n'est pas ici.", "Il a pu être retiré ou remplacé ; voyez la liste des documents.")


def _mentions(slug: str, mark: Span | None) -> Mentions | None:
    """Where else the documents speak of what is marked."""
    if mark is None:
        return None
    try:
        return mentions(current_parts().assistant().knowledge, slug, *mark)
    except PublishingError:  # the document can be read even where no question can be answered
        return None


def missing(message: str, hint: str) -> NotFound:
    """A 404 that says what is not here and what to do."""
    error = NotFound()
    error.said = Said("not_found", message, hint)  # type: ignore[attr-defined]
    return error


def _mark(document: Document) -> Span | None:
    """The slice to mark; an address that makes no sense marks nothing."""
    start, end = request.args.get("start", type=int), request.args.get("end", type=int)
    if start is None or end is None or not 0 <= start < end <= len(document.text):
        return None
    return start, end


def _picture_url(document: Document, leaf: Leaf, mark: Span | None) -> str:
    start, end = mark or (None, None)
    version = document.sha256[:12]
    return url_for(".page_picture", slug=document.slug, number=leaf.number, start=start, end=end, v=version)


def _leaf(leaves: list[Leaf], mark: Span | None) -> Leaf:
    """The leaf that was asked for, else the one where the marked words start, else the first."""
    asked = request.args.get("page")
    if asked is not None:
        number = request.args.get("page", type=int) or 0
        if not 1 <= number <= len(leaves):
            count = len(leaves)
            raise missing(f"Ce document n'a pas de page « {asked[:12]} ».", f"Ses pages vont de 1 à {count}.")
        return leaves[number - 1]
    return next((leaf for leaf in leaves if mark and leaf.start <= mark[0] < leaf.end), leaves[0])


def _picture(document: Document, leaf: Leaf, mark: Span | None) -> Picture | None:
    if document.media_type != PDF:
        return None
    try:
        return _drawn(document, leaf, mark)
    except NotFound:
        return None


def _drawn(document: Document, leaf: Leaf, mark: Span | None) -> Picture:
    """The page as a picture; a file that is gone or that PDFium cannot draw has none."""
    file = current_parts().publisher.file(document)
    drawn = picture(Path(file), leaf.number, _parts_to_mark(document, leaf, mark)) if file else None
    if drawn is None:
        raise missing("Cette page n'a pas d'image.", "Son texte est dans la visionneuse.")
    return drawn


def _parts_to_mark(document: Document, leaf: Leaf, mark: Span | None) -> tuple[str, ...]:
    """The marked words of this page, cell by cell and block by block, as they should be found on the picture."""
    if mark is None:
        return ()
    start, end = max(mark[0], leaf.start), min(mark[1], leaf.end)
    slices = [
        (max(part.start, start), min(part.end, end))
        for block in document.blocks
        if block.start < end and block.end > start
        for part in (block.cells or (block,))
    ]
    return tuple(document.text[one:other] for one, other in slices if one < other)
