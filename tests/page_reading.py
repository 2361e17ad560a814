"""Reading the page in the tests: what the panel shows, what has the focus, where the map looks."""

from __future__ import annotations

import pytest


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


def look_at(page, lon: float, lat: float, zoom: float) -> None:
    """Move the map at once, to where the marks of the places around stand apart."""
    page.evaluate("([lon, lat, zoom]) => { map_atlas.setView([lat, lon], zoom, {animate: false}); }", [lon, lat, zoom])
