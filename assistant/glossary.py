"""The glossary of a library: its terms, each with the sentence of a document that introduces it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.knowledge import Knowledge
from assistant.links import LINKS
from assistant.prose import sentences_of
from assistant.quotes import LONGEST_QUOTE
from corpus.documents import BlockKind, Citation, Document
from index.text import fold, tokens

_MOST = 6  # terms explained under one answer
_AFTER = re.compile(r"\((?P<term>[A-ZÀ-Ý]{2,8})\)")  # "contrôle en cours de formation (CCF)"
_BEFORE = re.compile(
    r"\b(?P<term>[A-ZÀ-Ý]{2,8}) ?\((?P<name>[^()\n]{6,90})\)"
)  # "CCF (contrôle en cours de formation)"
_MEANT = re.compile(r"\b[Oo]n entend par (?:« ?|\")?(?P<term>[^\n,:»\"]{3,50})")
_MAYBE = re.compile(r"\([A-ZÀ-Ý]{2,8}\)|[A-ZÀ-Ý]{2} ?\(|[Oo]n entend par ")  # most blocks hold nothing of the kind
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Term:
    """A term, and the sentence that introduces it."""

    term: str
    citation: Citation


@dataclass(frozen=True)
class Glossary:
    """The terms that the documents of one generation introduce."""

    knowledge: Knowledge

    @cached_property
    def terms(self) -> dict[str, Term]:
        """Each term with the sentence that introduces it in the fewest words."""
        found: dict[str, Term] = {}
        for document in self.knowledge.documents.values():
            for name, start, end in _introduced(document):
                shorter = name not in found or end - start < len(found[name].citation.quote)
                if shorter:
                    found[name] = Term(name, self.knowledge.cite(document.slug, start, end))
        return found

    def of(self, texts: Iterable[str]) -> tuple[Term, ...]:
        """The terms that texts use, in the order they come."""
        said = "\n".join(texts)
        named = [term for word in dict.fromkeys(_WORD.findall(said)) if (term := self.terms.get(word))]
        plain = fold(said) if self._phrases else ""
        named += [term for name, term in self._phrases.items() if name in plain]
        return tuple(named[:_MOST])

    @cached_property
    def _phrases(self) -> dict[str, Term]:
        return {fold(name): term for name, term in self.terms.items() if " " in name}


def _introduced(document: Document) -> Iterator[tuple[str, int, int]]:
    """Each term that a document introduces, with the slice of the sentence."""
    touched = (document.blocks_between(*match.span()) for match in _MAYBE.finditer(document.text))
    for block in dict.fromkeys(blocks[0] for blocks in touched if blocks):
        if block.kind in (BlockKind.ROW, BlockKind.HEADING):
            continue
        for start, end in sentences_of(document, block):
            if end - start <= LONGEST_QUOTE:
                yield from ((term, start, end) for term in _terms(document.text[start:end]))


def _terms(sentence: str) -> Iterator[str]:
    for match in _AFTER.finditer(sentence):
        if _initials(sentence[: match.start()], len(match["term"])).endswith(fold(match["term"])):
            yield match["term"]
    for match in _BEFORE.finditer(sentence):
        if _initials(match["name"], len(match["term"])) == fold(match["term"]):
            yield match["term"]
    for match in _MEANT.finditer(sentence):
        yield match["term"].strip()


def _initials(text: str, most: int) -> str:
    """The initials of the last words of a text, those that only join left out."""
    words = [token.text for token in tokens(text) if token.text not in LINKS]
    return "".join(word[0] for word in words[-most:])
