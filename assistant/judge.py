"""Judge: weighs the passages found against a question."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.coverage import Asked
from assistant.evidence import Evidence, limits
from assistant.excerpts import chosen
from assistant.frames import Frame
from assistant.kinds import Kinds, asked_kinds, is_local, is_strict, purposes
from assistant.kinship import Kinship
from assistant.phrases import in_english
from assistant.skimming import Skimmed, skim
from assistant.subjects import ASKING, AskedSubject, asked_subjects
from assistant.synonyms import meanings
from assistant.vocabulary import Vocabulary
from corpus.documents import Document, Passage
from index.search import Hit, Searcher
from index.text import fold

_LONG = 3  # letters that a word must pass for its meaning to be looked for
_PASSAGES_KEPT = 2048  # some 27 kB each
# A word that no document has could be anything: it weighs as much as one that so many passages hold, so that a
# stray word does not hide an answer.
_UNHEARD = 2
_FEW = 2  # words that a question may say by chance where it speaks of something else
_ASIDE = 0.3  # what is left of its weight where it is rather a turn of phrase
_LEADING = 80  # code points of a line that ends with a colon, and says nothing itself
_FOREIGN = 0.1  # the same for a word of another language
_TELLING = 2  # words that a quote must add to the question's own: a bare label answers nothing


@dataclass(frozen=True)
class Judge:
    """Weighs passages against questions, with the word counts of one index."""

    searcher: Searcher
    documents: Mapping[str, Document]
    vocabulary: Vocabulary

    @cached_property
    def _skimmed(self) -> Callable[[Passage], Skimmed]:
        return lru_cache(maxsize=_PASSAGES_KEPT)(lambda passage: skim(self.documents[passage.document], passage))

    @cached_property
    def _kinship(self) -> Kinship:
        return Kinship(self.searcher.encoder, limits()["kindred"])

    def rarity(self, word: str) -> float:
        """How much one stem narrows the question: the fewer passages hold it, the more."""
        held = self.searcher.held(word) or _UNHEARD
        return math.log(1 + len(self.searcher) / (0.5 + held))

    def _weight(self, word: str, subjects: Sequence[AskedSubject], noun: bool) -> float:
        """What one stem of a question weighs. Where it is known what the question speaks of, another word that no
        document has is rather a turn of phrase, unless it is a noun."""
        unheard = not (noun or self.searcher.held(word))
        aside = bool(subjects) and unheard and not any(word in one.stems for one in subjects)
        return self.rarity(word) * (_ASIDE if aside else 1)

    def _in_english(self, weights: Mapping[str, float], subjects: Sequence[AskedSubject]) -> dict[str, float]:
        """The weights of a question asked in English: what no document has and asks for nothing is hardly heard."""
        asked = frozenset[str]().union(*(one.stems for one in subjects))
        return {s: w if self.searcher.held(s) or s in asked else w * _FOREIGN for s, w in weights.items()}

    def weigh(self, frame: Frame, found: Sequence[tuple[Hit, Passage]]) -> list[Evidence]:
        """The evidence for each passage found, in the same order."""
        read = [self._skimmed(passage) for _, passage in found]
        words = {word for skimmed in read for word in skimmed.whole.words if len(word) > _LONG}
        kindred = self._kinship.kin([word for _, word in frame.meant if len(word) > _LONG], words)
        names = [self.vocabulary.named(unit) for unit in frame.coded]
        subjects = asked_subjects(frame.words)
        weights = {s: self._weight(s, subjects, word in frame.nouns) for s, word in frame.meant}
        weights = self._in_english(weights, subjects) if in_english(frame.words) else weights
        asked = Asked(frame, weights, kindred, Kinds.of(frame), subjects, names, sum(weights.values()) or 1.0)
        return [self._best(asked, hit, passage, skimmed) for (hit, passage), skimmed in zip(found, read, strict=True)]

    def _best(self, asked: Asked, hit: Hit, passage: Passage, skimmed: Skimmed) -> Evidence:
        document = self.documents[passage.document]
        return chosen(list(_weighed(asked, document, skimmed, _agreed(hit))), asked, passage, document.text)


def _agreed(hit: Hit) -> bool:
    """Whether both retrievers place a passage among their first."""
    return max(hit.lexical_rank or 99, hit.dense_rank or 99) <= int(limits()["agreed_rank"])


def _weighed(asked: Asked, document: Document, skimmed: Skimmed, agreed: bool) -> Iterator[Evidence]:
    """The evidence of each window of a passage."""
    count = len(skimmed.spans)
    owns, wholes = asked.covered(skimmed.own, count), asked.covered(skimmed.whole, count)
    said = asked.repeated(skimmed.own, count)
    of_units = asked.speaks_of_units(skimmed.whole)
    over = asked.spoken_of(skimmed.heading)
    for n, span in enumerate(skimmed.spans):
        plain = fold(document.text[slice(*span)]) if asked.looks_at_text else ""
        spoken = asked.spoken_of(plain)
        lacks = list(asked.kinds.lacking(document.text[slice(*span)], plain, skimmed.over))
        # A window that says every word of the question speaks of the subject that they ask for, however it is known.
        said_whole = {*owns[n], *ASKING} if len(owns[n]) > _FEW and all(owns[n].values()) else frozenset()
        lacks += asked.unspoken(spoken | over | said_whole)
        lacks += [] if of_units >> n & 1 else ["unit"]
        lacks += [] if skimmed.contents[n] - said[n] >= _TELLING and not _leads(document, span) else ["content"]
        whole = asked.answered(asked.with_subjects(wholes[n], spoken | over), lacks)
        if not all(whole[s] for s, word in asked.frame.meant if word not in purposes()):
            lacks += [kind for kind in asked.kinds.asked if is_strict(kind) and kind not in lacks]
        own = asked.with_subjects(owns[n], spoken)
        yield Evidence(span, asked.share(whole), asked.share(own), tuple(lacks), agreed, bool(spoken or over))


def _leads(document: Document, span: tuple[int, int]) -> bool:
    """Whether a short slice only leads to what comes after it: "Portes ouvertes :"."""
    return span[1] - span[0] < _LEADING and document.text[slice(*span)].rstrip().endswith(":")


def expanded(frame: Frame) -> str:
    """The question as it is searched for: its words, then what the documents may say for them. The names of schools
    and diplomas are left out, as they choose the documents and not the passage, but where what is asked for is theirs:
    a telephone often stands by a name alone."""
    local = asks_locally(frame)
    words = frame.free if frame.meant and not local else frame.words
    subjects = [one.subject.search for one in asked_subjects(frame.words)]
    return " ".join([*words, *(said for _, word in frame.meant if (said := meanings(word))), *subjects])


def asks_locally(frame: Frame) -> bool:
    """Whether what is asked for is a school's own: its telephone, its people, its prices, its rhythm."""
    kinds = any(map(is_local, asked_kinds(frame)))
    return kinds or any(one.subject.local for one in asked_subjects(frame.words))
