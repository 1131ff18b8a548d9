"""Thousands of payloads through all that reaches a page: none runs, none becomes markup, none breaks the layout."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page
from selectolax.lexbor import LexborHTMLParser
from waitress.server import create_server

from tests.web.examples import COEFFICIENT
from tests.web.payloads import payloads, sample
from web import create_app
from web.asking import EARLIER, LONGEST
from web.parts import publisher_for
from web.settings import Settings

_FIELDS = ("title", "issuer", "kind", "school", "city", "diploma")
_LINKS = ("href", "src", "action", "formaction", "data", "srcdoc")
# In the browser alert is replaced by a note that it was called, and the policy is set aside: the pages themselves
# must hold, not only what stands behind them.
_WATCH = "window.ran = 0; window.alert = () => { window.ran += 1 };"
_SHAPE = """() => ({
    ran: window.ran,
    outline: [...document.body.children].map((one) => one.tagName).join(),
    wider: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    asks: document.querySelectorAll("#question").length,
    shown: getComputedStyle(document.querySelector("main")).display,
})"""

ALL = payloads()
SOME = sample(40)


def assert_no_markup_of_its_own(page: str, plain: str) -> None:
    """The page has the elements that a plain page of its kind may have, and nothing in it could run."""
    tree, ours = LexborHTMLParser(page), LexborHTMLParser(plain)
    assert [len(tree.css(tag)) for tag in _ONCE] == [len(ours.css(tag)) for tag in _ONCE]
    known = {node.tag for node in ours.css("*")} | _MAY_STAND
    for node in tree.css("*"):
        assert node.tag in known, node.html
        attributes = node.attributes
        assert not any(name.startswith("on") or name == "style" for name in attributes), node.html
        for link in (attributes.get(name) or "" for name in _LINKS):
            assert link.startswith(("/", "#", "?", "https://", "http://", "tel:", "mailto:")) or not link, node.html
            # An address in a document's words may be a link to click; nothing may be fetched from it, or sent to it.
            assert node.tag == "a" or "ailleurs.example" not in link, node.html


# What an answer may hold, whether or not the plain page beside it does.
_MAY_STAND = set(
    "html head meta title link script body a header nav main footer p h1 h2 h3 h4 h5 h6 ul ol li bdi strong form input "
    "textarea button label div span section article figure figcaption blockquote q br mark dl dt dd table caption "
    "thead tbody tr th td details summary code small abbr time output fieldset legend select option datalist "
    "aside".split()
)
_ONCE = ("script", "link", "meta", "main")  # as many as the plain page has


def test_there_are_two_thousand() -> None:
    assert len(set(ALL)) >= 2000


def _check_questions(client: FlaskClient, asked: list[str]) -> None:
    plain = client.post("/", data={"question": COEFFICIENT}).text
    for payload in asked:
        page = client.post("/", data={"question": payload[:LONGEST]})
        assert page.status_code in (200, 400)
        assert_no_markup_of_its_own(page.text, plain)


def _check_history(client: FlaskClient, asked: list[str]) -> None:
    plain = client.post("/", data={"question": COEFFICIENT, "history": [COEFFICIENT]}).text
    for first in range(0, len(asked), EARLIER):
        history = [payload[:700] for payload in asked[first : first + EARLIER]]
        page = client.post("/", data={"question": COEFFICIENT, "history": history})
        assert page.status_code == 200
        assert_no_markup_of_its_own(page.text, plain)


def test_no_question_and_no_earlier_one_becomes_markup(client: FlaskClient) -> None:
    _check_questions(client, SOME)
    _check_history(client, SOME)


@pytest.mark.long
def test_none_of_all_the_questions_becomes_markup(client: FlaskClient) -> None:
    _check_questions(client, ALL)
    _check_history(client, ALL)


@contextmanager
def _watched(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=address, bypass_csp=True, viewport={"width": 320, "height": 700})
    context.add_init_script(_WATCH)
    tab = context.new_page()
    tab.route("**/*", lambda route: route.continue_() if route.request.url.startswith(address) else route.abort())
    tab.goto("/")
    yield tab
    context.close()


def _ask(tab: Page, payload: str) -> dict[str, object]:
    with tab.expect_navigation():
        tab.evaluate(
            "(text) => { const ask = document.querySelector('#question'); ask.value = text; ask.form.submit() }",
            payload,
        )
    return tab.evaluate(_SHAPE)


def _check_in_browser(tab: Page, asked: list[str]) -> None:
    plain = _ask(tab, COEFFICIENT)
    assert plain["ran"] == 0
    for payload in asked:
        assert _ask(tab, payload[:LONGEST]) == plain, ascii(payload)


def test_the_watch_sees_what_runs(chromium: Browser, address: str) -> None:
    with _watched(chromium, address) as tab:
        tab.evaluate("document.querySelector('main').innerHTML = '<img src=x onerror=alert(1)>'")
        tab.wait_for_function("window.ran === 1")
        tab.evaluate("document.body.append(document.createElement('plaintext'))")
        assert tab.evaluate(_SHAPE)["outline"].endswith("PLAINTEXT")


def test_in_a_browser_no_question_runs_or_breaks_the_page(chromium: Browser, address: str) -> None:
    with _watched(chromium, address) as tab:
        _check_in_browser(tab, [payload for payload in sample(16) if payload.strip()])


@pytest.mark.long
def test_in_a_browser_none_of_all_the_questions_runs_or_breaks_the_page(chromium: Browser, address: str) -> None:
    with _watched(chromium, address) as tab:
        _check_in_browser(tab, [payload for payload in ALL if payload.strip()])


def _library(folder: Path, texts: list[str], described: list[str]) -> Flask:
    """A site whose documents hold these texts, and whose manifest and file names hold these descriptions."""
    documents = folder / "documents"
    documents.mkdir()
    (documents / "texte.txt").write_text("\n\n".join(f"Alinéa. {text}" for text in texts), "utf-8", "replace")
    (documents / "marques.md").write_text("\n\n".join(f"Alinéa. {text}" for text in texts), "utf-8", "replace")
    manifest = []
    for number in range(len(described) // len(_FIELDS)):
        own = described[number * len(_FIELDS) : (number + 1) * len(_FIELDS)]
        name = _file_name(number, own[0])
        (documents / name).write_text(f"# Avis\n\nLa convocation zorglub{number} part le 3 mars.\n", "utf-8")
        said = "\n".join(f"{field} = {_toml('Avis ' + text[:150])}" for field, text in zip(_FIELDS, own, strict=True))
        manifest.append(f'[[document]]\nslug = "avis-{number}"\nfile = {_toml(name)}\n{said}\n')
    for number, text in enumerate(described[:40]):
        (documents / _file_name(number, f"nu {text}")).write_text("# Nu\n\nSans entrée au manifeste.\n", "utf-8")
    (documents / "manifest.toml").write_text("\n".join(manifest), "utf-8")
    settings = Settings(home=folder / "home", rate=0)
    publisher_for(settings).ingest((documents,))
    return create_app(settings)


def _toml(text: str) -> str:
    """A TOML string: JSON's, but for what lies beyond the first plane."""
    return json.dumps(text, ensure_ascii=False)


def _file_name(number: int, text: str) -> str:
    safe = "".join(character for character in text if character not in "/\\\x00" and character.isprintable())
    return f"{number} {safe[:40].strip()}.md"


def _check_library(chromium: Browser, app: Flask) -> None:
    held = app.extensions["reglo"].publisher.documents()
    paths = ["/documents", *(f"/documents/{document.slug}" for document in held)]
    client = app.test_client()
    plain = client.get("/documents/marques").text
    for path in paths:
        assert_no_markup_of_its_own(client.get(path).text, plain)
    plain = client.post("/", data={"question": "bonjour"}).text
    for number in range(0, len(held) - 2, max(1, len(held) // 40)):
        page = client.post("/", data={"question": f"Quand part la convocation zorglub{number} ?"})
        assert_no_markup_of_its_own(page.text, plain)
    server = create_server(app, host="127.0.0.1", port=0, threads=4, ident=None)
    threading.Thread(target=server.run, daemon=True).start()
    with _watched(chromium, f"http://127.0.0.1:{server.effective_port}") as tab:
        for path in [
            "/documents",
            *_leaves(client, "/documents/texte"),
            *_leaves(client, "/documents/marques"),
            *paths[-8:],
        ]:
            tab.goto(path)
            shape = tab.evaluate(_SHAPE)
            found = (shape["ran"], shape["outline"], shape["wider"], shape["shown"])
            assert found == (0, "A,HEADER,MAIN,FOOTER", False, "block"), path
    server.close()


def _leaves(client: FlaskClient, path: str) -> list[str]:
    pages = range(1, 100)
    return [f"{path}?page={n}" for n in pages if client.get(f"{path}?page={n}").status_code == 200]


def test_documents_their_names_and_what_is_said_of_them_stay_text(chromium: Browser, tmp_path: Path) -> None:
    _check_library(chromium, _library(tmp_path, SOME, sample(30)))


@pytest.mark.long
def test_all_of_it_in_documents_stays_text(chromium: Browser, tmp_path: Path) -> None:
    _check_library(chromium, _library(tmp_path, ALL, ALL))


def test_the_name_of_a_file_that_is_looked_at_stays_text(client: FlaskClient) -> None:
    address = "/dossier?epreuve=E41&epreuve=E42"
    plain = client.post(address, data={"fichier": [(BytesIO(b"texte"), "dossier.pdf")]}).text
    pages = [client.post(address, data={"fichier": [(BytesIO(b"texte"), f"{name}.pdf")]}) for name in SOME]
    shown = [page for page in pages if page.status_code == 200]
    assert len(shown) > len(SOME) / 2
    assert {page.status_code for page in pages} <= {200, 400}  # a name that no request can carry is refused
    for page in shown:
        assert_no_markup_of_its_own(page.text, plain)
