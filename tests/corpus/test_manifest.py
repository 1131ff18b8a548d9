"""The manifest: what it says is kept as it says it, and each slip is told with its place and its remedy.

The first line of every file of `tests/broken/manifests`, a comment, is what must be said of it ("…" for any words).
"""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from corpus.documents import Restates
from corpus.library import starter
from corpus.manifest import Entry, ManifestError, entry_for, read_manifest, slugify
from corpus.readers.pieces import Reading

BROKEN = sorted((Path(__file__).parent.parent / "broken" / "manifests").glob("*.toml"))
WHOLE = """
[[document]]
slug = "circulaire-2022"
file = "circulaire.docx"
title = "Circulaire"
kind = "circulaire"
issuer = "Un service"
diploma = "BTS"
school = "Une école"
city = "Une ville"
academies = ["Une", "Deux"]
session = 2022
pathway = ["scolaire"]
published = 2021-12-01
updated = 2022-01-31
url = "https://example.org/circulaire"
restates = { title = "L'original", issuer = "Un ministère", date = 2020-09-01 }
"""


def manifest(folder: Path, text: str) -> Path:
    path = folder / "manifest.toml"
    path.write_text(text, encoding="utf-8")
    return path


def told(path: Path) -> str:
    with pytest.raises(ManifestError) as slip:
        read_manifest(path)
    return str(slip.value)


def test_every_key_is_read(tmp_path: Path) -> None:
    (entry,) = read_manifest(manifest(tmp_path, WHOLE), beside=False).values()
    assert entry == Entry(
        slug="circulaire-2022",
        file="circulaire.docx",
        title="Circulaire",
        kind="circulaire",
        issuer="Un service",
        diploma="BTS",
        school="Une école",
        city="Une ville",
        academies=("Une", "Deux"),
        session=2022,
        pathway=("scolaire",),
        published=date(2021, 12, 1),
        updated=date(2022, 1, 31),
        url="https://example.org/circulaire",
        restates=Restates("L'original", "Un ministère", date(2020, 9, 1)),
    )


def test_the_starter_manifest_is_sound() -> None:
    entries = read_manifest(starter() / "manifest.toml")
    assert all(name == entry.file and entry.restates for name, entry in entries.items())


def test_an_empty_manifest_says_nothing_and_is_no_slip(tmp_path: Path) -> None:
    assert read_manifest(manifest(tmp_path, "")) == {}


def test_there_are_broken_manifests_to_read() -> None:
    assert len(BROKEN) >= 20


@pytest.mark.parametrize("path", BROKEN, ids=lambda path: path.stem)
def test_a_slip_is_told_in_one_line_with_its_place_and_its_remedy(path: Path, tmp_path: Path) -> None:
    wanted = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").split(" … ")
    (tmp_path / "circulaire.md").write_text("Une circulaire.")
    copy = tmp_path / "manifest.toml"
    shutil.copy(path, copy)
    message = told(copy)
    assert message.startswith(str(copy))
    assert [part for part in wanted if part not in message] == []
    assert message.isprintable(), "one line"
    assert message.endswith(".")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'title = "\xe9t\xe9"', "n'est pas en UTF-8 ; enregistrez-le"),
        (b"a = " + b"[" * 5000, "trop imbriqué"),
        (b"\0", "ce n'est pas du TOML"),
        (b"session = " + b"9" * 5000, "ce n'est pas du TOML"),
    ],
    ids=["latin-1", "nested", "nul", "number too long"],
)
def test_bytes_that_are_no_manifest_are_told_apart(tmp_path: Path, content: bytes, said: str) -> None:
    (tmp_path / "manifest.toml").write_bytes(content)
    assert said in told(tmp_path / "manifest.toml")


def test_a_manifest_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert "n'existe pas ; vérifiez le chemin" in told(tmp_path / "absent.toml")
    assert "ne peut pas être lu" in told(tmp_path)


def test_the_entry_of_a_file_is_found_by_its_name() -> None:
    entry = Entry(slug="autre", file="note.pdf", title="Une note")
    assert entry_for(Path("dossier/note.pdf"), {"note.pdf": entry}) is entry


def test_a_file_without_an_entry_has_its_slug_from_its_name_and_its_own_title() -> None:
    entry = entry_for(Path("Référentiel MCO (2022).pdf"), {}, Reading((None,), (), title="Référentiel"))
    assert entry == Entry(slug="referentiel-mco-2022", file="Référentiel MCO (2022).pdf", title="Référentiel")


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Cœur d'Amiens", "coeur-d-amiens"),
        ("e\u0301te\u0301", "ete"),
        ("--a__b--", "a-b"),
        ("x" * 300, "x" * 80),
        ("日本", ""),
    ],
)
def test_a_slug_has_letters_digits_and_hyphens(name: str, slug: str) -> None:
    assert slugify(name) == slug


def test_a_name_without_a_letter_still_gives_a_slug() -> None:
    assert entry_for(Path("日本.pdf"), {}).slug == "document"
