"""The tools in a real browser, without JavaScript: each from its first page to its result, by mouse and by keyboard."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.paper import write_pdf
from tests.web.tools import ADDRESSES


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(java_script_enabled=False, base_url=address, viewport={"width": 768, "height": 900})
    yield context.new_page()
    context.close()


def test_marks_are_written_counted_and_kept_in_the_address(tab: Page) -> None:
    tab.goto("/")
    tab.get_by_role("navigation", name="Principal").get_by_role("link", name="Notes").click()
    for code in ("E1", "E2", "E3", "E4", "E5", "E6"):
        tab.get_by_label(f"Note de {code}, sur 20").fill("11,5")
    tab.get_by_role("button", name="Calculer").click()
    expect(tab.locator("h2.verdict")).to_contain_text("Oui : avec 11,5 de moyenne")
    expect(tab.get_by_role("img", name="Vos notes et leur poids")).to_be_visible()
    assert "note-E6=11,5" in tab.url
    tab.reload()
    expect(tab.get_by_label("Note de E6, sur 20")).to_have_value("11,5")


def test_a_mistake_is_told_beside_its_field_and_put_right(tab: Page) -> None:
    tab.goto("/simulateur")
    tab.get_by_label("Note de E1, sur 20").fill("25")
    tab.get_by_label("Note de E3, sur 20").fill("9")
    tab.keyboard.press("Enter")
    wrong = tab.get_by_label("Note de E1, sur 20")
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description(re.compile("dépasse 20"))
    expect(tab.get_by_label("Note de E3, sur 20")).to_have_value("9")
    tab.get_by_role("link", name=re.compile("dépasse 20")).click()
    expect(wrong).to_be_in_viewport()


def test_sub_units_open_and_a_coefficient_changes(tab: Page) -> None:
    tab.goto("/simulateur")
    tab.get_by_text("Plutôt par sous-épreuve : E41, E42").click()
    tab.get_by_label("Note de E41, sur 20").fill("14")
    tab.get_by_label("Coefficient de E5").fill("6")
    tab.get_by_role("button", name="Calculer").click()
    expect(tab.get_by_label("Note de E41, sur 20")).to_be_visible()
    expect(tab.locator(".changed")).to_have_text("modifié")


def test_exams_are_ticked_and_a_file_is_looked_at(tab: Page, tmp_path: Path) -> None:
    tab.goto("/dossier")
    for code in ("E41", "E42"):
        tab.locator(f"#epreuve-{code}").check()
    tab.get_by_role("button", name="Voir la liste").click()
    expect(tab.get_by_role("heading", name="De qui sont ces règles")).to_be_in_viewport()
    box = tab.locator(".todo-item input").first
    box.check()
    expect(box).to_be_checked()
    file = write_pdf(tmp_path / "dossier.pdf", [[(72, 700, "Mon dossier")]])
    file.write_bytes(file.read_bytes() + b"\n" * 5_300_000)
    tab.get_by_label("Un ou plusieurs PDF").set_input_files(file)
    tab.get_by_role("button", name="Regarder").click()
    expect(tab.locator(".check.wrong")).to_contain_text("au-dessus de la limite de 5")
    expect(tab.locator("#epreuve-E42")).to_be_checked()


def test_dates_are_chosen_and_one_is_taken_home(tab: Page) -> None:
    tab.goto("/calendrier")
    tab.get_by_label("Établissement").select_option("Sacré-Coeur")
    tab.get_by_role("button", name="Choisir").click()
    expect(tab.get_by_text("Sacré-Coeur, Amiens").first).to_be_visible()
    expect(tab.get_by_text("Léonie Aviat, Troyes")).to_have_count(0)
    with tab.expect_download() as download:
        tab.get_by_role("link", name=re.compile("Ajouter à mon agenda")).first.click()
    assert download.value.suggested_filename.endswith(".ics")
    tab.locator("summary", has_text="dates passées").first.click()
    expect(tab.locator("s").first).to_be_visible()


def test_the_keyboard_alone_leads_to_a_verdict(tab: Page) -> None:
    tab.goto("/eligibilite")
    tab.get_by_label("BTS MCO, Sacré-Coeur, Amiens").focus()
    tab.keyboard.press("Space")
    tab.keyboard.press("Enter")
    tab.get_by_label("Quel âge avez-vous ?").focus()
    tab.keyboard.type("20")
    tab.keyboard.press("Enter")
    tab.get_by_label("Oui").focus()
    tab.keyboard.press("Space")
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name=re.compile("^Oui, d'après les critères"))).to_be_visible()


def test_a_source_leads_to_its_words(tab: Page) -> None:
    tab.goto("/sources")
    tab.locator("summary", has_text="Ce qu'il dit").first.click()
    tab.locator(".table td a").first.click()
    expect(tab.locator("mark#passage")).to_be_in_viewport()


@pytest.mark.parametrize("width", [320, 1440])
def test_no_tool_is_wider_than_the_screen_nor_asks_anyone_else(chromium: Browser, address: str, width: int) -> None:
    """With JavaScript, everything that folds unfolded, at the widths where things break."""
    context = chromium.new_context(base_url=address, viewport={"width": width, "height": 700})
    tab = context.new_page()
    asked, said = [], []
    tab.on("request", lambda request: asked.append(request.url))
    tab.on("console", lambda message: said.append(message.text))
    for path in ADDRESSES:
        tab.goto(path)
        tab.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
        assert tab.evaluate("document.documentElement.scrollWidth") <= width, path
    assert all(url.startswith(address) for url in asked)
    assert said == []  # the policy forbids nothing that a page holds
    assert context.cookies() == []
    context.close()


def test_what_prints_of_a_dossier_is_its_list(tab: Page) -> None:
    tab.goto(ADDRESSES[3])
    tab.emulate_media(media="print")
    expect(tab.locator(".dossier-form")).to_be_hidden()
    expect(tab.locator(".todo-item").first).to_be_visible()


# Where words may not be cut, a cell asks for no more room than it has.
_WHOLE = """(cell) => {
    const had = cell.clientWidth;
    cell.style.overflowWrap = "normal";
    return Math.max(cell.clientWidth, cell.scrollWidth) <= had;
}"""


@pytest.mark.parametrize("width", [320, 768, 1200])
def test_no_word_of_a_value_is_cut_where_documents_disagree(chromium: Browser, address: str, width: int) -> None:
    tab = chromium.new_page(viewport={"width": width, "height": 900}, base_url=address)
    for path in ("/simulateur?note-E1=12&garde-E1=1", "/sources"):
        tab.goto(path)
        values = tab.locator(".disagreement tbody th").all()
        assert values
        assert all(value.evaluate(_WHOLE) for value in values), path
    tab.close()
