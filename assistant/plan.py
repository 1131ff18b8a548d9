"""What an ingest is about to do: which files it takes in, which held documents go, and what is worth a warning."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from assistant.intake import Taken, Wanted
from assistant.origins import Origin, entry_read
from assistant.reports import Status
from corpus.library import Source, find, starter
from corpus.manifest import NAME
from corpus.store import Held

_REPLACED = "Les documents livrés avec Réglo ({count}) cèdent la place aux vôtres ; --keep-starter les garde."
_UNDESCRIBED = (
    "{file} n'a pas d'entrée dans un manifest.toml : son slug, « {slug} », et son titre viennent de lui-même."
)
_RENAMED = "Le document « {old} » s'appelle maintenant « {new} »."
_LOST = "Le document « {slug} » était abîmé dans la base et n'a pas pu être relu : redonnez son fichier."
_GONE = "{file} n'est plus là : le document « {slug} » est gardé ; « reglo remove {slug} » le retire."


@dataclass(frozen=True)
class Plan:
    """The files to take in, over what is held. `replaces`: the starter documents go.

    `damaged` are the slugs held whose rows are not what was written: what is not read again goes.
    """

    wanted: Sequence[Wanted]
    held: Mapping[str, Held]
    replaces: bool = False
    notes: tuple[str, ...] = ()
    damaged: frozenset[str] = frozenset()

    @property
    def sound(self) -> dict[str, Held]:
        """The documents held that nothing happened to."""
        return {slug: held for slug, held in self.held.items() if slug not in self.damaged}

    def going(self, taken: Sequence[Taken]) -> list[str]:
        """The held documents that go, beside those that a new one of their slug replaces."""
        arriving = {one.report.slug for one in taken} - set(self._lost(taken))
        going = [*self._starter(taken), *(old for old, _ in self._renamed(taken)), *self._lost(taken)]
        return [slug for slug in dict.fromkeys(going) if slug not in arriving]

    def warnings(self, taken: Sequence[Taken]) -> Iterator[str]:
        yield from self.notes
        if replaced := self._starter(taken):
            yield _REPLACED.format(count=len(replaced))
        for slug in self._lost(taken):
            yield _LOST.format(slug=slug)
        for old, new in self._renamed(taken):
            yield _RENAMED.format(old=old, new=new)
        for one in taken:
            if one.document and one.wanted.source.manifest is None and one.wanted.copy is None:
                yield _UNDESCRIBED.format(file=one.report.file, slug=one.report.slug)

    def _starter(self, taken: Sequence[Taken]) -> list[str]:
        """The starter documents held, where a document of one's own takes their place."""
        is_own = any(not one.wanted.starter for one in _accepted(taken))
        return (
            [slug for slug, origin in _origins(self.held.values()) if origin.starter]
            if self.replaces and is_own
            else []
        )

    def _lost(self, taken: Sequence[Taken]) -> list[str]:
        """The damaged documents that could not be read again."""
        return sorted(self.damaged - {one.report.slug for one in _accepted(taken)})

    def _renamed(self, taken: Sequence[Taken]) -> Iterator[tuple[str, str]]:
        """The held documents whose file gives another slug now."""
        arriving = {one.report.slug for one in taken}
        new_names = {str(one.wanted.source.path): one.report.slug for one in _accepted(taken)}
        for slug, origin in _origins(self.held.values()):
            if slug not in arriving and not origin.starter and origin.path in new_names:
                yield slug, new_names[origin.path]


def _accepted(taken: Sequence[Taken]) -> list[Taken]:
    return [one for one in taken if one.report.status is not Status.REFUSED]


def of_paths(paths: Sequence[Path], manifest: Path | None, keep_starter: bool, held: Mapping[str, Held]) -> Plan:
    """The plan for paths that were named."""
    wanted = [_wanted(source) for source in find(paths, manifest)]
    is_own = any(not one.starter for one in wanted)
    if is_own and keep_starter and not held:
        named = {one.source.entry.slug for one in wanted}
        wanted += [_wanted(source) for source in find([starter()]) if source.entry.slug not in named]
    return Plan(wanted, held, replaces=is_own and not keep_starter)


def of_held(held: Mapping[str, Held], copies: Path, manifest: Path | None = None) -> Plan:
    """The plan for what is held, read again where it came from; at first the starter documents."""
    if not held:
        return Plan([_wanted(source) for source in find([starter()])], held)
    groups: defaultdict[Path | None, list[Path]] = defaultdict(list)
    wanted, notes = [], []
    for slug, origin in _origins(held.values()):
        path, described = _path(origin), manifest or _apart(origin)
        if os.access(path, os.R_OK) and path.is_file() and (described is None or described.is_file()):
            groups[described].append(path)
            continue
        notes.append(_GONE.format(file=origin.path, slug=slug))
        copy = copies / held[slug].sha256
        wanted += [_from_copy(origin, copy)] if copy.is_file() else []
    wanted += [_wanted(source) for described, paths in groups.items() for source in find(paths, described)]
    order = {slug: place for place, slug in enumerate(held)}
    wanted.sort(key=lambda one: order.get(one.source.entry.slug, len(order)))
    return Plan(wanted, held, notes=tuple(notes))


def mending(chosen: Plan, damaged: Collection[str], copies: Path) -> Plan:
    """A plan that also takes in what is damaged: those documents are read again, or go."""
    if not damaged:
        return chosen
    named = {one.source.entry.slug for one in chosen.wanted}
    others = {slug: held for slug, held in chosen.held.items() if slug in damaged and slug not in named}
    again = of_held(others, copies).wanted if others else []
    return replace(chosen, wanted=[*chosen.wanted, *again], damaged=frozenset(damaged))


def _origins(held: Iterable[Held]) -> Iterator[tuple[str, Origin]]:
    """Where the documents held came from; of one that is damaged, that may be lost too."""
    for one in held:
        with suppress(ValueError, TypeError, KeyError):
            yield one.slug, Origin.loads(one.origin)


def _wanted(source: Source) -> Wanted:
    return Wanted(source, starter=source.path.is_relative_to(starter()))


def _path(origin: Origin) -> Path:
    """Where a held document came from; the starter documents may have moved with the program."""
    path = Path(origin.path)
    return starter() / path.name if origin.starter else path


def _apart(origin: Origin) -> Path | None:
    """The manifest that describes a file without lying beside it."""
    if origin.manifest is None or origin.starter or Path(origin.manifest) == Path(origin.path).parent / NAME:
        return None
    return Path(origin.manifest)


def _from_copy(origin: Origin, copy: Path) -> Wanted:
    manifest = Path(origin.manifest) if origin.manifest else None
    return Wanted(Source(Path(origin.path), entry_read(origin.entry), manifest), origin.starter, copy, origin)
