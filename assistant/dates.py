"""French dates, windows and hours as documents and people write them, each with the slice that says so.

`find` reads days ("mardi 17 mai 2022", "31/01/26"), windows ("du 31 mai au vendredi 3 juin 2022", "de novembre
2025 à novembre 2026"), lists ("jeudi 14 et vendredi 15 avril 2022") and months ("novembre 2026"). A day or month
without a year borrows the year of the date that follows it in the same phrase, then the year it is given.
A date that no year can be found for, or that does not exist (31 avril), is not a date.
"""

from __future__ import annotations

import calendar
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, time

from index.text import Folded, folded

MONTHS = "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre".split()
DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
_SHORT_MONTHS = {"janv": 1, "fev": 2, "fevr": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "dec": 12}
_MONTH_NUMBERS = {name: number for number, name in enumerate(MONTHS, 1)} | _SHORT_MONTHS

_WEEKDAY = rf"(?:(?P<weekday>{'|'.join(DAYS)})s? +)?"
_MONTH = rf"(?P<month>{'|'.join([*MONTHS, *_SHORT_MONTHS])})\b\.?"
_POINT = re.compile(
    rf"\b{_WEEKDAY}(?P<day>[0-3]?[0-9])(?:er)? *{_MONTH}(?: +(?P<year>(?:19|20)[0-9]{{2}}))?(?![0-9])"
    rf"|\b(?:(?P<nweekday>{'|'.join(DAYS)}) +)?(?P<nday>[0-3]?[0-9])[/.-](?P<nmonth>[01]?[0-9])[/.-]"
    r"(?P<nyear>(?:19|20)?[0-9]{2})(?![0-9/])"
    r"|\b(?P<iyear>(?:19|20)[0-9]{2})-(?P<imonth>[01][0-9])-(?P<iday>[0-3][0-9])(?![0-9])"
    r"|(?:\b(?:la )?(?:premiere|derniere|deuxieme|seconde) semaine d[e'] ?|\b(?:fin|debut|courant) |\b(?:la )?mi-)?"
    rf"\b(?P<only>{'|'.join(MONTHS)})\b(?: +(?P<oyear>(?:19|20)[0-9]{{2}}))?(?![0-9])"
    # a day that leans on the month of the next one: "le 23 et 24 mai", "jeudi 14 et vendredi 15 avril", "du 3 au 5 mai"
    rf"|\b(?:(?P<lweekday>{'|'.join(DAYS)}) +)?(?P<lday>[0-3]?[0-9])(?:er)?(?=(?:,| et| ou| au| a| -)* *(?:le +)?"
    rf"(?:(?:{'|'.join(DAYS)}) +)?[0-3]?[0-9](?:er)? +(?:{'|'.join(MONTHS)})\b)"
)
# "du lundi 12 octobre, 9 h au mercredi 18 novembre"
_TO = re.compile(
    r"(?: *\([^()]{0,12}\))?(?:[ ,]*(?:a +)?[0-9]{1,2} ?(?:h|heures)(?: ?[0-9]{2})?)?"
    r"[ ,]*(?:au|a|jusqu'au|jusqu'a|-|>)(?: la)?(?: fin| debut)? *(?:le +)?"
)
_BETWEEN = re.compile(r"[ ,]*(?:et|au|a)(?: le)? *")
_AND = re.compile(r"[ ,]*(?:et|ou|,|puis)(?: +le| +du)? *")
_OPENS = re.compile(r"(?:\bdu|\bde|\bd'|\ba partir du|\bdes le)(?: la)? *$")
_ENTRE = re.compile(r"\bentre (?:le )?$")
_HOUR = r"([01]?[0-9]|2[0-4]) ?(?:h|:)(?: ?([0-5][0-9]))?"
_HOURS = re.compile(rf"(?<![0-9]){_HOUR}(?:[ ]*(?:-|a|au)[ ]*{_HOUR})?(?![0-9])")
_NEAR = 40  # how far after a date its hours may stand, in code points


@dataclass(frozen=True, slots=True)
class When:
    """A day, several days or a window: first and last day, hours, and the slice of the text that says it.

    `by_month` when only months are named: the days are then the first and last of those months and no countdown
    to a day may be given. `days` are the separate days of a list; empty for a window.
    """

    first: date
    last: date
    start: int
    end: int
    by_month: bool = False
    days: tuple[date, ...] = ()
    opens: time | None = None
    closes: time | None = None
    weekday: str | None = None


@dataclass(frozen=True, slots=True)
class _Point:
    """A date as written, perhaps without a month or a year yet; `start` and `end` in the folded text."""

    start: int
    end: int
    day: int | None
    month: int | None
    year: int | None
    weekday: str | None = None


def find(text: str, year: int | None = None) -> list[When]:
    """The dates of a text in order. `year` is that of the document (its session, say), for days without one."""
    source = folded(text)
    points = list(_points(source.text))
    found = [when for group in _groups(source.text, points) if (when := _when(source, group, year))]
    return [_with_hours(source, when) for when in found]


def _points(text: str) -> Iterator[_Point]:
    for match in _POINT.finditer(text):
        part = match.groupdict()
        if part["day"]:
            month, year = _MONTH_NUMBERS[part["month"]], part["year"]
            yield _Point(*match.span(), int(part["day"]), month, _year(year), part["weekday"])
        elif part["nday"]:
            yield _Point(*match.span(), int(part["nday"]), int(part["nmonth"]), _year(part["nyear"]), part["nweekday"])
        elif part["iyear"]:
            yield _Point(*match.span(), int(part["iday"]), int(part["imonth"]), int(part["iyear"]))
        elif part["only"]:
            yield _Point(*match.span(), None, _MONTH_NUMBERS[part["only"]], _year(part["oyear"]))
        else:
            yield _Point(*match.span(), int(part["lday"]), None, None, part["lweekday"])


def _year(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if len(text) == 4 else 2000 + int(text)


def _groups(text: str, points: list[_Point]) -> Iterator[tuple[str, list[_Point]]]:
    """Points that one phrase joins: ("window", two points), ("days", one or more)."""
    at = 0
    while at < len(points):
        group, kind = [points[at]], "days"
        while at + 1 < len(points) and (joined := _joined(text, group, points[at + 1], kind)):
            kind = joined
            at += 1
            group.append(points[at])
            if kind == "window":
                break
        yield kind, group
        at += 1


def _joined(text: str, group: list[_Point], after: _Point, kind: str) -> str | None:
    before = group[-1]
    gap, lead = text[before.end : after.start], text[max(0, group[0].start - 20) : group[0].start]
    first = len(group) == 1
    opens = bool(_OPENS.search(lead)) or after.day is not None
    if first and ((_TO.fullmatch(gap) and opens) or (_ENTRE.search(lead) and _BETWEEN.fullmatch(gap))):
        return "window"
    if kind == "days" and _AND.fullmatch(gap) and before.day is not None and after.day is not None:
        return "days"
    return None


def _when(source: Folded, kind_and_group: tuple[str, list[_Point]], year: int | None) -> When | None:
    kind, group = kind_and_group
    whole = _completed(group, year)
    days = [day for point in whole if (day := _first_day(point))]
    if not days or len(days) < len(group):
        return None
    last = _last_day(whole[-1]) or days[-1]
    if kind == "window" and last < days[0]:
        return None
    start, end = source.span(group[0].start, group[-1].end)
    listed = tuple(days) if kind == "days" and len(days) > 1 else ()
    by_month = any(point.day is None for point in group)
    return When(days[0], last, start, end, by_month, listed, weekday=group[0].weekday)


def _completed(group: list[_Point], year: int | None) -> list[_Point]:
    """Months and years filled in from the date that follows in the phrase, then from the given year."""
    out: list[_Point] = []
    month, latest = None, next((p.year for p in reversed(group) if p.year), year)
    for point in reversed(group):
        month = point.month or month
        latest = point.year or latest
        out.append(replace(point, month=month, year=latest))
        if out[1:] and out[-2].month and month and month > out[-2].month and not point.year and latest:
            out[-1] = replace(out[-1], year=latest - 1)  # "de novembre à mars 2026" starts the year before
    return out[::-1]


def _first_day(point: _Point) -> date | None:
    return _day(point, point.day or 1)


def _last_day(point: _Point) -> date | None:
    if point.day or not (point.year and point.month):
        return _first_day(point)
    return _day(point, calendar.monthrange(point.year, point.month)[1])


def _day(point: _Point, day: int) -> date | None:
    if point.year is None or point.month is None:
        return None
    try:
        return date(point.year, point.month, day)
    except ValueError:
        return None


def _with_hours(source: Folded, when: When) -> When:
    """The hours that stand right after a date ("14h -18h", "de 09h00 à 16h30", "à partir de 9h")."""
    at = bisect_left(source.offsets, when.end, hi=len(source.text))
    tail = source.text[at : at + _NEAR]
    following = _POINT.search(tail)
    match = _HOURS.search(tail[: following.start()] if following else tail)
    if not match or re.search(r"[a-z]{4,}", re.sub(r"partir|heures?", "", tail[: match.start()])):
        return when
    _, end = source.span(at + match.start(), at + match.end())
    return replace(
        when, opens=_time(match[1], match[2]), closes=_time(match[3], match[4]) if match[3] else None, end=end
    )


def _time(hour: str, minute: str | None) -> time:
    return time(int(hour) % 24, int(minute or 0))


def spoken(day: date) -> str:
    """A day in words: "mardi 17 mai 2022", "1er juin 2022" with its weekday."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{DAYS[day.weekday()]} {number} {_SPOKEN_MONTHS[day.month - 1]} {day.year}"


_SPOKEN_MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def months_from(day: date, months: int) -> date:
    """The same day some months later (or earlier), or the last day of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
