"""The agenda: every date of the documents, once, with what it is and where it stands from today."""

from __future__ import annotations

from datetime import date

from assistant.agenda import Entry, agenda, past_groups, sessions
from assistant.assistant import Assistant
from corpus.documents import Scope
from tests.assistant.conftest import TODAY


def _entries(assistant: Assistant, scope: Scope | None = None, today: date = TODAY) -> list[Entry]:
    return agenda(assistant.knowledge, scope or Scope(), today)


def _titles(entries: list[Entry]) -> list[str]:
    return [entry.title for entry in entries]


def test_a_date_of_the_exam_table_is_named_by_its_unit_and_stands_there_once(starting: Assistant) -> None:
    written = [e for e in _entries(starting) if e.first == date(2022, 5, 18) and "E5" in e.citation.quote]
    assert _titles(written) == ["Date de E5"]


def test_a_line_is_named_by_its_label_and_by_what_introduces_it(starting: Assistant) -> None:
    titles = _titles(_entries(starting))
    assert "Envoi des livrets scolaires : Date limite" in titles
    assert "Candidature" in titles


def test_a_row_is_named_by_its_first_cell_and_its_column(elsewhere: Assistant) -> None:
    assert "Saisie des vœux sur Parcoursup : Du" in _titles(_entries(elsewhere))


def test_what_ends_first_comes_first(starting: Assistant) -> None:
    ahead = [e for e in _entries(starting) if e.state in ("open", "coming")]
    assert [e.next for e in ahead] == sorted(e.next for e in ahead)
    assert ahead[0].last == date(2026, 11, 30)


def test_states_follow_the_day_that_is_asked(starting: Assistant) -> None:
    def state(today: date) -> str:
        return next(e.state for e in _entries(starting, today=today) if e.title == "Candidature")

    assert [state(date(2025, 10, 31)), state(TODAY), state(date(2026, 12, 1))] == ["coming", "open", "past"]


def test_the_past_is_grouped_by_session_else_by_year(starting: Assistant) -> None:
    groups = past_groups(_entries(starting))
    assert "Session 2022" in groups
    assert "2026" in groups
    assert all("passée" in entry.relation for entries in groups.values() for entry in entries)


def test_a_scope_keeps_what_is_its_own_and_what_is_of_all(starting: Assistant) -> None:
    amiens = _entries(starting, Scope(school="Sacré-Coeur"))
    assert {e.scope.school for e in amiens} == {"Sacré-Coeur", None}
    corse = _entries(starting, Scope(academies=("Corse",)))
    assert all(not e.scope.academies or "Corse" in e.scope.academies for e in corse)
    assert not any(e.scope.session for e in _entries(starting, Scope(session=2027)))
    assert sessions(starting.knowledge) == [2022]


def test_an_identifier_does_not_change_with_the_day_and_tells_entries_apart(starting: Assistant) -> None:
    one, other = ([e.uid for e in _entries(starting, today=day)] for day in (TODAY, date(2027, 3, 1)))
    assert sorted(one) == sorted(other)
    assert len(set(one)) == len(one)


def test_every_entry_is_cited_by_words_that_hold_its_date(library: Assistant) -> None:
    for entry in _entries(library):
        assert "".join(entry.shown.split()) in "".join(entry.citation.quote.split())
