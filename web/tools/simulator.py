"""The simulator of marks: a form whose address holds all that was written in it."""

from __future__ import annotations

from decimal import Decimal

from flask import Blueprint, Response, render_template

from assistant.exam_sheet import ExamTable, exam_table
from assistant.knowledge import Knowledge
from assistant.marks_form import KEPT, KINDS, WEIGHT, Form, read_form
from assistant.rules.weighing import at_least
from assistant.sheets import sheet
from assistant.simulation import simulate
from assistant.values import french
from corpus.documents import Scope
from web.parts import current_parts
from web.quoting import Quotes
from web.tools.chart import chart
from web.tools.showing import chosen_diploma, of_diploma, quotes_of, tidied, written

pages = Blueprint("simulator", __name__)


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
    form = read_form(table, written)
    if way := tidied(_said(form, diploma if several else None)):
        return way
    return _page(
        knowledge, table=table, form=form, opened=_opened(table, form), **_result(knowledge, table, form, scope)
    )


def _opened(table: ExamTable, form: Form) -> frozenset[str]:
    """The units of which something is written for a part: their parts are shown."""
    said = _said(form, None)
    return frozenset(u.subject for u in table.counting() if any(f"{k}{p.code}" in said for p in u.parts for k in KINDS))


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
