"""Frame: what was understood of a question."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from assistant.marks import Marks
from assistant.proper import Unheld
from assistant.spelling import Correction
from corpus.documents import Scope


@dataclass(frozen=True, slots=True)
class Frame:
    """What was understood of a question.

    `words` are the repaired words in order, `free` those that name no school, town or diploma, phrases read out,
    `meant` the stems (each with its word) of those that designate something, `rest` those of them that neither a unit
    nor a list explains, `nouns` those that an article introduces.
    `asked` are properties in the order of the words; `wants` says what to do with them (total, list, most...);
    `elsewhere` the topics that the question is not about. `units` are the subjects named, best first, `coded` those
    named by their code, `unknown_codes` codes that no table has; `mode` is "écrite" or "orale" where the question
    says one of them; `marks` those it gives, `sought` the units named without one; `today` the day it is
    asked, `year` the one it names.
    `scope` is what the question says of its asker; `places` the scopes to answer for one by one
    where it names several; `unheld` names of scopes that the library does not hold;
    `typed` is how each word was typed; `carried` what an earlier question lent, `earlier` that question,
    `own` the words of a follow-up alone.
    """

    question: str
    words: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    meant: tuple[tuple[str, str], ...] = ()
    rest: tuple[str, ...] = ()
    nouns: frozenset[str] = frozenset()
    asked: tuple[str, ...] = ()
    wants: frozenset[str] = frozenset()
    elsewhere: frozenset[str] = frozenset()
    units: tuple[str, ...] = ()
    unknown_codes: tuple[str, ...] = ()
    coded: tuple[str, ...] = ()
    mode: str = ""
    numbers: tuple[Decimal, ...] = ()
    marks: Marks = field(default_factory=Marks)
    sought: tuple[str, ...] = ()
    today: date = date.min
    year: int | None = None
    scope: Scope = field(default_factory=Scope)
    places: tuple[Scope, ...] = ()
    unheld: tuple[Unheld, ...] = ()
    corrections: tuple[Correction, ...] = ()
    typed: Mapping[str, str] = field(default_factory=dict)
    carried: tuple[str, ...] = ()
    earlier: str = ""
    own: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return " ".join(self.words)

    @property
    def names_only(self) -> bool:
        """Whether the question is little more than a name: "E5 ?", "l'épreuve de gestion"."""
        return not self.asked and not self.rest

    def meant_elsewhere(self, before: Frame) -> bool:
        """Whether this follow-up speaks of something else than the units of the earlier question."""
        return bool(self.rest) and not self.asked and not before.asked

    @property
    def asked_of_exam(self) -> bool:
        """Whether the property asked for is the exam's alone, whatever else the question speaks of."""
        return "coefficient" in self.asked
