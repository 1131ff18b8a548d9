"""Pages as pictures: the quoted words are highlighted where they stand, or the page is framed."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.web.paper import write_pdf
from web.pictures import Picture, picture

ROW = ((60, 500, "E5 Gestion"), (300, 500, "3"), (400, 500, "3 h"), (60, 486, "opérationnelle"))


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    prose = ((60, 700, "Le coefficient de l'épreuve est égal à trois, et la"), (60, 686, "durée de trois heures."))
    return write_pdf(tmp_path / "page.pdf", [[(60, 760, "3"), *prose, *ROW, (60, 90, "3 h")], [(60, 700, "Deux")]])


def _drawn(file: Path, *quote: str, number: int = 1) -> Picture:
    drawn = picture(file, number, quote)
    assert drawn is not None
    return drawn


def _highlighted(drawn: Picture) -> tuple[float, float] | None:
    """The top and the bottom of what is highlighted, as shares of the page's height."""
    image = Image.open(BytesIO(drawn.png)).convert("RGB")
    rows = [y for y in range(image.height) if any(_is_yellow(image.getpixel((x, y))) for x in range(0, image.width, 3))]
    return (rows[0] / image.height, rows[-1] / image.height) if rows else None


def _is_yellow(pixel: object) -> bool:
    red, green, blue = pixel  # type: ignore[misc]
    return red > 220 and green > 180 and blue < 150


def test_a_page_without_a_quote_is_drawn_plain(paper: Path) -> None:
    assert _highlighted(_drawn(paper)) is None


def test_words_over_two_lines_are_found_whatever_their_spaces_and_apostrophes(paper: Path) -> None:
    drawn = _drawn(paper, "épreuve est égal  à trois, et la durée de trois heures")
    assert drawn.found
    top, bottom = _highlighted(drawn) or (0, 0)
    assert 1 - 715 / 842 < top < bottom < 1 - 680 / 842


def test_the_cells_of_a_row_are_found_beside_each_other_and_not_elsewhere(paper: Path) -> None:
    drawn = _drawn(paper, "E5 Gestion opérationnelle", "3", "3 h")
    assert drawn.found
    top, bottom = _highlighted(drawn) or (0, 0)
    assert 1 - 515 / 842 < top < bottom < 1 - 480 / 842


def test_words_that_are_not_on_the_page_frame_it_and_say_so(paper: Path) -> None:
    drawn = _drawn(paper, "une phrase qui ne s'y trouve pas")
    assert not drawn.found
    image = Image.open(BytesIO(drawn.png)).convert("RGB")
    assert image.getpixel((2, 2)) != (255, 255, 255)
    assert image.getpixel((40, 40)) == (255, 255, 255)


def test_a_huge_page_is_drawn_small(tmp_path: Path) -> None:
    drawn = _drawn(write_pdf(tmp_path / "huge.pdf", [[(60, 60, "Grand")]], size=(14000, 14000)))
    assert max(drawn.width, drawn.height) <= 1900


def test_what_is_no_pdf_and_a_page_that_is_not_there_have_no_picture(tmp_path: Path, paper: Path) -> None:
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7\nrien")
    assert picture(broken, 1, ()) is None
    assert picture(tmp_path / "absent.pdf", 1, ()) is None
    assert picture(paper, 3, ()) is None
