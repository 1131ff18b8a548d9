"""Who asks too much: a debt for each address, in memory alone, under a key that is drawn anew each day."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address
from time import monotonic
from typing import Final

_MOST: Final = 100_000  # addresses remembered; those that come after share one debt
_BURST: Final = 120.0  # seconds of requests that may come at once: a class behind one address
_OTHERS: Final = b""
_NEIGHBOURS: Final = 64  # leading bits of an IPv6 address that one subscriber has


@dataclass(frozen=True, slots=True)
class Taken:
    """`debt`: seconds that the address is ahead of its rate; `wait`: seconds until it may ask again, 0 where it may."""

    debt: float
    wait: float


class Debts:
    """The generic cell rate algorithm. `per_minute` 0 refuses no one, but still tells who asks most."""

    def __init__(
        self,
        per_minute: int,
        today: Callable[[], date] = date.today,
        clock: Callable[[], float] = monotonic,
        most: int = _MOST,
    ) -> None:
        self._cost = 60 / (per_minute or 60)
        self._refuses = per_minute > 0
        self._today, self._clock, self._most = today, clock, most
        self._day: date | None = None
        self._key = b""
        self._paid: dict[bytes, float] = {}  # the moment when each one's requests will have been paid for
        self._lock = threading.Lock()

    def take(self, address: str, share: float = 1) -> Taken:
        """Count one request of an address, or a share of one."""
        with self._lock:
            now, who = self._clock(), self._who(address)
            debt = max(self._paid.get(who, now) - now, 0.0)
            if self._refuses and debt > _BURST:
                return Taken(debt, debt - _BURST)
            self._paid[who] = now + debt + share * self._cost
            return Taken(debt, 0.0)

    def _who(self, address: str) -> bytes:
        """The address as this day's key makes it; nothing leads back from there once the key is gone."""
        if (today := self._today()) != self._day:
            self._day, self._key = today, secrets.token_bytes(32)
            self._paid.clear()
        who = blake2b(_subscriber(address).encode(), key=self._key, digest_size=16).digest()
        if who not in self._paid and len(self._paid) >= self._most:
            self._forget()
        return who if who in self._paid or len(self._paid) < self._most else _OTHERS

    def _forget(self) -> None:
        now = self._clock()
        self._paid = {who: paid for who, paid in self._paid.items() if paid > now}


def _subscriber(address: str) -> str:
    """An IPv6 subscriber has more addresses than anyone could count: they are one."""
    try:
        parsed = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(parsed, IPv6Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or int(parsed) >> (128 - _NEIGHBOURS))
