"""What facts say of one property of one subject: one value, one value per case, or a contradiction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.facts import Fact, contradiction, properties


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


def find_cases(facts: Sequence[Fact], among: Sequence[Fact] | None = None) -> Finding:
    """The distinct values, each with the scope that tells it from the others.

    Contradictions are looked for `among` all that is said of the property: facts that were kept for one asker may
    seem to differ where their documents, read whole, agree.
    """
    clash = tuple(fact for fact in contradiction(facts if among is None else among) if fact in facts)
    clash = clash if len({fact.value for fact in clash}) > 1 else ()
    values = list(dict.fromkeys(fact.value for fact in facts))
    by_value = {value: tuple(fact for fact in facts if fact.value == value) for value in values}
    telling = _telling_fields(by_value)
    return Finding(tuple(Case(v, _when(by_value[v], telling), by_value[v]) for v in values), clash)


def _telling_fields(by_value: dict[str, tuple[Fact, ...]]) -> tuple[str, ...]:
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
    bare = [n for n in names if "(" not in n and not any(other.startswith(f"{n} (") for other in names)]
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
