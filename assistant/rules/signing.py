"""The days between which a contract may be signed, counted from the start of the training."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answers import Answer, Kind
from assistant.dates import find, months_from, spoken
from assistant.events import Span, relation
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.rules.eligibility import age_of
from index.text import stem

_SHEET = "deadlines"


def signing(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The days between which a contract may be signed, for a start of training that the question dates."""
    starts = find(frame.question, frame.today.year)
    facts = knowledge.facts.about("admission", "contract_window", frame.scope)
    if "contract" not in frame.wants:
        return None
    if not facts and "signing" in frame.wants:
        return _without_window(frame, knowledge)
    if len({fact.value for fact in facts}) != 1:
        return None
    before, after = (int(months) for months in facts[0].value.split("/"))
    said = sentences(_SHEET)["contract"]
    source = said["source"].format(source=knowledge.source(facts[0].document))
    if not starts:
        if "signing" not in frame.wants or age_of(frame) is not None:  # at such an age, may one still?
            return None
        text = "\n".join([said["open"].format(before=before, after=after), said["ask"], source])
        return _window(frame, knowledge, facts, text)
    start = starts[0].first
    span = Span(months_from(start, -before), months_from(start, after))
    told = {"start": spoken(start), "first": spoken(span.first), "last": spoken(span.last)}
    step = said["step"].format(**told, before=before, after=after)
    verdict = said["verdict"].format(**told, relation=relation(span, frame.today, sentences(_SHEET)["relation"]))
    return _window(frame, knowledge, facts, "\n".join([verdict, step, source]), (step,))


def _without_window(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The nearest thing where no document says when a contract is signed: until when one may come without one."""
    said = sentences(_SHEET)["contract"]
    words = tuple((stem(word), word) for word in said["nearest_words"])
    facts = knowledge.events_about(replace(frame, meant=words))
    if not facts:
        return None
    told = [
        said["nearest_line"].format(
            quote=" ".join(fact.evidence[0].quote.split()),
            relation=relation(Span.parse(fact.value, frame.today), frame.today, sentences(_SHEET)["relation"]),
            source=knowledge.source(fact.document),
        )
        for fact in facts
    ]
    return _window(frame, knowledge, facts, "\n".join([said["silent"], *told]))


def _window(
    frame: Frame, knowledge: Knowledge, facts: Sequence[Fact], text: str, steps: tuple[str, ...] = ()
) -> Answer:
    cited = knowledge.cited(facts)
    return Answer(frame.question, Kind.RULE, text, f"{_SHEET}.contract_window", steps, cited, scope=frame.scope)
