"""Three documents written to contradict each other, and not to: every contradiction is found, and nothing else."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.facts import Facts
from assistant.properties import properties
from assistant.reading import read_facts
from corpus.documents import Document
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


# The map of the five documents: what they truly say twice, and nothing else.
_MCO = {
    ("unit:E21", "duration"),
    ("diploma", "pass_mark"),
    ("block", "block_kept"),
    ("diploma", "bridge"),
    ("diploma", "block_count"),
    ("unit:EF4", "date"),
    ("rate:réussite", "rate"),
    ("rate:insertion", "rate"),
    ("rate:rupture", "rate"),
}


@pytest.mark.parametrize("library", ["starting", "official", "flat"], indirect=True)
def test_what_the_five_documents_say_twice_is_found_in_each_form_of_them(library: Assistant) -> None:
    found = {(group[0].subject, group[0].prop) for group in library.knowledge.facts.disagreements()}
    assert found == _MCO


@pytest.mark.parametrize(
    ("question", "values"),
    [
        ("taux de réussite à Troyes", {"50%", "non disponible"}),
        ("quand est l'EF4", {"1 juin", "31 mai", "25 mai"}),
        ("une passerelle à amiens ?", {"aucune passerelle", "des passerelles"}),
        ("combien de blocs de compétences", {"4 (", "BC06"}),
        ("je rate E5, je garde le reste ?", {"5 ans", "sans limite"}),
    ],
)
def test_a_contradiction_within_one_document_is_shown_too(starting: Assistant, question: str, values: set[str]) -> None:
    answer = starting.answer(question, today=TODAY)
    (disagreement,) = answer.disagreements
    assert all(any(value in said.value for said in disagreement.values) for value in values)


def test_the_rate_of_one_school_is_not_given_for_another(starting: Assistant) -> None:
    assert "50" not in starting.answer("taux de réussite à Amiens", today=TODAY).text


def test_rates_that_share_a_value_and_rates_told_on_the_next_line_are_read(held: Callable[[str], Document]) -> None:
    document = held(
        "# Lycée\n\nTaux de présence – Taux d'accueil : non communiqué.\n\n## Taux de réussite 2025\n\n87 %\n"
    )
    rates = [fact for fact in read_facts([document]).facts if fact.prop == "rate"]
    read = {fact.subject.partition("@")[0]: fact.value for fact in rates}
    assert read == {
        "rate:présence": "non communique",
        "rate:accueil": "non communique",
        "rate:réussite 2025": "87%",
    }


def test_an_exam_held_right_after_another_has_its_dates(held: Callable[[str], Document]) -> None:
    document = held(
        "# Session 2027\n\n| Épreuve | Date |\n|---|---|\n| E4 Oral | 3 mai 2027 |\n\n"
        "## E5 Engagement\n\nElle se déroule dans la continuité immédiate de l'épreuve E4.\n"
    )
    (fact,) = read_facts([document]).about("unit:E5", "date")
    assert fact.value == "2027-05-03/2027-05-03"
    assert "continuité" in fact.evidence[0].quote


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Taux de réussite : 92.7 %", "92.7%"),
        ("Le taux de réussite se situe entre 5 et 8 %.", None),
        ("Le taux de réussite n'est pas publié. Le taux d'insertion est de 85 %.", None),
    ],
)
def test_a_rate_is_a_name_and_its_whole_value(held: Callable[[str], Document], text: str, value: str | None) -> None:
    rates = {
        f.subject.partition("@")[0]: f.value
        for f in read_facts([held(f"# Lycée\n\n{text}\n")]).facts
        if f.prop == "rate"
    }
    assert rates.get("rate:réussite") == value


def test_what_is_denied_is_not_deduced(held: Callable[[str], Document]) -> None:
    document = held("# Dossiers\n\nLes dossiers de E41 et de E42 ne vont jamais dans le même fichier.\n")
    assert not read_facts([document]).subjects("shared_file")
