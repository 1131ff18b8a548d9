"""Yes or no, where a document has ticked it: the ways to a diploma, what it is registered for."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answers import Answer, Kind
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.scopes import status_words, statuses
from assistant.subjects import asked_subjects
from assistant.vocabulary import stems
from index.text import fold, stem

name = "crossed"
_WITHOUT = re.compile(r"\bsans (?!(?:le |aucun )?(?:diplome|bac))")  # "la VAE sans expérience" is not what is ticked
_PASSING = {"average", "pass_mark"}  # what "passer" also asks


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """What the tables tick of the line that a question is about, and about nothing else; None where there is none."""
    how = set(frame.words) & set(sentences(name)["words"]["how"])
    placed = frame.scope.school or frame.scope.city  # what a school offers is its own documents' to say
    other = placed or frame.units or frame.marks or set(frame.asked) - _PASSING
    if other or how or _WITHOUT.search(frame.text):
        return None
    held = [
        fact
        for subject in knowledge.facts.subjects("crossed")
        for fact in knowledge.facts.about(subject, "crossed", frame.scope)
    ]
    plain = [] if frame.numbers else [fact for fact in held if _is_about(fact, frame)]
    facts = plain or [fact for fact in held if _is_the_way(fact, frame)]
    if not facts:
        return None
    lines = dict.fromkeys(_line(fact, frame, facts) for fact in facts)
    return Answer(
        frame.question, Kind.RULE, "\n".join(lines), f"{name}.line", citations=knowledge.cited(facts), scope=frame.scope
    )


def _line(fact: Fact, frame: Frame, facts: Sequence[Fact]) -> str:
    """What is ticked, for the status asked about; of which diploma, where the documents are of several."""
    several = len({other.scope.diploma for other in facts}) > 1
    asked = frame.scope.status if len(frame.scope.status) == 1 else ()  # "VAE ou contrat pro": each has its own line
    named = [*asked, *filter(None, [fact.scope.diploma if several else None])]
    who = f" ({', '.join(named)})" if named else ""
    return str(sentences(name)[fact.value].format(who=who, line=fact.shown, table=_title(fact)))


def _title(fact: Fact) -> str:
    """What the table is about, as its first title says."""
    return fact.evidence[-1].quote.partition(" | ")[0]


def _is_the_way(fact: Fact, frame: Frame) -> bool:
    """Whether a line is the way to a diploma that a story asks for: "10 ans de vente, je peux valider par la VAE ?"."""
    words, asked = sentences(name)["words"], asked_subjects(frame.words)
    may = set(frame.words) & set(words["may"])
    ways = [one.subject for one in asked if one.subject.name in words["ways"]]
    line = fold(fact.shown)
    return bool(may) and 0 < len(asked) == len(ways) and any(way.holds.search(line) for way in ways)


def _is_about(fact: Fact, frame: Frame) -> bool:
    """Whether a line is all that the question names: by its own words, or by the status that both name."""
    asking = {stem(word) for word in sentences(name)["words"]["asking"]}
    rest = {s for s, _ in frame.meant} - asking
    words = set(stems(fact.shown))
    if len(words) > 1 and words <= {s for s, _ in frame.meant}:
        return rest <= words
    named = {status.partition(" (")[0] for status in statuses(fact.shown)}
    asked = {status.partition(" (")[0] for status in frame.scope.status}
    return bool(named) and named <= asked and rest <= {stem(word) for word in status_words(frame.words)} | words
