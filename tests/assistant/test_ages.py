"""Ages of admission: only where a document says that they are, together or bound by bound."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import Answer
from assistant.reading import read_facts
from corpus.documents import Document
from index.encoder import Encoder
from tests.assistant.conftest import Ask, assistant_over, documents_in

Held = Callable[[str], Document]


def ages(document: Document) -> set[str]:
    return {fact.value for fact in read_facts([document]).facts if fact.prop == "age"}


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("Candidats âgés de 16 à 29 ans révolus.", "16-29"),
        ("Avoir 26 ans au plus au 31 décembre.", "-26"),
        ("Les candidats doivent avoir moins de 30 ans.", "<30"),
        ("Apprentissage ouvert à partir de 16 ans.", "16-"),
    ],
)
def test_an_age_of_admission_is_read(held: Held, sentence: str, value: str) -> None:
    assert ages(held(f"# Qui peut entrer ?\n\n{sentence}\n")) == {value}


@pytest.mark.parametrize(
    "sentence",
    [
        "Notre CFA forme des apprentis depuis plus de 20 ans.",
        "Le tuteur justifie d'au moins 25 ans d'expérience.",
        "Tarif réduit pour les candidats de moins de 26 ans.",
        "De 18 à 20 ans, l'apprenti perçoit 43 % du SMIC.",
    ],
)
def test_another_age_is_no_condition(held: Held, sentence: str) -> None:
    assert ages(held(f"# Le centre\n\n{sentence}\n")) == set()


def test_two_bounds_are_one_range_and_no_contradiction(encoder: Encoder, tmp_path: Path) -> None:
    (tmp_path / "acces.md").write_text("# Accès\n\n- Avoir au moins 16 ans\n- Avoir 29 ans au plus\n", encoding="utf-8")
    documents = documents_in.__wrapped__(tmp_path)
    assistant = assistant_over(documents, encoder)

    def at(age: int) -> Answer:
        return assistant.answer(f"j'ai {age} ans, je peux entrer ?", today=date(2026, 11, 20))

    assert read_facts(documents.values()).disagreements() == []
    assert at(20).text.startswith("Oui")
    assert at(35).text.startswith("Non")
    assert at(15).text.startswith("Non")


def test_less_than_thirty_is_twenty_nine(encoder: Encoder, tmp_path: Path) -> None:
    (tmp_path / "acces.md").write_text("# Accès\n\nLes candidats doivent avoir moins de 30 ans.\n", encoding="utf-8")
    answer = assistant_over(documents_in.__wrapped__(tmp_path), encoder).answer(
        "j'ai 30 ans je peux ?", today=date(2026, 11, 20)
    )
    assert answer.text.startswith("Non")


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("j'ai 30 ans demain, apprentissage amiens ?", "Oui : à 29 ans"),
        ("j'aurai 31 ans demain je peux faire l'apprentissage à Amiens", "Non, pas au titre de l'âge : à 30 ans"),
        ("j'ai 30 ans, apprentissage amiens ?", "Non, pas au titre de l'âge : à 30 ans"),
    ],
)
def test_an_age_of_tomorrow_is_not_yet_one_s_own(ask: Ask, question: str, verdict: str) -> None:
    assert ask(question).text.startswith(verdict)


def test_years_of_experience_are_no_age(ask: Ask) -> None:
    assert ask("j'ai 30 ans d'expérience, je peux faire le bts à Amiens ?").rule != "eligibility.age"


@pytest.mark.parametrize(
    "question",
    [
        "ça fait 12 ans que je tiens un magasin, je peux avoir le bts ?",
        "un élève de 16 ans peut commencer à 4h du matin en rayon ?",
        "j'ai 47 ans, je peux me présenter en candidat libre ?",
    ],
)
def test_an_age_told_in_passing_or_by_one_who_enters_no_school_decides_nothing(ask: Ask, question: str) -> None:
    assert ask(question).rule != "eligibility.age"
