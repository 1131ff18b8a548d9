"""Turns: a few threads do the work, a few requests wait, and whoever asked least lately goes first."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from concurrent.futures import TimeoutError as TooLate
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from math import ceil
from time import monotonic
from typing import Generic, TypeVar

T = TypeVar("T")


class Busy(Exception):
    """No room to wait, or no answer in time; `seconds` is when to try again."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"busy for {seconds} s")
        self.seconds = seconds


class TooSlow(Busy):
    """The work was begun and did not end in time."""


@dataclass(order=True, slots=True)
class _Ticket(Generic[T]):
    debt: float
    number: int
    work: Callable[[], T] = field(compare=False)
    done: Future[T] = field(compare=False, default_factory=Future)


class Turns:
    """`workers` threads, started when they are first needed; at most `room` pieces of work wait for them."""

    def __init__(self, workers: int, room: int) -> None:
        self._workers, self._room = workers, room
        self._waiting: list[_Ticket[object]] = []
        self._change = threading.Condition()
        self._started = self._idle = 0
        self._numbers = count()
        self._mean = 0.0  # seconds that a piece of work takes, the latest counting most

    def do(self, work: Callable[[], T], debt: float, patience: float) -> T:
        """What `work` gives. Where there is no room, whoever has the largest debt leaves.

        Raises:
            Busy: there was no room, or no turn within `patience` seconds.
            TooSlow: the work had begun; it goes on, and its thread serves again once it ends.
        """
        ticket = _Ticket(debt, next(self._numbers), work)
        self._queue(ticket)
        try:
            return ticket.done.result(patience)
        except TooLate:
            if ticket.done.cancel():
                self._leave(ticket)
                raise Busy(self._again()) from None
            raise TooSlow(self._again()) from None

    def _queue(self, ticket: _Ticket[T]) -> None:
        with self._change:
            self._waiting.append(ticket)  # type: ignore[arg-type]
            if self._idle == 0 and self._started < self._workers:
                self._started += 1
                threading.Thread(target=self._serve, daemon=True).start()
            if len(self._waiting) > self._room + self._idle:
                last = max(self._waiting)
                self._waiting.remove(last)
                with suppress(InvalidStateError):  # it may have lost patience in this very moment
                    last.done.set_exception(Busy(self._again()))
            self._change.notify()

    def _leave(self, ticket: _Ticket[T]) -> None:
        with self._change, suppress(ValueError):
            self._waiting.remove(ticket)  # type: ignore[arg-type]

    def _again(self) -> int:
        return max(1, ceil(self._mean * self._room / self._workers))

    def _serve(self) -> None:
        while True:
            ticket = self._next()
            if not ticket.done.set_running_or_notify_cancel():
                continue
            begun = monotonic()
            try:
                ticket.done.set_result(ticket.work())
            except BaseException as error:  # whoever waits for it raises it
                ticket.done.set_exception(error)
            self._mean += (monotonic() - begun - self._mean) / 16

    def _next(self) -> _Ticket[object]:
        with self._change:
            self._idle += 1
            while not self._waiting:
                self._change.wait()
            self._idle -= 1
            first = min(self._waiting)
            self._waiting.remove(first)
            return first
