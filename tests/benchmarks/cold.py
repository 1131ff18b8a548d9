"""A cold `reglo ask` against a bare interpreter that imports the libraries a server of its kind needs."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.clock import in_turns, milliseconds
from tests.benchmarks.figures import Bar, Figure
from tests.benchmarks.homes import starter_home
from tests.benchmarks.material import Material
from tests.benchmarks.sites import REGLO

QUESTION = "Quel est le coefficient de l'épreuve E5 ?"
TIMES = 15
_BARE = "import flask, sqlalchemy, numpy, faiss"
_HEAVY = """
import sys
from web.commands import main
try:
    main(["--home", sys.argv[1], "ask", sys.argv[2]])
finally:
    sys.stderr.write(" ".join({"torch", "transformers", "sentence_transformers"} & set(sys.modules)))
"""


def measure(material: Material) -> Iterator[Figure]:
    with starter_home() as (home, _):
        ask, bare = in_turns(
            [lambda: _run(REGLO, "--home", home, "ask", QUESTION), lambda: _run(sys.executable, "-c", _BARE)], TIMES
        )
        yield Figure("reglo ask à froid", milliseconds(ask), f"{_BARE} : {milliseconds(bare)}", ask / bare, Bar(3))
        heavy = _run(sys.executable, "-c", _HEAVY, home, QUESTION).stderr.split()
        yield Figure(
            "modules de torch chargés par reglo ask", " ".join(heavy) or "aucun", "aucun", float(len(heavy)), Bar(0)
        )


def _run(*command: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, capture_output=True, text=True, check=True)
