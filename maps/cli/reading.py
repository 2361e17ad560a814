"""The commands that read articles: `map`, `places` and `explain`."""

# ruff: noqa: D301, PLC0415
# D301: \b in a docstring is click's own mark for lines that it leaves as they are.
# PLC0415: imports stand where they are needed, so that --help does not wait for geopandas and folium.

from __future__ import annotations

import functools
import sys
import webbrowser
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import geo
from maps.cli.console import count, print_data, progress_bar, say, verbose_option
from maps.cli.output import check_output, check_suffix

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.atlas import Atlas
    from geo.gazetteer import Gazetteer
    from geo.types import Article
    from maps.since import Earlier

_PAGES = (".html", ".htm")

_threshold = click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Place a name only if its place is at least this likely (0 to 1).",
)
_home = click.option(
    "--home",
    "home",
    multiple=True,
    metavar="PLACE",
    help="Say where the articles are at home, as a local paper's readers know: a country, a division or a town, such "
    'as "Kharkiv Oblast" or "Springfield, Illinois". Repeatable.',
)
_own_places = click.option(
    *("-g", "--gazetteer"),
    "own_places",
    multiple=True,
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Add places of your own, which win where names agree: a table (.csv, .tsv) with the columns name, lat and "
    "lon, or .geojson, .gpkg, .shp, .parquet. More columns are used if there are any: country, admin1, type, "
    "population, alternates (with | between them). Repeatable.",
)


def _stated_columns(_: click.Context, __: click.Parameter, stated: tuple[str, ...]) -> dict[str, str]:
    """Return field → column of what was given as FIELD=COLUMN."""
    columns: dict[str, str] = {}
    for one in stated:
        field, sign, column = one.partition("=")
        if not sign or not field.strip() or not column.strip():
            raise click.BadParameter(f"{one!r} is not FIELD=COLUMN, as in name=VILLAGE")
        if field.strip() in columns:
            raise click.BadParameter(f"{field.strip()} is stated twice; one column holds it")
        columns[field.strip()] = column.strip()
    return columns


_columns = click.option(
    "--column",
    "columns",
    multiple=True,
    callback=_stated_columns,
    metavar="FIELD=COLUMN",
    help="Say which column of your own places holds what, where its name does not say so: --column name=VILLAGE "
    "--column lat=Y. Fields: name, lat, lon, geometry, id, country, admin1, admin2, feature_class, feature_code, "
    "population, alternates. Repeatable.",
)


_recognizer = click.option(
    "--recognizer",
    metavar="NAME",
    help="Find the names with something else than dateline's own tagger: spacy:MODEL for a pipeline of spaCy that is "
    "installed, or what another package has registered.",
)


@dataclass(frozen=True, slots=True)
class _How:
    """What was said of how to read: None and empty where nothing was."""

    threshold: float | None
    home: tuple[str, ...]
    recognizer: str | None
    own_places: tuple[Path, ...]
    columns: Mapping[str, str]


def _how_to_read(command: Callable[..., None]) -> Callable[..., None]:
    """Give `command` the options that say how to read, as one argument `how`."""

    @functools.wraps(command)
    def run(
        *arguments: object,
        threshold: float | None,
        home: tuple[str, ...],
        recognizer: str | None,
        own_places: tuple[Path, ...],
        columns: Mapping[str, str],
        **others: object,
    ) -> None:
        command(*arguments, how=_How(threshold, home, recognizer, own_places, columns), **others)

    return _own_places(_columns(_home(_recognizer(_threshold(run)))))


_inputs = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")


@click.command("map")
@_inputs
@click.option(
    *("-o", "--output"),
    type=click.Path(path_type=Path),
    default="map.html",
    show_default=True,
    help="The page to write.",
)
@click.option("--title", help="The heading of the page.")
@click.option(
    "--since",
    type=click.Path(path_type=Path),
    metavar="EARLIER",
    help="Mark what is new since an earlier page (.html), a saved atlas (.gpkg) or a folder that holds one. It may be "
    "the page that is written anew.",
)
@click.option(
    "--tiles",
    metavar="PROVIDER",
    help="Lay online tiles under the marks, by their name at xyzservices, such as OpenStreetMap.Mapnik. Whoever opens "
    "the page then asks that provider for images; without it the page asks nobody.",
)
@click.option("--open", "open_it", is_flag=True, help="Open the page in the browser.")
@_how_to_read
@verbose_option
def map_command(
    inputs: tuple[str, ...],
    output: Path,
    title: str | None,
    since: Path | None,
    tiles: str | None,
    *,
    open_it: bool,
    how: _How,
) -> None:
    """Write a page with a map to read articles by.

    \b
    Examples:
      dateline map seeds/ -o map.html --open
      dateline map seeds/ report.txt --title "The week" -o week.html
      dateline map seeds/ --gazetteer villages.csv --column name=VILLAGE
      dateline map seeds/ -o map.html --since map.html
    """
    check_suffix(output, _PAGES)
    check_output(output, (*inputs, *map(str, how.own_places)))
    # Read first: it may be what is written over.
    options = _stated(title=title, since=None if since is None else _earlier(since), tiles=tiles)
    if tiles is not None:
        _say_of_tiles(tiles)
    gazetteer = _gazetteer(how.own_places, how.columns)
    atlas = _atlas(_read(inputs), how, gazetteer)
    from maps.drawing import draw

    drawn = draw(atlas, **options)
    drawn.save(output)
    say(_summary(str(output), atlas))
    if since is not None:
        say(_news(options["since"], atlas))
    if open_it and not webbrowser.open(output.resolve().as_uri()):
        say(f"warning: no browser could be started; open {output} by hand")


@click.command("places")
@_inputs
@click.option(
    *("-o", "--output"),
    type=click.Path(path_type=Path, allow_dash=True),
    default="-",
    help="The file to write: .jsonl, .csv, .geojson or .gpkg. By default, and for -, JSON Lines go to standard output.",
)
@click.option(
    "--given-mentions",
    is_flag=True,
    help="Resolve the spans that each record of a .jsonl gives under mentions, [[start, end], ...], and no others.",
)
@_how_to_read
@verbose_option
def places_command(
    inputs: tuple[str, ...],
    output: Path,
    *,
    given_mentions: bool,
    how: _How,
) -> None:
    """Write the place names as a table.

    It has one row a name, with its place and its sentence. The suffix of the
    file says in which format. A .gpkg holds the whole atlas, articles and
    areas too, and opens in QGIS.

    With --given-mentions there is one row for each span that a record gives,
    in its order, repeated and overlapping ones too; names that are found
    around them tell what they mean and have no row. Offsets count characters
    of the record's text, the end excluded. A record without mentions, or with
    one that is empty or not within the text, is an error, and nothing is
    written. --threshold 0 gives the likeliest place however unlikely it is.

    \b
    Examples:
      dateline places marked.jsonl --given-mentions --threshold 0 -o placed.jsonl
      dateline places seeds/ -o places.csv
      dateline places seeds/ | jq -r 'select(.country_code == "UA") | .passage'
      dateline places seeds/ --gazetteer camps.gpkg -o places.geojson
    """
    to_stdout = str(output) == "-"
    if not to_stdout:
        from geo.atlas import EXPORT_SUFFIXES

        check_suffix(output, EXPORT_SUFFIXES)
        check_output(output, (*inputs, *map(str, how.own_places)))
    gazetteer = _gazetteer(how.own_places, how.columns)
    articles = _read(inputs, given_mentions=given_mentions)
    atlas = _atlas(articles, how, gazetteer)
    if to_stdout:
        print_data(atlas.to_json_lines())
    else:
        atlas.export(output)
    say(_summary("standard output" if to_stdout else str(output), atlas))


@click.command("explain")
@click.argument("article")
@_how_to_read
@verbose_option
def explain_command(article: str, *, how: _How) -> None:
    """Show what each place name means, and why.

    For each name of ARTICLE: the place, how surely, the reason, and what else
    it could be. In a terminal it is a table; into a file or a pipe go lines of
    fields with tabs between them. Where the articles are at home, as stated or
    as the articles of a publisher tell together, is said on standard error.

    \b
    Examples:
      dateline explain report.txt
      dateline explain report.txt > why.tsv
      dateline explain report.txt --home Illinois
    """
    from maps.cli.explanations import COLUMNS, explanations, home_lines, print_tables

    gazetteer = _gazetteer(how.own_places, how.columns)
    atlas = _atlas(_read((article,)), how, gazetteer)
    if sys.stdout.isatty():
        print_tables(atlas)
    else:
        print_data("\t".join(row) for row in [COLUMNS, *explanations(atlas.to_flat(), atlas.toponyms)])
    for line in home_lines(atlas.homes):
        say(line)
    say(_summary(article if article != "-" else "standard input", atlas))


def _read(inputs: Sequence[str], *, given_mentions: bool = False) -> tuple[Article, ...]:
    return geo.read(*inputs, given_mentions=given_mentions, on_problem=lambda problem: say(f"warning: {problem}"))


def _gazetteer(own_places: Sequence[Path], columns: Mapping[str, str]) -> Gazetteer | None:
    """Return the gazetteer with the user's own places on top, None where there are none."""
    if not own_places:
        if columns:
            raise click.UsageError("--column says what holds what in your own places; add them with --gazetteer FILE")
        return None
    from geo.gazetteer import Gazetteer
    from geo.gazetteer.given import read_file
    from geo.gazetteer.layered import LayeredGazetteer

    files = [read_file(path, columns=columns) for path in own_places]
    for file in files:
        say(file.summary())
        for note in file.notes:
            say(f"warning: {file.source}: {note}")
    gazetteer = LayeredGazetteer(Gazetteer.open(), [place for file in files for place in file.places])
    for note in gazetteer.notes:
        say(f"warning: {note}")
    return gazetteer


def _atlas(articles: Sequence[Article], how: _How, gazetteer: Gazetteer | None) -> Atlas:
    # What was not asked for is left to geoparse to choose.
    options: dict[str, Any] = {
        "threshold": how.threshold,
        "home": how.home or None,
        "recogniser": how.recognizer,
        "gazetteer": gazetteer,
    }
    return geo.geoparse(
        articles, progress=progress_bar(), on_problem=lambda problem: say(f"warning: {problem}"), **_stated(**options)
    )


def _stated(**options: Any) -> dict[str, Any]:  # noqa: ANN401 - each option has its own type
    """Return the options that were given; what was not is left to what they are for."""
    return {name: value for name, value in options.items() if value is not None}


def _earlier(path: Path) -> Earlier:
    from maps.since import read_earlier

    return read_earlier(path)


def _news(earlier: Earlier, atlas: Atlas) -> str:
    """Return the line that says how much is new."""
    from maps.since import passages_of

    there = {(place, text) for place, text in passages_of(atlas) if place}
    new = [(place, text) for place, text in there if not earlier.had(place, text)]
    places = {place for place, _ in there} - earlier.places
    return f"new since {earlier.name}: {count(len(places), 'place')}, {count(len(new), 'passage')}"


def _say_of_tiles(name: str) -> None:
    """Refuse tiles that cannot be used before any article is read, and warn of those that not every page gets."""
    from maps.tiles import find_tiles

    tiles = find_tiles(name)
    if tiles.needs_referer:
        say(
            f"note: {tiles.name} refuses pages that are opened from disk: put the page on a web site. "
            "Without its tiles the page shows its own map."
        )


def _summary(name: str, atlas: Atlas) -> str:
    """Return the line that says what was made."""
    placed = atlas.toponyms["place_id"] != ""
    without = len(atlas.articles) - atlas.toponyms.loc[placed, "article_id"].nunique()
    counts = (
        count(len(atlas.articles), "article") + (f" ({without} without a place)" if without else ""),
        count(len(atlas.places), "place"),
        count(len(atlas.toponyms), "name"),
        f"{int((~placed).sum()):,} not placed",
    )
    return f"{name}: {', '.join(counts)}"
