"""What facts say of one property of one subject: one value, one value per case, or a contradiction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.facts import Fact, contradiction
from assistant.properties import properties


@dataclass(frozen=True, slots=True)
class Case:
    """A value and whom it is for; `when` is empty where the value holds for everyone."""

    value: str
    when: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What the documents say: the cases, and the facts that contradict each other."""

    cases: tuple[Case, ...]
    clash: tuple[Fact, ...]

    @property
    def value(self) -> str | None:
        """The only value there is, or None where there are several or a contradiction."""
        values = {case.value for case in self.cases}
        return values.pop() if len(values) == 1 and not self.clash else None


def find_cases(facts: Sequence[Fact], clashing: Sequence[Fact] | None = None) -> Finding:
    """The distinct values, each with the scope that tells it from the others.

    `clashing` are the contradictions among all that is said of the property: facts that were kept for one asker may
    seem to differ where their documents, read whole, agree.
    """
    kept = set(facts)
    clash = tuple(fact for fact in (contradiction(facts) if clashing is None else clashing) if fact in kept)
    clash = clash if len({fact.value for fact in clash}) > 1 else ()
    by_value: defaultdict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_value[fact.value].append(fact)
    telling = _telling_fields(by_value)
    return Finding(tuple(Case(v, _when(own, telling), tuple(own)) for v, own in by_value.items()), clash)


def _telling_fields(by_value: Mapping[str, Sequence[Fact]]) -> tuple[str, ...]:
    """The scope fields whose values differ from one value to another."""
    if len(by_value) < 2:
        return ()
    first = next(iter(by_value.values()))[0]
    fields = properties()[first.prop].depends
    return tuple(f for f in fields if len({_stated(facts, f) for facts in by_value.values()}) > 1)


def _stated(facts: Sequence[Fact], field: str) -> tuple[str, ...]:
    found: list[str] = []
    for fact in facts:
        value = getattr(fact.scope, field)
        found += value if isinstance(value, tuple) else [str(value)] if value else []
    return tuple(dict.fromkeys(found))


def _folded_in(names: Sequence[str]) -> list[str]:
    """The names, those of one precision together: "scolaire, apprentissage (hors contrat)". A name that is also
    there with a precision is not said twice."""
    precise = {name.partition(" (")[0] for name in names if "(" in name}
    bare = [name for name in names if "(" not in name and name not in precise]
    by_precision: dict[str, list[str]] = {}
    for name in names:
        if "(" in name:
            status, _, precision = name.partition(" (")
            by_precision.setdefault(precision, []).append(status)
    return [*(f"{', '.join(statuses)} ({precision}" for precision, statuses in by_precision.items()), *bare]


def _when(facts: Sequence[Fact], telling: tuple[str, ...]) -> str:
    """Whom a value is for, in words: "BTS X", "session 2022", "apprentissage (non habilité)"."""
    parts = []
    for field in telling:
        stated = _stated(facts, field)
        if stated:
            parts.append(f"session {stated[0]}" if field == "session" else ", ".join(_folded_in(stated)))
    return " ; ".join(parts)
