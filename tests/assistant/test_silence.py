"""Silence, small talk, and what is quoted: nothing is said that no document says."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant import smalltalk
from assistant.answers import Answer, Kind
from assistant.assistant import Assistant
from assistant.evaluation import read_questions
from assistant.quotes import LONGEST_QUOTE, windows
from tests.assistant.conftest import TODAY, Ask

QUESTIONS = read_questions(Path(__file__).parent.parent / "questions.toml")


@pytest.mark.parametrize(
    "question",
    [
        "quelles mentions au BTS et à partir de quelle note ?",
        "quel est le téléphone du référent handicap à Troyes ?",
        "comment consulter ma copie ?",
        "quel est le taux de réussite national du BTS MCO ?",
        "quelle est la capitale du Pérou ?",
        "qui a gagné la coupe du monde ?",
        "recette de la tarte aux pommes",
    ],
)
def test_what_no_document_says_is_an_abstention(ask: Ask, question: str) -> None:
    answer = ask(question)
    assert answer.kind is Kind.ABSTENTION
    assert "peut vous répondre" in answer.text


@pytest.mark.parametrize("place", ["l'académie de Bordeaux", "l'académie de Lille"])
def test_another_academy_gets_no_date_of_ours(ask: Ask, place: str) -> None:
    answer = ask(f"dates des oraux EF1 dans {place} ?")
    assert answer.kind is Kind.ABSTENTION
    assert place.split()[-1] in answer.text
    assert answer.citations == ()


def test_another_diploma_gets_what_the_library_holds(ask: Ask) -> None:
    answer = ask("quelles épreuves au BTS Tourisme ?")
    assert answer.kind is Kind.ABSTENTION
    assert "BTS MCO" in answer.text


def test_one_school_is_never_quoted_for_another(ask: Ask) -> None:
    for question in ("adresse du lycée à Troyes", "portes ouvertes à Troyes", "rémunération à Troyes"):
        assert "sacre-coeur-amiens" not in {citation.document for citation in ask(question).citations}


@pytest.mark.parametrize(
    "message",
    ["bonjour", "Merci beaucoup !", "qui es-tu ?", "que sais-tu faire ?", "au revoir", "je suis perdu", "t'es nul"],
)
def test_small_talk_gets_a_short_sentence_and_no_passage(ask: Ask, message: str) -> None:
    answer = ask(message)
    assert (answer.kind, answer.citations) == (Kind.SMALLTALK, ())
    assert 0 < len(answer.text) < 300


def test_a_greeting_before_a_question_is_a_question(ask: Ask) -> None:
    assert ask("bonjour, coef E5 svp").rule == "exam.coefficient"


def test_distress_weighs_more_than_a_greeting() -> None:
    assert smalltalk.reply("bonjour, j'en peux plus") == smalltalk.reply("j'en peux plus")


def test_an_empty_message_is_asked_for_a_question(ask: Ask) -> None:
    assert [ask(blank).kind for blank in ("", "   ", "\n\n", "?")] == [Kind.SMALLTALK] * 3 + [ask("?").kind]


def answers(assistant: Assistant) -> list[Answer]:
    return [assistant.answer(golden.ask, golden.history, today=TODAY) for golden in QUESTIONS[::5]]


def test_every_quote_is_an_exact_slice_that_is_short(library: Assistant) -> None:
    documents = library.knowledge.documents
    cited = [citation for answer in answers(library) for citation in answer.citations]
    cited += [v.citation for answer in answers(library) for d in answer.disagreements for v in d.values]
    assert len(cited) > 20
    for citation in cited:
        assert citation.quote == documents[citation.document].text[citation.start : citation.end] != ""
        assert len(citation.quote) <= LONGEST_QUOTE


def test_an_answer_that_says_something_cites_it(library: Assistant) -> None:
    for answer in answers(library):
        if answer.kind in (Kind.RULE, Kind.PASSAGES):
            assert answer.citations, answer.question


def test_what_may_be_quoted_of_a_passage_lies_in_its_document_and_is_short(library: Assistant) -> None:
    for passage in library.passages.values():
        document = library.knowledge.documents[passage.document]
        for start, end in windows(document, passage):
            assert 0 <= start < end <= len(document.text)
            assert end - start <= LONGEST_QUOTE


def test_a_list_is_quoted_with_the_line_that_introduces_it(held, encoder) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    from corpus.passages import cut

    document = held("# Dossier\n\nLe dossier comporte :\n\n- une lettre\n- un relevé de notes\n")
    (passage,) = [p for p in cut(document) if "lettre" in p.text]
    quotes = [document.text[start:end] for start, end in windows(document, passage)]
    assert all("comporte" in quote and "lettre" in quote for quote in quotes)


def test_an_answer_reads_as_json(ask: Ask) -> None:
    written = ask("combien de temps dure E21 ?").as_json()
    assert written["kind"] == "rule"
    assert {v["value"] for d in written["disagreements"] for v in d["values"]} == {"40 min", "2 h"}
    assert written["citations"][0]["url"].startswith("/documents/")
