"""Draws the site's icon as the PNG files that some home screens ask for: `make icons`, after a change of icon.svg."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Browser, sync_playwright

STATIC: Final = Path(__file__).parents[1] / "web" / "static"
# Each file with its side in pixels, and whether its ground goes to the edges, for a system that cuts its own shape.
FILES: Final[Mapping[str, tuple[int, bool]]] = {
    "icon-192.png": (192, False),
    "icon-512.png": (512, False),
    "icon-maskable-512.png": (512, True),
}
_PAGE: Final = "<style>body { margin: 0 } svg { display: block; width: 100vw; height: 100vh }</style>"
_COLOURS: Final = 64  # enough for three colours and what lies between them
_TO_THE_EDGES: Final = "document.querySelector('svg > rect').setAttribute('rx', '0')"


def drawn(browser: Browser, side: int, to_the_edges: bool) -> Image.Image:
    """The icon as a browser draws it."""
    page = browser.new_page(viewport={"width": side, "height": side})
    page.set_content(_PAGE + (STATIC / "icon.svg").read_text("utf-8"))
    if to_the_edges:
        page.evaluate(_TO_THE_EDGES)
    taken = Image.open(BytesIO(page.screenshot(omit_background=True))).convert("RGBA")
    page.close()
    return taken


def draw_all() -> None:
    browser_path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for name, (side, to_the_edges) in FILES.items():
            image = drawn(browser, side, to_the_edges)
            image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE).save(STATIC / name, optimize=True)
        browser.close()


if __name__ == "__main__":
    draw_all()
