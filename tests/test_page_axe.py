"""The page keeps to WCAG 2.2 AA as far as axe can tell: no rule of it is broken in any view."""

from __future__ import annotations

import atlas_examples as examples
import pytest
from page_opening import PHONE, WIDE, opened

axe = pytest.importorskip(
    "axe_playwright_python.sync_playwright", reason="axe is not installed: pip install axe-playwright-python"
)

# https://www.deque.com/axe/core-documentation/api-documentation/#axecore-tags
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
VIEWS = {
    "start": "",
    "articles": "#articles=",
    "place": "#place=test:kisumu",
    "article": "#article=article-1",
    "together": "#together=test:kisumu&together=test:nairobi",
    "about": "#about=",
    "heat": "#layer=heat",
    "countries": "#layer=countries",
}
SCREENS = {
    "light": {"viewport": WIDE, "color_scheme": "light"},
    "dark": {"viewport": WIDE, "color_scheme": "dark"},
    "phone": {"viewport": PHONE, "has_touch": True, "color_scheme": "light"},
    "dark phone": {"viewport": PHONE, "has_touch": True, "color_scheme": "dark"},
}


def broken(page) -> list[str]:
    """Return the rules that the page breaks, with what breaks them."""
    found = axe.Axe().run(page, options=RULES).response
    return [
        f"{rule['id']} ({rule['help']}): {node['target']} {node.get('failureSummary', '')}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("screen", SCREENS)
@pytest.mark.parametrize("view", VIEWS)
def test_no_rule_is_broken(browser, written, view, screen) -> None:
    with opened(browser, written(examples.newsroom()) + VIEWS[view], **SCREENS[screen]) as page:
        assert broken(page) == []


@pytest.mark.parametrize("screen", ["light", "dark phone"])
def test_no_rule_is_broken_by_what_opens(browser, written, screen) -> None:
    with opened(browser, written(examples.newsroom()) + "#place=test:paris", **SCREENS[screen]) as page:
        for summary in page.locator("summary:visible").all():
            summary.press("Enter")
        page.get_by_role("button", name="What the map shows").press("Enter")
        assert broken(page) == []
        page.keyboard.press("Escape")
        page.goto(page.url.split("#")[0] + "#")
        page.wait_for_selector(".view-places")
        page.get_by_role("button", name="Filters").press("Enter")
        for summary in page.locator("summary:visible").all():
            summary.press("Enter")
        assert broken(page) == []


def test_a_rule_that_is_broken_is_seen(browser, written) -> None:
    with opened(browser, written(examples.newsroom())) as page:
        page.evaluate("() => document.querySelector('#search').removeAttribute('aria-label')")
        page.evaluate("() => document.querySelector('#search').removeAttribute('placeholder')")
        assert any(rule.startswith("label ") for rule in broken(page))
