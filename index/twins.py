"""Which texts say nearly the same thing, word for word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.text import Token, tokens

Signatures = NDArray[np.uint32]

_ALIKE = 0.85
# Four orders, so four least hashes a text: of the pairs of texts as alike as that, nearly all share one.
_ODD = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F], np.uint32)


def signatures(texts: Mapping[int, str], size: int) -> Signatures:
    """What each text is grouped by, at its place: four least hashes and that of its figures: (size, 5)."""
    found = np.zeros((size, len(_ODD) + 1), np.uint32)
    for place, text in texts.items():
        read = tokens(text)
        found[place] = (*_least(read), crc32(" ".join(_figures(read)).encode()))
    return found


def twins(texts: Sequence[str], signed: Signatures | None = None) -> NDArray[np.int32]:
    """For each text, the place of the first one that it repeats, its own when it repeats none: (n,).

    A figure or a code makes all the difference between two rows of a table, so twins hold the same ones.
    """
    first = np.arange(len(texts), dtype=np.int32)
    held = _Held(texts)
    for group in _shared(signatures(dict(enumerate(texts)), len(texts)) if signed is None else signed):
        heads: list[int] = []
        for place in group:
            if first[place] == place:
                first[place] = next((head for head in heads if _alike(held[head], held[place])), place)
            if first[place] == place:
                heads.append(place)
    while (first[first] != first).any():
        first = first[first]
    return first


class _Held(dict[int, tuple[frozenset[str], list[str]]]):
    """The words and the figures of the text at a place, read when they are first asked for."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    def __missing__(self, place: int) -> tuple[frozenset[str], list[str]]:
        read = tokens(self._texts[place])
        self[place] = frozenset(token.text for token in read), _figures(read)
        return self[place]


def _figures(found: Iterable[Token]) -> list[str]:
    return [token.text for token in found if any(map(str.isdigit, token.text))]


def _shared(signed: Signatures) -> Iterable[list[int]]:
    """The places of the texts that share a least hash and that of their figures, in order."""
    places: defaultdict[tuple[int, int, int], list[int]] = defaultdict(list)
    for place, (*least, figures) in enumerate(signed.tolist()):
        for hand, value in enumerate(least):
            places[figures, hand, value].append(place)
    return (group for group in places.values() if len(group) > 1)


def _least(found: Sequence[Token]) -> list[int]:
    """The least of the hashes of the pairs of words, under a few orders."""
    words = [token.text for token in found]
    pairs = {f"{one} {other}" for one, other in zip(["", *words], [*words, ""], strict=True)}
    hashes = np.fromiter((crc32(pair.encode()) for pair in pairs), np.uint32, len(pairs))
    return [int(least) for least in (hashes[:, None] * _ODD).min(axis=0)]


def _alike(one: tuple[frozenset[str], list[str]], other: tuple[frozenset[str], list[str]]) -> bool:
    (words, figures), (others, theirs) = one, other
    return figures == theirs and len(words & others) >= _ALIKE * len(words | others)
