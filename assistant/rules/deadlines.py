"""Dates and deadlines: exam units' dates by academy and session, dated lines, windows; each told from today."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.answers import Answer, Event, Kind
from assistant.cases import find_cases
from assistant.dates import MONTHS
from assistant.events import Span, relation
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.kinds import counted_noun
from assistant.knowledge import Knowledge
from assistant.rules import sentences
from assistant.rules.contradictions import contradicted
from assistant.rules.eligibility import age_of
from assistant.rules.signing import signing
from assistant.scopes import statuses
from assistant.subjects import asked_subjects
from assistant.values import mode

name = "deadlines"
_UNIT_DATES = ("deposit", "correction", "date", "place")
_MOST_EVENTS = 6


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The dates asked for, or None where no date is asked or no document dates it."""
    asked = [prop for prop in _UNIT_DATES if prop in frame.asked]
    if "date" in frame.elsewhere or not (asked or "countdown" in frame.wants or _asks_how_long_to_sign(frame)):
        return None
    if "still" in frame.wants and age_of(frame) is not None:  # "j'ai 30 ans, je peux encore ?" asks of the age
        return None
    if any(one.subject.undated for one in asked_subjects(frame.words)) or counted_noun(frame):
        return None
    if (window := signing(frame, knowledge)) is not None:
        return window
    if asked == ["deposit"] and set(frame.words) & set(sentences(name)["words"]["where"]):
        return None
    units = list(frame.units) or _units_of_mode(frame, knowledge)
    if units and asked and (found := _told(frame, knowledge, asked, units)):
        return found
    may = asked == ["deposit"] and set(frame.words) & set(sentences(name)["words"]["may"])  # asks whether, not when
    if asked == ["place"] or may or frame.units or not frame.meant:
        return None
    return _events(frame, knowledge)


def _asks_how_long_to_sign(frame: Frame) -> bool:
    """Whether a question asks how long before or after the start a contract may be signed."""
    around = re.search(sentences(name)["words"]["around"], frame.text)
    return bool(around and "duration" in frame.asked and {"contract", "signing"} <= frame.wants)


def _told(frame: Frame, knowledge: Knowledge, asked: Sequence[str], units: Sequence[str]) -> Answer | None:
    """The dates and places of the units: "la date de dépôt" asks for the deposit alone, "où et quand" for both."""
    special = [prop for prop in asked if prop in ("deposit", "correction")]
    told = [_units(frame, knowledge, prop, units) for prop in special[:1] or sorted(asked)]
    found = [answer for answer in told if answer is not None]
    if len(found) < 2:
        return found[0] if found else None
    text = "\n".join(answer.text for answer in found)
    return replace(found[0], text=text, citations=tuple(dict.fromkeys(c for a in found for c in a.citations)))


def _units_of_mode(frame: Frame, knowledge: Knowledge) -> list[str]:
    """All the units of one form ("quand sont les oraux ?") that have a date."""
    if not frame.mode or frame.rest:
        return []
    subjects = knowledge.vocabulary.subjects(frame.scope.diploma)
    modes = {s: {f.value for f in knowledge.facts.about(s, "mode")} for s in subjects}
    return [s for s in subjects if frame.mode in modes[s] and knowledge.facts.about(s, "date")]


def _units(frame: Frame, knowledge: Knowledge, prop: str, units: Sequence[str]) -> Answer | None:
    """The dates or places of exam units, by academy."""
    said = sentences(name)["unit"]
    held = [(unit, *_dated(frame, knowledge, prop, unit)) for unit in units]
    found = [(unit, facts) for unit, facts, _ in held if facts]
    if not found:
        others = [fact for _, _, facts in held for fact in facts]
        return _other_session(frame, knowledge, prop, units, others) if others else None
    lines = []
    for unit, facts in found:
        label = knowledge.vocabulary.label(unit, frame.scope.diploma)
        lines.append(said["verdict"].format(label=sentences(name)["labels"][prop], unit=label))
        lines += _lines(frame, prop, facts)
    facts = [fact for _, own in found for fact in own]
    events = tuple(event for fact in facts if prop != "place" for event in _calendar(fact, frame.today, knowledge))
    told = Answer(
        frame.question, Kind.RULE, "\n".join(lines), f"{name}.{prop}",
        citations=knowledge.cited(facts, most=6), scope=frame.scope, events=events,
    )  # fmt: skip
    clash = [fact for unit, own in found for fact in find_cases(own, knowledge.facts.clash(unit, prop)).clash]
    return _disputed(told, knowledge, sentences(name)["labels_within"][prop], found, clash) if clash else told


def _disputed(
    told: Answer, knowledge: Knowledge, label: str, found: Sequence[tuple[str, Sequence[Fact]]], clash: Sequence[Fact]
) -> Answer:
    """The answer under the contradiction that its dates make, each still told from today."""
    named = ", ".join(knowledge.vocabulary.label(unit) for unit, facts in found if set(facts) & set(clash))
    words = {fact.value: fact.shown for fact in clash}
    about = sentences(name)["unit"]["about"].format(label=label, unit=named)
    verdict = contradicted(told, knowledge, about, clash, words)
    first, *advice = verdict.text.split("\n")
    return replace(verdict, text="\n".join([first, told.text, *advice]))


def _dated(frame: Frame, knowledge: Knowledge, prop: str, unit: str) -> tuple[Sequence[Fact], Sequence[Fact]]:
    """The facts of a unit, else of the unit above it or of its parts; first those in scope, then all."""
    family = [unit, *knowledge.vocabulary.children(unit), *filter(None, [knowledge.vocabulary.parent(unit)])]
    for one in family:
        own = set() if one == unit else {fact.value for fact in knowledge.facts.about(unit, "mode")}
        forms = {frame.mode} if frame.mode else own  # a written paper's day is not that of the unit's oral half
        everything = [f for f in knowledge.facts.about(one, prop) if _of_form(f, forms, knowledge)]
        if everything:
            return [f for f in knowledge.facts.about(one, prop, frame.scope) if f in everything], everything
    return (), ()


def _of_form(fact: Fact, forms: Collection[str], knowledge: Knowledge) -> bool:
    """Whether a date may be of one of these forms: what stands under "Épreuves écrites" is of no oral."""
    form = mode(knowledge.section(fact.document, fact.evidence[0].start))
    return not forms or form is None or any(one in form for one in forms)


def _lines(frame: Frame, prop: str, facts: Sequence[Fact]) -> list[str]:
    said = sentences(name)["unit"]
    lines = []
    for case in find_cases(facts).cases:
        when = said["case"].format(case=case.when) if case.when else ""
        shown = case.facts[0].shown
        if prop == "place":
            lines.append(said["place_line"].format(case=when, shown=shown))
        else:
            spans = [Span.parse(value, frame.today) for value in case.value.split("; ")]
            last = Span(spans[0].first, spans[-1].last, spans[0].by_month)
            there = relation(last, frame.today, sentences(name)["relation"])
            lines.append(said["line"].format(case=when, shown=shown, relation=there))
    return lines


def _other_session(
    frame: Frame, knowledge: Knowledge, prop: str, units: Sequence[str], others: Sequence[Fact]
) -> Answer:
    """A session or an academy that no document speaks of: what there is is named, and projected on nothing."""
    said = sentences(name)["unit"]
    label = sentences(name)["labels_within"][prop]
    named = ", ".join(knowledge.vocabulary.label(unit, frame.scope.diploma) for unit in units)
    sessions = ", ".join(str(s) for s in sorted({fact.scope.session for fact in others if fact.scope.session}))
    session = said["for_session"].format(session=frame.scope.session) if frame.scope.session else said["for_you"]
    lines = [said["silent"].format(label=label, unit=named, session=session)]
    lines += [said["other_session"].format(sessions=sessions)] if sessions else []
    return Answer(
        frame.question, Kind.ABSTENTION, "\n".join([*lines, said["whom"]]), f"{name}.{prop}",
        citations=knowledge.cited(others), scope=frame.scope,
    )  # fmt: skip


def _calendar(fact: Fact, today: date, knowledge: Knowledge) -> list[Event]:
    title = knowledge.vocabulary.label(fact.subject) if fact.subject.startswith("unit:") else knowledge.heading(fact)
    spans = [Span.parse(value, today) for value in fact.value.split("; ")]
    return [Event(title, span.first, span.last) for span in spans if span.last >= today and not span.by_month]


def _events(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The dated lines whose words are those of the question."""
    facts = _of_the_place(frame, knowledge.events_about(frame))
    if not facts:
        return None
    spans = {fact: Span.parse(fact.value, frame.today) for fact in facts}
    if (year := frame.year) is not None:
        facts = tuple(fact for fact in facts if spans[fact].every_year or _holds_year(fact, spans[fact], year))
        if not facts:
            return _other_years(frame, knowledge, spans)
    facts = _of_month(frame, _of_status(frame, facts), spans)
    ordered = sorted(facts, key=lambda fact: spans[fact].first)
    to_come = [fact for fact in ordered if _is_to_come(spans[fact], frame.today)]
    said, relations = sentences(name)["event"], sentences(name)["relation"]
    told = {fact: {"shown": fact.shown, "relation": relation(spans[fact], frame.today, relations)} for fact in ordered}
    if len(ordered) == 1:
        lines = [_still(frame, bool(to_come)) + said["one"].format(**told[ordered[0]])]
    elif to_come:
        lines = [_still(frame, True) + said["next"].format(**told[to_come[0]])]
    else:
        lines = [_still(frame, False) + said["none_left"].format(**told[max(ordered, key=lambda f: spans[f].last)])]
    shown = (to_come + [fact for fact in ordered if fact not in to_come])[:_MOST_EVENTS]
    for slug in dict.fromkeys(fact.document for fact in shown):
        own = [fact for fact in shown if fact.document == slug]
        lines.append(said["source"].format(source=knowledge.source(slug)))
        how = "quoted" if len(ordered) == 1 else "short" if len({f.evidence[0] for f in own}) < len(own) else "line"
        lines += [said[how].format(**told[fact], quote=_quoted(fact)) for fact in own]
    return Answer(
        frame.question, Kind.RULE, "\n".join(lines), f"{name}.event", citations=knowledge.cited(shown, most=4),
        scope=frame.scope, events=tuple(e for fact in to_come for e in _calendar(fact, frame.today, knowledge)),
    )  # fmt: skip


def _of_the_place(frame: Frame, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Those of the very school or town that the question names, where there are any."""
    school, city = frame.scope.school, frame.scope.city
    own = [f for f in facts if (school and f.scope.school == school) or (city and f.scope.city == city)]
    return tuple(own) or facts


def _of_status(frame: Frame, facts: Sequence[Fact]) -> Sequence[Fact]:
    """Those whose sentence names the asker's status or none, where there are any."""
    asked = set(frame.scope.status)
    own = [f for f in facts if not (named := set(statuses(f.evidence[0].quote))) or named & asked]
    return own if asked and own else facts


def _is_to_come(span: Span, today: date) -> bool:
    """Whether an event is under way or ahead; months that come back every year always are."""
    return span.last >= today or (span.every_year and span.by_month)


def _holds_year(fact: Fact, span: Span, year: int) -> bool:
    """Whether an event is of a year: of its days, or of the session that its document is about."""
    return span.first.year <= year <= span.last.year or fact.scope.session == year


def _of_month(frame: Frame, facts: Sequence[Fact], spans: Mapping[Fact, Span]) -> tuple[Fact, ...]:
    """Those of the month that the question names, where there are any."""
    months = {MONTHS.index(word) + 1 for word in frame.words if word in MONTHS}
    named = [fact for fact in facts if months & _months(spans[fact])]
    return tuple(named or facts)


def _months(span: Span) -> set[int]:
    """The months that an event covers."""
    count = (span.last.year - span.first.year) * 12 + span.last.month - span.first.month
    return {(span.first.month + n - 1) % 12 + 1 for n in range(count + 1)}


def _other_years(frame: Frame, knowledge: Knowledge, spans: Mapping[Fact, Span]) -> Answer:
    """A year that no date found is of: the years of those there are, projected on nothing."""
    said = sentences(name)["event"]
    years = ", ".join(str(year) for year in sorted({span.last.year for span in spans.values()}))
    lines = [said["other_years"].format(year=frame.year), said["years_held"].format(years=years)]
    return Answer(
        frame.question, Kind.ABSTENTION, "\n".join([*lines, sentences(name)["unit"]["whom"]]), f"{name}.event",
        citations=knowledge.cited(spans), scope=frame.scope,
    )  # fmt: skip


def _still(frame: Frame, possible: bool) -> str:
    """The verdict where the question is whether there is still time."""
    return str(sentences(name)["event"]["still" if possible else "too_late"]) if "still" in frame.wants else ""


def _quoted(fact: Fact) -> str:
    quote = " ".join(fact.evidence[0].quote.split())
    return f"« {quote} »" if len(quote) <= 160 else f"« {quote[:160].rsplit(' ', 1)[0]} […] »"
