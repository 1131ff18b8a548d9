"""What the documents of a library say of one another: one name for each diploma, the town of each school."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from assistant.diploma_names import with_diplomas
from corpus.documents import Document


def identified(documents: Iterable[Document]) -> list[Document]:
    """The documents in their order, each of the diploma that it names and of its school's town."""
    return _with_towns(with_diplomas(documents))


def _with_towns(documents: Iterable[Document]) -> list[Document]:
    """The documents, one of a school that names no town with the only town that its other documents name."""
    given = list(documents)
    towns: defaultdict[str, set[str]] = defaultdict(set)
    for scope in (document.scope for document in given):
        if scope.school and scope.city:
            towns[scope.school].add(scope.city)
    only = {school: next(iter(own)) for school, own in towns.items() if len(own) == 1}
    found = [document.scope.city or only.get(document.scope.school or "") for document in given]
    return [replace(d, scope=replace(d.scope, city=city)) for d, city in zip(given, found, strict=True)]
