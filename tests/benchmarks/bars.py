"""A picture of times: a bar a library, by size, on a logarithmic scale, as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from math import log10

_WIDTH, _LEFT, _ROW, _HEAD = 760, 180, 22, 34
_LEAST = 0.1  # milliseconds where the scale begins


def picture(times: Mapping[tuple[str, int], float]) -> str:
    """`times`: milliseconds by library and number of passages."""
    parts: list[str] = []
    top, most = 0, max(1.0, *times.values()) if times else 1.0
    for size in sorted({size for _, size in times}):
        heading = f"Une recherche parmi {size:_} passages (p50, échelle logarithmique)".replace("_", " ")
        parts.append(f'<text x="8" y="{top + 22}" font-weight="bold">{heading}</text>')
        top += _HEAD
        rows = sorted(((taken, name) for (name, held), taken in times.items() if held == size))
        for taken, name in rows:
            parts += _bar(name, taken, top, most)
            top += _ROW
        top += 10
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {top}" role="img" '
        f'font-family="sans-serif" font-size="13"><title>Temps d\'une recherche, par bibliothèque</title>'
        f'<rect width="{_WIDTH}" height="{top}" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def _bar(name: str, taken: float, top: int, most: float) -> list[str]:
    room = _WIDTH - _LEFT - 90
    width = max(2.0, room * log10(max(taken, _LEAST) / _LEAST) / log10(most / _LEAST))
    colour = "#1b5e8c" if name == "Réglo" else "#9aa5b1"
    shown = f"{taken:.1f} ms".replace(".", ",")
    return [
        f'<text x="{_LEFT - 8}" y="{top + 15}" text-anchor="end">{escape(name)}</text>',
        f'<rect x="{_LEFT}" y="{top + 3}" width="{width:.0f}" height="{_ROW - 6}" fill="{colour}"/>',
        f'<text x="{_LEFT + width + 6:.0f}" y="{top + 15}">{shown}</text>',
    ]
