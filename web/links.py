"""Telephone numbers, addresses and sites that stand in a quote, as links; the words stay as they are."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from assistant.contacting import EMAIL, TELEPHONE

_SITE = re.compile(r"https?://[^\s<>\"«»()]+[^\s<>\"«»().,;:!?]")
_ANY = re.compile(
    "|".join(f"(?P<{name}>{form.pattern})" for name, form in (("mail", EMAIL), ("tel", TELEPHONE), ("site", _SITE)))
)


def linked(text: str) -> Markup:
    """The text with a link on each number and each address that it gives whole."""
    out, at = Markup(""), 0
    for match in _ANY.finditer(text):
        out += escape(text[at : match.start()]) + _link(match)
        at = match.end()
    return out + escape(text[at:])


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
