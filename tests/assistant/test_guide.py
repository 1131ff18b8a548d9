"""What goes with an answer, on every library: openings, follow-ups, names to complete, contacts, terms, profiles."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.answers import Kind
from assistant.assistant import Assistant
from assistant.contacting import EMAIL, TELEPHONE
from assistant.editions import edition
from assistant.glossary import Glossary
from assistant.guide import Guide
from assistant.openings import follow_ups
from assistant.questions import remembering
from corpus.documents import Document, Scope
from tests.assistant.conftest import TODAY


@pytest.fixture
def guide(library: Assistant) -> Guide:
    return Guide(library, TODAY)


def test_no_question_is_proposed_that_gets_no_answer(guide: Guide) -> None:
    proposed = [question for audience in guide.openings for question in audience.questions]
    assert len(proposed) == len(set(proposed)) >= 6
    for question in proposed:
        assert guide.assistant.answer(question, today=TODAY).kind in (Kind.RULE, Kind.PASSAGES), question


def test_every_question_that_a_field_completes_is_understood(guide: Guide) -> None:
    names = set(guide.assistant.knowledge.vocabulary.unit_codes)
    assert {name for question in guide.questions for name in re.findall(r"\bE[F]?\d+\b", question)} == names
    for question in guide.questions:
        if question.endswith("?"):
            assert guide.assistant.answer(question, today=TODAY).kind in (Kind.RULE, Kind.PASSAGES), question


def test_what_is_proposed_next_is_new_and_is_answered(guide: Guide) -> None:
    assistant = guide.assistant
    for unit in assistant.knowledge.vocabulary.subjects(None):
        question = f"Quel est le coefficient de {unit.removeprefix('unit:')} ?"
        answer = assistant.answer(question, today=TODAY)
        proposed = follow_ups(assistant, answer, (unit,))
        assert question not in proposed
        for following in proposed:
            assert assistant.answer(following, today=TODAY).kind in (Kind.RULE, Kind.PASSAGES), following


def test_after_every_answer_there_is_something_to_ask_that_was_not_asked(guide: Guide) -> None:
    first = guide.questions[0]
    answer = guide.assistant.answer("bonjour", today=TODAY)
    following = guide.next(answer, (), [first])
    assert len(following) == 3
    assert first not in following


def test_a_contact_is_whole_and_in_the_words_of_its_document(guide: Guide) -> None:
    documents = guide.assistant.knowledge.documents
    schools = {document.scope.school for document in documents.values()} - {None}
    assert {contact.name for contact in guide.contacts(Scope())} <= schools
    for contact in guide.contacts(Scope()):
        for citation in contact.citations:
            assert documents[citation.document].text[citation.start : citation.end] == citation.quote
            assert TELEPHONE.search(citation.quote) or EMAIL.search(citation.quote)


def test_the_contacts_of_one_school_are_not_given_for_another(starting: Assistant) -> None:
    school = starting.knowledge.vocabulary.schools[0]
    found = Guide(starting, TODAY).contacts(Scope(school=school))
    assert {contact.name for contact in found} == {school}


@pytest.mark.parametrize("cut", ["ce.0….@ac-académie.fr", "03.22.82.84", "1e contact@", "+33 3 22", "12345678901234"])
def test_a_number_or_an_address_cut_short_is_no_contact(cut: str) -> None:
    assert not TELEPHONE.search(cut)
    assert not EMAIL.search(cut)


def test_a_term_is_introduced_by_words_of_which_it_is_the_initials(guide: Guide) -> None:
    glossary = Glossary(guide.assistant.knowledge)
    for term in glossary.terms.values():
        document = guide.assistant.knowledge.documents[term.citation.document]
        assert document.text[term.citation.start : term.citation.end] == term.citation.quote
        assert term.term in term.citation.quote


def test_the_library_explains_terms_and_only_those_that_an_answer_uses(starting: Assistant) -> None:
    glossary = Glossary(starting.knowledge)
    assert {"MCO", "CEJM", "VAE"} <= set(glossary.terms)
    assert [term.term for term in glossary.of(["Un bloc s'obtient par la VAE."])] == ["VAE"]
    assert glossary.of(["Il vaut mieux."]) == ()


def test_a_sentence_that_says_what_is_meant_introduces_a_term(held: Callable[[str], Document]) -> None:
    from tests.assistant.conftest import assistant_over

    text = "# Règlement\n\nOn entend par étudiant relais un élève chargé d'aider les nouveaux.\n\nLe bureau (AB) ferme."
    document = held(text)
    from index.encoder import load_encoder

    glossary = Glossary(assistant_over({document.slug: document}, load_encoder()).knowledge)
    assert all(name != "AB" for name in glossary.terms)
    assert any(name.startswith("étudiant relais") for name in glossary.terms)


def test_what_an_asker_may_say_is_what_the_documents_know(starting: Assistant, foreign: Assistant) -> None:
    offered = Guide(starting, TODAY).offered
    assert set(offered.school) == set(starting.knowledge.vocabulary.schools)
    assert "apprentissage" in offered.status
    assert offered.session == ("2022",)
    assert not offered.holds("school", "Poudlard")
    assert Guide(foreign, TODAY).offered.school == ()


def test_an_edition_changes_with_a_document_and_with_whom_it_holds_for(starting: Assistant) -> None:
    documents = dict(starting.knowledge.documents)
    slug, document = next(iter(documents.items()))
    before = edition(documents)
    assert edition(dict(reversed(documents.items()))) == before
    assert edition({**documents, slug: replace(document, sha256="0" * 64)}) != before
    assert edition({**documents, slug: replace(document, scope=Scope(session=1999))}) != before
    documents.pop(slug)
    assert edition(documents) != before


def test_a_message_is_remembered_while_it_is_answered_and_forgotten_after(starting: Assistant) -> None:
    with remembering():
        first = starting.parser.understand("coefficient de E5", (), TODAY)
        assert starting.parser.understand("coefficient de E5", (), TODAY) is first
    assert starting.parser.understand("coefficient de E5", (), TODAY) is not first
