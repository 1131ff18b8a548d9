"""What a serving process holds in memory, once it has answered and shown documents."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.answers import RULE_QUESTIONS
from tests.benchmarks.figures import Bar, Figure
from tests.benchmarks.homes import starter_home
from tests.benchmarks.material import Absent, Material
from tests.benchmarks.sites import reglo

BUDGET = 250  # MB
ASKED = 200
PROSE = ("Comment demander un aménagement d'épreuve ?", "Où se passe le stage ?", "Quand ont lieu les résultats ?")


def measure(material: Material) -> Iterator[Figure]:
    with starter_home() as (home, publisher), reglo(home) as site:
        questions = RULE_QUESTIONS + PROSE
        for number in range(ASKED):
            site.ask(questions[number % len(questions)])
        for document in publisher.documents():
            site.get(f"/documents/{document.slug}")
        held = _resident(site.process.pid)
    name = f"mémoire d'un site après {ASKED} questions"
    yield Figure(name, f"{held:.0f} Mo", f"{BUDGET} Mo", held / BUDGET, Bar(1))


def _resident(pid: int) -> float:
    """Megabytes in memory at most until now."""
    status = Path(f"/proc/{pid}/status")
    if not status.exists():
        raise Absent("la mémoire se lit dans /proc, qui n'est pas là")
    sizes = dict(line.split(":", 1) for line in status.read_text().splitlines())
    return int(sizes["VmHWM"].split()[0]) * 1024 / 1e6
