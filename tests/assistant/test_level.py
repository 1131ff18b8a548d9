"""Whether a diploma is enough to enter: each school's own words, and the verdict they give."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.assistant import Assistant
from assistant.levels import level_in
from assistant.reading import read_facts
from corpus.documents import Document
from index.encoder import Encoder
from tests.assistant.conftest import TODAY, assistant_over

LIBRARIES = pytest.mark.parametrize("library", ["starting", "official", "flat"], indirect=True)


@LIBRARIES
@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("g juste un BEP, je peux candidater au sacré coeur ?", "Non"),
        ("mon bac je l'ai raté, je peux entrer au sacré coeur ?", "Non"),
        ("j'ai loupé mon bac, vous me prenez à Amiens", "Non"),
        ("bac pro ASSP ça passe pour Amiens ?", "Oui"),
        ("mon fils est en terminale, il peut candidater à Amiens", "Oui, si"),
        ("le bac est obligatoire au sacré coeur ?", "Oui"),
    ],
)
def test_the_verdict_comes_with_what_the_school_asks_for(library: Assistant, question: str, verdict: str) -> None:
    answer = library.answer(question, today=TODAY)
    assert answer.rule == "level.entry_level"
    assert answer.text.startswith(verdict)
    assert {citation.document for citation in answer.citations} == {"sacre-coeur-amiens"}
    assert "niveau 4" in answer.text


@pytest.mark.parametrize(
    "question",
    [
        "j'ai un bac marocain je peux venir à amiens",
        "comment s'inscrire quand on a le bac",
        "j'ai pas de diplôme, je peux l'avoir par la VAE ?",
        "je peux faire une licence après le bac+2",
        "est-ce que je peux m'inscrire en bac +5 ensuite",
    ],
)
def test_a_foreign_diploma_a_way_and_a_further_study_are_other_questions(starting: Assistant, question: str) -> None:
    assert starting.answer(question, today=TODAY).rule != "level.entry_level"


def test_the_lowest_level_that_a_document_admits_is_the_one_asked_for(
    held: Callable[[str], Document], encoder: Encoder
) -> None:
    document = held(
        "# CAP Ferronnerie – Lycée des Forges, Bourg-le-Fer\n\n## Conditions d'admission\n\n"
        "Ouvert aux élèves sortant de troisième ou titulaires d'un CAP.\n"
    )
    (fact,) = read_facts([document]).about("admission", "entry_level")
    assert fact.value == "2"
    answer = assistant_over({document.slug: document}, encoder).answer("avec un BEP je peux entrer ?", today=TODAY)
    assert answer.text.startswith("Oui")


def test_levels_are_those_of_the_national_framework() -> None:
    assert [level_in(text) for text in ("cap cuisine", "bac stmg", "bac +2", "rien")] == [3, 4, 5, None]


@LIBRARIES
@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("j'ai un CAP et un bac pro, je peux entrer à Amiens ?", "Oui"),
        ("je n'ai pas de diplôme mais j'ai le bac, je peux entrer à Amiens ?", "Oui"),
        ("j'ai un bp coiffure, je peux m'inscrire à Amiens ?", "Sacré-Coeur demande"),
    ],
)
def test_the_highest_diploma_that_one_has_counts_and_an_unknown_one_is_not_judged(
    library: Assistant, question: str, verdict: str
) -> None:
    assert library.answer(question, today=TODAY).text.startswith(verdict)


def test_a_level_above_the_one_asked_for_may_be_lacking(held: Callable[[str], Document], encoder: Encoder) -> None:
    document = held("# CAP Ferronnerie\n\n## Conditions d'admission\n\nÊtre titulaire d'un CAP.\n")
    answer = assistant_over({document.slug: document}, encoder).answer("pas le bac, je peux entrer ?", today=TODAY)
    assert not answer.text.startswith("Non")


@pytest.mark.parametrize(
    "question", ["bac +5 je peux faire mco ?", "g un bac+3 c bon ?", "avec un master je peux postuler"]
)
def test_a_higher_diploma_is_enough_too(starting: Assistant, question: str) -> None:
    assert starting.answer(question, today=TODAY).text.startswith("Oui, pour le diplôme")


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("faut-il un diplôme pour entrer ?", "Non : "),
        ("j'ai pas de diplôme je peux entrer ?", "Oui, pour le diplôme : "),
        ("avec un CAP je peux entrer ?", "Oui, pour le diplôme : "),
    ],
)
def test_a_school_that_asks_for_no_diploma_is_open_to_all(
    held: Callable[[str], Document], encoder: Encoder, question: str, verdict: str
) -> None:
    document = held(
        "# CAP Ferronnerie – Lycée des Forges, Bourg-le-Fer\n\n"
        "## Conditions d'admission\n\nAucun diplôme n'est exigé.\n"
    )
    answer = assistant_over({document.slug: document}, encoder).answer(question, today=TODAY)
    assert answer.text.startswith(verdict)
    assert "Aucun diplôme n'est exigé" in answer.text


def test_what_one_demand_leaves_open_does_not_undo_another(held: Callable[[str], Document]) -> None:
    document = held(
        "# CAP Ferronnerie\n\n## Conditions d'admission\n\n"
        "Le baccalauréat est exigé, aucun diplôme étranger n'est demandé en plus.\n"
    )
    assert [fact.value for fact in read_facts([document]).about("admission", "entry_level")] == ["4"]
