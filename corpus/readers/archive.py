"""Office files are zip archives: what is checked of one before anything in it is read."""

from __future__ import annotations

import zipfile
from pathlib import Path

from corpus.readers.pieces import Unreadable

_LARGEST = 256 * 1024 * 1024  # what the parts may hold in all, once unpacked
_PARTS = 20_000
_PACKED = 200  # times smaller than unpacked, for a part of more than a few megabytes: no honest text packs so well


def damaged(name: str) -> Unreadable:
    return Unreadable(f"Le fichier {name} est endommagé : il ne peut pas être ouvert.")


def check(path: Path) -> None:
    """Refuse an archive that is broken, encrypted, or that unpacks to more than a document could."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise Unreadable("Le fichier est endommagé : l'archive est incomplète ou illisible.") from error
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable("Le fichier est chiffré : enregistrez-le sans mot de passe, puis recommencez.")
    if len(parts) > _PARTS or sum(part.file_size for part in parts) > _LARGEST or any(map(_is_bomb, parts)):
        raise Unreadable("Le fichier est trop volumineux une fois décompressé.")


def _is_bomb(part: zipfile.ZipInfo) -> bool:
    return part.file_size > 8 * 1024 * 1024 and part.file_size > _PACKED * max(1, part.compress_size)
