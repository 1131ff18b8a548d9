"""Takes the picture of the page that README shows: `make picture`."""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.benchmarks.homes import starter_home
from tests.benchmarks.sites import reglo

QUESTION = "Quel est le coefficient de l'épreuve de gestion opérationnelle ?"


def take(target: Path, question: str) -> None:
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    with starter_home() as (home, _), reglo(home) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(
            viewport={"width": 1440, "height": 900},
            color_scheme="light",
            locale="fr-FR",
            java_script_enabled=False,
        )
        page.goto(site.address)
        page.get_by_role("textbox", name="Votre question").fill(question)
        page.get_by_role("button", name="Demander").click()
        target.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=target, full_page=True)
        browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target", type=Path)
    parser.add_argument("question", nargs="?", default=QUESTION)
    arguments = parser.parse_args()
    take(arguments.target, arguments.question)
