"""Dated things as a calendar file (iCalendar): whole days, an alarm, where they were read and when that was checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event

from web import wording

MEDIA_TYPE: Final = "text/calendar; charset=utf-8"
_ALARM = timedelta(days=-7)


@dataclass(frozen=True, slots=True)
class Dated:
    """Something of whole days, `end` being the last; `source` says in words where it was read, `url` leads there."""

    title: str
    start: date
    end: date
    source: str = ""
    url: str = ""

    @property
    def uid(self) -> str:
        """The same whenever and wherever this is exported: a second import changes the entry, and adds none."""
        return hashlib.sha256(f"{self.title}\n{self.start}\n{self.end}".encode()).hexdigest()[:32] + "@reglo"


def calendar(dated: Iterable[Dated], checked: date) -> bytes:
    """The file of these days, as they were known on the day `checked`."""
    file = Calendar()
    file.add("prodid", "-//Réglo//FR")
    file.add("version", "2.0")
    file.add("method", "PUBLISH")
    for one in {one.uid: one for one in dated}.values():
        file.add_component(_event(one, checked))
    return bytes(file.to_ical())


def _event(one: Dated, checked: date) -> Event:
    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", datetime.combine(checked, time(), UTC))
    event.add("summary", one.title)
    event.add("dtstart", one.start)
    event.add("dtend", one.end + timedelta(days=1))  # the day after the last: the format's own way
    event.add("transp", "TRANSPARENT")
    told = [f"Source : {one.source}." if one.source else "", f"Vérifié le {wording.day(checked)}.", _COUNTS]
    event.add("description", "\n".join(line for line in told if line))
    if one.url:
        event.add("url", one.url)
    event.add_component(_alarm(one.title))
    return event


_COUNTS = "Le document officiel fait foi."


def _alarm(title: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", title)
    alarm.add("trigger", _ALARM)
    return alarm
