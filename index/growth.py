"""An index that grows out of the one before: which passages are the same, and where they have gone."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
_READERS = ("text", "lexical", "statements", "twins")


@dataclass(frozen=True, slots=True)
class Growth:
    """`origin`: the place before of each passage now, -1 where it is new; `moved`: the place now of each of before."""

    origin: Integers
    moved: Integers

    @classmethod
    def of(cls, ids: Integers, before: Integers, known: Mapping[int, int]) -> Growth:
        """`known` gives, by its id now, the id before of a passage that is the same; of two, one is new."""
        places = {id_: place for place, id_ in enumerate(before.tolist())}
        origin = np.array([places.pop(known.get(id_, -1), -1) for id_ in ids.tolist()], np.int64)
        moved = np.full(len(before), -1, np.int64)
        moved[origin[origin >= 0]] = np.flatnonzero(origin >= 0)
        return cls(origin, moved)

    @property
    def kept(self) -> NDArray[np.bool_]:
        return self.origin >= 0

    @property
    def new(self) -> list[int]:
        return list(np.flatnonzero(~self.kept).tolist())


@cache
def reading() -> str:
    """How texts are read: the same as long as the code that reads them is, so that nothing read otherwise is kept."""
    here = Path(__file__).parent
    return hashlib.sha256(b"".join((here / f"{name}.py").read_bytes() for name in _READERS)).hexdigest()
