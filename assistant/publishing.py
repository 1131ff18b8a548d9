"""Documents in, a generation out. A failure at any step leaves the old generation serving."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from assistant import generations
from assistant.assistant import Assistant
from assistant.generations import Generation
from assistant.reports import (
    CheckReport,
    FileReport,
    IngestReport,
    LockHeld,
    NoGeneration,
    PublishingError,
    Refused,
    Status,
)
from assistant.sentences import saying
from assistant.serving import UNUSABLE, Serving
from corpus.documents import Document, Scope
from corpus.store import Store, StoreError
from index.encoder import Encoder, load_encoder
from index.vectors import EXACT_UP_TO

if TYPE_CHECKING:
    from assistant.intake import Taken
    from assistant.plan import Plan

__all__ = [
    "CheckReport",
    "FileReport",
    "IngestReport",
    "LockHeld",
    "NoGeneration",
    "Publisher",
    "PublishingError",
    "Refused",
    "Status",
]

Progress = Callable[[FileReport], object]


class Publisher:
    """The one writer and the readers of a home: its database, its generations, a copy of each file."""

    def __init__(
        self,
        home: Path,
        encoder: Callable[[], Encoder] | str | None = None,
        database: str | None = None,
        exact: int = EXACT_UP_TO,
    ) -> None:
        self.home = Path(home).absolute()
        self._encoder = encoder
        self._database = database
        self._exact = exact
        self._assistants: dict[Scope, tuple[Generation, Assistant]] = {}

    @cached_property
    def store(self) -> Store:
        return Store(self._database or self.home / "reglo.db")

    @cached_property
    def encoder(self) -> Encoder:
        return self._encoder() if callable(self._encoder) else load_encoder(self._encoder)

    @cached_property
    def _serving(self) -> Serving:
        return Serving(self.store, self._folders, lambda: self.encoder)

    @property
    def _folders(self) -> Path:
        return self.home / "generations"

    @property
    def _files(self) -> Path:
        return self.home / "files"

    def assistant(self, scope: Scope | None = None) -> Assistant:
        """The assistant of the current generation, the same one until that changes."""
        scope = scope or Scope()
        current = self._current()
        held = self._assistants.get(scope)
        if held is None or held[0] is not current:
            parts = (current.documents, current.passages, current.searcher, current.facts)
            held = self._assistants[scope] = current, Assistant(*parts, scope)
        return held[1]

    def documents(self) -> list[Document]:
        """What is held, in the order of the slugs; nothing where nothing was ingested."""
        with saying(self.home):
            if loaded := self._serving.held():
                return list(loaded.documents.values())
            number = self._serving.number()
            return list(generations.sound(self.store, number).values()) if number is not None else []

    def file(self, document: Document) -> Path | None:
        """The copy kept of the file that a document was read from."""
        kept = self._files / document.sha256
        return kept if document.sha256 and kept.is_file() else None

    def check(self, today: date) -> CheckReport:
        """Every fact's evidence, every disagreement, the documents that are old or bear no date."""
        from assistant.checking import checked

        return checked(self._current(), today)

    def _current(self) -> Generation:
        with saying(self.home):
            current = self._serving.generation()
        if current is None:
            raise NoGeneration(f"Aucun document n'est ingéré dans {self.home} : lancez « reglo ingest ».")
        return current

    def ingest(
        self,
        paths: Sequence[Path] = (),
        manifest: Path | None = None,
        keep_starter: bool = False,
        progress: Progress = lambda _: None,
        workers: int = 2,
    ) -> IngestReport:
        """Take in files and folders, or what is held where none is named, and publish what they make.

        Raises:
            PublishingError: it could not be done, and nothing was changed.
        """
        from assistant.intake import Intake

        with self._writing() as warnings:
            number = self.store.current()
            plan, documents = self._plan(number, paths, manifest, keep_starter)
            taken = list(Intake(self._files, plan.sound, documents, workers=workers).take(plan.wanted, progress))
            made = self._follow(number, [one for one in taken if one.document], plan.going(taken))
            warnings += [*plan.warnings(taken), *_unserved(made)]
            reports = tuple(_with_facts(one.report, made) for one in taken)
            return IngestReport(reports, made.number if made else None, tuple(warnings))

    def remove(self, slug: str) -> IngestReport:
        """Withdraw a document."""
        with self._writing() as warnings:
            number = self.store.current()
            held = [one.slug for one in self.store.held(number)] if number is not None else []
            if slug not in held:
                near = get_close_matches(slug, held, n=1)
                known = f"peut-être « {near[0]} »" if near else f"documents : {', '.join(held) or 'aucun'}"
                raise Refused(f"Le document « {slug} » n'est pas ici ; {known}.")
            made = self._follow(number, [], [slug])
            warnings += _unserved(made)
            return IngestReport((), made.number if made else None, tuple(warnings))

    def _plan(
        self, number: int | None, paths: Sequence[Path], manifest: Path | None, keep_starter: bool
    ) -> tuple[Plan, dict[str, Document]]:
        from assistant import plan

        if number is None:
            return plan.of_paths(paths, manifest, keep_starter, {}) if paths else plan.of_held({}, self._files), {}
        damaged = self.store.damaged(number)
        held = {one.slug: one for one in self.store.held(number)}
        if paths:
            chosen = plan.of_paths(paths, manifest, keep_starter, held)
        else:
            chosen = plan.of_held(held, self._files, manifest)
        return plan.mending(chosen, damaged, self._files), self.store.documents(number, but=damaged)

    @contextmanager
    def _writing(self) -> Iterator[list[str]]:
        """Alone in this home; gives the warnings to come, the first being of a lock that a dead process left."""
        from assistant.lock import locked

        with saying(self.home), locked(self.home / "lock") as died:
            try:
                yield [f"Le verrou laissé par {died} a été repris : ce processus ne tourne plus."] if died else []
            except StoreError:  # the database would only refuse again
                raise
            except BaseException:
                self._sweep()
                raise
            self._sweep()

    def _follow(self, number: int | None, taken: Sequence[Taken], going: Sequence[str]) -> Generation | None:
        """The generation that comes after `number`, made current; that one again where nothing changes."""
        fingerprint = generations.fingerprint(self.encoder, self._exact)
        before = self._usable(number)
        if not taken and not going:
            is_same = before is not None and self.store.fingerprint(before.number) == fingerprint
            if number is None or is_same:
                return before
        following = self.store.begin(fingerprint)
        added = [(one.document, one.passages, one.origin.dumps()) for one in taken if one.document and one.origin]
        try:
            self.store.write(following, added, going)
            made = generations.build(self.store, self._folders, following, self.encoder, before, self._exact)
            self.store.publish(following)
        except BaseException:
            generations.discard(self._folders, following)
            raise
        self._serving.put(made)
        return made

    def _usable(self, number: int | None) -> Generation | None:
        """A generation, where its folder is whole and of this encoder."""
        if number is None:
            return None
        try:
            return self._serving.held() or generations.load(self.store, self._folders, number, self.encoder)
        except UNUSABLE:
            return None

    def _sweep(self) -> None:
        """Delete what neither the current generation nor the one before needs; what resists is for the next time."""
        with suppress(StoreError, OSError):
            number = self.store.current()
            kept = {n for n in (number, self.store.previous() if number is not None else None) if n is not None}
            generations.sweep(self._folders, kept)
            if kept:
                self.store.prune(min(kept))
            named = {one.sha256 for n in kept for one in self.store.held(n)}
            for file in self._files.iterdir() if self._files.is_dir() else ():
                if file.name not in named:
                    file.unlink()


def _with_facts(report: FileReport, made: Generation | None) -> FileReport:
    if made is None or report.status is Status.REFUSED:
        return report
    return replace(report, facts=sum(fact.document == report.slug for fact in made.facts.facts))


def _unserved(made: Generation | None) -> list[str]:
    count = len(made.gone) if made else 0
    return [f"{count} faits n'ont pas leur preuve et ne sont pas servis : « reglo check » les nomme."] if count else []
