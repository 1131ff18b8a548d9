"""The assistant's TOML files: each slip is told with its file, its line and its remedy.

The first line of every file of `tests/broken/subjects`, `patterns` and `properties`, a comment, is what must be said
of it ("…" for any words).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant import properties, prose, subjects
from assistant.sheets import BadSheet

BROKEN = Path(__file__).parent.parent / "broken"
READERS: dict[str, Callable[[str, str], object]] = {
    "subjects": subjects.parse,
    "patterns": prose.parse,
    "properties": properties.parse,
}
FILES = sorted(file for name in READERS for file in (BROKEN / name).glob("*.toml"))


@pytest.mark.parametrize("file", FILES, ids=[f"{file.parent.name}/{file.stem}" for file in FILES])
def test_a_slip_is_told_with_its_place_and_its_remedy(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    with pytest.raises(BadSheet) as slip:
        READERS[file.parent.name](text, file.name)
    said, expected = str(slip.value), text.splitlines()[0].removeprefix("# ")
    assert re.search(".*".join(map(re.escape, expected.split("…"))), said), said
    assert said.startswith(file.name)
    assert "\n" not in said


def test_every_kind_of_slip_is_tried() -> None:
    assert len(FILES) >= 20
