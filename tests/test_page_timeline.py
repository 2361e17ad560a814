"""The timeline of the page in a real Chromium: bars, brush by pointer and key, playing, undated articles."""

from __future__ import annotations

import atlas_examples as examples
import pytest
from page_opening import PHONE, opened
from page_reading import focused, tab_to


def told(*days: str | None, inferred: tuple[str, ...] = ()):
    """Return an atlas with an article a day, each naming Kisumu."""
    return examples.atlas(
        *(
            (f"Of {day}", "Rain in [[Kisumu|kisumu]].", {"published": day, "published_inferred": day in inferred})
            for day in days
        )
    )


YEARS = ("2011-05-01", "2012-02-02", "2012-03-03", "2015-12-31", "2024-06-01", None)


def bars(page) -> int:
    return page.locator(".time-bar:not(.time-rest, .time-out)").count()


def readout(page) -> str:
    return page.inner_text(".time-told")


def over(page, share: float) -> tuple[float, float]:
    """Return the point over the bars at a share of their width."""
    box = page.locator(".time-plot").bounding_box()
    return box["x"] + box["width"] * share, box["y"] + 20


def articles(page) -> str:
    return page.inner_text(".summary").split(" · ")[0]


@pytest.mark.parametrize(
    ("days", "unit", "span", "drawn"),
    [
        (("2024-05-01", "2024-05-01", "2024-06-20"), "by day", "May 1 – June 20, 2024", 2),
        (("2024-05-01", "2024-05-03", "2024-11-20"), "by week", "April 29 – November 24, 2024", 2),
        (("2023-05-01", "2023-05-31", "2024-11-20"), "by month", "May 2023 – November 2024", 2),
        (("1991-09-07", "2014-01-01", "2014-12-31"), "by year", "1991–2014", 2),
    ],
)
def test_articles_are_counted_by_day_week_month_or_year_as_fits(browser, written, days, unit, span, drawn) -> None:
    with opened(browser, written(told(*days))) as page:
        assert readout(page) == f"Articles over time · {span} · {unit}"
        assert bars(page) == drawn
        heights = page.locator(".time-bar").evaluate_all("all => all.map(one => one.getBBox().height)")
        assert max(heights) == pytest.approx(2 * min(heights), rel=0.01), "twice as many stand twice as high"


@pytest.mark.parametrize("days", [(), (None, None), ("2024-05-01", "2024-05-01"), ("2024-05-01", None)])
def test_where_there_is_no_time_to_see_there_is_no_timeline(browser, written, days) -> None:
    with opened(browser, written(told(*(days or ("2024-05-01",))))) as page:
        assert page.locator(".timeline").count() == 0
        assert page.locator(".time-home").is_hidden()


def test_a_drag_lets_through_a_stretch_of_time_that_can_be_moved_and_widened_and_taken_away(browser, written) -> None:
    with opened(browser, written(told(*YEARS))) as page:
        page.mouse.move(*over(page, 1.5 / 14))
        assert readout(page) == "2012 · 2 articles", "what is under the pointer is told"
        page.mouse.down()
        page.mouse.move(*over(page, 4.5 / 14), steps=4)
        page.mouse.up()
        assert page.locator(".chip > span:first-child").all_inner_texts() == ["Published 2012–2015"]
        assert articles(page) == "3 of 6 articles"
        assert bars(page) == 2
        assert "from=2012-01-01&to=2015-12-31" in page.url
        page.mouse.move(*over(page, 3.5 / 14))
        page.mouse.down()
        page.mouse.move(*over(page, 2.5 / 14), steps=4)
        page.mouse.up()
        assert "from=2011-01-01&to=2014-12-31" in page.url, "a drag of the stretch moves it"
        end = page.get_by_role("slider", name="Last date").bounding_box()
        page.mouse.move(end["x"] + end["width"] / 2, end["y"] + 10)
        page.mouse.down()
        page.mouse.move(*over(page, 4.5 / 14), steps=4)
        page.mouse.up()
        assert "from=2011-01-01&to=2015-12-31" in page.url, "a drag of its end widens it"
        assert articles(page) == "4 of 6 articles"
        page.get_by_role("button", name="All dates").click()
        assert page.locator(".chip").count() == 0
        assert page.url.endswith("#")


def test_a_press_on_a_bar_lets_it_through_alone_and_a_second_press_all(browser, written) -> None:
    with opened(browser, written(told(*YEARS))) as page:
        page.mouse.click(*over(page, 4.5 / 14))
        assert articles(page) == "1 of 6 articles"
        assert page.locator(".chip > span:first-child").all_inner_texts() == ["Published 2015"]
        page.mouse.click(*over(page, 4.5 / 14))
        assert page.locator(".chip").count() == 0


def test_the_brush_is_moved_by_key_and_says_its_dates(browser, written) -> None:
    with opened(browser, written(told(*YEARS))) as page:
        tab_to(page, "First date")
        first, end = (page.get_by_role("slider", name=name) for name in ("First date", "Last date"))
        page.keyboard.press("ArrowRight")
        assert first.get_attribute("aria-valuetext") == "2012"
        assert (first.get_attribute("aria-valuemin"), first.get_attribute("aria-valuemax")) == ("0", "13")
        assert articles(page) == "4 of 6 articles"
        assert focused(page) == "First date"
        page.keyboard.press("Tab")
        assert focused(page) == "Last date"
        page.keyboard.press("PageDown")
        assert end.get_attribute("aria-valuetext") == "2014"
        assert articles(page) == "2 of 6 articles"
        page.keyboard.press("Home")
        assert end.get_attribute("aria-valuetext") == "2012", "not before the first"
        page.keyboard.press("Escape")
        assert page.locator(".chip").count() == 0
        assert focused(page) == "Last date", "the focus stays"


def test_articles_without_a_date_have_a_bin_of_their_own(browser, written) -> None:
    with opened(browser, written(told(*YEARS))) as page:
        undated = page.get_by_role("button", name="no date 1")
        undated.click()
        assert articles(page) == "1 of 6 articles"
        assert page.locator(".chip > span:first-child").all_inner_texts() == ["Without a date"]
        assert bars(page) == 0
        page.mouse.click(*over(page, 4.5 / 14))
        assert articles(page) == "1 of 6 articles"
        undated.click()
        assert articles(page) == "2 of 6 articles"
        assert page.locator(".chip > span:first-child").all_inner_texts() == ["Published 2015, or without a date"]
        undated.click()
        assert articles(page) == "1 of 6 articles"


def test_without_undated_articles_there_is_no_bin_for_them(browser, written) -> None:
    with opened(browser, written(told(*YEARS[:-1]))) as page:
        assert page.locator(".time-undated").count() == 0
        page.get_by_role("slider", name="First date").press("ArrowRight")
        page.get_by_role("slider", name="First date").press("ArrowLeft")
        assert page.locator(".chip").count() == 0, "all dates are no filter"


def test_inferred_dates_look_different_and_are_said_to_be_so(browser, written) -> None:
    with opened(browser, written(told(*YEARS, inferred=("2012-02-02", "2015-12-31")))) as page:
        assert page.locator(".time-inferred").count() == 2
        dashes = page.eval_on_selector(".time-inferred", "one => getComputedStyle(one).strokeDasharray")
        assert dashes != "none", "not by colour alone"
        page.mouse.move(*over(page, 1.5 / 14))
        assert readout(page) == "2012 · 2 articles · 1 with an inferred date"
        page.mouse.move(*over(page, 0.5 / 14))
        assert readout(page) == "2011 · 1 article"


def test_the_timeline_follows_the_other_filters_and_keeps_what_they_leave_out_in_sight(browser, written) -> None:
    atlas = examples.atlas(
        ("A", "Rain in [[Kisumu|kisumu]].", {"published": "2011-01-01"}),
        ("B", "Rain in [[Paris|paris]].", {"published": "2012-01-01"}),
        ("C", "Rain in [[Paris|paris]].", {"published": "2024-01-01"}),
    )
    with opened(browser, written(atlas) + "#country=FR") as page:
        assert bars(page) == 2
        assert page.locator(".time-rest").count() == 1
        page.mouse.move(*over(page, 0.02))
        assert readout(page) == "2011 · 0 articles"


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_time_is_played_and_paused_or_stepped_through_for_those_who_want_no_motion(browser, written, motion) -> None:
    years = []
    with opened(browser, written(told(*YEARS)), reduced_motion=motion) as page:
        page.clock.install()
        if motion == "reduce":
            for _ in range(4):
                page.get_by_role("button", name="Go to the next dates with articles").click()
                years.append(page.inner_text(".chip > span:first-child"))
        else:
            page.get_by_role("button", name="Play through time").click()
            years.append(page.inner_text(".chip > span:first-child"))
            for _ in range(3):
                page.clock.run_for(1250)
                years.append(page.inner_text(".chip > span:first-child"))
            page.get_by_role("button", name="Pause").click()
            page.clock.run_for(5000)
            assert page.inner_text(".chip > span:first-child") == years[-1]
        assert years == ["Published 2011", "Published 2012", "Published 2015", "Published 2024"], (
            "empty years are passed"
        )
        page.get_by_role("button", name="Remove the filter “Published 2024”").click()


def test_playing_ends_at_the_last_dates_and_keeps_the_length_of_the_stretch(browser, written) -> None:
    with opened(browser, written(told(*YEARS)), reduced_motion="no-preference") as page:
        page.clock.install()
        page.mouse.move(*over(page, 0.02))
        page.mouse.down()
        page.mouse.move(*over(page, 1.5 / 14))
        page.mouse.up()
        page.get_by_role("button", name="Play through time").click()
        assert page.inner_text(".chip > span:first-child") == "Published 2015–2016"
        page.clock.run_for(1250)
        assert page.inner_text(".chip > span:first-child") == "Published 2023–2024"
        page.clock.run_for(1250)
        page.get_by_role("button", name="Play through time").wait_for()


def test_on_a_phone_the_timeline_is_folded_away_with_the_dates(browser, written) -> None:
    with opened(browser, written(told(*YEARS)), viewport=PHONE, has_touch=True) as page:
        assert page.locator(".timeline").count() == 0 or page.locator(".timeline").is_hidden()
        page.click("#handle")
        page.get_by_role("button", name="Filters").click()
        page.locator('[data-filter="dates"] > summary').click()
        x, y = over(page, 4.5 / 14)
        page.touchscreen.tap(x, y)
        assert articles(page) == "1 of 6 articles"
        page.get_by_role("link", name="Articles", exact=True).click()
        assert page.locator(".timeline").is_visible(), "it goes along to the other list"
        page.set_viewport_size({"width": 1200, "height": 800})
        page.wait_for_selector(".time-home .timeline")


def test_a_brush_of_a_narrower_window_is_the_same_one(browser, written) -> None:
    with opened(browser, written(told(*YEARS))) as page:
        page.mouse.click(*over(page, 4.5 / 14))
        page.set_viewport_size({"width": 1000, "height": 700})
        page.wait_for_function("() => document.querySelector('.time-bars').clientWidth < 650")
        shade = page.locator(".time-window").bounding_box()
        assert shade["x"] + shade["width"] / 2 == pytest.approx(over(page, 4.5 / 14)[0], abs=2)
