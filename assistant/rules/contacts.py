"""The persons of a school or an office: who is what, and the telephone or address that stands by a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from assistant.answers import Answer, Kind
from assistant.contacts import words_of_name
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.kinds import asked_by, asked_kinds, purposes
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.rules.school_contacts import of_schools
from assistant.synonyms import synonyms
from assistant.vocabulary import stems
from index.text import fold

name = "contacts"
_MOST = 3  # persons: with more, the question is about none of them
Person = Mapping[str, Sequence[Fact]]  # the facts of one person, by property


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """Who holds the role that a question names, or how to reach the person that it names by name or role; None where
    it asks for something else, or names nobody that a document names."""
    kinds = [kind for kind in asked_kinds(frame) if kind in sentences(name)["kinds"]]
    if (school := of_schools(frame, knowledge, kinds)) is not None:
        return school
    if not kinds:
        return None
    named = _named(frame, knowledge) or _of_role(frame, knowledge, kinds)
    if not 0 < len(named) <= _MOST:
        return None
    wanted = [kind for kind in kinds if kind != "person"]
    if not wanted:
        return _told(frame, knowledge, named)
    reached = _reached(frame, knowledge, named, wanted[0])
    if "person" not in kinds or reached.kind is Kind.RULE:
        return reached
    told = _told(frame, knowledge, named)  # who it is, at least, is answered
    return replace(told, text=f"{told.text}\n{reached.text}")


def _people(frame: Frame, knowledge: Knowledge) -> dict[str, Person]:
    """Every person in scope, with what the documents say of each."""
    props = ("name", "role", "telephone", "email")
    subjects = [subject for subject in knowledge.facts.subjects("role") if subject.startswith("person:")]
    found = {s: {prop: knowledge.facts.about(s, prop, frame.scope) for prop in props} for s in subjects}
    return {
        subject: person for subject, person in found.items() if any(_of_the_place(f, frame) for f in person["role"])
    }


def _of_the_place(fact: Fact, frame: Frame) -> bool:
    """Whether a person is of the very school or town that the question names, where it names one."""
    school, city = frame.scope.school, frame.scope.city
    return not (school or city) or bool((school and fact.scope.school == school) or (city and fact.scope.city == city))


def _named(frame: Frame, knowledge: Knowledge) -> list[Person]:
    """The persons whose name the question holds most of."""
    people = _people(frame, knowledge)
    held = {subject: len(words_of_name(subject) & set(frame.words)) for subject in people}
    most = max(held.values(), default=0)
    return [people[subject] for subject, count in held.items() if most and count == most]


def _of_role(frame: Frame, knowledge: Knowledge, kinds: Sequence[str]) -> list[Person]:
    """The persons whose role holds all that the question says of whom it asks about."""
    said = asked_by(kinds) | purposes()
    wanted = [(s, word) for s, word in frame.meant if word not in said]
    if not wanted:
        return []
    return [person for person in _people(frame, knowledge).values() if _holds(person, wanted)]


def _holds(person: Person, wanted: Sequence[tuple[str, str]]) -> bool:
    role = {s for fact in person["role"] for s in stems(fact.shown)}
    return all(s in role or any(other <= role for other in synonyms(word)) for s, word in wanted)


def _told(frame: Frame, knowledge: Knowledge, named: Sequence[Person]) -> Answer:
    lines = [_placed(sentences(name)["who"].format(name=_name(p), role=_role(p)), p, named) for p in named]
    facts = [fact for person in named for fact in person["role"]]
    return _ruled(frame, knowledge, "person", lines, facts)


def _reached(frame: Frame, knowledge: Knowledge, named: Sequence[Person], kind: str) -> Answer:
    """The telephones or addresses of the persons; those that no document gives are said to be missing."""
    said = sentences(name)
    prop = said["properties"][kind]
    lines: list[str] = []
    facts: list[Fact] = []
    found = False
    for person in named:
        reached = [fact for fact in person[prop] if _is_of(kind, fact)]
        shown = ", ".join({fold(fact.shown): fact.shown for fact in reached}.values())
        who = _placed(said["person"].format(name=_name(person), role=_role(person)), person, named)
        lines.append(said["line"].format(who=who, shown=shown) if shown else said["none"][kind].format(who=who))
        facts += reached or person["role"]
        found = found or bool(reached)
    if found:
        return _ruled(frame, knowledge, kind, lines, facts)
    text = "\n".join([*lines, said["whom"]])
    cited = knowledge.cited(facts)
    return Answer(frame.question, Kind.ABSTENTION, text, f"{name}.{kind}", citations=cited, scope=frame.scope)


def _placed(line: str, person: Person, named: Sequence[Person]) -> str:
    """A line under the name of the person's school, where those told of are of several."""
    schools = [one["role"][0].scope.school for one in named]
    own = person["role"][0].scope.school
    return sentences(name)["placed"].format(school=own, line=line) if own and len(set(schools)) > 1 else line


def _is_of(kind: str, fact: Fact) -> bool:
    """Whether a number is of the kind asked for: a mobile one begins with 06 or 07."""
    return kind != "mobile" or fact.shown.startswith(("06", "07"))


def _name(person: Person) -> str:
    return person["name"][0].shown


def _role(person: Person) -> str:
    """What the person is, each way of saying it once."""
    return ", ".join({fold(fact.shown): fact.shown for fact in person["role"]}.values())


def _ruled(frame: Frame, knowledge: Knowledge, kind: str, lines: Sequence[str], facts: Sequence[Fact]) -> Answer:
    return Answer(
        frame.question, Kind.RULE, "\n".join(lines), f"{name}.{kind}",
        citations=knowledge.cited(facts), scope=frame.scope,
    )  # fmt: skip
