"""The interface in English: every word of it, with what is French marked so, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, expect
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.web.examples import COEFFICIENT, DISAGREEMENT, SILENCE
from web.languages import messages, said_by_templates, same, strings

TEMPLATES = sorted((Path(__file__).parents[2] / "web" / "templates").rglob("*.html"))
PAGES = ("/", "/documents", "/documents/referentiel-mco", "/confidentialite", "/integrer", "/hors-ligne", "/nulle-part")


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_all_that_a_template_says_has_its_english(template: Path) -> None:
    said = set(said_by_templates([template.read_text("utf-8")]))
    assert said - strings().keys() - same() == set()


def test_every_message_that_has_its_english_is_one_that_the_site_says() -> None:
    sources = " ".join(path.read_text("utf-8") for path in (Path(__file__).parents[2] / "web").glob("*.py"))
    assert [message for message in messages() if message not in sources] == []


def _texts(page: str) -> Iterator[tuple[str, str]]:
    """Each text of a page with the language that it is marked to be in."""
    for node in LexborHTMLParser(page).css("body *"):
        if (text := (node.text(deep=False) or "").strip()) and node.tag not in ("script", "textarea"):
            yield text, _language(node)


def _language(node: LexborNode | None) -> str:
    while node is not None:
        if language := node.attributes.get("lang"):
            return language
        node = node.parent
    return ""


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_in_english_and_so_are_its_links(client: FlaskClient, path: str) -> None:
    page = client.get(f"/en{path}").text
    assert LexborHTMLParser(page).css_first("html").attributes["lang"] == "en"
    french = {said for said in strings() if len(said.split()) > 2}
    assert [text for text, language in _texts(page) if language == "en" and text in french] == []
    tree = LexborHTMLParser(page)
    addresses = [node.attributes.get("href") or "" for node in tree.css("main a, header a")]
    addresses += [node.attributes.get("action") or "" for node in tree.css("form")]
    assert all(address.startswith(("/en/", "#", "?", "http")) for address in addresses), addresses


@pytest.mark.parametrize("question", [COEFFICIENT, DISAGREEMENT, SILENCE])
def test_what_the_answer_and_the_documents_say_is_marked_as_french(client: FlaskClient, question: str) -> None:
    answer = client.post("/api/answer", json={"question": question}).get_json()
    marked = dict(_texts(client.post("/en/", data={"question": question}).text))
    for said in (answer["text"].splitlines()[0], *(citation["section"] for citation in answer["citations"])):
        words = said.replace("\u00a0", " ")[:25]
        found = {language for text, language in marked.items() if words in text.replace("\u00a0", " ")}
        assert found <= {"fr"}
    assert {marked[word] for word in ("Ask",) if word in marked} == {"en"}


@pytest.mark.parametrize("question", [COEFFICIENT, DISAGREEMENT, SILENCE])
def test_no_word_of_a_document_is_translated(client: FlaskClient, question: str) -> None:
    french, english = (client.post(path, data={"question": question}).text for path in ("/", "/en/"))
    quoted = [
        [node.text() for node in LexborHTMLParser(page).css("blockquote, .verdict")] for page in (french, english)
    ]
    assert quoted[0] == quoted[1] != []
    viewers = (client.get(f"{root}/documents/referentiel-mco").text for root in ("", "/en"))
    shown = [[node.text() for node in LexborHTMLParser(page).css("section.text")] for page in viewers]
    assert shown[0] == shown[1] != []


def test_the_french_pages_are_as_they_were(client: FlaskClient) -> None:
    page = client.get("/").text
    assert '<html lang="fr">' in page
    assert "Aller au contenu" in page
    assert 'action="/"' in page


@pytest.mark.parametrize("root", ["", "/en"])
def test_a_link_to_an_answer_stays_in_its_language(client: FlaskClient, root: str) -> None:
    sent = client.post(f"{root}/lien", data={"question": COEFFICIENT})
    assert sent.status_code == 303
    assert sent.headers["Location"].startswith(f"{root}/r?")
    page = LexborHTMLParser(client.get(sent.headers["Location"]).text)
    url = (page.css_first("#url").attributes["value"] or "").removeprefix("http://localhost")
    assert url == sent.headers["Location"]
    again = LexborHTMLParser(client.get(url).text)
    assert again.css_first("html").attributes["lang"] == (root.strip("/") or "fr")


@pytest.mark.parametrize("scripts", [True, False])
def test_from_english_to_the_marked_words_and_back_to_french(chromium: Browser, address: str, scripts: bool) -> None:
    context = chromium.new_context(java_script_enabled=scripts, base_url=address)
    tab = context.new_page()
    tab.goto("/")
    tab.get_by_role("link", name="English").click()
    tab.locator("#question").fill(COEFFICIENT)
    tab.get_by_role("button", name="Ask").click()
    expect(tab.locator(".verdict")).to_have_attribute("lang", "fr")
    tab.locator(".source a").first.click()
    expect(tab.locator("mark#passage")).to_be_in_viewport()
    expect(tab.get_by_role("link", name="Skip to content")).to_be_attached()
    tab.get_by_role("link", name="Français").click()
    expect(tab.locator("mark#passage")).to_be_attached()
    expect(tab.get_by_role("link", name="Aller au contenu")).to_be_attached()
    context.close()
