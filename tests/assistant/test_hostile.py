"""Messages meant to make it fail: 10,000 characters of anything are answered, soon."""

from __future__ import annotations

import sys
from collections.abc import Callable
from time import perf_counter

import pytest

from assistant import dates, diploma_names, scopes, smalltalk, values
from assistant.assistant import Assistant
from assistant.evaluation import read_questions
from index.text import tokens
from tests.assistant.conftest import TODAY
from tests.assistant.test_golden import TESTS

LENGTH = 10_000
SOON = 0.5  # seconds: ten times what a machine at rest may take
SHAPES = {
    "digits": "1",
    "numbers": "1 ",
    "codes": "e ",
    "windows": "du 1 au ",
    "parentheses": "(",
    "commas": ",",
    "commas in parentheses": ",(",
    "emoji": "😀",
    "nul": "\0",
    "right to left": "\u202eمرحبا ",
    "markup": "<script>alert(1)</script>",
    "sql": "'; DROP TABLE documents; --",
    "question marks": "?",
    "joined": "et ",
    "joined questions": "coef E1 et durée E2 ",
    "months": "mars ",
    "days": "le 1 et ",
    "hours": "12h",
    "marks": "E1 8, ",
    "ages": "29 ans ",
    "sizes": "3 Mo ",
    "misspelt": "coeffcient ",
    "one word": "a",
    "accents": "e\u0301",
    "ligatures": "ﬃ",
    "surrogates": "\ud800",
    "lines": "\n",
    "spaces": "le ",
    "capitals": "BTS Abc ",
    "places": "à Xyz ",
}
TEXTS = {name: (shape * LENGTH)[:LENGTH] for name, shape in SHAPES.items()}
TEXTS |= {"a gap": "le" + " " * (LENGTH - 5) + "mai", "many codes": " ".join(f"E{n}" for n in range(2000))[:LENGTH]}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS.keys())
def test_ten_thousand_characters_of_anything_are_answered(starting: Assistant, text: str) -> None:
    answer = starting.answer(text, today=TODAY)
    assert answer.text
    assert "<script" not in answer.text


@pytest.mark.parametrize(
    "read",
    [tokens, lambda text: dates.find(text, 2026), values.timing, values.minutes, scopes.statuses,
     diploma_names.diploma_named, smalltalk.reply],
    ids=["tokens", "dates", "timing", "minutes", "statuses", "diploma", "small talk"],
)  # fmt: skip
def test_no_message_stalls_a_reader(read: Callable[[str], object]) -> None:
    for name, text in TEXTS.items():
        assert taken(lambda text=text: read(text)) < SOON, name  # type: ignore[misc]


def test_no_message_stalls_the_understanding(starting: Assistant) -> None:
    for name, text in TEXTS.items():
        assert taken(lambda text=text: starting.parser.understand(text, (), TODAY)) < SOON, name  # type: ignore[misc]


def test_a_long_history_is_no_burden(starting: Assistant) -> None:
    assert starting.answer("et la durée ?", ["coef E5 ?", *["et ?"] * 50], today=TODAY).text


def test_the_documents_of_other_diplomas_cost_a_question_little(starting: Assistant, crowded: Assistant) -> None:
    questions = [g.ask for g in read_questions(TESTS / "questions.toml") if g.kind == "rule" and not g.history][:60]
    alone, among = (
        sum(steps(lambda a=a, q=q: a.answer(q, today=TODAY)) for q in questions)  # type: ignore[misc]
        for a in (starting, crowded)
    )
    assert among < 2 * alone


def steps(call: Callable[[], object]) -> int:
    """How many functions a second call enters: the first fills what is kept."""
    call()
    entered = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal entered
        entered += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        call()
    finally:
        sys.setprofile(before)
    return entered


def taken(call: Callable[[], object]) -> float:
    """The better of two times, the first of which fills what is kept."""
    times = []
    for _ in range(2):
        started = perf_counter()
        call()
        times.append(perf_counter() - started)
    return min(times)
