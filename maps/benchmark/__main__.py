"""Prints how large and how fast the page is, beside folium's own map of the same data."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import click

import maps
from maps.benchmark.clustered import fetch_scripts, write_clustered
from maps.benchmark.measuring import Figures, measure_clustered, measure_page
from maps.benchmark.synthetic import invent
from maps.browser import NoBrowserError, chromium

SIZES = ("1000:20000", "10000:200000")


def _size(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[tuple[int, int], ...]:
    sizes = []
    for one in given:
        articles, _sign, mentions = one.partition(":")
        if not (articles.isdigit() and mentions.isdigit() and int(articles) and int(mentions)):
            raise click.BadParameter(f"{one!r} is not ARTICLES:MENTIONS, as in 1000:20000")
        sizes.append((int(articles), int(mentions)))
    return tuple(sizes)


@click.command()
@click.option(
    "--size",
    "sizes",
    multiple=True,
    default=SIZES,
    show_default=True,
    callback=_size,
    metavar="ARTICLES:MENTIONS",
    help="How many articles with how many mentions to invent. Repeatable.",
)
@click.option(
    "--page",
    "pages",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A page that dateline has written, to be measured too. Repeatable.",
)
@click.option(
    "--folium/--no-folium",
    "compared",
    default=True,
    help="Measure folium's MarkerCluster map with popups of the same data too. Its scripts are fetched with npm.",
)
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    help="Keep the pages in this folder.",
)
def main(sizes: tuple[tuple[int, int], ...], pages: tuple[Path, ...], *, compared: bool, keep: Path | None) -> None:
    """Write pages of invented articles, open them in Chromium, and print their figures.

    Ready is when marks and basemap are seen; choosing is from the click in the
    list until the passages are seen (the median of several places; in folium's
    map, until a popup is); frames are those that a drag and a turn of the wheel
    get in a second. Only figures of one run can be compared.
    """
    try:
        with tempfile.TemporaryDirectory() as made, chromium() as browser:
            folder = keep or Path(made)
            folder.mkdir(parents=True, exist_ok=True)
            for page in pages:
                _print(page.name, measure_page(browser, page))
            scripts = _scripts(Path(made)) if compared else None
            for articles, mentions in sizes:
                _compare(browser, articles, mentions, folder, scripts)
    except NoBrowserError as error:
        raise click.ClickException(str(error)) from error


def _scripts(folder: Path) -> Path | None:
    failed = fetch_scripts(folder)
    if failed:
        click.echo(f"no comparison with folium: its scripts could not be fetched with npm ({failed})", err=True)
        return None
    return folder


def _compare(browser: object, articles: int, mentions: int, folder: Path, scripts: Path | None) -> None:
    click.echo(f"inventing {articles:,} articles with {mentions:,} mentions", err=True)
    atlas = invent(articles=articles, mentions=mentions)
    path = folder / f"{articles}.html"
    maps.draw(atlas).save(path)
    ours = measure_page(browser, path)
    _print(f"{articles:,} articles, {mentions:,} mentions", ours)
    if scripts is None:
        return
    click.echo("writing folium's map of them", err=True)
    clustered = folder / f"{articles}-folium.html"
    write_clustered(atlas, clustered)
    theirs = measure_clustered(browser, clustered, scripts)
    _print("  folium, MarkerCluster with popups", theirs)
    click.echo(
        f"  dateline to folium: file {ours.size / theirs.size:.2f}, ready {ours.ready / theirs.ready:.2f}, "
        f"choose {ours.choose / theirs.choose:.2f}, "
        f"frames {ours.pan / theirs.pan:.2f} and {ours.zoom / theirs.zoom:.2f}"
    )


def _print(name: str, figures: Figures) -> None:
    click.echo(
        f"{name}: file {figures.size / 1e6:.2f} MB, ready {figures.ready:.0f} ms, choose {figures.choose:.0f} ms, "
        f"pan {figures.pan:.0f} and zoom {figures.zoom:.0f} frames/s"
    )


if __name__ == "__main__":
    sys.exit(main())
