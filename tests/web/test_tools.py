"""What holds for every tool: its headers, its markup, its way in, and what it does without documents."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.web.pages import OUR_SCRIPT
from tests.web.tools import ADDRESSES
from web import create_app
from web.parts import publisher_for
from web.settings import Settings

TOOLS = ("/simulateur", "/dossier", "/calendrier", "/eligibilite", "/sources")


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_page_holds_nothing_that_the_policy_forbids(client: FlaskClient, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in response.headers
    assert "<script" not in OUR_SCRIPT.sub("", response.text)
    assert not re.search(r"\sstyle=|<style|\son\w+=", response.text)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_identifier_stands_once_and_every_reference_leads_to_one(client: FlaskClient, address: str) -> None:
    page = client.get(address).text
    identifiers = re.findall(r'\sid="([^"]+)"', page)
    assert len(identifiers) == len(set(identifiers))
    referred = re.findall(r'(?:\sfor|aria-labelledby|aria-describedby)="([^"]+)"', page)
    assert {one for several in referred for one in several.split()} <= set(identifiers)


@pytest.mark.parametrize("tool", TOOLS)
def test_each_tool_is_one_click_away_and_says_where_one_is(client: FlaskClient, tool: str) -> None:
    assert f'href="{tool}"' in client.get("/").text
    assert re.search(rf'href="{tool}" aria-current="page"', client.get(tool).text)


@pytest.mark.parametrize("tool", TOOLS)
def test_before_any_document_a_tool_is_not_ready(tmp_path: Path, tool: str) -> None:
    assert create_app(Settings(home=tmp_path)).test_client().get(tool).status_code == 503


@pytest.mark.parametrize("tool", TOOLS)
def test_a_library_that_gives_a_tool_nothing_gets_a_page_that_says_so(tmp_path: Path, tool: str) -> None:
    (tmp_path / "note.md").write_text("# Note\n\nLe lycée est fermé le dimanche.\n", encoding="utf-8")
    publisher = publisher_for(Settings(home=tmp_path / "home"))
    publisher.ingest([tmp_path / "note.md"])
    response = create_app(Settings(home=tmp_path / "home"), publisher).test_client().get(tool)
    assert response.status_code == 200
    assert "ucun" in response.text
