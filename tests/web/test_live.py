"""The page in a real browser with JavaScript on: answers that join the log, the completed field, the way back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.web.examples import CLARIFICATION, COEFFICIENT, SCHOOLS, SILENCE
from tests.web.pages import ask

SHIFT = """new Promise((done) => {
  let moved = 0;
  const seen = (list) => list.getEntries().forEach((entry) => { if (!entry.hadRecentInput) moved += entry.value; });
  new PerformanceObserver(seen).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(moved), 200);
})"""


@pytest.fixture(scope="module")
def context(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=address, viewport={"width": 1024, "height": 800})
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    yield context
    context.close()


@pytest.fixture
def tab(context: BrowserContext) -> Iterator[Page]:
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.goto("/")
    yield tab
    tab.close()
    assert wrong == []


def test_only_the_new_answer_is_added_to_the_one_log_and_the_field_keeps_the_focus(tab: Page) -> None:
    log = tab.get_by_role("log")
    expect(log).to_have_count(1)
    ask(tab, COEFFICIENT)
    tab.evaluate(
        """window.added = [];
        new MutationObserver((changes) => changes.forEach((c) => window.added.push(...c.addedNodes)))
          .observe(document.querySelector("[role=log]"), {childList: true, subtree: true})"""
    )
    ask(tab, "et la durée ?")
    assert tab.evaluate("window.added.map((node) => node.className)") == ["answer rule"]
    expect(log.get_by_role("article")).to_have_count(2)
    expect(log.locator(".verdict").first).to_contain_text("coefficient 3")
    expect(log.locator(".verdict").last).to_contain_text("3 h")
    expect(tab.locator("#question")).to_be_focused()
    expect(tab.locator("#question")).to_have_value("")
    expect(tab).to_have_title("et la durée ? – Réglo")


def test_back_from_a_document_and_after_a_reload_the_answer_is_there(tab: Page) -> None:
    ask(tab, COEFFICIENT)
    tab.locator(".source a").first.click()
    expect(tab.locator("mark#passage")).to_be_in_viewport()
    tab.go_back()
    expect(tab.locator(".verdict")).to_contain_text("coefficient 3")
    tab.reload()
    expect(tab.locator(".verdict")).to_contain_text("coefficient 3")
    tab.locator(".top .name").click()
    expect(tab.locator(".welcome")).to_be_visible()
    expect(tab.locator(".answer")).to_have_count(0)


def test_the_field_completes_what_is_typed_by_the_keyboard_alone(tab: Page) -> None:
    field = tab.get_by_role("combobox", name="Votre question")
    field.press_sequentially("gestion op")
    options = tab.get_by_role("option")
    expect(options.first).to_be_visible()
    expect(field).to_have_attribute("aria-expanded", "true")
    tab.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id") or "")
    tab.keyboard.press("ArrowUp")
    expect(field).not_to_have_attribute("aria-activedescendant", "completion-0")
    tab.keyboard.press("Escape")
    expect(tab.get_by_role("listbox")).to_be_hidden()
    expect(field).to_have_value("gestion op")
    field.press_sequentially("é")
    expect(options.first).to_be_visible()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Enter")
    expect(tab.locator(".question")).to_contain_text("E5 (Gestion opérationnelle)")
    tab.locator("#question").press_sequentially("DUREE e5")
    expect(options.first).to_have_text("Combien de temps dure E5 ?")


def test_an_answer_is_copied_with_its_sources(tab: Page) -> None:
    ask(tab, COEFFICIENT)
    tab.get_by_role("button", name="Copier").click()
    expect(tab.locator(".done")).to_contain_text("Copié")
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert "coefficient 3" in copied
    assert "[1] «" in copied
    assert "le document officiel fait foi" in copied


def test_an_opinion_is_thanked_for_where_one_is(tab: Page) -> None:
    ask(tab, SILENCE)
    tab.locator(".feedback summary").click()
    tab.get_by_label("Il manque quelque chose").check()
    tab.get_by_role("button", name="Envoyer").click()
    expect(tab.get_by_role("status").filter(has_text="Merci.")).to_be_focused()
    expect(tab.locator(".question")).to_have_text(SILENCE)


def test_a_choice_continues_the_same_question(tab: Page) -> None:
    ask(tab, CLARIFICATION)
    tab.get_by_label("E1 (Culture générale et expression)").check()
    tab.get_by_role("button", name="Préciser").click()
    expect(tab.locator(".verdict").last).to_contain_text("Moyenne des épreuves données : 11,67")


def test_without_the_server_the_question_stays_and_the_page_says_why(tab: Page, context: BrowserContext) -> None:
    ask(tab, COEFFICIENT)
    context.set_offline(True)
    tab.locator("#question").fill("et la durée ?")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("alert")).to_contain_text("ne répond pas")
    expect(tab.locator("#question")).to_have_value("et la durée ?")
    context.set_offline(False)


def test_another_question_leaves_the_address_of_a_link_and_back_leads_to_it(tab: Page) -> None:
    ask(tab, COEFFICIENT)
    tab.get_by_role("button", name="Lien et code QR").click()
    expect(tab.locator(".link")).to_be_visible()
    assert "question=" in tab.url
    ask(tab, "et la durée ?")
    assert "question=" not in tab.url
    tab.go_back()
    expect(tab.locator(".link")).to_be_visible()
    expect(tab.locator(".answer")).to_have_count(1)


def test_several_lines_are_pasted_as_one(tab: Page) -> None:
    tab.evaluate("navigator.clipboard.writeText('Bonjour,\\nquel est le coefficient\\r\\nde E5 ?')")
    tab.locator("#question").press("Control+v")
    expect(tab.locator("#question")).to_have_value("Bonjour, quel est le coefficient de E5 ?")


def test_nothing_is_stored_before_the_first_question(tab: Page, context: BrowserContext) -> None:
    tab.locator("#question").fill("coef")
    kept = "[history.state, localStorage.length, sessionStorage.length, document.cookie]"
    assert tab.evaluate(kept) == [None, 0, 0, ""]
    assert context.cookies() == []


def test_the_whole_tour_by_the_keyboard_meets_everything_in_the_order_it_is_read(tab: Page) -> None:
    ask(tab, SCHOOLS)
    tab.evaluate("document.querySelector('.question').focus()")
    met: list[str] = []
    for _ in range(40):
        tab.keyboard.press("Tab")
        met.append(tab.evaluate("(document.activeElement.textContent || document.activeElement.id).trim()"))
        assert tab.evaluate("document.activeElement.matches(':focus-visible')")
        if tab.evaluate("document.activeElement.id") == "question":
            break
    order = ["Copier", "Imprimer", "Lien et code QR", "Oui", "Non"]
    assert [name for name in met if name in order] == order
    assert met.index("Préciser") < met.index("Copier")


@pytest.mark.parametrize("kept", ["", "JavaScript off"])
def test_the_first_page_is_light_alone_and_still(chromium: Browser, address: str, kept: str) -> None:
    """At most 60 kB over the wire as they are sent, nothing but its own, and nothing that moves once shown."""
    context = chromium.new_context(base_url=address, java_script_enabled=not kept)
    tab = context.new_page()
    sizes: dict[str, int] = {}
    tab.on("response", lambda response: sizes.update({response.url: len(response.body())}))
    tab.goto("/", wait_until="networkidle")
    assert all(url.startswith(address) for url in sizes)
    assert {url.split("?")[0].rpartition(".")[2] for url in sizes if "/static/" in url} <= {"css", "js", "svg"}
    assert sum(url.count("/static/") == 0 for url in sizes) == 1
    assert sum(sizes.values()) <= 60_000
    if not kept:
        tab.goto("/", wait_until="networkidle")
        assert tab.evaluate(SHIFT) == 0
    context.close()


def test_forced_colours_keep_every_edge_and_reduced_motion_moves_nothing(chromium: Browser, address: str) -> None:
    context = chromium.new_context(base_url=address, forced_colors="active", reduced_motion="reduce")
    tab = context.new_page()
    tab.goto("/")
    ask(tab, COEFFICIENT)
    for part in (".chip > button", ".field button", ".suggestions button", ".action"):
        style = tab.locator(part).first.evaluate(
            "(e) => [getComputedStyle(e).borderStyle, getComputedStyle(e).borderWidth]"
        )
        assert style[0] == "solid", part
        assert style[1] != "0px", part
    assert tab.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = "document.getAnimations().length"
    assert tab.evaluate(moving) == 0
    context.close()


def test_the_sheet_holds_the_answer_and_its_sources_and_nothing_to_press(tab: Page) -> None:
    ask(tab, COEFFICIENT)
    tab.emulate_media(media="print")
    for kept in (".verdict", ".citation", ".source", ".printed"):
        expect(tab.locator(kept).first).to_be_visible()
    for left in (".ask", ".actions", ".feedback", ".suggestions", ".disclosure"):
        expect(tab.locator(left).first).to_be_hidden()
