"""Questions as they are typed: glued, abridged, with verbs and names that no document has."""

from __future__ import annotations

import pytest

from assistant.answers import Kind
from tests.assistant.conftest import Ask


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("kel epreuv a le + gro coef", "coefficient le plus élevé est 6"),
        ("ADOC 9, GO 8, DRCV 11, CEJM 10, E1 7, LV écrit 12, LV oral 14, MEC 13 : moyenne", "10,14"),
        ("note d'E4 avec E41 à 9 et E42 à 14", "11,5 sur 20"),
        ("je vise 10 et j'ai 9 partout ailleurs, combien en E4 ?", "Il faut 12,5 sur 20"),
        ("j'ai 10 en E1, E2 et E4, 8 en E3, combien il me faut en E5 et E6 ?", "Il faut 11 sur 20"),
        ("12 en E1, E3 et E5, combien il me faut au reste ?", "Il faut 8,5 sur 20"),
        ("9 en E1, 11 en E2, 7 en E3, 10 en E4, 10 en E5 : il me faut combien en E6 ?", "en E6"),
        ("l'E4 fait quelle part de la note finale ?", "28,57 %"),
        ("g pa le bac, jpeu venir a amiens kan meme ?", "bac ou équivalent"),
        ("une porte ouverte à Amiens bientot ?", "20 mars 2026"),
        ("je suis née le 21 novembre 1996, ça passe encore aujourd'hui à Amiens ?", "à 29 ans"),
    ],
)
def test_quick_writing_is_understood(ask: Ask, question: str, said: str) -> None:
    answer = ask(question)
    quotes = " ".join(citation.quote for citation in answer.citations)
    assert said.lower() in f"{answer.text} {quotes}".lower()


def test_a_number_of_things_is_no_mark(ask: Ask) -> None:
    assert ask("quels 2 documents pour le parcours à l'étranger").rule != "optional.points"


def test_the_name_of_a_person_is_repaired_and_the_repair_shown(ask: Ask) -> None:
    answer = ask("portable de mme jacotain")
    assert "07.57.43.62.47" in answer.text
    assert any("jacotin" in notice for notice in answer.notices)


@pytest.mark.parametrize(
    ("question", "unsaid"),
    [
        ("donne moi le mail de virginie michel", "@"),
        ("téléphone de la référente handicap de troyes", "07.57"),
    ],
)
def test_a_contact_that_is_cut_or_another_ones_is_not_given(ask: Ask, question: str, unsaid: str) -> None:
    answer = ask(question)
    assert answer.kind is Kind.ABSTENTION
    assert unsaid not in answer.text


def test_a_follow_up_keeps_what_was_still_to_come(ask: Ask) -> None:
    earlier = "j'ai 10 partout sauf 8 en E3, il me reste E5 et E6 à passer, il me faut combien"
    assert "Il faut 10 sur 20 en E6" in ask("et si jai 12 en E5 ?", earlier).text


def test_a_follow_up_keeps_the_age_of_the_asker(ask: Ask) -> None:
    text = ask("et a troyes ?", "jai 31 ans je peux venir en apprentissage a amiens").text
    assert "Aucun document ne donne de condition d'âge pour Troyes" in text


def test_the_parts_of_one_message_are_no_previous_question(ask: Ask) -> None:
    answer = ask("coef E5 ? et la durée ?")
    assert "3 h" in answer.text
    assert not any("précédente" in notice for notice in answer.notices)
