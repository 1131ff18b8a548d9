"""The simulator of marks: a form whose address holds all that was written in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from flask import Blueprint, Response, render_template

from assistant.exam_sheet import ExamTable, Unit, exam_table
from assistant.knowledge import Knowledge
from assistant.mark_fields import Unusable, read_mark, read_weight
from assistant.rules.weighing import at_least
from assistant.sheets import sheet
from assistant.simulation import Given, simulate, weight_of
from assistant.values import french
from corpus.documents import Scope
from web.parts import current_parts
from web.quoting import Quotes
from web.tools.chart import chart
from web.tools.showing import chosen_diploma, of_diploma, quotes_of, tidied, written

pages = Blueprint("simulator", __name__)
MARK, WEIGHT, KEPT = "note-", "coef-", "garde-"
_KINDS = (MARK, WEIGHT, KEPT)


@dataclass(frozen=True, slots=True)
class Form:
    """What was written in the form: each field as it was, what of it can be used, and a message for each field that
    cannot."""

    fields: Mapping[str, str]
    given: Given
    wrong: Mapping[str, str]


@pages.get("/simulateur")
def simulator() -> str | Response:
    parts = current_parts()
    knowledge = parts.assistant().knowledge
    diploma = chosen_diploma(knowledge)
    scope = of_diploma(parts.settings.scope(), diploma)
    several = len(knowledge.vocabulary.examined) > 1
    table = exam_table(knowledge, scope) if diploma else None
    if table is None:
        return _page(knowledge, unknown=_unknown(several), unexamined=diploma)
    form = read_form(table)
    if way := tidied(_said(form, diploma if several else None)):
        return way
    return _page(
        knowledge, table=table, form=form, opened=_opened(table, form), **_result(knowledge, table, form, scope)
    )


def _opened(table: ExamTable, form: Form) -> frozenset[str]:
    """The units of which something is written for a part: their parts are shown."""
    said = _said(form, None)
    return frozenset(u.subject for u in table.units if any(f"{k}{p.code}" in said for p in u.parts for k in _KINDS))


def _unknown(several: bool) -> str:
    """A message where the address names a diploma that is not held."""
    asked = written("diplome")
    return str(sheet("simulation.toml")["wrong"]["diploma"].format(written=asked)) if several and asked else ""


def _result(knowledge: Knowledge, table: ExamTable, form: Form, scope: Scope) -> dict[str, object]:
    made = simulate(knowledge, table, form.given, scope)
    sources = [unit.citation for unit in table.every() if unit.citation]
    return {
        "made": made,
        "answer": made.answer,
        "quotes": Quotes(made.answer, knowledge.documents),
        "sources": quotes_of(sources, knowledge),
        "chart": chart(made, form.given) if made.partial is not None else None,
    }


def _page(knowledge: Knowledge, **shown: object) -> str:
    table = shown.get("table")
    return render_template(
        "simulator/page.html",
        **(
            {
                "diplomas": knowledge.vocabulary.examined,
                "diploma": table.diploma if isinstance(table, ExamTable) else None,
            }
            | shown
        ),
    )


def read_form(table: ExamTable) -> Form:
    """What the address says of each line of the table; what cannot be used is kept as written, with a message."""
    lines = list(table.every())
    fields = {f"{kind}{u.code}": written(f"{kind}{u.code}") for u in lines for kind in _KINDS}
    fields |= {"points": written("points"), "vise": written("vise")}
    wrong: dict[str, str] = {}
    marks = _read(lines, fields, MARK, read_mark, wrong)
    weights = _read(lines, fields, WEIGHT, read_weight, wrong)
    changed = {u.subject: weights[u.subject] for u in lines if weights.get(u.subject, u.weight) != u.weight}
    kept = frozenset(u.subject for u in lines if fields[f"{KEPT}{u.code}"])
    aim = _one(fields, "vise", read_mark, wrong)
    given = Given(marks, changed, kept, fields["points"] != "non", aim)
    _check(table, given, fields, wrong)
    return Form(fields, given, wrong)


def _read(
    lines: list[Unit], fields: Mapping[str, str], kind: str, reader: Callable[[str], Decimal], wrong: dict[str, str]
) -> dict[str, Decimal]:
    read = {unit.subject: _one(fields, f"{kind}{unit.code}", reader, wrong) for unit in lines}
    return {subject: value for subject, value in read.items() if value is not None}


def _one(
    fields: Mapping[str, str], name: str, reader: Callable[[str], Decimal], wrong: dict[str, str]
) -> Decimal | None:
    if not fields[name]:
        return None
    try:
        return reader(fields[name])
    except Unusable as unusable:
        wrong[name] = str(unusable)
        return None


def _check(table: ExamTable, given: Given, fields: Mapping[str, str], wrong: dict[str, str]) -> None:
    """What fits its own field and not the others."""
    said = sheet("simulation.toml")["wrong"]
    for unit in table.every():
        name = f"{MARK}{unit.code}"
        codes = " et ".join(part.code for part in unit.parts)
        if unit.subject in given.marks and any(part.subject in given.marks for part in unit.parts):
            wrong.setdefault(name, said["both"].format(unit=unit.code, parts=codes))
        elif unit.subject in given.kept and not fields[name]:
            wrong.setdefault(name, said["kept"])
        elif unit.subject in given.marks and unit not in table.options and weight_of(unit, given) is None:
            wrong.setdefault(f"{WEIGHT}{unit.code}", said["unweighed"].format(unit=unit.code))


def _said(form: Form, diploma: str | None) -> dict[str, str | list[str]]:
    """The fields that say something: a coefficient left as the documents give it, or an empty field, says nothing."""
    said: dict[str, str | list[str]] = {"diplome": diploma} if diploma else {}
    for name, value in form.fields.items():
        subject = f"unit:{name.removeprefix(WEIGHT)}"
        idle = name.startswith(WEIGHT) and name not in form.wrong and subject not in form.given.weights
        if value and not idle and (name, value) != ("points", "oui"):
            said[name] = "1" if name.startswith(KEPT) else value
    return said


@pages.app_template_filter("french")
def _french(value: Decimal) -> str:
    return french(value.quantize(Decimal("0.01")))


@pages.app_template_filter("at_least")
def _at_least(value: Decimal) -> str:
    return at_least(value)
