"""Réglo's search beside other libraries', on the same passages with the same encoder, each in a process of its own.

    python -m tests.benchmarks.comparison [--sizes 2000 10000 100000]

writes `docs/comparison.svg`, and the table of the README between its marks.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles

from index.evaluation import measure, read
from tests.benchmarks import peers
from tests.benchmarks.bars import picture
from tests.benchmarks.material import Absent, Material

ASKED = 200
PATIENCE = 60.0  # seconds of questions of a library that takes long, after which those asked are enough
WARM = 5
JUDGED = 400  # questions of each set
SETS = ("service-public", "piaf")
DOCS = peers.ROOT / "docs"
README = peers.ROOT / "README.md"
BEGIN, END = "<!-- comparison -->", "<!-- /comparison -->"
OURS, BARE = "reglo", "bare"
TITLES = {OURS: "**Réglo**", BARE: "FAISS et bm25s nus"}


@dataclass(frozen=True, slots=True)
class Taken:
    """Milliseconds of a search, seconds of indexing and megabytes at most, among `size` passages."""

    peer: str
    size: int
    p50: float
    p99: float
    ingest: float
    memory: float


def timed(name: str, passages: Sequence[str], questions: Iterable[str]) -> Taken:
    with peers.running(name, passages) as peer:
        times: list[float] = []
        for question in islice(cycle(questions), ASKED + WARM):
            times.append(1000 * peer.ask(question)[0])
            if sum(times) > 1000 * PATIENCE and len(times) > 2 * WARM:
                break
        times = times[WARM:]
        cuts = quantiles(times, n=100, method="inclusive")
        return Taken(name, len(passages), cuts[49], cuts[98], peer.ingest, peer.memory())


def quality(name: str, folder: Path) -> float:
    """nDCG@10 on the first questions of a BEIR folder."""
    collection = read(folder)
    keys = list(collection.passages)
    judged = dict(islice(collection.judgements.items(), JUDGED))
    with peers.running(name, list(collection.passages.values())) as peer:
        found = {key: [keys[i] for i in peer.ask(collection.questions[key])[1]] for key in judged}
    return measure(found, judged)["ndcg@10"]


def table(taken: Sequence[Taken], qualities: dict[str, dict[str, float]], sizes: Sequence[int]) -> str:
    """A Markdown table, a library a line: its quality, then p50 (p99) by size, indexing and memory at the largest."""
    heads = [f"{size:_} passages".replace("_", " ") for size in sizes]
    lines = [
        f"| | {' | '.join(f'nDCG@10 {name}' for name in SETS)} | {' | '.join(heads)} | indexation | mémoire |",
        "| --- |" + " --- |" * (len(SETS) + len(sizes) + 2),
    ]
    for peer, scores in qualities.items():
        own = {one.size: one for one in taken if one.peer == peer}
        last = own.get(sizes[-1])
        cells = [f"{scores[name]:.3f}".replace(".", ",") for name in SETS]
        cells += [_times(own.get(size)) for size in sizes]
        cells += [f"{last.ingest:.0f} s", f"{last.memory:.0f} Mo"] if last else ["", ""]
        lines.append(f"| {TITLES.get(peer, peer)} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _times(one: Taken | None) -> str:
    return f"{one.p50:.1f} ({one.p99:.1f}) ms".replace(".", ",") if one else "non mesuré"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.comparison", description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=[2_000, 10_000, 100_000])
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="dossier des documents réels")
    arguments = parser.parse_args()
    material = Material(arguments.shared.resolve())
    passages, questions = material.passages(max(arguments.sizes)), material.questions()
    taken: list[Taken] = []
    qualities: dict[str, dict[str, float]] = {}
    for name in (OURS, BARE, *(name for name in peers.NAMES if name != BARE)):
        try:
            qualities[name] = {key: quality(name, material.folder("evaluation", key)) for key in SETS}
            for size in arguments.sizes:
                taken.append(timed(name, passages[:size], questions))
                print(json.dumps(asdict(taken[-1])), flush=True)
        except Absent as absent:
            print(f"{name} : {absent}", flush=True)
    _publish(table(taken, qualities, arguments.sizes), taken)


def _publish(lines: str, taken: Sequence[Taken]) -> None:
    machine = f"Python {platform.python_version()}, {os.cpu_count()} cœurs ; p50 (p99) d'une recherche."
    (DOCS / "comparison.svg").write_text(
        picture({(TITLES.get(t.peer, t.peer).strip("*"), t.size): t.p50 for t in taken}), encoding="utf-8"
    )
    before, rest = README.read_text("utf-8").split(BEGIN)
    README.write_text(f"{before}{BEGIN}\n{lines}\n\n{machine}\n{END}{rest.split(END)[1]}", encoding="utf-8")
    print(lines)


if __name__ == "__main__":
    main()
