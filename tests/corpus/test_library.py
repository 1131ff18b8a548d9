"""The files to ingest, found where they are said to be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.library import LibraryError, find, starter

ENTRY = '[[document]]\nslug = "{slug}"\nfile = "{file}"\ntitle = "Un titre"\n'


def put(folder: Path, *names: str) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("Un texte.")
    return folder


def names(*paths: Path, manifest: Path | None = None) -> list[str]:
    return [found.path.name for found in find(paths, manifest)]


def test_the_starter_documents_all_have_their_entry() -> None:
    found = find([starter()])
    assert len(found) == 5
    assert {one.manifest for one in found} == {starter() / "manifest.toml"}
    assert [one.entry.file for one in found] == [one.path.name for one in found]


def test_a_folder_is_searched_to_its_depths_for_what_can_be_read(tmp_path: Path) -> None:
    put(tmp_path, "a.pdf", "b/c.DOCX", "b/d/e.htm", "b/d/f.png", "manifest.txt")
    assert names(tmp_path) == ["a.pdf", "manifest.txt", "c.DOCX", "e.htm"]


def test_what_is_hidden_stays_so(tmp_path: Path) -> None:
    put(tmp_path, "a.md", ".b.md", "~$c.docx", ".git/d.md")
    assert names(tmp_path) == ["a.md"]


def test_a_file_named_by_itself_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    put(tmp_path, "circulaire.bin")
    assert names(tmp_path / "circulaire.bin") == ["circulaire.bin"]


def test_a_file_named_twice_is_found_once(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "b.md")
    assert names(tmp_path / "b.md", tmp_path, tmp_path / ".." / tmp_path.name / "a.md") == ["b.md", "a.md"]


def test_each_file_has_the_entry_of_the_manifest_beside_it(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "b.md", "c/a.md")
    (tmp_path / "manifest.toml").write_text(ENTRY.format(slug="un", file="a.md"))
    (tmp_path / "c" / "manifest.toml").write_text(ENTRY.format(slug="deux", file="a.md"))
    assert [one.entry.slug for one in find([tmp_path])] == ["un", "b", "deux"]
    assert [one.manifest for one in find([tmp_path])] == [
        tmp_path / "manifest.toml",
        None,
        tmp_path / "c" / "manifest.toml",
    ]


def test_a_manifest_that_is_named_takes_the_place_of_those_beside(tmp_path: Path) -> None:
    put(tmp_path, "a.md")
    (tmp_path / "manifest.toml").write_text("n'est pas du TOML")
    elsewhere = tmp_path / "ailleurs.toml"
    elsewhere.write_text(ENTRY.format(slug="trois", file="a.md"))
    (found,) = find([tmp_path], elsewhere)
    assert (found.entry.slug, found.manifest) == ("trois", elsewhere)


def test_a_pipe_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "a.md")
    os.mkfifo(tmp_path / "tube.txt")
    assert names(tmp_path) == ["a.md"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("absent.pdf", "n'existe pas ; vérifiez le chemin"),
        ("a.txt/dedans.pdf", "ne peut pas être lu"),
        ("boucle", "ne peut pas être lu"),
        ("x" * 300, "ne peut pas être lu"),
        ("manifest.toml", "c'est un manifeste"),
        ("tube", "ni un fichier ni un dossier"),
        ("vide", "aucun document dans ce dossier"),
        ("images", "aucun document dans ce dossier"),
    ],
)
def test_a_path_with_nothing_to_read_is_told_in_one_line(tmp_path: Path, name: str, said: str) -> None:
    put(tmp_path, "a.txt", "images/b.png")
    (tmp_path / "vide").mkdir()
    (tmp_path / "boucle").symlink_to(tmp_path / "boucle")
    os.mkfifo(tmp_path / "tube")
    (tmp_path / "manifest.toml").write_text("")
    with pytest.raises(LibraryError) as missing:
        find([tmp_path / "a.txt", tmp_path / name])
    message = str(missing.value)
    assert said in message
    assert str(tmp_path / name) in message
    assert message.isprintable(), "one line, without control characters"
