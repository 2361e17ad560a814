"""The panel of the page in a real Chromium, from disk and without a network, as a reader uses it."""

from __future__ import annotations

import atlas_examples as examples
import pytest
from page_opening import opened
from page_reading import look_at, passages, shown_passages


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
        assert page.inner_text("h1") == "Nairobi"
        assert page.locator(".mark-chosen").get_attribute("aria-label").startswith("Nairobi, Nairobi County, Kenya")
        page.go_back()
        page.wait_for_selector(".view-article")
        page.get_by_role("button", name="Back").click()
        page.wait_for_selector(".view-place")
        assert page.inner_text("h1") == "Kisumu"


def test_only_literal_places_are_on_and_the_others_can_be_switched_on(browser, written) -> None:
    atlas = examples.newsroom()
    with opened(browser, written(atlas)) as page:
        look_at(page, 36, 1, 6.5)
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
        look_at(page, 20, 25, 3)
        assert page.locator(".mark .shape-metonym").count() == page.locator(".mark").count() == 2
        page.get_by_role("checkbox", name="Demonym").check()
        look_at(page, 36, 1, 6.5)
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


@pytest.mark.parametrize(
    ("scores", "told"),
    [
        ((0.97, 0.97), "very likely (0.97)"),
        ((0.7, 0.85), "likely (0.70–0.85)"),
        ((0.55, 0.97), "about as likely as not to very likely (0.55–0.97)"),
    ],
)
def test_mentions_that_disagree_in_score_are_told_as_a_range(browser, written, scores, told) -> None:
    one, other = scores
    atlas = examples.atlas(
        ("T", f"It rained in [[Kisumu|kisumu|literal|{one}]]. Then [[Kisumu|kisumu|literal|{other}]] dried.")
    )
    with opened(browser, written(atlas) + "#place=test:kisumu") as page:
        assert page.inner_text(".place-head .why-brief") == told
        page.locator(".place-head .disclosure summary").click()
        assert f"({max(scores):.2f})" in page.inner_text(".place-head .why-score")
        assert ("do not all agree" in page.inner_text(".place-head")) is (one != other)


def test_a_title_that_counts_the_articles_is_not_counted_again(browser, written) -> None:
    atlas = examples.newsroom()
    with opened(browser, written(atlas, title=None)) as page:
        assert page.inner_text("h1") == "3 articles, March–April 2025"
        assert page.inner_text(".summary").startswith("7 places · ")
    with opened(browser, written(atlas, title="Rain")) as page:
        assert page.inner_text(".summary").startswith("3 articles · 7 places · ")


def test_a_mark_for_several_places_that_are_gone_opens_the_list(browser, written) -> None:
    with opened(browser, written(examples.newsroom()) + "#together=none&together=nowhere") as page:
        assert page.locator(".view-places").count() == 1
