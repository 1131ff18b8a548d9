"""The interface in English: every word of it, with what is French marked so, and the way back."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect
from selectolax.lexbor import LexborHTMLParser, LexborNode

from tests.web.examples import COEFFICIENT, DISAGREEMENT, SILENCE
from tests.web.pages import ask
from tests.web.paper import nested_pdf
from tests.web.tools import ADDRESSES
from web.languages import messages, said_by_templates, same, shown, strings

WEB = Path(__file__).parents[2] / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
SCRIPTS = sorted((WEB / "static").glob("*.js"))
_COMMENT = re.compile(r"^\s*//.*$|\s//\s.*$", re.MULTILINE)
_LITERAL = re.compile(r""""([^"\n]*)"|'([^'\n]*)'|`([^`]*)`""")
_SENTENCE = re.compile(r"[^\x00-\x7f]|\b[A-Za-z]{2,}[,:]? [a-z]+ [a-z]+\b")  # a letter with an accent, three words
PAGES = (
    *("/", "/documents", "/documents/referentiel-mco", "/confidentialite", "/integrer", "/hors-ligne", "/nulle-part"),
    *ADDRESSES,
)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.name)
def test_all_that_a_template_says_has_its_english(template: Path) -> None:
    source = template.read_text("utf-8")
    counted = re.findall(r'"([^"]+)"', " ".join(re.findall(r"counted\([^()]*\)", source)))
    said = {*said_by_templates([source]), *counted}
    assert said - strings().keys() - same() == set()


def test_every_message_that_has_its_english_is_one_that_the_site_says() -> None:
    said = {_held(one) for path in WEB.rglob("*.py") for one in _constants(path)}
    said |= {_held(one) for path in (WEB.parent / "assistant").rglob("*.toml") for one in _values(path)}
    assert [message for message in messages() if _held(message) not in said] == []


def _held(said: str) -> str:
    """A sentence with the names of what it holds left out."""
    return re.sub(r"\{\w*\}", "{}", said)


def _constants(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text("utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
        elif isinstance(node, ast.JoinedStr):
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)


def _values(sheet: Path) -> Iterator[str]:
    tables: list[object] = [tomllib.loads(sheet.read_text("utf-8"))]
    while tables:
        one = tables.pop()
        tables += one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        yield from [one] if isinstance(one, str) else ()


def test_no_message_is_short_enough_to_be_the_word_of_a_document() -> None:
    assert [message for message in messages() if len(message.split()) < 2] == []


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_no_script_holds_a_sentence_of_its_own(script: Path) -> None:
    literals = _LITERAL.findall(_COMMENT.sub("", script.read_text("utf-8")))
    assert [said for found in literals if _SENTENCE.search(said := "".join(found))] == []


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


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/simulateur?note-E5=abc", "“abc” is no mark: write a number from 0 to 20, 12,5 for example."),
        ("/simulateur?vise=30", "“30” is more than 20: write a mark from 0 to 20."),
        ("/dossier?epreuve=E99", "“E99” has no file in the documents."),
        ("/dossier?epreuve=%3Cb%3E", "“<b>” has no file in the documents."),
        ("/eligibilite?ou=BTS+MCO%2C+Sacr%C3%A9-Coeur%2C+Amiens&age=abc", "“abc” is neither an age nor a birth date:"),
        ("/r?question=E5&session=x", "The session “x” is not a year."),
    ],
)
def test_what_cannot_be_read_is_told_in_english_with_what_was_written(
    client: FlaskClient, path: str, said: str
) -> None:
    marked = list(_texts(client.get(f"/en{path}").text))
    assert {language for text, language in marked if text.startswith(said)} == {"en"}


def test_a_file_that_could_not_be_looked_at_to_its_end_is_told_in_english(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("web.tools.dossier._LOOKING", 0.1)
    file = (BytesIO(nested_pdf(words=50_000)), "sans fin.pdf")
    page = client.post("/en/dossier?epreuve=E41", data={"fichier": [file]}).text
    told = [one for one in LexborHTMLParser(page).css("li.check") if "This PDF takes too much time" in one.text()]
    assert len(told) == 1
    assert "To be looked at" in told[0].text()
    assert _language(told[0]) == "en"


@pytest.mark.parametrize(
    ("path", "said"),
    [("/calendrier", r"vues du \d\w* [a-zûé]+ 20\d\d\."), ("/en/calendrier", r"seen from \d+ [A-Z][a-z]+ 20\d\d\.")],
)
def test_days_are_written_as_in_the_language_of_the_page(client: FlaskClient, path: str, said: str) -> None:
    assert re.search(said, client.get(path).text)


def test_what_is_read_out_is_in_english_to_its_end(client: FlaskClient) -> None:
    names = [node.attributes["aria-label"] for node in _tree(client, "/en/simulateur").css("th a[aria-label]")]
    assert names
    assert all(re.fullmatch(r"Row \d+ in the document", name or "") for name in names), names


def _tree(client: FlaskClient, path: str) -> LexborHTMLParser:
    return LexborHTMLParser(client.get(path).text)


@pytest.fixture
def english(chromium: Browser, address: str) -> Iterator[Page]:
    """A visitor of the English pages, with JavaScript."""
    context = chromium.new_context(base_url=address)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.goto("/en/")
    yield tab
    context.close()
    assert wrong == []


def test_in_english_too_an_answer_joins_the_log_without_leaving_the_page(english: Page) -> None:
    english.evaluate("window.stayed = true")
    ask(english, COEFFICIENT, "Ask")
    ask(english, "et la durée ?", "Ask")
    log = english.get_by_role("log", name="Answers")
    expect(log.get_by_role("article")).to_have_count(2)
    expect(log.locator(".verdict").last).to_contain_text("3 h")
    assert english.evaluate("[window.stayed, location.pathname]") == [True, "/en/"]
    english.reload()
    expect(english.locator(".verdict")).to_contain_text("3 h")
    expect(english.get_by_role("navigation", name="Earlier questions")).to_be_visible()


def test_in_english_too_another_question_leaves_the_address_of_a_link_and_back_leads_to_it(english: Page) -> None:
    ask(english, COEFFICIENT, "Ask")
    english.get_by_role("button", name="Link and QR code").click()
    expect(english.locator(".link")).to_be_visible()
    ask(english, "et la durée ?", "Ask")
    assert english.evaluate("location.pathname + location.search") == "/en/"
    english.go_back()
    expect(english.locator(".link")).to_be_visible()


def test_what_the_scripts_say_is_in_the_language_of_the_page(english: Page) -> None:
    english.locator("#question").press_sequentially("gestion op")
    expect(english.get_by_role("listbox", name="Suggested questions")).to_be_visible()
    ask(english, COEFFICIENT, "Ask")
    english.get_by_role("button", name="Copy").click()
    expect(english.locator(".done")).to_have_text("Copied, with its sources.")
    english.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error()))")
    english.get_by_role("button", name="Copy").click()
    expect(english.locator(".done")).to_have_text(re.compile("^Copying is not allowed here"))
    english.context.set_offline(True)
    english.get_by_role("button", name="Yes").click()
    expect(english.locator(".done")).to_have_text(re.compile("^Réglo does not answer: your opinion was not sent"))
    english.locator("#question").fill("et la durée ?")
    english.keyboard.press("Enter")
    expect(english.get_by_role("alert")).to_have_text(re.compile("^Réglo does not answer. Check your connection"))
    expect(english.locator("#question")).to_have_value("et la durée ?")


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("dans 12 jours", "in 12 days"),
        ("passée depuis 1 jour", "1 day ago"),
        ("dans l'entreprise", "dans l'entreprise"),
        ("passée depuis longtemps", "passée depuis longtemps"),
    ],
)
def test_days_are_counted_in_english_and_a_document_s_words_are_left_as_they_are(french: str, english: str) -> None:
    assert shown(french) == english
