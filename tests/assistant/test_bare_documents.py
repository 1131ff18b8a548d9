"""A document that no manifest describes: what it says of itself, and what is read in its own layout."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.diploma_names import with_diplomas
from assistant.reading import read_facts
from corpus.documents import BlockKind, Document
from corpus.readers.pieces import Piece, Reading
from corpus.stated import title_of
from index.encoder import Encoder
from tests.assistant.conftest import TODAY, assistant_over

Held = Callable[[str], Document]

RULES = """# Baccalauréat professionnel Aquaculture

## Règlement d'examen, session 2027

| Épreuves | Coef. | Élèves (établissement habilité) : forme | Candidats individuels : forme |
|---|---|---|---|
| E1 Sciences | 3 | CCF | Ponctuelle écrite |
| E2 Production | 5 | CCF | Ponctuelle pratique |

L'épreuve E2 dure 2 h 30. Une note inférieure à 5 sur 20 à l'épreuve E2 est éliminatoire.

Est admis le candidat dont la moyenne générale, calculée sur l'ensemble des épreuves, est au moins égale à 10 sur 20.

| Pièce | Format | Poids maximal |
|---|---|---|
| Rapport de bassin | PDF | 8 Mo |
| Plan de ferme | PNG | 3 Mo |
"""

CALENDAR = """ACADÉMIES DE VALBORNE ET D'OSTERLAND

Objet : organisation du CAP Tonnellerie, session 2027

EP1 Assemblage (pratique, 6 h)
Académie de Valborne : du lundi 7 au mercredi 9 juin 2027.

Académie d'Osterland : lundi 14 juin 2027.

Réunion d'harmonisation EP1 : mardi 15 juin 2027.
"""


@pytest.fixture
def text(tmp_path: Path) -> Held:
    """A document written as plain text and read as any other, bare."""
    from tests.assistant.conftest import documents_in

    def made(said: str) -> Document:
        (tmp_path / "circulaire.txt").write_text(said, encoding="utf-8")
        return next(iter(documents_in.__wrapped__(tmp_path).values()))

    return made


@pytest.fixture
def rules(held: Held, encoder: Encoder) -> Assistant:
    document = held(RULES)
    return assistant_over({document.slug: document}, encoder)


def test_its_first_lines_say_its_title_its_academies_and_its_session(text: Held) -> None:
    document = text(CALENDAR)
    assert document.title == "organisation du CAP Tonnellerie, session 2027"
    assert document.scope.academies == ("Valborne", "Osterland")
    assert document.scope.session == 2027


def test_its_title_says_its_school_and_its_town(held: Held) -> None:
    scope = held("# Bachelor Ostréiculture – Campus des Deux-Phares, Port-Breton\n\nBienvenue.\n").scope
    assert (scope.school, scope.city) == ("Campus des Deux-Phares", "Port-Breton")


def test_the_dates_under_a_unit_are_told_by_academy_and_no_meeting_is_one(text: Held, encoder: Encoder) -> None:
    document = text(CALENDAR)
    dated = {fact.scope.academies: fact.value for fact in read_facts([document]).about("unit:EP1", "date")}
    assert dated == {
        ("Valborne",): "2027-06-07/2027-06-09",
        ("Osterland",): "2027-06-14/2027-06-14",
    }
    told = assistant_over({document.slug: document}, encoder).answer("EP1 c'est quand à Osterland ?", today=TODAY)
    assert "14 juin 2027" in told.text
    assert "9 juin" not in told.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("combien de temps dure l'E2", "2 h 30"),
        ("4 en E2 et 15 en E1, j'ai mon bac pro ?", "éliminatoire"),
        ("10 en E1 et 12 en E2, je l'ai ?", "Oui : avec 11,25 de moyenne"),
        ("mon rapport de bassin fait 9 Mo, ça passe ?", "la limite de 8 Mo"),
        ("E1 pour un candidat libre ?", "par épreuve ponctuelle écrite"),
        ("coef E1 du bac pro aquaculture", "coefficient 3"),
    ],
)
def test_its_table_and_its_sentences_are_computed_with(rules: Assistant, question: str, said: str) -> None:
    assert said in rules.answer(question, today=TODAY).text


def test_another_diploma_of_its_family_is_not_given_its_values(rules: Assistant) -> None:
    assert "coefficient 3" not in rules.answer("coef E1 du bac pro Cuisine", today=TODAY).text


def test_the_date_of_an_academy_that_the_document_is_not_of_is_no_date_of_its_own(text: Held) -> None:
    document = text(CALENDAR.replace("Académie d'Osterland :", "Académie de Nice :"))
    assert {fact.scope.academies for fact in read_facts([document]).about("unit:EP1", "date")} == {("Valborne",)}


def test_a_line_that_dates_something_else_too_gives_no_date_of_the_exam(text: Held) -> None:
    document = text("Objet : session 2027\n\nEP3 : le 9 juin 2027, dépôt du dossier le 5 mai 2027\n")
    assert not read_facts([document]).about("unit:EP3", "date")


def test_what_one_diploma_says_is_not_said_of_another(held: Held, tmp_path: Path, encoder: Encoder) -> None:
    joiner = held("# CAP Menuisier\n\nUne note inférieure à 6 à l'épreuve EP2 est éliminatoire.\n")
    cook = held(
        "# CAP Cuisine\n\n| Épreuve | Coefficient |\n|---|---|\n| EP1 Organisation | 4 |\n| EP2 Production | 6 |\n\n"
        "Il faut une moyenne d'au moins 10 sur 20.\n"
    )
    documents = {"menuisier": replace(joiner, slug="menuisier"), "cuisine": replace(cook, slug="cuisine")}
    answer = assistant_over(documents, encoder).answer("18 en EP1 et 5 en EP2 au CAP Cuisine, je l'ai ?", today=TODAY)
    assert "éliminatoire" not in answer.text


@pytest.mark.parametrize(
    ("title", "academies", "town"),
    [
        ("Académies d'Aix-Marseille et de Corse – Session 2027", ("Aix-Marseille", "Corse"), None),
        ("Académie de Lyon session 2027", ("Lyon",), None),
        ("Lycée Jean Moulin, BTS MCO", (), None),
        ("Lycée Jean Moulin (Draguignan)", (), "Draguignan"),
    ],
)
def test_a_title_gives_names_and_nothing_more(
    held: Held, title: str, academies: tuple[str, ...], town: str | None
) -> None:
    scope = held(f"# {title}\n\nTexte.\n").scope
    assert (scope.academies, scope.city) == (academies, town)


LEAFLET = """# BTS Lutherie et finition d'archets

Lycée privé sous contrat Rose-Bonnard – 3 rue du Violon, 88500 MIRECOURT CEDEX

Le stage dure 9 semaines.
"""


def test_its_first_lines_say_its_school_and_an_address_says_its_town(held: Held) -> None:
    scope = held(LEAFLET).scope
    assert (scope.school, scope.city) == ("Lycée privé sous contrat Rose-Bonnard", "Mirecourt")


def test_a_school_that_a_line_only_speaks_of_is_not_its_own(held: Held) -> None:
    assert held("# BTS Lutherie\n\nDossiers à envoyer au Lycée Rose-Bonnard, Mirecourt.\n").scope.school is None


def test_a_letter_says_its_object_under_its_letterhead(text: Held) -> None:
    letterhead = "\n\n".join(f"Ligne d'en-tête numéro {n}" for n in "abcdefgh")
    assert text(f"{letterhead}\n\nObjet : CAP Tonnellerie, session 2027\n").title == "CAP Tonnellerie, session 2027"


def test_its_headings_say_the_diploma_that_its_title_does_not(held: Held) -> None:
    document = held("# Annexe II\n\n## RÈGLEMENT DU BREVET DE TECHNICIEN SUPÉRIEUR « LUTHERIE D'ART »\n\nTexte.\n")
    assert with_diplomas([document])[0].scope.diploma == "BTS Lutherie d'art"


@pytest.mark.parametrize(
    "question",
    ["bts lfa : combien de semaines de stage", "en bts lutherie finition, le stage dure cb", "stage en bts luther ?"],
)
def test_its_diploma_is_known_by_its_initials_and_by_the_beginnings_of_its_words(
    held: Held, encoder: Encoder, question: str
) -> None:
    document = held(LEAFLET)
    other = replace(held("# BTS Vitrail\n\nLe stage dure 4 semaines.\n"), slug="vitrail")
    answer = assistant_over({document.slug: document, "vitrail": other}, encoder).answer(question, today=TODAY)
    assert "9 semaines" in answer.text
    assert "4 semaines" not in answer.text


def test_the_diploma_that_one_has_is_not_the_one_asked_about(held: Held, encoder: Encoder) -> None:
    document = held(LEAFLET)
    other = replace(held("# BTS Vitrail\n\nLe stage dure 4 semaines.\n"), slug="vitrail")
    library = assistant_over({document.slug: document, "vitrail": other}, encoder)
    asked = library.parser.understand("avec mon BTS Vitrail, combien de stage en BTS lutherie ?").scope.diploma
    assert asked == "BTS Lutherie et finition d'archets"


def test_what_differs_by_diploma_is_told_of_each_where_none_is_named(held: Held, encoder: Encoder) -> None:
    document = held(LEAFLET)
    other = replace(held("# BTS Vitrail\n\nLe stage dure 4 semaines.\n"), slug="vitrail")
    answer = assistant_over({document.slug: document, "vitrail": other}, encoder).answer(
        "combien de semaines de stage ?", today=TODAY
    )
    told = sorted(line.partition(" : ")[0].partition(",")[0] for line in answer.text.splitlines())
    assert told == ["BTS Lutherie et finition d'archets", "BTS Vitrail"]


@pytest.mark.parametrize(
    ("line", "diploma"),
    [
        (
            "BACCALAURÉAT PROFESSIONNEL – spécialité « Métiers du fil » (MEFI)",
            "Baccalauréat professionnel Métiers du fil",
        ),
        (
            "Voici la fiche du Titre professionnel TISSERAND DE JACQUARD (TJ).",
            "Titre professionnel Tisserand de jacquard",
        ),
        ("Le BTS est un diplôme national.", None),
        ("On y vient d'un BTS Mode, d'un BUT Textile ou d'une L2.", None),
    ],
)
def test_a_line_names_a_diploma_by_its_proper_name_alone(held: Held, line: str, diploma: str | None) -> None:
    assert with_diplomas([held(f"Annexe\n\n{line}\n")])[0].scope.diploma == diploma


def test_an_acronym_beside_the_name_is_the_diploma(held: Held, encoder: Encoder) -> None:
    document = held("# Bac pro Métiers du fil (MEFIL)\n\nLe stage dure 9 semaines.\n")
    other = replace(held("# BTS Vitrail\n\nLe stage dure 4 semaines.\n"), slug="vitrail")
    library = assistant_over({document.slug: document, "vitrail": other}, encoder)
    assert "9 semaines" in library.answer("stage en bac pro mefil cb de semaines", today=TODAY).text


def test_two_diplomas_that_a_question_names_are_answered_one_by_one(held: Held, encoder: Encoder) -> None:
    document = held(LEAFLET)
    other = replace(held("# BTS Vitrail\n\nLe stage dure 4 semaines.\n"), slug="vitrail")
    library = assistant_over({document.slug: document, "vitrail": other}, encoder)
    text = library.answer("combien de semaines de stage en bts lfa et en bts vitrail ?", today=TODAY).text
    assert ("9 semaines" in text, "4 semaines" in text) == (True, True)


def test_a_school_in_capitals_is_named_as_one_writes_it(held: Held) -> None:
    scope = held("# BTS Vitrail\n\nINSTITUT SAINTE-ODILE – NEUVILLE-SUR-AIN (01)\n\nTexte.\n").scope
    assert (scope.school, scope.city) == ("Institut Sainte-Odile", "Neuville-sur-Ain")


@pytest.mark.parametrize("title", ["(anonymous)", "Sans titre", "Microsoft Word - circ.docx", "plaquette_v3.indd"])
def test_what_a_tool_writes_for_a_title_is_none(title: str) -> None:
    piece = Piece(BlockKind.HEADING, "BTS Vitrail")
    assert title_of(Reading(labels=(None,), pieces=(piece,), title=title)) == "BTS Vitrail"


def test_the_credits_of_a_teaching_unit_are_read_and_told(held: Held, encoder: Encoder) -> None:
    document = held("# BUT Textile\n\n| UE | Intitulé | Crédits ECTS |\n|---|---|---|\n| UE 1.2 | Tisser | 8 |\n")
    answer = assistant_over({document.slug: document}, encoder).answer("l'UE 1.2 vaut combien d'ects", today=TODAY)
    assert answer.text == "UE12 (Tisser) vaut 8 crédits ECTS."


def test_the_title_of_a_column_says_of_what_its_dates_are(held: Held, encoder: Encoder) -> None:
    document = held("# BTS Vitrail\n\n| Le titre | Portes ouvertes |\n|---|---|\n| Deux ans | 28 novembre 2026 |\n")
    answer = assistant_over({document.slug: document}, encoder).answer("prochaine porte ouverte ?", today=TODAY)
    assert "dans 8 jours" in answer.text


def test_the_dates_of_the_parts_of_a_unit_are_told_together_and_disagree_in_nothing(text: Held) -> None:
    facts = read_facts([text("Objet : BTS Vitrail\n\nE2 Anglais : du 18 au 20 mai 2027\n\nE2 Italien : 21 mai 2027\n")])
    (fact,) = facts.about("unit:E2", "date")
    assert fact.shown == "Anglais : 18 au 20 mai 2027 ; Italien : 21 mai 2027"
    assert not facts.disagreements()


def test_a_limit_in_the_column_of_a_unit_is_that_of_its_file(held: Held, encoder: Encoder) -> None:
    document = held("# BTS Vitrail\n\n| | E4 Pose | E5 Projet |\n|---|---|---|\n| Poids maximal | 8 Mo | 12 Mo |\n")
    library = assistant_over({document.slug: document}, encoder)
    assert library.answer("mon dossier E5 fait 11 Mo, ça passe ?", today=TODAY).text.startswith("Oui")
    assert library.answer("mon dossier E4 fait 11 Mo, ça passe ?", today=TODAY).text.startswith("Non")
    assert not read_facts([document]).disagreements()


def test_a_sentence_on_one_paper_limits_that_paper_alone(held: Held) -> None:
    document = held("# BTS Vitrail\n\nLe fichier fait 8 Mo au maximum. L'attestation de stage fait 2 Mo au maximum.\n")
    facts = read_facts([document])
    assert [f.value for f in facts.about("dossier", "file_size")] == ["8 mo"]
    assert [f.value for f in facts.about("dossier:attestation", "file_size")] == ["2 mo"]


def test_a_column_headed_by_a_status_says_how_it_takes_the_exam(held: Held, encoder: Encoder) -> None:
    document = held(
        "# CAP Vitrail\n\n| Épreuve | Coef. | Scolaires | Candidats individuels |\n|---|---|---|---|\n"
        "| EP1 Pose | 5 | CCF | Oral ponctuel |\n"
    )
    answer = assistant_over({document.slug: document}, encoder).answer(
        "EP1 en candidat libre, ccf ou ponctuel ?", today=TODAY
    )
    assert "ponctuelle" in answer.text
    assert "CCF" not in answer.text


def test_a_dated_label_says_when_the_file_of_a_unit_is_due(held: Held, encoder: Encoder) -> None:
    document = held(
        "# CAP Vitrail\n\n| Épreuve | Coef. |\n|---|---|\n| EP3 Pose | 3 |\n\n"
        "| Étape | Date |\n|---|---|\n| Dépôt du dossier EP3 | au plus tard le 26 mars 2027 |\n"
    )
    answer = assistant_over({document.slug: document}, encoder).answer("date limite dossier EP3 ?", today=TODAY)
    assert "26 mars 2027" in answer.text
    assert answer.rule == "deadlines.deposit"


def test_a_telephone_after_the_town_of_an_address_is_no_part_of_its_name(held: Held) -> None:
    scope = held("# BTS Vitrail\n\nLycée Rose-Bonnard, 3 rue du Violon, 18100 VIERZON Tél. 02 48 00 00 00\n").scope
    assert (scope.school, scope.city) == ("Lycée Rose-Bonnard", "Vierzon")


def test_what_a_document_of_a_school_is_called_is_no_town(held: Held) -> None:
    scope = held("# Lycée Rose-Bonnard – Règlement d'examen\n\nTexte.\n").scope
    assert (scope.school, scope.city) == ("Lycée Rose-Bonnard", None)


@pytest.mark.parametrize("line", ["LP Rose-Bonnard", "BUT DE L'ÉPREUVE"])
def test_a_kind_of_school_and_an_aim_are_no_family_of_diplomas(held: Held, line: str) -> None:
    assert with_diplomas([held(f"# {line}\n\nTexte.\n")])[0].scope.diploma is None


def test_a_town_in_brackets_and_the_word_me_name_no_diploma(held: Held, encoder: Encoder) -> None:
    document = held("# BTS Métiers de l'eau\n\nLe stage dure 9 semaines.\n")
    other = replace(held("# CAP Menuisier (Lyon)\n\nLe stage dure 4 semaines.\n"), slug="bois")
    library = assistant_over({document.slug: document, "bois": other}, encoder)
    for question in ("je me demande combien dure le stage", "le stage à Lyon, combien ?"):
        assert library.parser.understand(question).scope.diploma is None


def test_the_day_of_a_letter_is_no_date_of_what_it_says(held: Held) -> None:
    document = held("# Session 2027\n\nMirecourt, le 6 novembre 2026\n\nDossiers à rendre le 12 mars 2027.\n")
    assert [fact.shown for fact in read_facts([document]).about("event", "event")] == ["12 mars 2027"]


def test_what_closes_is_dated_by_the_line_that_dates_it(held: Held, encoder: Encoder) -> None:
    document = held(
        "# CAP Vannier\n\n- Inscription : du 12 octobre 2026, 9 h au 18 novembre 2026, 17 h\n"
        "- Résultats : 5 juillet 2027\n"
    )
    answer = assistant_over({document.slug: document}, encoder).answer(
        "les inscriptions sont closes depuis quand ?", today=TODAY
    )
    assert answer.rule == "deadlines.event"
    assert "18 novembre 2026" in answer.text


@pytest.mark.parametrize("line", ["Clôture des inscriptions, le 12 mars 2027", "Oral de contrôle, le 12 mars 2027"])
def test_what_a_line_dates_is_not_the_day_of_a_letter(held: Held, line: str) -> None:
    document = held(f"# Session 2027\n\n{line}.\n")
    assert [fact.shown for fact in read_facts([document]).about("event", "event")] == ["12 mars 2027"]


def test_a_table_of_academies_is_no_letterhead(held: Held) -> None:
    table = "| Lieu | Date |\n|---|---|\n| Académie de Lyon | 12 mars |\n| Académie de Lille | 13 mars |\n"
    assert held(table).scope.academies == ()


@pytest.mark.parametrize("title", ["Accès à Parcoursup – Lycée Rose-Bonnard", "Dossier à Renvoyer – CFA des Dunes"])
def test_what_follows_a_in_a_title_is_not_always_a_town(held: Held, title: str) -> None:
    assert held(f"# {title}\n\nTexte.\n").scope.city is None
