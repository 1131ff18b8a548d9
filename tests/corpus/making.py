"""Small files of every format, made on the spot for the tests of the readers."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path

FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold"}


def words(x: float, y: float, text: str, size: float = 10, font: str = "F1") -> str:
    """The operators that write a text at a place (points from the lower left corner)."""
    escaped = text.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({escaped}) Tj ET\n"


def lines(x: float, y: float, texts: Iterable[str], leading: float = 12, size: float = 10) -> str:
    return "".join(words(x, y - number * leading, text, size) for number, text in enumerate(texts))


def ruled(x: Sequence[float], y: Sequence[float], rows: Sequence[Sequence[str]]) -> str:
    """A table with all its rulings: the edges of its columns, those of its rows from the top, its cells; a line
    break in a cell is a line break on the page."""
    out = [f"{left} {level} m {x[-1]} {level} l S\n" for level in y for left in (x[0],)]
    out += [f"{edge} {y[0]} m {edge} {y[-1]} l S\n" for edge in x]
    for row, top in zip(rows, y, strict=False):
        for cell, left in zip(row, x, strict=False):
            out.append(lines(left + 3, top - 12, cell.split("\n")))
    return "".join(out)


def pdf(path: Path, pages: Sequence[str], labels: str = "", extra: dict[int, bytes] | None = None) -> Path:
    """A PDF of the pages whose operators are given; `labels` is what the catalog says besides."""
    objects: dict[int, bytes] = {}
    fonts = " ".join(f"/{name} {10 + number} 0 R" for number, name in enumerate(FONTS))
    for number, base in enumerate(FONTS.values()):
        objects[10 + number] = (
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{base} /Encoding /WinAnsiEncoding >>".encode()
        )
    kids = []
    for number, content in enumerate(pages):
        at = 20 + 2 * number
        stream = zlib.compress(content.encode("cp1252"))
        objects[at] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {at + 1} 0 R"
            f" /Resources << /Font << {fonts} >> >> >>"
        ).encode()
        objects[at + 1] = (
            f"<< /Length {len(stream)} /Filter /FlateDecode >>\nstream\n".encode() + stream + b"\nendstream"
        )
        kids.append(f"{at} 0 R")
    objects[1] = f"<< /Type /Catalog /Pages 2 0 R {labels} >>".encode()
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>".encode()
    return _written(path, objects | (extra or {}))


def _written(path: Path, objects: dict[int, bytes]) -> Path:
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number in sorted(objects):
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode() + objects[number] + b"\nendobj\n"
    start, count = len(out), max(objects) + 1
    out += f"xref\n0 {count}\n0000000000 65535 f \n".encode()
    for number in range(1, count):
        used = number in places
        out += f"{places.get(number, 0):010d} {0 if used else 65535:05d} {'n' if used else 'f'} \n".encode()
    out += f"trailer\n<< /Size {count} /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    path.write_bytes(out)
    return path


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)


def docx(path: Path, body: str, before: str = "") -> Path:
    """A DOCX of the body given as WordprocessingML; `before` stands before the root element."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", _TYPES)
        archive.writestr("_rels/.rels", _RELATIONS)
        document = f'<?xml version="1.0"?>{before}<w:document {_W}><w:body>{body}</w:body></w:document>'
        archive.writestr("word/document.xml", document)
    return path


def paragraph(text: str, bold: bool = False) -> str:
    style = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p><w:r>{style}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def odt(path: Path, body: str) -> Path:
    """An ODT of the body given as OpenDocument text."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        archive.writestr(
            "content.xml",
            f'<?xml version="1.0"?><office:document-content {spaces} office:version="1.2"><office:body>'
            f"<office:text>{body}</office:text></office:body></office:document-content>",
        )
        archive.writestr(
            "META-INF/manifest.xml",
            '<?xml version="1.0"?><manifest:manifest'
            ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
            '<manifest:file-entry manifest:full-path="/"'
            ' manifest:media-type="application/vnd.oasis.opendocument.text"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
    return path
