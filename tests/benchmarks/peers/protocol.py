"""What every peer does, in its own environment: index the passages of a JSON file, then answer one question a line.

    python <peer>_search.py PASSAGES.json MODEL_FOLDER < questions

It prints one JSON object a line: `ingest` (seconds), then for each question `seconds` and `found` (places of the
passages, best first), then `memory` (megabytes at most until then). The encoder is Réglo's, given in the way each
library has for one that it does not know, so that all compute the same vectors at the same cost.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from math import nan
from pathlib import Path
from time import perf_counter

from index.encoder import StaticEncoder

Search = Callable[[str], Sequence[int]]
K = 10


def run(build: Callable[[list[str], StaticEncoder], Search]) -> None:
    passages, encoder = json.loads(Path(sys.argv[1]).read_text("utf-8")), StaticEncoder.load(Path(sys.argv[2]))
    start = perf_counter()
    search = build(passages, encoder)
    _say(ingest=perf_counter() - start)
    for line in sys.stdin:
        start = perf_counter()
        found = search(line.strip())
        _say(seconds=perf_counter() - start, found=list(map(int, found)))
    _say(memory=_held())


def _held() -> float:
    """Megabytes at most until now; where the system does not say, not a number."""
    status = Path("/proc/self/status")
    if not status.exists():
        return nan
    return int(dict(line.split(":", 1) for line in status.read_text().splitlines())["VmHWM"].split()[0]) * 1024 / 1e6


def _say(**values: object) -> None:
    print(json.dumps(values), flush=True)
