"""Evidence: what speaks for quoting a slice of a passage, and the decision whether it answers.

The decision is made here and nowhere else. It rests on words, codes and kinds, each of which can be shown; never
on a raw score.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.quotes import Span
from assistant.sheets import sheet


@cache
def limits() -> dict[str, Any]:
    """The thresholds of evidence.toml."""
    return dict(sheet("evidence.toml")["limits"])


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a passage.

    `span` is the slice that would be quoted; `covered` the share of the question's meaning, weighted by rarity, that it
    covers with the headings over it, and `own` what it covers by itself; `lacking` the kinds of things asked for that
    it does not hold; `agreed` whether both retrievers agree; `speaks` whether it speaks of a subject asked for.
    """

    span: Span
    covered: float
    own: float
    lacking: tuple[str, ...]
    agreed: bool
    speaks: bool = False

    @property
    def answers(self) -> bool:
        """The decision."""
        least = limits()["covered_agreed" if self.agreed else "covered"]
        least -= limits()["speaks"] if self.speaks else 0
        return not self.lacking and self.covered >= least

    @property
    def length(self) -> int:
        return self.span[1] - self.span[0]

    def inside(self, other: Evidence) -> bool:
        """Whether this slice is a part of another."""
        return other.span[0] <= self.span[0] and self.span[1] <= other.span[1] and self.span != other.span
