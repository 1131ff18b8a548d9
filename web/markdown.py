"""An answer as Markdown, for the chat programs that plug in: text first, its sources as links below."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answers import Answer
from corpus.documents import Citation
from web import wording

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!$&])")
_LIST = re.compile(r"^(\d*)([-+.)])(?=\s)")


def markdown(answer: Answer, root: str) -> str:
    """The whole answer; `root` is the site's own address, which the links begin with."""
    return "\n\n".join(part for part in _parts(answer, root) if part)


def _parts(answer: Answer, root: str) -> Iterator[str]:
    first, *others = _lines(answer.text) or [""]
    yield f"**{first}**" if others or answer.steps else first
    yield "\n".join(_paragraphs(others))
    for disagreement in answer.disagreements:
        yield f"*{_plain(disagreement.about)}* : les documents se contredisent."
        yield "\n".join(f"- {_plain(value.value)} : {_source(value.citation, root)}" for value in disagreement.values)
    yield "\n".join(f"> {_plain(notice)}" for notice in answer.notices)
    cited = (f"{n}. « {_plain(one.quote)} » {_source(one, root)}" for n, one in enumerate(answer.citations, start=1))
    yield "\n".join(cited)


def _lines(text: str) -> list[str]:
    """The lines of a text, a list's dashes kept, anything else that Markdown would read made plain."""
    lines = (line.strip() for line in text.splitlines() if line.strip())
    return [f"- {_plain(line[1:].strip())}" if line.startswith(("- ", "• ", "– ")) else _plain(line) for line in lines]


def _paragraphs(lines: list[str]) -> Iterator[str]:
    for before, line in zip(["- ", *lines], lines, strict=False):
        if line.startswith("- ") != before.startswith("- "):
            yield ""
        yield line if line.startswith("- ") else line + "  "


def _plain(text: str) -> str:
    """The text as one line that Markdown reads as nothing but text."""
    return _LIST.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", " ".join(text.split())))


def _source(citation: Citation, root: str) -> str:
    where = ", ".join(part for part in (wording.source(citation), wording.place(citation)) if part)
    return f"[{_plain(where)}]({root}{citation.url})"
