"""Dossiers handed in as one file: what is added up, and what is deduced and said to be so."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from tests.assistant.conftest import TODAY


@pytest.mark.parametrize("library", ["starting", "official", "flat"], indirect=True)
def test_the_deposit_of_a_dossier_that_no_document_dates_is_deduced_and_said_to_be_so(library: Assistant) -> None:
    text = library.answer("jusqu'à quand téléverser mon dossier E41 ?", today=TODAY).text
    assert "Aucun document ne donne la date de dépôt" in text
    assert "Déduction, à vérifier" in text
    assert "13 mai" in text


def test_a_deposit_that_a_document_dates_is_given_as_such(starting: Assistant) -> None:
    text = starting.answer("date de dépôt du dossier EF2", today=TODAY).text
    assert "13 mai" in text
    assert "Déduction" not in text


@pytest.mark.parametrize("library", ["starting", "official", "flat"], indirect=True)
def test_the_sizes_of_dossiers_that_share_one_file_add_up(library: Assistant) -> None:
    answer = library.answer("mon E41 fait 3 Mo et mon E42 4 Mo, ça passe ?", today=TODAY)
    assert answer.text.startswith("Non : 7 Mo")
    assert answer.steps == ("3 Mo + 4 Mo = 7 Mo : E41, E42 forment un seul fichier.",)
