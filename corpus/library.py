"""Which files to ingest, each with what its manifest says of it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.manifest import NAME, Entry, entry_for, read_manifest

# A folder may hold anything; a file that is named outright is tried whatever its name.
_SUFFIXES = frozenset(("", ".pdf", ".docx", ".odt", ".html", ".htm", ".xhtml", ".md", ".markdown", ".txt", ".text"))


class LibraryError(Exception):
    """A path that cannot be ingested; the message is one sentence: which one, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file to ingest. `manifest` is where its entry stands, None where it has none."""

    path: Path
    entry: Entry
    manifest: Path | None = None


def starter() -> Path:
    """The folder of the starter documents."""
    return Path(__file__).resolve().parent / "library"


def find(paths: Sequence[Path], manifest: Path | None = None) -> list[Source]:
    """The files that the paths name or hold, in order, each once.

    An entry comes from `manifest` where it is given, else from the manifest.toml that lies beside the file.

    Raises:
        LibraryError, ManifestError: what is wrong with the first path or manifest that cannot be used.
    """
    files = dict.fromkeys(file for path in paths for file in _files(path))
    manifests = _Manifests(manifest)
    return [_source(file, manifests) for file in files]


def _source(file: Path, manifests: _Manifests) -> Source:
    manifest, entries = manifests.of(file)
    entry = entry_for(file, entries)
    return Source(file, entry, manifest if entry in entries.values() else None)


class _Manifests:
    """The manifests met on the way, each read once."""

    def __init__(self, given: Path | None) -> None:
        self._given = given.absolute() if given else None
        self._read: dict[Path, Mapping[str, Entry]] = {}
        if self._given:
            self._read[self._given] = read_manifest(self._given, beside=False)

    def of(self, file: Path) -> tuple[Path, Mapping[str, Entry]]:
        path = self._given or file.parent / NAME
        if path not in self._read:
            self._read[path] = read_manifest(path) if path.exists() else {}
        return path, self._read[path]


def _files(path: Path) -> Iterator[Path]:
    path = path.absolute()
    try:
        path.stat()
    except OSError as error:
        raise LibraryError(_said(path, error)) from None
    if path.is_dir():
        yield from _walked(path)
    elif not path.is_file():
        raise LibraryError(f"{path} : ce n'est ni un fichier ni un dossier ; donnez un document.")
    elif path.name == NAME:
        raise LibraryError(f"{path} : c'est un manifeste ; donnez son dossier, ou --manifest et les documents.")
    elif not os.access(path, os.R_OK):
        raise LibraryError(f"{path} : ce fichier ne peut pas être lu ; vérifiez les droits.")
    else:
        yield Path(os.path.normpath(path))


def _walked(folder: Path) -> Iterator[Path]:
    found = False
    for parent, folders, names in os.walk(os.path.normpath(folder), onerror=_refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(parent, name)
            if _is_document(file):
                found = True
                yield file
    if not found:
        raise LibraryError(f"{folder} : aucun document dans ce dossier (PDF, DOCX, ODT, HTML, Markdown ou texte).")


def _is_document(file: Path) -> bool:
    is_known = file.suffix.lower() in _SUFFIXES and not file.name.startswith((".", "~$"))
    return is_known and file.name != NAME and file.is_file()


def _refuse(error: OSError) -> None:
    raise LibraryError(_said(Path(str(error.filename)), error))


def _said(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"{path} : ce fichier ou ce dossier n'existe pas ; vérifiez le chemin."
    if isinstance(error, PermissionError):
        return f"{path} : l'accès est refusé ; vérifiez les droits."
    return f"{path} : ce chemin ne peut pas être lu ({error.strerror}) ; vérifiez-le."
