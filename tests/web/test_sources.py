"""The sources' page, the mentions in the viewer, and the score that a command leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import unescape
from pathlib import Path

import pytest
from click.testing import Result
from flask.testing import FlaskClient

from web.parts import current_parts

QUESTIONS = """
date = 2026-11-20

[[question]]
ask = "Quel est le coefficient de l'épreuve E5 ?"
family = "exam.coefficient"
kind = "rule"
says = ["3"]

[[question]]
ask = "Quel est le coefficient de l'épreuve E5 ?"
family = "exam.coefficient"
kind = "rule"
says = ["42"]
"""


def _page(client: FlaskClient, address: str = "/sources") -> str:
    return unescape(client.get(address).text).replace("\u00a0", " ")


@pytest.fixture
def questions(home: Path, tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "questions.toml"
    file.write_text(QUESTIONS, encoding="utf-8")
    yield file
    (home / "score.json").unlink(missing_ok=True)


def test_each_document_stands_with_its_state_its_facts_and_its_silences(client: FlaskClient) -> None:
    page = _page(client)
    assert page.count("Ce qu'il dit :") == 5
    assert "Session passée : ses dates ne disent rien de la suivante." in page
    assert "Ce que l'on n'y a pas trouvé" in page


def test_every_disagreement_stands_with_its_quotes(client: FlaskClient) -> None:
    page = _page(client)
    with client.application.app_context():
        clashes = current_parts().assistant().knowledge.facts.disagreements()
    assert page.count("Les documents se contredisent") == len(clashes) > 0
    assert "une moyenne supérieure à 10" in page


def test_the_share_of_right_answers_shows_once_it_was_measured(
    client: FlaskClient, runner: Callable[..., Result], questions: Path
) -> None:
    assert "justesse" not in _page(client)
    assert runner("evaluate", "answers", str(questions)).exit_code == 1
    page = _page(client)
    assert "<strong>1 sur 2</strong>" in page
    assert "sur d'autres documents" not in page


def test_a_score_of_other_documents_is_called_so_and_a_damaged_one_is_none(
    client: FlaskClient, runner: Callable[..., Result], questions: Path, home: Path
) -> None:
    runner("evaluate", "answers", str(questions))
    kept = (home / "score.json").read_text(encoding="utf-8")
    (home / "score.json").write_text(re.sub(r'"documents": \[[^]]*\]', '"documents": ["x"]', kept), encoding="utf-8")
    assert "sur d'autres documents" in _page(client)
    (home / "score.json").write_text('{"day": 3}', encoding="utf-8")
    assert "justesse" not in _page(client)


def test_a_marked_passage_leads_to_the_other_mentions_of_the_same_thing(client: FlaskClient) -> None:
    here = re.findall(r'href="(/documents/referentiel-mco[^"]+)"', _page(client, "/simulateur"))[0]
    before = re.search(r'<a href="(/documents/[^"]+)"[^>]*>Mention précédente</a>', _page(client, here))
    assert before
    page = _page(client, before[1])
    assert '<mark id="passage">' in page
    assert re.search(r'<a href="([^"]+)"[^>]*>Mention suivante</a>', page)[1] == here  # type: ignore[index]


def test_without_a_mark_the_viewer_speaks_of_no_mention(client: FlaskClient) -> None:
    assert "mention" not in _page(client, "/documents/referentiel-mco")
