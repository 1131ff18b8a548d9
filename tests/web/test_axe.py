"""axe-core finds nothing to say on any state of the conversation, in either scheme, narrow or enlarged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.web.examples import CLARIFICATION, COEFFICIENT, DISAGREEMENT, SCHOOLS, SILENCE
from tests.web.pages import ask
from tests.web.tools import ADDRESSES

STATES: dict[str, Callable[[Page], None]] = {}


def _state(name: str) -> Callable[[Callable[[Page], None]], None]:
    return lambda reach: STATES.update({name: reach})


def _asks(tab: Page, question: str) -> None:
    tab.goto("/")
    ask(tab, question)


@_state("welcome")
def _welcome(tab: Page) -> None:
    tab.goto("/")
    tab.locator(".profile summary").click()


@_state("completions")
def _completions(tab: Page) -> None:
    tab.goto("/")
    tab.locator("#question").press_sequentially("coef")
    tab.get_by_role("option").first.wait_for()
    tab.keyboard.press("ArrowDown")


@_state("answer")
def _answer(tab: Page) -> None:
    _asks(tab, COEFFICIENT)
    tab.locator(".feedback summary").click()


@_state("two answers")
def _two(tab: Page) -> None:
    _asks(tab, COEFFICIENT)
    ask(tab, "et la durée ?")


@_state("disagreement")
def _disagreement(tab: Page) -> None:
    _asks(tab, DISAGREEMENT)


@_state("clarification")
def _clarification(tab: Page) -> None:
    _asks(tab, CLARIFICATION)


@_state("quotes")
def _quotes(tab: Page) -> None:
    _asks(tab, SCHOOLS)
    for details in tab.locator("article details").all():
        details.locator("summary").click()


@_state("contact")
def _contact(tab: Page) -> None:
    _asks(tab, "Quel est le téléphone à Troyes et à Amiens ?")


@_state("abstention")
def _abstention(tab: Page) -> None:
    _asks(tab, SILENCE)


@_state("link")
def _link(tab: Page) -> None:
    _asks(tab, COEFFICIENT)
    tab.get_by_role("button", name="Lien et code QR").click()
    tab.locator(".link").wait_for()


@_state("refusal")
def _refusal(tab: Page) -> None:
    tab.goto("/")
    tab.locator("#question").fill("   ")
    tab.get_by_role("button", name="Demander").click()
    tab.get_by_role("alert").wait_for()


@_state("error")
def _error(tab: Page) -> None:
    tab.goto("/nulle-part")


@_state("document")
def _document(tab: Page) -> None:
    tab.goto("/documents/referentiel-mco")


@_state("declaration")
def _declaration(tab: Page) -> None:
    tab.goto("/accessibilite")


def _at(path: str) -> Callable[[Page], None]:
    def reach(tab: Page) -> None:
        tab.goto(path)

    return reach


OTHERS = ("/confidentialite", "/hors-ligne", "/integrer", "/documents", "/en/", "/en/simulateur", "/en/dossier")
STATES |= {path: _at(path) for path in (*ADDRESSES, *OTHERS)}


@pytest.fixture(scope="module")
def narrow(chromium: Browser, address: str) -> Iterator[Page]:
    """A telephone; a screen of 640 pixels enlarged to 200 % is laid out as this one."""
    context = chromium.new_context(base_url=address, viewport={"width": 320, "height": 800})
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_on_a_telephone_in_light_and_in_dark(
    narrow: Page, axe: Callable[[Page], list[str]], state: str
) -> None:
    narrow.emulate_media(color_scheme="light")
    STATES[state](narrow)
    assert axe(narrow) == []
    narrow.emulate_media(color_scheme="dark")
    assert axe(narrow) == []


@pytest.mark.long
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("state", STATES)
def test_axe_finds_nothing_on_a_wide_screen(
    chromium: Browser, address: str, axe: Callable[[Page], list[str]], scheme: str, state: str
) -> None:
    viewport = {"width": 1440, "height": 900}
    context = chromium.new_context(base_url=address, viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
    tab = context.new_page()
    STATES[state](tab)
    assert axe(tab) == []
    context.close()


@pytest.mark.parametrize("state", ["welcome", "answer", "disagreement", "clarification", "abstention", "link"])
def test_nothing_is_cut_at_twice_the_size(chromium: Browser, address: str, state: str) -> None:
    """Text alone at 200 %, as a reader of large print sets it, on a screen of 640 pixels."""
    context = chromium.new_context(base_url=address, viewport={"width": 640, "height": 800})
    tab = context.new_page()
    STATES[state](tab)
    tab.evaluate("document.documentElement.style.fontSize = '200%'")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 640
    context.close()


def test_axe_is_taken_from_its_registry_and_not_kept_here() -> None:
    root = Path(__file__).parents[2]
    kept = [path for path in root.rglob("axe*.js") if ".venv" not in path.parts and "node_modules" not in path.parts]
    assert kept == []
