"""A flood: so many requests a second from so many loopback addresses, sent when they are due whatever comes back."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import cycle
from multiprocessing import get_context
from multiprocessing.connection import Connection
from urllib.parse import urlencode

Stream = tuple[asyncio.StreamReader, asyncio.StreamWriter]
BROKEN = 0  # counted where no status came back


@dataclass(frozen=True, slots=True)
class Flood:
    port: int
    addresses: int
    per_second: int
    seconds: int
    questions: Sequence[str]


@dataclass(frozen=True, slots=True)
class Came:
    """How many requests got which status, and how many seconds it took to send them all."""

    statuses: Counter[int]
    seconds: float


class Flooding:
    """A flood in a process of its own, so that it takes nothing from whoever measures."""

    def __init__(self, flood: Flood) -> None:
        context = get_context("spawn")
        self._came, there = context.Pipe(duplex=False)
        self._process = context.Process(target=_run, args=(flood, there), daemon=True)
        self._process.start()
        self._came.recv()

    def came(self) -> Came:
        came: Came = self._came.recv()
        self._process.join()
        return came


def _run(flood: Flood, there: Connection) -> None:
    there.send("started")
    there.send(asyncio.run(_Sender(flood).send()))


class _Sender:
    def __init__(self, flood: Flood) -> None:
        self._flood = flood
        self._idle: dict[str, list[Stream]] = {f"127.0.0.{n + 2}": [] for n in range(flood.addresses)}
        self._statuses: Counter[int] = Counter()

    async def send(self) -> Came:
        flood, loop = self._flood, asyncio.get_running_loop()
        begun = loop.time()
        sent = []
        pairs = zip(range(flood.per_second * flood.seconds), cycle(self._idle), cycle(flood.questions), strict=False)
        for number, address, question in pairs:
            await asyncio.sleep(begun + number / flood.per_second - loop.time())
            sent.append(asyncio.create_task(self._ask(address, question)))
        took = loop.time() - begun
        await asyncio.wait(sent, timeout=60)
        self._statuses[BROKEN] += sum(not one.done() for one in sent)
        return Came(self._statuses, took)

    async def _ask(self, address: str, question: str) -> None:
        idle = self._idle[address]
        try:
            local = (address, 0)
            stream = (
                idle.pop() if idle else await asyncio.open_connection("127.0.0.1", self._flood.port, local_addr=local)
            )
            self._statuses[await _exchange(stream, question)] += 1
            idle.append(stream)
        except (OSError, asyncio.IncompleteReadError):
            self._statuses[BROKEN] += 1


async def _exchange(stream: Stream, question: str) -> int:
    reader, writer = stream
    body = urlencode({"question": question})
    writer.write(
        f"POST / HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}".encode()
    )
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = int(head.partition("content-length: ")[2].partition("\r\n")[0])
    await reader.readexactly(length)
    return int(head.split()[1])
