"""Quoted words as markup: their lines, what is marked in them, the numbers and addresses in them as links."""

from __future__ import annotations

import re
from collections.abc import Iterable

from markupsafe import Markup, escape

from assistant.contacting import EMAIL, TELEPHONE
from web.typesetting import Run

_SITE = re.compile(r"https?://[^\s<>\"«»()]+[^\s<>\"«»().,;:!?]")
_ANY = re.compile(
    "|".join(f"(?P<{name}>{form.pattern})" for name, form in (("mail", EMAIL), ("tel", TELEPHONE), ("site", _SITE)))
)
_MAYBE = re.compile(r"@|://|[0-9][ .\u00a0-]?[0-9]{2}")  # most quotes hold nothing of the kind


def linked(text: str) -> Markup:
    """The text with a link on each number and each address that it gives whole."""
    if not _MAYBE.search(text):
        return escape(text)
    out, at = Markup(""), 0
    for match in _ANY.finditer(text):
        out += escape(text[at : match.start()]) + _link(match)
        at = match.end()
    return out + escape(text[at:])


def lines(text: str) -> Markup:
    """The lines of a quote, each on a line of its own."""
    return Markup("<br>").join(linked(line) for line in text.splitlines() if line.strip())


def marked(runs: Iterable[Run]) -> Markup:
    """Runs of words, those that answer marked."""
    mark = Markup("<mark>{}</mark>")
    return Markup("").join(mark.format(linked(run.text)) if run.marked else linked(run.text) for run in runs)


def _link(match: re.Match[str]) -> Markup:
    words = match[0]
    if match["mail"]:
        return Markup('<a href="mailto:{0}">{0}</a>').format(words)
    if match["tel"]:
        return Markup('<a class="tel" href="tel:{}">{}</a>').format(_dialled(words), words)
    return Markup('<a href="{0}" rel="noreferrer">{0}</a>').format(words)


def _dialled(number: str) -> str:
    """The number as a telephone dials it, from any country: +33322828470."""
    digits = re.sub(r"\D", "", number.replace("(0)", ""))
    return f"+33{digits.removeprefix('33') if number.startswith('+') else digits[1:]}"
