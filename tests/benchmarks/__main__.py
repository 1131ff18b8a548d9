"""`make bench`: prints each figure as it comes, in a Markdown table; exit status 1 where a bar is missed."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

from tests.benchmarks.figures import Figure, any_missed, heading, row
from tests.benchmarks.material import Absent, Material
from web.settings import one_thread_each

FIGURES = {
    "ingestion": "ingestion",
    "réponses": "answers",
    "croissance": "growth",
    "démarrage": "cold",
    "page": "first_page",
    "mémoire": "memory",
    "encodage": "encoding",
    "recherche": "scale",
    "voisinage": "neighbours",
    "inondation": "flood",
}
Measure = Callable[[Material], Iterator[Figure]]


def measured(name: str, material: Material) -> Iterator[Figure]:
    measure: Measure = import_module(f"tests.benchmarks.{FIGURES[name]}").measure
    try:
        yield from measure(material)
    except Absent as absent:
        yield Figure(name, note=str(absent))


def main() -> int:
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="FIGURE", help=f"parmi {', '.join(FIGURES)} (toutes si rien)")
    parser.add_argument("--shared", type=Path, default=Path("../shared"), help="dossier des documents réels")
    arguments = parser.parse_args()
    one_thread_each()  # as the command does
    if unknown := set(arguments.names) - FIGURES.keys():
        parser.error(f"{', '.join(sorted(unknown))} : inconnu ; au choix {', '.join(FIGURES)}")
    print(f"Python {platform.python_version()}, {os.cpu_count()} cœurs\n\n{heading()}", flush=True)
    figures = []
    for name in arguments.names or FIGURES:
        for figure in measured(name, Material(arguments.shared.resolve())):
            print(row(figure), flush=True)
            figures.append(figure)
    return int(any_missed(figures))


if __name__ == "__main__":
    sys.exit(main())
