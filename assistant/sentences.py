"""What the parts below say of what they cannot do, said as one French sentence."""

from __future__ import annotations

import errno
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from assistant.reports import Refused
from corpus.library import LibraryError
from corpus.manifest import ManifestError
from corpus.store import StoreError
from index.encoder import UnknownEncoder
from index.generation import DamagedIndex


@contextmanager
def saying(home: Path) -> Iterator[None]:
    """What the parts below say of what they cannot do, said as ours."""
    try:
        yield
    except (StoreError, DamagedIndex, UnknownEncoder, ManifestError, LibraryError) as error:
        raise Refused(str(error)) from error
    except OSError as error:
        raise Refused(_sentence(error, home)) from error


_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
_CLOSED = {
    errno.EACCES: "l'accès est refusé",
    errno.EPERM: "l'accès est refusé",
    errno.EROFS: "le disque est en lecture seule",
    errno.ENOTDIR: "un fichier tient la place d'un dossier",
    errno.EEXIST: "un fichier tient la place d'un dossier",
    errno.ENOENT: "son dossier n'existe pas et ne peut pas être créé",
}
# numpy and faiss say in words of their own that a file could not be written whole.
_SHORT = re.compile(r"requested and \d+ written|No space left|write error")


def _sentence(error: OSError, home: Path) -> str:
    if error.errno in _FULL or _SHORT.search(str(error)):
        return f"Le disque de {home} est plein : rien n'a été changé ; libérez de la place et recommencez."
    where = error.filename or home
    if reason := _CLOSED.get(error.errno or 0):
        return f"{where} ne peut pas être écrit, {reason} : vérifiez les droits, ou donnez un autre --home."
    return f"{where} : {error.strerror or error} ; vérifiez ce dossier, puis recommencez."
