"""The `dateline` command: parses what was asked, and lets `geo` and `maps` do it.

Data goes to standard output; progress, warnings and what was made go to
standard error. What goes wrong is one line there and the exit status 1 (2 for
wrong usage, 130 when interrupted).
"""

# ruff: noqa: D301, PLC0415
# D301: \b in a docstring is click's own mark for lines that it leaves as they are.
# PLC0415: imports stand where they are needed, so that --help does not wait for geopandas and folium.

from __future__ import annotations

import contextlib
import errno
import functools
import json
import logging
import os
import sys
import tempfile
import traceback
import webbrowser
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

import geo
from geo.errors import DatelineError, OutputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    import pandas as pd

    from geo.atlas import Atlas
    from geo.types import Article

_VERBOSE = f"{__name__}.verbose"
_INTERRUPTED = 130
"""The exit status of a program that Ctrl-C ended, by the custom of shells: 128 + SIGINT."""

_PAGES = (".html", ".htm")
_RUNNERS_UP = 3
"""How many places that were not chosen `explain` shows for a name."""


class _Dateline(click.Group):
    """The command as a whole, which turns what goes wrong into a line and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - the signature is click's
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            _say("error: interrupted; nothing was left half-written")
            ctx.exit(_INTERRUPTED)
        except DatelineError as error:
            _fail(ctx, error, str(error))
        except MemoryError as error:
            _fail(ctx, error, "there is not enough memory for this; give fewer or shorter articles at a time")
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # the last place where an error can become a line
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # whoever reads our output has had enough, which click ends quietly
            _fail(
                ctx,
                error,
                f"dateline failed where it should not ({type(error).__name__}: {error}); "
                "run it again with --verbose and report what it shows",
            )


def _version(ctx: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click's
    if asked:
        try:
            click.echo(f"dateline {metadata.version('dateline')}")
        except metadata.PackageNotFoundError:
            click.echo("dateline, not installed")
        ctx.exit()


def _verbosely(ctx: click.Context, _: click.Parameter, asked: bool) -> None:  # noqa: FBT001 - click's
    if asked:
        ctx.meta[_VERBOSE] = True  # shared by the contexts of all commands
        logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(name)s: %(message)s")


_verbose = click.option(
    *("-v", "--verbose"),
    is_flag=True,
    expose_value=False,
    callback=_verbosely,
    help="Show what is done and, if it fails, where.",
)
_threshold = click.option(
    "--threshold",
    type=click.FloatRange(0, 1),
    metavar="P",
    help="Place a name only if its place is at least this likely (0 to 1).",
)
_inputs = click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")


@click.group(cls=_Dateline, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@_verbose
def main() -> None:
    """Read the news on a map.

    dateline finds the place names in articles, decides which place on Earth
    each one means, and writes one HTML page: a map beside the articles. The
    page opens from disk and needs no network.

    \b
    Examples:
      dateline map seeds/ -o map.html --open
      dateline map report.md more.jsonl -o map.html --title "January"
      dateline places seeds/ -o places.geojson
      dateline explain report.txt
      cat report.txt | dateline places - | head

    An INPUT is a folder, a file or "-" for standard input. Text and Markdown
    (.txt .text .md .markdown) hold one article a file, with or without front
    matter (title, date, url, publisher, language, id); JSON Lines (.jsonl
    .ndjson) hold one article a line, with at least a "text".
    """


@main.command("map")
@_inputs
@click.option(
    *("-o", "--output"),
    type=click.Path(path_type=Path),
    default="map.html",
    show_default=True,
    help="The page to write.",
)
@click.option("--title", help="The heading of the page.")
@click.option("--open", "open_it", is_flag=True, help="Open the page in the browser.")
@_threshold
@_verbose
def map_command(
    inputs: tuple[str, ...], output: Path, title: str | None, *, open_it: bool, threshold: float | None
) -> None:
    """Write a page with a map to read articles by.

    \b
    Examples:
      dateline map seeds/ -o map.html --open
      dateline map seeds/ report.txt --title "The week" -o week.html
    """
    _check_suffix(output, _PAGES)
    _check_output(output, inputs)
    atlas = _atlas(_read(inputs), threshold=threshold)
    from maps.drawing import draw

    drawn = draw(atlas) if title is None else draw(atlas, title=title)
    drawn.save(output)
    _say(_summary(str(output), atlas))
    if open_it and not webbrowser.open(output.resolve().as_uri()):
        _say(f"warning: no browser could be started; open {output} by hand")


@main.command()
@_inputs
@click.option(
    *("-o", "--output"),
    type=click.Path(path_type=Path, allow_dash=True),
    default="-",
    help="The file to write: .jsonl, .csv, .geojson or .gpkg. By default, and for -, JSON Lines go to standard output.",
)
@_threshold
@_verbose
def places(inputs: tuple[str, ...], output: Path, *, threshold: float | None) -> None:
    """Write the place names as a table.

    It has one row a name, with its place and its sentence. The suffix of the
    file says in which format. A .gpkg holds the whole atlas, articles and
    areas too, and opens in QGIS.

    \b
    Examples:
      dateline places seeds/ -o places.csv
      dateline places seeds/ | jq -r 'select(.country_code == "UA") | .passage'
    """
    to_stdout = str(output) == "-"
    if not to_stdout:
        from geo.atlas import EXPORT_SUFFIXES

        _check_suffix(output, EXPORT_SUFFIXES)
        _check_output(output, inputs)
    atlas = _atlas(_read(inputs), threshold=threshold)
    if to_stdout:
        _print_data(atlas.to_json_lines())
    else:
        atlas.export(output)
    _say(_summary("standard output" if to_stdout else str(output), atlas))


@main.command()
@click.argument("article")
@_threshold
@_verbose
def explain(article: str, *, threshold: float | None) -> None:
    """Show what each place name means, and why.

    For each name of ARTICLE: the place, how surely, the reason, and what else
    it could be. In a terminal it is a table; into a file or a pipe go lines of
    fields with tabs between them.

    \b
    Examples:
      dateline explain report.txt
      dateline explain report.txt > why.tsv
    """
    atlas = _atlas(_read((article,)), threshold=threshold)
    if sys.stdout.isatty():
        _print_tables(atlas)
    else:
        _print_data("\t".join(row) for row in [_EXPLANATION, *_explanations(atlas.to_flat(), atlas.toponyms)])
    _say(_summary(article if article != "-" else "standard input", atlas))


@main.group()
def gazetteer() -> None:
    """Tell about the gazetteer of places."""


@gazetteer.command()
@_verbose
def info() -> None:
    """Show what the gazetteer holds and what it was made from."""
    from geo.gazetteer import Gazetteer

    with Gazetteer.open() as opened:
        about = {"path": str(opened.path), **opened.about()}
    for item, value in about.items():
        click.echo(f"{item}: {int(value):,}" if value.isdecimal() else f"{item}: {value}")


def _read(inputs: Sequence[str]) -> tuple[Article, ...]:
    return geo.read(*inputs, on_problem=lambda problem: _say(f"warning: {problem}"))


def _atlas(articles: Sequence[Article], *, threshold: float | None) -> Atlas:
    progress = _progress_bar() if sys.stderr.isatty() else iter
    if threshold is None:
        return geo.geoparse(articles, progress=progress)
    return geo.geoparse(articles, progress=progress, threshold=threshold)


def _progress_bar() -> Callable[[Iterable[Article]], Iterable[Article]]:
    """Return what shows in the terminal how far a loop over articles has come."""
    from rich.console import Console
    from rich.progress import track

    return functools.partial(track, description="Reading", console=Console(stderr=True), transient=True)


def _check_suffix(output: Path, suffixes: Sequence[str]) -> None:
    """Refuse, as wrong usage, a file of which the name does not say the format."""
    if output.suffix.lower() not in suffixes:
        raise click.BadParameter(
            f"{output} does not end in {' or '.join(suffixes)}, which says the format to write",
            param_hint="-o",
        )


def _check_output(output: Path, inputs: Sequence[str]) -> None:
    """Refuse an output that could not be written, before the work that it would lose."""
    try:
        obstacle = _obstacle(output)
    except OSError as error:
        raise OutputError(f"{output} cannot be written: {error.strerror}; write it in a folder of your own") from error
    if obstacle:
        raise OutputError(f"{output} {obstacle}")
    for name in inputs:
        if name != "-":
            _check_apart(output, Path(name))


def _obstacle(output: Path) -> str:
    """Return what makes `output` no file to be written and what to do, or ""; try to write beside it."""
    folder = output.resolve().parent
    if output.is_dir():
        return f"is a folder; name a file in it, such as {output / 'map.html'}"
    if output.exists() and not output.is_file():
        return "is no file that can be replaced; name another one"
    if not folder.is_dir():
        return f"cannot be written: there is no folder {folder}; make it first"
    with tempfile.TemporaryFile(dir=folder):
        pass
    if output.exists() and not os.access(output, os.W_OK):
        return "may not be changed; name another file"
    return ""


def _check_apart(output: Path, given: Path) -> None:
    """Refuse an output that is an input, or that would be one the next time."""
    from geo.articles import SUFFIXES

    is_same = is_inside = False
    with contextlib.suppress(OSError):  # what is in the way is told when it is read
        is_same = output.exists() and given.exists() and output.samefile(given)
        is_inside = given.is_dir() and output.resolve().is_relative_to(given.resolve())
    if is_same:
        raise OutputError(f"{output} is what is to be read, and would be lost; write to another file")
    if is_inside and output.suffix.lower() in SUFFIXES:
        raise OutputError(f"{output} lies in {given}, where it would be read as an article; write it in another folder")


def _summary(name: str, atlas: Atlas) -> str:
    """Return the line that says what was made."""
    placed = atlas.toponyms["place_id"] != ""
    without = len(atlas.articles) - atlas.toponyms.loc[placed, "article_id"].nunique()
    counts = (
        _count(len(atlas.articles), "article") + (f" ({without} without a place)" if without else ""),
        _count(len(atlas.places), "place"),
        _count(len(atlas.toponyms), "name"),
        f"{int((~placed).sum()):,} not placed",
    )
    return f"{name}: {', '.join(counts)}"


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" + ("" if number == 1 else "s")


_EXPLANATION = ("article_id", "start", "end", "name", "role", "place_id", "place", "score", "reason", "else")


def _explanations(flat: pd.DataFrame, toponyms: pd.DataFrame) -> Iterator[tuple[str, ...]]:
    """Yield the fields of :data:`_EXPLANATION` for each mention, each in one line and without tabs."""
    for row, alternatives in zip(flat.to_dict("records"), toponyms["alternatives"], strict=True):
        runners_up = (
            f"{_where(alternative)} {alternative['score']:.2f}"
            for alternative in json.loads(alternatives)[:_RUNNERS_UP]
        )
        fields = (
            row["article_id"],
            row["start"],
            row["end"],
            row["text"],
            row["role"],
            row["place_id"],
            _where(row),
            f"{row['score']:.2f}",
            row["reason"],
            "; ".join(runners_up),
        )
        yield tuple(" ".join(str(field).split()) for field in fields)


def _where(place: dict[Any, Any]) -> str:
    """Return the name of a place with the division and the country that it lies in."""
    parts = (place["name"], place["admin1"], place["country_code"])
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _print_tables(atlas: Atlas) -> None:
    """Print a table for each article to the terminal."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    flat = atlas.to_flat()
    for article_id, title in zip(atlas.articles["article_id"], atlas.articles["title"], strict=True):
        here = flat["article_id"] == article_id
        table = Table(title=Text(title), title_justify="left")
        for heading in ("name", "role", "place", "score", "why", "or else"):
            table.add_column(heading, justify="right" if heading == "score" else "left")
        for _, _, _, name, role, _, place, score, reason, runners_up in _explanations(flat[here], atlas.toponyms[here]):
            # As Text, since a name in brackets would be taken for markup.
            cells = (name, role, place or "not placed", score, reason, runners_up)
            table.add_row(*(Text(cell) for cell in cells))
        console.print(table)


def _print_data(lines: Iterable[str]) -> None:
    """Write lines to standard output, in UTF-8 whatever the machine's locale."""
    stdout = sys.stdout.buffer
    for line in lines:
        stdout.write(line.encode() + b"\n")
    stdout.flush()


def _say(message: str) -> None:
    """Print `message` to standard error as one line, without what a terminal would take for a command."""
    line = "".join(character if character.isprintable() else " " for character in message)
    click.echo(" ".join(line.split()), err=True)


def _fail(ctx: click.Context, error: BaseException, message: str) -> None:
    if ctx.meta.get(_VERBOSE):
        traceback.print_exception(error)
    _say(f"error: {message}")
    ctx.exit(1)


if __name__ == "__main__":
    main()
