"""The simulator of marks: what the marks given make of the exam of a diploma."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_CEILING, Decimal

from assistant.answers import Answer, Disagreement, Kind
from assistant.exam_sheet import ExamTable, Unit
from assistant.facts import Fact, contradiction
from assistant.frames import Frame
from assistant.knowledge import Knowledge
from assistant.register import disagreement
from assistant.rules import sentences, weighing
from assistant.rules.average import threshold_of
from assistant.rules.pass_mark import disputed, eliminating, pass_marks, rounded, target, verdict
from assistant.rules.weighing import Weighed
from assistant.sheets import sheet
from assistant.values import french
from corpus.documents import Scope

_SHEET = "simulation.toml"
_CENT = Decimal("0.01")
_MOST_CITED = 12


@dataclass(frozen=True, slots=True)
class Given:
    """What someone gives: marks and changed coefficients by subject, the subjects whose mark is kept from an earlier
    session, whether the points of the options are added, the mean aimed at where it is not the one required."""

    marks: Mapping[str, Decimal] = field(default_factory=dict)
    weights: Mapping[str, Decimal] = field(default_factory=dict)
    kept: frozenset[str] = frozenset()
    added: bool = True
    aim: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Need:
    """The mark that one unit must have for the mean aimed at, all others staying as they are; `now` is the one it has.
    Where several are missing, all of them must have it, and `alone` is what this one must have if the others have the
    mean aimed at. `exact` may be below 0 or over 20: `reach` says so ("secured", "beyond", else "mark")."""

    unit: Unit
    exact: Decimal
    now: Decimal | None = None
    alone: Decimal | None = None

    @property
    def mark(self) -> Decimal:
        """To the hundredth, never below what is needed."""
        return self.exact.quantize(_CENT, ROUND_CEILING)

    @property
    def reach(self) -> str:
        return weighing.reach(self.exact)


@dataclass(frozen=True, slots=True)
class Simulation:
    """What the marks make. `bonus` are the points of the options that are added; `required` says whether a document
    requires a mean, else `aim` is half of 20. `mean` is to the hundredth, never on the other side of what is required
    than the exact one, and None where a mark is missing; `partial` is the mean of those there are; `distance` what the
    mean is above (or below) the mean aimed at; `unweighed` the units with a mark that no coefficient lets count;
    `uneven` those whose parts do not add up to their coefficient."""

    counted: tuple[Weighed, ...]
    bonus: Decimal
    aim: Decimal
    required: bool
    mean: Decimal | None
    partial: Decimal | None
    distance: Decimal | None
    needs: tuple[Need, ...]
    unweighed: tuple[Unit, ...]
    uneven: tuple[Unit, ...]
    answer: Answer


def simulate(knowledge: Knowledge, table: ExamTable, given: Given, scope: Scope) -> Simulation:
    """What the marks given make of the table: mean, verdict, steps, distance, and what is needed where."""
    frame = Frame("", scope=replace(scope, diploma=table.diploma))
    lines = _counted(table, given)
    options = [(u.subject, given.marks[u.subject]) for u in table.options if u.subject in given.marks]
    threshold = threshold_of(knowledge, frame)
    bonus = sum(weighing.gains(options, threshold), Decimal(0)) if given.added else Decimal(0)
    units = [weighed for _, weighed in lines]
    marked = [unit for unit in units if unit.mark is not None]
    exact = _mean(units, bonus) if units and len(marked) == len(units) else None
    mean = None if exact is None else rounded(exact, pass_marks(frame, knowledge))
    aim = target(frame, knowledge) if given.aim is None else given.aim
    simulation = Simulation(
        tuple(units), bonus, aim, bool(pass_marks(frame, knowledge)), mean,
        _mean(marked, Decimal(0)) if marked else None, None if mean is None else mean - aim,
        tuple(_needs(lines, given, aim, bonus, mean)), _unweighed(table, given), _uneven(table, given, units),
        Answer("", Kind.RULE, "", "simulation", scope=frame.scope),
    )  # fmt: skip
    added = weighing.option_steps(options, threshold) if given.added else ()
    return replace(
        simulation, answer=_told(knowledge, frame, simulation, table, given, (*weighing.steps(units), *added))
    )


def weight_of(unit: Unit, given: Given) -> Decimal | None:
    """The coefficient that counts: the one given, else the documents'."""
    return given.weights.get(unit.subject, unit.weight)


def is_split(unit: Unit, given: Given) -> bool:
    """Whether a unit counts by its parts: a mark is given for one, or it has no coefficient of its own."""
    own = weight_of(unit, given) is not None
    return any(part.subject in given.marks for part in unit.parts) or (bool(unit.parts) and not own)


def _counted(table: ExamTable, given: Given) -> list[tuple[Unit, Weighed]]:
    lines = [line for unit in table.counting() for line in (unit.parts if is_split(unit, given) else (unit,))]
    weighed = [(line, weight_of(line, given)) for line in lines]
    return [(u, Weighed(u.subject, weight, given.marks.get(u.subject))) for u, weight in weighed if weight is not None]


def _mean(units: Sequence[Weighed], bonus: Decimal) -> Decimal:
    return (weighing.points(units) + bonus) / weighing.weight(units)


def _unweighed(table: ExamTable, given: Given) -> tuple[Unit, ...]:
    obligatory = [line for unit in table.counting() for line in (unit, *unit.parts)]
    return tuple(u for u in obligatory if u.subject in given.marks and weight_of(u, given) is None)


def _uneven(table: ExamTable, given: Given, counted: Sequence[Weighed]) -> tuple[Unit, ...]:
    weights = {one.subject: one.weight for one in counted}
    return tuple(
        unit
        for unit in table.counting()
        if is_split(unit, given)
        and (own := weight_of(unit, given)) is not None
        and sum(weights.get(part.subject, Decimal(0)) for part in unit.parts) != own
    )


def _needs(
    lines: Sequence[tuple[Unit, Weighed]], given: Given, aim: Decimal, bonus: Decimal, mean: Decimal | None
) -> Iterable[Need]:
    """Where marks are missing, the one that all of them need; else what each unit alone would need or could spare."""
    units = [weighed for _, weighed in lines]
    for unit, weighed in lines:
        if weighed.subject in given.kept or (mean is None and weighed.mark is not None):
            continue
        others = [replace(u, mark=None) if u is weighed else u for u in units] if mean is not None else units
        exact = weighing.needed(aim, others, bonus)
        yield Need(unit, exact, weighed.mark, _alone(weighed, others, aim, bonus))


def _alone(one: Weighed, units: Sequence[Weighed], aim: Decimal, bonus: Decimal) -> Decimal | None:
    if sum(unit.mark is None for unit in units) < 2:
        return None
    settled = [replace(u, mark=aim) if u.mark is None and u.subject != one.subject else u for u in units]
    return weighing.needed(aim, settled, bonus)


def _told(
    knowledge: Knowledge, frame: Frame, made: Simulation, table: ExamTable, given: Given, steps: Sequence[str]
) -> Answer:
    """The verdict with its steps, its assumptions, and the words that the rules of the calculation rest on."""
    if made.partial is None:
        return made.answer
    rules = pass_marks(frame, knowledge) if made.mean is not None else ()
    text, last, clash = _missing(knowledge, made, table) if made.mean is None else _judged(made, made.mean, rules)
    documented = knowledge.facts.about("diploma", "optional_added", frame.scope) if made.bonus else ()
    marks = [(unit.subject, unit.mark) for unit in made.counted if unit.mark is not None]
    failing = eliminating(frame, knowledge, marks) if made.mean is not None else None
    text, clash, low = (failing[0], (), failing[1]) if failing else (text, clash, ())
    told = replace(
        made.answer, text=text, steps=(*steps, last),
        citations=knowledge.cited([*low, *rules, *documented, *_kept(knowledge, frame, given)], most=_MOST_CITED),
        notices=tuple(_assumptions(made, table, given, bool(documented))),
    )  # fmt: skip
    told = disputed(told, knowledge, clash)
    return replace(told, disagreements=(*told.disagreements, *_disputes_on_keeping(knowledge, frame, given)))


def _missing(knowledge: Knowledge, made: Simulation, table: ExamTable) -> tuple[str, str, Sequence[Fact]]:
    """What the units without a mark need, the step that gives it, and no contradiction."""
    labels = [knowledge.vocabulary.label(u.subject, table.diploma) for u in made.counted if u.mark is None]
    text = weighing.told_needed(weighing.needed(made.aim, made.counted, made.bonus), labels, made.aim)
    return text, weighing.needed_step(made.aim, made.counted, made.bonus), ()


def _judged(made: Simulation, mean: Decimal, rules: Sequence[Fact]) -> tuple[str, str, Sequence[Fact]]:
    """The verdict on a mean, the step that gives it, and the rules that contradict each other on it."""
    shown = french(mean)
    text, clash = verdict(rules, mean, shown)
    total, whole = weighing.points(made.counted) + made.bonus, weighing.weight(made.counted)
    step = sentences("average")["steps"]["total"].format(points=french(total), weight=french(whole), mean=shown)
    return text, step, clash


def _kept(knowledge: Knowledge, frame: Frame, given: Given) -> Sequence[Fact]:
    """What the documents say of a mark that is kept: from which mark on, and for how long."""
    if not given.kept:
        return ()
    return [f for prop in ("block_mark", "block_kept") for f in knowledge.facts.about("block", prop, frame.scope)]


def _disputes_on_keeping(knowledge: Knowledge, frame: Frame, given: Given) -> Iterable[Disagreement]:
    """Where the documents contradict each other on marks that are kept, and some are."""
    for prop in ("block_mark", "block_kept") if given.kept else ():
        if clash := contradiction(knowledge.facts.about("block", prop, frame.scope)):
            yield disagreement(knowledge, clash)


def _assumptions(made: Simulation, table: ExamTable, given: Given, documented: bool) -> Iterable[str]:
    said, rounding = sheet(_SHEET)["assumptions"], sentences("average")["assumptions"]["rounding"]
    changed = [unit for unit in table.every() if unit.subject in given.weights]
    if made.bonus and not documented:
        yield sentences("average")["assumptions"]["added"]
    if made.mean is not None and made.mean != _mean(made.counted, made.bonus):
        yield rounding
    if given.kept:
        yield said["kept"]
    if changed:
        yield said["changed"].format(units=", ".join(unit.code for unit in changed))
    if not made.required and given.aim is None:
        yield said["aim"].format(aim=french(made.aim))
