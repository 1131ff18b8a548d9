"""The persons of the documents: who is what, and how to reach them, as printed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from assistant.answers import Kind
from assistant.assistant import Assistant
from assistant.reading import read_facts
from corpus.documents import Document
from tests.assistant.conftest import TODAY

LIBRARIES = pytest.mark.parametrize("library", ["starting", "official", "flat"], indirect=True)


@LIBRARIES
@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("email de la conseillère en formation de troyes", "melanie.jacotin@lycee-aviat.com"),
        ("le nom de l'infirmière à amiens ?", "MASEZLIN"),
        ("portable de virginie villeroy", "07.83.72.89.38"),
        ("qui est la responsable de l'ufa à amiens", "Virginie VILLEROY"),
    ],
)
def test_a_person_is_found_by_name_or_by_role(library: Assistant, question: str, said: str) -> None:
    assert said in library.answer(question, today=TODAY).text


@LIBRARIES
def test_what_no_document_gives_of_a_person_is_said_to_be_missing(library: Assistant) -> None:
    answer = library.answer("numéro de tel de mme bonfanti", today=TODAY)
    assert answer.kind is Kind.ABSTENTION
    assert "BONFANTI" in answer.text


def test_what_stands_by_a_name_is_its_own(held: Callable[[str], Document]) -> None:
    document = held(
        "# Nous joindre\n\nReferente stages : Odile FERRAND, 01 99 00 52 10\n\n"
        "Karim LESTANG\n\nChef de travaux\n\n01 99 00 52 18\n\nk.lestang@campus.example\n"
    )
    said = {(fact.subject, fact.prop): fact.shown for fact in read_facts([document]).facts if fact.prop != "name"}
    assert said["person:odile ferrand", "role"] == "Referente stages"
    assert said["person:odile ferrand", "telephone"] == "01 99 00 52 10"
    assert said["person:karim lestang", "role"] == "Chef de travaux"
    assert said["person:karim lestang", "email"] == "k.lestang@campus.example"
    assert ("person:odile ferrand", "email") not in said


def test_an_address_that_only_holds_a_name_is_another_ones(held: Callable[[str], Document]) -> None:
    document = held(
        "# Contacts\n\nScolarité : Mme Julie MARTIN, +33 4 67 00 00 01\n\nÉcrire à martine.durand@lycee.example.\n"
    )
    said = {fact.prop: fact.shown for fact in read_facts([document]).facts if fact.subject == "person:julie martin"}
    assert said["telephone"] == "+33 4 67 00 00 01"
    assert "email" not in said


@LIBRARIES
@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("contact du cfa amiens svp", ("03.22.82.84.70", "campus@sacrecoeur-amiens.org"), "03.25.80.72.17"),
        ("tel de l'ufa à troyes", ("03.25.80.72.17",), "03.22.82.84.70"),
        ("qui appeler pour candidater", ("03.25.80.72.17", "03.22.82.84.70"), "@ac-"),
    ],
)
def test_a_school_is_reached_by_its_own_lines(
    library: Assistant, question: str, said: tuple[str, ...], unsaid: str
) -> None:
    answer = library.answer(question, today=TODAY)
    assert answer.kind is Kind.RULE
    assert all(number in answer.text for number in said)
    assert unsaid not in answer.text


@LIBRARIES
def test_a_school_that_no_document_is_of_has_no_telephone(library: Assistant) -> None:
    answer = library.answer("tel du lycée de Lyon", today=TODAY)
    assert answer.kind is Kind.ABSTENTION
    assert answer.citations == ()


def test_the_number_of_a_school_is_not_that_of_someone_in_it(starting: Assistant) -> None:
    assert "03.25.80.72.17" not in starting.answer("contact du comptable d'aviat", today=TODAY).text


@LIBRARIES
def test_a_number_that_a_document_gives_for_a_person_is_told_with_the_name(library: Assistant) -> None:
    lines = library.answer("le téléphone de l'école ?", today=TODAY).text.splitlines()
    (own,) = (line for line in lines if "07.57.43.62.47" in line)
    assert "Mélanie JACOTIN" in own


@LIBRARIES
def test_a_person_is_where_the_documents_say_whatever_school_came_before(library: Assistant) -> None:
    text = library.answer("téléphone de Léonie Aviat et le mail de Virginie Villeroy ?", today=TODAY).text
    assert "campus@sacrecoeur-amiens.org" in text


def test_who_someone_is_is_told_even_without_the_number_asked_for(official: Assistant) -> None:
    answer = official.answer("c'est qui le référent handicap à Troyes et son numéro ?", today=TODAY)
    assert answer.kind is Kind.RULE
    assert answer.text.startswith("Elisabeth BONFANTI")
    assert "Aucun document ne donne le téléphone" in answer.text


def test_a_follow_up_asks_for_what_it_names_itself(official: Assistant) -> None:
    answer = official.answer("et son tel ?", ["qui est référent handicap à Troyes ?"], today=TODAY)
    assert answer.kind is Kind.ABSTENTION
