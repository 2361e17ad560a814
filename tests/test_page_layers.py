"""What the map shows besides its places: heat, countries and regions by number, and lines between places."""

from __future__ import annotations

import json

import atlas_examples as examples
import pytest
from page_opening import PHONE, opened
from page_reading import focused, look_at, tab_to

PIXELS = """(pane) => {
  const canvas = document.querySelector(`.leaflet-${pane}-pane canvas`);
  if (!canvas) return 0;
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
  copy.drawImage(canvas, 0, 0);
  const all = copy.getImageData(0, 0, canvas.width, canvas.height).data;
  let painted = 0;
  for (let at = 3; at < all.length; at += 4) if (all[at] > 8) painted += 1;
  return painted;
}"""
COLOUR_AT = """([pane, lon, lat]) => {
  const canvas = document.querySelector(`.leaflet-${pane}-pane canvas`);
  const at = map_atlas.latLngToLayerPoint([lat, lon]).subtract(L.DomUtil.getPosition(canvas));
  const ratio = canvas.width / canvas.clientWidth;
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
  copy.drawImage(canvas, 0, 0);
  return [...copy.getImageData(at.x * ratio, at.y * ratio, 1, 1).data];
}"""


def pick(page, name: str) -> None:
    page.get_by_role("button", name="What the map shows").click()
    page.get_by_role("radio", name=name).check()


def test_the_layers_are_picked_and_put_away_by_keyboard_alone(browser, written) -> None:
    with opened(browser, written(examples.newsroom())) as page:
        page.locator(".map-about").focus()
        tab_to(page, "What the map shows")
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.value") == "places", "focus goes to what is shown now"
        page.keyboard.press("ArrowDown")
        page.wait_for_selector('[data-map][data-layer="heat"]')
        assert page.evaluate(PIXELS, "heat") > 1000
        page.keyboard.press("Escape")
        assert page.locator(".layers-panel").is_hidden()
        assert focused(page) == "What the map shows", "focus returns"
        assert page.locator(".view-places").count() == 1, "Escape closed the layers and nothing else"


def test_heat_is_where_the_passages_are_and_marks_give_way_to_it(browser, written) -> None:
    with opened(browser, written(examples.newsroom())) as page:
        assert page.evaluate(PIXELS, "heat") == 0
        pick(page, "Heat of passages")
        assert page.locator(".mark:visible").count() == 0
        look_at(page, 36, 1, 5)
        assert page.evaluate(COLOUR_AT, ["heat", 34.76, -0.1])[3] > 100, "Kisumu is hot"
        assert page.evaluate(COLOUR_AT, ["heat", 45, 12])[3] == 0, "nothing was said of there"
        assert "few" in page.inner_text(".map-legend")
        assert "null" not in page.inner_text(".map-legend")
        page.get_by_role("radio", name="Places").check()
        assert page.locator(".mark:visible").count() > 0
        assert page.evaluate(PIXELS, "heat") == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_countries_are_painted_by_the_passages_of_all_places_in_them(browser, written, scheme) -> None:
    with opened(browser, written(examples.newsroom()), color_scheme=scheme) as page:
        pick(page, "Countries by passages")
        look_at(page, 20, 25, 2.5)
        kenya, france, chad = (page.evaluate(COLOUR_AT, ["sums", *at]) for at in ((37.5, 1.5), (2.3, 46.5), (18, 15)))
        assert kenya[3] == france[3] == 255
        assert kenya != france, "one is named more often than the other"
        assert chad[3] == 0
        page.get_by_text("As a list").click()
        rows = page.locator(".legend-rows li").all_inner_texts()
        assert [row.split()[0] for row in rows] == ["Kenya", "France"]
        assert "6 passages" in rows[0], "Kisumu's three, Nairobi's, Turkana's and its own"
        frame = page.locator(".atlas-map").bounding_box()
        at = page.evaluate("(() => { const p = map_atlas.latLngToContainerPoint([1.5, 37.5]); return [p.x, p.y]; })()")
        page.mouse.move(frame["x"] + at[0], frame["y"] + at[1])
        assert "Kenya" in page.inner_text(".leaflet-tooltip")


def test_regions_are_painted_with_the_basemaps_own_borders(browser, written) -> None:
    places = {
        "lyon": examples.place("lyon", "Lyon", 4.83, 45.76, country_code="FR", admin1="Auvergne-Rhône-Alpes"),
    }
    atlas = examples.atlas(
        ("T", "In [[Lyon|lyon]] and [[Saint-Étienne|saint-etienne]]. [[Paris|paris]]."), places=places
    )
    with opened(browser, written(atlas) + "#layer=regions") as page:
        look_at(page, 3, 46.5, 5)
        around_lyon, brittany, paris = (
            page.evaluate(COLOUR_AT, ["sums", *at]) for at in ((3.2, 45.8), (-3, 48.2), (2.6, 48.6))
        )
        land = page.evaluate(COLOUR_AT, ["land", -3, 48.2])
        assert brittany == land, "a region of which nothing is said"
        assert len({tuple(one) for one in (around_lyon, brittany, paris)}) == 3
        page.get_by_text("As a list").click()
        rows = page.locator(".legend-rows li").all_inner_texts()
        assert rows == ["Auvergne-Rhône-Alpes, France 2 passages", "Île-de-France, France 1 passage"]


def test_the_layer_stands_in_the_address_and_reload_and_back_restore_it(browser, written) -> None:
    with opened(browser, written(examples.newsroom())) as page:
        pick(page, "Regions by passages")
        assert "layer=regions" in page.url
        page.reload()
        page.wait_for_selector('[data-map][data-layer="regions"]')
        page.get_by_role("link", name="Kisumu").first.click()
        page.wait_for_selector(".view-place")
        assert "layer=regions" in page.url
        assert page.locator(".mark-chosen:visible").count() == 1, "the chosen place keeps its mark"


def test_filters_change_the_layer_at_once(browser, written) -> None:
    with opened(browser, written(examples.newsroom()) + "#layer=countries") as page:
        page.get_by_text("As a list").click()
        assert "6 passages" in page.locator(".legend-rows li").first.inner_text()
        page.get_by_role("checkbox", name="Demonym").check()
        page.get_by_text("As a list").click()
        assert "7 passages" in page.locator(".legend-rows li").first.inner_text()


TOGETHER = (
    "T",
    (
        "From [[Kisumu|kisumu]] to [[Nairobi|nairobi]] it rained. In [[Nairobi|nairobi]] and [[Kisumu|kisumu]] too. "
        "[[Kisumu|kisumu]] wrote to [[Paris|paris]]. [[Saint-Étienne|saint-etienne]] was dry."
    ),
)


def test_lines_go_from_the_chosen_place_to_those_named_with_it_the_thicker_the_oftener(browser, written) -> None:
    with opened(browser, written(examples.atlas(TOGETHER))) as page:
        assert page.locator(".link-line").count() == 0
        page.get_by_role("link", name="Kisumu").first.click()
        page.wait_for_selector(".view-place")
        widths = page.locator(".link-line").evaluate_all(
            "all => all.map(one => Number(one.getAttribute('stroke-width')))"
        )
        assert len(widths) == 2
        assert min(widths) < max(widths)
        page.get_by_text("Named together with").click()
        listed = page.locator(".links-list li").all_inner_texts()
        assert [row.split("\n")[0].split()[0] for row in listed] == ["Nairobi", "Paris"]
        assert page.locator(".links-list li").first.text_content() == "Nairobi2 passages"
        page.locator(".links-list a").first.click()
        page.wait_for_selector('h1:text-is("Nairobi")')
        assert page.locator(".link-line").count() == 1, "the lines are the new place's"
        page.get_by_role("button", name="What the map shows").click()
        page.get_by_role("checkbox", name="Lines from the chosen place").uncheck()
        assert page.locator(".link-line").count() == 0
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Back").click()
        page.wait_for_selector('h1:text-is("Kisumu")')
        assert page.locator(".link-line").count() == 0


def test_runners_up_come_into_sight_beside_the_place_by_key(browser, written) -> None:
    with opened(browser, written(examples.newsroom()) + "#place=test:paris") as page:
        page.locator('summary[data-key="why"]').focus()
        page.keyboard.press("Enter")
        page.locator(".place-head .why button").focus()
        page.keyboard.press("Enter")
        ghost = page.locator(".mark-ghost").bounding_box()
        chosen = page.locator(".mark-chosen").bounding_box()
        frame = page.locator(".atlas-map").bounding_box()
        for box in (ghost, chosen):
            assert frame["x"] <= box["x"] <= frame["x"] + frame["width"] - box["width"]
            assert frame["y"] <= box["y"] <= frame["y"] + frame["height"] - box["height"]
        assert "Paris, Texas" in page.inner_text(".hint-ghost")
        page.keyboard.press("Enter")
        assert page.locator(".mark-ghost").count() == 0


def test_locate_looks_closer_at_what_is_in_sight_already(browser, written) -> None:
    with opened(browser, written(examples.newsroom()) + "#place=test:nairobi") as page:
        before = page.evaluate("map_atlas.getZoom()")
        page.get_by_role("button", name="Show on the map").first.focus()
        page.keyboard.press("Enter")
        assert page.evaluate("map_atlas.getZoom()") > before
        assert page.evaluate("map_atlas.getBounds().contains([-1.28, 36.82])")


def test_fit_all_shows_all_places_again_by_key(browser, written) -> None:
    with opened(browser, written(examples.newsroom())) as page:
        look_at(page, 140, -30, 8)
        page.locator(".map-fit").focus()
        page.keyboard.press("Enter")
        for place in ([-1.28, 36.82], [48.85, 2.35]):
            assert page.evaluate("at => map_atlas.getBounds().contains(at)", place)


def test_the_scale_bar_tells_both_measures(browser, written) -> None:
    with opened(browser, written(examples.newsroom())) as page:
        bars = page.locator(".leaflet-control-scale-line").all_inner_texts()
        assert [bar.split()[1] for bar in bars] == ["km", "mi"]


def test_on_a_phone_the_layers_can_be_pressed_and_the_key_stays_in_sight(browser, written) -> None:
    with opened(browser, written(examples.newsroom()), viewport=PHONE, has_touch=True) as page:
        for button in page.locator(
            ".leaflet-control-container a:visible, .leaflet-control-container button:visible"
        ).all():
            if button.get_attribute("target") is None:  # credits are read more than pressed
                assert button.bounding_box()["height"] >= 43.5
        page.get_by_role("button", name="What the map shows").tap()
        for label in page.locator(".layers-panel label").all():
            box = label.bounding_box()
            assert box["height"] >= 44
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= PHONE["width"]
            assert box["y"] + box["height"] <= page.locator("#reader").bounding_box()["y"]
        page.get_by_role("radio", name="Countries by passages").check()
        legend = page.locator(".map-legend").bounding_box()
        assert legend["y"] >= 0
        assert legend["y"] + legend["height"] <= page.locator("#reader").bounding_box()["y"]


def test_hostile_names_are_text_in_the_layers_and_lists(browser, written) -> None:
    name = '<img src=x onerror=alert("name")>'
    atlas = examples.atlas(TOGETHER)
    atlas.places["name"] = [f"{name} {number}" for number in range(len(atlas.places))]
    atlas.places["admin1"] = name
    atlas.toponyms["alternatives"] = json.dumps([])
    with opened(browser, written(atlas) + "#layer=regions&place=test:kisumu") as page:
        page.get_by_text("As a list").click()
        page.get_by_text("Named together with").click()
        assert name in page.inner_text(".legend-rows")
        assert name in page.inner_text(".links-list")
        assert page.locator("img").count() == 0
        assert page.evaluate("window.stolen") == []
