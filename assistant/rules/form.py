"""How a unit is examined, status by status: in the course of training or in one sitting, written or oral."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answers import Answer, Kind
from assistant.cases import Case, find_cases
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.rules.exam import joined
from assistant.rules.exam_words import proposal, suggestions, worded
from corpus.documents import Scope

name = "form"
_ASKED = {"mode", "regime"}


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """How the units named are examined, for the status named or for each; the units examined the way that is named;
    None where something else is asked, or no document tells."""
    if set(frame.asked) - _ASKED or ("exam" in frame.elsewhere and not (frame.coded and _is_asked(frame))):
        return None
    if not frame.units:
        return _listed(frame, knowledge)
    if not _is_asked(frame):
        return None
    units = [part for unit in frame.units for part in _parts(frame, knowledge, unit)]
    return joined([_of_one(frame, knowledge, unit) for unit in units]) if units else None


def _is_asked(frame: Frame) -> bool:
    """Whether the question asks how, and not only whether it is oral; a unit and a status alone ask it too."""
    if "regime" in frame.asked:
        return True
    return not frame.mode and ("mode" in frame.asked or bool(frame.scope.status and frame.names_only))


def _parts(frame: Frame, knowledge: Knowledge, unit: str) -> list[str]:
    """The unit, or the parts of it that the documents tell of in its place."""
    own = [unit] if _told(knowledge, unit, frame.scope.diploma) else []
    return own or [part for part in knowledge.vocabulary.children(unit) if _told(knowledge, part, frame.scope.diploma)]


def _told(knowledge: Knowledge, unit: str, diploma: str | None) -> tuple[Fact, ...]:
    return knowledge.facts.about(unit, "regime", Scope(diploma=diploma))


def _of_one(frame: Frame, knowledge: Knowledge, unit: str) -> Answer:
    """One unit: a single verdict, or one line a case; a status that no document speaks of is said to be so."""
    said, label = sentences(name), knowledge.vocabulary.label(unit, frame.scope.diploma)
    facts = _exact(knowledge.facts.about(unit, "regime", frame.scope), frame.scope)
    every = facts or _told(knowledge, unit, frame.scope.diploma)
    cases = find_cases(every).cases
    modes = knowledge.facts.about(unit, "mode", frame.scope)
    if facts and len(cases) == 1:
        only = "" if frame.scope.status else _whom(cases[0])
        one = said["only" if only else "one"].format(unit=label, value=_value(cases[0], modes), case=only)
        text = _yes_no(frame, cases[0]) + one
    else:
        opening = said["cases" if facts else "unheld"].format(unit=label, status=", ".join(frame.scope.status))
        text = "\n".join([opening, *(_line(case, modes) for case in cases)])
    cited = knowledge.cited([fact for case in cases for fact in _telling(case.facts)])
    prop = "mode" if "mode" in frame.asked else "regime"
    return Answer(
        frame.question, Kind.RULE, text, f"exam.{prop}",
        citations=cited, scope=frame.scope, suggestions=suggestions(prop, unit),
    )  # fmt: skip


def _exact(facts: Sequence[Fact], scope: Scope) -> Sequence[Fact]:
    """Of a status named with its school ("apprentissage (habilité)"), what is said of that very one, where it is."""
    asked = {status for status in scope.status if "(" in status}
    return [fact for fact in facts if asked & set(fact.scope.status)] or facts


def _line(case: Case, modes: Sequence[Fact]) -> str:
    said = sentences(name)
    return str(said["line"].format(case=_whom(case) or said["anyone"], value=_value(case, modes)))


def _whom(case: Case) -> str:
    """Whom a case is for: what tells it from the others, else the statuses that its facts name."""
    if case.when or not all(fact.scope.status for fact in case.facts):
        return case.when
    return ", ".join(dict.fromkeys(status for fact in case.facts for status in fact.scope.status))


def _telling(facts: Sequence[Fact]) -> list[Fact]:
    """The fact of each document that says most of whom it is for."""
    best: dict[str, Fact] = {}
    for fact in sorted(facts, key=lambda one: -len(one.scope.status)):
        best.setdefault(fact.document, fact)
    return list(best.values())


def _value(case: Case, modes: Sequence[Fact]) -> str:
    """The case in words, with the only form that its documents give it: "par épreuve ponctuelle orale"."""
    said = sentences(name)
    scopes = {fact.scope for fact in case.facts}
    forms = {fact.value for fact in modes if fact.scope in scopes} or {f.value for f in modes if not f.scope.status}
    known = len(forms) == 1 and case.value in said["with_form"]
    return worded("regime", case.value) + (f" {forms.pop()}" if known else "")


def _yes_no(frame: Frame, case: Case) -> str:
    proposed = proposal(frame, "regime")
    if proposed is None or case.value not in sentences(name)["named"]:
        return ""
    return str(sentences("exam")["yes_no"]["yes" if proposed == case.value else "no"])


def _listed(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The units that are examined the way a question names ("quelles épreuves en CCF ?"), each with its cases."""
    wanted = proposal(frame, "regime")
    if wanted is None or "exam" not in frame.wants or frame.rest:
        return None
    said, lines, facts = sentences(name), [], []
    for unit in knowledge.vocabulary.subjects(frame.scope.diploma):
        for case in find_cases(knowledge.facts.about(unit, "regime", frame.scope)).cases:
            if wanted in case.value.split(" et "):
                label = knowledge.vocabulary.label(unit, frame.scope.diploma)
                whom = _whom(case)
                lines.append(said["listed" if whom else "unit"].format(unit=label, case=whom))
                facts += _telling(case.facts)
    if not lines:
        return None
    opening = said["list"].format(value=worded("regime", wanted))
    cited = knowledge.cited(facts, most=12)
    return Answer(
        frame.question, Kind.RULE, "\n".join([opening, *lines]), "exam.list", citations=cited, scope=frame.scope
    )
