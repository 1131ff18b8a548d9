"""The golden questions, on each library: how many are right must not fall."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.evaluation import BadQuestions, read_questions, run, table

TESTS = Path(__file__).parent.parent
# A little less than what was right when this was last written: one rule may cost a question to save another.
FLOORS = [
    ("starting", "questions.toml", 533),
    ("official", "questions.toml", 516),
    ("flat", "questions.toml", 515),
    ("foreign", "questions_other.toml", 41),
    ("elsewhere", "questions_two.toml", 32),
]


@pytest.mark.parametrize(("name", "file", "floor"), FLOORS)
def test_no_fewer_golden_questions_are_right(name: str, file: str, floor: int, request: pytest.FixtureRequest) -> None:
    assistant: Assistant = request.getfixturevalue(name)
    outcomes = run(
        read_questions(TESTS / file), lambda question, history, day: assistant.answer(question, history, today=day)
    )
    right = sum(not outcome.wrong for outcome in outcomes)
    assert right >= floor, f"{right} justes, il en faut {floor}\n{table(outcomes)}"


def test_a_bad_file_of_questions_is_said_in_one_line(tmp_path: Path) -> None:
    bad = tmp_path / "questions.toml"
    bad.write_text('date = 2026-11-20\n[[question]]\nask = "x"\nfamily = "y"\nkind = "rule"\nsay = ["z"]\n')
    with pytest.raises(BadQuestions, match=r"n° 1 .*clé inconnue \['say'\]"):
        read_questions(bad)
