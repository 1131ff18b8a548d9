"""The checklist of a dossier: what to hand in for the units ticked, on whose word, until when, and what is not said."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.applicability import Origin, origin
from assistant.cases import Finding, find_cases
from assistant.dossier_statements import SHEET, Statement, kinds
from assistant.events import Span, relation
from assistant.facts import Fact
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.sheets import sheet
from corpus.documents import Citation, Scope


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that the documents say, in their words; `units` are the codes of those ticked that it is about; `twins`
    say the same of each other unit, in the same words but for its code."""

    units: tuple[str, ...]
    citation: Citation
    twins: tuple[tuple[str, Citation], ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """The items of one kind. `tick`: they are things to do."""

    label: str
    tick: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """Until when one unit's dossier may be handed in, as a document says it."""

    unit: str
    shown: str
    relation: str
    citation: Citation


@dataclass(frozen=True, slots=True)
class Checklist:
    """What to hand in for the units ticked. `shared` says that several go into one file; `limits` and `formats` are
    what a file may weigh and be, in the `limit_words` and `format_words`; `deduced` follows from what is said, and no
    document says it; `unseen` is what no program can see in a file."""

    units: tuple[str, ...]
    origins: tuple[Origin, ...]
    groups: tuple[Group, ...]
    shared: tuple[Item, ...]
    regimes: tuple[tuple[str, Finding, Citation], ...]
    deadlines: tuple[Deadline, ...]
    deduced: tuple[str, ...]
    limits: Finding
    formats: Finding
    limit_words: tuple[Citation, ...]
    format_words: tuple[Citation, ...]
    pages: tuple[Item, ...]
    unseen: tuple[Item, ...]
    silences: tuple[str, ...]


def units_with_dossier(knowledge: Knowledge, spoken: Sequence[Statement], diploma: str | None) -> list[str]:
    """The units whose dossiers the documents speak of, in their order; `spoken` is all they say of dossiers."""
    named = {unit for said in spoken for unit in said.units if said.kind != "control"}
    return [unit for unit in knowledge.vocabulary.subjects(diploma) if unit in named]


def checklist(
    knowledge: Knowledge, spoken: Sequence[Statement], units: Sequence[str], scope: Scope, today: date
) -> Checklist:
    """The checklist for these units; `spoken` is all that is said of dossiers, `scope` is the asker's."""
    said = _for_the_asker([s for s in spoken if not s.units or s.units & set(units)], scope)
    near = _near(said, scope)
    deadlines = {unit: tuple(_deadlines(knowledge, unit, near, said, today)) for unit in units}
    silent = [unit for unit, found in deadlines.items() if not found]
    limits, formats = (_of_files(knowledge, said, prop) for prop in ("file_size", "file_format"))
    return Checklist(
        units=tuple(units),
        origins=tuple(origin(knowledge.documents[slug], scope) for slug in dict.fromkeys(s.document for s in said)),
        groups=tuple(_groups(knowledge, said, units)),
        shared=_items(knowledge, [s for s in said if s.says("shared") and len(s.units & set(units)) > 1], units),
        regimes=tuple(_regimes(knowledge, units, scope)),
        deadlines=tuple(one for found in deadlines.values() for one in found),
        deduced=tuple(_deduced(knowledge, silent, [s for s in spoken if s.says("shared")], near)),
        limits=limits,
        formats=formats,
        limit_words=_words(knowledge, limits),
        format_words=_words(knowledge, formats),
        pages=_items(knowledge, [s for s in said if s.units and s.says("pages")], units),
        unseen=_items(knowledge, [s for s in said if s.says("unseen")], units),
        silences=tuple(_silences(units, silent, limits, formats, said)),
    )


def _for_the_asker(every: Sequence[Statement], scope: Scope) -> list[Statement]:
    """Those of the asker's academy and session, and of none; where no document is of them, those of others too: they
    are called so."""
    kept = list(every)
    for field in ("academies", "session"):
        if _are_of(kept, scope, field):
            kept = [s for s in kept if s.scope.compatible(scope, (field,))]
    return kept


def _are_of(said: Iterable[Statement], scope: Scope, field: str) -> bool:
    """Whether a statement names the asker's academy, or session."""
    return any(getattr(s.scope, field) and getattr(scope, field) and s.scope.compatible(scope, (field,)) for s in said)


def _near(said: Sequence[Statement], scope: Scope) -> Scope:
    """The asker's scope, without an academy or a session that no document is of."""
    academies = scope.academies if _are_of(said, scope, "academies") else ()
    return replace(scope, academies=academies, session=scope.session if _are_of(said, scope, "session") else None)


def _groups(knowledge: Knowledge, said: Sequence[Statement], units: Sequence[str]) -> Iterable[Group]:
    for kind in sorted(kinds(), key=lambda kind: not kind.tick):
        items = _items(knowledge, [s for s in said if s.kind == kind.name], units)
        if items:
            yield Group(kind.label, kind.tick, items)


def _items(knowledge: Knowledge, said: Iterable[Statement], units: Sequence[str]) -> tuple[Item, ...]:
    """One item for each wording: what is said of two units in the same words is said once."""
    wordings: dict[tuple[str, str], list[Statement]] = {}
    for one in said:
        wordings.setdefault((one.document, _wording(one)), []).append(one)
    return tuple(_item(knowledge, same, units) for same in wordings.values())


def _wording(said: Statement) -> str:
    """The words of a statement, the code of the one unit that it is about left out."""
    words = said.text.split()
    if len(said.units) != 1:
        return " ".join(words)
    code = next(iter(said.units)).removeprefix("unit:")
    return " ".join(word.replace(code, "") for word in words)


def _item(knowledge: Knowledge, same: Sequence[Statement], units: Sequence[str]) -> Item:
    first = same[0]
    alike = [s for s in same if s.text == first.text]
    about = {unit for s in alike for unit in s.units}
    twins = [(_codes(u for u in units if u in s.units), knowledge.cite(s.document, s.start, s.end)) for s in same]
    own = tuple(unit.removeprefix("unit:") for unit in units if unit in about)
    cited = knowledge.cite(first.document, first.start, first.end)
    return Item(own, cited, tuple(twin for twin, s in zip(twins, same, strict=True) if s not in alike))


def _regimes(knowledge: Knowledge, units: Sequence[str], scope: Scope) -> Iterable[tuple[str, Finding, Citation]]:
    """How each unit is assessed for the asker's status."""
    for unit in units if scope.status else ():
        facts = [f for f in knowledge.facts.about(unit, "regime", scope) if f.scope.status]
        if facts:
            yield unit.removeprefix("unit:"), find_cases(facts), knowledge.cited(facts)[0]


def _deadlines(
    knowledge: Knowledge, unit: str, scope: Scope, said: Sequence[Statement], today: date
) -> Iterable[Deadline]:
    """The days of the table of the exam, else those of the sentences on the unit's dossier that set a limit."""
    facts = knowledge.facts.about(unit, "deposit", scope)
    own = [s for s in said if unit in s.units and s.says("deadline")]
    lines = [f for f in knowledge.facts.about("event", "event", scope) if any(_within(f, s) for s in own)]
    for fact in facts or lines:
        span = Span.parse(fact.value.split("; ")[-1], today)
        there = relation(span, today, sentences("deadlines")["relation"])
        yield Deadline(unit.removeprefix("unit:"), fact.shown, there, knowledge.cited([fact])[0])


def _within(fact: Fact, said: Statement) -> bool:
    first = fact.evidence[0]
    return first.document == said.document and first.start >= said.start and first.end <= said.end


def _deduced(knowledge: Knowledge, silent: Sequence[str], together: Sequence[Statement], scope: Scope) -> Iterable[str]:
    """For units without a day, the day of a unit whose dossier goes into the same file."""
    found: dict[tuple[str, str], list[str]] = {}
    for unit in silent:
        others = {other for s in together if unit in s.units for other in s.units - {unit}}
        dated = [(other, f) for other in sorted(others) for f in knowledge.facts.about(other, "deposit", scope)[:1]]
        for other, fact in dated[:1]:
            found.setdefault((other, fact.shown), []).append(unit)
    for (other, shown), units in found.items():
        yield sheet(SHEET)["said"]["deduced"].format(units=_codes(units), unit=_codes([other]), shown=shown)


def _of_files(knowledge: Knowledge, said: Sequence[Statement], prop: str) -> Finding:
    """What these statements give of the files: those about the units ticked, else those about any."""
    subjects = [s for s in knowledge.facts.subjects(prop) if s.partition(":")[0] == "dossier"]
    facts = [f for subject in subjects for f in knowledge.facts.about(subject, prop)]
    own = [f for f in facts if any(s.units and _within(f, s) for s in said)]
    return find_cases(own or [f for f in facts if any(_within(f, s) for s in said)])


def _words(knowledge: Knowledge, finding: Finding) -> tuple[Citation, ...]:
    return knowledge.cited(fact for case in finding.cases for fact in case.facts)


def _silences(
    units: Sequence[str], silent: Sequence[str], limits: Finding, formats: Finding, said: Sequence[Statement]
) -> Iterable[str]:
    words = sheet(SHEET)["said"]
    paged = {unit for s in said if s.says("pages") for unit in s.units}
    if silent:
        yield words["silent_deadline"].format(units=_codes(silent))
    if not limits.cases:
        yield words["silent_size"]
    if not formats.cases:
        yield words["silent_format"]
    if unpaged := [unit for unit in units if unit not in paged]:
        yield words["silent_pages"].format(units=_codes(unpaged))


def _codes(units: Iterable[str]) -> str:
    return ", ".join(unit.removeprefix("unit:") for unit in units)
