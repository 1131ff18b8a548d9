"""Files made to break a reader: each ends in a reading or in one French sentence, within the limits."""

from __future__ import annotations

import os
import time
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from corpus.readers.pieces import Reading, Unreadable
from corpus.reading import Limits, ReaderProcess
from tests.corpus.making import docx, odt, paragraph, pdf, words

SMALL = Limits(memory_bytes=700 * 1024 * 1024, cpu_seconds=10, wall_seconds=20, file_bytes=50 * 1024 * 1024)


@pytest.fixture(scope="module")
def reader() -> Iterator[ReaderProcess]:
    with ReaderProcess(SMALL) as process:
        yield process


def outcome(reader: ReaderProcess, path: Path) -> Reading | str:
    """What came of a file, and never later than the limit says."""
    start = time.monotonic()
    try:
        return reader.read(path)
    except Unreadable as refused:
        return str(refused)
    finally:
        assert time.monotonic() - start < SMALL.wall_seconds + 5


def is_sentence(said: Reading | str) -> bool:
    return isinstance(said, str) and said[0].isupper() and said.endswith(".") and "\n" not in said


def made(folder: Path, name: str) -> Path:
    if name == "pdf":
        return pdf(folder / "a.pdf", [words(60, 740, "Le texte de la page.")] * 3)
    if name == "docx":
        return docx(folder / "a.docx", paragraph("Le texte du document.") * 50)
    if name == "odt":
        return odt(folder / "a.odt", "<text:p>Le texte du document.</text:p>" * 50)
    path = folder / f"a.{name}"
    text = {
        "html": "<html><body><h1>Titre</h1><p>Le texte de la page</p></body></html>",
        "md": "# Titre\n\n| a | b |\n|--|--|\n| é | 2 |\n",
    }
    path.write_text(text.get(name, "Élève, épreuve : le texte est là.\n"), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["pdf", "docx", "odt", "html", "md", "txt"])
def test_a_file_cut_anywhere_is_read_or_refused_with_a_sentence(
    name: str, tmp_path: Path, reader: ReaderProcess
) -> None:
    data = made(tmp_path, name).read_bytes()
    cut = tmp_path / "cut"
    for part in range(1, 20):
        cut.write_bytes(data[: len(data) * part // 20])
        said = outcome(reader, cut)
        assert isinstance(said, Reading) or is_sentence(said)


@pytest.mark.parametrize("name", ["pdf", "docx", "odt", "html", "md", "txt"])
def test_a_whole_file_is_read(name: str, tmp_path: Path, reader: ReaderProcess) -> None:
    assert isinstance(outcome(reader, made(tmp_path, name)), Reading)


@pytest.mark.parametrize("data", [b"", b"\0" * 4096, b"  \n\n\t "])
def test_an_empty_file_is_called_empty(data: bytes, tmp_path: Path, reader: ReaderProcess) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(data)
    assert outcome(reader, path) == "Le fichier est vide."


@pytest.mark.parametrize(
    "data", [os.urandom(5000), b"\x89PNG\r\n\x1a\n" + b"\0" * 100, b"PK\x03\x04" + os.urandom(500)]
)
def test_what_is_not_a_document_is_not_recognised(data: bytes, tmp_path: Path, reader: ReaderProcess) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    said = outcome(reader, path)
    assert is_sentence(said)


def test_a_file_that_is_gone_is_said(tmp_path: Path, reader: ReaderProcess) -> None:
    assert is_sentence(outcome(reader, tmp_path / "none.pdf"))
    assert is_sentence(outcome(reader, tmp_path))


def test_a_text_of_200_megabytes_is_refused_before_any_process_is_started_for_it(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)
    with ReaderProcess(SMALL) as process:
        assert outcome(process, path) == "Le fichier est trop volumineux : 200 Mo, pour 50 Mo au plus."
        assert process.pid is None


@pytest.mark.parametrize("part", ["word/document.xml", "content.xml"])
def test_a_zip_bomb_is_refused(part: str, tmp_path: Path, reader: ReaderProcess) -> None:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr(part, b"<a>" + b" " * (80 * 1024 * 1024))
    assert outcome(reader, path) == "Le fichier est trop volumineux une fois décompressé."


def test_a_flate_bomb_costs_no_more_than_the_limits(tmp_path: Path, reader: ReaderProcess) -> None:
    bomb = zlib.compress(zlib.compress(b"0 0 m " * (30 * 1024 * 1024), 9), 9)
    stream = f"<< /Length {len(bomb)} /Filter [/FlateDecode /FlateDecode] >>\nstream\n".encode() + bomb
    path = pdf(tmp_path / "a.pdf", [""], extra={21: stream + b"\nendstream"})
    said = outcome(reader, path)
    assert isinstance(said, Reading) or is_sentence(said)


def test_an_outline_that_turns_in_circles_does_not_stop_the_reading(tmp_path: Path, reader: ReaderProcess) -> None:
    entry = b"<< /Title (A) /Parent 60 0 R /Next 61 0 R /Prev 61 0 R /First 61 0 R /Last 61 0 R >>"
    extra = {60: b"<< /Type /Outlines /First 61 0 R /Last 61 0 R /Count 1 >>", 61: entry}
    path = pdf(tmp_path / "a.pdf", [words(60, 740, "Du texte.")], "/Outlines 60 0 R", extra)
    assert isinstance(outcome(reader, path), Reading)


def test_pages_that_turn_in_circles_are_refused_or_read(tmp_path: Path, reader: ReaderProcess) -> None:
    pages = {2: b"<< /Type /Pages /Kids [20 0 R 2 0 R] /Count 3 >>"}
    said = outcome(reader, pdf(tmp_path / "a.pdf", [words(60, 740, "Du texte.")], extra=pages))
    assert isinstance(said, Reading) or is_sentence(said)


def test_a_password_is_asked_for_by_name(tmp_path: Path, reader: ReaderProcess) -> None:
    writer = pypdf.PdfWriter(pdf(tmp_path / "a.pdf", [words(60, 740, "Du texte.")]))
    writer.encrypt(user_password="secret", algorithm="AES-256")  # noqa: S106
    writer.write(tmp_path / "b.pdf")
    assert "mot de passe" in str(outcome(reader, tmp_path / "b.pdf"))


def test_an_external_entity_is_never_resolved(tmp_path: Path, reader: ReaderProcess) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("le contenu du secret")
    entity = f'<!DOCTYPE d [<!ENTITY e SYSTEM "file://{secret}">]>'
    path = docx(tmp_path / "a.docx", paragraph("Avant &e; après.") + paragraph("Un autre."), before=entity)
    assert "le contenu du secret" not in repr(outcome(reader, path))


def test_entities_that_multiply_are_refused_or_left_out(tmp_path: Path, reader: ReaderProcess) -> None:
    levels = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    entity = f'<!DOCTYPE d [<!ENTITY e0 "rire">{levels}]>'
    said = outcome(reader, docx(tmp_path / "a.docx", paragraph("Avant &e8; après."), before=entity))
    assert is_sentence(said) or len(repr(said)) < 10_000


@pytest.mark.parametrize("tag", ["div", "table", "ul", "b", "blockquote"])
def test_tags_within_tags_without_end_are_read_within_the_limits(
    tag: str, tmp_path: Path, reader: ReaderProcess
) -> None:
    path = tmp_path / "a.html"
    opened = "<table><tr><td>" if tag == "table" else f"<{tag}>"
    path.write_text("<html><body><p>Du texte.</p>" + opened * 20_000 + "fin")
    said = outcome(reader, path)
    assert isinstance(said, Reading) or is_sentence(said)


def test_a_table_that_asks_for_a_million_columns_is_read_within_the_limits(
    tmp_path: Path, reader: ReaderProcess
) -> None:
    path = tmp_path / "a.html"
    row = "<tr>" + '<td colspan="1000000" rowspan="65000">x</td>' * 50 + "</tr>"
    path.write_text(f"<html><body><table>{row * 500}</table><p>fin</p></body></html>")
    said = outcome(reader, path)
    assert isinstance(said, Reading) or is_sentence(said)


def test_the_worker_is_kept_while_it_behaves_and_replaced_after(tmp_path: Path) -> None:
    text = made(tmp_path, "txt")
    with ReaderProcess(Limits(wall_seconds=0.001)) as hurried:
        assert outcome(hurried, text) == "Le fichier dépasse les limites de lecture : il demande trop de temps."
    with ReaderProcess(SMALL) as process:
        process.read(text)
        first = process.pid
        process.read(text)
        assert process.pid == first
        os.kill(first or 0, 9)
        with pytest.raises(Unreadable):
            process.read(text)
        assert isinstance(process.read(text), Reading)
        assert process.pid != first


def test_a_worker_out_of_memory_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Une ligne de texte ordinaire.\n\n" * 300_000)
    with ReaderProcess(Limits(memory_bytes=150 * 1024 * 1024)) as process:
        assert outcome(process, path) == "Le fichier dépasse les limites de lecture : il demande trop de mémoire."


def test_a_file_that_takes_too_long_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Une ligne de texte ordinaire.\n\n" * 800_000)
    with ReaderProcess(Limits(cpu_seconds=1)) as process:
        assert outcome(process, path) == "Le fichier dépasse les limites de lecture : il demande trop de temps."


def test_a_file_that_says_too_much_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Une ligne de texte ordinaire.\n\n" * 1000)
    with ReaderProcess(Limits(output_bytes=1000)) as process:
        assert outcome(process, path) == "Le fichier est trop volumineux : il contient trop de texte."
