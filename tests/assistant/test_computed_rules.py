"""What is computed: averages, options, ages, file sizes, days left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from assistant.answers import Kind
from corpus.documents import Document
from index.encoder import Encoder
from tests.assistant.conftest import TODAY, Ask, assistant_over


def test_an_average_is_the_marks_weighted_by_the_table(ask: Ask) -> None:
    answer = ask("E1 12 E2 10 E3 14 E4 8 E5 11 E6 9, j'ai la moyenne ?")
    assert answer.rule == "average.result"
    assert "E4 : 6 x 8 = 48" in answer.steps
    assert "216 / 21 = 10,29" in answer.steps
    assert answer.text.startswith("Oui")


def test_just_at_the_pass_mark_the_documents_disagree_and_only_there(ask: Ask) -> None:
    assert len(ask("10 partout, j'ai le BTS ?").disagreements) == 1
    assert ask("11 partout, j'ai le BTS ?").disagreements == ()
    assert ask("9 partout, j'ai le BTS ?").disagreements == ()


def test_a_mark_for_all_units_out_of_range_is_asked_again(ask: Ask) -> None:
    assert ask("25 partout, j'ai la moyenne ?").kind is Kind.CLARIFICATION


def test_the_mark_that_is_needed_is_computed(ask: Ask) -> None:
    answer = ask("il me faut combien en E6 pour avoir 10 si j'ai E1 8 E2 9 E3 10 E4 11 E5 9")
    assert answer.rule == "average.needed"
    assert "Il faut 12 sur 20 en E6" in answer.text


def test_a_letter_not_received_is_no_question_on_the_pass_mark(ask: Ask) -> None:
    assert ask("il faut combien pour être reçu ?").rule == "average.pass_mark"
    assert ask("convocation je l'ai pas reçue").rule is None


def test_where_to_sit_a_unit_is_asked_without_an_accent_too(ask: Ask) -> None:
    answer = ask("ou passer l'oral EF3")
    assert answer.rule == "deadlines.place"
    assert "Lycée" in answer.text


@pytest.mark.parametrize(("mark", "said"), [(18, "déjà acquis"), (2, "hors de portée")])
def test_a_mark_may_be_secured_or_out_of_reach(ask: Ask, mark: int, said: str) -> None:
    marks = " ".join(f"E{n} {mark}" for n in range(1, 6))
    assert said in ask(f"il me faut combien en E6 pour avoir 10 si j'ai {marks}").text


def test_a_mark_out_of_range_is_asked_again(ask: Ask) -> None:
    answer = ask("E1 25 E2 10 j'ai la moyenne ?")
    assert answer.kind is Kind.CLARIFICATION
    assert "25" in answer.text


@pytest.mark.parametrize(
    ("mark", "said"), [("15", "5 points"), ("10", "0 point"), ("8", "0 point"), ("10,5", "0,5 point")]
)
def test_an_option_only_adds_the_points_above_its_threshold(ask: Ask, mark: str, said: str) -> None:
    answer = ask(f"{mark} en EF2 ça me fait combien de points ?")
    assert answer.rule == "optional.points"
    assert said in answer.text.splitlines()[0]


def test_the_only_mark_of_a_question_on_an_options_points_is_the_options(ask: Ask) -> None:
    answer = ask("points bonus option si j'ai 13")
    assert answer.rule == "optional.points"
    assert "3 points" in answer.text.splitlines()[0]
    assert ask("points bonus EF2 si j'ai eu 25").kind is Kind.CLARIFICATION


@pytest.mark.parametrize(("age", "verdict"), [(29, "Oui"), (30, "Non"), (16, "Oui"), (15, "Non, pas encore")])
def test_an_age_is_set_against_the_range(ask: Ask, age: int, verdict: str) -> None:
    answer = ask(f"j'ai {age} ans, je peux entrer en apprentissage à Amiens ?")
    assert answer.rule == "eligibility.age"
    assert answer.text.startswith(verdict)


@pytest.mark.parametrize(("today", "verdict"), [(date(2026, 11, 20), "Oui"), (date(2026, 11, 21), "Non")])
def test_a_birth_date_counts_on_the_day_it_is_asked(ask: Ask, today: date, verdict: str) -> None:
    answer = ask("je suis né le 21/11/1996, je peux faire l'apprentissage à Amiens ?", today=today)
    assert answer.text.startswith(verdict)


def test_a_handicap_lifts_the_age_limit_with_its_words(ask: Ask) -> None:
    answer = ask("j'ai 35 ans et une RQTH, je peux faire l'apprentissage à Amiens ?")
    assert answer.text.startswith("Oui, sans limite d'âge")
    assert "handicap" in answer.citations[0].quote


def test_another_school_age_limit_is_not_given(ask: Ask) -> None:
    answer = ask("j'ai 31 ans, je peux entrer en apprentissage à Troyes ?")
    assert "29" not in answer.text


@pytest.mark.parametrize(("size", "verdict"), [("6 Mo", "Non"), ("5 Mo", "Oui"), ("5,1 Mo", "Non"), ("800 Ko", "Oui")])
def test_a_file_is_set_against_the_size_limit(ask: Ask, size: str, verdict: str) -> None:
    assert ask(f"mon dossier fait {size}, ça passe ?").text.startswith(verdict)


def test_files_handed_in_together_add_up(ask: Ask) -> None:
    answer = ask("3 Mo et 4 Mo dans le même fichier, ça passe ?")
    assert answer.text.startswith("Non")
    assert any("7 Mo" in step for step in answer.steps)


@pytest.mark.parametrize(
    ("today", "said"),
    [
        (date(2026, 11, 20), "10 jours"),
        (date(2026, 11, 30), "aujourd'hui"),
        (date(2026, 12, 1), "passée depuis 1 jour"),
    ],
)
def test_a_last_day_is_to_come_today_or_past_from_the_day_it_is_asked(ask: Ask, today: date, said: str) -> None:
    assert said in ask("jusqu'à quand trouver un employeur à Amiens ?", today=today).text


@pytest.mark.parametrize(
    ("today", "said"), [(date(2026, 1, 6), "dans 10 jours"), (date(2026, 11, 20), "passée depuis")]
)
def test_an_open_day_to_come_has_a_countdown_and_a_past_one_is_called_past(ask: Ask, today: date, said: str) -> None:
    assert said in ask("quand sont les portes ouvertes à Amiens ?", today=today).text


def test_a_date_to_come_is_an_event_for_a_calendar(ask: Ask) -> None:
    answer = ask("quand sont les portes ouvertes à Amiens ?", today=date(2026, 1, 6))
    assert date(2026, 1, 16) in {event.start for event in answer.events}


def test_a_session_that_no_document_holds_gets_no_date_of_another(ask: Ask) -> None:
    answer = ask("date de l'épreuve E1 session 2027 académie d'Aix-Marseille")
    assert answer.kind is Kind.ABSTENTION
    assert "mai" not in answer.text


def test_what_is_stated_twice_otherwise_is_a_disagreement(ask: Ask) -> None:
    answer = ask("combien de temps je garde un bloc validé ?")
    assert {value.value for d in answer.disagreements for value in d.values} == {
        "pendant 5 ans",
        "sans limite de durée",
    }


def test_there_is_no_resit(ask: Ask) -> None:
    assert ask("y a-t-il un rattrapage ?").text.startswith("Non")


def test_the_window_to_sign_a_contract_is_told_even_without_the_day_that_training_starts(ask: Ask) -> None:
    answer = ask("le contrat doit être signé avant quand ?")
    assert answer.rule == "deadlines.contract_window"
    assert "2 mois avant" in answer.text
    assert "3 mois après" in answer.text
    assert ask("mon employeur paie quand ?").rule != "deadlines.contract_window"


def test_an_absence_is_no_mark_to_find(ask: Ask) -> None:
    assert ask("E1 : abs, 12 ailleurs, j'ai la moyenne ?").kind is Kind.CLARIFICATION


def test_parts_of_the_dossier_with_one_limit_are_told_once(ask: Ask) -> None:
    text = ask("mes deux fichiers font 3 Mo et 4 Mo").text
    assert text.count("7 Mo dépasse la limite de 5 Mo") == 1
    assert "3 Mo + 4 Mo = 7 Mo" in text


def test_marks_without_a_unit_are_asked_about(ask: Ask) -> None:
    answer = ask("j'ai un 12 et un 9, c bon pour mon bts ?")
    assert answer.kind is Kind.CLARIFICATION
    assert "12, 9" in answer.text


def test_the_points_that_are_required_are_the_average_times_the_coefficients(ask: Ask) -> None:
    answer = ask("il faut combien de points au total pour l'avoir")
    assert answer.steps == ("10 x 21 = 210", "20 x 21 = 420")


def test_the_average_of_the_marks_given_is_told_before_the_one_that_is_needed(ask: Ask) -> None:
    first = ask("E1 12, E2 14, ma moyenne ?").text.splitlines()[0]
    assert first == "Moyenne des épreuves données : 13 (78 / 6 = 13)."
    assert "données" not in ask("E1 12, E2 14, il me faut combien ailleurs ?").text


def test_rounding_and_honours_are_no_calculation(ask: Ask) -> None:
    assert ask("avec 9,97 le jury arrondit à 10 ?").kind is Kind.ABSTENTION
    assert ask("16 de moyenne, j'ai une mention ?").rule is None


def test_where_no_window_is_given_the_nearest_date_is(ask: Ask) -> None:
    answer = ask("jusqu'à quand je peux signer mon contrat à Amiens")
    assert answer.text.startswith("Aucun document ne dit")
    assert "dans 10 jours" in answer.text
    assert ask("jusqu'à quand signer un contrat à Lyon").kind is Kind.ABSTENTION


def test_the_mark_that_one_part_must_have_for_its_unit_is_computed(ask: Ask) -> None:
    answer = ask("g eu 6,5 en E21, il me faut kel note en E22 pr avoir 10 en E2")
    assert answer.text.startswith("Il faut 13,5 sur 20 en E22")
    assert "(10 x 3 - 9,75) / 1,5 = 13,5" in answer.steps


@pytest.mark.parametrize("question", ["EF4 c'était le 1er juin 2022 ?", "l'option le 31 mai ?"])
def test_a_date_is_no_mark(ask: Ask, question: str) -> None:
    assert ask(question).rule != "optional.points"


def test_the_only_event_found_is_told_with_its_words(held: Callable[[str], Document], encoder: Encoder) -> None:
    document = held("# Concours\n\nLe concours blanc est le 12 mars 2027, au gymnase.\n")
    answer = assistant_over({document.slug: document}, encoder).answer("c'est quand le concours blanc ?", today=TODAY)
    assert "« Le concours blanc est le 12 mars 2027, au gymnase. »" in answer.text


def test_months_that_come_back_every_year_are_never_over(held: Callable[[str], Document], encoder: Encoder) -> None:
    document = held("# Inscriptions\n\nLes inscriptions se font de janvier à mars de chaque année.\n")
    answer = assistant_over({document.slug: document}, encoder).answer("quand se font les inscriptions ?", today=TODAY)
    assert "chaque année" in answer.text
    assert "Plus aucune date" not in answer.text


def test_marks_without_a_unit_are_no_average(ask: Ask) -> None:
    assert ask("j'ai eu 12 et 14, quelle est ma moyenne ?").kind is Kind.CLARIFICATION


def test_how_a_mean_is_rounded_is_not_denied_where_a_document_tells_it(
    held: Callable[[str], Document], encoder: Encoder
) -> None:
    document = held(
        "# BTS Essai\n\nLe diplôme est délivré avec une moyenne égale ou supérieure à 10 sur 20.\n\n"
        "Les moyennes sont arrondies au dixième supérieur.\n"
    )
    answer = assistant_over({document.slug: document}, encoder).answer("la moyenne est arrondie ?", today=TODAY)
    assert "Aucun document ne dit" not in answer.text


def test_how_many_options_there_may_be_is_no_mark(ask: Ask) -> None:
    assert ask("peut on passer 2 facultatives").rule != "optional.points"


@pytest.mark.parametrize("question", ["demain j'ai 30 ans", "j'aurai 30 ans demain, contrat ok ?"])
def test_an_age_of_tomorrow_is_not_today_s(ask: Ask, question: str) -> None:
    assert ask(question).text.startswith("Oui : à 29 ans")


def test_several_files_of_one_size_add_up(ask: Ask) -> None:
    text = ask("2 dossiers de 3 Mo chacun dans le meme fichier ok ?").text
    assert text.startswith("Non : 6 Mo")
    assert "3 Mo + 3 Mo = 6 Mo" in text


def test_an_average_without_marks_is_asked_for_them(ask: Ask) -> None:
    answer = ask("tu peux calculer ma moyenne stp")
    assert answer.kind is Kind.CLARIFICATION
    assert "E5" in answer.text


def test_how_long_after_the_start_a_contract_may_be_signed_is_told(ask: Ask) -> None:
    answer = ask("combien de temps après le début on peut signer le contrat à Troyes ?")
    assert answer.rule == "deadlines.contract_window"
    assert "3 mois après" in answer.text


def test_where_one_was_born_is_not_where_one_applies(ask: Ask) -> None:
    assert ask("je suis né à Troyes, c'est quoi le rythme ?").scope.city is None


def test_the_average_of_a_unit_is_aimed_at_with_its_parts_alone(ask: Ask) -> None:
    answer = ask("g eu 7 en E21 il me faut combien en E22 pour avoir la moyenne a l'E2")
    assert answer.text.startswith("Il faut 13 sur 20 en E22")


def test_what_gives_a_right_to_a_resit_is_no_calculation(ask: Ask) -> None:
    assert ask("j'ai 9,2 de moyenne et 11 en E5, droit au rattrapage ?").rule == "stated.resit"


@pytest.mark.parametrize(
    "question", ["j'ai pas valide E5 il y a un rattrapage", "si je n'ai pas obtenu mon bts je peux le repasser ?"]
)
def test_what_was_not_had_is_not_kept(ask: Ask, question: str) -> None:
    assert ask(question).rule == "stated.resit"
