"""What Réglo knows stands in the documents: another number there is another fact here, a line less a fact less."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from pathlib import Path

import pytest

from assistant.answers import Answer, Kind
from assistant.assistant import Assistant
from assistant.facts import Fact
from assistant.reading import read_facts
from corpus.documents import Citation
from corpus.library import Source, find, starter
from index.encoder import Encoder
from tests.assistant.conftest import TODAY, assistant_over, document_at

_DRAWN = 50
_NUMBER = re.compile(r"\d+")
_MARKS = re.compile(r"[|*\\\s-]+")
# What a name, a code or a place is made of is a number of another kind.
_COUNTED = {
    *("coefficient", "duration", "preparation", "date", "deposit", "correction", "event", "file_size", "age"),
    *("contract_window", "pass_mark", "block_mark", "optional_threshold"),
}
# How each of them is asked for.
_ASKED = {
    "coefficient": "coef {code} ?",
    "duration": "combien de temps dure {code} ?",
    "preparation": "temps de préparation {code} ?",
    "date": "quand est {code} ?",
    "correction": "quand est la correction de {code} ?",
    "deposit": "date de dépôt {code} ?",
    "file_size": "taille max d'un fichier du dossier ?",
    "age": "quel âge pour l'apprentissage ?",
    "pass_mark": "quelle moyenne pour avoir le diplôme ?",
    "block_mark": "quelle note pour valider un bloc ?",
}


@cache
def _sources() -> dict[str, Source]:
    return {source.entry.slug: source for source in find([starter()])}


def _facts(source: Source, path: Path) -> tuple[Fact, ...]:
    return read_facts([document_at(path, source.entry)]).facts


def _counted(facts: Iterable[Fact]) -> Counter[tuple[str, str, str]]:
    return Counter((fact.subject, fact.prop, fact.value) for fact in facts)


def _drawn() -> list[Fact]:
    held = [fact for source in _sources().values() for fact in _facts(source, source.path)]
    numbered = [fact for fact in held if fact.prop in _COUNTED and _NUMBER.search(fact.shown)]
    return sorted(numbered, key=lambda fact: sha256(repr(fact.evidence).encode()).digest())[:_DRAWN]


def _line_of(fact: Fact, lines: list[str]) -> int:
    """The line of the file that the fact was read from."""
    read = next((e for e in fact.evidence if fact.shown in e.quote), fact.evidence[0])
    quote = _MARKS.sub("", read.quote.splitlines()[0])
    return next(n for n, line in enumerate(lines) if quote in _MARKS.sub("", line) and fact.shown in line)


def _variants(line: str, shown: str) -> Iterable[str]:
    """The line with one number of what the fact shows replaced, wherever in the line that stands."""
    for place in re.finditer(rf"(?<!\w){re.escape(shown)}(?!\w)", line):
        for number in _NUMBER.finditer(line, place.start(), place.end()):
            yield f"{line[: number.start()]}{_another(int(number[0]))}{line[number.end() :]}"


def _another(number: int) -> int:
    """One less, so that a day stays in its month; never nothing."""
    return number - 1 if number > 1 else number + 1


def _of_same(fact: Fact, facts: Counter[tuple[str, str, str]]) -> int:
    return sum(n for (subject, prop, _), n in facts.items() if (subject, prop) == (fact.subject, fact.prop))


@pytest.mark.parametrize("fact", _drawn(), ids=lambda fact: f"{fact.document}-{fact.subject}-{fact.prop}")
def test_another_number_in_the_document_is_another_fact_and_without_its_line_there_is_none(
    fact: Fact, tmp_path: Path
) -> None:
    source = _sources()[fact.document]
    lines = source.path.read_text(encoding="utf-8").replace("**", "").splitlines()
    at = _line_of(fact, lines)
    key = (fact.subject, fact.prop, fact.value)
    before = _counted(_facts(source, source.path))
    other = tmp_path / source.path.name

    def with_lines(*instead: str) -> Counter[tuple[str, str, str]]:
        other.write_text("\n".join([*lines[:at], *instead, *lines[at + 1 :]]), encoding="utf-8")
        return _counted(_facts(source, other))

    changed = [with_lines(variant) for variant in _variants(lines[at], fact.shown)]
    assert any(after[key] < before[key] and _of_same(fact, after) == _of_same(fact, before) for after in changed)
    assert with_lines()[key] < before[key]


def _asked(fact: Fact) -> str:
    return _ASKED[fact.prop].format(code=fact.subject.partition(":")[2])


def _answerable() -> list[Fact]:
    held = [fact for source in _sources().values() for fact in _facts(source, source.path)]
    asked = [fact for fact in held if fact.prop in _ASKED and _NUMBER.search(fact.shown)]
    return sorted(asked, key=lambda fact: sha256(repr(fact.evidence).encode()).digest())[:_DRAWN]


def _told(answer: Answer) -> str:
    values = [value.value for disagreement in answer.disagreements for value in disagreement.values]
    return " ".join([answer.text, *values])


@pytest.mark.parametrize("fact", _answerable(), ids=lambda fact: f"{fact.document}-{fact.subject}-{fact.prop}")
def test_another_number_in_the_document_is_another_answer(fact: Fact, starting: Assistant, tmp_path: Path) -> None:
    source = _sources()[fact.document]
    lines = source.path.read_text(encoding="utf-8").replace("**", "").splitlines()
    at = _line_of(fact, lines)
    other = tmp_path / source.path.name

    def answered(line: str) -> str:
        other.write_text("\n".join([*lines[:at], line, *lines[at + 1 :]]), encoding="utf-8")
        documents = {**starting.knowledge.documents, fact.document: document_at(other, source.entry)}
        facts = read_facts(documents.values())
        changed = Assistant(documents, starting.passages, starting.searcher, facts)
        return _told(changed.answer(_asked(fact), today=TODAY, scope=fact.scope))

    before = answered(lines[at])
    after = [answered(variant) for variant in _variants(lines[at], fact.shown)]
    assert any(said != before for said in after), _asked(fact)


@pytest.mark.long
@pytest.mark.parametrize("fact", _answerable(), ids=lambda fact: f"{fact.document}-{fact.subject}-{fact.prop}")
def test_without_its_line_the_answer_is_another_documents_or_none(
    fact: Fact, starting: Assistant, encoder: Encoder, tmp_path: Path
) -> None:
    source = _sources()[fact.document]
    lines = source.path.read_text(encoding="utf-8").replace("**", "").splitlines()
    at = _line_of(fact, lines)
    other = tmp_path / source.path.name
    other.write_text("\n".join([*lines[:at], *lines[at + 1 :]]), encoding="utf-8")
    changed = assistant_over({**starting.knowledge.documents, fact.document: document_at(other, source.entry)}, encoder)
    before = starting.answer(_asked(fact), today=TODAY, scope=fact.scope)
    after = changed.answer(_asked(fact), today=TODAY, scope=fact.scope)
    gone = (fact.document, fact.evidence[0].quote)
    assert gone in {(c.document, c.quote) for c in _cited(before)}, "the answer did not rest on that line"
    assert gone not in {(c.document, c.quote) for c in _cited(after)}
    assert after.kind is Kind.ABSTENTION or _told(after) != _told(before) or _cited(after)


def _cited(answer: Answer) -> tuple[Citation, ...]:
    return (*answer.citations, *(value.citation for one in answer.disagreements for value in one.values))
