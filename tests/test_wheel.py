"""The wheel, as someone else gets it: everything in it, and it answers away from its sources."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("web", "assistant", "index", "corpus")

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from a copy, so that no earlier build's leftovers get in."""
    sources = tmp_path_factory.mktemp("sources")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, sources / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, sources)
    built = tmp_path_factory.mktemp("wheel")
    _pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", built, sources)
    return next(built.glob("*.whl"))


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `reglo` of an environment that has the wheel, our dependencies, and not our sources."""
    venv = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", venv], check=True)
    _pip("--python", venv / "bin" / "python", "install", "--no-deps", "--no-index", wheel)
    site = next((venv / "lib").glob("python*/site-packages"))
    # Its own .pth files are not followed from here: the editable install stays out of sight.
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return venv / "bin" / "reglo"


def _pip(*arguments: str | Path) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *map(str, arguments)], check=True)


def _reglo(reglo: Path, home: Path, *arguments: str) -> str:
    environment = {**os.environ, "REGLO_HOME": str(home)}
    done = subprocess.run([reglo, *arguments], cwd=home.parent, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_file_of_the_packages_is_in_the_wheel(wheel: Path) -> None:
    held = set(zipfile.ZipFile(wheel).namelist())
    files = {path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file()}
    ours = {str(path.relative_to(ROOT)) for path in files if "__pycache__" not in path.parts}
    assert ours - held == set()


def test_the_wheel_holds_nothing_but_the_packages(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == set(PACKAGES)


def test_the_code_that_answers_elsewhere_is_the_wheels(elsewhere: Path) -> None:
    python = elsewhere.with_name("python")
    where = subprocess.run([python, "-c", "import web; print(web.__file__)"], cwd="/", capture_output=True, text=True)
    assert Path(where.stdout).is_relative_to(elsewhere.parent.parent)


def test_installed_elsewhere_it_answers_a_question_from_the_starter_documents(elsewhere: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    _reglo(elsewhere, home, "ingest")
    question = "Quel est le coefficient de l'épreuve de gestion opérationnelle ?"
    answer = json.loads(_reglo(elsewhere, home, "ask", question, "--json"))
    assert answer["kind"] == "rule"
    assert "3" in answer["text"].splitlines()[0]
    assert answer["citations"]
