"""The command `dateline gazetteer info`: what the gazetteer holds, and where its files are."""

# ruff: noqa: D301, PLC0415
# D301: \b in a docstring is click's own mark for lines that it leaves as they are.
# PLC0415: imports stand where they are needed, so that --help is quick.

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from maps.cli.console import print_data, verbose_option

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST_COUNTRIES = 20
"""How many countries are shown; --json has them all."""


@click.command("info")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object, with all countries.")
@verbose_option
def info_command(*, as_json: bool) -> None:
    """Show what the gazetteer holds and what it was made from.

    Which index is used and where the files are, the sources with their dates
    and licences, and how many places, names and areas there are.

    \b
    Examples:
      dateline gazetteer info
      dateline gazetteer info --json | jq .by_country.UA
    """
    about = describe()
    print_data([json.dumps(about, ensure_ascii=False, indent=2)] if as_json else _lines(about))


def describe() -> dict[str, Any]:
    """Return all that there is to tell about the gazetteer in use."""
    from geo.gazetteer import Gazetteer
    from geo.gazetteer.contents import contents, countries
    from geo.gazetteer.storage import EMBEDDED, current, data_folder, installed_path

    used, installed = current(), installed_path()
    with Gazetteer.open(used) as gazetteer:
        about, sources = gazetteer.about(), gazetteer.sources()
    held = contents(used)
    return {
        "used": str(used),
        "embedded": str(EMBEDDED),
        "installed": str(installed) if used == installed else None,
        "data_folder": str(data_folder()),
        "size": used.stat().st_size,
        **{item: value for item, value in about.items() if item not in {"places", "names", "areas"}},
        "sources": list(sources),
        "places": held.places,
        "names": held.names,
        "areas": held.areas,
        "by_class": held.by_class,
        "by_kind": held.by_kind,
        "by_country": held.by_country,
        "countries": countries(used),
    }


def _lines(about: dict[str, Any]) -> Iterator[str]:
    from maps.cli.gazetteer_steps import readable
    from maps.cli.gazetteer_words import CLASSES

    which = "installed" if about["installed"] else "embedded"
    yield f"used: {about['used']} ({which}, {readable(about['size'])})"
    yield f"embedded: {about['embedded']}"
    yield f"installed: {about['installed'] or 'none; dateline gazetteer install brings all places of GeoNames'}"
    yield f"data folder: {about['data_folder']}"
    for item, value in about.items():
        if isinstance(value, str) and item not in {"used", "embedded", "installed", "data_folder"}:
            yield f"{item.replace('_', ' ')}: {value}"
    yield "sources:"
    for source in about["sources"]:
        told = (source["name"], source["version"], source["date"], source["licence"], source["url"])
        yield "  " + ", ".join(part for part in told if part)
    yield f"places: {about['places']:,}"
    for feature_class, number in about["by_class"].items():
        yield _counted(f"{feature_class} {CLASSES.get(feature_class, 'without a class')}".strip(), number)
    yield f"names: {about['names']:,}"
    for kind, number in about["by_kind"].items():
        yield _counted(kind, number)
    yield f"areas: {about['areas']:,}"
    most = list(about["by_country"].items())[:_MOST_COUNTRIES]
    rest = len(about["by_country"]) - len(most)
    yield "countries with the most places" + (f" ({rest} more with --json):" if rest else ":")
    for code, number in most:
        yield _counted(f"{code} {about['countries'].get(code, '')}".strip(), number)


def _counted(what: str, number: int) -> str:
    return f"  {what:<42} {number:>11,}"
