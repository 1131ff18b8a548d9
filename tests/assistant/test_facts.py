"""Facts: what contradicts what, and what does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.cases import find_cases
from assistant.facts import Evidence, Fact, Facts, contradiction
from corpus.documents import Scope

SCOPE = Scope(diploma="BTS X")


def fact(value: str, document: str, scope: Scope = SCOPE, prop: str = "duration", start: int = 0) -> Fact:
    return Fact("unit:E1", prop, value, value, scope, (Evidence(document, start, start + 1, "x"),))


def test_two_documents_that_give_two_values_contradict_each_other() -> None:
    facts = [fact("40", "a"), fact("120", "b")]
    assert contradiction(facts) == tuple(facts)


def test_values_of_two_statuses_do_not_contradict_each_other() -> None:
    one = fact("CCF", "a", Scope(status=("apprentissage",)), "regime")
    other = fact("ponctuelle", "b", Scope(status=("scolaire",)), "regime")
    assert contradiction([one, other]) == ()


def test_values_of_two_diplomas_do_not_contradict_each_other() -> None:
    assert contradiction([fact("40", "a"), fact("120", "b", Scope(diploma="BTS Y"))]) == ()


def test_a_value_for_all_diplomas_contradicts_that_of_one() -> None:
    facts = [fact("40", "a"), fact("120", "b", Scope(diploma="BTS Y")), fact("60", "c", Scope())]
    assert set(contradiction(facts)) == set(facts)


def test_the_cells_of_one_row_are_cases() -> None:
    assert contradiction([fact("40", "a"), fact("120", "a")]) == ()
    assert len(contradiction([fact("40", "a"), fact("120", "a", start=9)])) == 2


def test_a_document_that_says_the_same_as_another_is_as_contradicted() -> None:
    facts = [fact("40", "a"), fact("40", "b"), fact("120", "c")]
    assert set(contradiction(facts)) == set(facts)


def test_texts_are_worded_and_never_contradict() -> None:
    assert contradiction([fact("un", "a", prop="name"), fact("deux", "b", prop="name")]) == ()


def test_cases_are_told_apart_by_what_differs_in_their_scopes() -> None:
    facts = [fact("40", "a"), fact("120", "b", Scope(diploma="BTS Y"))]
    assert [(case.value, case.when) for case in find_cases(facts).cases] == [("40", "BTS X"), ("120", "BTS Y")]


@pytest.mark.parametrize("name", ["starting", "official"])
def test_the_length_of_e21_is_the_one_contradiction_of_the_table(name: str, request: pytest.FixtureRequest) -> None:
    assistant: Assistant = request.getfixturevalue(name)
    clashes = [clash for clash in assistant.knowledge.facts.disagreements() if clash[0].prop == "duration"]
    assert [(c[0].subject, c[0].prop, {f.value for f in c}) for c in clashes] == [
        ("unit:E21", "duration", {"40", "120"})
    ]


def test_facts_are_read_again_as_they_were_saved(starting: Assistant, tmp_path: Path) -> None:
    starting.knowledge.facts.save(tmp_path)
    assert Facts.load(tmp_path) == starting.knowledge.facts


def test_a_fact_whose_words_moved_has_no_evidence(starting: Assistant) -> None:
    one = starting.knowledge.facts.facts[0]
    moved = Fact(one.subject, one.prop, one.value, one.shown, one.scope, (Evidence(one.document, 1, 5, "zzzz"),))
    assert Facts((one, moved)).without_evidence(starting.knowledge.documents) == [moved]
