"""A folder whose files belong together: the SHA-256 of each, and what they were built from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path

_MANIFEST = "manifest.json"
REBUILD = "Lancez « reglo ingest » pour le reconstruire."


class DamagedIndex(Exception):
    """A file of the folder is missing or is not what was written."""


class ForeignIndex(DamagedIndex):
    """The folder is whole, but was built from something else."""


def corpus_fingerprint(ids: Iterable[int], texts: Iterable[str]) -> str:
    """What the passages are, ids and texts: the same for the same passages alone."""
    digest = hashlib.sha256()
    for id_, text in zip(ids, texts, strict=True):
        digest.update(f"{id_} {len(text)}\n{text}\n".encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


def seal(folder: Path, fingerprints: Mapping[str, str]) -> None:
    """Write down every file's SHA-256 beside what they were built from. The last thing done to a folder."""
    files = {
        str(path.relative_to(folder).as_posix()): _sha256(path)
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != folder / _MANIFEST
    }
    content = {"fingerprints": dict(fingerprints), "files": files}
    (folder / _MANIFEST).write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def verify(folder: Path, expected: Mapping[str, str] | None = None) -> dict[str, str]:
    """What the folder was built from, once every file is what was sealed and that is what is `expected`.

    Raises:
        DamagedIndex, ForeignIndex: one sentence that says what is wrong and what to do.
    """
    manifest = _manifest(folder)
    for name, value in (expected or {}).items():
        if manifest["fingerprints"].get(name) != value:
            raise ForeignIndex(f"L'index {folder} vient d'un autre {_NAMES.get(name, name)}. {REBUILD}")
    for name, sha256 in manifest["files"].items():
        path = folder / name
        if not path.is_file():
            raise DamagedIndex(f"L'index {folder} est incomplet : il manque {name}. {REBUILD}")
        if _sha256(path) != sha256:
            raise DamagedIndex(f"L'index {folder} est abîmé : {name} n'est plus ce qui a été écrit. {REBUILD}")
    return manifest["fingerprints"]


_NAMES = {"corpus": "ensemble de documents", "encoder": "encodeur"}


def _manifest(folder: Path) -> dict[str, dict[str, str]]:
    try:
        content = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        return {"fingerprints": dict(content["fingerprints"]), "files": dict(content["files"])}
    except FileNotFoundError:
        raise DamagedIndex(f"Il n'y a pas d'index complet dans {folder}. {REBUILD}") from None
    except (OSError, ValueError, TypeError, KeyError):
        raise DamagedIndex(f"L'index {folder} est abîmé : {_MANIFEST} est illisible. {REBUILD}") from None


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
