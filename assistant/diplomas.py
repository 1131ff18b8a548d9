"""The diploma that a question names: after its family, by its acronym, by its name; held or not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import pairwise

from assistant.diploma_names import OF_STATE, initials, split_diploma
from assistant.links import LINKS
from assistant.phrases import meaningful
from assistant.proper import Unheld, is_proper, key
from assistant.scopes import words as scope_words
from assistant.sheets import sheet
from assistant.vocabulary import Vocabulary
from index.text import Token, stem, tokens

_LEAST_BEGINNING = 5  # letters of a word that may be the beginning of another
_LONGEST_SPECIALTY = 4  # words
_HELD_BY_ASKER = frozenset(
    {"ai", "avec", "titulaire", "obtenu", "ayant", "avoir", "eu", "apres", "juste", "seulement", "g", "possede"}
)


@dataclass(frozen=True)
class Diplomas:
    """Finds diplomas by the vocabulary of one library."""

    vocabulary: Vocabulary

    def find(self, question: str, read: Sequence[Token]) -> tuple[str | None, list[Unheld], set[int]]:
        """The diploma named after its family ("BTS NDRC"), held or not; a bare "BTS" names none. One that the asker
        has ("avec mon BTS NDRC") is meant where no other is named."""
        words = [token.text for token in read]
        own: tuple[str | None, list[Unheld], set[int]] | None = None
        for at in range(len(words)):
            family, length = self._family_at(words, at)
            if not family:
                continue
            has = _is_the_askers(words, at)
            held = self._held_diploma(family, words[at + length : at + length + 7])
            if held:
                found = held[0], list[Unheld](), set(range(at, at + length + held[1]))
                if not has:
                    return found
                own = own or found
            elif not has:
                return self._not_held(question, read, at, length, family)
        own = own or self._acronym(words)
        return own if own[0] else self._whole(question, read, own)

    @staticmethod
    def _whole(
        question: str, read: Sequence[Token], found: tuple[str | None, list[Unheld], set[int]]
    ) -> tuple[str | None, list[Unheld], set[int]]:
        """What was found with the acronyms that are a diploma's whole name, which no held one has."""
        words = [token.text for token in read]
        named = [at for at, word in enumerate(words) if word in _whole_names() and not _is_the_askers(words, at)]
        unheld = [Unheld("diploma", question[read[at].start : read[at].end]) for at in named]
        return found[0], [*found[1], *unheld], found[2] | set(named)

    def every(self, words: Sequence[str]) -> dict[str, set[int]]:
        """The held diplomas that a question names, each with the places of its words; not those that the asker has."""
        found: dict[str, set[int]] = {}
        for at in range(len(words)):
            family, length = self._family_at(words, at)
            held = self._held_diploma(family, words[at + length : at + length + 7]) if family else None
            if held and not _is_the_askers(words, at):
                found.setdefault(held[0], set()).update(range(at, at + length + held[1]))
        for diploma, acronyms, _ in self._bare:
            for acronym in acronyms & set(words):
                found.setdefault(diploma, set()).add(words.index(acronym))
        return found

    def _not_held(
        self, question: str, read: Sequence[Token], at: int, length: int, family: str
    ) -> tuple[str | None, list[Unheld], set[int]]:
        """What a family names with the words after it, where that is no held diploma."""
        name = _name_after(question, read, at + length - 1)
        if not name and family in self._families:
            return self._only_of(family), [], set(range(at, at + length))
        last = at + length - 1 + len(name)
        typed = question[read[at].start : read[last].end]
        # A bare family ("un bachelor ?") may also be what the question is about: its word stays.
        return None, [Unheld("diploma", typed)], set(range(at, last + 1)) if name else set()

    def _family_at(self, words: Sequence[str], at: int) -> tuple[str, int]:
        """The family of diplomas that begins at a word, and how many words name it. One of several words is what
        candidates come from too ("bac pro"): it names a diploma where the library holds one of that family."""
        found = [
            (family, len(written))
            for written, family in scope_words().families.items()
            if tuple(words[at : at + len(written)]) == written and (written == (family,) or family in self._families)
        ]
        return max(found, key=lambda pair: pair[1], default=("", 0))

    @cached_property
    def _families(self) -> Mapping[str, Sequence[str]]:
        """The diplomas held of each family."""
        held: defaultdict[str, list[str]] = defaultdict(list)
        for diploma in self.vocabulary.diplomas:
            held[split_diploma(diploma)[0]].append(diploma)
        return dict(held)

    def _only_of(self, family: str) -> str | None:
        """The only diploma held of a family, where others are held of other families."""
        own = self._families.get(family, ())
        return own[0] if len(own) == 1 < len(self.vocabulary.diplomas) else None

    @cached_property
    def _bare(self) -> tuple[tuple[str, frozenset[str], str], ...]:
        """Each diploma with its acronyms, and with its name without its family where that is no exam unit's name too;
        empty where it has none."""
        units = {key(unit.name) for unit in self.vocabulary.units}
        found = []
        for diploma in self.vocabulary.diplomas:
            words = split_diploma(diploma)[1]
            acronyms = {words[-1]} if words and diploma.split()[-1].isupper() else self._shorts(diploma)
            acronyms = acronyms if words else {key(diploma)}  # "DEAES" is a family of its own
            name = " ".join(words)
            taken = any(f" {name} " in f" {unit} " for unit in units)
            # the initials of "Métiers de l'eau" say "me"
            found.append((diploma, frozenset(a for a in acronyms if meaningful([a])), "" if taken else name))
        return tuple(found)

    def _acronym(self, words: Sequence[str]) -> tuple[str | None, list[Unheld], set[int]]:
        """A held diploma named by its acronym alone ("la durée en MCO"), or by its name without its family."""
        plain = f" {' '.join(words)} "
        for diploma, acronyms, name in self._bare:
            if named := acronyms & set(words):
                return diploma, [], {words.index(word) for word in named}
            if name and f" {name} " in plain:
                return diploma, [], set()
        return self._by_beginning(words)

    def _by_beginning(self, words: Sequence[str]) -> tuple[str | None, list[Unheld], set[int]]:
        """The only diploma that words of the question begin or are the name of, in any gender ("assistante de vie")."""
        said = [(at, stem(word)) for at, word in enumerate(words) if word not in LINKS]
        pairs = {(one, two): (at, last) for (at, one), (last, two) in pairwise(said)}
        named = {diploma: pairs[start] for diploma, start in self._beginnings if start in pairs}
        if len(named) != 1:
            return None, [], set()
        ((diploma, (first, last)),) = named.items()
        return diploma, [], set(range(first, last + 1))

    @cached_property
    def _beginnings(self) -> tuple[tuple[str, tuple[str, str]], ...]:
        """The first two stems of the names of diplomas, where no exam unit's name has both."""
        units = [unit.stems for unit in self.vocabulary.units]
        names = [
            (d, [stem(word) for word in split_diploma(d)[1] if word not in LINKS]) for d in self.vocabulary.diplomas
        ]
        return tuple(
            (d, (own[0], own[1])) for d, own in names if len(own) > 1 and not any({*own[:2]} <= unit for unit in units)
        )

    def _shorts(self, diploma: str) -> frozenset[str]:
        """What a diploma is shortened to: as its documents write it, and the initials of its name."""
        family, words = split_diploma(diploma)
        own = initials(words)
        of_state = {f"de{own}"} if own and family == OF_STATE else set()
        return (self.vocabulary.acronyms.get(diploma, frozenset()) | {own, *of_state}) - {""}

    def _held_diploma(self, family: str, following: Sequence[str]) -> tuple[str, int] | None:
        for diploma in self.vocabulary.diplomas:
            own, name = split_diploma(diploma)
            if own != family:
                continue
            if name and list(following[: len(name)]) == name:
                return diploma, len(name)
            if following and following[0] in self._shorts(diploma):
                return diploma, 1
            long = self.vocabulary.diploma_words.get(diploma, frozenset())
            taken = 0
            while taken < len(following) and (_begun(following[taken], long) or following[taken] in LINKS):
                taken += 1
            if len({s for w in following[:taken] for s in _begun(w, long)}) >= min(2, len(long) or 99):
                return diploma, taken
        return self._by_first_word(family, following)

    def _by_first_word(self, family: str, following: Sequence[str]) -> tuple[str, int] | None:
        """The only diploma of a family whose name begins as the word after it does ("bts compta"), unless many do."""
        word = following[0] if following else ""
        if len(word) < _LEAST_BEGINNING or word in sheet("names.toml")["general"]:
            return None
        named = [
            d for d in self._families.get(family, ()) if (name := split_diploma(d)[1]) and name[0].startswith(word)
        ]
        return (named[0], 1) if len(named) == 1 else None


def _is_the_askers(words: Sequence[str], at: int) -> bool:
    """Whether the diploma named at a place is one that the asker has: "avec mon BTS"."""
    return bool(_HELD_BY_ASKER & set(words[max(0, at - 3) : at]))


def _begun(word: str, long: frozenset[str]) -> frozenset[str]:
    """The stems of a name that a word is a form or the beginning of: "compta"."""
    if stem(word) in long:
        return frozenset({stem(word)})
    return frozenset(s for s in long if len(word) >= _LEAST_BEGINNING and s.startswith(word))


def _name_after(question: str, read: Sequence[Token], at: int) -> list[str]:
    """The words right after a diploma's family that read as its name: a known one, an acronym, capitalised words."""
    if known := _specialty_at([token.text for token in read], at + 1):
        return known
    name: list[str] = []
    for token in read[at + 1 : at + 5]:
        typed = question[token.start : token.end]
        gap = question[read[at + len(name)].end : token.start]
        acronym = typed.isupper() and 1 < len(typed) < 7 and not question.isupper()
        if gap.strip() or any(c.isdigit() for c in typed) or not (acronym or is_proper(question, token)):
            break
        name.append(token.text)
    return name


def _specialty_at(words: Sequence[str], at: int) -> list[str]:
    """The words of the longest specialty of diplomas that begins at a word."""
    known = (name for length in range(_LONGEST_SPECIALTY, 0, -1) if (name := list(words[at : at + length])))
    return next((name for name in known if " ".join(name) in _specialties()), [])


@cache
def _whole_names() -> frozenset[str]:
    """The acronyms that are the whole name of a diploma: "DEAES"."""
    return frozenset(sheet("names.toml")["whole"])


@cache
def _specialties() -> frozenset[str]:
    return frozenset(" ".join(t.text for t in tokens(name)) for name in sheet("names.toml")["specialties"])
