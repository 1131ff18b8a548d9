"""Whom to reach: who is what, the telephone or address that stands by a name, and those of a school itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from assistant.answers import Answer, Kind
from assistant.contacting import EMAIL, TELEPHONE, contacts
from assistant.contacts import words_of_name
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.kinds import asked_kinds, asking, purposes
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.subjects import asked_subjects
from assistant.synonyms import synonyms
from assistant.vocabulary import stems
from corpus.documents import Citation
from index.text import fold, stem, tokens

name = "contacts"
_FORMS = {"telephone": TELEPHONE, "email": EMAIL}
_MOST = 3  # persons: with more, the question is about none of them
Person = Mapping[str, Sequence[Fact]]  # the facts of one person, by property


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """Who holds the role that a question names, or how to reach the person that it names by name or role; None where
    it asks for something else, or names nobody that a document names."""
    kinds = [kind for kind in asked_kinds(frame) if kind in sentences(name)["kinds"]]
    if (school := _school(frame, knowledge, kinds)) is not None:
        return school
    if not kinds:
        return None
    named = _named(frame, knowledge) or _of_role(frame, knowledge, kinds)
    if not 0 < len(named) <= _MOST:
        return None
    wanted = [kind for kind in kinds if kind != "person"]
    return _reached(frame, knowledge, named, wanted[0]) if wanted else _told(frame, knowledge, named)


def _school(frame: Frame, knowledge: Knowledge, kinds: Sequence[str]) -> Answer | None:
    """How to reach the schools in scope, in their documents' lines, where the question names nobody and no office."""
    said = sentences(name)["school"]
    forms = [_FORMS[kind] for kind in kinds if kind in _FORMS]
    reaches = bool(set(said["asked"]) & set(frame.words))  # "qui contacter ?" asks for a number, "qui est ?" does not
    itself = {stem(word) for word in said["words"]}
    other = any(not one.stems <= itself for one in asked_subjects(frame.words))
    if ("person" in kinds and not reaches) or other or not (forms or reaches):
        return None
    if {word for _, word in frame.meant} - purposes() - set(said["asked"]) - set(said["words"]) - _asked_by(kinds):
        return None
    own = [fact for prop in _FORMS for fact in _of_persons(knowledge, prop)]
    reached = [
        (", ".join(filter(None, (contact.name, _whose(cited, own, knowledge)))), cited)
        for contact in contacts(knowledge, frame.scope)
        for cited in contact.citations
        if any(form.search(cited.quote) for form in forms or _FORMS.values())
    ]
    if not reached:
        return None
    line = sentences(name)["line"]
    lines = [line.format(who=who, shown=" ".join(cited.quote.split())) for who, cited in reached]
    return Answer(
        frame.question, Kind.RULE, "\n".join(lines), f"{name}.{kinds[0] if kinds else 'telephone'}",
        citations=tuple(cited for _, cited in reached), scope=frame.scope,
    )  # fmt: skip


def _of_persons(knowledge: Knowledge, prop: str) -> list[Fact]:
    persons = [subject for subject in knowledge.facts.subjects(prop) if subject.startswith("person:")]
    return [fact for subject in persons for fact in knowledge.facts.about(subject, prop)]


def _whose(cited: Citation, facts: Sequence[Fact], knowledge: Knowledge) -> str:
    """The person whose number or address a line gives, where the line does not say so itself."""
    words = {token.text for token in tokens(cited.quote)}
    own = [f.subject for f in facts if f.document == cited.document and f.shown in cited.quote]
    unsaid = [subject for subject in own if not words_of_name(subject) & words]
    return next((fact.shown for subject in unsaid for fact in knowledge.facts.about(subject, "name")), "")


def _asked_by(kinds: Sequence[str]) -> frozenset[str]:
    """The words of the phrases that ask for some kinds of things."""
    return frozenset().union(*(asking(kind) for kind in kinds))


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
    said = _asked_by(kinds) | purposes()
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
