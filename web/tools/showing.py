"""What the pages of the tools share: the diploma asked about, quotes, addresses that hold only what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from flask import Response, redirect, request, url_for

from assistant.answers import Answer, Kind
from assistant.knowledge import Knowledge
from corpus.documents import Citation, Scope
from web.quoting import Quotes

LONGEST = 200  # characters kept of what a field holds


def written(name: str) -> str:
    """What a field of the address holds, without what no page can show."""
    text = request.args.get(name, "")[:LONGEST].strip()
    return text.encode("utf-8", "replace").decode("utf-8").replace("\x00", "")


def chosen_diploma(knowledge: Knowledge) -> str | None:
    """The diploma that the address names, else the only one there is; None where one has to be chosen."""
    examined = knowledge.vocabulary.examined
    asked = written("diplome")
    if asked in examined:
        return asked
    return examined[0] if len(examined) == 1 else None


def of_diploma(scope: Scope, diploma: str | None) -> Scope:
    return replace(scope, diploma=diploma)


def tidied(said: Mapping[str, str | list[str]]) -> Response | None:
    """The way to the shortest address that says the same (`said`); None where the request is already there."""
    given = {name: request.args.getlist(name) for name in request.args}
    wanted = {name: value if isinstance(value, list) else [value] for name, value in said.items()}
    if given == wanted:
        return None
    way: Response = redirect(url_for(request.endpoint or "", **wanted))  # type: ignore[arg-type,assignment]
    return way


def quotes_of(citations: Iterable[Citation], knowledge: Knowledge) -> Quotes:
    """These citations as the page shows quotes."""
    told = Answer("", Kind.RULE, "", citations=tuple(dict.fromkeys(citations)))
    return Quotes(told, knowledge.documents)
