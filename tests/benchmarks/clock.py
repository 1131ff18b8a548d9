"""Times taken in turns, so that whatever else the machine does falls on both sides alike."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from statistics import median
from time import perf_counter

Call = Callable[[], object]


def seconds(call: Call) -> float:
    start = perf_counter()
    call()
    return perf_counter() - start


def in_turns(calls: Sequence[Call], times: int, warm: int = 1) -> list[float]:
    """The median seconds of each call, made one after the other `times` times, after `warm` rounds for nothing."""
    for _ in range(warm):
        for call in calls:
            call()
    rounds = [[seconds(call) for call in calls] for _ in range(times)]
    return [median(taken) for taken in zip(*rounds, strict=True)]


def milliseconds(taken: float) -> str:
    return f"{taken * 1000:.2f} ms" if taken < 1 else f"{taken:.2f} s"
