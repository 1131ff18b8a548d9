"""A flood from many addresses, and one person at another: what the flood gets, and how the person fares."""

from __future__ import annotations

from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import cycle
from time import monotonic, sleep
from urllib.parse import urlencode, urlsplit

from tests.benchmarks.answers import RULE_QUESTIONS
from tests.benchmarks.clock import milliseconds
from tests.benchmarks.figures import Bar, Figure
from tests.benchmarks.flooding import Flood, Flooding
from tests.benchmarks.homes import starter_home
from tests.benchmarks.material import Material
from tests.benchmarks.sites import FORM, reglo

PER_SECOND, SECONDS, ADDRESSES = 500, 30, 50
PERSON = "127.0.1.1"
EVERY = 0.3  # seconds from one question of the person to the next
SOON = 0.5  # seconds
ALLOWED = (200, 429, 503)


def measure(_: Material) -> Iterator[Figure]:
    with starter_home() as (folder, _publisher), reglo(folder) as site:
        port = urlsplit(site.address).port or 0
        flooding = Flooding(Flood(port, ADDRESSES, PER_SECOND, SECONDS, RULE_QUESTIONS))
        waits = list(_person(port, SECONDS))
        came = flooding.came()
    rate = came.statuses.total() / came.seconds
    told = ", ".join(f"{status or 'rompues'} : {count}" for status, count in sorted(came.statuses.items()) if count)
    other = sum(count for status, count in came.statuses.items() if status not in ALLOWED)
    name = f"inondation, {rate:.0f} demandes par seconde de {ADDRESSES} adresses"
    yield Figure(f"{name} : ni réponse, ni 429, ni 503", f"{other} de {came.statuses.total()}", told, other, Bar(0))
    soon = [wait for wait in waits if wait is not None and wait <= SOON]
    answered = sorted(wait for wait in waits if wait is not None)
    median = milliseconds(answered[len(answered) // 2]) if answered else "aucune réponse"
    share = len(soon) / len(waits)
    yield Figure(
        f"{name} : une personne ailleurs, répondue en une demi-seconde", f"{len(soon)} de {len(waits)}",
        f"médiane {median}", share, Bar(0.95, at_most=False),
    )  # fmt: skip


def _person(port: int, seconds: float) -> Iterator[float | None]:
    """The seconds that each answer took; None where there was none."""
    until = monotonic() + seconds
    for question in cycle(RULE_QUESTIONS):
        begun = monotonic()
        if begun > until:
            return
        status = _ask(port, question)
        took = monotonic() - begun
        yield took if status == 200 else None
        sleep(max(0.0, EVERY - took))


def _ask(port: int, question: str) -> int:
    """The status of one question on a connection of its own, as a person's browser might open it."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30, source_address=(PERSON, 0))
    try:
        connection.request("POST", "/", urlencode({"question": question}), FORM)
        response = connection.getresponse()
        response.read()
        return response.status
    except OSError:
        return 0
    finally:
        connection.close()
