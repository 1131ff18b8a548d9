"""Several questions in one message."""

from __future__ import annotations

import pytest

from assistant.messages import parts


@pytest.mark.parametrize(
    ("message", "read"),
    [
        ("le + gros coef ?", ["le plus gros coef ?"]),
        ("E4 compte + que E5 ?", ["E4 compte plus que E5 ?"]),
        ("mail du CFA + téléphone ?", ["mail du CFA et téléphone ?"]),
        ("E1 + E2 ça fait combien ?", ["E1 + E2 ça fait combien ?"]),
    ],
)
def test_a_plus_sign_says_more_or_and_or_is_a_sum(message: str, read: list[str]) -> None:
    assert parts(message) == read
