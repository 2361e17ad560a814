"""The command `dateline gazetteer find`: what a name can mean."""

# ruff: noqa: D301, PLC0415
# D301: \b in a docstring is click's own mark for lines that it leaves as they are.
# PLC0415: imports stand where they are needed, so that --help is quick.

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from maps.cli.console import count, print_data, say, verbose_option

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.types import Candidate

COLUMNS = (
    *("name", "place_id", "place", "feature_class", "feature_code", "what", "admin2", "admin1", "country_code"),
    *("population", "lon", "lat", "matched_name", "kind", "trust"),
)
"""The fields of a line, tab-separated or JSON."""


@click.command("find")
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, metavar="N", help="How many places of each name."
)
@click.option("--json", "as_json", is_flag=True, help="Write JSON Lines.")
@verbose_option
def find_command(names: tuple[str, ...], *, limit: int, as_json: bool) -> None:
    """Show which places a name can mean.

    For each place: what it is and what it lies in, and through which of its
    names it was found: of which kind (official, alternate, former, demonym,
    ...) and how far that name alone speaks for the place (trust, 0 to 1). A
    name of several words is written in quotes. In a terminal it is a table;
    into a file or a pipe go lines of fields with tabs between them.

    \b
    Examples:
      dateline gazetteer find Lagos
      dateline gazetteer find "San José" Leningrad --limit 5
      dateline gazetteer find Springfield --json > springfields.jsonl
    """
    from geo.errors import GazetteerError
    from geo.gazetteer import Gazetteer

    with Gazetteer.open() as gazetteer:
        found = gazetteer.lookup_many(names)
    shown = {name: candidates[:limit] for name, candidates in found.items() if candidates}
    if as_json:
        print_data(json.dumps(row, ensure_ascii=False) for row in _rows(shown))
    elif sys.stdout.isatty():
        print_tables(shown)
    elif shown:
        print_data("\t".join(_field(value) for value in row) for row in (COLUMNS, *(r.values() for r in _rows(shown))))
    for name, candidates in shown.items():
        if more := len(found[name]) - len(candidates):
            say(f"{name}: {count(more, 'more place')}, which --limit {len(found[name])} shows")
    if unknown := [name for name in found if name not in shown]:
        raise GazetteerError(
            f"{', '.join(name or repr(name) for name in unknown)}: nothing in the gazetteer bears this name or one "
            "spelled like it; add a place of your own in a table with --gazetteer FILE (dateline map --help), or "
            "have all places of GeoNames with: dateline gazetteer install"
        )


def _rows(found: Mapping[str, Sequence[Candidate]]) -> list[dict[str, Any]]:
    """Return a row with the fields of :data:`COLUMNS` for each place of each name."""
    from maps.cli.gazetteer_words import what

    rows = []
    for name, candidates in found.items():
        for candidate in candidates:
            place = candidate.place
            fields = (
                *(name, place.id, place.name, place.feature_class, place.feature_code, what(place)),
                *(place.admin2, place.admin1, place.country_code, place.population),
                *(place.lon, place.lat, candidate.matched_name, candidate.kind, round(candidate.trust, 3)),
            )
            rows.append(dict(zip(COLUMNS, fields, strict=True)))
    return rows


def _field(value: object) -> str:
    """Return a value in one line and without tabs."""
    return " ".join(str(value).split())


def print_tables(found: Mapping[str, Sequence[Candidate]]) -> None:
    """Print a table for each name to the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from maps.cli.gazetteer_words import lies_in, what

    console = Console()
    numbers = {"population", "lon", "lat", "trust"}
    headings = ("place", "what", "in", "population", "lon", "lat", "by its name", "kind", "trust", "id")
    for name, candidates in found.items():
        table = Table(title=Text(name), title_justify="left")
        for heading in headings:
            table.add_column(
                heading,
                justify="right" if heading in numbers else "left",
                no_wrap=heading in numbers,
                overflow="fold",  # an id that was cut short could not be used
            )
        for candidate in candidates:
            place = candidate.place
            code = f"{place.feature_class}/{place.feature_code}".strip("/")
            cells = (
                *(place.name, f"{what(place)} {code}".strip(), lies_in(place)),
                *(f"{place.population:,}" if place.population else "", f"{place.lon:.4f}", f"{place.lat:.4f}"),
                *(candidate.matched_name, candidate.kind, f"{candidate.trust:.2f}", place.id),
            )
            table.add_row(*(Text(cell) for cell in cells))  # as Text, since brackets would be taken for markup
        console.print(table)
