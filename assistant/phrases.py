"""The words of questions.toml: what they ask for, how they are read out, and those that designate nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import pairwise
from typing import Any

from assistant.links import LINKS
from assistant.sheets import sheet
from index.text import stem, tokens

_GROUPS = ("asked", "wants", "elsewhere")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_SHORT_WORD = 3
_ENGLISH = 3  # words that only English has
_PURPOSE = "pour"
_INFINITIVES = ("er", "ir", "re")
_INVERTED = ("ez", "tes")  # "avez-vous", "faites-vous"


@cache
def _table() -> Mapping[str, Any]:
    return sheet("questions.toml")


def words_of(text: str) -> list[str]:
    return [token.text for token in tokens(text)]


def _plain(text: str) -> str:
    return " ".join(words_of(text))


def written() -> Mapping[str, str]:
    """Quick writing, and what it stands for."""
    written: Mapping[str, str] = _table()["written"]
    return written


@cache
def aliases() -> Mapping[str, str]:
    """The other names of units, as joined tokens, with the documents' words for them."""
    return {_plain(said): meant for said, meant in _table()["aliases"].items()}


@cache
def asking() -> Mapping[str, Sequence[tuple[str, str]]]:
    """Every phrase of the lists, as joined tokens, with the lists it stands in."""
    phrases: dict[str, list[tuple[str, str]]] = {}
    for group in _GROUPS:
        for name, forms in _table()[group].items():
            for form in forms:
                phrases.setdefault(_plain(form), []).append((group, name))
    return phrases


@cache
def _longest() -> int:
    return max(len(phrase.split()) for phrase in asking())


def spotted(words: Sequence[str]) -> tuple[list[tuple[str, str]], set[str]]:
    """The lists whose phrases the words hold, and the words of those phrases; of the phrases that ask for a property,
    one inside a longer one is not counted."""
    found: list[tuple[str, str]] = []
    covered: dict[str, set[int]] = {group: set() for group in _GROUPS}
    for length in range(min(_longest(), len(words)), 0, -1):
        for at in range(len(words) - length + 1):
            here = asking().get(" ".join(words[at : at + length]), ())
            place = set(range(at, at + length))
            fresh = [(g, name) for g, name in here if g != "asked" or not covered[g] & place]
            for group, _ in fresh:
                covered[group] |= place
            found += fresh
    places = set().union(*covered.values())
    return found, {words[at] for at in places}


def read_out(words: Sequence[str]) -> tuple[str, ...]:
    """The words with whole phrases read out: "que faire après" is about further study, "culture g" a subject."""
    plain = f" {' '.join(words)} "
    for phrase, meaning in _readings().items():
        plain = plain.replace(f" {phrase} ", f" {meaning} ")
    return tuple(plain.split())


@cache
def _readings() -> Mapping[str, str]:
    names = {said: _plain(meant) for said, meant in aliases().items() if " " in said}
    return names | {_plain(phrase): _plain(meaning) for phrase, meaning in _table()["phrases"].items()}


def without_asides(words: Sequence[str]) -> list[str]:
    """The words but for the turns of phrase that say nothing."""
    plain = f" {' '.join(words)} "
    for aside in _asides():
        plain = plain.replace(f" {aside} ", " ")
    return plain.split()


@cache
def _asides() -> tuple[str, ...]:
    return tuple(_plain(aside) for aside in _table()["asides"])


def doing(words: Sequence[str]) -> frozenset[str]:
    """The words that stand where a verb does: after a pronoun ("j'écris"), which no verb comes before ("avez-vous"),
    and infinitives of purpose ("pour gratter des points")."""
    before, between = (frozenset(words_of(_table()[kind])) for kind in ("pronouns", "objects"))
    places = [n for n, word in enumerate(words[:-1]) if word in before]
    places = [n for n in places if not n or not words[n - 1].endswith(_INVERTED)]
    places += [n + 1 for n in places if words[n + 1] in between and n + 2 < len(words)]  # "je les vois"
    aims = {word for one, word in pairwise(words) if one == _PURPOSE and word.endswith(_INFINITIVES)}
    return frozenset(words[n + 1] for n in places) | aims


def named(words: Sequence[str]) -> frozenset[str]:
    """The words that stand where a noun does: after an article ("un parking"); not those that say what the answer is
    wanted for ("pour remplir le cerfa")."""
    before = frozenset(words_of(_table()["articles"]))
    places = (n for n, (one, _) in enumerate(pairwise(words)) if one in before)
    return frozenset(words[n + 1] for n in places if _PURPOSE not in words[max(0, n - 2) : n])


def in_english(words: Sequence[str]) -> bool:
    """Whether a question is asked in English: its other words are then rarely the documents' own."""
    return len(set(words) & set(words_of(_table()["english"]))) >= _ENGLISH


def meaningful(words: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The words that designate something, with their stems: not those that ask, numbers, nor asides."""
    kept = {stem(word): word for word in without_asides(words) if not _NUMBER.fullmatch(word)}
    return tuple((s, word) for s, word in kept.items() if not _is_ignored(s, word))


def _is_ignored(s: str, word: str) -> bool:
    """Whether a word only asks. Short words are compared whole: "VAE" is no form of "va"."""
    words, stemmed = _ignored()
    return word in words or (len(word) > _SHORT_WORD and s in stemmed)


@cache
def _ignored() -> tuple[frozenset[str], frozenset[str]]:
    words = frozenset(words_of(_table()["ignored"])) | LINKS
    return words, frozenset(map(stem, words))
