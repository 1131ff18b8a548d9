"""The persons that a document names: what they are there, and the telephones and addresses that stand by their name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.contacting import EMAIL, TELEPHONE
from assistant.facts import Evidence, Fact
from assistant.scopes import section_scope
from corpus.documents import Block, BlockKind, Document
from index.text import fold, tokens

_FIRST = r"[A-ZÉÈ][a-zà-ÿ]+(?:-[A-ZÉ][a-zà-ÿ]+)?"
_LAST = r"[A-ZÉÈÀ]{4,}(?:[ -][A-ZÉÈÀ]{3,})?"
_PERSON = re.compile(
    rf"\b(?:M\.|Mme|Madame|Monsieur) (?P<titled>{_FIRST} {_LAST}|{_LAST} {_FIRST}|{_FIRST} {_FIRST}|{_LAST}|{_FIRST})"
    rf"|\b(?P<capital>{_FIRST} {_LAST})\b"
    rf"|(?<=: )(?P<plain>{_FIRST} {_FIRST})(?=,|$)"
)
_REACHED = {"telephone": TELEPHONE, "email": EMAIL}
_AFTER = re.compile(r"^ ?(?:,|\() ?(?!(?:la|le|les|un|une|qui|pour|au|aux) )(?P<role>[^,.;:()0-9@]{3,80})")
_NO_ROLE = re.compile(r"[0-9@:.]")  # a line with any of these says something else than what a person is
# Where what is said of a person begins: after a stop, a comma, another's telephone or address.
_ENDS = re.compile(rf"[.;,!?]\s|\n|\||{TELEPHONE.pattern}|{EMAIL.pattern}")
_EDGES = " :,-–•("
_LABELS = frozenset({"nom", "contact", "contacts", "nom du contact", "destinataire", "telephone", "tel", "courriel"})
_JOINS = re.compile(r"(?:^|\s+)(?:est|au|à|a|de|par|et|ou|avec)\s*$", re.IGNORECASE)
# What leads to a person and says nothing of what the person is.
_LEADS = re.compile(
    r"^.*?\b(?:contacter|joindre|contactez)\b ?|^(?:ou |et )?(?:notre|votre|le|la) |.*(?:à|a) l['’]attention$",
    re.IGNORECASE,
)
_LONGEST_ROLE = 90
_BEFORE = 300  # characters before a name that may say what the person is
_SHORT = 80  # characters of a line that only gives a telephone or a role
_BELOW = 4  # lines under a name that may be its own


@dataclass(frozen=True, slots=True)
class _Place:
    """A block of a document among its neighbours."""

    document: Document
    blocks: Sequence[tuple[Block, tuple[str, ...]]]
    at: int

    @property
    def text(self) -> str:
        return self.document.slice(self.blocks[self.at][0])

    def below(self) -> Iterator[Block]:
        """The short lines right under the block, up to a heading or to another person."""
        for block, _ in self.blocks[self.at + 1 : self.at + 1 + _BELOW]:
            text = self.document.slice(block)
            if block.kind in (BlockKind.HEADING, BlockKind.ROW) or len(text) > _SHORT or _PERSON.search(text):
                return
            yield block

    def above(self) -> str:
        """The short line or heading right over the block, where it may be what a person is."""
        text = self.document.slice(self.blocks[self.at - 1][0]) if self.at else ""
        return text if len(text) <= _SHORT and not _NO_ROLE.search(text) else ""


def read_contacts(document: Document) -> Iterator[Fact]:
    """Facts "role", "telephone" and "email" of "person:<name>", each name folded."""
    blocks = list(document.sections())
    addresses = list(EMAIL.finditer(document.text))
    for at, (block, _) in enumerate(blocks):
        if block.kind is BlockKind.HEADING:
            continue
        place = _Place(document, blocks, at)
        found = [match for match in _PERSON.finditer(place.text) if _is_person(match, document)]
        for n, match in enumerate(found):
            start = found[n - 1].end() if n else 0
            end = found[n + 1].start() if n + 1 < len(found) else len(place.text)
            yield from _of_person(place, match, (start, end), last=n + 1 == len(found), addresses=addresses)


def _is_person(match: re.Match[str], document: Document) -> bool:
    """Whether capitals are a person's: not a school's, and no word that the document also writes without them."""
    name = match["titled"] or match["capital"] or match["plain"]
    if match["titled"]:
        return True
    first = name.split()[0].lower()
    return fold(name) != fold(document.scope.school or "") and not re.search(rf"\b{re.escape(first)}\b", document.text)


def _of_person(
    place: _Place, match: re.Match[str], own: tuple[int, int], *, last: bool, addresses: Sequence[re.Match[str]]
) -> Iterator[Fact]:
    block, section = place.blocks[place.at]
    document, text = place.document, place.text
    name = " ".join((match["titled"] or match["capital"] or match["plain"]).split())
    scope = replace(document.scope.narrowed(section_scope(section, document)), status=())
    subject, said = f"person:{fold(name)}", [block, *(place.below() if last else ())]
    evidence = {b: Evidence(document.slug, b.start, b.end, document.slice(b)) for b in said}
    yield Fact(subject, "name", fold(name), name, scope, (evidence[block],))
    for role in dict.fromkeys(_roles(place, text[own[0] : match.start()], text[match.end() : own[1]], said[1:])):
        yield Fact(subject, "role", fold(role), role, scope, (evidence[block],))
    for prop, form in _REACHED.items():
        for b in said:
            shown = text[match.end() : own[1]] if b is block else document.slice(b)
            for reached in form.finditer(shown):
                if b is not block and _is_anothers(name, reached[0]):
                    continue
                lines = tuple(dict.fromkeys((evidence[block], evidence[b])))
                yield Fact(subject, prop, fold(reached[0]), reached[0], scope, lines)
    for reached in addresses:
        if _is_named(name, reached[0]):
            stands = Evidence(document.slug, reached.start(), reached.end(), reached[0])
            yield Fact(subject, "email", fold(reached[0]), reached[0], scope, (stands, evidence[block]))


def _is_anothers(name: str, reached: str) -> bool:
    """Whether an address on a line below bears a first name and a name, and not this person's."""
    return bool(re.match(r"[A-Za-z]+[._-][A-Za-z]+@", reached)) and not _is_named(name, reached)


def _is_named(name: str, address: str) -> bool:
    """Whether an address bears a name whole: "julie.martin@" or "jmartin@" of Julie MARTIN, and no "martine@"."""
    words = name.split()
    surname = fold("".join(word for word in words if word.isupper()) or words[-1])
    first = fold(next((word for word in words if not word.isupper()), ""))
    said = re.split(r"[._+-]", fold(address.partition("@")[0]))
    whole = surname in said and (len(said) == 1 or not first or any(part[:1] == first[:1] for part in said))
    return whole or (bool(first) and f"{first[0]}{surname}" in said)


def _roles(place: _Place, before: str, after: str, below: Sequence[Block]) -> Iterator[str]:
    """What a person is: the words before the name, else the line over it; those after its comma; the line under it."""
    section = place.blocks[place.at][1]
    last = _ENDS.split(before[-_BEFORE:])[-1].rstrip()
    opening = _LEADS.sub("", _JOINS.sub("", last)).strip(_EDGES)
    opening = _LEADS.sub("", opening)
    if fold(opening) in _LABELS:
        yield from section[-1:]
    elif opening:
        yield from [opening] if len(opening) <= _LONGEST_ROLE else []
    elif place.above():
        yield place.above()
    if (match := _AFTER.match(after)) and fold(match["role"].strip()) not in _LABELS:
        yield match["role"].strip()
    if below and not _NO_ROLE.search(first := place.document.slice(below[0])):
        yield first


def words_of_name(subject: str) -> frozenset[str]:
    """The words of the name of a "person:..." subject."""
    return frozenset(token.text for token in tokens(subject.partition(":")[2]) if len(token.text) > 2)
