"""What a rule may look at: the documents, the facts read from them, the names they use; and how to cite them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from assistant.answers import Disagreement, Value
from assistant.facts import Fact, Facts
from assistant.frames import Frame
from assistant.identities import identified
from assistant.quotes import LONGEST_QUOTE
from assistant.timeline import Timeline
from assistant.vocabulary import Vocabulary
from corpus.documents import Citation, Document, Scope

MOST_CITATIONS = 3


@dataclass(frozen=True)
class Knowledge:
    """One generation's documents and facts, and the vocabulary learnt from them."""

    documents: Mapping[str, Document]
    facts: Facts
    vocabulary: Vocabulary
    _sections: dict[str, tuple[list[int], list[str]]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, documents: Mapping[str, Document], facts: Facts) -> Knowledge:
        named = dict(zip(documents, identified(documents.values()), strict=True))
        return cls(named, facts, Vocabulary.learnt(named.values(), facts))

    def cite(self, slug: str, start: int, end: int) -> Citation:
        """The citation of a slice, cut to what a quote may hold."""
        document = self.documents[slug]
        end = min(end, start + LONGEST_QUOTE)
        return Citation(
            document=slug,
            title=document.title,
            quote=document.text[start:end],
            start=start,
            end=end,
            issuer=document.issuer,
            date=document.date,
            session=document.scope.session,
            page=self._page(document, start),
            section=self.section(slug, start),
            restates=document.restates,
        )

    def counted(self, diploma: str | None, scope: Scope) -> list[str]:
        """The units whose coefficients make the total: the obligatory ones that are no part of another, or the parts of
        one that has no coefficient of its own."""
        units = self.vocabulary.subjects(diploma)
        top = [u for u in units if self.vocabulary.parent(u) not in units and u not in self.vocabulary.optional]
        weighed = [[u] if self._weighed(u, scope) else self.vocabulary.children(u) for u in top]
        return [unit for group in weighed for unit in group if self._weighed(unit, scope)]

    def _weighed(self, unit: str, scope: Scope) -> bool:
        return bool(self.facts.about(unit, "coefficient", scope))

    def cited(self, facts: Iterable[Fact], most: int = MOST_CITATIONS) -> tuple[Citation, ...]:
        """The words of these facts, the first of each slice, at most `most`."""
        slices = dict.fromkeys((e.document, e.start, e.end) for fact in facts for e in fact.evidence)
        return tuple(self.cite(*at) for at in list(slices)[:most])

    def source(self, slug: str) -> str:
        """Whose words a document's are: a restatement is never given as its issuer's."""
        document = self.documents[slug]
        restated = document.restates
        return f"Fiche Réglo d'après « {restated.title} »" if restated else f"« {document.title} »"

    def disagreement(self, about: str, facts: Sequence[Fact], worded: Mapping[str, str]) -> Disagreement:
        """All the values of facts that contradict each other, each with its words; `worded` says a value."""
        values: dict[tuple[str, str], Value] = {}
        for fact in facts:
            cited = self.cite(fact.document, fact.evidence[0].start, fact.evidence[0].end)
            values.setdefault((fact.value, fact.document), Value(worded[fact.value], cited))
        return Disagreement(about, tuple(values.values()))

    def heading(self, fact: Fact) -> str:
        """The heading that a fact stands under, or the title of its document."""
        evidence = fact.evidence[0]
        section = self.section(evidence.document, evidence.start).rpartition(" > ")[2]
        return section or self.documents[evidence.document].title

    def events_about(self, frame: Frame) -> tuple[Fact, ...]:
        """The dated facts in scope whose words, with those of their headings, cover the question's."""
        return self._timeline.about(frame.meant, frame.nouns, frame.scope)

    @cached_property
    def _timeline(self) -> Timeline:
        return Timeline.of(self.facts.about("event", "event"), self.section)

    def section(self, slug: str, start: int) -> str:
        """The headings over a place, joined by " > "."""
        starts, names = self._sections.get(slug) or self._read_sections(slug)
        at = bisect_right(starts, start) - 1
        return names[at] if at >= 0 else ""

    def _read_sections(self, slug: str) -> tuple[list[int], list[str]]:
        placed = [(block.start, " > ".join(section)) for block, section in self.documents[slug].sections()]
        self._sections[slug] = [start for start, _ in placed], [name for _, name in placed]
        return self._sections[slug]

    @staticmethod
    def _page(document: Document, start: int) -> str | None:
        return next((page.label for page in document.pages if page.start <= start < page.end), None)
