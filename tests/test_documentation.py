"""What README and CONTRIBUTING show is what happens: commands and their output, the manifest, settings, paths."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from pathlib import Path

import pytest

from corpus.manifest import read_manifest
from web.settings import table

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text("utf-8")
PAGES = {name: (ROOT / name).read_text("utf-8") for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")}
REGLO = str(Path(sys.executable).with_name("reglo"))


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", README, re.MULTILINE | re.DOTALL)


def _examples() -> list[tuple[str, str]]:
    """Each command of a console block with what it is said to print, "..." standing for anything."""
    sessions = "".join(_blocks("console")).split("$ ")[1:]
    return [(command, output) for command, _, output in (session.partition("\n") for session in sessions)]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("documentation")
    subprocess.run([REGLO, "--home", home, "ingest"], check=True, capture_output=True)
    return home


def test_there_are_examples() -> None:
    assert len(_examples()) >= 4


@pytest.mark.parametrize(("command", "expected"), _examples(), ids=lambda text: text[:40])
def test_a_command_prints_what_the_readme_shows(command: str, expected: str, home: Path) -> None:
    words = [REGLO if word == ".venv/bin/reglo" else word for word in shlex.split(command)]
    done = subprocess.run(words, env={**os.environ, "REGLO_HOME": str(home)}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert OutputChecker().check_output(expected, done.stdout, ELLIPSIS | NORMALIZE_WHITESPACE), done.stdout


def test_the_manifest_of_the_readme_is_accepted(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.toml"
    manifest.write_text(_blocks("toml")[0], encoding="utf-8")
    [entry] = read_manifest(manifest, beside=False).values()
    assert entry.slug == "reglement-interieur"


def test_every_setting_stands_in_the_readme_with_its_default_and_its_help() -> None:
    missing = [row for row in table() if settings_row(*row) not in README]
    assert not missing


def settings_row(name: str, default: str, text: str) -> str:
    return f"| `{name}` | {default and f'`{default}`'} | {text} |"


@pytest.mark.parametrize("name", PAGES)
def test_a_target_of_make_that_is_named_exists(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    asked = re.findall(r"(?:^|`)make ([a-z-]+)", PAGES[name], re.MULTILINE)
    assert set(asked) <= targets


@pytest.mark.parametrize("name", PAGES)
def test_a_file_that_is_named_exists(name: str) -> None:
    linked = re.findall(r"\]\(([^)#:]+)\)", PAGES[name])
    quoted = re.findall(r"`((?:corpus|index|assistant|web|tests|locks)/[\w./-]*)`", PAGES[name])
    assert [path for path in (*linked, *quoted) if not (ROOT / path).exists()] == []
