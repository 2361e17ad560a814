"""The map of the page in a real Chromium: marks, areas, names and what is in sight."""

from __future__ import annotations

import re

import atlas_examples as examples
import pytest
import shapely
from page_opening import WIDE, opened
from page_reading import focused, look_at, passages, shown_passages


def test_a_marker_opens_the_passages_of_its_place(browser, written) -> None:
    atlas = examples.newsroom()
    with opened(browser, written(atlas)) as page:
        look_at(page, 36, 1, 6.5)
        page.get_by_role("button", name="Kisumu, Kisumu County, Kenya: 3 passages in 2 articles").click()
        page.wait_for_selector(".view-place")
        assert page.inner_text("h1") == "Kisumu"
        assert shown_passages(page) == passages(atlas, "test:kisumu", {"literal"})
        assert page.locator(".passage mark").all_inner_texts() == ["Kisumu"] * 3
        assert page.locator(".passage-article h2").all_inner_texts() == ["Rains reach the lake", "No date on this one"]
        assert "March 2, 2025" in page.inner_text(".passage-article >> nth=0")
        assert "no date" in page.inner_text(".passage-article >> nth=1")


def test_an_area_opens_its_passages_and_the_smaller_one_wins(browser, written) -> None:
    atlas = examples.newsroom()
    with opened(browser, written(atlas)) as page:
        labels = page.locator("path.area").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
        assert [label.split(",")[0].split(":")[0] for label in labels] == ["Kenya", "Turkana County"], (
            "large lies below small"
        )
        box = page.get_by_role("button", name=re.compile("^Turkana County")).bounding_box()
        page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] * 0.8)
        page.wait_for_selector(".view-place")
        assert shown_passages(page) == passages(atlas, "test:turkana", {"literal"})


def test_a_country_is_painted_with_the_basemaps_own_outline_and_pales_before_its_regions(browser, written) -> None:
    with opened(browser, written(examples.newsroom())) as page:
        assert page.eval_on_selector("path.area-country", "one => getComputedStyle(one).fillOpacity") == "0"
        painted, wash, land, region, scale = page.evaluate(
            """() => {
              const canvas = document.querySelector(".leaflet-land-pane canvas");
              const shift = L.DomUtil.getPosition(canvas);
              const at = map_atlas.latLngToLayerPoint([0.5, 38.5]).subtract(shift);
              const ratio = canvas.width / canvas.clientWidth;
              const pixel = canvas.getContext("2d").getImageData(at.x * ratio, at.y * ratio, 1, 1).data;
              const token = (name) => {
                const probe = document.body.appendChild(document.createElement("canvas")).getContext("2d");
                const colour = document.body.appendChild(document.createElement("i"));
                colour.style.color = `var(--${name})`;
                probe.fillStyle = getComputedStyle(colour).color;
                probe.fillRect(0, 0, 1, 1);
                return [...probe.getImageData(0, 0, 1, 1).data].join();
              };
              const fill = getComputedStyle(document.querySelector("path.area-1:not(.area-country)")).fill;
              const hex = fill.match(/\\d+/g).join();
              return [[...pixel].join(), token("wash-1"), token("land"), `${hex},255`, token("scale-1")];
            }"""
        )
        assert painted == wash != land
        assert region == scale != wash


def test_an_area_too_small_to_see_gets_a_mark_until_one_zooms_in(browser, written) -> None:
    atlas = examples.newsroom()
    with opened(browser, written(atlas)) as page:
        assert page.locator('.mark[aria-label^="Turkana"]').count() == 0
        page.evaluate("map_atlas.setZoom(1, {animate: false})")
        assert page.locator("path.area").count() == 2
        assert "Turkana" in page.locator(".mark-gathered").first.get_attribute("aria-label")


def test_a_name_in_the_text_lights_its_place_and_the_place_its_names(browser, written) -> None:
    with opened(browser, written(examples.newsroom()) + "#article=article-1") as page:
        look_at(page, 36, 1, 6.5)
        page.hover(".text .name >> text=Nairobi")
        assert page.locator(".mark-lit").get_attribute("aria-label").startswith("Nairobi")
        page.hover('.mark[aria-label^="Kisumu"]')
        assert page.locator(".text .lit").all_inner_texts() == ["Kisumu", "Kisumu"]
        assert "3 passages in 2 articles" in page.inner_text(".leaflet-tooltip")


@pytest.mark.parametrize(("scheme", "dark"), [("light", False), ("dark", True)])
def test_the_scheme_of_the_system_colours_panel_and_map(browser, written, scheme, dark) -> None:
    with opened(browser, written(examples.newsroom()), color_scheme=scheme) as page:
        lightness = page.evaluate(
            "['.reader', '.leaflet-container'].map(one => getComputedStyle(document.querySelector(one)).backgroundColor)"
            ".map(colour => colour.match(/[\\d.]+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0) / 765)"
        )
        assert all((one < 0.3) is dark for one in lightness)
        land = page.evaluate(
            "(() => { const canvas = document.querySelector('.leaflet-land-pane canvas');"
            " const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;"
            " let sum = 0, count = 0;"
            " for (let at = 0; at < pixels.length; at += 4) if (pixels[at + 3] === 255)"
            " { sum += pixels[at] + pixels[at + 1] + pixels[at + 2]; count += 1; }"
            " return [count, sum / count / 765]; })()"
        )
        assert land[0] > 10_000, "there is land in sight"
        assert (land[1] < 0.3) is dark


def test_the_map_is_sharp_after_a_jump(browser, written) -> None:
    with opened(browser, written(examples.newsroom())) as page:
        page.click("text=Saint-Étienne")
        page.wait_for_selector(".view-place")
        moved = page.eval_on_selector_all("canvas", "all => all.map(one => getComputedStyle(one).transform)")
        assert len(moved) == 3
        assert not any("." in one for one in moved), "whole pixels only"


def test_names_on_the_map_do_not_overlap(browser, written) -> None:
    boxes = """
        window.drawn = [];
        const { fillText: write, clearRect: clear } = CanvasRenderingContext2D.prototype;
        const labels = document.querySelector(".leaflet-labels-pane canvas");
        CanvasRenderingContext2D.prototype.clearRect = function (...box) {
          if (this.canvas === labels) window.drawn = [];
          clear.call(this, ...box);
        };
        CanvasRenderingContext2D.prototype.fillText = function (text, x, y) {
          const width = this.measureText(text).width;
          window.drawn.push({text, left: x - width / 2, right: x + width / 2, top: y - 5, bottom: y + 5});
          write.call(this, text, x, y);
        };
        null;
    """
    address = written(examples.newsroom())
    with opened(browser, address) as page:
        page.evaluate(boxes)
        page.evaluate("map_atlas.setView([48, 12], 5, {animate: false})")
        drawn = page.evaluate("window.drawn")
        assert len(drawn) > 20
        overlaps = [
            (one["text"], other["text"])
            for at, one in enumerate(drawn)
            for other in drawn[:at]
            if one["left"] < other["right"]
            and other["left"] < one["right"]
            and one["top"] < other["bottom"]
            and other["top"] < one["bottom"]
        ]
        assert overlaps == []
        edges = page.evaluate(
            "(() => { const canvas = document.querySelector('.leaflet-labels-pane canvas').getBoundingClientRect();"
            " const frame = document.querySelector('.atlas-map').getBoundingClientRect();"
            " return [frame.left - canvas.left, frame.right - canvas.left]; })()"
        )
        cut = [one["text"] for one in drawn for edge in edges if one["left"] + 1 < edge < one["right"] - 1]
        assert cut == [], "none is cut by the edge of the map"


def test_with_a_damaged_basemap_countries_are_points_and_all_can_be_read(browser, written, tmp_path) -> None:
    address = written(examples.newsroom())
    file = tmp_path / "map.html"
    file.write_text(re.sub(r'(id="world-data">)[^<]*', r"\1AAAA", file.read_text(encoding="utf-8")), encoding="utf-8")
    page = browser.new_page(viewport=WIDE)
    page.goto(address)
    page.wait_for_selector(".mark")
    look_at(page, 37.9, 0.5, 6.5)
    page.locator('.mark[aria-label^="Kenya"]').press("Enter")
    page.wait_for_selector(".view-place")
    assert page.inner_text("h1") == "Kenya"
    page.close()


def test_marks_that_would_overlap_are_one_that_lists_its_places_and_zooming_opens_it(browser, written) -> None:
    with opened(browser, written(examples.newsroom())) as page:
        look_at(page, 36, 1, 3.5)
        mark = page.get_by_role("button", name="3 places close together: Kisumu, Nairobi, Lake Victoria")
        assert mark.inner_text() == "3"
        mark.focus()
        page.keyboard.press("Enter")
        page.wait_for_selector(".view-together")
        assert page.inner_text("h1") == focused(page) == "3 places"
        assert page.locator(".row-name").all_inner_texts() == ["Kisumu", "Lake Victoria", "Nairobi"]
        page.get_by_role("button", name="Zoom in on them").click()
        assert page.locator(".mark-gathered").count() == 0
        page.get_by_role("link", name="Nairobi").click()
        page.wait_for_selector(".view-place")
        page.go_back()
        page.wait_for_selector(".view-together")


def test_no_two_marks_overlap_at_any_zoom_and_all_places_are_counted(browser, written) -> None:
    atlas = examples.newsroom()
    points = {row.place_id for row in atlas.places.itertuples() if row.feature_class != "A"}
    with opened(browser, written(atlas)) as page:
        for zoom in (0.5, 2, 3.3, 5, 8, 12):
            look_at(page, 20, 25, zoom)
            marks = page.locator(".mark").evaluate_all(
                "all => all.map(one => { const box = one.getBoundingClientRect();"
                " return [box.x + box.width / 2, box.y + box.height / 2, Number(one.textContent || 1)]; })"
            )
            distances = [
                ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5
                for at, (x, y, _) in enumerate(marks)
                for other_x, other_y, _ in marks[:at]
            ]
            assert min(distances, default=24) >= 23.5, "the middles keep apart, to half a pixel of rounding"
            if zoom <= 3.3:
                assert sum(amount for *_, amount in marks) >= len(points)


def test_the_chosen_place_has_a_mark_of_its_own_whatever_is_near(browser, written) -> None:
    with opened(browser, written(examples.newsroom()) + "#place=test:nairobi") as page:
        look_at(page, 36, 1, 3)
        assert page.locator(".mark-chosen").get_attribute("aria-label").startswith("Nairobi, ")
        assert page.locator(".mark-gathered.mark-chosen").count() == 0


def test_whoever_comes_to_a_mark_by_key_keeps_the_focus_when_zooming_changes_it(browser, written) -> None:
    with opened(browser, written(examples.newsroom())) as page:
        look_at(page, 34.76, -0.1, 4)
        page.locator('.mark-gathered[aria-label*="Kisumu"]').focus()
        look_at(page, 34.76, -0.1, 8)
        assert focused(page).startswith("Kisumu, Kisumu County")


def test_the_first_view_shows_every_mark_and_no_pole(browser, written) -> None:
    far = {
        "teahupoo": examples.place("teahupoo", "Teahupo'o", -149.3, -17.8),
        "sydney": examples.place("sydney", "Sydney", 151.2, -33.9),
        "oslo": examples.place("oslo", "Oslo", 10.7, 59.9),
    }
    atlas = examples.atlas(("T", "From [[Teahupo'o|teahupoo]] to [[Sydney|sydney]] and [[Oslo|oslo]]."), places=far)
    with opened(browser, written(atlas)) as page:
        frame = page.locator(".atlas-map").bounding_box()
        for box in (mark.bounding_box() for mark in page.locator(".mark").all()):
            assert frame["x"] <= box["x"]
            assert box["x"] + box["width"] <= frame["x"] + frame["width"]
        pixel = """lat => {
            const canvas = document.querySelector(".leaflet-land-pane canvas");
            const at = map_atlas.latLngToLayerPoint([lat, 80]).subtract(L.DomUtil.getPosition(canvas));
            const ratio = canvas.width / canvas.clientWidth;
            const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
            copy.drawImage(canvas, 0, 0);
            return copy.getImageData(at.x * ratio, at.y * ratio, 1, 1).data[3];
        }"""
        assert page.evaluate(pixel, 50) == 255, "Kazakhstan is land"
        assert page.evaluate(pixel, -75) == 0, "Antarctica is left off"
        look_at(page, 80, -70, 4)
        assert page.evaluate(pixel, -75) == 255, "until one looks closer"


def test_far_ends_of_wide_areas_do_not_decide_the_first_view(browser, written) -> None:
    atlas = examples.newsroom()
    atlas.places.loc[atlas.places["place_id"] == "test:turkana", "geometry"] = shapely.box(34, -55, 36, 5)
    with opened(browser, written(atlas)) as page:
        assert page.evaluate("map_atlas.getBounds().getSouth()") > -25


def test_an_area_alone_is_shown_whole(browser, written) -> None:
    atlas = examples.atlas(("T", "All over [[Kenya|kenya]]."))
    atlas.places.loc[0, "geometry"] = shapely.box(20, -50, 30, 5)
    with opened(browser, written(atlas)) as page:
        south, north = page.evaluate("[map_atlas.getBounds().getSouth(), map_atlas.getBounds().getNorth()]")
        assert south < -50 < 5 < north


def test_the_legend_tells_of_every_shape_that_the_map_can_show(browser, written) -> None:
    with opened(browser, written(examples.newsroom()) + "#about=") as page:
        shapes = page.locator(".legend li").all_inner_texts()
        for told in ("Literal", "Metonym", "Demonym", "Embedded", "With a number", "Hollow and dashed"):
            assert any(told in one for one in shapes)


def test_an_area_whose_outline_is_an_estimate_is_dotted_and_said_to_be_approximate(browser, written) -> None:
    atlas = examples.newsroom()
    atlas.places["approximate"] = [place == "test:turkana" for place in atlas.places["place_id"]]
    with opened(browser, written(atlas)) as page:
        assert page.locator("path.area-approximate").count() == 1
        dashes = page.locator("path.area-approximate").evaluate("one => getComputedStyle(one).strokeDasharray")
        assert dashes not in ("none", page.evaluate("'4px, 3px'")), "dotted, and not as an uncertain place is"
        box = page.locator("path.area-approximate").bounding_box()
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        assert "outline approximate" in page.inner_text(".leaflet-tooltip")
        page.get_by_role("link", name="Turkana County").click()
        page.wait_for_selector(".view-place")
        assert "outline approximate" in page.inner_text(".place-kind")
        page.go_back()
        page.wait_for_selector(".view-places")
        page.get_by_role("link", name="Kisumu").first.click()
        page.wait_for_selector(".view-place")
        assert "approximate" not in page.inner_text(".place-kind")


def test_an_uncertain_place_is_hollow_and_dashed_and_an_uncertain_area_dashed(browser, written) -> None:
    atlas = examples.atlas(("T", "Rain in [[Kisumu|kisumu|literal|0.5]], all over [[Turkana|turkana|literal|0.5]]."))
    with opened(browser, written(atlas)) as page:
        look_at(page, 35, 1, 6)
        assert page.locator("path.area-unsure").evaluate("one => getComputedStyle(one).strokeDasharray") == "4px, 3px"
        mark = page.locator(".mark .shape-unsure .shape-outline")
        paper = page.evaluate(
            "(() => { const probe = document.body.appendChild(document.createElement('i'));"
            " probe.style.color = 'var(--paper)'; return getComputedStyle(probe).color; })()"
        )
        assert mark.evaluate("one => getComputedStyle(one).fill") == paper
        assert mark.evaluate("one => getComputedStyle(one).strokeDasharray") != "none"
