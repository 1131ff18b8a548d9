"""Dated things as a calendar file: all-day events with a stable name, an alarm, their source, when it was checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from assistant.agenda import Entry
from web.wording import day, place, source

if TYPE_CHECKING:
    from icalendar import Event

_PRODUCT = "-//Réglo//Calendrier//FR"
_ONE_DAY = timedelta(days=1)
_THE_DAY_BEFORE = timedelta(hours=-15)  # 9 in the morning, from the midnight that an all-day event starts at


def calendar_file(entries: Iterable[Entry], today: date, site: str) -> bytes:
    """The events of these entries that have days; `site` is the address of the site, for the way back to the source."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Réglo")
    for entry in entries:
        for event in _events(entry, today, site):
            calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def _events(entry: Entry, today: date, site: str) -> Iterator[Event]:
    from icalendar import Alarm, Event

    for number, span in enumerate(entry.spans):
        event = Event()
        event.add("uid", f"{entry.uid}{f'-{number}' if number else ''}@reglo")
        event.add("dtstamp", datetime.combine(today, time(), UTC))
        event.add("dtstart", span.first)
        event.add("dtend", span.last + _ONE_DAY)
        event.add("summary", entry.title if entry.title == entry.under else f"{entry.title} ({entry.under})")
        event.add("description", _description(entry, today))
        event.add("url", f"{site.rstrip('/')}{entry.citation.url}")
        event.add("transp", "TRANSPARENT")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", entry.title)
        closes = span.last > span.first
        before = _THE_DAY_BEFORE - _ONE_DAY if closes else _THE_DAY_BEFORE
        alarm.add("trigger", before, parameters={"related": "END"} if closes else {})
        event.add_component(alarm)
        yield event


def _description(entry: Entry, today: date) -> str:
    where = ", ".join(filter(None, (source(entry.citation), place(entry.citation))))
    quote = " ".join(entry.citation.quote.split())
    return f"« {quote} »\n{where}\nVérifié le {day(today)} dans les documents de Réglo. Le document officiel fait foi."
