"""Other libraries that do a part of the same, each in an environment of its own, made when it is asked for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.encoder import EMBEDDED
from tests.benchmarks.material import Absent

ROOT = Path(__file__).parents[3]
ENVIRONMENTS = ROOT / ".venv-peers"
REQUIREMENTS = Path(__file__).with_name("requirements")
NAMES = tuple(sorted(path.stem for path in REQUIREMENTS.glob("*.txt")))


def python(name: str) -> Path:
    """The interpreter of a peer's environment, installed as its requirements say; Réglo's own for "reglo"."""
    requirements = REQUIREMENTS / f"{name}.txt"
    if not requirements.exists():
        return Path(sys.executable)
    folder = ENVIRONMENTS / name
    interpreter, installed = folder / "bin" / "python", folder / "requirements.txt"
    if not installed.exists() or installed.read_text("utf-8") != requirements.read_text("utf-8"):
        _run(name, sys.executable, "-m", "venv", "--without-pip", folder)
        _run(name, sys.executable, "-m", "pip", "--python", interpreter, "install", "-qq", "-r", requirements)
        installed.write_bytes(requirements.read_bytes())
    return interpreter


def _run(name: str, *command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise Absent(f"{name} ne s'installe pas ici ({(done.stderr.strip().splitlines() or ['?'])[-1]})")


class Peer:
    """A peer that has indexed passages, in a process of its own."""

    def __init__(self, name: str, process: subprocess.Popen[str]) -> None:
        self.name = name
        self._process = process
        self.ingest = float(self._read()["ingest"])

    def ask(self, question: str) -> tuple[float, list[int]]:
        """The seconds that it took, by its own clock, and the places of the passages found, best first."""
        assert self._process.stdin
        self._process.stdin.write(" ".join(question.split()) + "\n")
        self._process.stdin.flush()
        said = self._read()
        return float(said["seconds"]), list(said["found"])

    def memory(self) -> float:
        """Megabytes held at most. The last thing to ask."""
        assert self._process.stdin
        self._process.stdin.close()
        return float(self._read()["memory"])

    def _read(self) -> dict[str, Any]:
        assert self._process.stdout
        for line in self._process.stdout:
            if line.startswith("{"):
                return dict(json.loads(line))
        raise Absent(f"{self.name} s'est arrêté")


@contextmanager
def running(name: str, passages: Sequence[str]) -> Iterator[Peer]:
    """The peer, once it has indexed the passages. Raises Absent where it cannot be installed or stops."""
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "passages.json"
        file.write_text(json.dumps(list(passages)), encoding="utf-8")
        process = subprocess.Popen(
            [python(name), Path(__file__).with_name(f"{name}_search.py"), file, EMBEDDED],
            env={**os.environ, "PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1", "TMPDIR": scratch},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        try:
            yield Peer(name, process)
        finally:
            process.kill()
            process.wait()
