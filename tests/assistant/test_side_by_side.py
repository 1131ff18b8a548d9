"""Two schools that a question only names."""

from __future__ import annotations

import pytest

from assistant.answers import Kind
from assistant.assistant import Assistant
from tests.assistant.conftest import TODAY


@pytest.mark.parametrize("library", ["starting", "official", "flat"], indirect=True)
@pytest.mark.parametrize("question", ["compare Troyes et Amiens", "amiens ou troyes ?"])
def test_two_schools_are_told_topic_by_topic_each_from_its_own_documents(library: Assistant, question: str) -> None:
    answer = library.answer(question, today=TODAY)
    assert (answer.kind, answer.rule) == (Kind.RULE, "compared")
    lines = answer.text.splitlines()
    assert "- Amiens : Âge prévu : de 16 à 29 ans révolus." in lines
    assert "- Troyes : ses documents n'en disent rien" in lines
    assert {"leonie-aviat", "sacre-coeur-amiens"} <= {citation.document for citation in answer.citations}


def test_what_is_asked_of_two_schools_is_told_alone(starting: Assistant) -> None:
    assert starting.answer("rythme à Troyes et à Amiens ?", today=TODAY).rule != "compared"
