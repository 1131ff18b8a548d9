"""Answers that only quote: the passages that carry the answer, or an abstention with the nearest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from typing import Any

from assistant.answers import Answer, Kind
from assistant.evidence import Evidence
from assistant.frames import Frame
from assistant.judge import Judge, asks_locally, expanded
from assistant.kinds import missing_kind
from assistant.knowledge import Knowledge
from assistant.links import LINKS
from assistant.quotes import windows
from assistant.scopes import section_scope
from assistant.sheets import sheet
from assistant.subjects import asked_subjects
from corpus.documents import BlockKind, Citation, Passage, Scope
from index.search import Searcher
from index.text import fold, stem, tokens

_PLACED = ("diploma", "school", "city", "academies", "session")
_LOOKED_AT = 40  # passages that the search proposes; those of another school or session are then left out
_WEIGHED = 10
_FROM_ELSEWHERE = 2  # of those weighed, how many are kept for documents of no place, where a place is named
_OF_THE_PLACE = 0.1
_SPEAKS = 0.1
_OF_THE_UNIT = 0.05
_OPEN = 0.1  # a line that leads to a list says less than the list
_MOST_PASSAGES = 3
_NEAR_BEST = 0.85
_NEAR = 0.34  # the share of the question that a passage must cover to be shown under an abstention
_COVERS_THE_TOPIC = 0.5
_MOST_WORDS = 3
_TITLE = 5  # words: a longer heading may be a sentence
Weighed = tuple[Passage, Evidence]


def _said() -> dict[str, Any]:
    return sheet("assistant.toml")


class Quoting:
    """Answers from the passages of one generation."""

    def __init__(self, knowledge: Knowledge, passages: Mapping[int, Passage], searcher: Searcher) -> None:
        self.knowledge = knowledge
        self.passages = passages
        self.searcher = searcher
        self._scopes: dict[int, Scope] = {}  # of the passages met: that of the document, narrowed by the headings

    @cached_property
    def judge(self) -> Judge:
        return Judge(self.searcher, self.knowledge.documents, self.knowledge.vocabulary)

    def answer(self, frame: Frame) -> Answer:
        """The passages that carry the answer, best first, or an abstention."""
        if not frame.meant and asks_locally(frame):  # "le mail à X ?": only the names are left to look for
            frame = replace(frame, meant=_names_of(frame))
        weighed = self._weighed(frame)
        carrying = [item for item in weighed if item[1].answers]
        if not carrying:
            return self._abstention(frame, weighed)
        placed = [item for item in carrying if self._of_the_place(frame, item[0]) and item[1].speaks]
        carrying = placed or carrying
        if len(apart := self._by_scope(frame, carrying)) > 1:
            return self._listed(frame, apart)
        best = max(evidence.covered for _, evidence in carrying)
        kept = [item for item in carrying if item[1].covered >= _NEAR_BEST * best]
        return self._quoted(
            frame, self._cited(_from_the_start(sorted(kept, key=lambda item: self._rank(frame, *item))))
        )

    def _by_scope(self, frame: Frame, carrying: Sequence[Weighed]) -> dict[str, Weighed]:
        """The best passage of each diploma, and of each school where what is asked is a school's own, if the question
        names none: one's answer is not the other's."""
        local, several = asks_locally(frame), len(self.knowledge.vocabulary.diplomas) > 1 and not frame.scope.diploma
        if frame.scope.school or frame.scope.city or not (local or several):
            return {}
        found: dict[str, Weighed] = {}
        best = max(evidence.covered for _, evidence in carrying)
        near = [item for item in carrying if item[1].covered >= _NEAR_BEST * best]
        for item in sorted(near, key=lambda item: self._rank(frame, *item)):
            scope = self.knowledge.documents[item[0].document].scope
            place = (scope.school or scope.city) if local else None
            if who := ", ".join(filter(None, (scope.diploma if several else None, place))):
                found.setdefault(who, item)
        return dict(islice(found.items(), _MOST_PASSAGES))

    def _listed(self, frame: Frame, apart: Mapping[str, Weighed]) -> Answer:
        """The passages of several scopes, each under its name."""
        cited = [self.knowledge.cite(passage.document, *evidence.span) for passage, evidence in apart.values()]
        said = _said()["passages"]["scoped"]
        lines = [said.format(who=who, quote=_in_one_line(c.quote)) for who, c in zip(apart, cited, strict=True)]
        return Answer(frame.question, Kind.PASSAGES, "\n".join(lines), citations=tuple(cited), scope=frame.scope)

    def under_its_heading(self, frame: Frame) -> Answer | None:
        """What the section of the unit that a question names by its code begins with; None where none has a section."""
        held = (passage for unit in frame.coded for passage in self._sections.get(unit, ()))
        first = next((passage for passage in held if self._in_scope(frame, passage)), None)
        if first is None:
            return None
        document = self.knowledge.documents[first.document]
        span = max(windows(document, first), key=lambda span: (-span[0], span[1]))
        return self._quoted(frame, (self.knowledge.cite(first.document, *span),))

    @cached_property
    def _sections(self) -> Mapping[str, Sequence[Passage]]:
        """The prose under each heading that names one unit by its code."""
        sections: defaultdict[str, list[Passage]] = defaultdict(list)
        known = self.knowledge.vocabulary.codes
        for _, passage in sorted(self.passages.items()):
            if passage.section and passage.kind not in (BlockKind.HEADING, BlockKind.ROW):
                named = {known[code] for t in tokens(passage.section[-1]) if (code := t.text.upper()) in known}
                if len(named) == 1:
                    sections[named.pop()].append(passage)
        return dict(sections)

    def _quoted(self, frame: Frame, citations: tuple[Citation, ...]) -> Answer:
        said = _said()["passages"]
        page = said["page"].format(page=citations[0].page) if citations[0].page else ""
        source = said["source"].format(source=self.knowledge.source(citations[0].document), page=page)
        lines = [said["verdict"].format(quote=_in_one_line(citations[0].quote)), source]
        return Answer(frame.question, Kind.PASSAGES, "\n".join(lines), citations=citations, scope=frame.scope)

    def _rank(self, frame: Frame, passage: Passage, evidence: Evidence) -> float:
        """What orders the passages that answer: how much they cover, and whether they are of the place named."""
        bonus = _OF_THE_PLACE * self._of_the_place(frame, passage) + _SPEAKS * evidence.speaks
        bonus += _OF_THE_UNIT * self._of_the_unit(frame, passage)
        quote = self.knowledge.documents[passage.document].text[slice(*evidence.span)]
        bonus -= _OPEN * quote.rstrip().endswith(":")
        return -round(evidence.covered + bonus, 2)

    def _weighed(self, frame: Frame) -> list[Weighed]:
        hits = self.searcher.search(expanded(frame), _LOOKED_AT)
        found = [(hit, self.passages[hit.id]) for hit in hits if self._may_answer(frame, self.passages[hit.id])]
        placed = [pair for pair in found if self._of_the_place(frame, pair[1])][: _WEIGHED - _FROM_ELSEWHERE]
        found = [*placed, *(pair for pair in found if pair not in placed)][:_WEIGHED]
        return [(passage, e) for (_, passage), e in zip(found, self.judge.weigh(frame, found), strict=True)]

    def _of_the_place(self, frame: Frame, passage: Passage) -> bool:
        """Whether the passage's document is of the very school or town that the question names."""
        scope = self.knowledge.documents[passage.document].scope
        school, city = frame.scope.school, frame.scope.city
        return bool(school and scope.school == school) or bool(city and scope.city == city)

    def _of_the_unit(self, frame: Frame, passage: Passage) -> bool:
        """Whether the heading right over the passage names a unit that the question names by its code."""
        if not frame.coded or not passage.section:
            return False
        heading = {token.text.upper() for token in tokens(passage.section[-1])}
        codes = self.knowledge.vocabulary.codes
        return bool({codes.get(word) for word in heading} & set(frame.coded))

    def _may_answer(self, frame: Frame, passage: Passage) -> bool:
        """Whether a passage can hold the answer: a heading says nothing, nor a row of empty cells; and a school's
        telephone, people and prices are told by its own documents alone."""
        if passage.kind is BlockKind.HEADING and not self._states(frame, passage):
            return False
        if passage.kind is BlockKind.ROW and not any(cell.strip() for cell in passage.text.split(" | ")[1:]):
            return False
        placed = bool(frame.scope.school or frame.scope.city) and asks_locally(frame)
        return self._in_scope(frame, passage) and (not placed or self._of_the_place(frame, passage))

    def _states(self, frame: Frame, passage: Passage) -> bool:
        """Whether a heading is itself a sentence on a subject asked for ("UFA X en partenariat avec le CFA Y")."""
        subjects = asked_subjects(frame.words) if len(passage.text.split()) > _TITLE else ()
        return any(one.subject.holds.search(fold(passage.text)) for one in subjects)

    def _in_scope(self, frame: Frame, passage: Passage) -> bool:
        """Whether the passage may speak for the asker: one of another school, or under another academy, never does."""
        scope = self._scopes.get(passage.id)
        if scope is None:
            document = self.knowledge.documents[passage.document]
            scope = self._scopes[passage.id] = document.scope.narrowed(section_scope(passage.section, document))
        return scope.compatible(frame.scope, _PLACED)

    def _cited(self, items: Sequence[Weighed]) -> tuple[Citation, ...]:
        """The quotes of the first items; what two of them say word for word is quoted once."""
        cited = (self.knowledge.cite(passage.document, *evidence.span) for passage, evidence in items)
        return tuple({fold(citation.quote): citation for citation in reversed(list(cited))}.values())[::-1][
            :_MOST_PASSAGES
        ]

    def _abstention(self, frame: Frame, weighed: Sequence[Weighed]) -> Answer:
        said = _said()["abstention"]
        near = [item for item in weighed if item[1].covered >= _NEAR]
        lines = [self._missing(frame, near[0][1] if near else None)]
        lines += [said["near"]] if near else []
        return Answer(
            frame.question,
            Kind.ABSTENTION,
            "\n".join([*lines, said["whom"]]),
            citations=self._cited(near),
            scope=frame.scope,
        )

    def _missing(self, frame: Frame, nearest: Evidence | None) -> str:
        """What is missing: the kind of thing asked for, the words that no document has, or the words together."""
        said = _said()["abstention"]
        kinds = [named for kind in _apart(nearest.lacking) if (named := missing_kind(kind))] if nearest else []
        if nearest is not None and kinds and nearest.covered >= _COVERS_THE_TOPIC:
            return str(said["lacking"].format(kinds=" ni ".join(kinds)))
        absent = [word for stem, word in frame.meant if not self.searcher.held(stem)]
        words = [frame.typed.get(word, word) for word in absent or [word for _, word in frame.meant]][:_MOST_WORDS]
        if not words:
            return str(said["nothing"])
        named = ", ".join(f"« {word} »" for word in words)
        return str(said["missing" if absent else "apart"].format(missing=named))


def _in_one_line(quote: str) -> str:
    """A quote with its lines set apart by a stroke: two of them are no one sentence."""
    return " / ".join(" ".join(line.split()) for line in quote.split("\n") if line.strip())


def _names_of(frame: Frame) -> tuple[tuple[str, str], ...]:
    """The words by which a question names its places."""
    scope = frame.scope
    names = {t.text for name in (scope.school, scope.city, *scope.academies) if name for t in tokens(name)}
    return tuple((stem(word), word) for word in dict.fromkeys(frame.words) if word in names - LINKS)


def _apart(lacking: Sequence[str]) -> Sequence[str]:
    """The kinds without the date where its year is already missing."""
    return [kind for kind in lacking if kind != "date" or "year" not in lacking]


def _from_the_start(items: Sequence[Weighed]) -> list[Weighed]:
    """The items, where the first goes on with what another of its section that covers as much begins, in the order they
    stand."""
    first, evidence = items[0]
    same = [item for item in items if (item[0].document, item[0].section) == (first.document, first.section)]
    own = [item for item in same if item[0] is first or item[1].covered >= evidence.covered]
    return [*sorted(own, key=lambda item: item[0].start), *(item for item in items if item not in own)]
