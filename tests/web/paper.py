"""A PDF made by hand: words at places, one page after the other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

Words = tuple[float, float, str]  # points from the left, points from the bottom, what stands there


def write_pdf(path: Path, pages: Sequence[Sequence[Words]], size: tuple[float, float] = (595, 842)) -> Path:
    """A valid PDF in Helvetica, its text in Latin-1."""
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", _tree(len(pages)), _font()]
    for number, words in enumerate(pages):
        drawn = "\n".join(f"BT /F1 11 Tf {x} {y} Td ({_escaped(text)}) Tj ET" for x, y, text in words).encode("latin-1")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] /Contents {5 + 2 * number} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn))
    path.write_bytes(_file(objects))
    return path


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _tree(count: int) -> bytes:
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    return f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode()


def _font() -> bytes:
    return b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"


def _file(objects: Sequence[bytes]) -> bytes:
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table) + trailer


def nested_pdf(words: int) -> bytes:
    """A small PDF of two pages: the first a line of text; the second draws, 20 times, a form that draws another one 20
    times, and that one so many words."""
    text, draws = b"BT /F1 11 Tf 72 700 Td %s ET", b"/X Do " * 20
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources {} >>"
    form, font, inner = "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources {}", "<< /Font << /F1 3 0 R >> >>", 9
    outer = "<< /XObject << /X {} 0 R >> >>"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", _tree(2), _font()]
    objects += [page.format(5, font).encode(), _stream(text % b"(Une page) Tj")]
    objects += [page.format(7, outer.format(8)).encode(), _stream(draws)]
    objects += [
        _stream(draws, form.format(outer.format(inner))),
        _stream(text % (b"(a)Tj " * words), form.format(font)),
    ]
    return _file(objects)


def _stream(drawn: bytes, entries: str = "") -> bytes:
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries.encode(), len(drawn), drawn)
