"""Three documents written to contradict each other, and not to: every contradiction is found, and nothing else."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.facts import Facts
from assistant.properties import properties
from assistant.reading import read_facts
from index.encoder import Encoder
from tests.assistant.conftest import TODAY, assistant_over, documents_in

FOLDER = Path(__file__).parent.parent / "libraries" / "contradictions"
MAP = tomllib.loads((FOLDER / "map.toml").read_text(encoding="utf-8"))
# What each contradiction of the map is about, as a fact names it.
ABOUT = {
    "coefficient de l'unité E3": ("unit:E3", "coefficient"),
    "durée de l'unité E2": ("unit:E2", "duration"),
    "moyenne exigée pour obtenir le diplôme": ("diploma", "pass_mark"),
    "taille maximale du dossier de l'unité E5": ("dossier:E5", "file_size"),
    "durée de conservation d'un bloc acquis": ("block", "block_kept"),
    "forme de l'unité E4": ("unit:E4", "mode"),
}


@pytest.fixture(scope="module")
def facts() -> Facts:
    return read_facts(documents_in(FOLDER).values())


@pytest.fixture(scope="module")
def contradictory(encoder: Encoder) -> Assistant:
    return assistant_over(documents_in(FOLDER), encoder)


def test_every_contradiction_is_found_and_no_difference_is_called_one(facts: Facts) -> None:
    found = {(group[0].subject, group[0].prop) for group in facts.disagreements()}
    assert found == {ABOUT[clash["about"]] for clash in MAP["clash"]}


@pytest.mark.parametrize("clash", MAP["clash"], ids=lambda clash: clash["about"])
def test_a_contradiction_is_between_two_values_and_the_documents_that_say_them(
    facts: Facts, clash: dict[str, list[str]]
) -> None:
    group = facts.clash(*ABOUT[str(clash["about"])])
    assert len({fact.value for fact in group}) == 2
    assert {fact.document for fact in group} <= set(clash["documents"])


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("coef E3 ?", {"4", "5"}),
        ("durée de l'E2", {"3 h", "2 h 30"}),
        ("taille max du dossier E5", {"10 Mo", "8 Mo"}),
        ("il faut combien de moyenne pour l'avoir ?", {"égale ou supérieure à 10", "supérieure à 10"}),
    ],
)
def test_an_answer_shows_all_the_values_and_chooses_none(
    contradictory: Assistant, question: str, values: set[str]
) -> None:
    answer = contradictory.answer(question, today=TODAY)
    (disagreement,) = answer.disagreements
    shown = {value.value for value in disagreement.values}
    assert len(shown) == 2
    assert all(any(value in said for said in shown) for value in values), shown


@pytest.mark.parametrize(
    "question", ["coef E1", "durée E3", "durée de l'E1", "quand sont les portes ouvertes à Limoges ?"]
)
def test_what_agrees_raises_no_alarm(contradictory: Assistant, question: str) -> None:
    assert not contradictory.answer(question, today=TODAY).disagreements


def test_no_place_and_no_text_is_ever_compared(facts: Facts) -> None:
    assert not [g for g in facts.disagreements() if properties()[g[0].prop].type in ("text", "place")]
