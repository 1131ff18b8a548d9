"""The dates of the calendar as days of a calendar file, each with its words and its source."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.agenda import Entry
from web.calendars import Dated
from web.wording import place, source


def days_of(entries: Iterable[Entry], site: str) -> Iterator[Dated]:
    """The days of these entries; `site` is the address of the site, for the way back to the source."""
    for entry in entries:
        title = entry.title if entry.title == entry.under else f"{entry.title} ({entry.under})"
        where = ", ".join(filter(None, (source(entry.citation), place(entry.citation))))
        quote = " ".join(entry.citation.quote.split())
        url = f"{site.rstrip('/')}{entry.citation.url}"
        for span in entry.spans:
            yield Dated(title, span.first, span.last, (f"« {quote} » ({where})",), url)
