"""Pay by age and year: read from lines and from tables, answered for the one who asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.answers import Answer, Kind
from assistant.assistant import Assistant
from assistant.reading import read_facts
from corpus.documents import Document
from index.encoder import Encoder
from tests.assistant.conftest import TODAY, Ask, assistant_over, documents_in

Held = Callable[[str], Document]
TABLE = """# Rémunération (en % du SMIC)

| Âge | 1re année | 2e année |
|---|---|---|
| Moins de 18 ans | 27 % | 39 % |
| De 18 à 20 ans | 43 % | 51 % |
| 26 ans et plus | 100 % | 100 % |
"""


def amounts(document: Document) -> dict[str, str]:
    return {fact.subject: fact.shown for fact in read_facts([document]).facts if fact.prop == "pay"}


def test_a_table_gives_an_amount_for_each_age_and_year(held: Held) -> None:
    found = amounts(held(TABLE))
    assert found["pay:<18:1"] == "27 %"
    assert found["pay:18-20:2"] == "51 %"
    assert found["pay:26-:1"] == "100 %"


def test_a_line_gives_one(held: Held) -> None:
    found = amounts(held("# Votre paie\n\n- De 21 à 25 ans, 2e année : 61 % soit 1 116,30 euros\n"))
    assert found == {"pay:21-25:2": "61 % soit 1 116,30 euros"}


def test_ages_without_an_amount_are_no_pay(held: Held) -> None:
    assert amounts(held("# Salaire\n\n- De 16 à 29 ans : contrat d'apprentissage\n")) == {}


@pytest.fixture
def paying(encoder: Encoder, tmp_path: Path) -> Assistant:
    (tmp_path / "paie.md").write_text(TABLE, encoding="utf-8")
    return assistant_over(documents_in.__wrapped__(tmp_path), encoder)


def test_the_age_and_the_year_choose_the_amount(paying: Assistant) -> None:
    def of(question: str) -> Answer:
        return paying.answer(question, today=TODAY)

    assert of("j'ai 17 ans, quel salaire en 2e année ?").text.startswith("À 17 ans, 2e année : 39 %")
    assert of("salaire apprenti 19 ans premiere annee").text.startswith("À 19 ans, 1re année : 43 %")
    assert "18 à 20 ans, 2e année : 51 %" in of("c'est quoi la rémunération ?").text
    born = paying.answer("né le 3 mars 2009, je touche combien comme salaire ?", today=date(2026, 11, 20))
    assert born.text.startswith("À 17 ans")


def test_where_no_document_gives_pay_by_age_nothing_is_computed(ask: Ask) -> None:
    answer = ask("quel salaire à 19 ans en 2e année ?")
    assert answer.kind is not Kind.RULE
