"""How a contradiction is answered: all the values, none chosen, each with its words, and whom to ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answers import Answer
from assistant.facts import Fact
from assistant.knowledge import Knowledge
from assistant.rules import sentences


def contradicted(
    ruled: Answer, knowledge: Knowledge, about: str, clash: Sequence[Fact], words: Mapping[str, str]
) -> Answer:
    """The answer with the contradiction as its verdict; `words` says each value as people read it."""
    said = sentences("exam")["disagreement"]
    disagreement = knowledge.disagreement(about, clash, words)
    values = " ou ".join(dict.fromkeys(value.value for value in disagreement.values))
    return replace(
        ruled,
        text=f"{said['verdict'].format(about=about, values=values)}\n{said['advice']}",
        citations=tuple(dict.fromkeys(value.citation for value in disagreement.values)),
        disagreements=(disagreement,),
    )
