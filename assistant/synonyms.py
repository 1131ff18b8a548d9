"""The words of those who ask and those of the documents that answer (synonyms.toml)."""

from __future__ import annotations

from functools import cache

from assistant.sheets import sheet
from assistant.vocabulary import stems


@cache
def _table() -> dict[str, list[str]]:
    words: dict[str, list[str]] = sheet("synonyms.toml")["words"]
    aliases: dict[str, str] = sheet("questions.toml")["aliases"]
    return {alias: [meant] for alias, meant in aliases.items()} | words


@cache
def _stemmed() -> dict[str, tuple[frozenset[str], ...]]:
    return {word: tuple(frozenset(stems(meaning)) for meaning in said) for word, said in _table().items()}


def synonyms(word: str) -> tuple[frozenset[str], ...]:
    """What the documents may say for a folded word: each a set of stems that must all be there."""
    return _stemmed().get(word, ())


def meanings(word: str) -> str:
    """All that the documents may say for a word, as words to search for; empty where nothing is known."""
    return " ".join(_table().get(word, ()))
