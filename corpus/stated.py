"""What a document that no manifest describes says of itself: title, school and town, academies, session."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from corpus.documents import BlockKind, Scope
from corpus.readers.pieces import Piece, Reading
from corpus.readers.wording import line

_OPENING = 6  # pieces in which a document says what it is
_LETTERHEAD = 20  # those before which a letter says its object
_OBJECT = re.compile(r"^objet\s*:\s*(?P<object>.{4,200})$", re.IGNORECASE | re.DOTALL)
# What tools write where nobody gave a title, and what they put before the object of a message.
_NO_TITLE = re.compile(
    r"\(?(?:anonymous|untitled|unknown|sans titre|sans nom|document ?\d*|title|titre)\)?$"
    r"|microsoft (?:word|powerpoint)\b"
    r"|.*\.(?:docx?|odt|pdf|indd|pptx?|html?|txt)$",
    re.IGNORECASE,
)
_REPLY = re.compile(r"^(?:(?:re|tr|fw|fwd)\s*:\s*)+", re.IGNORECASE)
_WORD = r"[A-ZÉÈÀÎÔ][\w'’-]*"
_KIND = (
    r"(?:métiers|privée?|publique?|sous|contrat|professionnel(?:le)?|polyvalent|général|technologique|agricole"
    r"|hôtelier|supérieure?|régional|universitaire|technologie|apprentis|bouche|hôtellerie)"
)
_SCHOOL = re.compile(
    rf"\b(?P<school>(?:Campus|CAMPUS|Lycée|LYCÉE|LYCEE|CFA|UFA|Institut|INSTITUT|École|ÉCOLE|ECOLE|IUT|Greta|GRETA"
    rf"|Université|Centre de formation)"
    rf"(?: (?:{_WORD}|{_KIND}|des?|du|la|le|les|et|l['’]|d['’]))*(?: (?:l['’]|d['’])?|['’]){_WORD})"
)
_PLACE = rf"{_WORD}(?:[ -](?:{_WORD}|sur|sous|en|le|la|les|de|du|des|lès))*"
_TOWN = re.compile(rf"^\s*(?:[,(–—-]|à)\s*(?:site (?:de |du |d['’]))?(?P<town>{_PLACE})")
_IN_TOWN = re.compile(rf"\b(?:alternance|apprentissage|scolaire|formation|initiale|continue)\s+à\s+(?P<town>{_PLACE})")
_POSTED = re.compile(rf"\b[0-9]{{5}}\s+(?P<town>{_PLACE})")
_ACADEMIES = re.compile(
    r"\bacad[ée]mies?\s+(?P<names>(?:d['’]|de\s+|des\s+).{2,80}?)(?=[.;:()\n]|\s[–—-]\s|\s+(?:session|division|rectorat"
    r"|service|bureau|direction|circulaire|affaire|dec|année)\b|$)",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"(?:[A-ZÀ-Ý'’-]{2,}(?:\s+|$))+")
_ACRONYM = 4  # letters
_STAYS = re.compile(r"\b(?:Cfa|Ufa|Iut|Btp|Greta)\b")
_SMALL = re.compile(r"(?<=[ -])(?:Sur|Sous|En|Le|La|Les|De|Du|Des|Lès|Aux|Et)(?=[ -])")
_AND = re.compile(r"\s*,\s*|\s+et\s+", re.IGNORECASE)
_OF = re.compile(r"^(?:d['’]|de\s+la\s+|de\s+|des\s+|du\s+)", re.IGNORECASE)
# What stands after a school's name where a town would, and is none.
_NO_TOWN = re.compile(
    r"(?:[A-Z]{2,6}(?![A-Z-])|Université|Lycée|Institut|Campus|École|IUT|CFA|Session|Dossier|Règlement|Circulaire"
    r"|Apprentis|Guide|Livret|Notice|Plaquette|Programme|Calendrier|Examen|Admission|Conditions|Formation"
    r"|Apprentissage|Section|Année|Rentrée|Service)"
)
_SESSION = re.compile(r"\bsession\s+(?:de\s+)?(?P<year>20[0-9]{2})\b", re.IGNORECASE)


def title_of(reading: Reading) -> str | None:
    """The title that a file gives itself, else what its "Objet :" says, else its first heading."""
    if reading.title and not _NO_TITLE.match(reading.title.strip()):
        return reading.title
    opening, letter = reading.pieces[:_OPENING], reading.pieces[:_LETTERHEAD]
    said = next((match["object"] for piece in letter if (match := _OBJECT.match(line(piece.text)))), None)
    first = next((line(piece.text) for piece in opening if piece.kind is BlockKind.HEADING), None)
    return _REPLY.sub("", said) if said else first


def scope_of(title: str, pieces: Sequence[Piece]) -> Scope:
    """The scope that the title and the first lines of a document give."""
    opening = [title, *(line(piece.text) for piece in pieces[:_OPENING])]
    school, town = next((named for text in opening if (named := _school(text, text is title))[0]), (None, None))
    town = town or next((_town_written(m["town"]) for text in opening if school and (m := _POSTED.search(text))), None)
    town = town or (_town_of(title) if school else None)
    return Scope(
        school=school,
        city=town,
        academies=next((names for text in opening if (names := _academies(text))), ()) or _letterhead(pieces),
        session=next((int(match["year"]) for text in opening if (match := _SESSION.search(text))), None),
    )


def _letterhead(pieces: Sequence[Piece]) -> tuple[str, ...]:
    """The academies that a letterhead laid out as a table names: the rows before any heading, where they name one."""
    rows = itertools.takewhile(lambda piece: piece.kind is BlockKind.ROW, pieces[:_OPENING])
    named = {names for piece in rows for cell in piece.cells if (names := _academies(line(cell)))}
    return named.pop() if len(named) == 1 else ()


def _school(text: str, is_title: bool) -> tuple[str | None, str | None]:
    """The school that a title names, or that a line begins with, and the town that stands after it."""
    match = _SCHOOL.search(text) if is_title else _SCHOOL.match(text)
    if match is None:
        return None, None
    town = _TOWN.match(text[match.end() :])
    named = town["town"] if town and not _NO_TOWN.match(town["town"]) else None
    return _capitalised(match["school"]), _capitalised(named) if named else None


def _town_of(title: str) -> str | None:
    """The town that a title names after a way of training: "BTS Tourisme en alternance à Saint-Nazaire"."""
    named = next((match["town"] for match in _IN_TOWN.finditer(title) if not _NO_TOWN.match(match["town"])), None)
    return _capitalised(named) if named else None


def _town_written(name: str) -> str:
    """A town of an address as one writes it: "VIERZON CEDEX Tél." is "Vierzon"."""
    written = re.sub(r"\s+cedex\b.*", "", name, flags=re.IGNORECASE)
    capitals = _CAPITALS.match(written)
    return _capitalised(capitals[0].strip() if capitals else written)


def _academies(text: str) -> tuple[str, ...]:
    match = _ACADEMIES.search(text)
    names = (_OF.sub("", name.strip()) for name in _AND.split(match["names"])) if match else ()
    return tuple(_capitalised(name) for name in names if name[:1].isupper())


def _capitalised(name: str) -> str:
    """A name in capitals as one writes it: "BOULOGNE-SUR-MER" is "Boulogne-sur-Mer"; an acronym stays one."""
    if not name.isupper() or len(name) <= _ACRONYM:
        return name
    return _STAYS.sub(lambda match: match[0].upper(), _SMALL.sub(lambda match: match[0].lower(), name.title()))
