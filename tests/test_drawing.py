"""The file that is written: the same bytes, one policy, folium's layers, and errors that help."""

from __future__ import annotations

import base64
import gzip
import hashlib
import itertools
import json
import re

import atlas_examples as examples
import folium
import pandas as pd
import pytest
from folium.plugins import MarkerCluster
from page_opening import opened

import maps
from geo.errors import OutputError
from maps import basemap
from maps.page import LEAFLET, READER, reader_script
from maps.title import title_of


def test_the_same_atlas_gives_the_same_bytes(tmp_path) -> None:
    for name in ("one.html", "two.html"):
        drawn = maps.draw(examples.newsroom(), title="T")
        folium.GeoJson({"type": "Point", "coordinates": [36, 0]}).add_to(drawn)
        drawn.save(tmp_path / name)
    assert (tmp_path / "one.html").read_bytes() == (tmp_path / "two.html").read_bytes()


def test_saving_twice_gives_the_same_page_and_leaves_nothing_beside_it(tmp_path) -> None:
    drawn = maps.draw(examples.newsroom())
    drawn.save(tmp_path / "map.html")
    first = (tmp_path / "map.html").read_bytes()
    drawn.save(str(tmp_path / "map.html"))
    assert (tmp_path / "map.html").read_bytes() == first
    assert [path.name for path in tmp_path.iterdir()] == ["map.html"]


@pytest.mark.parametrize("where", ["missing/map.html", "file.txt/map.html", "folder"])
def test_where_nothing_can_be_written_the_error_says_what_to_do(tmp_path, where) -> None:
    (tmp_path / "file.txt").write_text("")
    (tmp_path / "folder").mkdir()
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(OutputError, match=r"cannot be written to .*Choose a file") as caught:
        maps.draw(examples.newsroom()).save(tmp_path / where)
    assert where in str(caught.value)
    assert sorted(tmp_path.rglob("*")) == before


def test_an_installation_without_its_basemap_says_so(monkeypatch, tmp_path) -> None:
    monkeypatch.setattr(basemap, "WORLD", tmp_path / "world.json.gz")
    for cached in (basemap.world, basemap.country_names):
        cached.cache_clear()
    with pytest.raises(OutputError, match="reinstall dateline"):
        maps.draw(examples.newsroom())


def test_the_policy_names_every_script_and_style_by_its_hash() -> None:
    page = maps.draw(examples.newsroom()).get_root().render()
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "http" not in policy
    for content in re.findall(r"<(?:script|style)>(.*?)</(?:script|style)>", page, re.DOTALL):
        digest = base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_a_vector_layer_of_folium_works_without_a_network(browser, tmp_path) -> None:
    drawn = maps.draw(examples.newsroom())
    folium.GeoJson(
        {"type": "LineString", "coordinates": [[30, 0], [40, 2]]}, style_function=lambda _: {"color": "#a00"}
    ).add_to(drawn)
    folium.Circle([0, 36], radius=50_000, tooltip="a <b>circle</b>").add_to(drawn)
    drawn.fit_bounds([[-2, 30], [2, 40]])
    drawn.save(tmp_path / "map.html")
    with opened(browser, (tmp_path / "map.html").as_uri()) as page:
        assert page.locator(".leaflet-overlay-pane path").count() == 2
        page.locator('.mark[aria-label^="Nairobi"]').press("Enter")
        page.wait_for_selector(".view-place")


def test_what_an_added_layer_loads_is_allowed_and_nothing_more() -> None:
    drawn = maps.draw(examples.newsroom())
    folium.TileLayer("https://{s}.tiles.example/{z}/{x}/{y}.png", attr="Example").add_to(drawn)
    MarkerCluster([[0, 36]]).add_to(drawn)
    page = drawn.get_root().render()
    policy = dict(
        part.split(" ", 1) for part in re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1].split("; ")
    )
    assert policy["img-src"] == "data: https://*.tiles.example"
    scripts = re.findall(r'<script src="([^"]+)"', page)
    assert scripts
    assert [source for source in policy["script-src"].split() if source.startswith("http")] == scripts


def test_a_notebook_shows_the_page_in_a_sandboxed_frame(browser, tmp_path) -> None:
    drawn = maps.draw(examples.newsroom())
    assert isinstance(drawn, folium.Map)
    (tmp_path / "notebook.html").write_text(
        f"<!doctype html><meta charset=utf-8>{drawn._repr_html_()}", encoding="utf-8"
    )
    with opened(browser, (tmp_path / "notebook.html").as_uri(), wait="iframe[sandbox]") as page:
        frame = page.frame_locator("iframe")
        frame.locator("[data-ready]").wait_for()
        frame.get_by_role("link", name="Nairobi").click()
        frame.locator(".view-place").wait_for()
        frame.get_by_role("button", name="Back").click()
        frame.locator(".view-places").wait_for()


def test_the_readers_files_are_all_used_and_name_no_network() -> None:
    script = reader_script()
    for path in READER.glob("*.js"):
        assert f"const module_{path.stem} = " in script, f"{path.name} is imported by nothing"
    for path in READER.iterdir():
        source = path.read_text(encoding="utf-8")
        assert "innerHTML" not in source, path.name
        assert "</script" not in source.replace("</script>\n", "") or path.suffix == ".html", path.name
        assert not re.search(r"\b(fetch|XMLHttpRequest|WebSocket|sendBeacon)\b", source), path.name
    assert not re.search(r"^\s*(import|export)\b", script, re.MULTILINE)


def test_what_the_page_leaves_behind_of_its_scripts_is_comments_and_indents_alone() -> None:
    left = re.compile(r"^[ \t]*(/\*\*|\*|//)")
    for path in READER.glob("*.js"):
        source = re.sub(r"^import\b[^;]*;", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        code = [line for line in source.splitlines() if not left.match(line)]
        # A text over several lines could begin one with an indent or with what looks like a comment;
        # a template may go on in the next line only within what is put into it.
        is_open = False
        for line in code:
            if line.count("`") % 2:
                is_open = not is_open
                assert not is_open or re.search(r"\$\{[^}`]*$", line), (
                    f"{path.name} has a text over several lines: {line}"
                )
        for line in code:
            assert line.strip() in reader_script() or line.startswith("export "), f"{path.name}: {line}"


def test_leaflet_is_the_one_of_the_installed_wheel() -> None:
    page = maps.draw(examples.newsroom()).get_root().render()
    assert (LEAFLET / "leaflet.js").read_text(encoding="utf-8").split("\n//#")[0] in page


def test_the_basemap_travels_whole_in_half_its_size() -> None:
    page = maps.draw(examples.newsroom()).get_root().render()
    carried = base64.b64decode(re.search(r'id="world-data">([^<]*)<', page)[1])
    assert len(carried) < 0.6 * basemap.WORLD.stat().st_size
    assert unpacked(json.loads(gzip.decompress(carried))) == as_it_was(basemap.world())


def segments(line) -> set:
    return {frozenset(pair) for pair in itertools.pairwise(line)}


def as_it_was(world) -> dict:
    """Return what a TopoJSON draws, as sets of segments, and the names it writes."""
    arcs = [
        list(itertools.accumulate(map(tuple, arc), lambda a, b: (a[0] + b[0], a[1] + b[1]))) for arc in world["arcs"]
    ]

    def drawn(lines) -> set:
        return set().union(*(segments(arcs[max(ref, ~ref)]) for line in lines for ref in line))

    objects = world["objects"]
    outlines = {}
    for shape in objects["countries"]["geometries"]:
        rings = shape["arcs"] if shape["type"] == "Polygon" else [ring for part in shape["arcs"] for ring in part]
        outlines[shape["properties"]["code"]] = drawn(rings)
    return {
        "outlines": outlines,
        "borders": drawn(objects["borders"]["arcs"]),
        "provinces": {one["properties"]["code"]: drawn(one["arcs"]) for one in objects["provinces"]["geometries"]},
        "disputed": drawn(objects["disputed"]["arcs"]),
        "labels": [tuple(one["properties"].values()) for one in objects["countries"]["geometries"]],
        "cities": [tuple(row[:5]) for row in world["cities"]],
    }


def unpacked(packed) -> dict:
    """Return the same of the form that maps.packing describes."""

    def numbers(text) -> list[int]:
        found, value, shift = [], 0, 0
        for character in text:
            group = ord(character) - 63
            value |= (group & 0x1F) << shift
            shift += 5
            if group < 0x20:
                found.append(~(value >> 1) if value & 1 else value >> 1)
                value = shift = 0
        return found

    starts, steps = iter(numbers(packed["starts"])), iter(numbers(packed["steps"]))
    x, y, arcs = 0, 0, []
    for amount in numbers(packed["counts"]):
        x, y = x + next(starts), y + next(starts)
        arcs.append([(x, y)])
        for _ in range(amount):
            x, y = x + next(steps), y + next(steps)
            arcs[-1].append((x, y))
    following, outlines = 0, {}
    for code, *_, written in packed["countries"]:
        refs = iter(numbers(written))
        outlines[code] = set()
        for amount in refs:
            ring = []
            for _ in range(amount):
                ref = next(refs)
                following += ref >> 1
                arc = arcs[following][::-1] if ref & 1 else arcs[following]
                assert not ring or ring[-1] == arc[0], "each arc goes on where the last one ended"
                ring += arc
                outlines[code] |= segments(arc)
                following += 1
            assert ring[0] == ring[-1], "a ring is closed"
    rest = iter(arcs[len(arcs) - packed["disputed"] - sum(amount for _, amount in packed["provinces"]) :])

    def drawn(lines) -> set:
        return set().union(*map(segments, lines))

    cities = packed["cities"]
    lons, lats = (itertools.accumulate(numbers(cities[axis])) for axis in ("lon", "lat"))
    return {
        "outlines": outlines,
        "borders": drawn(arcs[at] for at in itertools.accumulate(numbers(packed["borders"]))),
        "provinces": {code: drawn(itertools.islice(rest, amount)) for code, amount in packed["provinces"]},
        "disputed": drawn(rest),
        "labels": [(code, name, [lon, lat], rank) for code, name, lon, lat, rank, _ in packed["countries"]],
        "cities": [
            (lon / 100, lat / 100, name, int(rank), int(at in cities["capitals"]))
            for at, (lon, lat, name, rank) in enumerate(zip(lons, lats, cities["names"], cities["ranks"], strict=True))
        ],
    }


@pytest.mark.parametrize(
    ("published", "title"),
    [
        (["1991-09-07", "2025-01-28"], "2 articles, 1991–2025"),
        (["2025-01-28", None, "1991-09-07"], "3 articles, 1991–2025"),
        (["2025-05-01", "2025-03-31"], "2 articles, March–May 2025"),
        (["2025-03-02", "2025-03-09"], "2 articles, March 2–9, 2025"),
        (["2025-03-02T08:00", "2025-03-02T21:30"], "2 articles, March 2, 2025"),
        ([None, None], "2 articles"),
        (["2025-01-01"] * 1234, "1,234 articles, January 1, 2025"),
        ([], "0 articles"),
    ],
)
def test_articles_are_counted_with_the_time_that_they_span(published, title) -> None:
    articles = pd.DataFrame(
        {"title": "T", "published": pd.to_datetime(pd.Series(published, dtype=object), format="ISO8601")}
    )
    assert title_of(articles) == title


@pytest.mark.parametrize(
    ("own", "title"),
    [
        ("Rains reach the lake", "Rains reach the lake"),
        (" ", "1 article, March 2, 2025"),
        (None, "1 article, March 2, 2025"),
        ("W" * 91, "1 article, March 2, 2025"),
        ("Two\nlines", "1 article, March 2, 2025"),
    ],
)
def test_one_article_lends_its_title_if_it_is_fit_to_be_one(own, title) -> None:
    articles = pd.DataFrame({"title": [own], "published": pd.to_datetime(["2025-03-02"])})
    assert title_of(articles) == title


def test_a_page_without_a_title_is_called_by_its_articles_and_a_given_title_stays() -> None:
    assert "<title>3 articles, March–April 2025</title>" in maps.draw(examples.newsroom()).get_root().render()
    assert "<title>A reading map</title>" in maps.draw(examples.newsroom(), title="A reading map").get_root().render()
