"""Takes the pictures of the page's main states, on a telephone, a tablet and a desk: `make picture`."""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.benchmarks.homes import starter_home
from tests.benchmarks.sites import reglo

WIDTHS = (320, 768, 1440)
# What is asked, one question after the other, to come to each state; a colon opens what it names.
STATES: dict[str, Sequence[str]] = {
    "accueil": (),
    "reponse": ("Quel est le coefficient de l'épreuve de gestion opérationnelle ?",),
    "suite": ("coefficiant de la gestion opérationnelle ?", "et la durée ?", ":.profile summary"),
    "calcul": ("j'ai 8 en E5 et 12 en E4, moyenne ?",),
    "desaccord": ("Combien de temps dure l'écrit d'anglais ?",),
    "precision": ("J'ai eu 12 en E5, 14 en E6 et 9, ma moyenne ?",),
    "etablissements": ("Quel est le rythme de l'alternance ?", ":.glossary summary", ":.feedback summary"),
    "abstention": ("Quel est le mail du référent handicap ?",),
    "lien": ("Jusqu'à quand trouver un employeur ?", ":[action='/lien'] button"),
    "refus": ("   ",),
}
MAIN = ("accueil", "reponse", "desaccord", "precision", "abstention")  # those that README and docs/ show
_COLOURS = 64  # a page of text needs no more, and weighs a third


def take_all(folder: Path, names: Sequence[str], schemes: Sequence[str]) -> None:
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    folder.mkdir(parents=True, exist_ok=True)
    with starter_home() as (home, _), reglo(home) as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for scheme in schemes:
            for width in WIDTHS:
                _take(browser, site.address, folder, names, width, scheme)
        browser.close()


def _take(browser: Browser, address: str, folder: Path, names: Sequence[str], width: int, scheme: str) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        locale="fr-FR",
        java_script_enabled=False,
        base_url=address,
    )
    for name in names:
        tab = context.new_page()
        tab.goto("/")
        for step in STATES[name]:
            _do(tab, step)
        taken = Image.open(BytesIO(tab.screenshot(full_page=True)))
        ending = "" if scheme == "light" else f"-{scheme}"
        taken.convert("RGB").quantize(_COLOURS).save(folder / f"{name}-{width}{ending}.png", optimize=True)
        tab.close()
    context.close()


def _do(tab: Page, step: str) -> None:
    if step.startswith(":"):
        tab.locator(step[1:]).first.click()
        return
    tab.locator("#question").fill(step)
    tab.get_by_role("button", name="Demander").click()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("states", nargs="*", help=f"of {', '.join(STATES)}, or all; those of docs/ if none")
    parser.add_argument("--dark", action="store_true", help="in the dark scheme too")
    arguments = parser.parse_args()
    states = list(STATES) if arguments.states == ["all"] else arguments.states or list(MAIN)
    take_all(arguments.folder, states, ("light", "dark") if arguments.dark else ("light",))
