"""A question's vector, against sentence-transformers' for the same model; what a searcher read from disk holds."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from index.encoder import EMBEDDED, load_encoder
from index.search import Searcher
from tests.benchmarks.clock import in_turns, milliseconds
from tests.benchmarks.figures import Bar, Figure
from tests.benchmarks.material import Absent, Material

ROUNDS = 20
QUESTIONS = 25
BUDGETS = {2_000: 200, 100_000: 700}  # megabytes
_SEARCHING = """
import sys
from pathlib import Path
from index.encoder import load_encoder
from index.search import Searcher
searcher = Searcher.load(Path(sys.argv[1]), load_encoder())
for question in sys.argv[2:]:
    searcher.search(question)
held = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())["VmHWM"]
print(int(held.split()[0]) * 1024 / 1e6)
"""


def measure(material: Material) -> Iterator[Figure]:
    questions = material.questions()[:QUESTIONS]
    yield _encoding(questions)
    for size, budget in BUDGETS.items():
        held = _held(material.passages(size), questions)
        name = f"mémoire d'une recherche parmi {size:_} passages".replace("_", " ")
        yield Figure(name, f"{held:.0f} Mo", f"{budget} Mo", held / budget, Bar(1))


def _encoding(questions: list[str]) -> Figure:
    try:
        from sentence_transformers import SentenceTransformer
    except ImportError:
        raise Absent("sentence-transformers n'est pas installé") from None
    ours, theirs = load_encoder(), SentenceTransformer(str(EMBEDDED), device="cpu", local_files_only=True)
    taken = [
        in_turns(
            [partial(ours.encode_questions, [question]), partial(theirs.encode, [question], show_progress_bar=False)],
            ROUNDS,
        )
        for question in questions
    ]
    mine, other = (median(side) for side in zip(*taken, strict=True))
    reference = f"sentence-transformers : {milliseconds(other)}"
    return Figure("vecteur d'une question", milliseconds(mine), reference, mine / other, Bar(0.25))


def _held(passages: list[str], questions: list[str]) -> float:
    if not Path("/proc/self/status").exists():
        raise Absent("la mémoire se lit dans /proc, qui n'est pas là")
    with TemporaryDirectory() as folder:
        Searcher.build(range(len(passages)), passages, load_encoder()).save(Path(folder))
        run = subprocess.run([sys.executable, "-c", _SEARCHING, folder, *questions], capture_output=True, text=True)
    if run.returncode:
        raise RuntimeError(run.stderr)
    return float(run.stdout)
