"""How things read in French."""

from __future__ import annotations

from datetime import date

from assistant.answers import Answer, Kind
from corpus.documents import Citation, Restates
from web import wording


def test_the_first_of_a_month_is_written_as_the_french_do() -> None:
    assert wording.day(date(2025, 12, 1)) == "1er décembre 2025"
    assert wording.day(date(2022, 8, 15)) == "15 août 2022"


def test_a_restatement_is_never_given_as_its_issuers_words() -> None:
    citation = Citation("d", "D", "q", 0, 1, restates=Restates("Le référentiel", "Le ministère", date(2023, 12, 11)))
    expected = "Fiche Réglo d'après Le référentiel, Le ministère, 11 décembre 2023; le document officiel fait foi"
    assert wording.source(citation) == expected


def test_a_source_names_what_is_known_of_it_and_nothing_else() -> None:
    assert wording.source(Citation("d", "La circulaire", "q", 0, 1)) == "La circulaire"
    assert wording.source(Citation("d", "T", "q", 0, 1, issuer="I", date=date(2022, 1, 3))) == "T, I, 3 janvier 2022"


def test_the_first_line_is_the_verdict_and_dashes_make_a_list() -> None:
    answer = Answer("q", Kind.RULE, "Oui.\nPlusieurs cas :\n- un ;\n- deux.\nVoilà.")
    assert wording.verdict(answer) == "Oui."
    parts = [part.text or part.items for part in wording.details(answer)]
    assert parts == ["Plusieurs cas :", ("un ;", "deux."), "Voilà."]


def test_no_line_breaks_before_french_punctuation() -> None:
    assert wording.unbroken("Oui ? « non » : 2 %") == "Oui\u00a0? «\u00a0non\u00a0»\u00a0: 2\u00a0%"


def test_counts_agree_with_their_nouns() -> None:
    assert [wording.counted(n, "passage") for n in (0, 1, 2)] == ["0 passage", "1 passage", "2 passages"]
    assert wording.counted(12400, "passage") == "12\u202f400 passages"
