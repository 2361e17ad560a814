"""Filters, order, search, downloads and copies of the page in a real Chromium, as a reader uses them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import atlas_examples as examples
import pandas as pd
import pytest
from page_opening import PHONE, WIDE, opened
from page_reading import focused, look_at, passages, shown_passages, tab_to

import maps
from geo.atlas import FLAT_COLUMNS, Atlas

NEWS = (
    (
        "Ferries",
        "A ferry left [[Kisumu|kisumu]] on Monday. Another crossed [[Lake Victoria|lake]]. In [[Nairobi|nairobi]] it was dry.",
        {"publisher": "The Lake Post", "published": "2024-01-10"},
    ),
    (
        "Bridges",
        "The café by the bridge in [[Nairobi|nairobi|literal|0.5]] closed. [[Kenya|kenya]] was quiet.",
        {"publisher": "The Lake Post", "published": "2024-05-20"},
    ),
    (
        "Trams",
        "Trams in [[Paris|paris]] and [[Saint-Étienne|saint-etienne]] stopped. [[Paris|paris|metonym]] objected.",
        {"publisher": "Gazette", "published": "2025-02-03"},
    ),
    ("Undated", "Nobody said when it rained in [[Kisumu|kisumu]].", {"publisher": "Gazette"}),
)


@pytest.fixture
def news(written):
    return written(examples.atlas(*NEWS))


def chips(page) -> list[str]:
    return page.locator(".chip > span:first-child").all_inner_texts()


def rows(page) -> list[str]:
    return page.locator(".row-name").all_inner_texts()


def open_filters(page, *parts: str) -> None:
    page.get_by_role("button", name="Filters").click()
    for part in parts:
        page.locator(f'[data-filter="{part}"] > summary').click()
        page.locator(f'[data-filter="{part}"] .filter-body').wait_for()


def tick(page, part: str, label: str) -> None:
    page.locator(f'[data-filter="{part}"] .choice', has_text=label).locator("input").click()


def amounts(page, part: str) -> dict[str, str]:
    lines = page.locator(f'[data-filter="{part}"] .choice').all_inner_texts()
    return dict(line.rsplit("\n", 1) for line in lines if "\n" in line)


def bars(page) -> int:
    """Return how many bars of the timeline stand for articles that are let through."""
    return page.locator(".time-bar:not(.time-rest, .time-out)").count()


@pytest.mark.parametrize(
    ("part", "label", "said", "listed", "articles"),
    [
        ("publisher", "Gazette", "Gazette", {"Paris", "Saint-Étienne", "Kisumu"}, ["Trams", "Undated"]),
        ("country", "France", "France", {"Paris", "Saint-Étienne"}, ["Trams"]),
        ("kind", "Water", "Water", {"Lake Victoria"}, ["Ferries"]),
        ("kind", "Countries", "Countries and territories", {"Kenya"}, ["Bridges"]),
        ("article", "Bridges", "Bridges", {"Nairobi", "Kenya"}, ["Bridges"]),
        ("score", "Uncertain", "Uncertain, below 0.66", {"Nairobi"}, ["Bridges"]),
        ("score", "very likely", "At least very likely (0.90)", {"Kisumu", "Lake Victoria", "Nairobi", "Kenya", "Paris", "Saint-Étienne"}, ["Trams", "Bridges", "Ferries", "Undated"]),
    ],
)  # fmt: skip
def test_a_filter_changes_list_map_timeline_counts_and_articles_and_is_said_in_words(
    browser, news, part, label, said, listed, articles
) -> None:
    with opened(browser, news) as page:
        open_filters(page, part)
        tick(page, part, label)
        assert chips(page) == [said]
        assert set(rows(page)) == listed
        assert page.inner_text(".summary") == f"{len(articles)} of 4 articles · {len(listed)} of 6 places"
        assert page.inner_text("#news") == page.inner_text(".summary"), "and it is said to those who listen"
        assert page.locator(".filters-amount").inner_text() == "1"
        look_at(page, 20, 20, 3)
        on_map = page.locator(".mark, path.area").evaluate_all("all => all.map(one => one.getAttribute('aria-label'))")
        for name in ("Kisumu", "Lake Victoria", "Nairobi", "Kenya", "Paris", "Saint-Étienne"):
            assert any(name in one.split(": ")[-1] + one.split(",")[0] for one in on_map) is (name in listed), name
        assert bars(page) == len([one for one in articles if one != "Undated"])
        page.get_by_role("link", name="Articles", exact=True).click()
        assert page.locator(".article-title").all_inner_texts() == articles
        page.get_by_role("button", name=f"Remove the filter “{said}”").click()
        assert page.locator(".article-title").count() == 4
        assert chips(page) == []


def test_filters_combine_and_each_choice_says_how_much_it_would_show(browser, news) -> None:
    with opened(browser, news) as page:
        open_filters(page, "publisher", "country")
        assert amounts(page, "publisher") == {"The Lake Post": "2", "Gazette": "2"}
        tick(page, "publisher", "Gazette")
        assert amounts(page, "country") == {"Kenya": "1", "France": "2", "Seas, regions and beyond": "0"}
        tick(page, "country", "Kenya")
        assert amounts(page, "publisher") == {"The Lake Post": "2", "Gazette": "1"}
        assert rows(page) == ["Kisumu"]
        assert chips(page) == ["Gazette", "Kenya"]
        tick(page, "country", "France")
        assert chips(page) == ["Gazette", "Kenya or France"]
        assert set(rows(page)) == {"Kisumu", "Paris", "Saint-Étienne"}
        tick(page, "publisher", "Gazette")
        tick(page, "publisher", "Lake Post")
        tick(page, "country", "Kenya")
        assert page.inner_text(".places .notice") == "Nothing fits all of these filters."
        page.get_by_role("button", name="Clear all").click()
        assert len(rows(page)) == 6
        assert page.locator(".choice input:checked").count() == 0, "the panel follows"


def test_words_in_the_articles_are_a_filter_whatever_their_accents(browser, news) -> None:
    with opened(browser, news) as page:
        open_filters(page, "words")
        page.get_by_role("searchbox", name="Words in the article").fill("CAFE by")
        page.wait_for_selector(".chip")
        assert chips(page) == ["Says “CAFE by”"]
        assert set(rows(page)) == {"Nairobi", "Kenya"}


def test_dates_are_a_filter_and_articles_without_one_are_asked_for(browser, news) -> None:
    with opened(browser, news) as page:
        open_filters(page, "dates")
        page.get_by_label("From", exact=True).fill("2024-05-01")
        assert chips(page) == ["Published since May 1, 2024"]
        page.get_by_label("To", exact=True).fill("2024-12-31")
        assert chips(page) == ["Published May 2024 – December 2024"]
        assert set(rows(page)) == {"Nairobi", "Kenya"}
        page.get_by_role("checkbox", name="with those without a date").check()
        assert chips(page) == ["Published May 2024 – December 2024, or without a date"]
        assert set(rows(page)) == {"Nairobi", "Kenya", "Kisumu"}


def test_the_choices_of_a_filter_keep_the_focus_and_are_found_by_key(browser, news) -> None:
    with opened(browser, news) as page:
        page.get_by_role("button", name="Filters").focus()
        page.keyboard.press("Enter")
        tab_to(page, "Publisher")
        page.keyboard.press("Enter")
        page.wait_for_selector('[data-filter="publisher"] .choice')
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert chips(page) == ["Gazette"]
        assert page.evaluate("document.activeElement.checked") is True
        page.keyboard.press("Escape")
        assert page.locator("#filters").is_hidden()
        assert focused(page) == "Filters, 1 active"


def test_filters_stand_in_the_address_and_reload_and_back_bring_them_again(browser, news) -> None:
    with opened(browser, news) as page:
        open_filters(page, "publisher", "country", "score")
        tick(page, "publisher", "Gazette")
        tick(page, "country", "France")
        tick(page, "score", "At least likely")
        page.get_by_role("checkbox", name="Metonym").check()
        said = chips(page)
        assert said == ["Gazette", "France", "Names: literal, metonym", "At least likely (0.66)"]
        page.reload()
        page.wait_for_selector("[data-ready]")
        assert chips(page) == said
        page.go_back()
        page.wait_for_function("() => document.querySelectorAll('.chip').length === 3")
        assert not page.get_by_role("checkbox", name="Metonym").is_checked()
        page.go_back()
        page.go_back()
        page.wait_for_function("() => document.querySelectorAll('.chip').length === 1")
        page.go_forward()
        page.wait_for_function("() => document.querySelectorAll('.chip').length === 2")
        assert chips(page) == ["Gazette", "France"]


def test_an_address_with_filters_opens_with_them_on_any_view(browser, news) -> None:
    with opened(browser, news + "#place=test:kisumu&by=Gazette&undated=") as page:
        assert chips(page) == ["Gazette", "Without a date"]
        assert page.locator(".passage").count() == 1
        assert "Nobody said" in page.inner_text(".passage")
        assert "1 more passage of this place outside the filters." in page.inner_text(".view-place")
        page.get_by_role("button", name="Show", exact=True).click()
        assert page.locator(".passage").count() == 2
        page.get_by_role("button", name="Back").click()
        page.wait_for_selector(".view-places")
        assert chips(page) == ["Gazette", "Without a date"], "what is filtered stays on the way back"


@pytest.mark.parametrize(
    "address",
    ["#from=soon&to=2024-13-45", "#score=2..1", "#role=none", "#from=2025-01-01&to=2024-01-01", "#score=&by&kind"],
)
def test_a_filter_that_means_nothing_is_left_out(browser, news, address) -> None:
    with opened(browser, news + address.replace("&by&kind", "")) as page:
        assert chips(page) == []
        assert len(rows(page)) == 6


def test_the_way_through_the_passages_follows_the_filters(browser, news) -> None:
    with opened(browser, news + "#place=test:nairobi&by=The+Lake+Post&score=0..0.66") as page:
        assert page.locator(".position").count() == 0, "one passage needs no steps"
        page.get_by_role("button", name="Remove the filter “Uncertain, below 0.66”").click()
        assert page.inner_text(".position") == "1 of 2"
        page.keyboard.press("j")
        assert page.inner_text(".position") == "2 of 2"
        assert "n=2" in page.url
        assert "by=The+Lake+Post" in page.url, "a step keeps the filters in the address"


def test_an_article_can_be_shown_alone(browser, news) -> None:
    with opened(browser, news + "#article=article-3") as page:
        page.get_by_role("button", name="Show only this article’s places").click()
        assert chips(page) == ["Trams"]
        page.get_by_role("button", name="Back").click()
        page.wait_for_selector(".view-places")
        assert rows(page) == ["Paris", "Saint-Étienne"]


def test_countries_hold_their_regions_and_those_their_places_and_all_can_be_folded(browser, written) -> None:
    more = {
        "ahero": examples.place("ahero", "Ahero", 34.9, -0.2, country_code="KE", admin1="Kisumu County"),
        "lodwar": examples.place("lodwar", "Lodwar", 35.6, 3.1, country_code="KE", admin1="Turkana County"),
    }
    atlas = examples.atlas(
        (
            "T",
            "[[Lodwar|lodwar]] in [[Turkana|turkana]]. [[Ahero|ahero]] near [[Kisumu|kisumu]]. [[Kisumu|kisumu]] again. [[Nairobi|nairobi]]. [[Kenya|kenya]]. [[Paris|paris]].",
        ),
        places=more,
    )
    with opened(browser, written(atlas)) as page:
        lines = page.locator(".country-name, .fold-region, .row-name").all_inner_texts()
        assert [line.split("\n")[0].title() for line in lines] == [
            "Kenya", "Kenya", "Kisumu County", "Kisumu", "Ahero", "Turkana County", "Lodwar", "Nairobi", "France", "Paris",
        ]  # fmt: skip
        assert page.locator(".country-name .row-count").first.inner_text().split("\n")[0].startswith("7")
        assert page.locator(".region-amount").inner_text().startswith("3")
        page.get_by_role("button", name="Kisumu County").click()
        assert "Ahero" not in rows(page)
        assert focused(page) == "Kisumu County"
        page.get_by_role("button", name="Kenya", exact=True).click()
        assert rows(page) == ["Paris"]
        page.get_by_role("button", name="Unfold all").click()
        assert "Ahero" in rows(page)
        page.get_by_role("button", name="Fold all").click()
        assert rows(page) == []
        page.get_by_role("link", name="Articles", exact=True).click()
        page.get_by_role("link", name="Places", exact=True).click()
        assert rows(page) == [], "what is folded stays so"


@pytest.mark.parametrize(
    ("sort", "first", "amount"),
    [
        ("passages", "Kisumu", "2"),
        ("articles", "Kisumu", "2"),
        ("name", "Kenya", "1"),
        ("date", "Kenya", "May 20, 2024"),
    ],
)
def test_places_are_ordered_by_passages_articles_name_or_date(browser, news, sort, first, amount) -> None:
    with opened(browser, news + "#country=KE") as page:
        page.get_by_label("Sort by").select_option(sort)
        kenya = rows(page)
        assert kenya[0] == "Kenya", "a country leads its own places"
        assert (kenya[1] if first != "Kenya" else kenya[0]) == first
        row = page.locator(".row", has_text=first).locator(".row-count")
        assert row.inner_text().split("\n")[0].startswith(amount)
        page.reload()
        page.wait_for_selector("[data-ready]")
        assert rows(page) == kenya


def test_a_search_finds_places_and_what_the_texts_say_and_opens_there(browser, news) -> None:
    with opened(browser, news) as page:
        page.get_by_role("searchbox").fill("cafe by the")
        page.wait_for_selector(".texts .article-row")
        assert rows(page) == []
        assert page.locator(".article-said mark").inner_text() == "café by the"
        page.locator(".texts .article-row").click()
        page.wait_for_selector(".view-article")
        assert page.inner_text(".text mark") == "café by the"
        page.get_by_role("button", name="Back").click()
        page.wait_for_selector(".view-places")
        assert page.get_by_role("searchbox").input_value() == "cafe by the"
        page.get_by_role("button", name="Show only these on map and list").click()
        assert chips(page) == ["Says “cafe by the”"]
        assert set(rows(page)) == {"Nairobi", "Kenya"}
        assert page.get_by_role("searchbox").input_value() == ""


def test_going_back_comes_to_where_one_was_far_down_a_list(browser, written) -> None:
    towns = {f"t{n}": examples.place(f"t{n}", f"Town {n:03}", n % 90, n % 60, country_code="FR") for n in range(300)}
    atlas = examples.atlas(("T", " ".join(f"It rained in [[Town {n:03}|t{n}]]." for n in range(300))), places=towns)
    with opened(browser, written(atlas)) as page:
        for _ in range(8):
            page.locator(".row").last.scroll_into_view_if_needed()
            page.wait_for_function("count => document.querySelectorAll('.row').length >= count", arg=40)
        page.wait_for_function("() => document.querySelectorAll('.row').length > 200")
        row = page.get_by_role("link", name="Town 190")
        row.scroll_into_view_if_needed()
        before = page.evaluate("document.querySelector('#view').scrollTop")
        assert before > 3000
        row.click()
        page.wait_for_selector(".view-place")
        page.get_by_role("button", name="Back").click()
        page.wait_for_selector(".view-places")
        assert focused(page).startswith("Town 190")
        assert page.evaluate("document.querySelector('#view').scrollTop") == before


def download(page, name: str) -> str:
    with page.expect_download() as going:
        page.get_by_role("button", name=name).click()
    return Path(going.value.path()).read_text(encoding="utf-8")


def test_what_is_shown_is_downloaded_as_the_same_table_that_the_command_writes(browser, written) -> None:
    told = (
        "Boats, \U0001f6f6",
        'The \U0001f6f6 "Ark", of [[Kisumu|kisumu]],\nleft for [[Paris|paris]]. [[Paris|paris|metonym]] agreed. [[Arcadia|]] too.',
        {"published": "2024-01-01"},
    )
    atlas = examples.atlas(told, *NEWS)
    flat = Atlas(atlas.articles, atlas.toponyms, atlas.places).to_flat()
    shown = flat[(flat["place_id"] != "") & (flat["role"] == "literal")]
    with opened(browser, written(atlas), accept_downloads=True) as page:
        assert next(csv.reader(io.StringIO(download(page, "CSV")))) == list(FLAT_COLUMNS)
        table = pd.read_csv(io.StringIO(download(page, "CSV")), keep_default_na=False, dtype=str)
        expected = pd.read_csv(io.StringIO(shown.to_csv(index=False)), keep_default_na=False, dtype=str)
        numbers = ["lat", "lon", "score"]
        pd.testing.assert_frame_equal(table.drop(columns=numbers), expected.drop(columns=numbers))
        pd.testing.assert_frame_equal(table[numbers].astype(float), expected[numbers].astype(float))
        open_filters(page, "country")
        tick(page, "country", "France")
        features = json.loads(download(page, "GeoJSON"))
    assert features["type"] == "FeatureCollection"
    names = [one["properties"]["name"] for one in features["features"]]
    assert names == ["Paris", "Paris", "Saint-Étienne"]
    assert features["features"][0]["geometry"] == {"type": "Point", "coordinates": [2.35, 48.85]}


def test_the_link_of_a_passage_opens_it_again_whatever_is_filtered(browser, news) -> None:
    atlas = examples.atlas(*NEWS)
    with opened(browser, news + "#place=test:kisumu", permissions=["clipboard-read", "clipboard-write"]) as page:
        page.locator(".passage").nth(1).hover()
        page.locator(".passage").nth(1).get_by_role("button", name="Copy link").click()
        page.get_by_role("button", name="Copied").wait_for()
        link = page.evaluate("navigator.clipboard.readText()")
        page.locator(".passage").nth(0).hover()
        page.locator(".passage").nth(0).get_by_role("button", name="Copy citation").click()
        page.wait_for_function("() => navigator.clipboard.readText().then(text => text.startsWith('“'))")
        assert page.evaluate("navigator.clipboard.readText()") == (
            "“A ferry left Kisumu on Monday.” — “Ferries”, The Lake Post, January 10, 2024"
        )
    with opened(browser, link) as page:
        assert page.inner_text(".position") == "2 of 2"
        assert "Nobody said" in page.inner_text('.passage[aria-current="true"]')
    with opened(browser, link + "&from=2024-01-01") as page:
        assert shown_passages(page) == passages(atlas, "test:kisumu", {"literal"}), "it is shown though filtered out"
        assert "Nobody said" in page.inner_text('.passage[aria-current="true"]')


def test_where_the_browser_does_not_copy_the_text_is_there_to_be_copied_by_hand(browser, news) -> None:
    with opened(browser, news + "#place=test:paris") as page:
        page.evaluate("navigator.clipboard.writeText = () => Promise.reject(new Error('no')); null")
        page.get_by_role("button", name="Copy citation").click()
        field = page.get_by_role("textbox", name="Here it is to be copied by hand")
        field.wait_for()
        assert field.input_value().startswith("“Trams in Paris and Saint-Étienne stopped.”")


@pytest.mark.parametrize(
    ("locale", "tab", "summary", "more"),
    [
        ("uk-UA", "Статті", "4 статті · 6 місць · 9 назв", "2 уривки, 2 статті"),
        ("en-GB", "Articles", "4 articles · 6 places · 9 names", "2 passages in 2 articles"),
        ("fr-FR", "Articles", "4 articles · 6 places · 9 names", "2 passages in 2 articles"),
    ],
)
def test_the_interface_speaks_the_readers_language_or_english(browser, written, locale, tab, summary, more) -> None:
    with opened(browser, written(examples.atlas(*NEWS), title="T"), locale=locale) as page:
        assert page.locator(".tab").all_inner_texts()[1] == tab
        assert page.inner_text(".summary") == summary
        assert page.title() == "T", "a title that was chosen stays"
        assert page.evaluate("document.documentElement.lang") == locale[:2].replace("fr", "en")
        page.locator('[data-key="place test:kisumu"]').click()
        page.wait_for_selector(".view-place")
        assert page.inner_text(".stepper-count") == more


@pytest.mark.parametrize(
    ("days", "title"),
    [
        (("2024-05-01", "1991-05-01"), "2 статті, 1991–2024"),
        (("2024-05-01", "2024-05-01", None), "3 статті, 1 травня 2024"),
        ((None,) * 5, "5 статей"),
    ],
)
def test_a_title_that_nobody_chose_is_counted_in_the_readers_language(browser, written, days, title) -> None:
    atlas = examples.atlas(*(("W" * 99, "Rain in [[Kisumu|kisumu]].", {"published": day}) for day in days))
    with opened(browser, written(atlas, title=None), locale="uk") as page:
        assert page.inner_text("h1").startswith(title)
        assert "стат" not in page.inner_text(".summary"), "and not counted again"


def test_a_place_that_the_filters_leave_out_says_so_and_is_shown_all_the_same(browser, news) -> None:
    with opened(browser, news + "#place=test:kisumu&country=FR") as page:
        assert page.inner_text(".notice") == "None of its passages fits the filters. All are shown."
        assert page.locator(".passage").count() == 2
        page.get_by_role("button", name="Remove the filter “France”").click()
        assert page.locator(".notice").count() == 0


def test_in_a_notebooks_frame_filters_and_the_way_back_work_without_an_address(browser, tmp_path) -> None:
    frame = maps.draw(examples.atlas(*NEWS))._repr_html_()
    (tmp_path / "notebook.html").write_text(f"<!doctype html><meta charset=utf-8>{frame}", encoding="utf-8")
    with opened(browser, (tmp_path / "notebook.html").as_uri(), wait="iframe[sandbox]") as page:
        inside = page.frame_locator("iframe")
        inside.locator("[data-ready]").wait_for()
        inside.get_by_role("button", name="Filters").click()
        inside.locator('[data-filter="publisher"] > summary').click()
        inside.get_by_role("checkbox", name="Gazette").check()
        inside.get_by_role("link", name="Kisumu").click()
        inside.locator(".view-place").wait_for()
        assert inside.locator(".passage").count() == 1
        inside.get_by_role("button", name="Back").click()
        inside.locator(".view-places").wait_for()
        assert inside.locator(".chip > span:first-child").all_inner_texts() == ["Gazette"]


def test_the_language_can_be_chosen_and_stays_chosen(browser, news) -> None:
    with opened(browser, news + "#about=") as page:
        page.get_by_role("button", name="Українська").click()
        page.wait_for_selector('h1:text-is("Про цю мапу")')
        page.reload()
        page.wait_for_selector('h1:text-is("Про цю мапу")')


def test_on_a_phone_filters_open_in_the_sheet_and_nothing_scrolls_sideways(browser, news) -> None:
    with opened(browser, news, viewport=PHONE, has_touch=True) as page:
        page.click("#handle")
        open_filters(page, "country", "dates", "publisher")
        page.locator('[data-filter="country"] .choice').first.tap()
        assert len(chips(page)) == 1
        assert page.eval_on_selector("#view", "one => one.scrollWidth - one.clientWidth") == 0
        small = page.locator("#filters summary, #filters .choice, .filters-button, .chip").evaluate_all(
            "all => all.filter(one => one.offsetParent && one.getBoundingClientRect().height < 44).map(one => one.textContent)"
        )
        assert small == []


def seen(page) -> list[float]:
    return page.evaluate("[map_atlas.getZoom(), map_atlas.getCenter().lat, map_atlas.getCenter().lng]")


def test_where_the_map_was_moved_to_by_hand_stands_in_the_address_and_comes_back(browser, news) -> None:
    with opened(browser, news) as page:
        assert "map=" not in page.url
        frame = page.locator(".atlas-map").bounding_box()
        page.mouse.move(frame["x"] + 300, frame["y"] + 500)
        page.mouse.down()
        page.mouse.move(frame["x"] + 420, frame["y"] + 560, steps=6)
        page.mouse.up()
        page.wait_for_function("() => location.hash.includes('map=')")
        moved = seen(page)
        page.get_by_role("link", name="Saint-Étienne").click()
        page.wait_for_selector(".view-place")
        assert "map=" not in page.url, "the page itself moved it"
        assert seen(page) != moved
        page.get_by_role("button", name="Back").click()
        page.wait_for_selector(".view-places")
        assert seen(page) == pytest.approx(moved, abs=1e-4)
        assert "map=" in page.url
        page.reload()
        page.wait_for_selector("[data-ready]")
        # To a whole pixel, which here is a tenth of a degree.
        assert seen(page) == pytest.approx(moved, abs=0.15)


def test_going_back_brings_the_map_to_where_it_was_though_nobody_moved_it(browser, news) -> None:
    with opened(browser, news) as page:
        before = seen(page)
        page.get_by_role("link", name="Saint-Étienne").click()
        page.wait_for_selector(".view-place")
        assert seen(page) != before
        page.go_back()
        page.wait_for_selector(".view-places")
        assert seen(page) == pytest.approx(before)


@pytest.mark.parametrize("address", ["#map=x", "#map=5/200/0", "#map=", "#map=99/0/0"])
def test_a_position_that_is_none_is_left_out(browser, news, address) -> None:
    with opened(browser, news) as page:
        before = seen(page)
    with opened(browser, news + address) as page:
        assert seen(page) == pytest.approx(before)


def test_a_change_of_filters_leaves_the_map_where_it_is(browser, news) -> None:
    with opened(browser, news + "#place=test:saint-etienne") as page:
        look_at(page, 100, 40, 4)
        before = seen(page)
        page.locator(".time-handle").first.press("ArrowRight")
        assert len(chips(page)) == 1
        assert seen(page) == pytest.approx(before)


@pytest.mark.parametrize(("viewport", "scheme"), [(WIDE, "light"), (PHONE, "dark")], ids=["wide", "phone"])
def test_open_filters_what_is_filtered_and_what_is_found_break_no_rule_of_wcag(browser, news, viewport, scheme) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="pip install axe-playwright-python")
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]

    def broken(page) -> list[str]:
        # The map lies under the sheet of a phone, whose edge crosses what is marked there.
        found = (
            axe.Axe()
            .run(page, context="#reader, .time-home", options={"runOnly": {"type": "tag", "values": tags}})
            .response
        )
        return [f"{rule['id']}: {node['target']}" for rule in found["violations"] for node in rule["nodes"]]

    with opened(
        browser, news + "#from=2024-01-01&undated=", viewport=viewport, color_scheme=scheme, has_touch=viewport is PHONE
    ) as page:
        if viewport is PHONE:
            page.click("#handle")
        open_filters(page, "words", "dates", "country", "kind", "publisher", "article", "score")
        assert broken(page) == []
        page.get_by_role("button", name="Filters").click()
        page.get_by_role("searchbox").fill("rained")
        page.wait_for_selector(".texts .article-row")
        assert broken(page) == []
