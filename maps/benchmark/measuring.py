"""Opens a page in Chromium and measures what its reader waits for."""

from __future__ import annotations

import re
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from maps.benchmark.clustered import script_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

VIEW = {"width": 1440, "height": 900}
CHOSEN = (0, 3, 40, 7, 1, 90)
"""Which rows of the list are chosen, the place that is named most among them."""

OPENINGS = 3
DRAGS = 3
STEPS = 24
PATIENCE = 60_000  # ms that a page may take to be ready

_WATCH = """
window.readyAt = null;
const wanted = %s;
const look = () => {
  if (window.readyAt === null && document.querySelector(wanted)) {
    // Ready is what is seen: after the next frame.
    requestAnimationFrame(() => setTimeout(() => { window.readyAt ??= performance.now(); }));
  }
};
const all = { subtree: true, childList: true, attributes: true, attributeFilter: ["data-ready"] };
new MutationObserver(look).observe(document, all);
"""
_AFTER_FRAME = "new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)))"
_CHOOSE_ROW = f"""async (at) => {{
  const rows = document.querySelectorAll("a.row");
  const row = rows[Math.min(at, rows.length - 1)];
  const begin = performance.now();
  row.click();
  do await {_AFTER_FRAME}; while (!document.querySelector(".view-place .passage") && performance.now() - begin < 20000);
  return performance.now() - begin;
}}"""
_OPEN_POPUP = f"""async () => {{
  const map = Object.entries(window).find(([name]) => /^map_[0-9a-f]+$/.test(name))[1];
  let marker = null;
  map.eachLayer((layer) => {{ if (layer.getAllChildMarkers || !layer.getPopup?.()) return; marker ??= layer; }});
  const cluster = Object.entries(window).find(([name]) => name.startsWith("marker_cluster_"))[1];
  marker ??= cluster.getLayers()[0];
  const begin = performance.now();
  await new Promise((done) => cluster.zoomToShowLayer(marker, () => {{ marker.openPopup(); done(); }}));
  await {_AFTER_FRAME};
  return performance.now() - begin;
}}"""
_COUNT_FRAMES = """() => {
  window.frames_ = [];
  const count = (now) => { window.frames_.push(now); window.counting = requestAnimationFrame(count); };
  window.counting = requestAnimationFrame(count);
}"""
_FRAMES = """() => {
  cancelAnimationFrame(window.counting);
  const all = window.frames_;
  return (all.length - 1) / (all.at(-1) - all[0]) * 1000;
}"""


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one page: its size in bytes, times in ms, frames a second."""

    size: int
    ready: float
    choose: float
    pan: float
    zoom: float


def measure_page(browser: Any, path: Path) -> Figures:  # noqa: ANN401 - Playwright is optional, and so are its types
    """Measure a page of dateline's."""
    return _measure(
        browser,
        path,
        ready="[data-map][data-ready]",
        box="[data-map]",
        choose=lambda page: statistics.median(_choose_rows(page)),
    )


def measure_clustered(browser: Any, path: Path, scripts: Path) -> Figures:  # noqa: ANN401 - as above
    """Measure folium's map, with the scripts that it names read from `scripts`."""
    return _measure(
        browser,
        path,
        ready=".marker-cluster, .leaflet-marker-icon",
        box=".folium-map",
        choose=lambda page: page.evaluate(_OPEN_POPUP),
        scripts=scripts,
    )


def _measure(
    browser: Any,  # noqa: ANN401 - as above
    path: Path,
    *,
    ready: str,
    box: str,
    choose: Callable[[Any], float],
    scripts: Path | None = None,
) -> Figures:
    waits = []
    for _ in range(OPENINGS):
        page = browser.new_page(viewport=VIEW)
        page.set_default_timeout(PATIENCE)
        if scripts is not None:
            page.route(re.compile("^https?:"), lambda route: _hand_over(route, scripts))
        page.add_init_script(_WATCH % repr(ready))
        page.goto(path.as_uri(), wait_until="commit")
        # A bare expression would be eval, which the page forbids.
        page.wait_for_function("() => window.readyAt !== null")
        waits.append(page.evaluate("window.readyAt"))
        if len(waits) < OPENINGS:
            page.close()
    chosen = choose(page)
    middle = page.locator(box).bounding_box()
    x, y = middle["x"] + middle["width"] / 2, middle["y"] + middle["height"] / 2
    pan = _frames(page, lambda: _drag(page, x, y))
    zoom = _frames(page, lambda: _wheel(page, x, y))
    page.close()
    return Figures(path.stat().st_size, statistics.median(waits), chosen, pan, zoom)


def _hand_over(route: Any, scripts: Path) -> None:  # noqa: ANN401 - as above
    file = script_of(route.request.url, scripts)
    if file is None:
        kinds = {"stylesheet": "text/css", "script": "text/javascript"}
        route.fulfill(body="", content_type=kinds.get(route.request.resource_type, "image/png"))
    else:
        route.fulfill(path=file)


def _choose_rows(page: Any) -> list[float]:  # noqa: ANN401 - as above
    times = []
    for at in CHOSEN:
        times.append(page.evaluate(_CHOOSE_ROW, at))
        page.wait_for_timeout(700)  # the flight there is over
        page.evaluate("history.back()")
        page.wait_for_selector("a.row")
    return times


def _frames(page: Any, act: Callable[[], None]) -> float:  # noqa: ANN401 - as above
    page.evaluate(_COUNT_FRAMES)
    act()
    return float(page.evaluate(_FRAMES))


def _drag(page: Any, x: float, y: float) -> None:  # noqa: ANN401 - as above
    for turn in range(DRAGS):
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(STEPS):
            page.mouse.move(x + step * (12, -10, 8)[turn % 3], y + step * (3, -6, 5)[turn % 3])
            time.sleep(1 / 60)
        page.mouse.up()
        time.sleep(0.2)


def _wheel(page: Any, x: float, y: float) -> None:  # noqa: ANN401 - as above
    page.mouse.move(x, y)
    for turn in (-1, -1, -1, 1, 1, 1):
        for _ in range(6):
            page.mouse.wheel(0, 60 * turn)
            time.sleep(1 / 60)
        time.sleep(0.35)
