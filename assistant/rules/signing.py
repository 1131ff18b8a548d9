"""The days between which a contract may be signed, counted from the start of the training."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers import Answer, Kind
from assistant.dates import find, months_from, spoken
from assistant.events import Span, relation
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.rules import sentences

_SHEET = "deadlines"


def signing(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The days between which a contract may be signed, for a start of training that the question dates."""
    starts = find(frame.question, frame.today.year)
    facts = knowledge.facts.about("admission", "contract_window", frame.scope)
    if "contract" not in frame.wants or len({fact.value for fact in facts}) != 1:
        return None
    before, after = (int(months) for months in facts[0].value.split("/"))
    said = sentences(_SHEET)["contract"]
    source = said["source"].format(source=knowledge.source(facts[0].document))
    if not starts:
        if "signing" not in frame.wants:
            return None
        text = "\n".join([said["open"].format(before=before, after=after), said["ask"], source])
        return _window(frame, knowledge, facts, text)
    start = starts[0].first
    span = Span(months_from(start, -before), months_from(start, after))
    told = {"start": spoken(start), "first": spoken(span.first), "last": spoken(span.last)}
    step = said["step"].format(**told, before=before, after=after)
    verdict = said["verdict"].format(**told, relation=relation(span, frame.today, sentences(_SHEET)["relation"]))
    return _window(frame, knowledge, facts, "\n".join([verdict, step, source]), (step,))


def _window(
    frame: Frame, knowledge: Knowledge, facts: Sequence[Fact], text: str, steps: tuple[str, ...] = ()
) -> Answer:
    cited = knowledge.cited(facts)
    return Answer(frame.question, Kind.RULE, text, f"{_SHEET}.contract", steps, cited, scope=frame.scope)
