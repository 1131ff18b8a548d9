"""What went wrong, as one sentence for the person who asked."""

from __future__ import annotations

import errno

_OURS = frozenset({"assistant", "corpus", "index", "web"})
_SYSTEM = {
    errno.ENOENT: "ce fichier ou ce dossier n'existe pas",
    errno.EACCES: "l'accès est refusé ; vérifiez les droits",
    errno.EPERM: "l'accès est refusé ; vérifiez les droits",
    errno.EROFS: "ce disque est en lecture seule ; choisissez un autre dossier avec --home",
    errno.ENOSPC: "le disque est plein ; libérez de la place et recommencez",
    errno.EDQUOT: "votre quota de disque est atteint ; libérez de la place et recommencez",
    errno.ENOTDIR: "ce n'est pas un dossier",
    errno.EISDIR: "c'est un dossier, il faut un fichier",
    errno.EADDRINUSE: "cette adresse est déjà prise ; choisissez un autre port avec --port",
    errno.EADDRNOTAVAIL: "cette adresse n'est pas celle de cette machine ; changez --host",
}


def sentence(error: Exception) -> str | None:
    """What to tell: our own exceptions are sentences already; None for what nobody foresaw."""
    if type(error).__module__.partition(".")[0] in _OURS:
        return " ".join(str(error).split())
    if isinstance(error, OSError):
        what = _SYSTEM.get(error.errno or 0, error.strerror or str(error))
        return f"{error.filename} : {what}." if error.filename else f"{what[:1].upper()}{what[1:]}."
    return None
