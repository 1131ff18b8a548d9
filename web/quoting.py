"""The quotes of an answer as the page shows them: numbered once, and rows of one table as one table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby

from assistant.answers import Answer
from corpus.documents import Citation, Document
from web.typesetting import Pair, Typesetter

_Place = tuple[str, int, int]
_ONE_TABLE = 3  # rows from which a table is easier to read than quotes one under the other


@dataclass(frozen=True, slots=True)
class Quote:
    """A citation with its number, and the cells of the row that it quotes (none where it is prose)."""

    number: int
    citation: Citation
    pairs: tuple[Pair, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        return tuple(pair.header for pair in self.pairs)


class Quotes:
    """The quotes of one answer: those of its disagreements, which stand with their values, and the others."""

    def __init__(self, answer: Answer, documents: Mapping[str, Document]) -> None:
        values = [value.citation for disagreement in answer.disagreements for value in disagreement.values]
        places = {_place(citation): citation for citation in reversed([*values, *answer.citations])}
        self._quotes = {
            place: Quote(number, citation, _pairs(citation, documents))
            for number, (place, citation) in enumerate(reversed(places.items()), start=1)
        }
        self._with_values = set(map(_place, values))

    def of(self, citation: Citation) -> Quote:
        return self._quotes[_place(citation)]

    def __iter__(self) -> Iterator[Quote]:
        """Every quote, in the order of the numbers."""
        return iter(self._quotes.values())

    def groups(self) -> list[list[Quote]]:
        """The quotes that stand with no value, in order: alone, or with the other rows of their table."""
        listed = (quote for place, quote in self._quotes.items() if place not in self._with_values)
        return list(_grouped(listed))


def _grouped(quotes: Iterable[Quote]) -> Iterable[list[Quote]]:
    for _, group in groupby(quotes, key=lambda q: (q.citation.document, q.headers) if q.pairs else q.number):
        together = list(group)
        yield from [together] if len(together) >= _ONE_TABLE else ([quote] for quote in together)


def _place(citation: Citation) -> _Place:
    return citation.document, citation.start, citation.end


def _pairs(citation: Citation, documents: Mapping[str, Document]) -> tuple[Pair, ...]:
    document = documents.get(citation.document)
    return tuple(Typesetter(document, (citation.start, citation.end)).pairs()) if document else ()
