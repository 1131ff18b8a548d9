"""manifest.toml: what is known of each document beside its text. Read strictly: a slip is named, never guessed away."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from corpus.documents import Restates
from corpus.readers.pieces import Reading
from corpus.slips import Slip, nearest, parsed

NAME = "manifest.toml"
_SLUG = re.compile(r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*")


class ManifestError(Exception):
    """A manifest that cannot be used; the message is one line: which file, where, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a manifest says of one file. A file without an entry has its slug, and nothing else."""

    slug: str
    file: str
    title: str | None = None
    kind: str | None = None
    issuer: str | None = None
    diploma: str | None = None
    school: str | None = None
    city: str | None = None
    academies: tuple[str, ...] = ()
    session: int | None = None
    pathway: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    url: str | None = None
    restates: Restates | None = None


def read_manifest(path: Path, beside: bool = True) -> dict[str, Entry]:
    """The entries of a manifest by file name. `beside`: the files it names must lie beside it."""
    text = _text(path)
    table = _parsed(path, text)
    slip = _Slip(path, text)
    slip.unknown(table, ["document"])
    documents = table.get("document", [])
    if not isinstance(documents, list) or not all(isinstance(entry, dict) for entry in documents):
        raise slip.error("chaque document se décrit sous « [[document]] », avec deux crochets", "document")
    entries: dict[str, Entry] = {}
    for number, raw in enumerate(documents, start=1):
        slip = _Slip(path, text, number, len(documents))
        entry = _entry(raw, slip)
        _check_apart(entry, entries, slip)
        if beside:
            _check_there(entry, path.parent, slip)
        entries[entry.file] = entry
    return entries


def entry_for(path: Path, entries: Mapping[str, Entry], reading: Reading | None = None) -> Entry:
    """The entry of a file, or what can be said of one that has none: a slug from its name, its own title."""
    name = _composed(path.name)
    if name in entries:
        return entries[name]
    return Entry(slugify(path.stem) or "document", name, title=reading.title if reading else None)


def slugify(name: str) -> str:
    """Letters, digits and hyphens: "Référentiel MCO (2022)" is "referentiel-mco-2022"."""
    plain = unicodedata.normalize("NFKD", name.lower().replace("œ", "oe").replace("æ", "ae"))
    plain = "".join(c for c in plain if not unicodedata.combining(c))
    return "-".join(re.findall(r"[a-z0-9]+", plain))[:80].strip("-")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ManifestError(f"{path} : ce fichier n'est pas en UTF-8 ; enregistrez-le dans ce codage.") from None
    except FileNotFoundError:
        raise ManifestError(f"{path} : ce manifeste n'existe pas ; vérifiez le chemin.") from None
    except OSError as error:
        raise ManifestError(f"{path} : ce manifeste ne peut pas être lu ({error.strerror}) ; vérifiez-le.") from None


def _parsed(path: Path, text: str) -> dict[str, Any]:
    try:
        return parsed(text)
    except Slip as slip:
        raise ManifestError(f"{path}{slip}") from None


class _Slip:
    """Says what is wrong, and where: the file, the table, the line of the key."""

    def __init__(self, path: Path, text: str, number: int = 0, of: int = 0, inside: str = "") -> None:
        self.path, self.text, self.number, self.of, self.inside = path, text, number, of, inside

    def error(self, what: str, key: str = "") -> ManifestError:
        line = self._line(self.inside or key)
        place = f"[[document]] n° {self.number}" if self.number else ""
        where = ", ".join(part for part in (place, f"ligne {line}" if line else "") if part)
        what = " ".join(what.split())
        return ManifestError(f"{self.path}{', ' if where else ''}{where} : {what}.")

    def unknown(self, table: Mapping[str, Any], known: Iterable[str]) -> None:
        names = list(known)
        for key in table:
            if key not in names:
                hint = nearest(key, names) or f"clés connues : {', '.join(names)}"
                raise self.error(f"la clé « {key} » est inconnue ; {hint}", key)

    def _line(self, key: str) -> int | None:
        """The line of a key, else that of the table it should stand in."""
        lines = self.text.splitlines()
        tables = [n for n, line in enumerate(lines) if re.match(r"\s*\[\[\s*document\s*\]\]", line)]
        if self.number and len(tables) != self.of:
            return None  # written in some other way: better no line than a wrong one
        first = tables[self.number - 1] if self.number else 0
        last = tables[self.number] if self.number and self.number < len(tables) else len(lines)
        pattern = re.compile(rf"\s*(\[\[?\s*)?[\"']?{re.escape(key)}[\"']?\s*[=.\]]")
        found = [n for n in range(first, last) if key and pattern.match(lines[n])]
        return (found[0] if found else first) + 1 if found or self.number else None


def _entry(raw: Mapping[str, Any], slip: _Slip) -> Entry:
    slip.unknown(raw, _READ)
    for key in ("slug", "file", "title"):
        if key not in raw:
            raise slip.error(f'il manque « {key} » ; ajoutez une ligne {key} = "..."')
    return Entry(**{key: _READ[key](key, value, slip) for key, value in raw.items()})


def _check_apart(entry: Entry, entries: Mapping[str, Entry], slip: _Slip) -> None:
    """No two entries may speak of one slug or of one file."""
    for other in entries.values():
        if other.slug == entry.slug:
            raise slip.error(
                f"le slug « {entry.slug} » est déjà celui de « {other.file} » ; donnez-en un autre", "slug"
            )
        if other.file == entry.file:
            raise slip.error(f"le fichier « {entry.file} » a déjà une entrée, « {other.slug} » ; gardez-en une", "file")


def _check_there(entry: Entry, folder: Path, slip: _Slip) -> None:
    names = [_composed(path.name) for path in folder.iterdir() if path.is_file()]
    if entry.file not in names:
        hint = nearest(entry.file, names) or "corrigez « file » ou ajoutez le fichier"
        raise slip.error(f"le fichier « {entry.file} » n'est pas là ; {hint}", "file")


def _composed(name: str) -> str:
    """A name with each accent on its letter: some systems store them apart."""
    return unicodedata.normalize("NFC", name)


def _string(key: str, value: object, slip: _Slip) -> str:
    if not isinstance(value, str) or not value.strip():
        raise slip.error(f'« {key} » attend un texte entre guillemets ; écrivez {key} = "..."', key)
    return value.strip()


def _slug(key: str, value: object, slip: _Slip) -> str:
    slug = _string(key, value, slip)
    if not _SLUG.fullmatch(slug):
        better = f'écrivez slug = "{slugify(slug)}"' if slugify(slug) else "donnez-en un autre"
        raise slip.error(
            f"le slug « {slug} » ne peut avoir que lettres sans accent, chiffres et traits d'union ; {better}",
            key,
        )
    return slug


def _file(key: str, value: object, slip: _Slip) -> str:
    name = _string(key, value, slip)
    if "/" in name or "\\" in name or name in (".", ".."):
        raise slip.error(
            f"« {name} » n'est pas un nom de fichier sans dossier ; mettez le manifeste à côté du document", key
        )
    return _composed(name)


def _strings(key: str, value: object, slip: _Slip) -> tuple[str, ...]:
    if isinstance(value, str):
        raise slip.error(f'« {key} » attend une liste ; écrivez {key} = ["{value}"]', key)
    if not isinstance(value, list):
        raise slip.error(f'« {key} » attend une liste de textes ; écrivez {key} = ["...", "..."]', key)
    return tuple(_string(key, item, slip) for item in value)


def _year(key: str, value: object, slip: _Slip) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 1900 <= value <= 2200:
        raise slip.error(f"« {key} » attend une année, sans guillemets ; écrivez {key} = 2026", key)
    return value


def _day(key: str, value: object, slip: _Slip) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    example = value if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value) else "2026-11-20"
    raise slip.error(f"« {key} » attend une date AAAA-MM-JJ, sans guillemets ni heure ; écrivez {key} = {example}", key)


def _address(key: str, value: object, slip: _Slip) -> str:
    address = _string(key, value, slip)
    if not re.fullmatch(r"https?://[^\s<>\"]+", address):
        raise slip.error(f'« {key} » attend une adresse ; écrivez {key} = "https://..."', key)
    return address


def _restates(key: str, value: object, slip: _Slip) -> Restates:
    if not isinstance(value, dict):
        raise slip.error(
            f'« {key} » attend le document repris ; écrivez {key} = {{ title = "...", issuer = "..." }}', key
        )
    inside = _Slip(slip.path, slip.text, slip.number, slip.of, inside=key)
    inside.unknown(value, ["title", "issuer", "date"])
    if "title" not in value:
        raise inside.error(f"il manque « title » dans « {key} » ; dites quel document est repris")
    read: dict[str, Callable[..., Any]] = {"title": _string, "issuer": _string, "date": _day}
    return Restates(**{name: read[name](name, found, inside) for name, found in value.items()})


_BY_TYPE: dict[str, Callable[[str, object, _Slip], Any]] = {
    "str": _string,
    "int | None": _year,
    "tuple[str, ...]": _strings,
    "date | None": _day,
    "Restates | None": _restates,
}
_SPECIAL: dict[str, Callable[[str, object, _Slip], Any]] = {"slug": _slug, "file": _file, "url": _address}
_READ = {f.name: _SPECIAL.get(f.name) or _BY_TYPE.get(str(f.type), _string) for f in fields(Entry)}
