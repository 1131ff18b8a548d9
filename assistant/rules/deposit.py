"""The last day to hand in a dossier that no document dates: what is known of the other dossiers of the same file."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers import Answer, Kind
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.rules.exam import joined

name = "deposit"


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The deduction for each unit named, told as one; None where a document dates the deposit or no file is shared."""
    dated = "date" in frame.asked or set(frame.words) & set(sentences(name)["words"]["date"])
    if "deposit" not in frame.asked or not dated or not frame.units:
        return None
    told = [_deduced(frame, knowledge, unit) for unit in frame.units]
    found = [one for one in told if one is not None]
    return joined(found) if found else None


def _deduced(frame: Frame, knowledge: Knowledge, unit: str) -> Answer | None:
    """What the deposits of the units that share the unit's file let one think."""
    shared = knowledge.facts.about(unit, "shared_file", frame.scope)
    if not shared or knowledge.facts.about(unit, "deposit", frame.scope):
        return None
    others = [f"unit:{code}" for code in shared[0].value.split("+") if f"unit:{code}" != unit]
    dated = [fact for other in others for fact in knowledge.facts.about(other, "deposit", frame.scope)]
    if not dated:
        return None
    said, label = sentences(name), knowledge.vocabulary.label(unit, frame.scope.diploma)
    lines = [said["silent"].format(unit=label), said["shared"].format(unit=_code(unit), others=_codes(others))]
    lines += [said["dated"].format(unit=_code(fact.subject), shown=fact.shown) for fact in dated]
    return Answer(
        frame.question, Kind.RULE, "\n".join([*lines, said["whom"]]), "deadlines.deposit",
        citations=knowledge.cited([*_first(dated), *shared]), scope=frame.scope,
    )  # fmt: skip


def _first(facts: Sequence[Fact]) -> list[Fact]:
    """One fact for each date: the others say it again."""
    return list({fact.value: fact for fact in reversed(facts)}.values())


def _code(unit: str) -> str:
    return unit.partition(":")[2]


def _codes(units: Sequence[str]) -> str:
    return ", ".join(map(_code, units))
