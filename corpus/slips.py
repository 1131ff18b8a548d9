"""Slips in a TOML file, said in French to someone who has never programmed: where, what is wrong, what to do."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Any

_POSITION = re.compile(r"at line (\d+), column (\d+)")


class Slip(Exception):
    """A text that is no TOML; the message goes on from the file's name: ", ligne 3, colonne 7 : ..."."""


def parsed(text: str) -> dict[str, Any]:
    """A TOML text. Raises Slip."""
    try:
        return tomllib.loads(text)
    except ValueError as error:  # TOMLDecodeError is one; a number too long for Python is another
        position = _POSITION.search(str(error))
        last = text.count("\n") + 1
        where = f"ligne {position[1]}, colonne {position[2]}" if position else f"ligne {last}"
        raise Slip(f", {where} : {_in_french(str(error))}.") from None
    except RecursionError:
        raise Slip(" : ce TOML est trop imbriqué ; écrivez des tables simples.") from None


_TOML = {
    "Invalid date": "cette date n'existe pas ; écrivez-la AAAA-MM-JJ, par exemple 2026-11-20",
    "Cannot overwrite": "cette clé est donnée deux fois ; gardez-en une",
    "Cannot declare": "cette table est déclarée deux fois ; gardez-en une, ou écrivez [[...]] à chacune",
    "Illegal character": "un texte se ferme sur sa ligne, par des guillemets droits ; fermez-le",
    "Unterminated string": "un texte n'est pas fermé ; ajoutez les guillemets droits qui manquent",
    "Invalid value": "cette valeur n'est pas lisible ; un texte se met entre guillemets droits, une date non",
    "Expected '='": 'il manque « = » entre une clé et sa valeur ; écrivez clé = "valeur"',
    "Unclosed array": "une liste n'est pas fermée ; ajoutez le crochet qui manque",
}


def _in_french(error: str) -> str:
    for start, sentence in _TOML.items():
        if error.startswith(start):
            return sentence
    return "ce n'est pas du TOML ; une ligne s'écrit clé = \"valeur\", une date AAAA-MM-JJ sans guillemets"


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that another was perhaps meant for, as a hint; empty where none is near."""
    near = get_close_matches(word.lower(), list(known), n=1, cutoff=0.6)
    return f"peut-être « {near[0]} »" if near else ""
