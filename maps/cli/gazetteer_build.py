"""The command `dateline gazetteer build`: GeoNames' dump, from files on disk."""

# ruff: noqa: D301, PLC0415
# D301: \b in a docstring is click's own mark for lines that it leaves as they are.
# PLC0415: imports stand where they are needed, so that --help is quick.

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maps.cli.console import count, say, verbose_option
from maps.cli.gazetteer_steps import steps_shown
from maps.cli.output import check_output

if TYPE_CHECKING:
    from geo.gazetteer.dump import Report


@click.command("build")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    *("-o", "--output"),
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The index to write. By default it goes to your data folder, where dateline uses it from then on.",
)
@verbose_option
def build_command(folder: Path, output: Path | None) -> None:
    """Make a gazetteer of GeoNames' files in DIR.

    dateline comes with the places that newspapers name most. This adds all
    that GeoNames has: in DIR lies its dump, as GeoNames serves it at
    download.geonames.org/export/dump, unpacked or as .zip. (dateline gazetteer
    install downloads the files and builds in one go.)

    \b
    Needed, the places:
      allCountries.zip               of all countries, or
      UA.zip, RU.zip, ...            of some
    Better with, and told if it is missing:
      admin1CodesASCII.txt           the provinces and states they lie in
      admin2Codes.txt                the counties and districts
      alternateNamesV2.zip           more names, with their language and kind
        or alternatenames/UA.zip, ...
      hierarchy.zip                  the town that a quarter lies in
      countryInfo.txt                the countries' codes

    All countries take 10 minutes or more, under 600 MB of memory and, while it
    lasts, about three times the size of the unpacked files on disk. The old
    gazetteer stays in use until the new one is whole.

    \b
    Examples:
      dateline gazetteer build ~/geonames
      dateline gazetteer build ~/geonames -o ukraine.sqlite
    """
    from geo.gazetteer.dump import build_from_dump
    from geo.gazetteer.storage import alone, installed_path

    if output is not None:
        check_output(output, ())
    target = output or installed_path()
    # What goes to the data folder waits for nobody: two builds at once would only do the work twice.
    with alone(f"building from {folder}") if output is None else nullcontext(), steps_shown() as show:
        report = build_from_dump(folder, target, progress=lambda step: show(step.doing, step.done, step.total))
    tell(report, is_installed=output is None)


def tell(report: Report, *, is_installed: bool) -> None:
    """Say what was built, what was left out and lost, and how to go back.

    Parameters
    ----------
    report
        What was built.
    is_installed
        Whether dateline uses it from now on.
    """
    for lost in report.lost:
        say(f"note: {lost}")
    if report.malformed:
        say(
            f"warning: {count(report.malformed, 'line')} could not be read and "
            f"{'was' if report.malformed == 1 else 'were'} left out: {'; '.join(report.problems)}"
            + ("; …" if report.malformed > len(report.problems) else "")
        )
    parts = (
        f"{count(report.places, 'place')} ({report.new_places:,} new)",
        count(report.names, "name"),
        f"GeoNames of {report.dump_date}",
        f"{report.size / 1e6:,.0f} MB",
        f"{report.seconds:.0f} s",
    )
    use = "in use from now on (to go back: dateline gazetteer remove)" if is_installed else "not in use where it is"
    say(f"{report.target}: {', '.join(parts)}; {use}")
