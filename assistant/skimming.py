"""A passage read once for all the questions: what could be quoted of it, and where its words stand.

Windows are numbered; where something stands is a whole number with one bit a window, so that a question looks a
word up once for all of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_, or_

from assistant.links import LINKS
from assistant.quotes import Span, windows
from assistant.synonyms import synonyms
from corpus.documents import Document, Passage
from index.text import fold, stem, tokens

_SAME_START = 7  # letters that two forms of one word share at least ("inscription", "inscriptions")
Places = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Standing:
    """The windows where each word, each stem and each beginning of a word stands."""

    words: Places
    stems: Places
    starts: Places

    @classmethod
    def of(cls, words: Places) -> Standing:
        return cls(words, _gathered(words, stem), _gathered(words, lambda word: word[:_SAME_START]))

    def itself(self, s: str, word: str) -> int:
        """Where a word of that stem stands, or another form of the word."""
        return self.stems.get(s, 0) | (self.starts.get(word[:_SAME_START], 0) if len(word) >= _SAME_START else 0)

    def otherwise(self, word: str) -> int:
        """Where all the stems of one of its synonyms stand."""
        said = (reduce(and_, (self.stems.get(s, 0) for s in meaning)) for meaning in synonyms(word))
        return reduce(or_, said, 0)

    def all_of(self, stems: Iterable[str]) -> int:
        """Where all of these stems stand."""
        return reduce(and_, (self.stems.get(s, 0) for s in stems))

    def any_of(self, words: Iterable[str]) -> int:
        return reduce(or_, (self.words.get(word, 0) for word in words), 0)


def _gathered(words: Places, form: Callable[[str], str]) -> Places:
    forms: defaultdict[str, int] = defaultdict(int)
    for word, places in words.items():
        forms[form(word)] |= places
    return dict(forms)


@dataclass(frozen=True, slots=True)
class Skimmed:
    """`own` is where the passage's own words stand; for `whole`, the words over it stand in every window: `over`, and
    `heading` as one folded text.
    `contents` counts the different words of each window that are more than links."""

    spans: tuple[Span, ...]
    own: Standing
    whole: Standing
    over: frozenset[str]
    heading: str
    contents: tuple[int, ...]


def skim(document: Document, passage: Passage) -> Skimmed:
    """The windows of a passage with their words, and the words of what stands over it."""
    spans = tuple(windows(document, passage))
    start, end = min(a for a, _ in spans), max(b for _, b in spans)
    own: defaultdict[str, int] = defaultdict(int)
    bounds, standing = _stretches(spans)
    for token in tokens(document.text[start:end]):
        own[token.text] |= standing[bisect_right(bounds, start + token.start) - 1]
    heading = " ".join((*passage.section, passage.header_text, str(document.scope.session or "")))
    over = frozenset(token.text for token in tokens(heading))
    everywhere = (1 << len(spans)) - 1
    telling = Counter(places for word, places in own.items() if word not in LINKS).items()
    contents = tuple(sum(count for places, count in telling if places >> n & 1) for n in range(len(spans)))
    return Skimmed(
        spans,
        Standing.of(dict(own)),
        Standing.of({**own, **dict.fromkeys(over, everywhere)}),
        over,
        fold(heading),
        contents,
    )


def _stretches(spans: Sequence[Span]) -> tuple[list[int], list[int]]:
    """Where the windows over a place change, and which these are from there on."""
    bounds = sorted({bound for span in spans for bound in span})
    standing = [sum(1 << n for n, (start, end) in enumerate(spans) if start <= bound < end) for bound in bounds]
    return bounds, standing
