"""What stands around an answer, without a script: what was understood, the profile, what is asked back, the links."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from icalendar import Calendar

from tests.web.examples import ACADEMIES, CLARIFICATION, COEFFICIENT, DISAGREEMENT, MISSPELT, SCHOOLS, SILENCE
from web import create_app, feedback
from web.feedback import Feedback
from web.settings import Settings

WINDOW = "Jusqu'à quand trouver un employeur ?"


def _text(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def _form(page: str, kind: str) -> dict[str, list[str]]:
    """The hidden fields of the first form of a class, or that goes to an address."""
    form = next(f for f in re.findall(r"<form.*?</form>", page, re.DOTALL) if kind in f[: f.index(">")])
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form):
        fields.setdefault(name, []).append(unescape(value))
    return fields


def _ask(client: FlaskClient, question: str, **more: object) -> str:
    return client.post("/", data={"question": question, **more}).text


def _section(page: str, kind: str) -> str:
    found = re.search(rf'<(\w+) class="{kind}[^"]*".*?</\1>', page, re.DOTALL)
    return found[0] if found else ""


def test_what_a_question_is_taken_to_speak_of_can_be_taken_back(client: FlaskClient) -> None:
    page = _ask(client, COEFFICIENT)
    assert "E5 (Gestion opérationnelle)" in _section(page, "understood")
    again = client.post("/", data={**_form(page, "understood"), "drop": "unit:E5"}).text
    assert '<h1 id="asked-1" class="question" tabindex="-1"><bdi>Quel est le coefficient' in again
    assert "gestion" not in _text(again[again.index('class="question"') :].split("</h1>")[0])


def test_what_an_earlier_question_lent_is_taken_back_by_forgetting_it(client: FlaskClient) -> None:
    page = _ask(client, "et la durée ?", history=[COEFFICIENT])
    assert "repris" in _section(page, "understood")
    again = client.post("/", data={**_form(page, "understood"), "drop": "unit:E5"}).text
    assert "E5 (Gestion opérationnelle) dure" not in again


def test_what_cannot_be_cut_out_is_given_back_to_be_written_again(client: FlaskClient) -> None:
    page = client.post("/", data={"question": COEFFICIENT, "drop": "unit:NULLE"}).text
    assert f'value="{COEFFICIENT}"' in unescape(page)


def test_a_misspelt_word_is_read_and_can_be_searched_as_it_was_typed(client: FlaskClient) -> None:
    page = _ask(client, MISSPELT)
    assert "coefficient 3" in _text(page)
    assert "tel quel" in _section(page, "notices")
    fields = _form(_section(page, "notices"), "post")
    again = client.post("/", data={**fields, "literal": "coefficiant"}).text
    assert "a été lu" not in _text(again)
    assert "coefficient 3" not in _text(again.split("<article")[1].split('class="citations"')[0])


def test_a_pinned_school_is_answered_for_and_travels_with_the_form(client: FlaskClient) -> None:
    page = _ask(client, SCHOOLS, school="Léonie Aviat", status="apprentissage")
    links = set(re.findall(r'href="/documents/([\w-]+)', page[page.index('class="citations"') :]))
    assert "leonie-aviat" in links
    assert "sacre-coeur-amiens" not in links
    assert _form(page, "suggestions" if 'class="suggestions"' in page else "understood")["school"] == ["Léonie Aviat"]
    assert "<option selected>Léonie Aviat</option>" in page
    without = client.post("/", data={**_form(page, "understood"), "drop": "school:Léonie Aviat"}).text
    assert "<option selected>Léonie Aviat</option>" not in without


def test_the_last_question_is_asked_again_for_another_profile(client: FlaskClient) -> None:
    page = client.post("/", data={"question": "", "again": ACADEMIES, "history": [ACADEMIES], "academy": "Corse"}).text
    assert "25 mai 2022" in _text(page)
    assert "31 mai" not in _text(_section(page, "said"))
    assert 'class="earlier"' not in page


def test_a_name_that_no_document_knows_is_pinned_to_nobody(client: FlaskClient) -> None:
    page = _ask(client, COEFFICIENT, school="Poudlard", academy="<b>", status="x" * 900)
    assert "Poudlard" not in page
    assert "épinglé" not in page


def test_a_session_that_is_no_year_is_told_and_nothing_is_lost(client: FlaskClient) -> None:
    response = client.post("/", data={"question": COEFFICIENT, "session": "l'an prochain", "school": "Léonie Aviat"})
    assert response.status_code == 400
    assert "n'est pas une année" in unescape(response.text)
    assert "<option selected>Léonie Aviat</option>" in response.text
    assert COEFFICIENT in unescape(response.text)


@pytest.mark.parametrize(("question", "field"), [(SCHOOLS, "school"), (ACADEMIES, "academy")])
def test_what_would_precise_an_answer_is_asked_back_as_a_choice(client: FlaskClient, question: str, field: str) -> None:
    page = _ask(client, question)
    choices = re.findall(rf'<input type="radio" required name="{field}" value="([^"]+)"', page)
    assert len(choices) > 1
    again = client.post("/", data={**_form(page, "precision"), field: unescape(choices[0])}).text
    assert f'name="{field}" value="' in again
    assert 'class="precision"' not in again


def test_a_mark_without_its_exam_is_placed_with_a_choice_and_the_question_goes_on(client: FlaskClient) -> None:
    page = _ask(client, CLARIFICATION)
    assert 'class="answer clarification"' in page
    replies = re.findall(r'<input type="radio" required name="question" value="([^"]+)"', page)
    assert "9 en E1" in replies
    again = client.post("/", data={**_form(page, "precision"), "question": "9 en E1"}).text
    assert "E1 | 3 x 9 | 27" in " | ".join(re.findall(r"<t[hd][^>]*>([^<]+)</t[hd]>", _section(again, "steps")))


def test_a_mark_that_is_none_is_corrected_where_it_was_written(client: FlaskClient) -> None:
    page = _ask(client, "j'ai eu 25 à E5, ma moyenne ?")
    assert 'class="answer clarification"' in page
    assert 'value="j\'ai eu 25 à E5, ma moyenne ?"' in unescape(page[page.index('class="ask"') :])


def test_steps_stand_in_a_table_with_their_result(client: FlaskClient) -> None:
    page = _ask(client, "j'ai 8 en E5 et 12 en E4, moyenne ?")
    steps = page[page.index('class="steps"') :].split("</section>")[0]
    assert re.search(r'<th scope="row">E5</th><td>3 x 8</td><td class="result">24</td>', steps)


@pytest.mark.parametrize("question", [SILENCE, DISAGREEMENT])
def test_where_documents_do_not_decide_whom_to_ask_is_quoted_with_links_to_call_and_write(
    client: FlaskClient, question: str
) -> None:
    contacts = _section(_ask(client, question), "contacts")
    assert re.search(r'<a class="tel" href="tel:\+33[1-9]\d{8}">', contacts)
    assert re.search(r'<a href="mailto:[^"]+@[^"]+">', contacts)
    assert "/documents/" in contacts


def test_an_abstention_says_how_to_ask_again_with_names_that_are_held(client: FlaskClient) -> None:
    ways = _text(_section(_ask(client, SILENCE), "rephrase"))
    assert "E1" in ways
    assert "Léonie Aviat" in ways


def test_a_term_is_explained_by_the_sentence_of_the_document_that_introduces_it(client: FlaskClient) -> None:
    page = _ask(client, "Quelles poursuites d'études après le diplôme ?", school="Léonie Aviat")
    terms = dict(re.findall(r"<dt>([^<]+)</dt><dd><q>([^<]+)</q>", page))
    documents = client.application.extensions["reglo"].publisher.documents()
    assert terms
    assert all(any(unescape(said) in document.text for document in documents) for said in terms.values())


def test_questions_to_start_with_are_those_of_each_audience_and_each_is_answered(client: FlaskClient) -> None:
    page = client.get("/").text
    audiences = re.findall(r'<h2 id="audience-\d">([^<]+)</h2>', page)
    assert audiences == ["Futur étudiant", "Candidat", "Accueil"]
    openings = page[page.index('class="openings"') :]
    questions = [unescape(q) for q in re.findall(r'<button name="question" value="([^"]+)"', openings)]
    assert len(questions) == len(set(questions)) == 9
    for question in questions:
        assert re.search(r'class="answer (rule|passages)"', _ask(client, question)), question


def test_the_page_says_what_it_is_and_that_questions_are_not_kept(client: FlaskClient) -> None:
    text = _text(client.get("/").text)
    assert "assistant automatique" in text
    assert "ne décide de rien" in text
    assert "N'écrivez pas votre nom ni votre numéro" in text
    assert "Vos questions ne sont pas gardées" in text


def test_a_site_that_keeps_questions_says_for_how_long(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.extensions, "reglo-kept-days", 30)
    assert "Ce site garde les questions 30 jours" in _text(client.get("/").text)


def test_a_link_is_made_on_request_and_asks_the_question_anew(client: FlaskClient) -> None:
    page = _ask(client, "et la durée ?", history=[COEFFICIENT], school="Léonie Aviat")
    made = client.post("/lien", data=_form(page, "/lien"))
    assert made.status_code == 303
    linked = client.get(made.headers["Location"]).text
    assert "E5 (Gestion opérationnelle) dure 3 h" in _text(linked)
    assert "Les documents n'ont pas changé depuis" in unescape(linked)
    assert "<option selected>Léonie Aviat</option>" in linked
    assert re.search(r'<svg [^>]*class="qr"', linked)
    assert '<meta name="robots" content="noindex">' in linked


def test_a_link_holds_earlier_questions_only_where_it_leans_on_them(client: FlaskClient) -> None:
    page = _ask(client, DISAGREEMENT, history=[COEFFICIENT])
    address = client.post("/lien", data=_form(page, "/lien")).headers["Location"]
    assert "gestion" not in address


def test_a_link_made_on_other_documents_says_so(client: FlaskClient) -> None:
    page = client.get("/r", query_string={"question": COEFFICIENT, "v": "0" * 12, "d": "2025-01-31"}).text
    assert "Les documents ont changé depuis que ce lien a été fait, le 31 janvier 2025" in _text(page)
    assert "coefficient 3" in _text(page)


@pytest.mark.parametrize("broken", [{}, {"question": ""}, {"question": "x" * 2001}, {"question": "E5", "session": "x"}])
def test_a_broken_link_is_told_and_leads_on(client: FlaskClient, broken: dict[str, str]) -> None:
    response = client.get("/r", query_string=broken)
    assert response.status_code == 400
    assert 'role="alert"' in response.text


def test_a_link_with_a_date_that_is_none_is_answered_all_the_same(client: FlaskClient) -> None:
    page = client.get("/r", query_string={"question": COEFFICIENT, "d": "hier"}).text
    assert "ne dit pas quand il a été fait" in unescape(page)


def test_a_long_question_has_a_link_without_a_code(client: FlaskClient) -> None:
    page = client.get("/r", query_string={"question": "durée de E5 ? " + "é" * 900}).text
    assert "trop longue pour un code QR" in unescape(page)


class OnOneDay(Settings):
    """The settings, on a day that does not pass."""

    def today(self) -> date:
        return date(2026, 11, 20)


def test_dates_to_come_are_whole_days_with_an_alarm_and_the_same_name_each_time(home: Path) -> None:
    client = create_app(OnOneDay(home=home)).test_client()
    page = _ask(client, WINDOW)
    fields = _form(page, "agenda.ics")
    files = [client.post("/agenda.ics", data=fields) for _ in range(2)]
    assert files[0].content_type.startswith("text/calendar")
    events = [next(iter(Calendar.from_ical(file.data).walk("VEVENT"))) for file in files]
    event = events[0]
    assert event["UID"] == events[1]["UID"]
    assert event["DTSTART"].params["VALUE"] == "DATE"
    assert (event["DTEND"].dt - event["DTSTART"].dt).days >= 1
    assert event.walk("VALARM")
    assert "Source : Fiche Réglo d'après" in event["DESCRIPTION"]
    assert "Vérifié le" in event["DESCRIPTION"]


@pytest.mark.parametrize("root", ["", "/en"])
def test_a_date_leads_back_to_its_source_in_the_language_that_it_was_asked_in(home: Path, root: str) -> None:
    client = create_app(OnOneDay(home=home, rate=0)).test_client()
    for file in (client.post(f"{root}/agenda.ics", data={"question": WINDOW}), client.get(f"{root}/calendrier.ics")):
        event = next(iter(Calendar.from_ical(file.data).walk("VEVENT")))
        assert str(event["URL"]).startswith(f"http://localhost{root}/documents/")


def test_an_answer_without_a_date_to_come_offers_no_calendar(client: FlaskClient) -> None:
    assert "agenda.ics" not in _ask(client, COEFFICIENT)


def test_what_the_field_completes_is_a_list_that_is_not_sent_twice(client: FlaskClient) -> None:
    first = client.get("/suggestions.json")
    questions = json.loads(first.data)["questions"]
    assert "E5 (Gestion opérationnelle)" in questions
    assert "Quel est le coefficient de E5 ?" in questions
    again = client.get("/suggestions.json", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_an_opinion_is_thanked_for_and_the_way_back_keeps_the_conversation(client: FlaskClient) -> None:
    page = client.post("/avis", data={"question": COEFFICIENT, "found": "no", "reason": "wrong"}).text
    assert "Merci" in page
    assert "tel:+33" in page
    assert f'name="question" value="{COEFFICIENT}"' in unescape(page)


def test_an_opinion_goes_to_the_one_who_keeps_it_and_nowhere_without(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[Feedback] = []
    monkeypatch.setitem(app.extensions, "reglo-feedback", None)
    client.post("/avis", data={"question": "E5", "found": "yes"})
    feedback.keep_with(app, kept.append)
    client.post("/avis", data={"question": "E5", "found": "no", "reason": "case"})
    client.post("/avis", data={"question": "E5", "found": "no", "reason": "<script>"})
    assert [(one.found, one.reason) for one in kept] == [(False, "case"), (False, "")]


def test_what_the_site_is_set_to_is_told_and_is_no_ones_to_take_back(home: Path) -> None:
    site = create_app(Settings(home=home, school="Sacré-Coeur")).test_client()
    page = _ask(site, SCHOOLS)
    assert "Sacré-Coeur" in _text(_section(page, "understood"))
    assert 'value="school:Sacré-Coeur"' not in unescape(page)


def test_no_school_is_named_to_ask_about_another(client: FlaskClient) -> None:
    page = _ask(client, "Quel est le rythme au lycée Victor Hugo à Brest ?")
    assert 'class="answer abstention"' in page
    assert 'class="contacts"' not in page


def test_a_number_is_a_link_wherever_an_answer_gives_it(client: FlaskClient) -> None:
    for question in ("tel de l'école à Amiens", "Quel est le téléphone à Troyes et à Amiens ?"):
        said = _ask(client, question).split('class="said"')[1].split('class="citations"')[0]
        assert re.search(r'<a class="tel" href="tel:\+33[1-9]\d{8}">0\d', said), question
