"""Documents in, facts out: what every reader finds, tied together by names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace

from assistant.contacts import read_contacts
from assistant.crosses import read_crosses
from assistant.derived import derived
from assistant.events import read_events
from assistant.exam_dates import read_deposits, read_exam_dates
from assistant.exam_lines import read_exam_lines
from assistant.facts import Fact, Facts
from assistant.identities import identified
from assistant.levels import read_levels
from assistant.pay import read_pay
from assistant.prose import read_prose
from assistant.rates import read_rates
from assistant.tables import read_tables
from assistant.timetable import read_timetables
from assistant.vocabulary import stems
from corpus.documents import Document

_READERS = (
    read_tables,
    read_exam_lines,
    read_exam_dates,
    read_deposits,
    read_timetables,
    read_pay,
    read_rates,
    read_prose,
    read_contacts,
    read_crosses,
    read_levels,
    read_events,
)


def read_facts(documents: Iterable[Document]) -> Facts:
    """The facts of all the documents; a block of skills that bears the name of an exam unit speaks of that unit.

    Documents that no school issues speak first, and of them those that hold the table of coefficients: their names
    and their order of the units are the exam's.
    """
    documents = identified(documents)
    found = [fact for document in documents for read in _READERS for fact in read(document)]
    found += derived(found, documents)
    weighty = Counter(fact.document for fact in found if fact.prop == "coefficient")
    found.sort(key=lambda f: (f.subject.startswith("block:"), bool(f.scope.school), -weighty[f.document]))
    units = _units_of_blocks(found)
    tied = [replace(fact, subject=units.get(fact.subject, fact.subject)) for fact in found]
    codes = [_code(fact, units[fact.subject]) for fact in found if fact.prop == "name" and fact.subject in units]
    return Facts(tuple(dict.fromkeys(tied + codes)))


def _code(name: Fact, unit: str) -> Fact:
    """The block's code, as a fact of the unit whose name it bears."""
    code = name.subject.partition(":")[2]
    return replace(name, subject=unit, prop="code", value=code, shown=code)


def _units_of_blocks(facts: Iterable[Fact]) -> Mapping[str, str]:
    """The unit of each block: the one of the same name, else the only one whose whole name the block's contains."""
    names = [(fact.subject, frozenset(stems(fact.shown))) for fact in facts if fact.prop == "name"]
    units = [(subject, name) for subject, name in names if subject.startswith("unit:") and len(name) > 1]
    tied: dict[str, str] = {}
    for block, name in names:
        if not block.startswith("block:"):
            continue
        same = [subject for subject, other in units if other == name]
        inside = {subject for subject, other in units if other < name}
        if same or len(inside) == 1:
            tied[block] = same[0] if same else inside.pop()
    return tied
