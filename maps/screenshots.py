"""Makes pictures of a page as people see it: its views, at three widths, light and dark.

``python -m maps.screenshots map.html -o DIR`` makes them all, to be looked at;
``--readme FILE`` makes the one that the README shows.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from maps.browser import NoBrowserError, chromium

WIDTHS = {"desktop": (1440, 900), "tablet": (820, 1180), "phone": (390, 844)}
"""The screens, as width and height in CSS pixels."""

SCHEMES = ("light", "dark")

# What is most to be seen: the place and the article that are named most, as the list has them.
_VIEWS = """() => {
  const href = (of) => document.querySelector(of)?.getAttribute("href") ?? "";
  const place = href("a.row");
  return { start: "", articles: "#articles=", place, about: "#about=", heat: "#layer=heat",
    countries: "#layer=countries", regions: "#layer=regions" };
}"""
_ARTICLE = """() => document.querySelector("a.read, .passage-article a")?.getAttribute("href") ?? "" """


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: which view, on which screen, in which scheme."""

    view: str
    screen: str
    scheme: str

    @property
    def name(self) -> str:
        """The file's name: ``place-phone-dark.png``."""
        return f"{self.view}-{self.screen}-{self.scheme}.png"


@click.command()
@click.argument("page", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="The folder for all pictures.")
@click.option("--readme", type=click.Path(dir_okay=False, path_type=Path), help="The README's picture to write.")
@click.option("--view", "only", multiple=True, help="Only this view, such as article. Repeatable.")
@click.option("--place", help="The id of the place that is shown, such as geonames:538555; else the one named most.")
def main(page: Path, output: Path | None, readme: Path | None, only: tuple[str, ...], place: str | None) -> None:
    """Make pictures of PAGE, which dateline has written."""
    if output is None and readme is None:
        raise click.UsageError("Nothing to make: name a folder with -o or a file with --readme.")
    address = page.resolve().as_uri()
    try:
        with chromium() as browser:
            views = _views(browser, address, place)
            if output is not None:
                output.mkdir(parents=True, exist_ok=True)
                wanted = [view for view in views if not only or view in only]
                for shot in [Shot(view, screen, scheme) for view in wanted for screen in WIDTHS for scheme in SCHEMES]:
                    _take(browser, address + views[shot.view], shot, output / shot.name)
                    click.echo(output / shot.name)
            if readme is not None:
                _take(browser, address + views["place"], Shot("place", "desktop", "light"), readme)
                click.echo(readme)
    except NoBrowserError as error:
        raise click.ClickException(str(error)) from error


def _views(browser: Any, address: str, place: str | None) -> dict[str, str]:  # noqa: ANN401 - Playwright is optional
    """Return the views by name, as the part of the address after the page's own."""
    page = browser.new_page(viewport=dict(zip(("width", "height"), WIDTHS["desktop"], strict=True)))
    page.goto(address)
    page.wait_for_selector("[data-ready]")
    views: dict[str, str] = page.evaluate(_VIEWS)
    if place is not None:
        views["place"] = f"#place={place}"
    if views["place"]:
        # Opened anew, so that what is waited for is this view and not the one before it.
        page.goto("about:blank")
        page.goto(address + views["place"])
        page.wait_for_selector("[data-ready]")
        if not page.locator(".view-place").count():
            raise click.ClickException(f"The page has no place {place}. Name one by its id, as its address has it.")
        views["article"] = page.evaluate(_ARTICLE)
    page.close()
    # A page without places has fewer views.
    return {name: hash_ for name, hash_ in views.items() if hash_ or name == "start"}


def _take(browser: Any, address: str, shot: Shot, path: Path) -> None:  # noqa: ANN401 - as above
    width, height = WIDTHS[shot.screen]
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=shot.scheme,
        has_touch=shot.screen != "desktop",
        # Nothing is half on its way, and two runs make the same picture.
        reduced_motion="reduce",
        locale="en",
        offline=True,
    )
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("[data-ready]")
    page.evaluate("() => document.fonts.ready")
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    page.screenshot(path=path)
    context.close()


if __name__ == "__main__":
    sys.exit(main())
