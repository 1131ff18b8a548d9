"""Files taken in: each one kept, read in a worker process, made a document and cut, or refused with a sentence."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from assistant.origins import Origin, entry_written
from assistant.reports import FileReport, Status
from corpus.assembly import assemble
from corpus.documents import BlockKind, Document, Passage
from corpus.library import Source
from corpus.manifest import Entry
from corpus.passages import cut
from corpus.readers import Reading, Unreadable, media_type
from corpus.reading import Limits, ReaderProcess
from corpus.store import Held

_PACKAGE = Path(__file__).resolve().parent.parent
_NOTHING = "Le fichier ne contient aucun texte."
_KEPT = "La version déjà ingérée de ce document est gardée."
_SPOILT = "Le fichier n'est plus là, et la copie qui en était gardée est abîmée : redonnez-le."
_SURROGATE = re.compile(r"[\ud800-\udfff]")
Progress = Callable[[FileReport], object]


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file to take in. `copy` is read in its place where the file itself is gone, and `origin` said again."""

    source: Source
    starter: bool = False
    copy: Path | None = None
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one file; `document` is None where it was refused or had not changed."""

    wanted: Wanted
    report: FileReport
    document: Document | None = None
    passages: tuple[Passage, ...] = ()
    origin: Origin | None = None


@cache
def readers_version() -> str:
    """What the readers are: their very code."""
    corpus = _PACKAGE / "corpus"
    files = [*sorted((corpus / "readers").glob("*.py")), corpus / "assembly.py", corpus / "passages.py"]
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()


class Intake:
    """Takes files in, two at a time; `files` is the folder where a copy of each is kept under its SHA-256."""

    def __init__(
        self,
        files: Path,
        held: Mapping[str, Held],
        documents: Mapping[str, Document],
        limits: Limits | None = None,
        workers: int = 2,
    ) -> None:
        self.files, self.held, self.documents = files, held, documents
        self.limits = limits or Limits()
        self.workers = workers
        self._own = threading.local()
        self._readers: list[ReaderProcess] = []

    def take(self, wanted: Sequence[Wanted], progress: Progress) -> Iterator[Taken]:
        """Each file in the order given; a file that fails costs no other."""
        self.files.mkdir(parents=True, exist_ok=True)
        pool = ThreadPoolExecutor(self.workers)
        try:
            for taken in pool.map(self._timed, _apart(wanted)):
                progress(taken.report)
                yield taken
        finally:
            pool.shutdown(wait=False, cancel_futures=True)
            for reader in self._readers:
                reader.close()
            pool.shutdown()

    def _timed(self, asked: Wanted | Taken) -> Taken:
        if isinstance(asked, Taken):
            return asked
        started = time.perf_counter()
        try:
            taken = self._one(asked)
        except Unreadable as refused:
            taken = self._refused(asked, str(refused))
        return replace(taken, report=replace(taken.report, seconds=time.perf_counter() - started))

    def _one(self, wanted: Wanted) -> Taken:
        path = wanted.copy or wanted.source.path
        if _size(path) > self.limits.file_bytes:
            self._reader().read(path)  # says why not
        sha256 = _sha256(path)
        if wanted.copy and wanted.copy.name != sha256:
            raise Unreadable(_SPOILT)
        held = self.held.get(wanted.source.entry.slug)
        copy = self._keep(path, sha256)
        if held and copy.name == held.sha256 and self._is_unchanged(wanted, Origin.loads(held.origin)):
            return self._unchanged(wanted, held)
        return self._read(wanted, copy)

    def _is_unchanged(self, wanted: Wanted, origin: Origin) -> bool:
        """Whether a file of the same bytes as before would be read and described as before."""
        if origin.readers != readers_version():
            return False
        return wanted.copy is not None or replace(origin, problems=()) == self._origin(wanted)

    def _unchanged(self, wanted: Wanted, held: Held) -> Taken:
        problems = Origin.loads(held.origin).problems
        counted = _counted(self.documents[held.slug], held.passages)
        return Taken(wanted, FileReport(_shown(wanted), held.slug, Status.UNCHANGED, " ".join(problems), **counted))

    def _keep(self, path: Path, sha256: str) -> Path:
        """The copy of a file; it is what is read, so that what is hashed is what is read."""
        kept = self.files / sha256
        if path != kept and (not kept.exists() or _sha256(kept) != sha256):
            passing = self.files / f".{sha256}.{threading.get_ident()}"
            try:
                shutil.copyfile(path, passing)
                kept = self.files / _sha256(passing)  # the file may have changed meanwhile
                passing.replace(kept)
            except BaseException:
                passing.unlink(missing_ok=True)
                raise
        return kept

    def _read(self, wanted: Wanted, copy: Path) -> Taken:
        reading = self._reader().read(copy)
        document = _document(reading, wanted.source.entry, copy)
        passages = cut(document)
        if not passages:
            raise Unreadable(_NOTHING)
        status = Status.PARTIAL if reading.problems else Status.INDEXED
        counted = _counted(document, len(passages))
        report = FileReport(_shown(wanted), document.slug, status, " ".join(reading.problems), **counted)
        origin = replace(self._origin(wanted), problems=reading.problems)
        return Taken(wanted, report, document, tuple(passages), origin)

    def _origin(self, wanted: Wanted) -> Origin:
        source = wanted.source
        if wanted.origin:  # what was known of the file that is gone
            return replace(wanted.origin, readers=readers_version())
        manifest = str(source.manifest) if source.manifest else None
        return Origin(str(source.path), manifest, entry_written(source.entry), readers_version(), wanted.starter)

    def _refused(self, wanted: Wanted, sentence: str) -> Taken:
        slug = wanted.source.entry.slug
        said = f"{sentence} {_KEPT}" if slug in self.held else sentence
        return Taken(wanted, FileReport(_shown(wanted), slug, Status.REFUSED, said))

    def _reader(self) -> ReaderProcess:
        """The reader of this thread."""
        reader: ReaderProcess | None = getattr(self._own, "reader", None)
        if reader is None:
            reader = self._own.reader = ReaderProcess(self.limits)
            self._readers.append(reader)
        return reader


def _apart(wanted: Sequence[Wanted]) -> Iterator[Wanted | Taken]:
    """The files, but those whose slug an earlier one has: two documents of one slug cannot both be held."""
    first: dict[str, Wanted] = {}
    for one in wanted:
        slug = one.source.entry.slug
        if slug not in first:
            first[slug] = one
            yield one
            continue
        said = (
            f"Ce fichier donnerait le document « {slug} », comme {_shown(first[slug])} : renommez-le, ou donnez-lui un "
            "autre slug dans un manifest.toml."
        )
        yield Taken(one, FileReport(_shown(one), slug, Status.REFUSED, said))


def _document(reading: Reading, entry: Entry, copy: Path) -> Document:
    try:
        document = assemble(reading, entry, copy.name, media_type(copy))
        # A lone surrogate is text for Python and for no database; its place is kept.
        return replace(
            document, text=_SURROGATE.sub("\ufffd", document.text), title=_SURROGATE.sub("\ufffd", document.title)
        )
    except (ValueError, LookupError, RecursionError) as error:
        raise Unreadable(f"Le fichier a une structure que Réglo ne sait pas lire ({type(error).__name__}).") from error


def _counted(document: Document, passages: int) -> dict[str, int]:
    tables = {block.table for block in document.blocks if block.kind is BlockKind.ROW}
    return {"pages": len(document.pages), "passages": passages, "tables": len(tables)}


def _shown(wanted: Wanted) -> str:
    """The file's name, and its folder's: enough to know it in a table."""
    path = wanted.source.path
    return str(Path(path.parent.name) / path.name)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise Unreadable(_unopened(error)) from error


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise Unreadable(_unopened(error)) from error


def _unopened(error: OSError) -> str:
    return (
        f"Le fichier ne peut pas être ouvert ({os.strerror(error.errno or 0)}) : vérifiez qu'il est là et vos droits."
    )
