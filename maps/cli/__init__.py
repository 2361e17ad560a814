"""The `dateline` command: parses what was asked, and lets `geo` and `maps` do it.

Data goes to standard output; progress, warnings and what was made go to
standard error. What goes wrong is one line there and the exit status 1 (2 for
wrong usage, 130 when interrupted).
"""

# ruff: noqa: D301
# \b in a docstring is click's own mark for lines that it leaves as they are.

from __future__ import annotations

import errno
from importlib import metadata
from typing import Any

import click

from geo.errors import DatelineError
from maps.cli.console import fail, say, verbose_option
from maps.cli.evaluate import evaluate_command
from maps.cli.gazetteer import gazetteer_commands
from maps.cli.reading import explain_command, map_command, places_command

_INTERRUPTED = 130
"""The exit status of a program that Ctrl-C ended, by the custom of shells: 128 + SIGINT."""


class _Dateline(click.Group):
    """The command as a whole, which turns what goes wrong into a line and an exit status."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - the signature is click's
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            say("error: interrupted; nothing was left half-written")
            ctx.exit(_INTERRUPTED)
        except DatelineError as error:
            fail(ctx, error, str(error))
        except MemoryError as error:
            fail(ctx, error, "there is not enough memory for this; give fewer or shorter articles at a time")
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:  # the last place where an error can become a line
            if isinstance(error, OSError) and error.errno == errno.EPIPE:
                raise  # whoever reads our output has had enough, which click ends quietly
            fail(
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


@click.group(cls=_Dateline, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_version, help="Show the version.")
@verbose_option
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


for _command in (map_command, places_command, explain_command, gazetteer_commands, evaluate_command):
    main.add_command(_command)
