"""The house, as the imports tell it: who may know whom, which library lives where, and what starts cold."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
HOUSE = ("web", "assistant", "index", "corpus")  # a package imports those that stand after it

# A library that two packages may import, and why.
SHARED_LIBRARIES = {
    "numpy": "the vectors' own type: it crosses from the encoder to the index and the checks",
}
# A library that is declared and never imported by name, and why.
UNSEEN = {
    "torch": "what sentence-transformers computes with",
}
# Where what is imported and what is installed do not bear the same name.
DISTRIBUTIONS = {
    "docx": "python-docx",
    "faiss": "faiss-cpu",
    "markdown_it": "markdown-it-py",
    "odf": "odfpy",
    "PIL": "pillow",
    "pydantic_settings": "pydantic-settings",
    "semantic_text_splitter": "semantic-text-splitter",
    "sentence_transformers": "sentence-transformers",
    "Stemmer": "pystemmer",
}
# Parts of a declared library that have a name of their own: they come with it.
COMES_WITH = {
    "pydantic": "pydantic-settings",
    "werkzeug": "flask",
    "markupsafe": "flask",
    "jinja2": "flask",
}
HEAVY = {"torch", "transformers", "sentence_transformers", "datasets"}


@dataclass(frozen=True)
class Import:
    """One imported module, where it is imported, and whether that happens as soon as the module is loaded."""

    file: Path
    line: int
    module: str
    at_once: bool

    @property
    def top(self) -> str:
        return self.module.split(".")[0]

    @property
    def package(self) -> str:
        return self.file.relative_to(ROOT).parts[0]

    def __str__(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.line} imports {self.module}"


def _modules() -> list[Path]:
    return sorted(path for package in HOUSE for path in (ROOT / package).rglob("*.py"))


def _names(node: ast.AST, file: Path) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.level:
        folders = file.relative_to(ROOT).parts[: -node.level]
        return [".".join((*folders, node.module or ""))]
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return []


def _walk(node: ast.AST, file: Path, at_once: bool = True) -> Iterator[Import]:
    for child in ast.iter_child_nodes(node):
        for name in _names(child, file):
            yield Import(file, child.lineno, name, at_once)  # type: ignore[attr-defined]
        inside = isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        for_types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
        yield from _walk(child, file, at_once and not inside and not for_types)


def _imports() -> list[Import]:
    return [found for file in _modules() for found in _walk(ast.parse(file.read_text("utf-8")), file)]


def _third_party() -> list[Import]:
    return [i for i in _imports() if i.top not in HOUSE and i.top not in sys.stdlib_module_names]


def _declared() -> set[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"]["models"]]
    return {re.split(r"[^A-Za-z0-9._-]", line)[0].lower() for line in lines}


def test_no_import_runs_back() -> None:
    backwards = [i for i in _imports() if i.top in HOUSE and HOUSE.index(i.top) < HOUSE.index(i.package)]
    assert not backwards, "\n".join(map(str, backwards))


def test_a_third_party_library_is_imported_by_one_package() -> None:
    homes: dict[str, set[str]] = defaultdict(set)
    for found in _third_party():
        homes[found.top].add(found.package)
    scattered = {library: sorted(where) for library, where in homes.items() if len(where) > 1}
    assert scattered.keys() <= SHARED_LIBRARIES.keys(), scattered


def test_what_is_imported_is_declared_and_what_is_declared_is_imported() -> None:
    imported = {DISTRIBUTIONS.get(i.top, COMES_WITH.get(i.top, i.top)).lower() for i in _third_party()}
    assert imported - _declared() == set(), "imported, not declared in pyproject.toml"
    assert _declared() - imported - UNSEEN.keys() == set(), "declared in pyproject.toml, never imported"


def test_torch_and_its_family_are_loaded_only_when_they_are_used() -> None:
    training = ROOT / "index" / "training"
    cold = [i for i in _imports() if i.top in HEAVY and i.at_once and training not in i.file.parents]
    assert not cold, "\n".join(map(str, cold))


def test_the_serving_path_does_not_import_what_trains_or_evaluates_at_once() -> None:
    early = [
        i for i in _imports() if i.at_once and i.module.startswith("index.training") and "training" not in i.file.parts
    ]
    assert not early, "\n".join(map(str, early))


def test_loading_every_module_that_serves_leaves_torch_alone() -> None:
    names = [".".join(path.relative_to(ROOT).with_suffix("").parts) for path in _modules()]
    serving = [name.removesuffix(".__init__") for name in names if not name.startswith("index.training")]
    program = f"import importlib, sys\nfor name in {serving}: importlib.import_module(name)\nprint(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not HEAVY & set(loaded.stdout.split())


def test_the_environment_is_read_in_one_place() -> None:
    reads = re.compile(r"\bos\.(environ|getenv)\b|\bfrom os import [^\n]*\b(environ|getenv)\b")
    readers = [path for path in _modules() if reads.search(path.read_text("utf-8"))]
    assert [path for path in readers if path != ROOT / "web" / "settings.py"] == []


def test_no_list_of_dependencies_names_a_package_index() -> None:
    lists = [
        ROOT / "pyproject.toml",
        *(ROOT / "locks").iterdir(),
        *ROOT.glob("tests/benchmarks/peers/requirements/*.txt"),
    ]
    index = re.compile(r"https?://|file://|--(extra-)?index-url|--find-links|--trusted-host|^-[if] ", re.MULTILINE)
    assert [path.name for path in lists if index.search(path.read_text("utf-8"))] == []
