"""Which texts say nearly the same thing, word for word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from index.text import Token, tokens

_ALIKE = 0.85
# Four orders, so four least hashes a text: of the pairs of texts as alike as that, nearly all share one.
_ODD = np.array([0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D, 0x27D4EB2F], np.uint32)


def twins(texts: Sequence[str]) -> NDArray[np.int32]:
    """For each text, the place of the first one that it repeats, its own when it repeats none: (n,).

    A figure or a code makes all the difference between two rows of a table, so twins hold the same ones.
    """
    read = [tokens(text) for text in texts]
    words = [frozenset(token.text for token in found) for found in read]
    figures = [tuple(token.text for token in found if any(map(str.isdigit, token.text))) for found in read]
    first = np.arange(len(texts), dtype=np.int32)
    for group in _shared(zip(figures, map(_least, read), strict=True)):
        heads: list[int] = []
        for place in group:
            if first[place] == place:
                first[place] = next((head for head in heads if _alike(words[head], words[place])), place)
            if first[place] == place:
                heads.append(place)
    while (first[first] != first).any():
        first = first[first]
    return first


def _shared(keys: Iterable[tuple[tuple[str, ...], Sequence[int]]]) -> Iterable[list[int]]:
    """The places of the texts that hold the same figures and share a least hash, in order."""
    places: defaultdict[tuple[object, ...], list[int]] = defaultdict(list)
    for place, (figures, least) in enumerate(keys):
        for hand, value in enumerate(least):
            places[figures, hand, value].append(place)
    return (group for group in places.values() if len(group) > 1)


def _least(found: Sequence[Token]) -> list[int]:
    """The least of the hashes of the pairs of words, under a few orders."""
    words = [token.text for token in found]
    pairs = {f"{one} {other}" for one, other in zip(["", *words], [*words, ""], strict=True)}
    hashes = np.fromiter((crc32(pair.encode()) for pair in pairs), np.uint32, len(pairs))
    return [int(least) for least in (hashes[:, None] * _ODD).min(axis=0)]


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return len(one & other) >= _ALIKE * len(one | other)
