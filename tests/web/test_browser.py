"""The page in a real browser with JavaScript off: the whole way from a question to the marked words and back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.examples import COEFFICIENT, DISAGREEMENT, SILENCE
from tests.web.pages import ask

# How much this browser keeps for the site: two storages, databases, caches, workers.
_STORED = """async () => [
    localStorage.length, sessionStorage.length, (await indexedDB.databases()).length,
    (await caches.keys()).length, (await navigator.serviceWorker.getRegistrations()).length,
]"""
WIDTHS = (320, 768, 1440)


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Page]:
    """A new visitor on the first page, without JavaScript."""
    context = chromium.new_context(java_script_enabled=False, base_url=address, viewport={"width": 768, "height": 900})
    tab = context.new_page()
    tab.goto("/")
    yield tab
    context.close()


def test_from_the_question_to_the_marked_words_in_two_clicks_and_back(tab: Page) -> None:
    ask(tab, COEFFICIENT)
    expect(tab.locator(".verdict")).to_contain_text("coefficient 3")
    tab.locator(".source a").first.click()
    expect(tab.locator("mark#passage")).to_be_in_viewport()
    tab.go_back()
    expect(tab.locator(".verdict")).to_contain_text("coefficient 3")


def test_a_second_question_knows_the_first(tab: Page) -> None:
    ask(tab, COEFFICIENT)
    ask(tab, "et la durée ?")
    expect(tab.locator(".verdict")).to_contain_text("3 h")
    expect(tab.get_by_role("navigation", name="Questions précédentes")).to_contain_text("gestion opérationnelle")


def test_an_earlier_question_is_asked_again_with_one_click(tab: Page) -> None:
    ask(tab, COEFFICIENT)
    ask(tab, SILENCE)
    tab.locator(".again").first.click()
    expect(tab.locator(".verdict")).to_contain_text("coefficient 3")


def test_a_suggestion_is_a_question_asked_with_one_click(tab: Page) -> None:
    ask(tab, COEFFICIENT)
    suggestion = tab.locator(".suggestions button").first
    asked = suggestion.inner_text()
    suggestion.click()
    expect(tab.locator("h1")).to_have_text(asked)


def test_the_keyboard_alone_leads_from_the_top_to_an_answer(tab: Page) -> None:
    tab.keyboard.press("Tab")
    expect(tab.get_by_role("link", name="Aller au contenu")).to_be_focused()
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    expect(tab.locator("#question")).to_be_focused()
    tab.keyboard.type(COEFFICIENT)
    tab.keyboard.press("Tab")
    tab.keyboard.press("Enter")
    expect(tab.locator(".verdict")).to_contain_text("coefficient 3")


def test_hostile_text_runs_nowhere(chromium: Browser, address: str) -> None:
    """With JavaScript on, since that is where it could run."""
    context = chromium.new_context(base_url=address)
    tab = context.new_page()
    ran: list[str] = []
    tab.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    tab.goto("/")
    for hostile in ("<script>alert(1)</script>", '"><img src=x onerror=alert(2)>', "</textarea><svg/onload=alert(3)>"):
        ask(tab, hostile)
    assert not ran
    context.close()


def test_the_page_asks_no_one_else_for_anything_and_keeps_nothing(chromium: Browser, address: str) -> None:
    context = chromium.new_context(base_url=address)
    tab = context.new_page()
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto("/")
    assert tab.evaluate(_STORED) == [0, 0, 0, 0, 0]
    ask(tab, DISAGREEMENT)
    tab.locator("#question").fill("coef")
    tab.get_by_role("option").first.wait_for()
    tab.locator(".source a").first.click()
    tab.locator("mark#passage").wait_for()
    for path in ("/documents", "/confidentialite"):
        tab.goto(path)
    assert asked
    assert all(url.startswith(address) for url in asked)
    assert not any("E21" in url for url in asked)
    assert context.cookies() == []
    assert tab.evaluate(_STORED)[:3] == [0, 0, 0]  # the cache holds the offline page from the first question on
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_wider_than_the_screen(chromium: Browser, address: str, width: int, scheme: str) -> None:
    context = chromium.new_context(
        base_url=address, viewport={"width": width, "height": 700}, color_scheme="dark" if scheme == "dark" else "light"
    )
    tab = context.new_page()
    tab.goto("/")
    for question in (COEFFICIENT, DISAGREEMENT, SILENCE, "x" * 1900, "très " * 300):
        ask(tab, question)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    for path in ("/documents", "/documents/referentiel-mco", "/nulle-part"):
        tab.goto(path)
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
    context.close()
