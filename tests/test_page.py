"""The page in a real Chromium, from disk and without a network, as a reader uses it."""

from __future__ import annotations

import json
import re

import atlas_examples as examples
import pytest
from page_opening import PHONE, WIDE, opened


def passages(atlas, place_id: str, roles: set[str]) -> list[str]:
    """Return the sentences that the atlas has of a place, in the order of its articles."""
    mine = atlas.toponyms[(atlas.toponyms["place_id"] == place_id) & atlas.toponyms["role"].isin(roles)]
    texts = dict(zip(atlas.articles["article_id"], atlas.articles["text"], strict=True))
    spans = mine[["article_id", "passage_start", "passage_end"]].drop_duplicates()
    return [texts[article][start:end] for article, start, end in spans.itertuples(index=False)]


def shown_passages(page) -> list[str]:
    """Return the sentences in the panel, without the neighbours that stand beside them."""
    return page.eval_on_selector_all(
        ".passage-text",
        "all => all.map(one => { const copy = one.cloneNode(true);"
        " copy.querySelectorAll('.neighbour').forEach(beside => beside.remove()); return copy.textContent; })",
    )


def focused(page) -> str:
    return page.evaluate(
        "(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim()"
    )


def tab_to(page, text: str) -> None:
    """Press Tab until what begins with `text` has the focus."""
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page).startswith(text):
            return
    pytest.fail(f"Tab never came to {text!r}")


def test_a_marker_opens_the_passages_of_its_place(browser, written) -> None:
    atlas = examples.newsroom()
    with opened(browser, written(atlas)) as page:
        page.get_by_role("button", name="Kisumu, Kisumu County, Kenya: 3 passages in 2 articles").click()
        page.wait_for_selector(".view-place")
        assert page.inner_text("h2") == "Kisumu"
        assert shown_passages(page) == passages(atlas, "test:kisumu", {"literal"})
        assert page.locator(".passage mark").all_inner_texts() == ["Kisumu"] * 3
        assert page.locator(".passage-article h3").all_inner_texts() == ["Rains reach the lake", "No date on this one"]
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
        page.wait_for_selector('.mark[aria-label^="Turkana"]')


def test_articles_are_newest_first_and_an_inferred_date_says_so(browser, written) -> None:
    with opened(browser, written(examples.newsroom()) + "#articles=") as page:
        assert page.locator(".article-title").all_inner_texts() == [
            "A pact on water",
            "Rains reach the lake",
            "No date on this one",
        ]
        assert "date inferred from the text" in page.inner_text(".article-row >> nth=0")
        assert "inferred" not in page.inner_text(".article-row >> nth=1")


def test_from_a_passage_to_the_article_to_another_place_and_back(browser, written) -> None:
    atlas = examples.newsroom()
    with opened(browser, written(atlas) + "#place=test:kisumu") as page:
        page.get_by_role("link", name="Read the article").nth(1).click()
        page.wait_for_selector(".view-article")
        text = atlas.articles["text"][0]
        assert page.locator(".text p").all_text_contents() == text.split("\n\n")
        assert page.inner_text(".found") == "Kisumu"
        names = page.locator(".text .name").all_inner_texts()
        assert names == list(atlas.toponyms[atlas.toponyms["article_id"] == "article-1"]["text"])
        assert page.locator(".name-lost").all_inner_texts() == ["Arcadia"]
        page.get_by_role("link", name="Nairobi").click()
        page.wait_for_selector(".view-place")
        assert page.inner_text("h2") == "Nairobi"
        assert page.locator(".mark-chosen").get_attribute("aria-label").startswith("Nairobi, Nairobi County, Kenya")
        page.go_back()
        page.wait_for_selector(".view-article")
        page.get_by_role("button", name="Back").click()
        page.wait_for_selector(".view-place")
        assert page.inner_text("h2") == "Kisumu"


def test_a_name_in_the_text_lights_its_place_and_the_place_its_names(browser, written) -> None:
    with opened(browser, written(examples.newsroom()) + "#article=article-1") as page:
        page.hover(".text .name >> text=Nairobi")
        assert page.locator(".mark-lit").get_attribute("aria-label").startswith("Nairobi")
        page.hover('.mark[aria-label^="Kisumu"]')
        assert page.locator(".text .lit").all_inner_texts() == ["Kisumu", "Kisumu"]
        assert "3 passages in 2 articles" in page.inner_text(".leaflet-tooltip")


def test_the_keyboard_alone_reaches_passages_and_article_and_comes_back(browser, written) -> None:
    with opened(browser, written(examples.newsroom())) as page:
        tab_to(page, "Kisumu")
        page.keyboard.press("Enter")
        page.wait_for_selector(".view-place")
        assert focused(page) == "Kisumu", "focus goes into the panel"
        assert page.inner_text(".position") == "1 of 3"
        page.keyboard.press("j")
        page.keyboard.press("j")
        page.keyboard.press("k")
        assert page.inner_text(".position") == "2 of 3"
        assert page.url.endswith("n=2")
        assert "closed early" in page.inner_text('.passage[aria-current="true"]')
        tab_to(page, "Read the article")
        page.keyboard.press("Enter")
        page.wait_for_selector(".view-article")
        page.keyboard.press("Escape")
        page.wait_for_selector(".view-place")
        assert focused(page) == "Read the article", "focus returns to where it was"
        assert page.inner_text(".position") == "2 of 3"
        page.keyboard.press("Escape")
        page.wait_for_selector(".view-places")
        assert focused(page).startswith("Kisumu")


@pytest.mark.parametrize("key", ["Enter", " "])
def test_a_marker_and_an_area_are_pressed_by_key(browser, written, key) -> None:
    with opened(browser, written(examples.newsroom())) as page:
        for label, name in (("Nairobi, ", "Nairobi"), ("Turkana County, ", "Turkana County")):
            page.locator(f'.atlas [aria-label^="{label}"]').focus()
            page.keyboard.press(key)
            page.wait_for_selector(f'.view-place h2:text-is("{name}")')
            page.keyboard.press("Escape")
            page.wait_for_selector(".view-places")
            assert focused(page).startswith(label), "focus returns to the map"


def test_only_literal_places_are_on_and_the_others_can_be_switched_on(browser, written) -> None:
    atlas = examples.newsroom()
    with opened(browser, written(atlas)) as page:
        assert (
            page.locator('.mark[aria-label^="Nairobi"]').get_attribute("aria-label").endswith("1 passage in 1 article")
        )
        page.get_by_role("checkbox", name="Metonym").check()
        assert (
            page.locator('.mark[aria-label^="Nairobi"]')
            .get_attribute("aria-label")
            .endswith("2 passages in 2 articles")
        )
        page.get_by_role("checkbox", name="Literal").uncheck()
        assert page.locator(".mark .shape-metonym").count() == page.locator(".mark").count() == 2
        page.get_by_role("checkbox", name="Demonym").check()
        assert page.locator(".mark .shape-demonym").count() == 1, "Kenya, for its people alone, is no area"
        assert page.locator("path.area").count() == 0


def test_a_place_lists_its_other_spellings_and_not_its_people(browser, written) -> None:
    atlas = examples.atlas(
        ("T", "[[Kenyan|kenya|demonym]] boats left [[the Republic of Kenya|kenya]] for [[Kenya|kenya]].")
    )
    with opened(browser, written(atlas) + "#place=test:kenya") as page:
        assert page.get_by_text("Also written").inner_text() == "Also written the Republic of Kenya"


def test_a_place_tells_of_its_passages_in_other_roles(browser, written) -> None:
    atlas = examples.newsroom()
    with opened(browser, written(atlas) + "#place=test:nairobi") as page:
        assert len(shown_passages(page)) == 1
        page.get_by_role("button", name="Show metonym").click()
        assert sorted(shown_passages(page)) == sorted(passages(atlas, "test:nairobi", {"literal", "metonym"}))
        assert page.locator(".tag").all_inner_texts() == ["metonym"]


def test_a_place_with_no_literal_passage_opens_from_its_name_all_the_same(browser, written) -> None:
    atlas = examples.atlas(("T", "[[Paris|paris|metonym]] objected. It rained in [[Kisumu|kisumu]]."))
    with opened(browser, written(atlas) + "#article=article-1") as page:
        assert page.locator(".mark").count() == 1
        page.get_by_role("link", name="Paris").click()
        page.wait_for_selector(".view-place")
        assert shown_passages(page) == passages(atlas, "test:paris", {"metonym"})
        assert page.locator(".mark-chosen").count() == 1


def test_an_uncertain_place_is_hollow_and_says_why_with_runners_up(browser, written) -> None:
    with opened(browser, written(examples.newsroom())) as page:
        assert page.locator('.mark[aria-label^="Paris"] .shape-unsure').count() == 1
        assert page.locator('.mark[aria-label^="Nairobi"] .shape-unsure').count() == 0
        page.locator('.mark[aria-label^="Paris"]').press("Enter")
        page.locator(".passage-foot .disclosure summary").click()
        why = page.inner_text(".passage-foot .why")
        assert "the test says that Paris is here" in why
        assert "about as likely as not (0.55)" in why
        assert "Paris, Texas, United States" in why
        page.locator(".passage-foot .why button").click()
        assert page.locator(".mark-ghost").count() == 1
        page.get_by_role("button", name="Take off the map").click()
        assert page.locator(".mark-ghost").count() == 0


def test_names_without_a_place_are_listed_with_the_reason(browser, written) -> None:
    with opened(browser, written(examples.newsroom())) as page:
        page.get_by_text("Names that could not be placed").click()
        assert page.inner_text(".lost").split("\n")[0].startswith("Arcadia")
        assert "the test knows no such place" in page.inner_text(".lost")
        page.get_by_role("link", name="Arcadia").click()
        page.wait_for_selector(".name-lost.found")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("saint etienne", ["Saint-Étienne"]),
        ("ÉTIENNE", ["Saint-Étienne"]),
        ("turkana", ["Turkana County"]),
        ("zzz", []),
    ],
)
def test_places_are_found_in_any_spelling_while_typing(browser, written, typed, found) -> None:
    with opened(browser, written(examples.newsroom())) as page:
        page.keyboard.press("/")
        page.keyboard.type(typed)
        page.wait_for_function("count => document.querySelectorAll('.row').length === count", arg=len(found))
        assert page.locator(".row-name").all_inner_texts() == found


def test_articles_are_found_by_their_text(browser, written) -> None:
    with opened(browser, written(examples.newsroom()) + "#articles=") as page:
        page.get_by_role("searchbox").fill("PUMPS from nairobi")
        page.wait_for_function("() => document.querySelectorAll('.article-row').length === 1")
        assert page.inner_text(".article-title") == "Rains reach the lake"


@pytest.mark.parametrize(
    "address", ["#place=nowhere", "#article=none&at=4", "#place=", "#n=x", "#%E0%A4%A", "#<img src=x>"]
)
def test_an_address_that_names_nothing_opens_the_list(browser, written, address) -> None:
    with opened(browser, written(examples.newsroom()) + address) as page:
        assert page.locator(".view-places .row").count() > 3


@pytest.mark.parametrize("address", ["#place=test:kisumu&n=99", "#article=article-1&at=999999"])
def test_an_address_beyond_the_end_opens_what_there_is(browser, written, address) -> None:
    with opened(browser, written(examples.newsroom()) + address) as page:
        assert page.locator(".view-place, .view-article").count() == 1


HOSTILE = (
    '</script><script>alert("text")</script><img src=x onerror=alert("image")><style>*{display:none}</style> '
    "${alert(1)} `backtick` <!-- \u2028 separator \u2029 \u0001\u0007 bell \u202e rtl override \u202c "
    "\u0627\u0644\u0642\u0627\u0647\u0631\u0629 lone\ud800surrogate nul\0end javascript:alert(2) \U0001f6f6"
)


def test_hostile_text_is_shown_as_it_is_and_never_run(browser, written) -> None:
    said = HOSTILE.replace("\0", "").replace("\ud800", "")
    atlas = examples.atlas(
        (
            f"Title {said}",
            f"In [[Kisumu{said}|kisumu]] they wrote: {HOSTILE}.",
            {
                "publisher": f"Publisher {said}",
                "url": "javascript:alert(3)",
                "article_id": f"id {said}",
                "language": '"><b>',
            },
        )
    )
    atlas.places["name"] = f"Name {said}"
    atlas.places["admin1"] = f"Admin {said}"
    atlas.toponyms["reason"] = f"Reason {said}"
    atlas.toponyms["alternatives"] = json.dumps([examples.TEXAN_PARIS | {"name": f"Other {said}"}])
    with opened(browser, written(atlas, title=f"Page {said}")) as page:
        assert page.text_content("title") == f"Page {said}"
        assert page.text_content("h1") == f"Page {said}"
        page.hover(".mark")
        assert page.text_content(".leaflet-tooltip strong") == f"Name {said}"
        page.locator(".mark").press("Enter")
        page.wait_for_selector(".view-place")
        assert page.text_content("mark") == f"Kisumu{said}"
        page.locator(".passage-foot .disclosure summary").click()
        assert f"Reason {said}" in page.text_content(".why")
        page.locator(".passage-foot .why button").click()
        assert f"Other {said}" in page.text_content(".hint-ghost")
        page.get_by_role("link", name="Read the article").click()
        page.wait_for_selector(".view-article")
        # A lone surrogate crosses to Python as the replacement character.
        expected = atlas.articles["text"][0].replace("\ud800", "\ufffd")
        assert page.text_content(".text").replace("\ud800", "\ufffd") == expected
        assert page.locator('a[href^="javascript"]').count() == 0
        assert page.evaluate("window.stolen") == []
        assert page.locator("img").count() == 0


def test_right_to_left_text_reads_from_the_right(browser, written) -> None:
    atlas = examples.atlas(("عنوان", "سافر إلى [[نيروبي|nairobi]] يوم الاثنين."))
    with opened(browser, written(atlas) + "#article=article-1") as page:
        assert page.eval_on_selector(".text p", "one => getComputedStyle(one).direction") == "rtl"


@pytest.mark.parametrize("view", ["", "#place=test:kisumu", "#article=article-1", "#articles=", "#about="])
def test_a_phone_shows_each_view_without_sideways_scrolling(browser, written, view) -> None:
    atlas = examples.newsroom()
    atlas.articles.loc[0, "title"] = "W" * 300
    with opened(browser, written(atlas) + view, viewport=PHONE, has_touch=True) as page:
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        assert page.eval_on_selector("#view", "one => one.scrollWidth - one.clientWidth") == 0


def test_on_a_phone_the_sheet_has_three_heights_and_does_not_cover_the_chosen_place(browser, written) -> None:
    with opened(browser, written(examples.newsroom()), viewport=PHONE, has_touch=True) as page:
        heights = []
        for _ in range(3):
            heights.append(page.eval_on_selector("#reader", "one => one.getBoundingClientRect().height"))
            page.click("#handle")
        assert len(set(heights)) == 3
        page.click("text=Saint-Étienne")
        page.wait_for_selector(".view-place")
        mark = page.locator(".mark-chosen").bounding_box()
        assert mark["y"] + mark["height"] <= page.locator("#reader").bounding_box()["y"]


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


def test_with_a_damaged_basemap_countries_are_points_and_all_can_be_read(browser, written, tmp_path) -> None:
    address = written(examples.newsroom())
    file = tmp_path / "map.html"
    file.write_text(re.sub(r'(id="world-data">)[^<]*', r"\1AAAA", file.read_text(encoding="utf-8")), encoding="utf-8")
    page = browser.new_page(viewport=WIDE)
    page.goto(address)
    page.locator('.mark[aria-label^="Kenya"]').press("Enter")
    page.wait_for_selector(".view-place")
    assert page.inner_text("h2") == "Kenya"
    page.close()


def test_an_atlas_without_a_place_opens_and_says_so(browser, written) -> None:
    atlas = examples.atlas(("Nowhere", "Nothing happened in [[Arcadia|]]."))
    with opened(browser, written(atlas)) as page:
        assert "No place was found in these articles." in page.inner_text(".notice")
        page.get_by_role("link", name="Articles", exact=True).click()
        page.get_by_role("link", name="Nowhere").click()
        page.wait_for_selector(".view-article")
        assert page.inner_text(".text") == "Nothing happened in Arcadia."


def test_many_passages_and_places_are_made_as_they_are_looked_at(browser, written) -> None:
    sentences = " ".join(f"Line {number} reached [[Kisumu|kisumu]]." for number in range(900))
    with opened(browser, written(examples.atlas(("Long", sentences))) + "#place=test:kisumu") as page:
        assert page.locator(".passage").count() < 200
        page.locator(".passage").last.scroll_into_view_if_needed()
        page.wait_for_function("() => document.querySelectorAll('.passage').length > 40")
        page.evaluate("location.hash = '#place=test:kisumu&n=700'")
        page.wait_for_function("() => document.querySelector('.position').textContent.startsWith('700 ')")
        assert "Line 699 " in page.inner_text('.passage[aria-current="true"]')
