"""Whether a passage answers: what of the question it covers, and the kind of thing asked for.

The decision is made here and nowhere else. It rests on words, codes and kinds, each of which can be shown; never
on a raw score.
"""

from __future__ import annotations

import math
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache, reduce
from importlib.resources import files
from operator import or_
from typing import Any

from assistant.frames import Frame
from assistant.kinship import Kinship
from assistant.quotes import Span
from assistant.skimming import Skimmed, Standing, skim
from assistant.subjects import Asked as Subject
from assistant.subjects import asked_subjects
from assistant.synonyms import meanings
from assistant.vocabulary import Vocabulary
from corpus.documents import Document, Passage
from index.search import Hit, Searcher
from index.text import fold, stem, tokens

_LONG = 3  # letters that a word must pass for its meaning to be looked for
_PASSAGES_KEPT = 512


# A word that no document has could be anything: it weighs as much as one that so many passages hold, so that a
# stray word does not hide an answer.
_UNHEARD = 2


_ASIDE = 0.3
_LONG_ENOUGH = 0.8
_TELLING = 2  # words that a quote must add to the question's own: a bare label answers nothing


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files("assistant").joinpath("evidence.toml").read_text(encoding="utf-8"))


@cache
def _holders() -> dict[str, re.Pattern[str]]:
    """What each kind of thing looks like in a folded text."""
    return {kind: re.compile(entry["holds"]) for kind, entry in _table()["kinds"].items()}


def missing_kind(kind: str) -> str:
    """How the absence of a kind of thing is said ("de date"); empty for a subject, which has words of its own."""
    return str(_table()["kinds"].get(kind, {}).get("missing", ""))


def _is_strict(kind: str) -> bool:
    """Whether a kind of thing belongs to someone: a passage that leaves a word of the question out is of another."""
    return bool(_table()["kinds"][kind].get("strict", False))


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for a passage.

    `span` is the slice that would be quoted; `covered` the share of the question's meaning, weighted by rarity, that it
    covers with the headings over it, and `own` what it covers by itself; `missing` the words left uncovered, rarest
    first; `lacking` the kinds of things asked for that it does not hold; `agreed` whether both retrievers agree;
    `speaks` whether it speaks of a subject asked for.
    """

    span: Span
    covered: float
    own: float
    missing: tuple[str, ...]
    lacking: tuple[str, ...]
    agreed: bool
    speaks: bool = False

    @property
    def answers(self) -> bool:
        """The decision."""
        limits = _table()["limits"]
        least = limits["covered_agreed"] if self.agreed else limits["covered"]
        least -= limits["speaks"] if self.speaks else 0
        return not self.lacking and self.covered >= least


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
        return Kinship(self.searcher.encoder, _table()["limits"]["kindred"])

    def rarity(self, word: str) -> float:
        """How much one stem narrows the question: the fewer passages hold it, the more."""
        held = self.searcher.held(word) or _UNHEARD
        return math.log(1 + len(self.searcher) / (0.5 + held))

    def _weight(self, word: str, subjects: Sequence[Subject], noun: bool) -> float:
        """What one stem of a question weighs. Where it is known what the question speaks of, another word that no
        document has is rather a turn of phrase, unless it is a noun."""
        unheard = not (noun or self.searcher.held(word))
        aside = bool(subjects) and unheard and not any(word in one.stems for one in subjects)
        return self.rarity(word) * (_ASIDE if aside else 1)

    def weigh(self, frame: Frame, found: Sequence[tuple[Hit, Passage]]) -> list[Evidence]:
        """The evidence for each passage found, in the same order."""
        read = [self._skimmed(passage) for _, passage in found]
        words = {word for skimmed in read for word in skimmed.whole.words if len(word) > _LONG}
        kindred = self._kinship.kin([word for _, word in frame.meant if len(word) > _LONG], words)
        names = [self.vocabulary.named(unit) for unit in frame.coded]
        subjects = asked_subjects(frame.words)
        weights = {s: self._weight(s, subjects, word in frame.nouns) for s, word in frame.meant}
        asked = _Asked(frame, weights, kindred, asked_kinds(frame), subjects, names)
        return [self._best(asked, hit, passage, skimmed) for (hit, passage), skimmed in zip(found, read, strict=True)]

    def _best(self, asked: _Asked, hit: Hit, passage: Passage, skimmed: Skimmed) -> Evidence:
        document = self.documents[passage.document]
        return _quoted(list(_weighed(asked, document, skimmed, _agreed(hit))), asked, passage, document.text)


def _agreed(hit: Hit) -> bool:
    """Whether both retrievers place a passage among their first."""
    return max(hit.lexical_rank or 99, hit.dense_rank or 99) <= int(_table()["limits"]["agreed_rank"])


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question, the weight of each stem, the words near each of its own in meaning, the kinds of things asked for."""

    frame: Frame
    weights: Mapping[str, float]
    kindred: Mapping[str, frozenset[str]]
    kinds: tuple[str, ...]
    subjects: tuple[Subject, ...]
    units: Sequence[tuple[frozenset[str], tuple[frozenset[str], ...]]]

    def repeated(self, held: Standing, windows: int) -> list[int]:
        """For each window, how many of its words only repeat the question."""
        places = [held.itself(s, word) for s, word in self.frame.meant]
        return [sum(place >> n & 1 for place in places) for n in range(windows)]

    def speaks_of_units(self, held: Standing) -> int:
        """The windows that speak of a unit named by its code, by that code or by a name; all, if none is named."""
        if not self.units:
            return -1
        places = 0
        for codes, names in self.units:
            places |= held.any_of(codes) | reduce(or_, (held.all_of(name) for name in names if name), 0)
        return places

    def covered(self, held: Standing, windows: int) -> list[dict[str, float]]:
        """For each window, how well it says each stem: itself, a form, a synonym, or a word near in meaning."""
        places = [
            (s, held.itself(s, word), held.otherwise(word), held.any_of(self.kindred.get(word, ())))
            for s, word in self.frame.meant
        ]
        return [
            {
                s: 1.0 if itself >> n & 1 else _SYNONYM if otherwise >> n & 1 else _KINDRED if near >> n & 1 else 0.0
                for s, itself, otherwise, near in places
            }
            for n in range(windows)
        ]

    def spoken_of(self, text: str) -> frozenset[str]:
        """The stems of the subjects asked for that a folded text speaks of."""
        return frozenset(s for one in self.subjects if one.subject.holds.search(text) for s in one.stems)

    def unspoken(self, spoken: frozenset[str]) -> Iterator[str]:
        """The subjects without which there is no answer, and which are not spoken of."""
        return (one.subject.name for one in self.subjects if one.subject.required and not one.stems <= spoken)

    def share(self, part: Mapping[str, float]) -> float:
        """How much of the question's weight is covered."""
        return sum(weight * part[s] for s, weight in self.weights.items()) / (sum(self.weights.values()) or 1.0)


def _quoted(weighed: Sequence[Evidence], asked: _Asked, passage: Passage, text: str) -> Evidence:
    """The window that is quoted of a passage, among those that cover the question best.

    What stands under a heading that names the subject is quoted whole; else the shortest window that holds all those
    that answer alike. `text` is the document's.
    """
    best = max((not e.lacking, round(e.covered, 3)) for e in weighed)
    alike = [e for e in weighed if (not e.lacking, round(e.covered, 3)) == best]
    heading = passage.section[-1] if passage.section else ""
    if asked.spoken_of(fold(heading)):
        return _earliest(alike)
    most = round(max(e.own for e in alike), 3)
    if not most:
        return _earliest(alike)
    alike = [e for e in alike if round(e.own, 3) == most]
    smallest = [e for e in alike if not any(_inside(other, e) for other in alike)]
    start, end = min(e.span[0] for e in smallest), max(e.span[1] for e in smallest)
    holding = [e for e in alike if e.span[0] <= start and e.span[1] >= end]
    best_one = min(holding or smallest, key=_length)
    return _card(best_one, alike, text) if any(_is_strict(kind) for kind in asked.kinds) else best_one


def _card(best: Evidence, alike: Sequence[Evidence], text: str) -> Evidence:
    """The window with the lines below it that bear the label of one of its own: a second telephone of the same person."""
    labels = {_label(line) for line in text[slice(*best.span)].splitlines()}
    longer = [e for e in alike if e.span[0] == best.span[0] and e.span[1] > best.span[1]]
    same = [e for e in longer if all(_label(li) in labels for li in text[best.span[1] : e.span[1]].splitlines() if li)]
    return max([best, *same], key=_length)


def _label(line: str) -> str:
    """The first word of a labelled line; empty for any other."""
    return fold(line.split()[0]) if ":" in line and line.split() else ""


def _earliest(alike: Sequence[Evidence]) -> Evidence:
    """The first of the long windows: what stands under a heading is read from its beginning."""
    longest = max(map(_length, alike))
    return min((e for e in alike if _length(e) >= _LONG_ENOUGH * longest), key=lambda e: (e.span[0], -e.span[1]))


def _length(evidence: Evidence) -> int:
    return evidence.span[1] - evidence.span[0]


def _inside(one: Evidence, other: Evidence) -> bool:
    return one is not other and other.span[0] <= one.span[0] and one.span[1] <= other.span[1] and one.span != other.span


def _weighed(asked: _Asked, document: Document, skimmed: Skimmed, agreed: bool) -> Iterator[Evidence]:
    """The evidence of each window of a passage."""
    count = len(skimmed.spans)
    owns, wholes = asked.covered(skimmed.own, count), asked.covered(skimmed.whole, count)
    said = asked.repeated(skimmed.own, count)
    of_units = asked.speaks_of_units(skimmed.whole)
    over = asked.spoken_of(skimmed.heading)
    for n, (span, own, whole) in enumerate(zip(skimmed.spans, owns, wholes, strict=True)):
        lacks = lacking(asked.frame, asked.kinds, document.text[slice(*span)], skimmed.over)
        lacks = lacks if of_units >> n & 1 else (*lacks, "unit")
        lacks = lacks if skimmed.contents[n] - said[n] >= _TELLING else (*lacks, "content")
        answered = {word for kind in set(asked.kinds) - set(lacks) for word in _asking(kind)}
        spoken = asked.spoken_of(fold(document.text[slice(*span)]))
        own = {s: max(share, _SPOKEN) if s in spoken else share for s, share in own.items()}
        whole = {s: max(share, _SPOKEN) if s in spoken | over else share for s, share in whole.items()}
        covered = {s: 1.0 if word in answered else whole[s] for s, word in asked.frame.meant}
        missing = sorted((s for s in covered if not covered[s]), key=lambda s: -asked.weights[s])
        words = dict(asked.frame.meant)
        lacks = (*lacks, *asked.unspoken(spoken | over))
        lacks = (*lacks, *(kind for kind in asked.kinds if missing and _is_strict(kind) and kind not in lacks))
        yield Evidence(
            span,
            asked.share(covered),
            asked.share(own),
            tuple(words[s] for s in missing),
            lacks,
            agreed,
            bool(spoken or over),
        )


_SYNONYM, _KINDRED, _SPOKEN = (
    0.95,
    0.9,
    0.9,
)  # what another word for the same thing is worth: the word itself is worth 1


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
    kinds = any(bool(_table()["kinds"][kind].get("local", False)) for kind in asked_kinds(frame))
    return kinds or any(one.subject.local for one in asked_subjects(frame.words))


@cache
def _askers() -> dict[str, str]:
    """Each phrase that asks for a kind of thing, as joined tokens."""
    kinds = _table()["kinds"].items()
    return {" ".join(t.text for t in tokens(form)): kind for kind, entry in kinds for form in entry["asked"]}


@cache
def _asking(kind: str) -> frozenset[str]:
    """The words of the phrases that ask for a kind of thing."""
    return frozenset(word for phrase, other in _askers().items() if other == kind for word in phrase.split())


def asked_kinds(frame: Frame) -> tuple[str, ...]:
    """The kinds of things that a question asks for: a date, an amount, a telephone number...

    A phrase inside a longer one says nothing: "adresse mail" asks for no street."""
    plain = f" {frame.text} "
    said = [phrase for phrase in _askers() if f" {phrase} " in plain]
    longest = [p for p in said if not any(f" {p} " in f" {other} " and p != other for other in said)]
    kinds = dict.fromkeys(_askers()[phrase] for phrase in longest)
    return tuple(kind for kind in kinds if not set(_table()["kinds"][kind].get("unless", ())) & set(frame.words))


def lacking(frame: Frame, kinds: Sequence[str], text: str, over: frozenset[str]) -> tuple[str, ...]:
    """The kinds asked for that a text does not hold; `over` are the words that stand over it."""
    missing = [kind for kind in kinds if not _shows(text, kind)]
    counted = _counted_noun(frame)
    if counted and "count" not in missing and not _numbered(counted, text):
        missing.append("count")
    years = {word for word in frame.words if _YEAR.fullmatch(word)}
    if years and "date" in frame.asked and not (years & over or _shows(text, "year") or _holds(text, years)):
        missing.append("year")
    return tuple(missing)


def _shows(text: str, kind: str) -> bool:
    return bool(_holders()[kind].search(text if _table()["kinds"][kind].get("as_printed") else fold(text)))


def _counted_noun(frame: Frame) -> str | None:
    """What is to be counted: "combien de pages", "nombre de candidats"."""
    words = frame.words
    for at, word in enumerate(words):
        if word not in ("combien", "nombre"):
            continue
        of = next((i for i in range(at + 1, min(at + 6, len(words) - 1)) if words[i] in _OF | _APART), None)
        if of is not None and words[of] in _OF:
            noun = words[of + 1]
            return None if noun in _MEASURED or noun.isdigit() else noun
    return None


def _holds(text: str, words: set[str]) -> bool:
    return any(token.text in words for token in tokens(text))


def _numbered(noun: str, text: str) -> bool:
    """Whether a number stands by the thing counted."""
    words = [token.text for token in tokens(text)]
    places = [i for i, word in enumerate(words) if stem(word) == stem(noun) or _alike(word, noun)]
    return any(_NUMBER.fullmatch(word) for i in places for word in words[max(0, i - 3) : i + 4])


def _alike(word: str, other: str) -> bool:
    """Whether two words begin alike: "feuilles", "feuillets"."""
    return len(other) > _ALIKE and word[:_ALIKE] == other[:_ALIKE]


_ALIKE = 6
_OF = frozenset({"de", "d"})
_APART = frozenset("en pour sur dans par chez avec".split())  # what they introduce is not what is counted
_YEAR = re.compile(r"20[0-9]{2}")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix")
_MEASURED = frozenset({"temps", "jours", "mois", "semaines", "ans", "annees", "heures", "minutes", "mo"})
