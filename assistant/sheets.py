"""The TOML files of the assistant: read once each, and a slip in one told with its line and its remedy."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from corpus.slips import Slip, nearest, parsed


class BadSheet(Exception):
    """A file that cannot be used; the message is one line: which file, where, what is wrong, what to do."""


@cache
def sheet(name: str) -> dict[str, Any]:
    """What one TOML file of the package holds: "questions.toml", "rules/exam.toml". Raises BadSheet."""
    return read(text_of(name), name)


def text_of(name: str) -> str:
    return files("assistant").joinpath(name).read_text(encoding="utf-8")


def read(text: str, name: str) -> dict[str, Any]:
    """The table of a TOML text; `name` is said in errors. Raises BadSheet."""
    try:
        return parsed(text)
    except Slip as slip:
        raise BadSheet(f"{name}{slip}") from None


@dataclass(frozen=True)
class Shape:
    """The keys of one table, each with what it holds: "text", "list" (of texts), "texts" (a list that may be empty),
    "expression", "flag", "pairs"."""

    required: Mapping[str, str]
    optional: Mapping[str, str] = field(default_factory=dict)

    def check(self, entry: object, at: Place) -> None:
        """Raises BadSheet on a missing or unknown key, on a value of another type, on an expression that is none."""
        if not isinstance(entry, dict):
            raise at.slip(f"« {at.title} » doit être une table ; écrivez [{at.title}] et ses clés dessous", at.title)
        known = {**self.required, **self.optional}
        for key, value in entry.items():
            if key not in known:
                hint = nearest(key, known) or f"clés connues : {', '.join(known)}"
                raise at.slip(f"la clé « {key} » est inconnue ; {hint}", key)
            _check(key, value, known[key], at)
        for key in self.required:
            if key not in entry:
                raise at.slip(f"il manque la clé « {key} » ({_EXPECTED[self.required[key]]}) ; ajoutez-la")


@dataclass(frozen=True)
class Place:
    """Where one table stands: the file, its text, the table's title ("canteen", "pattern"), its number if repeated."""

    file: str
    text: str
    title: str
    number: int = 0

    def slip(self, what: str, key: str = "") -> BadSheet:
        table = f"[[{self.title}]] n° {self.number}" if self.number else f"[{self.title}]"
        line = self._line(key)
        return BadSheet(f"{self.file}, {table}{f', ligne {line}' if line else ''} : {what}.")

    def _line(self, key: str) -> int | None:
        """The line of a key in the table, else that of the table itself."""
        lines = self.text.splitlines()
        opening = re.compile(rf"\s*\[{{1,2}}\s*[\"']?{re.escape(self.title)}[\"']?\s*\]{{1,2}}\s*(?:#.*)?$")
        starts = [number for number, line in enumerate(lines) if opening.match(line)]
        if len(starts) < max(1, self.number):
            return None
        first = starts[max(0, self.number - 1)]
        last = next((n for n in range(first + 1, len(lines)) if re.match(r"\s*\[", lines[n])), len(lines))
        pattern = re.compile(rf"\s*[\"']?{re.escape(key)}[\"']?\s*=")
        found = [n for n in range(first, last) if key and pattern.match(lines[n])]
        return (found[0] if found else first) + 1


_EXPECTED = {
    "text": "un texte entre guillemets",
    "expression": "une expression régulière entre apostrophes",
    "list": 'une liste de textes, ["...", "..."]',
    "texts": 'une liste de textes, ["..."], ou [] pour aucun',
    "pairs": 'une liste de paires de textes, [["...", "..."]]',
    "flag": "true ou false",
}


def _check(key: str, value: object, kind: str, at: Place) -> None:
    if not _FITS[kind](value):
        raise at.slip(f"« {key} » attend {_EXPECTED[kind]} ; corrigez cette valeur", key)
    if kind == "expression":
        try:
            re.compile(str(value))
        except re.error as error:
            raise at.slip(f"l'expression « {key} » ne se compile pas ({error}) ; corrigez-la", key) from None


def _are_texts(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(_is_text(item) for item in value)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


_FITS: dict[str, Callable[[object], bool]] = {
    "text": _is_text,
    "expression": _is_text,
    "list": _are_texts,
    "texts": lambda value: value == [] or _are_texts(value),
    "pairs": lambda value: isinstance(value, list) and all(_are_texts(item) and len(item) == 2 for item in value),
    "flag": lambda value: isinstance(value, bool),
}
