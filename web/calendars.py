"""Dated things as a calendar file (iCalendar): whole days, an alarm, where they were read and when that was checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

from web import wording

if TYPE_CHECKING:
    from icalendar import Alarm, Event

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_COUNTS = "Le document officiel fait foi."
_ONE_DAY = timedelta(days=1)
_THE_DAY_BEFORE = timedelta(hours=-15)  # at nine, counted from the midnight that a whole day starts at


@dataclass(frozen=True, slots=True)
class Dated:
    """Something of whole days, `end` being the last; `sources` say where it was read, `url` leads there."""

    title: str
    start: date
    end: date
    sources: tuple[str, ...] = ()
    url: str = ""

    @property
    def uid(self) -> str:
        """The same whenever and wherever this is exported: a second import changes the entry, and adds none."""
        return hashlib.sha256(f"{self.title}\n{self.start}\n{self.end}".encode()).hexdigest()[:32] + "@reglo"


def calendar(dated: Iterable[Dated], checked: date) -> bytes:
    """The file of these days, as they were known on the day `checked`."""
    from icalendar import Calendar

    file = Calendar()
    file.add("prodid", "-//Réglo//FR")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    for one in {one.uid: one for one in dated}.values():
        file.add_component(_event(one, checked))
    return bytes(file.to_ical())


def _event(one: Dated, checked: date) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", datetime.combine(checked, time(), UTC))
    event.add("summary", one.title)
    event.add("dtstart", one.start)
    event.add("dtend", one.end + _ONE_DAY)  # the day after the last: the format's own way
    event.add("transp", "TRANSPARENT")
    told = [*(f"Source : {source}." for source in one.sources), f"Vérifié le {wording.day(checked)}.", _COUNTS]
    event.add("description", "\n".join(told))
    if one.url:
        event.add("url", one.url)
    event.add_component(_alarm(one))
    return event


def _alarm(one: Dated) -> Alarm:
    """The day before; of a window, the day before it closes."""
    from icalendar import Alarm

    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", one.title)
    if one.end > one.start:
        alarm.add("trigger", _THE_DAY_BEFORE - _ONE_DAY, parameters={"related": "END"})
    else:
        alarm.add("trigger", _THE_DAY_BEFORE)
    return alarm
