"""Permalinks: an address that asks a question again, made only when someone asks for it.

It holds the question, what it leans on, and which edition of the documents answered: the answer is computed anew.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from markupsafe import Markup

from assistant.editions import edition
from web.conversation import Form
from web.replies import Reply

PATH: Final = "/r"
_MOST_BYTES = 1200  # of an address that a telephone still reads from a screen


@dataclass(frozen=True, slots=True)
class Made:
    """When and on which documents a link was made."""

    edition: str
    day: date | None


def address(reply: Reply, page: str) -> str:
    """The address under which `page` asks this again; the earlier questions stand in it only where it leans on them."""
    turn = reply.turn
    leans = reply.understood.frame.carried
    fields = [pair for pair in turn.fields() if pair[0] != "history" or leans]
    made = [("v", edition(reply.guide.assistant.knowledge.documents)), ("d", turn.asked.today.isoformat())]
    return f"{page}?{urlencode([*fields, *made])}"


def made(form: Form) -> Made:
    """What a link says of itself; a date that is none is not one."""
    try:
        day = date.fromisoformat(form.get("d", ""))
    except ValueError:
        day = None
    return Made(form.get("v", "")[:40], day)


@dataclass(frozen=True, slots=True)
class Link:
    """A permalink as its own page shows it."""

    url: str
    day: date | None
    unchanged: bool

    @classmethod
    def of(cls, reply: Reply, form: Form, page: str) -> Link:
        said = made(form)
        held = edition(reply.guide.assistant.knowledge.documents)
        return cls(address(reply, page), said.day, said.edition == held)

    @property
    def code(self) -> Markup | None:
        """The address as a QR code (inline SVG); None where it is too long to be read from a screen."""
        if len(self.url.encode()) > _MOST_BYTES:
            return None
        import segno

        code = segno.make(self.url, error="l", micro=False)
        svg = code.svg_inline(border=3, omitsize=True, svgclass="qr", lineclass=None, light="#fff", dark="#000")
        return Markup(svg)  # noqa: S704 (squares alone: the address is drawn, not written)
