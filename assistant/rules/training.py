"""Training: the hours of teaching by subject, by year and in all."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal

from assistant.answers import Answer, Kind
from assistant.cases import Finding, find_cases
from assistant.facts import Fact
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.pay import year_of
from assistant.phrases import aliases
from assistant.rules import sentences
from assistant.rules.contradictions import contradicted
from assistant.values import french, lasting
from assistant.vocabulary import stems
from index.text import stem

name = "training"
_LEAST = 0.3  # of the weight of a subject's name that a question must hold
Hours = Mapping[str, int]  # minutes a week by year ("1", "2"), under "" where no year is told


def answer(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The weekly hours of the subjects named, or of all; None where no hours of teaching are asked about."""
    words, said = sentences(name)["words"], set(frame.words)
    counts = set(words["hours"]) & said or ("combien" in said and {"h", "heure"} & said)
    if not counts or set(words["unless"]) & said or frame.year:
        return None
    sums = set(words["sum"]) & said or (set(words["every"]) & said and set(words["obligatory"]) & said)
    if sums and (total := _total(frame, knowledge)):
        return total
    named = _named(frame, knowledge)
    apart = bool(set(words["apart"]) & said)
    if set(words["which"]) & said and {"most", "least"} & frame.wants and (apart or not named):
        return _extreme(frame, knowledge, named if apart else ())
    if named:
        return _subjects(frame, knowledge, named)
    of_all = {stem(word) for word in (*words["hours"], *words["teaching"], *words["obligatory"], *words["sum"])}
    of_all |= {s for s, word in frame.meant if year_of(word)}
    if set(words["total"]) & said and {s for s, _ in frame.meant} <= of_all:
        return _total(frame, knowledge)
    return None


def _extreme(frame: Frame, knowledge: Knowledge, apart: Sequence[str]) -> Answer | None:
    """The subject with the most or the least hours, but for those that the question sets apart."""
    courses = [s for s in knowledge.facts.subjects("hours") if s.startswith("course:") and s not in apart]
    held = {s: cases.cases[0] for s in courses if (cases := find_cases(_facts(frame, knowledge, s))).value}
    if len(held) < 2:
        return None
    totals = {s: sum(_hours(case.value).values()) for s, case in held.items()}
    wanted = "least" if "least" in frame.wants else "most"
    best = (min if wanted == "least" else max)(totals.values())
    chosen = [s for s in held if totals[s] == best]
    lines = [sentences(name)["hours"][wanted].format(name=", ".join(_label(knowledge, s) for s in chosen))]
    lines += [line for s in chosen for line in _lines(knowledge, s, find_cases(_facts(frame, knowledge, s)))]
    facts = [fact for s in chosen for fact in held[s].facts]
    return Answer(
        frame.question, Kind.RULE, "\n".join(lines), f"{name}.hours",
        citations=knowledge.cited(facts), scope=frame.scope,
    )  # fmt: skip


def _facts(frame: Frame, knowledge: Knowledge, subject: str) -> tuple[Fact, ...]:
    return knowledge.facts.about(subject, "hours", frame.scope)


def _label(knowledge: Knowledge, subject: str) -> str:
    names = knowledge.facts.about(subject, "name")
    return names[0].shown if names else subject.partition(":")[2]


def _named(frame: Frame, knowledge: Knowledge) -> list[str]:
    """The subjects that the question names, each by words that no better one used."""
    meant = {s for word in frame.free for s in (*stems(aliases().get(word, "")), *stems(word))}
    subjects = [s for s in knowledge.facts.subjects("hours") if _facts(frame, knowledge, s)]
    names = {subject: frozenset(stems(_label(knowledge, subject))) for subject in subjects}
    held = Counter(s for own in names.values() for s in own)
    found: list[str] = []
    while names:
        scored = {subject: sum(1 / held[s] for s in own & meant) for subject, own in names.items()}
        best = max(scored, key=lambda subject: scored[subject])
        if scored[best] < _LEAST * sum(1 / held[s] for s in names[best]):
            break
        found.append(best)
        meant -= names.pop(best)
    return found


def _hours(value: str) -> Hours:
    pairs = (part.split(":") for part in value.split(";"))
    return {year: int(minutes) for year, minutes in pairs}


def _spoken(hours: Hours) -> str:
    said = sentences(name)["hours"]
    if len(hours) > 1 and len(set(hours.values())) == 1:
        return str(said["same"].format(hours=lasting(next(iter(hours.values())))))
    told = ((said["years"].get(year), lasting(minutes)) for year, minutes in hours.items())
    return ", ".join(said["each" if year else "one"].format(hours=spoken, year=year) for year, spoken in told)


def _subjects(frame: Frame, knowledge: Knowledge, subjects: Sequence[str]) -> Answer:
    """The hours of each subject, by case where they differ; a contradiction is shown as one."""
    found = {subject: find_cases(_facts(frame, knowledge, subject)) for subject in subjects}
    facts = [fact for finding in found.values() for case in finding.cases for fact in case.facts]
    lines = [line for subject, finding in found.items() for line in _lines(knowledge, subject, finding)]
    if len(subjects) > 1 and {"most", "least", "comparison"} & frame.wants:
        lines.insert(0, _compared(knowledge, found, "least" if "least" in frame.wants else "most"))
    if frame.scope.school or frame.scope.city:
        lines.append(sentences(name)["hours"]["source"].format(source=knowledge.source(facts[0].document)))
    ruled = Answer(
        frame.question, Kind.RULE, "\n".join(lines), f"{name}.hours",
        citations=knowledge.cited(facts), scope=frame.scope,
    )  # fmt: skip
    clashing = next((subject for subject, finding in found.items() if finding.clash), None)
    return _disputed(ruled, knowledge, clashing, found[clashing].clash) if clashing else ruled


def _lines(knowledge: Knowledge, subject: str, finding: Finding) -> list[str]:
    said, label = sentences(name)["hours"], _label(knowledge, subject)
    whens = [said["case"].format(when=case.when) if case.when else "" for case in finding.cases]
    spoken = [_spoken(_hours(case.value)) for case in finding.cases]
    return [said["line"].format(name=label, hours=h, case=when) for h, when in zip(spoken, whens, strict=True)]


def _disputed(ruled: Answer, knowledge: Knowledge, subject: str, clash: Sequence[Fact]) -> Answer:
    words = {fact.value: _spoken(_hours(fact.value)) for fact in clash}
    about = sentences(name)["hours"]["about"].format(name=_label(knowledge, subject))
    return contradicted(ruled, knowledge, about, clash, words)


def _compared(knowledge: Knowledge, found: Mapping[str, Finding], wanted: str) -> str:
    said = sentences(name)["hours"]
    totals = {subject: sum(_hours(finding.cases[0].value).values()) for subject, finding in found.items()}
    best = (min if wanted == "least" else max)(totals, key=lambda subject: totals[subject])
    equal = len(set(totals.values())) == 1
    return str(said["equal"] if equal else said[wanted].format(name=_label(knowledge, best)))


def _total(frame: Frame, knowledge: Knowledge) -> Answer | None:
    """The sum of the obligatory subjects year by year; None where a place is named, or where hours are disputed."""
    courses = [subject for subject in knowledge.facts.subjects("hours") if subject.startswith("course:")]
    held = [finding for s in courses if (finding := find_cases(_facts(frame, knowledge, s))).cases]
    if not held or any(finding.value is None for finding in held) or frame.scope.school or frame.scope.city:
        return None
    terms: dict[str, list[int]] = {}
    asked = year_of(frame.question)
    for finding in held:
        for year, minutes in _hours(finding.cases[0].value).items():
            if not asked or year in ("", asked):
                terms.setdefault(year, []).append(minutes)
    if not terms:
        return None
    steps = tuple(_step(year, each) for year, each in terms.items())
    total = sentences(name)["hours"]["total"].format(hours=_spoken({year: sum(each) for year, each in terms.items()}))
    facts = [fact for finding in held for fact in finding.cases[0].facts]
    return Answer(
        frame.question, Kind.RULE, "\n".join([total, *steps]), f"{name}.hours", steps,
        knowledge.cited(facts, most=9), scope=frame.scope,
    )  # fmt: skip


def _step(year: str, terms: Sequence[int]) -> str:
    said = sentences(name)["hours"]
    label = said["years"].get(year)
    opening = said["year"].format(year=label) if label else ""
    return opening + str(said["step"].format(terms=" + ".join(map(_in_hours, terms)), total=_in_hours(sum(terms))))


def _in_hours(minutes: int) -> str:
    return french(Decimal(minutes) / 60)
