"""Réglo in a page of another site, as its author pastes it in and its visitors use it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, expect
from waitress.server import create_server

from tests.web.examples import COEFFICIENT
from web import create_app
from web.settings import Settings, WrongSetting, read_settings

STRICT = "default-src 'none'; script-src {site}; frame-src {site}; style-src 'none'"


@dataclass
class Elsewhere:
    """Another site: one page, under two names of this machine, which are two sites to a browser."""

    port: int
    page: str = ""
    policy: str = ""

    def address(self, name: str = "localhost") -> str:
        return f"http://{name}:{self.port}/"


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Elsewhere]:
    other = Elsewhere(0)

    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if other.policy:
                self.send_header("Content-Security-Policy", other.policy)
            self.end_headers()
            self.wfile.write(other.page.encode())

        def log_message(self, *_: object) -> None:
            """Nothing: the tests tell."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Pages)
    other.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield other
    server.shutdown()


@pytest.fixture(scope="module")
def lent(home: Path, elsewhere: Elsewhere) -> Iterator[str]:
    """Réglo, which the other site alone may show, under its name "localhost"."""
    app = create_app(Settings(home=home, rate=0, frames=elsewhere.address().rstrip("/")))
    server = create_server(app, host="127.0.0.1", port=0, threads=4, ident=None)
    threading.Thread(target=server.run, daemon=True).start()
    address = f"http://127.0.0.1:{server.effective_port}"
    tag = re.search(
        r"<pre[^>]*><code>(.*?)</code>", app.test_client().get("/integrer", base_url=address).text, re.DOTALL
    )
    assert tag
    elsewhere.page = f"<!doctype html><html lang=fr><title>Lycée</title><h1>Le lycée</h1>{unescape(tag[1])}"
    elsewhere.policy = STRICT.format(site=address)
    yield address
    server.close()


@pytest.fixture
def tab(chromium: Browser, lent: str, elsewhere: Elsewhere) -> Iterator[Page]:
    context = chromium.new_context()
    tab = context.new_page()
    tab.goto(elsewhere.address())
    yield tab
    context.close()


def test_the_keyboard_opens_the_frame_and_asks_in_it(tab: Page) -> None:
    opener = tab.get_by_role("button", name="Une question sur l'examen ?")
    expect(opener).to_have_attribute("aria-expanded", "false")
    tab.keyboard.press("Tab")
    expect(opener).to_be_focused()
    tab.keyboard.press("Enter")
    expect(opener).to_have_attribute("aria-expanded", "true")
    frame = tab.frame_locator("iframe")
    for _ in range(30):
        tab.keyboard.press("Tab")
        if frame.locator("#question:focus").count():
            break
    tab.keyboard.type(COEFFICIENT)
    tab.keyboard.press("Enter")
    expect(frame.locator(".verdict")).to_contain_text("coefficient 3")
    frame.locator(".source a").first.click()
    expect(frame.locator("mark#passage")).to_be_visible()
    opener.press("Enter")
    expect(tab.locator("iframe")).to_be_hidden()
    assert tab.context.cookies() == []


def test_a_screen_reader_is_told_what_the_frame_is_and_the_frame_is_shut_in(tab: Page) -> None:
    tab.get_by_role("button").click()
    frame = tab.locator("iframe")
    expect(frame).to_have_attribute("title", "Une question sur l'examen ?")
    sandbox = set((frame.get_attribute("sandbox") or "").split())
    assert "allow-scripts" in sandbox
    assert not {word for word in sandbox if word.startswith("allow-top-navigation") or word == "allow-modals"}
    expect(tab.frame_locator("iframe").get_by_role("main")).to_be_visible()
    expect(tab.frame_locator("iframe").locator("#question")).to_have_count(1)
    assert tab.evaluate("document.activeElement.tagName") == "IFRAME"
    expect(tab.get_by_role("link", name="Une question sur l'examen ?")).to_be_visible()


def test_beside_a_page_of_the_same_names_and_pasted_twice_it_opens_each_link_once(
    chromium: Browser, lent: str, elsewhere: Elsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, link, script = re.split(r"(?=<a )|(?=<script)", elsewhere.page)
    own = "<script>let address = 'ici', allowed = 1; const frame = 2;</script>"
    monkeypatch.setattr(
        elsewhere, "page", f"{before}{own}{link}{script}{link.replace('<a ', '<a class=other ')}{script}"
    )
    monkeypatch.setattr(elsewhere, "policy", "")
    context = chromium.new_context()
    tab = context.new_page()
    wrong: list[str] = []
    tab.on("pageerror", lambda error: wrong.append(str(error)))
    tab.goto(elsewhere.address())
    expect(tab.get_by_role("button")).to_have_count(2)
    assert tab.eval_on_selector_all("[data-reglo-panel]", "all => all.map(one => one.id)") == ["reglo-1", "reglo-2"]
    assert tab.evaluate("[address, allowed, frame].join()") == "ici,1,2"
    assert wrong == []
    context.close()


def test_without_javascript_the_link_leads_to_reglo(chromium: Browser, lent: str, elsewhere: Elsewhere) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(elsewhere.address())
    tab.get_by_role("link", name="Une question sur l'examen ?").click()
    expect(tab).to_have_url(f"{lent}/")
    context.close()


def test_a_script_that_is_not_the_one_of_the_hash_does_not_run_and_the_link_stays(
    chromium: Browser, lent: str, elsewhere: Elsewhere
) -> None:
    context = chromium.new_context()
    tab = context.new_page()
    tab.route(
        "**/widget.js*", lambda route: route.fulfill(body="document.title = 'pris'", content_type="text/javascript")
    )
    tab.goto(elsewhere.address())
    expect(tab).to_have_title("Lycée")
    expect(tab.get_by_role("link")).to_be_visible()
    expect(tab.get_by_role("button")).to_have_count(0)
    context.close()


def test_a_site_that_is_not_on_the_list_cannot_show_it(chromium: Browser, lent: str, elsewhere: Elsewhere) -> None:
    context = chromium.new_context()
    tab = context.new_page()
    refused: list[str] = []
    tab.on("console", lambda message: refused.append(message.text))
    tab.goto(elsewhere.address("127.0.0.1"))
    tab.get_by_role("button").click()
    expect(tab.frame_locator("iframe").locator("#question")).to_have_count(0)
    assert any("frame-ancestors" in text or "refused" in text.lower() for text in refused)
    expect(tab.get_by_role("link")).to_be_visible()
    context.close()


@pytest.mark.parametrize("root", ["", "/en"])
def test_the_lines_to_paste_lead_to_the_script_and_to_the_language_of_the_page(client: FlaskClient, root: str) -> None:
    page = unescape(client.get(f"{root}/integrer").text)
    link, script = re.search(r'data-reglo href="([^"]*)"', page), re.search(r'defer src="([^"]*)"', page)
    assert link
    assert link[1] == f"http://localhost{root}/"
    assert script
    assert client.get(script[1]).status_code == 200
    assert script[1].startswith(f"{link[1]}static/")


def test_behind_a_prefix_the_lines_to_paste_hold_it_once(client: FlaskClient) -> None:
    page = client.get("/integrer", environ_overrides={"SCRIPT_NAME": "/reglo"}).text
    assert 'defer src="http://localhost/reglo/static/widget.js' in unescape(page)


def test_no_site_may_show_it_unless_it_is_set_and_the_page_says_so(client: FlaskClient) -> None:
    page = client.get("/integrer")
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    assert "Aucun pour l'instant" in unescape(page.text)


@pytest.mark.parametrize(
    "sites", ["lycee.example", "https://lycee.example/page", "https://a.example; script-src *", "*"]
)
def test_a_site_that_is_none_is_named_at_the_start(sites: str) -> None:
    with pytest.raises(WrongSetting, match="REGLO_FRAMES"):
        read_settings(frames=sites)
