"""The whole of a dossier in one answer."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from tests.assistant.conftest import TODAY


@pytest.mark.parametrize("library", ["starting", "official", "flat"], indirect=True)
def test_the_list_of_a_dossier_says_what_where_and_what_is_not_said(library: Assistant) -> None:
    answer = library.answer("checklist dossier E41", today=TODAY)
    assert answer.rule == "files.list"
    for said in (
        "Taille : 5 Mo",
        "Format : PDF",
        "Déduction de Réglo",
        "Aucun document ne dit jusqu'à quand",
        "Cyclades",
    ):
        assert said.lower() in answer.text.lower()
    assert answer.citations


def test_the_papers_of_an_enrolment_are_no_dossier_of_an_exam(starting: Assistant) -> None:
    assert starting.answer("liste des pièces pour l'inscription à Amiens", today=TODAY).rule != "files.list"
