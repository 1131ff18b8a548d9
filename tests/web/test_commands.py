"""The command line: what it prints, its exit statuses, and one line for every failure."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.web.examples import COEFFICIENT, DISAGREEMENT

Runner = Callable[..., Result]


def _reglo(home: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from web.commands import main; main()", *arguments]
    environment = {**os.environ, "REGLO_HOME": str(home)}
    return subprocess.run(command, input=given, capture_output=True, text=True, env=environment, check=False)


def test_a_question_gets_its_verdict_then_its_quotes_with_their_sources(runner: Runner) -> None:
    said = runner("ask", COEFFICIENT)
    assert said.exit_code == 0
    assert "coefficient 3" in said.output.splitlines()[0]
    assert "[1] «" in said.output
    assert "le document officiel fait foi" in " ".join(said.output.split())


def test_a_disagreement_is_printed_with_every_value(runner: Runner) -> None:
    said = runner("ask", DISAGREEMENT).output
    assert "Désaccord" in said
    assert "2 h :" in said
    assert "40 min :" in said


def test_an_answer_as_json_is_one_object(runner: Runner) -> None:
    answer = json.loads(runner("ask", COEFFICIENT, "--json", "--date", "2026-11-20").output)
    assert answer["kind"] == "rule"
    assert answer["citations"]


def test_a_batch_answers_in_order_and_gives_every_identifier_back(runner: Runner) -> None:
    lines = [{"id": n, "question": COEFFICIENT} for n in ("z", 3, "a")]
    said = runner("ask", "--batch", "-", "--json", input="\n".join(map(json.dumps, lines)))
    assert said.exit_code == 0
    assert [json.loads(line)["id"] for line in said.stdout.splitlines()] == ["z", 3, "a"]


def test_a_bad_line_of_a_batch_is_named_and_loses_no_other(runner: Runner, tmp_path: Path) -> None:
    file = tmp_path / "lot.jsonl"
    good = json.dumps({"id": "a", "question": COEFFICIENT}).encode()
    file.write_bytes(b"\n".join([good, b"{", b'{"question": ""}', b"\xff\xfe", b'{"question": 1}', b"", good]))
    said = runner("ask", "--batch", str(file), "--json")
    assert said.exit_code == 1
    assert len(said.stdout.splitlines()) == 2
    assert [line.split(" : ")[1] for line in said.stderr.splitlines()] == ["ligne 2", "ligne 3", "ligne 4", "ligne 5"]


def test_the_documents_are_listed_and_shown(runner: Runner) -> None:
    assert "referentiel-mco" in runner("documents").output
    shown = json.loads(runner("show", "referentiel-mco", "--json").output)
    assert shown["slug"] == "referentiel-mco"
    assert shown["text"].strip() == runner("show", "referentiel-mco").output.strip()


def test_an_ingest_ends_with_a_table_of_its_files(tmp_path: Path) -> None:
    (tmp_path / "avis.md").write_text("# Avis\n\nLes convocations partent le 3 mars.\n", encoding="utf-8")
    said = _reglo(tmp_path / "home", "ingest", str(tmp_path / "avis.md"))
    assert said.returncode == 0, said.stderr
    assert "fichier" in said.stdout
    assert "passages" in said.stdout
    assert "avis.md" in said.stdout


def test_a_refused_file_is_a_failure_that_keeps_the_others(tmp_path: Path) -> None:
    (tmp_path / "avis.md").write_text("# Avis\n\nLes convocations partent le 3 mars.\n", encoding="utf-8")
    (tmp_path / "vide.pdf").write_bytes(b"")
    said = _reglo(tmp_path / "home", "ingest", str(tmp_path / "avis.md"), str(tmp_path / "vide.pdf"))
    assert said.returncode == 1
    assert "vide.pdf" in said.stderr
    assert "avis" in _reglo(tmp_path / "home", "documents").stdout


def test_the_starter_documents_are_ingested_where_nothing_is_named(tmp_path: Path) -> None:
    assert _reglo(tmp_path, "ingest").returncode == 0
    assert len(json.loads(_reglo(tmp_path, "show", "leonie-aviat", "--json").stdout)["text"]) > 1000


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (("ask", "coef E5", "--date", "demain"), 2),
        (("ask", "coef E5", "--session", "bientôt"), 2),
        (("ask",), 2),
        (("ask", "E5", "--batch", "-"), 2),
        (("ask", " "), 2),
        (("fly",), 2),
        (("ask", "E5", "--vite"), 2),
        (("show",), 2),
        (("show", "a", "b"), 2),
        (("serve", "--port", "abc"), 2),
        (("evaluate",), 2),
        (("evaluate", "retrieval", "/no/such/folder"), 1),
        (("evaluate", "retrieval", ".", "--retriever", "magie"), 2),
        (("evaluate", "retrieval", ".", "--reranker", "/no/such/model"), 1),
        (("evaluate", "abstention", "/no/such/folder"), 1),
        (("evaluate", "abstention", ".", "--threshold", "2"), 2),
        (("evaluate", "explain", "E5"), 1),
        (("evaluate", "answers", "/no/such/file.toml"), 1),
        (("ingest", "/no/such/file.pdf"), 1),
        (("ask", "--batch", "/no/such/file.jsonl"), 1),
        (("show", "no-such-document"), 1),
        (("remove", "no-such-document"), 1),
        (("ask", "E5"), 1),
    ],
)
def test_every_failure_is_one_line_and_its_status(tmp_path: Path, arguments: tuple[str, ...], status: int) -> None:
    done = _reglo(tmp_path / "empty", *arguments)
    assert done.returncode == status, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("reglo : ")


def test_an_address_that_is_taken_is_said_in_one_line(home: Path, address: str) -> None:
    done = _reglo(home, "serve", "--port", address.rsplit(":", 1)[1])
    assert done.returncode == 1
    assert "port" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_home_that_cannot_be_written_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    done = _reglo(tmp_path / "file" / "home", "ingest")
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    assert str(tmp_path / "file") in done.stderr


def test_a_question_starts_without_what_only_the_site_or_a_model_needs(home: Path) -> None:
    asked = f"cli(['ask', {COEFFICIENT!r}], standalone_mode=False)"
    code = f"import sys; from web.commands import cli; {asked}; print(*sys.modules)"
    environment = {**os.environ, "REGLO_HOME": str(home)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    loaded = set(done.stdout.split())
    assert not loaded & {"torch", "transformers", "sentence_transformers", "flask", "waitress", "pypdf", "pdfplumber"}


def test_why_passages_are_found_is_shown_score_by_score(runner: Runner) -> None:
    said = runner("evaluate", "explain", "Combien de semaines dure le stage ?").output
    assert "voisins" in said.splitlines()[0]
    assert "noms et nombres absents du passage" in said
    assert "Probabilité que le premier passage réponde : 0." in said.replace("1.00", "0.99")


def test_silences_are_measured_with_their_intervals_and_a_table_of_reliability(runner: Runner, tmp_path: Path) -> None:
    for name, words in (("un", "La fiche de stage"), ("deux", "Une recette de cuisine")):
        (tmp_path / name / "qrels").mkdir(parents=True)
        said = {
            "corpus.jsonl": f"{words} numéro {{n}} se trouve au bureau {{n}}, dans la série {{n}} de l'armoire.",
            "queries.jsonl": f"où est {words.lower()} numéro {{n}} ?",
        }
        for file, text in said.items():
            rows = [json.dumps({"_id": f"p{n}", "text": text.format(n=n)}) for n in range(20)]
            (tmp_path / name / file).write_text("\n".join(rows))
        (tmp_path / name / "qrels" / "test.tsv").write_text("".join(f"p{n}\tp{n}\t1\n" for n in range(20)))
    folders = [str(tmp_path / name) for name in ("un", "deux")]
    told = runner("evaluate", "abstention", *folders).output
    assert all(words in told for words in ("Refusées à tort", "étrangères à la bibliothèque", "Fiabilité", "à 95 %"))
    measured = json.loads(runner("evaluate", "abstention", *folders, "--threshold", "0", "--json").output)
    assert measured["refused"]["share"] == 0
    assert measured["answered"]["foreign"]["share"] == 1
