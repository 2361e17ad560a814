"""Online tiles under the marks: asked for by name, credited, and the only thing that a page may ask for."""

from __future__ import annotations

import base64
import re
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import atlas_examples as examples
import pytest
from click.testing import CliRunner
from page_opening import WATCH, WIDE, opened
from xyzservices import TileProvider

import maps
from geo.errors import InputError
from maps.cli import main
from maps.tiles import find_tiles, tiles_of

# One grey pixel.
PNG = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==")
HOSTILE = '<a href="https://example.org/">Tile House</a> & <a href="javascript:alert(1)">others</a> <img src=x onerror=alert(2)>'


@contextmanager
def served(page: str = ""):
    """Serve tiles, and a page at its root; yields the origin and the list of (path, Referer) asked for."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append((self.path, self.headers.get("Referer")))
            found = self.path in ("/", "/map.html") or self.path.endswith(".png")
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", "image/png" if self.path.endswith(".png") else "text/html; charset=utf-8")
            self.end_headers()
            if found:
                self.wfile.write(PNG if self.path.endswith(".png") else page.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    server.server_close()


def house(origin: str, **fields: object) -> TileProvider:
    return TileProvider(
        {
            "name": "Tile.House",
            "url": f"{origin}/{{z}}/{{x}}/{{y}}.png",
            "attribution": "Tile House",
            "html_attribution": HOSTILE,
        }
        | fields
    )


def test_tiles_are_shown_with_their_credits_and_nothing_else_is_asked_for(browser) -> None:
    with served() as (tiles, asked):
        page_html = maps.draw(examples.newsroom(), tiles=house(tiles)).get_root().render()
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page_html)[1]
        assert f"img-src data: {tiles};" in f"{policy};"
        assert policy.count("http") == 1
        with served(page_html) as (site, _):
            context = browser.new_context(viewport=WIDE, reduced_motion="reduce")
            requests = []
            context.on("request", lambda request: requests.append(request.url))
            context.add_init_script(WATCH)
            page = context.new_page()
            page.goto(f"{site}/map.html")
            page.wait_for_selector("img.leaflet-tile-loaded")
            page.wait_for_selector("[data-ready][data-tiles]")
            assert page.inner_text(".tile-credits") == "Tile House & others"
            assert page.locator(".tile-credits a").evaluate_all("all => all.map(one => one.href)") == [
                "https://example.org/"
            ]
            assert page.evaluate("window.stolen") == []
            assert page.evaluate("window.violations") == []
            page.get_by_role("link", name="Kisumu").first.click()
            page.wait_for_selector(".mark-chosen")
            assert {re.match(r"https?://[^/]+", url)[0] for url in requests} == {site, tiles}
            page.evaluate("() => { const image = new Image(); image.src = 'https://elsewhere.invalid/x.png'; }")
            page.wait_for_function("() => window.violations.some((one) => one.includes('elsewhere.invalid'))")
            context.close()
        assert asked
        assert {referer for _, referer in asked} == {f"{site}/"}, "the site is told, and not the page"


def test_where_no_tile_can_be_had_the_page_shows_its_own_map_and_says_so(browser, tmp_path) -> None:
    with served() as (origin, _):
        pass  # nothing listens there any more
    path = tmp_path / "map.html"
    maps.draw(examples.newsroom(), tiles=house(origin)).save(path)
    context = browser.new_context(viewport=WIDE, reduced_motion="reduce")
    page = context.new_page()
    page.goto(path.as_uri())
    page.wait_for_function("() => document.querySelector('#news').textContent.includes('Tile.House')")
    page.wait_for_selector("[data-ready]:not([data-tiles])")
    land = page.evaluate(
        "(() => { const canvas = document.querySelector('.leaflet-land-pane canvas');"
        " const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;"
        " let painted = 0; for (let at = 3; at < pixels.length; at += 4) if (pixels[at] === 255) painted += 1;"
        " return painted; })()"
    )
    assert land > 10_000
    context.close()


def test_without_tiles_the_page_asks_nobody_and_tells_no_one_where_it_is(browser, written) -> None:
    with opened(browser, written(examples.newsroom())) as page:
        assert page.locator('meta[name="referrer"]').get_attribute("content") == "no-referrer"
        assert page.locator(".leaflet-tile").count() == 0


def test_tiles_are_found_by_name_however_it_is_written() -> None:
    for name in ("OpenStreetMap.Mapnik", "openstreetmap mapnik", "OpenStreetMap-Mapnik"):
        tiles = find_tiles(name)
        assert tiles.name == "OpenStreetMap.Mapnik"
        assert tiles.hosts == ("https://tile.openstreetmap.org",)
        assert tiles.needs_referer
        assert tiles.credits[0] == ("© ", "")
        assert tiles.credits[1] == ("OpenStreetMap", "https://www.openstreetmap.org/copyright")


def test_each_host_of_a_provider_is_named_and_no_star() -> None:
    tiles = tiles_of(house("https://{s}.example.org", subdomains="ab"))
    assert tiles.hosts == ("https://a.example.org", "https://b.example.org")
    assert tiles.url == "https://{s}.example.org/{z}/{x}/{y}.png"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"url": "https://example.org/{z}/{x}/{y}.png?key={apikey}", "apikey": "<insert your api key>"}, "need a key"),
        ({"status": "broken"}, "work no longer"),
        ({"crs": "EPSG:3413"}, "EPSG:3413"),
    ],
)
def test_tiles_that_cannot_be_used_are_refused_with_the_reason(fields, told) -> None:
    with pytest.raises(InputError, match=told) as caught:
        tiles_of(house("https://example.org", **fields))
    assert "Tile.House" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("OpenStretMap.Mapnick", "Did you mean OpenStreetMap.Mapnik"),
        ("qqqqqqqq", "No provider of tiles is called 'qqqqqqqq'"),
        ("Thunderforest.Outdoors", "need a key"),
    ],
)
def test_the_command_refuses_them_in_one_line_and_writes_nothing(tmp_path, name, told) -> None:
    article = tmp_path / "a.txt"
    article.write_text("It rained in Nairobi.", encoding="utf-8")
    output = tmp_path / "map.html"
    done = CliRunner().invoke(main, ["map", str(article), "-o", str(output), "--tiles", name])
    assert done.exit_code == 1
    assert told in done.output
    assert not output.exists()


def test_the_same_tiles_give_the_same_bytes() -> None:
    one, other = (maps.draw(examples.newsroom(), tiles="OpenTopoMap").get_root().render() for _ in range(2))
    assert one == other
