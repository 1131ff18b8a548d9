"""The words of those who ask and those of the documents that answer (synonyms.toml)."""

from __future__ import annotations

from functools import cache

from assistant.sheets import sheet
from assistant.vocabulary import stems
from index.text import stem

_LONG = 5  # letters: the forms of a shorter word are too many


@cache
def _table() -> dict[str, list[str]]:
    words: dict[str, list[str]] = sheet("synonyms.toml")["words"]
    aliases: dict[str, str] = sheet("questions.toml")["aliases"]
    return {alias: [meant] for alias, meant in aliases.items()} | words


@cache
def _stemmed() -> dict[str, tuple[frozenset[str], ...]]:
    return {word: tuple(frozenset(stems(meaning)) for meaning in said) for word, said in _table().items()}


@cache
def _by_stem() -> dict[str, str]:
    """The first word of the list that has each stem: "récupéraient" is read as "récupérer"."""
    return {stem(word): word for word in reversed(_table()) if " " not in word}


def _listed(word: str) -> str:
    return word if word in _table() or len(word) < _LONG else _by_stem().get(stem(word), word)


def synonyms(word: str) -> tuple[frozenset[str], ...]:
    """What the documents may say for a folded word: each a set of stems that must all be there."""
    return _stemmed().get(_listed(word), ())


def meanings(word: str) -> str:
    """All that the documents may say for a word, as words to search for; empty where nothing is known."""
    return " ".join(_table().get(_listed(word), ()))


def other_word(word: str) -> str:
    """The one word that a folded word always stands for ("boîte": "entreprise"); else the word itself."""
    said = _table().get(_listed(word), ())
    return said[0] if len(said) == 1 and " " not in said[0] else word
