"""Réglo on a home screen and without a connection: what is stored, for whom, and what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from PIL import Image, ImageChops, ImageStat
from playwright.sync_api import Browser, Page, expect

from tests.icons import FILES, STATIC, drawn
from tests.web.examples import COEFFICIENT
from tests.web.pages import ask

# All that the caches of this browser hold, one text.
_HELD = """async () => {
    const texts = [];
    for (const name of await caches.keys()) {
        const cache = await caches.open(name);
        for (const request of await cache.keys()) texts.push(request.url + await (await cache.match(request)).text());
    }
    return texts.join();
}"""


@pytest.fixture
def tab(chromium: Browser, address: str) -> Iterator[Page]:
    context = chromium.new_context(base_url=address)
    tab = context.new_page()
    yield tab
    context.close()


def _ask(tab: Page, root: str = "", button: str = "Demander") -> None:
    tab.goto(f"{root}/")
    ask(tab, COEFFICIENT, button)
    expect(tab.locator(".verdict").last).to_contain_text("coefficient 3")


def _until(tab: Page, holds: str) -> None:
    """Waits for what a condition, asynchronous perhaps, says (the policy forbids Playwright's own way to wait)."""
    assert tab.evaluate(
        """async () => {
            for (let tries = 0; tries < 500; tries += 1) {
                if (await HOLDS) return true;
                await new Promise((soon) => setTimeout(soon, 20));
            }
            return false;
        }""".replace("HOLDS", holds)
    )


def _ready(tab: Page) -> None:
    """Once the worker serves this page."""
    _until(tab, "navigator.serviceWorker.controller?.state === 'activated'")


def test_the_manifest_is_one_that_a_browser_can_install(client: FlaskClient) -> None:
    assert 'rel="manifest" href="/manifest.webmanifest"' in client.get("/").text
    manifest = client.get("/manifest.webmanifest")
    assert manifest.content_type == "application/manifest+json"
    said = manifest.get_json()
    assert {"name", "start_url", "display", "icons"} <= set(said)
    assert all(client.get(icon["src"]).status_code == 200 for icon in said["icons"])
    colours = (Path(__file__).parents[2] / "web" / "static" / "colours.css").read_text("utf-8")
    assert said["theme_color"] in colours
    assert said["background_color"] in colours


def test_a_home_screen_that_draws_no_svg_finds_its_picture_in_each_size_and_one_to_cut(client: FlaskClient) -> None:
    icons = [one for one in client.get("/manifest.webmanifest").get_json()["icons"] if one["type"] == "image/png"]
    assert {(one["sizes"], one["purpose"]) for one in icons} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in icons:
        image = Image.open(BytesIO(client.get(icon["src"]).data))
        assert icon["sizes"] == f"{image.width}x{image.height}"
        sees_through = image.convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]
        assert sees_through == (icon["purpose"] == "any")


@pytest.mark.parametrize("name", FILES)
def test_each_picture_of_the_icon_is_that_of_its_drawing(chromium: Browser, name: str) -> None:
    """After a change of icon.svg, `make icons` draws them anew."""
    held = Image.open(STATIC / name).convert("RGBA")
    apart = ImageStat.Stat(ImageChops.difference(held, drawn(chromium, *FILES[name])))
    assert max(apart.mean) < 2


def test_chromium_finds_nothing_that_keeps_it_from_installing(tab: Page) -> None:
    tab.goto("/")
    devtools = tab.context.new_cdp_session(tab)
    told = devtools.send("Page.getAppManifest")
    assert told["url"].endswith("/manifest.webmanifest")
    assert told["errors"] == []
    problems = {one["errorId"] for one in devtools.send("Page.getInstallabilityErrors")["installabilityErrors"]}
    assert problems <= {"in-incognito"}  # as every context of a test is


def test_the_worker_is_asked_for_anew_each_time(client: FlaskClient) -> None:
    worker = client.get("/worker.js")
    assert worker.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in client.get("/").headers["Content-Security-Policy"]


def test_after_a_question_the_site_tells_when_it_is_offline_and_has_kept_no_question(tab: Page) -> None:
    _ask(tab)
    _ready(tab)
    held = tab.evaluate(_HELD)
    assert "/hors-ligne" in held
    assert "gestion opérationnelle" not in held
    tab.context.set_offline(True)
    tab.goto("/documents")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Hors ligne")
    assert "Réglo ne répond pas" in tab.inner_text("main")
    assert tab.evaluate("getComputedStyle(document.body).margin") == "0px"  # its style sheet is there too


def test_an_answer_is_read_offline_by_those_who_chose_to_keep_it_and_forgotten_when_they_say_so(tab: Page) -> None:
    tab.goto("/hors-ligne")
    tab.get_by_role("button", name="Garder hors ligne").click()
    expect(tab.get_by_role("status")).to_contain_text("seront gardées")
    _ready(tab)
    _ask(tab)
    _until(tab, "caches.open('answers').then((kept) => kept.keys()).then((keys) => keys.length === 1)")
    tab.context.set_offline(True)
    tab.goto("/")
    tab.get_by_role("link", name="gestion opérationnelle").click()
    expect(tab.locator(".verdict")).to_contain_text("coefficient 3")
    expect(tab.get_by_role("note")).to_contain_text("les documents ont pu changer")
    tab.goto("/hors-ligne")
    tab.get_by_role("button", name="tout effacer").click()
    expect(tab.get_by_role("link", name="gestion opérationnelle")).to_have_count(0)
    assert "gestion opérationnelle" not in tab.evaluate(_HELD)


def test_in_english_too_an_answer_is_kept_with_its_look_and_says_how_old_it_is(tab: Page) -> None:
    tab.goto("/en/hors-ligne")
    tab.get_by_role("button", name="Keep offline").click()
    expect(tab.get_by_role("status")).to_have_text("Done: your next answers will be kept in this browser.")
    _ready(tab)
    _ask(tab, "/en", "Ask")
    expect(tab.get_by_role("note")).to_have_count(0)
    _until(tab, "caches.open('answers').then((kept) => kept.keys()).then((keys) => keys.length === 1)")
    tab.context.set_offline(True)
    tab.goto("/en/documents")
    expect(tab.get_by_role("heading", level=1)).to_have_text("Offline")
    tab.get_by_role("link", name="gestion opérationnelle").click()
    expect(tab.get_by_role("note")).to_have_text(re.compile(r"^Answer kept offline on .* 20\d\d: the documents"))
    assert tab.evaluate("getComputedStyle(document.body).margin") == "0px"
    tab.goto("/en/hors-ligne")
    tab.get_by_role("button", name="erase all").click()
    expect(tab.get_by_role("status")).to_have_text("Done: no answer is kept in this browser any more.")


def test_without_javascript_the_page_says_what_it_cannot_do(chromium: Browser, address: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    tab = context.new_page()
    tab.goto(f"{address}/hors-ligne")
    assert "Il faut JavaScript" in tab.inner_text("main")
    expect(tab.get_by_role("button")).to_have_count(0)
    context.close()
