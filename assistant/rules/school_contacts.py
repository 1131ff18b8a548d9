"""How to reach the schools themselves: the telephone and the address that their documents print, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.answers import Answer, Kind
from assistant.contacting import EMAIL, TELEPHONE, contacts
from assistant.contacts import words_of_name
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.kinds import asked_by, purposes
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.subjects import asked_subjects
from corpus.documents import Citation
from index.text import stem, tokens

_SHEET = "contacts"
_FORMS = {"telephone": TELEPHONE, "email": EMAIL}


def of_schools(frame: Frame, knowledge: Knowledge, kinds: Sequence[str]) -> Answer | None:
    """How to reach the schools in scope, in their documents' lines; None where a question names somebody or an office,
    or where no line is printed."""
    reached = list(_reached(frame, knowledge, kinds)) if _are_asked(frame, kinds) else []
    if not reached:
        return None
    line = sentences(_SHEET)["line"]
    lines = [line.format(who=who, shown=" ".join(cited.quote.split())) for who, cited in reached]
    return Answer(
        frame.question, Kind.RULE, "\n".join(lines), f"{_SHEET}.{kinds[0] if kinds else 'telephone'}",
        citations=tuple(cited for _, cited in reached), scope=frame.scope,
    )  # fmt: skip


def _are_asked(frame: Frame, kinds: Sequence[str]) -> bool:
    """Whether a question asks how to reach a school, and nothing of anyone in it."""
    said = sentences(_SHEET)["school"]
    reaches = bool(set(said["asked"]) & set(frame.words))  # "qui contacter ?" asks for a number, "qui est ?" does not
    itself = {stem(word) for word in said["words"]}
    if any(not one.stems <= itself for one in asked_subjects(frame.words)) or ("person" in kinds and not reaches):
        return False
    known = purposes() | {*said["asked"], *said["words"]} | asked_by(kinds)
    return bool(reaches or _FORMS.keys() & set(kinds)) and {word for _, word in frame.meant} <= known


def _reached(frame: Frame, knowledge: Knowledge, kinds: Sequence[str]) -> Iterator[tuple[str, Citation]]:
    """The lines that give what is asked for, else all, each with the school and the person that it is of."""
    forms = [_FORMS[kind] for kind in kinds if kind in _FORMS] or list(_FORMS.values())
    own = [fact for prop in _FORMS for fact in _of_persons(knowledge, prop)]
    for contact in contacts(knowledge, frame.scope):
        for cited in contact.citations:
            if any(form.search(cited.quote) for form in forms):
                yield ", ".join(filter(None, (contact.name, _whose(cited, own, knowledge)))), cited


def _of_persons(knowledge: Knowledge, prop: str) -> list[Fact]:
    persons = [subject for subject in knowledge.facts.subjects(prop) if subject.startswith("person:")]
    return [fact for subject in persons for fact in knowledge.facts.about(subject, prop)]


def _whose(cited: Citation, facts: Sequence[Fact], knowledge: Knowledge) -> str:
    """The person whose number or address a line gives, where the line does not say so itself."""
    words = {token.text for token in tokens(cited.quote)}
    own = [f.subject for f in facts if f.document == cited.document and f.shown in cited.quote]
    unsaid = [subject for subject in own if not words_of_name(subject) & words]
    return next((fact.shown for subject in unsaid for fact in knowledge.facts.about(subject, "name")), "")
