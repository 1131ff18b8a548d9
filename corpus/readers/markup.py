"""Whether a text is Markdown: what marks it carries."""

from __future__ import annotations

import re
from pathlib import Path

_LOOKED_AT = 20_000
_TITLE = re.compile(r"^#{1,6} \S", re.MULTILINE)
_TABLE = re.compile(r"^\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*$", re.MULTILINE)
_TABBED = re.compile(r"^[^\t\n]+\t.*\n[^\t\n]+\t", re.MULTILINE)


def is_markdown(path: Path) -> bool:
    """A text with titles marked by # or tables with a line of dashes is Markdown."""
    with path.open("rb") as file:
        text = file.read(_LOOKED_AT).decode("utf-8", errors="replace").replace("\r", "\n")
    if _TABLE.search(text):
        return True
    if _TABBED.search(text):  # Markdown has no such tables: another tool left them, and the text reader knows them
        return False
    return len(_TITLE.findall(text)) > 1 or text.lstrip().startswith("# ")
