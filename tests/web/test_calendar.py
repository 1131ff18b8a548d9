"""The calendar's page and its files."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from web import create_app
from web.settings import Settings


class OnOneDay(Settings):
    """The settings, on a day that does not pass."""

    def today(self) -> date:
        return date(2026, 11, 20)


@pytest.fixture(scope="module")
def dated(home: Path) -> FlaskClient:
    return create_app(OnOneDay(home=home)).test_client()


def _page(client: FlaskClient, **fields: str) -> str:
    return unescape(client.get("/calendrier", query_string=fields, follow_redirects=True).text).replace("\u00a0", " ")


def _calendar(client: FlaskClient, address: str) -> Calendar:
    response = client.get(address)
    assert response.content_type == "text/calendar; charset=utf-8"
    calendar = Calendar.from_ical(response.data)
    assert isinstance(calendar, Calendar)
    return calendar


def test_what_is_to_come_is_first_and_the_past_is_folded_away_and_struck_through(dated: FlaskClient) -> None:
    page = _page(dated)
    assert page.index("À venir et en cours") < page.index("Passées")
    past = page[page.index("Passées") :]
    assert re.search(r"<summary>Session 2022 : \d+ dates passées</summary>", past)
    assert "<s>mercredi 18 mai 2022, 14 h - 17 h</s>" in past
    assert "passée depuis" in past
    assert "<s>" not in page[: page.index("Passées")]


def test_a_month_gets_no_countdown_and_a_day_does(dated: FlaskClient) -> None:
    page = _page(dated)
    window = page[page.index("novembre 2025 à novembre 2026") :]
    assert re.search(r'class="relation">([^<]+)<', window)[1] == "en cours"  # type: ignore[index]
    assert "dans 10 jours" in page


def test_the_windows_are_drawn_with_their_words(dated: FlaskClient) -> None:
    page = _page(dated)
    assert re.search(r'<desc id="line-text">[^<]*Candidature \(Sacré-Coeur\) : du 1er novembre 2025', page)
    assert 'class="bar open"' in page


def test_a_choice_keeps_to_the_school_and_the_address_holds_it(dated: FlaskClient) -> None:
    page = _page(dated, etablissement="Sacré-Coeur", academie="toutes", session="toutes")
    assert "Léonie Aviat, Troyes" not in page
    chosen = dated.get("/calendrier", query_string={"etablissement": "Sacré-Coeur", "academie": "toutes"})
    assert chosen.headers["Location"].count("=") == 1


def test_a_name_that_is_not_held_is_told(dated: FlaskClient) -> None:
    assert "Aucun document ne parle de « Licorne »" in _page(dated, etablissement="Licorne")
    assert "Aucun document ne parle de « 2031 »" in _page(dated, session="2031")


def test_the_sites_own_school_holds_until_all_are_asked_for(home: Path) -> None:
    client = create_app(OnOneDay(home=home, school="Sacré-Coeur", session=2027)).test_client()
    page = _page(client)
    assert '<option value="Sacré-Coeur" selected>' in page
    assert "Léonie Aviat, Troyes" not in page
    assert "Session 2022" not in page
    wide = _page(client, etablissement="toutes", session="toutes")
    assert "Léonie Aviat, Troyes" in wide
    assert "Session 2022" in wide


def test_all_that_comes_is_one_file_of_whole_days_with_source_and_alarm(dated: FlaskClient) -> None:
    events = list(_calendar(dated, "/calendrier.ics").walk("VEVENT"))
    assert events
    for event in events:
        assert type(event.decoded("dtstart")) is date
        assert event.decoded("dtend") - event.decoded("dtstart") >= timedelta(days=1)
        assert event.decoded("dtend") > date(2026, 11, 20)
        assert "Vérifié le 20 novembre 2026" in event["description"]
        assert str(event["url"]).startswith("http://localhost/documents/")
        assert event.walk("VALARM")


def test_one_date_is_one_file_and_its_name_stays(dated: FlaskClient) -> None:
    address = re.search(r'href="(/calendrier/[0-9a-f]+\.ics)"[^>]*30 novembre"', _page(dated))
    assert address
    [event] = _calendar(dated, address[1]).walk("VEVENT")
    [again] = _calendar(dated, address[1]).walk("VEVENT")
    assert event["uid"] == again["uid"]
    assert event.decoded("dtstart") == date(2026, 11, 30)


def test_a_file_of_no_date_or_of_a_past_one_is_not_there(dated: FlaskClient) -> None:
    assert dated.get("/calendrier/abc.ics").status_code == 404


def test_where_nothing_is_to_come_the_page_says_whom_to_ask(home: Path) -> None:
    class Later(Settings):
        def today(self) -> date:
            return date(2040, 12, 15)

    page = _page(create_app(Later(home=home)).test_client(), etablissement="Sacré-Coeur", session="2022")
    assert "Aucun document ne donne de date à venir pour Sacré-Coeur" in page
