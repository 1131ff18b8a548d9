"""Ten journeys of those who come, from the first page to their answer, with the clicks that each takes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect


@dataclass(frozen=True)
class Journey:
    """Who comes, what they do in turn, and the words that they came for.

    A step is "ask <words>", "press <button>", "follow <link>" or "choose <label>", and one click.
    """

    who: str
    steps: tuple[str, ...]
    found: str

    def __str__(self) -> str:
        return f"{self.who}: {self.steps[-1]}"


JOURNEYS = (
    Journey(
        "futur étudiant", ("press Quel est le rythme de l'alternance ?",), "3 jours en entreprise, 2 jours en centre"
    ),
    Journey(
        "futur étudiant",
        ("press Quel est le rythme de l'alternance ?", "choose Sacré-Coeur", "press Préciser"),
        "2 jours (lundi-mardi)",
    ),
    Journey("futur étudiant", ("ask j'ai 31 ans c mort ?",), "29 ans"),
    Journey("futur étudiant", ("ask tel de l'école à Amiens",), "03.22.82.84.70"),
    Journey("candidat", ("ask coef gestion op", "press Combien de temps dure E5 ?"), "dure 3 h"),
    Journey(
        "candidat",
        (
            "ask J'ai eu 12 en E5, 14 en E6 et 9, ma moyenne ?",
            "choose E1 (Culture générale et expression)",
            "press Préciser",
        ),
        "Il faut",
    ),
    Journey("candidat", ("press Mon dossier fait 6 Mo, ça passe ?",), "5 Mo"),
    Journey(
        "candidat",
        ("ask Combien de temps dure l'écrit d'anglais ?", "follow Fiche Réglo d'après Référentiel"),
        "40 min",
    ),
    Journey("accueil", ("ask Quelle est la date de E41 ?", "choose Corse", "press Préciser"), "25 mai 2022"),
    Journey("accueil", ("ask Jusqu'à quand trouver un employeur ?", "press Lien et code QR"), "Adresse à copier"),
)


@pytest.fixture(scope="module")
def visitors(chromium: Browser, address: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=address, java_script_enabled=False, viewport={"width": 390, "height": 800})
    yield context
    context.close()


@pytest.mark.parametrize("journey", JOURNEYS, ids=str)
def test_a_journey_ends_with_what_its_visitor_came_for(visitors: BrowserContext, journey: Journey) -> None:
    tab = visitors.new_page()
    tab.goto("/")
    for step in journey.steps:
        _take(tab, *step.split(" ", 1))
    expect(tab.locator(".said, .link, mark").filter(has_text=journey.found).first).to_be_visible()
    assert len(journey.steps) <= 3
    tab.close()


def _take(tab: Page, what: str, of: str) -> None:
    if what == "ask":
        tab.locator("#question").fill(of)
        tab.get_by_role("button", name="Demander").click()
    elif what == "press":
        tab.get_by_role("button", name=of).first.click()
    elif what == "follow":
        tab.get_by_role("link", name=of).first.click()
    else:
        tab.get_by_label(of, exact=True).first.check()
