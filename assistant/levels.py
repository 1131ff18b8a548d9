"""The levels of diplomas: the one that a school's document asks of those who enter, and the one that an asker tells of.

Levels are those of the French framework of certifications (decree 2019-14): 3 for a CAP, 4 for a baccalauréat.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache

from assistant.access import SHEET, told
from assistant.facts import Evidence, Fact
from assistant.sheets import Place, Shape, sheet, text_of
from corpus.documents import Document

NONE = 1  # the level of those who ask for no diploma
_CRITERIA = ("niveau", "sans diplôme")
_SHAPE = Shape({}, dict.fromkeys(map(str, range(1, 9)), "expression"))


def read_levels(document: Document) -> Iterator[Fact]:
    """A fact "entry_level" of the admission for each sentence that asks for a diploma: the lowest level it admits."""
    for start, end, folded in sorted(one for name in _CRITERIA for one in told(document, name)):
        if (level := level_in(folded)) is not None:
            quote = document.text[start:end]
            shown, evidence = " ".join(quote.split()).rstrip(" ."), (Evidence(document.slug, start, end, quote),)
            yield Fact("admission", "entry_level", str(level), shown, document.scope, evidence)


def level_in(folded: str, which: Callable[[Iterable[int]], int] = min) -> int | None:
    """The level of diploma that a folded text names, the lowest of several unless `which` says; None where none is."""
    found = [level for level, names in _levels() if names.search(folded)]
    asked = [level for level in found if level > NONE] or found  # "le bac est exigé, aucun diplôme étranger n'est..."
    return which(asked) if asked else None


@cache
def _levels() -> tuple[tuple[int, re.Pattern[str]], ...]:
    written: dict[str, str] = sheet(SHEET)["levels"]
    _SHAPE.check(written, Place(SHEET, text_of(SHEET), "levels"))
    return tuple((int(level), re.compile(names)) for level, names in written.items())
