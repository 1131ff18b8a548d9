"""The real parts on the starter library: ingested once, asked by a Flask client, a command runner and a browser."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page, sync_playwright
from waitress.server import create_server

from web import create_app
from web.commands import cli
from web.parts import publisher_for
from web.settings import Settings

_BROWSERS = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM = Path(next(filter(None, map(shutil.which, _BROWSERS)), "/usr/bin/chromium"))
AXE = Path(__file__).parents[2] / ".venv/axe/node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home that holds the starter documents."""
    home = tmp_path_factory.mktemp("home")
    publisher_for(Settings(home=home)).ingest(())
    return home


@pytest.fixture(scope="session")
def app(home: Path) -> Flask:
    app = create_app(Settings(home=home, rate=0))  # the tests ask more than any person
    app.testing = False  # the error pages are part of what is tested
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def runner(home: Path) -> Callable[..., Result]:
    """Runs a command of `reglo` on the starter documents."""
    return lambda *arguments, **kept: CliRunner().invoke(cli, ["--home", str(home), *arguments], **kept)


@pytest.fixture(scope="session")
def address(app: Flask) -> Iterator[str]:
    """The site under waitress, as `reglo serve` runs it."""
    server = create_server(app, host="127.0.0.1", port=0, threads=4, ident=None)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}, and the page is tried in one: apt install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def axe() -> Callable[[Page], list[str]]:
    """What axe-core finds on a page: the rule and the element, one line each."""
    if not AXE.exists():
        pytest.skip("axe-core is not here: `make axe` takes it from npm")
    source = AXE.read_text("utf-8")

    def found(page: Page) -> list[str]:
        page.evaluate(source)  # not as a script of the page, which its policy would refuse
        results = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [f"{rule['id']}: {node['html'][:120]}" for rule in results["violations"] for node in rule["nodes"]]

    return found
