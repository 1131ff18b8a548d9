"""The rules in the order in which a question is put to them: the first that answers has it."""

from __future__ import annotations

from assistant.rules import (
    Rule,
    average,
    contacts,
    crossed,
    deadlines,
    deposit,
    dossier,
    eligibility,
    exam,
    exam_table,
    files,
    form,
    kept,
    level,
    obligation,
    optional,
    pay,
    rates,
    stated,
    training,
)

RULES: tuple[Rule, ...] = (
    training,
    pay,
    contacts,
    rates,
    obligation,
    optional,
    kept,
    stated,
    average,
    eligibility,
    level,
    crossed,
    files,
    dossier,
    deposit,
    deadlines,
    form,
    exam,
    exam_table,
)
