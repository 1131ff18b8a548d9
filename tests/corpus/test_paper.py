"""A PDF looked into in memory: what it is, whatever is wrong with it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from pypdf.generic import NameObject, StreamObject

from corpus.paper import Cost, Paper, look_into, look_into_each
from tests.web.paper import nested_pdf, write_pdf


@pytest.fixture
def two_pages(tmp_path: Path) -> bytes:
    return write_pdf(tmp_path / "two.pdf", [[(72, 700, "Une page")], [(72, 700, "Une autre")]]).read_bytes()


def _written(writer: PdfWriter) -> bytes:
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_sound_file_gives_its_version_its_pages_and_its_size(two_pages: bytes) -> None:
    paper = look_into(two_pages)
    assert (paper.version, paper.pages, paper.size) == ("1.7", 2, len(two_pages))
    assert (paper.blank, paper.without_text, paper.encrypted, paper.damaged) == ((), (), False, False)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 un docx", b"<html></html>", b"\x89PNG\r\n"])
def test_what_is_no_pdf_has_no_version(data: bytes) -> None:
    assert look_into(data).version is None


def test_a_header_that_is_late_is_told(two_pages: bytes) -> None:
    assert not look_into(b"\n\n" + two_pages).at_start


@pytest.mark.parametrize("cut", [20, 300])
def test_a_file_cut_short_is_damaged_and_raises_nothing(two_pages: bytes, cut: int) -> None:
    paper = look_into(two_pages[:cut])
    assert paper.damaged or not paper.pages


def test_a_password_locks_and_an_empty_one_does_not(two_pages: bytes) -> None:
    def encrypted(password: str) -> bytes:
        writer = PdfWriter(clone_from=PdfReader(BytesIO(two_pages)))
        writer.encrypt(password, algorithm="AES-256")
        return _written(writer)

    assert look_into(encrypted("secret")).locked
    opened = look_into(encrypted(""))
    assert opened.encrypted
    assert not opened.locked
    assert opened.pages == 2


def test_a_page_that_holds_nothing_is_blank(two_pages: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(two_pages)))
    writer.add_blank_page(595, 842)
    assert look_into(_written(writer)).blank == (3,)


def test_a_page_that_would_take_long_is_not_looked_into(tmp_path: Path) -> None:
    words = [(72.0, 700.0, "un mot")] * 60_000
    paper = look_into(write_pdf(tmp_path / "long.pdf", [words, [(72, 700, "Une page")]]).read_bytes())
    assert (paper.pages, paper.looked_into, paper.blank) == (2, 1, ())


def test_a_page_that_is_a_picture_has_no_text() -> None:
    from PIL import Image

    out = BytesIO()
    Image.new("RGB", (200, 300), "white").save(out, "PDF")
    paper = look_into(out.getvalue())
    assert (paper.pages, paper.without_text, paper.blank) == (1, (1,), ())


@pytest.mark.parametrize("cost", [Cost(cpu_seconds=1, wall_seconds=60), Cost(cpu_seconds=60, wall_seconds=2)])
def test_a_small_file_that_asks_for_hours_is_stopped_and_what_was_found_stays(cost: Cost) -> None:
    data = nested_pdf(words=50_000)
    assert len(data) < 320_000
    paper = look_into(data, cost)
    assert paper.stopped
    assert (paper.pages, paper.looked_into, paper.damaged) == (2, 1, False)


def test_a_file_that_asks_for_little_is_not_stopped() -> None:
    paper = look_into(nested_pdf(words=2))
    assert (paper.pages, paper.looked_into, paper.stopped) == (2, 2, False)


def test_a_file_that_asks_for_too_much_memory_is_stopped(two_pages: bytes) -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(two_pages)))
    drawn = StreamObject()
    drawn.set_data(b" " * 70_000_000)
    writer.pages[1][NameObject("/Contents")] = writer._add_object(drawn.flate_encode())
    paper = look_into(_written(writer), Cost(memory_bytes=120 * 1024 * 1024, wall_seconds=60))
    assert (paper.pages, paper.looked_into, paper.stopped) == (2, 1, True)


def test_files_for_which_no_time_is_left_are_not_looked_into(two_pages: bytes) -> None:
    assert look_into_each([two_pages, b"autre"], 0) == [
        Paper(len(two_pages), "1.7", stopped=True),
        Paper(len(b"autre")),
    ]
