import json
from pathlib import Path

import pytest

from index.generation import DamagedIndex, ForeignIndex, seal, verify
from index.search import Searcher
from tests.index.conftest import Letters


@pytest.fixture
def saved(letters: Letters, tmp_path: Path) -> Path:
    Searcher.build([1, 2], ["Le coefficient est 3.", "La date est le 2 mai."], letters).save(tmp_path)
    return tmp_path


def files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*")) if path.is_file() and path.stat().st_size]


def test_one_byte_changed_in_any_file_is_found(letters: Letters, saved: Path) -> None:
    for path in files(saved):
        whole = path.read_bytes()
        middle = len(whole) // 2
        path.write_bytes(whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :])
        with pytest.raises(DamagedIndex, match="reglo ingest"):
            Searcher.load(saved, letters)
        path.write_bytes(whole)
    Searcher.load(saved, letters)


def test_a_file_cut_short_or_missing_is_found(letters: Letters, saved: Path) -> None:
    for path in files(saved):
        whole = path.read_bytes()
        path.write_bytes(whole[: len(whole) // 2])
        with pytest.raises(DamagedIndex):
            Searcher.load(saved, letters)
        path.unlink()
        with pytest.raises(DamagedIndex):
            Searcher.load(saved, letters)
        path.write_bytes(whole)


def test_an_index_of_another_encoder_is_refused(saved: Path) -> None:
    with pytest.raises(ForeignIndex, match="autre encodeur"):
        Searcher.load(saved, Letters(32))


def test_an_index_of_other_documents_is_refused(letters: Letters, saved: Path) -> None:
    with pytest.raises(ForeignIndex, match="autre ensemble de documents"):
        Searcher.load(saved, letters, corpus="0" * 64)


def test_an_index_of_a_version_that_wrote_fewer_files_is_refused_with_what_to_do(letters: Letters, saved: Path) -> None:
    for path in (saved / "lexical" / "statements").iterdir():
        path.unlink()
    seal(saved, json.loads((saved / "manifest.json").read_text())["fingerprints"])
    with pytest.raises(DamagedIndex, match="reglo ingest"):
        Searcher.load(saved, letters)


def test_a_folder_without_an_index_is_refused_with_what_to_do(letters: Letters, tmp_path: Path) -> None:
    with pytest.raises(DamagedIndex, match="reglo ingest"):
        Searcher.load(tmp_path / "nowhere", letters)


@pytest.mark.parametrize("content", ["", "{", "[]", '{"files": {}}', '{"files": 3, "fingerprints": {}}'])
def test_an_unreadable_manifest_is_damage(tmp_path: Path, content: str) -> None:
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(DamagedIndex, match=r"manifest\.json"):
        verify(tmp_path)


def test_a_folder_sealed_again_holds_the_files_added(tmp_path: Path) -> None:
    (tmp_path / "one").write_text("1")
    seal(tmp_path, {"corpus": "c"})
    (tmp_path / "two").write_text("2")
    seal(tmp_path, verify(tmp_path))
    assert json.loads((tmp_path / "manifest.json").read_text())["files"].keys() == {"one", "two"}
    assert verify(tmp_path) == {"corpus": "c"}
