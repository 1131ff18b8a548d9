"""The first page in a browser: what it weighs, when it is painted against a bare page, whether anything moves."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from statistics import median

from playwright.sync_api import Browser, sync_playwright

from tests.benchmarks.clock import milliseconds
from tests.benchmarks.figures import Bar, Figure
from tests.benchmarks.homes import starter_home
from tests.benchmarks.material import Absent, Material
from tests.benchmarks.sites import bare_flask, reglo

TIMES = 15
HEAVIEST = 60_000  # bytes of bodies: page, style sheets, scripts, icon
_SEEN = """new Promise((done) => {
  const seen = {painted: 0, moved: 0};
  const each = (type, told) => new PerformanceObserver((list) => list.getEntries().forEach(told))
    .observe({type, buffered: true});
  each("paint", (entry) => { if (entry.name === "first-contentful-paint") seen.painted = entry.startTime / 1000; });
  each("layout-shift", (entry) => { seen.moved += entry.value; });
  setTimeout(() => done([seen.painted, seen.moved]), 150);
})"""


def measure(material: Material) -> Iterator[Figure]:
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        raise Absent("Chromium n'est pas là (sous Debian : apt install chromium)")
    with starter_home() as (home, _), reglo(home) as site, bare_flask() as bare, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        rounds = [(_visit(browser, site.address), _visit(browser, bare.address)) for _ in range(TIMES)]
        browser.close()
    weight = max(ours[0] for ours, _ in rounds)
    painted, reference = (median(visit[1] for visit in side) for side in zip(*rounds, strict=True))
    moved = max(ours[2] for ours, _ in rounds)
    yield Figure("poids de la première page", f"{weight:_} octets", f"{HEAVIEST:_} octets", weight / HEAVIEST, Bar(1))
    against = f"page Flask nue : {milliseconds(reference)}"
    yield Figure("premier affichage", milliseconds(painted), against, painted / reference, Bar(4))
    yield Figure("ce qui bouge après l'affichage", f"{moved:g}", "rien", moved, Bar(0))


def _visit(browser: Browser, address: str) -> tuple[int, float, float]:
    """A first visit: bytes received, seconds to the first content painted, layout shift."""
    context = browser.new_context()
    tab = context.new_page()
    sizes: list[int] = []
    tab.on("response", lambda response: sizes.append(len(response.body())))
    tab.goto(address, wait_until="networkidle")
    painted, moved = tab.evaluate(_SEEN)
    context.close()
    return sum(sizes), painted, moved
