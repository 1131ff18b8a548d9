"""The sources: each document with what it answers and leaves unsaid, the disagreements, the share of right answers."""

from __future__ import annotations

from flask import Blueprint, render_template

from assistant.answers import Answer, Kind
from assistant.evaluation import Score
from assistant.knowledge import Knowledge
from assistant.register import register
from assistant.sources import sources
from web.parts import current_parts
from web.quoting import Quotes

pages = Blueprint("sources", __name__)


@pages.get("/sources")
def held() -> str:
    parts = current_parts()
    knowledge = parts.assistant().knowledge
    disagreements = register(knowledge)
    told = Answer("", Kind.RULE, "", disagreements=tuple(disagreements))
    score = Score.load(parts.settings.home)
    return render_template(
        "sources/page.html",
        sources=sources(knowledge, parts.settings.today()),
        disagreements=disagreements,
        quotes=Quotes(told, knowledge.documents),
        score=score,
        same=score is not None and score.documents == _documents(knowledge),
    )


def _documents(knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(sorted(document.sha256 for document in knowledge.documents.values()))
