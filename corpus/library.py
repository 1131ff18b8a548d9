"""The files to ingest: those named, those of the folders named, each with what its manifest says of it."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.manifest import NAME, Entry, ManifestError, entry_for, read_manifest

# What a folder is searched for. A file named by itself is taken whatever its name: its content says what it is.
SUFFIXES = frozenset(".pdf .docx .odt .html .htm .md .markdown .txt".split())


class MissingPath(Exception):
    """A path that gives nothing to ingest; the message is one French line: which path, and what to do."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to ingest and its manifest entry, None where no manifest speaks of it."""

    path: Path
    entry: Entry | None = None


def starter() -> Path:
    """The folder of the documents that come with Réglo."""
    return Path(__file__).with_suffix("")


def find(paths: Sequence[Path], manifest: Path | None = None) -> list[Found]:
    """The files of the paths in their order, a folder's by name, each once.

    The entries are those of `manifest`, else those of the manifest.toml that lies beside each file.
    """
    given = read_manifest(manifest, beside=False) if manifest else None
    beside: dict[Path, dict[str, Entry]] = {}
    found: dict[str, Found] = {}
    for file in (file for path in paths for file in _files(path)):
        entries = given if given is not None else _beside(file.parent, beside)
        # Unlike Path.resolve, realpath takes a link that leads to itself.
        found.setdefault(os.path.realpath(file), Found(file, entries.get(file.name)))
    _check_apart(list(found.values()))
    return list(found.values())


def _beside(folder: Path, known: dict[Path, dict[str, Entry]]) -> dict[str, Entry]:
    if folder not in known:
        known[folder] = read_manifest(folder / NAME) if (folder / NAME).is_file() else {}
    return known[folder]


def _files(path: Path) -> list[Path]:
    mode = _mode(path)
    if stat.S_ISDIR(mode):
        return _in_folder(path)
    if not stat.S_ISREG(mode):
        raise MissingPath(f"{path} : ce n'est ni un fichier ni un dossier ; donnez l'un ou l'autre.")
    if not os.access(path, os.R_OK):
        raise MissingPath(f"{path} : ce fichier ne peut pas être lu ; vérifiez ses droits.")
    return [] if path.name == NAME else [path]  # `reglo ingest dossier/*` names the manifest too


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        raise MissingPath(f"{path} : ce fichier ou ce dossier n'existe pas ; vérifiez le chemin.") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "caractère interdit"
        raise MissingPath(f"{str(path)!r} : ce chemin ne peut pas être lu ({why}) ; vérifiez-le.") from None


def _in_folder(folder: Path) -> list[Path]:
    files = sorted(_walked(folder))
    if not files:
        known = ", ".join(sorted(SUFFIXES))
        raise MissingPath(
            f"{folder} : ce dossier ne contient aucun document ({known}) ; ajoutez-en ou donnez un fichier."
        )
    return files


def _walked(folder: Path) -> Iterator[Path]:
    for at, folders, names in os.walk(folder, onerror=_unreadable):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for path in (Path(at, name) for name in names if not name.startswith(".")):
            # A link that leads nowhere is kept: its reader says so. A pipe or a socket is not: it could be waited on.
            if path.suffix.lower() in SUFFIXES and (path.is_file() or not path.exists()):
                yield path


def _unreadable(error: OSError) -> None:
    raise MissingPath(f"{error.filename} : ce dossier ne peut pas être lu ; vérifiez ses droits.") from error


def _check_apart(found: Sequence[Found]) -> None:
    """No two files may bear one slug: the second would take the place of the first."""
    files: dict[str, Path] = {}
    for one in found:
        slug = (one.entry or entry_for(one.path, {})).slug
        if slug in files:
            raise ManifestError(
                f"{one.path} : le slug « {slug} » est déjà celui de {files[slug]} ; "
                f"donnez-leur deux slugs dans un {NAME}, ou n'ingérez que l'un des deux."
            )
        files[slug] = one.path
