"""« Avez-vous trouvé la réponse ? »: heard, thanked for, and kept only where this site keeps a log of questions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from flask import Blueprint, Flask, current_app, render_template, request

from web.chat import guide_now, turn_sent
from web.conversation import Turn

pages = Blueprint("feedback", __name__)

REASONS: Final = {
    "wrong": "La réponse est fausse",
    "case": "Elle ne concerne pas mon cas",
    "unclear": "Je ne la comprends pas",
    "partial": "Il manque quelque chose",
    "other": "Autre chose",
}
_KEEPER: Final = "reglo-feedback"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What someone says of an answer: whether it was found, else why not (a key of REASONS, or nothing)."""

    turn: Turn
    found: bool
    reason: str = ""


Keeper = Callable[[Feedback], None]


def keep_with(app: Flask, keeper: Keeper) -> None:
    """Have what is said of answers kept; without this, it is thanked for and forgotten."""
    app.extensions[_KEEPER] = keeper


@pages.post("/avis")
def thank() -> str:
    turn = turn_sent()
    reason = request.form.get("reason", "")
    said = Feedback(turn, request.form.get("found") == "yes", reason if reason in REASONS else "")
    if keeper := current_app.extensions.get(_KEEPER):
        keeper(said)
    return render_template("thanks.html", feedback=said, turn=turn, contacts=guide_now().contacts(turn.asked.scope))
