"""Facts: what the documents state, each on its evidence, and where they contradict each other.

A fact is (subject, property, value, scope, evidence). Its value is canonical, so that "2 h" and "120 min" are one
value; `shown` is how the document prints it.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from functools import cached_property
from itertools import combinations
from pathlib import Path

from assistant.properties import properties
from assistant.values import ages
from corpus.documents import Document, Scope


@dataclass(frozen=True, slots=True)
class Evidence:
    """An exact slice of a document: `quote` is what `document.text[start:end]` said when the fact was read."""

    document: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What one document states. `subject` names its kind: "unit:E21", "diploma", "school"."""

    subject: str
    prop: str
    value: str
    shown: str
    scope: Scope
    evidence: tuple[Evidence, ...]

    @property
    def document(self) -> str:
        return self.evidence[0].document


@dataclass(frozen=True)
class Facts:
    """All that is known, by subject and property."""

    facts: tuple[Fact, ...]
    _index: Mapping[tuple[str, str], tuple[Fact, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        index: defaultdict[tuple[str, str], list[Fact]] = defaultdict(list)
        for fact in self.facts:
            index[fact.subject, fact.prop].append(fact)
        object.__setattr__(self, "_index", {key: tuple(found) for key, found in index.items()})

    def __len__(self) -> int:
        return len(self.facts)

    def about(self, subject: str, prop: str, scope: Scope | None = None) -> tuple[Fact, ...]:
        """The facts of one property of one subject that may hold in the scope, in the order of the documents."""
        found: Sequence[Fact] = self._index.get((subject, prop), ())
        if scope is None:
            return tuple(found)
        depends = properties()[prop].depends
        if scope.diploma and "diploma" in depends:
            own = self._by_diploma.get((subject, prop), {})
            found = own.get(scope.diploma, own.get(None, ()))
        return tuple(fact for fact in found if fact.scope.compatible(scope, depends))

    def subjects(self, prop: str) -> tuple[str, ...]:
        """The subjects that have a property, in the order of the documents."""
        return self._subjects.get(prop, ())

    @cached_property
    def _subjects(self) -> Mapping[str, tuple[str, ...]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for subject, prop in self._index:
            found[prop].append(subject)
        return {prop: tuple(subjects) for prop, subjects in found.items()}

    @cached_property
    def _by_diploma(self) -> Mapping[tuple[str, str], Mapping[str | None, Sequence[Fact]]]:
        """The facts of each diploma with those that name none: a hundred other diplomas cost a question nothing."""
        return {key: _for_each_diploma(found) for key, found in self._index.items()}

    def given(self, document: str) -> frozenset[str]:
        """The properties that a document gives of anything."""
        return self._given.get(document, frozenset())

    @cached_property
    def _given(self) -> Mapping[str, frozenset[str]]:
        given: defaultdict[str, set[str]] = defaultdict(set)
        for fact in self.facts:
            given[fact.document].add(fact.prop)
        return {document: frozenset(found) for document, found in given.items()}

    def clash(self, subject: str, prop: str) -> tuple[Fact, ...]:
        """The facts of one property of one subject that contradict each other, in any scope."""
        return self._clashes.get((subject, prop), ())

    @cached_property
    def _clashes(self) -> Mapping[tuple[str, str], tuple[Fact, ...]]:
        return {key: clash for key, found in self._index.items() if (clash := contradiction(found))}

    def disagreements(self) -> list[tuple[Fact, ...]]:
        """Every set of facts that contradict each other."""
        return list(self._clashes.values())

    def without_evidence(self, documents: Mapping[str, Document]) -> list[Fact]:
        """The facts whose words are no longer where they were."""
        return [fact for fact in self.facts if not all(_stands(e, documents) for e in fact.evidence)]

    def save(self, folder: Path) -> None:
        rows = [asdict(fact) for fact in self.facts]
        (folder / "facts.json").write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> Facts:
        rows = json.loads((folder / "facts.json").read_text(encoding="utf-8"))
        return cls(tuple(_fact(row) for row in rows))


def _fact(row: dict[str, object]) -> Fact:
    values = dict(row)
    stated: dict[str, object] = values.pop("scope")  # type: ignore[assignment]
    evidence: Sequence[dict[str, object]] = values.pop("evidence")  # type: ignore[assignment]
    scope = Scope(**{k: tuple(v) if isinstance(v, list) else v for k, v in stated.items()})  # type: ignore[arg-type]
    return Fact(**values, scope=scope, evidence=tuple(Evidence(**e) for e in evidence))  # type: ignore[arg-type]


def _stands(evidence: Evidence, documents: Mapping[str, Document]) -> bool:
    document = documents.get(evidence.document)
    return document is not None and document.text[evidence.start : evidence.end] == evidence.quote


def contradiction(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts among these that another one contradicts: same property, compatible scopes, different values.

    Two documents that tell cases apart (CCF for some, ponctuelle for others) contradict each other only if none of
    the values that may hold together agrees. Texts and places are never compared: they are worded, not measured.
    """
    if not facts or properties()[facts[0].prop].type in ("text", "place"):
        return ()
    clashing: set[Fact] = set()
    for group in _by_diploma(facts):
        if len({fact.value for fact in group}) > 1:
            documents = _by_document(group)
            clashing.update(fact for document in documents for fact in _within(document))
            for one, other in combinations(_stating_alike(documents), 2):
                clashing.update(_between(one, other))
    return tuple(fact for fact in facts if fact in clashing)


def _by_diploma(facts: Sequence[Fact]) -> Sequence[Sequence[Fact]]:
    """The facts of each diploma with those that name none: two diplomas never speak of one thing."""
    if "diploma" not in properties()[facts[0].prop].depends:
        return [facts]
    groups = _for_each_diploma(facts)
    return [group for diploma, group in groups.items() if diploma or len(groups) == 1]


def _for_each_diploma(facts: Sequence[Fact]) -> dict[str | None, list[Fact]]:
    """Under each diploma its facts and those that name none, these alone under None, in the order they come."""
    groups: dict[str | None, list[Fact]] = {diploma: [] for diploma in (None, *(f.scope.diploma for f in facts))}
    for fact in facts:
        for diploma in [fact.scope.diploma] if fact.scope.diploma else groups:
            groups[diploma].append(fact)
    return groups


def _by_document(facts: Sequence[Fact]) -> list[list[Fact]]:
    grouped: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        grouped[fact.document].append(fact)
    return list(grouped.values())


def _stating_alike(documents: Sequence[Sequence[Fact]]) -> list[list[Sequence[Fact]]]:
    """The documents, those together that say the same of the same cases: they agree."""
    alike: defaultdict[frozenset[tuple[str, Scope]], list[Sequence[Fact]]] = defaultdict(list)
    for document in documents:
        alike[frozenset((fact.value, fact.scope) for fact in document)].append(document)
    return list(alike.values())


def _within(facts: Sequence[Fact]) -> list[Fact]:
    """The facts of one document that another of its own facts contradicts; one row's columns are cases, not that."""
    return [
        one
        for one in facts
        if any(
            _differ(one, other) and not set(one.evidence) & set(other.evidence) and _together(one, other)
            for other in facts
        )
    ]


def _between(ones: Sequence[Sequence[Fact]], others: Sequence[Sequence[Fact]]) -> list[Fact]:
    """The facts of documents that say one thing and of documents that say another, which may hold together, where no
    value is common to both."""
    pairs = [(one, other) for one in ones[0] for other in others[0] if _together(one, other)]
    if any(not _differ(one, other) for one, other in pairs):
        return []
    said = {(fact.value, fact.scope) for pair in pairs for fact in pair}
    return [fact for document in (*ones, *others) for fact in document if (fact.value, fact.scope) in said]


def _differ(one: Fact, other: Fact) -> bool:
    """Whether two values cannot both be right: "CCF ou ponctuelle" leaves either, "16 ans et plus" sets no last age."""
    kind = properties()[one.prop].type
    if kind == "regime":
        return not set(one.value.split(" et ")) & set(other.value.split(" et "))
    if kind == "ages":
        return any(a != b for a, b in zip(ages(one.value), ages(other.value), strict=True) if None not in (a, b))
    return one.value != other.value


def _together(one: Fact, other: Fact) -> bool:
    return one.scope.compatible(other.scope, properties()[one.prop].depends)
