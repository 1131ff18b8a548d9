"""Documents of one diploma that name it in several ways have one name for it, and those of a school its one town."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from assistant.diploma_names import diploma_named, with_diplomas
from assistant.identities import identified
from corpus.documents import Document
from index.encoder import Encoder
from tests.assistant.conftest import TODAY, assistant_over

Held = Callable[[str], Document]
VITRAIL = "BTS Vitrail et émaux d'art"


def _named(held: Held, *titles: str, text: str = "Texte.") -> list[str | None]:
    documents = [replace(held(f"# {title}\n\n{text}\n"), slug=f"d{n}") for n, title in enumerate(titles)]
    return [document.scope.diploma for document in with_diplomas(documents)]


@pytest.mark.parametrize(
    "other",
    [
        "BTS VEA",
        "Brevet de technicien supérieur « vitrail et émaux d'art »",
        "Plaquette BTS Vitr 26-27",
        "BTS - Production - Vitrail et émaux d'art",
        "BTS VITRAIL ET ÉMAUX D'ART",
    ],
)
def test_one_diploma_has_one_name_in_all_the_documents(held: Held, other: str) -> None:
    text = "On prépare ici le vitrail et émaux d'art."
    assert _named(held, VITRAIL, other, text=text) == [VITRAIL, VITRAIL]
    assert _named(held, other, VITRAIL, text=text) == [VITRAIL, VITRAIL]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (VITRAIL, "CAP Vitrail et émaux d'art"),
        (VITRAIL, "BTS Vitrail"),
        (VITRAIL, "BTS Vitr"),
        (VITRAIL, "BTS VEA"),
        ("BTS Modelage", "BTS Mode"),
        ("CAP Cuisine collective", "CAP Cuisine"),
        ("Diplôme d'État Infirmier anesthésiste", "Diplôme d'État Infirmier"),
    ],
)
def test_what_nothing_says_to_be_one_diploma_stays_two(held: Held, one: str, other: str) -> None:
    assert _named(held, one, other) == [one, other]


def test_what_may_stand_for_two_diplomas_is_given_to_neither(held: Held) -> None:
    text = "La communication visuelle, la communication sonore."
    named = _named(held, "BTS Communication visuelle", "BTS Communication sonore", "BTS Comm", text=text)
    assert named == ["BTS Communication visuelle", "BTS Communication sonore", "BTS Comm"]


def test_the_short_form_in_a_file_s_name_is_what_people_type_too(held: Held, encoder: Encoder) -> None:
    one = replace(held(f"# {VITRAIL}\n\nLe stage dure 9 semaines.\n"), slug="plaquette-bts-vit")
    library = assistant_over({one.slug: one, "mode": replace(held("# BTS Mode\n\nTexte.\n"), slug="mode")}, encoder)
    assert library.parser.understand("bts vit le stage dure cb ?").scope.diploma == VITRAIL


def test_the_initials_of_a_state_diploma_begin_with_those_of_its_family(held: Held, encoder: Encoder) -> None:
    one = held("# Diplôme d'État d'accompagnant éducatif et social\n\nLe stage dure 9 semaines.\n")
    library = assistant_over({one.slug: one}, encoder)
    assert "9 semaines" in library.answer("le stage du DEAES dure combien ?", today=TODAY).text


def test_the_name_that_a_manifest_gives_is_kept(held: Held) -> None:
    document = held("# Règlement\n\nTexte.\n")
    given = replace(document, scope=replace(document.scope, diploma="BTS VEA"))
    other = replace(held(f"# {VITRAIL}\n\nTexte.\n"), slug="autre")
    assert [one.scope.diploma for one in with_diplomas([other, given])] == ["BTS VEA", "BTS VEA"]


@pytest.mark.parametrize(
    ("text", "diploma"),
    [
        ("Baccalauréat professionnel « Fil, laine et soie »", "Baccalauréat professionnel Fil, laine et soie"),
        ("BTS - Services - Vannerie", "BTS Vannerie"),
        ("RNCP1 - CAP - Vannerie - Fiche", "CAP Vannerie"),
        ("Certificat d'aptitude professionnelle, spécialité « Vannier »", "CAP Vannier"),
        ("CERTIFICAT D'APTITUDE PROFESSIONNELLE Spécialité « Vannier »", "CAP Vannier"),
        ("DIPLÔME D'ÉTAT DE MONITEUR DE VOILE LÉGÈRE", "Diplôme d'État Moniteur de voile légère"),
        ("BTS 2026-2027", None),
    ],
)
def test_a_line_names_the_diploma_however_it_is_laid_out(text: str, diploma: str | None) -> None:
    assert diploma_named(text) == diploma


def test_a_family_alone_on_its_line_is_named_with_the_next(held: Held) -> None:
    document = held("# CERTIFICAT D'APTITUDE PROFESSIONNELLE\n\n## Spécialité « Vannier »\n\nTexte.\n")
    assert with_diplomas([document])[0].scope.diploma == "CAP Vannier"


def test_the_town_of_a_school_is_that_of_its_other_documents(held: Held) -> None:
    leaflet = held("# BTS Vitrail – Lycée Rose-Bonnard, Mirecourt\n\nTexte.\n")
    sheet = replace(held("# BTS Vitrail – Lycée Rose-Bonnard\n\nTexte.\n"), slug="fiche")
    assert [document.scope.city for document in identified([leaflet, sheet])] == ["Mirecourt", "Mirecourt"]


def test_a_title_may_name_the_town_before_the_school(held: Held) -> None:
    scope = held("# BTS Vitrail en alternance à Bourg-le-Fer - CFA Campus des Dunes\n\nTexte.\n").scope
    assert (scope.school, scope.city) == ("CFA Campus des Dunes", "Bourg-le-Fer")


@pytest.mark.parametrize("typed", ["bts vitra", "bts vea", "vitrail émaux", "vitrails et emaux"])
def test_a_question_names_it_by_its_beginning_or_its_initials(held: Held, encoder: Encoder, typed: str) -> None:
    one = held(f"# {VITRAIL}\n\nLe stage dure 9 semaines.\n")
    other = replace(held("# BTS Mode\n\nLe stage dure 4 semaines.\n"), slug="mode")
    library = assistant_over({one.slug: one, "mode": other}, encoder)
    assert library.parser.understand(f"{typed} le stage dure cb ?").scope.diploma == VITRAIL


def test_a_diploma_named_by_its_acronym_alone_is_not_another_one(held: Held, encoder: Encoder) -> None:
    one = held(f"# {VITRAIL}\n\nLe stage dure 9 semaines.\n")
    answer = assistant_over({one.slug: one}, encoder).answer("le stage du DEAES dure combien ?", today=TODAY)
    assert "DEAES" in answer.text
    assert "9 semaines" not in answer.text


def test_a_code_that_a_document_holds_outside_any_table_is_not_unknown(held: Held, encoder: Encoder) -> None:
    one = held(
        f"# {VITRAIL}\n\n| Épreuve | Coef. |\n|---|---|\n| E1 Dessin | 3 |\n\nL'épreuve E31 est un écrit de 3 heures.\n"
    )
    library = assistant_over({one.slug: one}, encoder)
    assert "3 heures" in library.answer("E31 c'est un écrit de combien d'heures", today=TODAY).text
    assert "E32" in library.answer("E32 c'est un écrit de combien d'heures", today=TODAY).text
