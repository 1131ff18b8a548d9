"""Other libraries that do a part of the same, each in an environment of its own, made when it is asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.benchmarks.material import Absent

ROOT = Path(__file__).parents[3]
ENVIRONMENT = ROOT / ".venv-peers"
REQUIREMENTS = Path(__file__).with_name("requirements.txt")


def python() -> Path:
    """The interpreter of the peers' environment, installed as `requirements.txt` says."""
    interpreter = ENVIRONMENT / "bin" / "python"
    installed = ENVIRONMENT / "requirements.txt"
    if not installed.exists() or installed.read_text("utf-8") != REQUIREMENTS.read_text("utf-8"):
        _run(sys.executable, "-m", "venv", "--without-pip", ENVIRONMENT)
        _run(sys.executable, "-m", "pip", "--python", interpreter, "install", "-qq", "-r", REQUIREMENTS)
        installed.write_bytes(REQUIREMENTS.read_bytes())
    return interpreter


def _run(*command: str | Path) -> None:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise Absent(f"txtai ne s'installe pas ici ({(done.stderr.strip().splitlines() or ['?'])[-1]})")
