"""The checklist of a dossier, on documents that ask for dossiers in their own ways; and a PDF against it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.checklist import Checklist, checklist, units_with_dossier
from assistant.dossier_statements import statements
from assistant.knowledge import Knowledge
from assistant.paper import Level, check_file, check_size
from assistant.reading import read_facts
from corpus.documents import Scope
from corpus.paper import Paper
from tests.assistant.conftest import TODAY, documents_in

MCO = Scope(diploma="BTS MCO")


def _list(assistant: Assistant, *codes: str, scope: Scope = MCO, today: date = TODAY) -> Checklist:
    spoken = statements(assistant.knowledge, scope.diploma)
    return checklist(assistant.knowledge, spoken, [f"unit:{code}" for code in codes], scope, today)


def _said(said: Checklist) -> str:
    return " ".join(" ".join(item.citation.quote.split()) for group in said.groups for item in group.items)


@pytest.fixture(params=["starting", "official", "flat"])
def library(request: pytest.FixtureRequest) -> Assistant:
    assistant: Assistant = request.getfixturevalue(request.param)
    return assistant


def test_the_units_offered_are_those_whose_dossiers_the_documents_speak_of(
    library: Assistant, elsewhere: Assistant, foreign: Assistant
) -> None:
    def offered(assistant: Assistant, diploma: str) -> list[str]:
        spoken = statements(assistant.knowledge, diploma)
        return [u.removeprefix("unit:") for u in units_with_dossier(assistant.knowledge, spoken, diploma)]

    assert offered(library, "BTS MCO") == ["E41", "E42", "EF2", "EF3", "EF4"]
    assert offered(elsewhere, "CAP Cuisine") == ["EP2"]
    assert offered(elsewhere, "BTS Tourisme") == ["E6"]
    assert offered(foreign, "BTS Assistant de manager") == []


def test_every_item_is_an_exact_slice(library: Assistant) -> None:
    said = _list(library, "E41", "E42", "EF2", "EF3", "EF4")
    items = [item for group in said.groups for item in group.items]
    assert len(items) > 12
    for item in items:
        document = library.knowledge.documents[item.citation.document]
        assert document.text[item.citation.start : item.citation.end] == item.citation.quote


def test_the_slot_the_format_the_size_and_the_consequences_are_there(library: Assistant) -> None:
    said = _said(_list(library, "E41"))
    for words in ("BTSDOPROF", "BTSPRESENT", "5 Mo", "plagiat"):
        assert words in said
    labels = [group.label for group in _list(library, "E41").groups]
    assert labels.index("À déposer") < labels.index("Si quelque chose manque")


def test_exams_that_share_a_file_are_told(library: Assistant, elsewhere: Assistant) -> None:
    [shared] = _list(library, "E41", "E42").shared
    assert shared.units == ("E41", "E42")
    assert not _list(library, "E41").shared
    assert not _list(elsewhere, "E6", scope=Scope(diploma="BTS Tourisme")).shared


def test_whose_rules_these_are_is_told_with_whether_they_are_the_askers(library: Assistant) -> None:
    def fits(scope: Scope) -> bool | None:
        return _list(library, "E41", scope=scope).origins[0].fits

    assert fits(Scope(diploma="BTS MCO", academies=("Corse",), session=2022)) is True
    assert fits(Scope(diploma="BTS MCO", academies=("Corse",), session=2027)) is False
    assert fits(Scope(diploma="BTS MCO", academies=("Amiens",), session=2022)) is False
    assert fits(MCO) is None


def test_the_rules_of_a_school_are_called_its_own(elsewhere: Assistant) -> None:
    [origin] = _list(elsewhere, "EP2", scope=Scope(diploma="CAP Cuisine")).origins
    assert origin.fits is None
    assert "La Toque Bleue" in origin.notes[0]


def test_a_day_is_given_where_there_is_one_deduced_aloud_or_silent(library: Assistant) -> None:
    said = _list(library, "E41", "EF2", "EF4")
    assert [one.unit for one in said.deadlines] == ["EF2", "EF4"]
    assert all(one.relation.startswith("passée") for one in said.deadlines)
    assert any("jusqu'à quand" in silence and "E41" in silence for silence in said.silences)
    [deduced] = said.deduced
    assert deduced.startswith("Déduction")
    assert "13 mai" in deduced


def test_a_day_said_in_a_sentence_is_found(elsewhere: Assistant) -> None:
    [deadline] = _list(elsewhere, "EP2", scope=Scope(diploma="CAP Cuisine")).deadlines
    assert "7 mai 2027" in deadline.shown
    assert deadline.relation == "dans 168 jours"


def test_limits_are_those_of_the_unit_and_what_no_document_says_is_silent(
    library: Assistant, elsewhere: Assistant
) -> None:
    cooking = _list(elsewhere, "EP2", scope=Scope(diploma="CAP Cuisine"))
    assert [case.value for case in cooking.limits.cases] == ["5 mo"]
    assert [case.value for case in cooking.formats.cases] == ["pdf"]
    assert not any("pages" in silence for silence in cooking.silences)
    assert any("pages pour E41" in silence for silence in _list(library, "E41").silences)


def test_how_a_unit_is_assessed_follows_the_status(library: Assistant) -> None:
    vae = Scope(diploma="BTS MCO", status=("VAE",))
    [(unit, finding, _)] = _list(library, "E41", scope=vae).regimes
    assert (unit, finding.value) == ("E41", "ponctuelle")


def test_what_is_said_alike_of_two_units_stands_there_once_with_both_places(starting: Assistant) -> None:
    said = _list(starting, "E41", "E42")
    alike = [item for group in said.groups for item in group.items if item.twins]
    assert alike
    assert all(unit == "E42" and citation.quote for item in alike for unit, citation in item.twins)


def test_a_size_is_judged_by_both_readings_of_the_megabyte(library: Assistant) -> None:
    said = _list(library, "E41", "E42")

    def level(*sizes: int) -> Level:
        return check_size([Paper(size, "1.7") for size in sizes], said).level

    assert level(5_000_000) is Level.RIGHT
    assert level(5_000_001) is Level.LOOK
    assert level(5_242_880) is Level.LOOK
    assert level(5_242_881) is Level.WRONG
    assert level(3_000_000, 2_500_000) is Level.WRONG


def test_without_a_limit_a_size_is_silent(foreign: Assistant) -> None:
    said = _list(foreign, "E6", scope=Scope(diploma="BTS Assistant de manager"))
    assert check_size([Paper(9_000_000, "1.7")], said).level is Level.SILENT


@pytest.mark.parametrize(
    ("paper", "level", "words"),
    [
        (Paper(10), Level.WRONG, "Ce n'est pas un PDF"),
        (Paper(10, "1.7", damaged=True), Level.WRONG, "abîmé"),
        (Paper(10, "1.7", at_start=False, pages=1, looked_into=1), Level.LOOK, "en-tête"),
        (Paper(10, "1.7", encrypted=True, locked=True), Level.WRONG, "mot de passe"),
        (Paper(10, "1.7", encrypted=True, pages=1, looked_into=1), Level.LOOK, "protégé"),
        (Paper(10, "1.7", pages=0), Level.WRONG, "Aucune page"),
        (Paper(10, "1.7", pages=1, looked_into=1, blank=(1,)), Level.WRONG, "vides"),
        (Paper(10, "1.7", pages=2, looked_into=2, without_text=(2,)), Level.LOOK, "images"),
        (Paper(10, "1.7", pages=2, looked_into=2), Level.RIGHT, "Le texte se lit"),
    ],
)
def test_each_fault_of_a_file_has_its_level_and_its_words(
    library: Assistant, paper: Paper, level: Level, words: str
) -> None:
    checks = check_file(paper, "dossier.pdf", _list(library, "E41"))
    assert [check.level for check in checks if words in check.text] == [level]
    assert not any("conforme" in check.text.lower() for check in checks)


@pytest.mark.parametrize(
    ("name", "level"), [("dossier-E41.pdf", Level.RIGHT), ("dossier.docx", Level.LOOK), ("dossièr é.pdf", Level.LOOK)]
)
def test_a_file_name_is_looked_at(library: Assistant, name: str, level: Level) -> None:
    assert check_file(Paper(10, "1.7", pages=1, looked_into=1), name, _list(library, "E41"))[-1].level is level


CIRCULAR = """# Examen du BTS Plumes

| Épreuves | Coefficient |
|---|---|
| E7 Vol à voile | 2 |

## Dossier de E7

- Format : PDF
- Taille maximale du fichier : {size} Mo
- Dépôt : au plus tard le {day}, dans l'espace candidat
"""


@pytest.fixture
def two_sessions(tmp_path: Path) -> Knowledge:
    """The circulars of two sessions, which differ in what they allow and until when."""
    entries = []
    for session, size, day in ((2026, 5, "4 mai 2026"), (2027, 8, "3 mai 2027")):
        (tmp_path / f"c{session}.md").write_text(CIRCULAR.format(size=size, day=day), encoding="utf-8")
        entries.append(
            f'[[document]]\nslug = "c{session}"\nfile = "c{session}.md"\ntitle = "Circulaire {session}"\n'
            f'diploma = "BTS Plumes"\nsession = {session}\n'
        )
    (tmp_path / "manifest.toml").write_text("\n".join(entries), encoding="utf-8")
    documents = documents_in(tmp_path)
    return Knowledge.of(documents, read_facts(documents.values()))


@pytest.mark.parametrize(("session", "size", "day"), [(2026, "5 mo", "4 mai 2026"), (2027, "8 mo", "3 mai 2027")])
def test_the_rules_of_ones_own_session_are_the_only_ones_where_a_document_is_of_it(
    two_sessions: Knowledge, session: int, size: str, day: str
) -> None:
    scope = Scope(diploma="BTS Plumes", session=session)
    said = checklist(two_sessions, statements(two_sessions, "BTS Plumes"), ["unit:E7"], scope, TODAY)
    assert [origin.document.slug for origin in said.origins] == [f"c{session}"]
    assert [case.value for case in said.limits.cases] == [size]
    assert [deadline.shown for deadline in said.deadlines] == [day]


def test_a_session_that_no_document_is_of_gets_all_the_others_called_so(two_sessions: Knowledge) -> None:
    scope = Scope(diploma="BTS Plumes", session=2031)
    said = checklist(two_sessions, statements(two_sessions, "BTS Plumes"), ["unit:E7"], scope, TODAY)
    assert [origin.fits for origin in said.origins] == [False, False]
    assert check_size([Paper(6_000_000, "1.7")], said).level is Level.LOOK


def test_what_a_bare_document_of_another_diploma_says_of_a_unit_of_that_code_is_not_taken(tmp_path: Path) -> None:
    (tmp_path / "plumes.md").write_text(CIRCULAR.format(size=5, day="4 mai 2027"), encoding="utf-8")
    other = CIRCULAR.replace("Plumes", "Nuages").format(size=9, day="7 juin 2027")
    (tmp_path / "nuages.md").write_text(other, encoding="utf-8")
    documents = documents_in(tmp_path)
    knowledge = Knowledge.of(documents, read_facts(documents.values()))
    assert set(knowledge.vocabulary.examined) == {"BTS Plumes", "BTS Nuages"}
    assert {said.document for said in statements(knowledge, "BTS Nuages")} == {"nuages"}
