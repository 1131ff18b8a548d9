"""What an ingest is about to do: which files it takes in, which held documents go, and what is worth a warning."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.intake import Origin, Taken, Wanted
from assistant.reports import Status
from corpus.documents import Document
from corpus.library import Source, find, starter
from corpus.manifest import NAME, Entry
from corpus.store import Held

_REPLACED = "Les documents livrés avec Réglo ({count}) cèdent la place aux vôtres ; --keep-starter les garde."
_UNDESCRIBED = (
    "{file} n'a pas d'entrée dans un manifest.toml : son slug, « {slug} », et son titre viennent de lui-même."
)
_RENAMED = "Le document « {old} » s'appelle maintenant « {new} »."
_GONE = "{file} n'est plus là : le document « {slug} » est gardé ; « reglo remove {slug} » le retire."


@dataclass(frozen=True)
class Plan:
    """The files to take in, over what is held. `replaces`: the starter documents go."""

    wanted: Sequence[Wanted]
    held: Mapping[str, Held]
    replaces: bool = False
    notes: tuple[str, ...] = ()

    def going(self, taken: Sequence[Taken]) -> list[str]:
        """The held documents that go, beside those that a new one of their slug replaces."""
        arriving = {one.report.slug for one in taken}
        going = [*self._starter(taken), *(old for old, _ in self._renamed(taken))]
        return [slug for slug in dict.fromkeys(going) if slug not in arriving]

    def warnings(self, taken: Sequence[Taken]) -> Iterator[str]:
        yield from self.notes
        if replaced := self._starter(taken):
            yield _REPLACED.format(count=len(replaced))
        for old, new in self._renamed(taken):
            yield _RENAMED.format(old=old, new=new)
        for one in taken:
            if one.document and one.wanted.source.manifest is None and one.wanted.copy is None:
                yield _UNDESCRIBED.format(file=one.report.file, slug=one.report.slug)

    def _starter(self, taken: Sequence[Taken]) -> list[str]:
        """The starter documents held, where a document of one's own takes their place."""
        is_own = any(not one.wanted.starter for one in _accepted(taken))
        return [slug for slug, origin in self._origins() if origin.starter] if self.replaces and is_own else []

    def _renamed(self, taken: Sequence[Taken]) -> Iterator[tuple[str, str]]:
        """The held documents whose file gives another slug now."""
        arriving = {one.report.slug for one in taken}
        new_names = {str(one.wanted.source.path): one.report.slug for one in _accepted(taken)}
        for slug, origin in self._origins():
            if slug not in arriving and not origin.starter and origin.path in new_names:
                yield slug, new_names[origin.path]

    def _origins(self) -> Iterator[tuple[str, Origin]]:
        for slug, held in self.held.items():
            yield slug, Origin.loads(held.origin)


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


def of_held(manifest: Path | None, held: Mapping[str, Held], documents: Mapping[str, Document], copies: Path) -> Plan:
    """The plan for what is held, read again where it came from; at first the starter documents."""
    if not held:
        return Plan([_wanted(source) for source in find([starter()])], held)
    groups: defaultdict[Path | None, list[Path]] = defaultdict(list)
    lost: list[tuple[str, Origin]] = []
    for slug, origin in ((slug, Origin.loads(one.origin)) for slug, one in held.items()):
        path = _path(origin)
        described = manifest or _apart(origin)
        if os.access(path, os.R_OK) and path.is_file() and (described is None or described.is_file()):
            groups[described].append(path)
        else:
            lost.append((slug, origin))
    wanted = [_wanted(source) for described, paths in groups.items() for source in find(paths, described)]
    wanted += [_from_copy(documents[slug], origin, copies) for slug, origin in lost if _copy(documents[slug], copies)]
    order = {slug: place for place, slug in enumerate(held)}
    wanted.sort(key=lambda one: order.get(one.source.entry.slug, len(order)))
    return Plan(wanted, held, notes=tuple(_GONE.format(file=origin.path, slug=slug) for slug, origin in lost))


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


def _copy(document: Document, copies: Path) -> Path | None:
    copy = copies / document.sha256
    return copy if copy.is_file() else None


def _from_copy(document: Document, origin: Origin, copies: Path) -> Wanted:
    path = Path(origin.path)
    manifest = Path(origin.manifest) if origin.manifest else None
    return Wanted(Source(path, _entry_of(document, path.name), manifest), origin.starter, _copy(document, copies))


def _entry_of(document: Document, file: str) -> Entry:
    """What a held document knows of itself, as a manifest would say it."""
    scope = document.scope
    return Entry(
        slug=document.slug,
        file=file,
        title=document.title,
        kind=document.kind,
        issuer=document.issuer,
        diploma=scope.diploma,
        school=scope.school,
        city=scope.city,
        academies=scope.academies,
        session=scope.session,
        pathway=scope.pathway,
        published=document.published,
        updated=document.updated,
        url=document.url,
        restates=document.restates,
    )
