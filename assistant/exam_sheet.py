"""The exam of a diploma as a sheet to fill in: its units, their parts, the optional ones, each with its coefficient."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from assistant.cases import Finding, find_cases
from assistant.knowledge import Knowledge
from assistant.values import french
from corpus.documents import Citation, Scope


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of the exam table. `weight` is the one coefficient that the documents give, None where they give none or
    several (`shown`); `citation` the words that give it."""

    subject: str
    name: str
    weight: Decimal | None
    shown: tuple[str, ...] = ()
    citation: Citation | None = None
    parts: tuple[Unit, ...] = ()

    @property
    def code(self) -> str:
        return self.subject.removeprefix("unit:")


@dataclass(frozen=True, slots=True)
class ExamTable:
    """The units of a diploma that a coefficient lets count, each with its parts; the optional ones; and those of which
    no document gives a coefficient, nor calls them optional (`unweighed`)."""

    diploma: str | None
    units: tuple[Unit, ...]
    options: tuple[Unit, ...]
    unweighed: tuple[Unit, ...] = ()

    def counting(self) -> tuple[Unit, ...]:
        """The units that a mean is made of, those whose coefficient has to be given included."""
        return self.units + self.unweighed

    def every(self) -> Iterable[Unit]:
        """Each line of the table, a unit before its parts."""
        for unit in (*self.counting(), *self.options):
            yield unit
            yield from unit.parts


def exam_table(knowledge: Knowledge, scope: Scope) -> ExamTable | None:
    """The table of the diploma in scope, as its documents give it; None where they give none."""
    names = knowledge.vocabulary
    subjects = names.subjects(scope.diploma)
    top = [subject for subject in subjects if names.parent(subject) not in subjects]
    lines = [_line(knowledge, scope, subject, subjects) for subject in top]
    if not any(line.weight is not None or line.parts for line in lines):
        return None
    options = tuple(line for line in lines if line.subject in names.optional)
    weighed = tuple(line for line in lines if line.shown or line.parts)
    return ExamTable(
        scope.diploma,
        tuple(line for line in weighed if line not in options),
        options,
        tuple(line for line in lines if line not in options and line not in weighed),
    )


def _line(knowledge: Knowledge, scope: Scope, subject: str, subjects: Sequence[str]) -> Unit:
    facts = knowledge.facts.about(subject, "coefficient", scope)
    finding = find_cases(facts)
    parts = [part for part in knowledge.vocabulary.children(subject) if part in subjects]
    return Unit(
        subject,
        _name(knowledge.vocabulary.label(subject, scope.diploma), subject.removeprefix("unit:")),
        Decimal(finding.value) if finding.value is not None else None,
        _shown(finding),
        next(iter(knowledge.cited(facts)), None),
        tuple(_line(knowledge, scope, part, subjects) for part in parts),
    )


def _name(label: str, code: str) -> str:
    """The name in "E5 (Gestion opérationnelle)"; empty where the code is all there is."""
    return label[len(code) + 2 : -1] if label.startswith(f"{code} (") else ""


def _shown(finding: Finding) -> tuple[str, ...]:
    """Each coefficient with its case: "3 (scolaire)"."""
    return tuple(f"{french(c.value)} ({c.when})" if c.when else french(c.value) for c in finding.cases)
