"""The files to ingest, found where they are said to be."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.library import MissingPath, find, starter
from corpus.manifest import ManifestError

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
    assert [one.entry.file if one.entry else None for one in found] == [one.path.name for one in found]


def test_a_folder_is_searched_to_its_depths_for_what_can_be_read(tmp_path: Path) -> None:
    put(tmp_path, "a.pdf", "b/c.DOCX", "b/d/e.htm", "b/d/f.png", "g", "manifest.txt")
    assert names(tmp_path) == ["a.pdf", "c.DOCX", "e.htm", "manifest.txt"]


def test_what_is_hidden_stays_so(tmp_path: Path) -> None:
    put(tmp_path, "a.md", ".b.md", ".git/c.md")
    assert names(tmp_path) == ["a.md"]


def test_a_file_named_by_itself_is_taken_whatever_its_suffix(tmp_path: Path) -> None:
    put(tmp_path, "circulaire.bin")
    assert names(tmp_path / "circulaire.bin") == ["circulaire.bin"]


def test_a_file_named_twice_is_found_once(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "b.md")
    assert names(tmp_path / "b.md", tmp_path, tmp_path / ".." / tmp_path.name / "a.md") == ["b.md", "a.md"]


def test_a_manifest_among_the_files_is_not_a_document(tmp_path: Path) -> None:
    put(tmp_path, "a.md")
    (tmp_path / "manifest.toml").write_text(ENTRY.format(slug="un", file="a.md"))
    assert names(tmp_path / "a.md", tmp_path / "manifest.toml") == ["a.md"]


def test_each_file_has_the_entry_of_the_manifest_beside_it(tmp_path: Path) -> None:
    put(tmp_path, "a.md", "b.md", "c/a.md")
    (tmp_path / "manifest.toml").write_text(ENTRY.format(slug="un", file="a.md"))
    (tmp_path / "c" / "manifest.toml").write_text(ENTRY.format(slug="deux", file="a.md"))
    assert [one.entry and one.entry.slug for one in find([tmp_path])] == ["un", None, "deux"]


def test_a_manifest_that_is_named_takes_the_place_of_those_beside(tmp_path: Path) -> None:
    put(tmp_path, "a.md")
    (tmp_path / "manifest.toml").write_text("n'est pas du TOML")
    elsewhere = tmp_path / "ailleurs.toml"
    elsewhere.write_text(ENTRY.format(slug="trois", file="a.md"))
    (found,) = find([tmp_path], elsewhere)
    assert found.entry
    assert found.entry.slug == "trois"


def test_two_files_of_one_slug_are_refused_whatever_their_folders(tmp_path: Path) -> None:
    put(tmp_path, "a/note.md", "b/Note.txt")
    with pytest.raises(ManifestError, match=r"Note\.txt : le slug « note » est déjà celui de .*note\.md ; donnez"):
        find([tmp_path])


def test_a_link_that_leads_nowhere_is_left_for_its_reader_to_refuse(tmp_path: Path) -> None:
    (tmp_path / "perdu.pdf").symlink_to(tmp_path / "absent.pdf")
    (tmp_path / "rond.pdf").symlink_to(tmp_path / "rond.pdf")
    assert names(tmp_path) == ["perdu.pdf", "rond.pdf"]


def test_a_pipe_in_a_folder_is_passed_over(tmp_path: Path) -> None:
    put(tmp_path, "a.md")
    os.mkfifo(tmp_path / "tube.txt")
    assert names(tmp_path) == ["a.md"]


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("absent.pdf", "n'existe pas ; vérifiez le chemin"),
        ("a.txt/dedans.pdf", "n'existe pas ; vérifiez le chemin"),
        ("boucle", "ne peut pas être lu"),
        ("x" * 300, "ne peut pas être lu"),
        ("nul\0", "ne peut pas être lu"),
        ("tube", "ni un fichier ni un dossier"),
        ("vide", "ne contient aucun document"),
        ("images", "ne contient aucun document"),
    ],
)
def test_a_path_with_nothing_to_read_is_told_in_one_line(tmp_path: Path, name: str, said: str) -> None:
    put(tmp_path, "a.txt", "images/b.png")
    (tmp_path / "vide").mkdir()
    (tmp_path / "boucle").symlink_to(tmp_path / "boucle")
    os.mkfifo(tmp_path / "tube")
    with pytest.raises(MissingPath) as missing:
        find([tmp_path / "a.txt", tmp_path / name])
    message = str(missing.value)
    assert said in message
    assert name.split("\0")[0].split("/")[0] in message
    assert message.isprintable(), "one line, without control characters"
