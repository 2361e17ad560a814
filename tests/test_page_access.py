"""The page for everyone: by keyboard, on a phone, in any script, and whatever a text holds."""

from __future__ import annotations

import json
import re
from itertools import pairwise

import atlas_examples as examples
import pytest
from page_opening import PHONE, opened
from page_reading import focused, look_at, tab_to

from maps.page import READER


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
        look_at(page, 36, 1, 6.5)
        for label, name in (("Nairobi, ", "Nairobi"), ("Turkana County, ", "Turkana County")):
            page.locator(f'.atlas [aria-label^="{label}"]').focus()
            page.keyboard.press(key)
            page.wait_for_selector(f'.view-place h1:text-is("{name}")')
            page.keyboard.press("Escape")
            page.wait_for_selector(".view-places")
            assert focused(page).startswith(label), "focus returns to the map"


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
        page.get_by_role("link", name="نيروبي").click()
        page.wait_for_selector(".view-place")
        rule, *sides = page.eval_on_selector(
            ".passage",
            "one => { const style = getComputedStyle(one); return [style.direction, style.borderRightWidth, style.borderLeftWidth]; }",
        )
        assert (rule, sides) == ("rtl", ["2px", "0px"]), "the rule stands where the text begins"


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


VIEWS = ["", "#articles=", "#place=test:kisumu", "#article=article-1", "#about=", "#together=test:kisumu"]


@pytest.mark.parametrize("view", VIEWS)
def test_each_view_has_one_main_heading_named_landmarks_and_names_for_all_that_is_pressed(
    browser, written, view
) -> None:
    with opened(browser, written(examples.newsroom()) + view) as page:
        assert page.locator("h1").count() == 1
        levels = page.locator("h1, h2, h3").evaluate_all("all => all.map(one => Number(one.tagName[1]))")
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))
        assert page.get_by_role("main", name="Articles and places").count() == 1
        assert page.get_by_role("region", name="Map").count() == 1
        nameless = page.locator("a[href], button, input, [role=button]").evaluate_all(
            "all => all.filter(one => !(one.getAttribute('aria-label') || one.textContent || one.title"
            " || one.labels?.[0]?.textContent).trim()).map(one => one.outerHTML)"
        )
        assert nameless == []


def test_the_windows_title_says_what_is_open(browser, written) -> None:
    with opened(browser, written(examples.newsroom(), title="Rain") + "#place=test:kisumu") as page:
        assert page.title() == "Kisumu · Rain"
        page.get_by_role("button", name="Back").click()
        page.wait_for_selector(".view-places")
        assert page.title() == "Rain"


def test_what_a_search_finds_is_said_to_those_who_listen(browser, written) -> None:
    with opened(browser, written(examples.newsroom())) as page:
        page.get_by_role("searchbox").fill("turkana")
        page.wait_for_function(
            "() => document.querySelector('[aria-live]#news').textContent === '1 place. In the text: 1 article'"
        )
        page.get_by_role("searchbox").fill("zzz")
        page.wait_for_function("() => document.querySelector('#news').textContent === 'Nothing matches.'")


def test_the_way_through_the_passages_is_said_to_those_who_listen(browser, written) -> None:
    with opened(browser, written(examples.newsroom()) + "#place=test:kisumu") as page:
        page.get_by_role("button", name="Next passage").click()
        assert page.inner_text('[aria-live="polite"].position') == "2 of 3"


def test_what_has_the_focus_by_key_is_seen_to_have_it(browser, written) -> None:
    with opened(browser, written(examples.newsroom())) as page:
        for _ in range(40):
            page.keyboard.press("Tab")
            seen = page.evaluate(
                "(() => { const style = getComputedStyle(document.activeElement);"
                " return document.activeElement === document.body"
                " || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2)"
                " || (document.activeElement.matches('path') && parseFloat(style.strokeWidth) >= 3); })()"
            )
            assert seen, focused(page)


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_nothing_moves_for_those_who_ask_for_that(browser, written, motion) -> None:
    with opened(browser, written(examples.newsroom()), reduced_motion=motion) as page:
        still = page.evaluate(
            "[map_atlas.options.zoomAnimation,"
            " getComputedStyle(document.querySelector('.shape-outline')).transitionDuration]"
        )
        assert still == ([False, "0s"] if motion == "reduce" else [True, "0.16s"])


TOKENS = re.findall(
    r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", (READER / "tokens.css").read_text(encoding="utf-8")
)
PAPERS = ("paper", "paper-raised", "paper-sunk")
TEXTS = [(ink, ground) for ink in ("ink", "ink-soft", "ink-faint", "accent") for ground in PAPERS]
TEXTS += [("ink", "mark-tint"), ("paper", "mark"), ("paper", "ink")]
SHAPES = [("control", paper) for paper in PAPERS] + [("mark", "land"), ("mark", "water"), ("scale-edge", "land")]
SHAPES += [("accent", "land"), ("accent", "water"), ("accent", "paper")]
# Names on the map stand on their halo, which lets an eighth of the ground through.
NAMES = [
    (name, ground)
    for name in ("ink", "accent", "label-city", "label-country")
    for ground in ("land", "water", "scale-1", "scale-3", "scale-5")
]


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours, #rrggbb (WCAG 2.2, "contrast ratio")."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def under_halo(ground: str, scheme: int) -> str:
    css = (READER / "tokens.css").read_text(encoding="utf-8")
    halo = re.search(r"--halo: light-dark\(rgb\(([\d ]+) / ([\d.]+)\), rgb\(([\d ]+) / ([\d.]+)\)\)", css)
    parts, share = [int(part) for part in halo[1 + 2 * scheme].split()], float(halo[2 + 2 * scheme])
    below = [int(ground[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02x}" for a, b in zip(parts, below, strict=True))


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_and_shapes_stand_out_from_their_ground_in_both_schemes(scheme) -> None:
    colours = {name: pair[scheme] for name, *pair in TOKENS}
    found = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in (*TEXTS, *SHAPES)}
    assert {pair: ratio for pair, ratio in found.items() if ratio < (4.5 if pair in TEXTS else 3)} == {}
    names = {pair: contrast(colours[pair[0]], under_halo(colours[pair[1]], scheme)) for pair in NAMES}
    assert {pair: ratio for pair, ratio in names.items() if ratio < 4.5} == {}
