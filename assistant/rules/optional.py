"""Optional units: the points above the threshold that the text gives, and what the text says of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from assistant.answers import Answer, Kind
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.marks import OPTION
from assistant.rules import sentences
from assistant.rules.average import threshold_of
from assistant.rules.weighing import gains, option_code
from assistant.values import french

name = "optional"
# "Peut-on passer 2 facultatives ?" counts them, and gives no mark.
_COUNTED = re.compile(r"\b[2-9] (?:epreuves |unites )?(?:facultatives|optionnelles|options)\b")


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The points of the optional marks given, or the rule on them; None where neither is asked."""
    facts = knowledge.facts.about("diploma", "optional_threshold", frame.scope)
    if not facts or _COUNTED.search(frame.text):
        return None
    given = [(s, m) for s, m in frame.marks.given if s == OPTION or s in knowledge.vocabulary.optional]
    if given and len(given) == len(frame.marks.given) and frame.marks.elsewhere is None:
        return _points(frame, knowledge, given, facts)
    about_options = "optional" in frame.wants or any(unit in knowledge.vocabulary.optional for unit in frame.units)
    if _which(frame):
        return None
    if about_options and "points" in frame.wants:
        if alone := _alone(frame, knowledge):
            return _points(replace(frame, marks=replace(frame.marks, given=alone)), knowledge, alone, facts)
        text = _threshold_sentence(knowledge, frame, facts)
        return Answer(
            frame.question, Kind.RULE, text, f"{name}.rule", citations=knowledge.cited(facts), scope=frame.scope
        )
    return None


def _which(frame: Frame) -> bool:
    """Whether the question is which options there are, whatever they are good for."""
    return "list" in frame.wants and bool({"choisir", "choix", "quelles", "lesquelles", "liste"} & set(frame.words))


def _alone(frame: Frame, knowledge: Knowledge) -> tuple[tuple[str, Decimal], ...]:
    """The only mark of a question on the points of options, wherever it stands: "bonus de l'option si j'ai 13 ?"."""
    marks = frame.marks
    if marks or marks.target is not None or len(marks.unplaced) != 1 or len(frame.units) > 1:
        return ()
    subject = frame.units[0] if frame.units else OPTION
    return ((subject, marks.unplaced[0]),) if subject == OPTION or subject in knowledge.vocabulary.optional else ()


def _points(frame: Frame, knowledge: Knowledge, given: Sequence[tuple[str, Decimal]], facts: Sequence[Fact]) -> Answer:
    said = sentences(name)
    if wrong := frame.marks.wrong:
        return Answer(frame.question, Kind.CLARIFICATION, said["wrong"]["range"].format(mark=wrong), name)
    threshold = threshold_of(knowledge, frame)
    gained = gains(given, threshold)
    lines = [_line(code, mark, gain, threshold) for (code, mark), gain in zip(given, gained, strict=True)]
    total = said["points"]["total"].format(points=_counted(sum(gained, Decimal(0))))
    text = "\n".join([*([total, *lines] if len(given) > 1 else lines), _threshold_sentence(knowledge, frame, facts)])
    steps = (*lines, total) if len(given) > 1 else tuple(lines)
    return Answer(
        frame.question, Kind.RULE, text, f"{name}.points", steps,
        knowledge.cited(facts), scope=frame.scope, notices=_unsaid(frame, knowledge),
    )  # fmt: skip


def _unsaid(frame: Frame, knowledge: Knowledge) -> tuple[str, ...]:
    """What no document says of these points: a coefficient, and that they are added to the total."""
    weighed = any(knowledge.facts.about(unit, "coefficient", frame.scope) for unit in knowledge.vocabulary.optional)
    added = knowledge.facts.about("diploma", "optional_added", frame.scope)
    said = sentences(name)["unsaid"]
    return tuple(said[what] for what, known in (("coefficient", weighed), ("added", added)) if not known)


def _line(subject: str, mark: Decimal, gain: Decimal, threshold: Decimal) -> str:
    said = sentences(name)["points"]
    sentence: str = said["gain" if gain else "none"].format(
        code=option_code(subject),
        mark=french(mark),
        points=_counted(gain),
        points_number=french(gain),
        threshold=french(threshold),
    )
    return sentence


def _counted(points: Decimal) -> str:
    singular, plural = sentences(name)["points"]["point"]
    return f"{french(points)} {plural if points >= 2 else singular}"


def _threshold_sentence(knowledge: Knowledge, frame: Frame, facts: Sequence[Fact]) -> str:
    said, threshold = sentences(name)["rule"], french(threshold_of(knowledge, frame))
    named = threshold if any(f.value[:1].isdigit() for f in facts) else said["half"].format(threshold=threshold)
    sentence: str = said["threshold"].format(threshold=named)
    return sentence
