"""The commands `dateline gazetteer install` and `remove`: all places of GeoNames, and back."""

# ruff: noqa: D301, PLC0415
# D301: \b in a docstring is click's own mark for lines that it leaves as they are.
# PLC0415: imports stand where they are needed, so that --help is quick.

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import click

from maps.cli.console import say, verbose_option
from maps.cli.gazetteer_build import tell
from maps.cli.gazetteer_steps import readable, steps_shown

if TYPE_CHECKING:
    from pathlib import Path

    from geo.gazetteer import Gazetteer
    from geo.gazetteer.dump import Report

_INTERRUPTED = 130
"""The exit status of a program that Ctrl-C ended, by the custom of shells: 128 + SIGINT."""

_SUGGESTED = 3


@click.command("install")
@click.option(
    "--countries", default="", metavar="CODES", help="Only these: ISO 3166-1 codes with commas between them (UA,RU)."
)
@click.option("--from", "base", metavar="URL", help="A mirror of GeoNames' dump.  [default: GeoNames itself]")
@click.option("--keep", is_flag=True, help="Keep what was downloaded, so that the next time only changes are.")
@verbose_option
def install_command(countries: str, base: str | None, *, keep: bool) -> None:
    """Download all places of GeoNames and use them.

    dateline comes with the places that newspapers name most. This brings
    every village, river and hill that GeoNames has, of all countries (about
    600 MB to download) or of some, to your data folder (dateline gazetteer
    info says where that is; DATELINE_DATA names another). It replaces what was
    installed before, once it is whole.

    A download that breaks off goes on where it stopped when the command is run
    again. Where this machine has no network, fetch the files elsewhere and use
    dateline gazetteer build.

    \b
    Examples:
      dateline gazetteer install --countries UA,RU
      dateline gazetteer install
      dateline gazetteer install --from https://mirror.example/geonames/dump/
    """
    from geo.gazetteer.download import GEONAMES
    from geo.gazetteer.storage import alone

    codes = country_codes(countries)
    with alone(f"installing {', '.join(codes) or 'all countries'}"):
        try:
            report = _install(codes, base or GEONAMES, keep=keep)
        except KeyboardInterrupt:
            say(
                "error: interrupted; the gazetteer is as it was, and what was downloaded is kept: "
                "run the same command again to go on, or dateline gazetteer remove to throw it away"
            )
            click.get_current_context().exit(_INTERRUPTED)
    tell(report, is_installed=True)


def _install(codes: tuple[str, ...], base: str, *, keep: bool) -> Report:
    from geo.gazetteer.download import download, dump_folder
    from geo.gazetteer.dump import build_from_dump
    from geo.gazetteer.storage import installed_path
    from geo.gazetteer.transfer import Transfer

    folder = dump_folder()
    with steps_shown() as show:
        download(folder, codes, base=base, transfer=Transfer(told=say), progress=show)
        report = build_from_dump(
            folder, installed_path(), progress=lambda step: show(step.doing, step.done, step.total)
        )
    if not keep:
        shutil.rmtree(folder)
    return report


def country_codes(given: str) -> tuple[str, ...]:
    """Return the ISO 3166-1 alpha-2 codes in a list with commas; refuse, as wrong usage, what is none."""
    from geo.gazetteer import Gazetteer
    from geo.gazetteer.contents import countries
    from geo.gazetteer.storage import EMBEDDED

    words = [word.strip() for word in given.split(",") if word.strip()]
    if not words:
        if given:
            raise click.BadParameter(
                f"{given!r} names no country; write codes, such as UA,RU", param_hint="--countries"
            )
        return ()
    known = countries(EMBEDDED)
    for word in words:
        if word.upper() not in known:
            with Gazetteer.open(EMBEDDED) as gazetteer:
                near = _nearest(word, known, gazetteer)
            raise click.BadParameter(
                f"{word} is no ISO 3166-1 code of a country; "
                + (f"did you mean {' or '.join(near)}?" if near else "write codes of two letters, such as UA,RU"),
                param_hint="--countries",
            )
    return tuple(dict.fromkeys(word.upper() for word in words))


def _nearest(word: str, known: dict[str, str], gazetteer: Gazetteer) -> list[str]:
    """Return the countries that `word` is a name or an abbreviation of, else those with a code like it."""
    import difflib

    named = [
        candidate.place.country_code
        for candidate in gazetteer.lookup(word)
        if candidate.place.country_code in known and candidate.place.feature_code.startswith(("PCL", "TERR"))
    ]
    alike = difflib.get_close_matches(word.upper(), known, n=_SUGGESTED, cutoff=0.5)
    return [f"{code} ({known[code]})" for code in list(dict.fromkeys(named or alike))[:_SUGGESTED]]


@click.command("remove")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@verbose_option
def remove_command(*, yes: bool) -> None:
    """Go back to the gazetteer that dateline came with.

    Removes the one that install or build made, and what was downloaded for it.

    \b
    Examples:
      dateline gazetteer remove
      dateline gazetteer remove --yes
    """
    from geo.errors import GazetteerError
    from geo.gazetteer.download import dump_folder
    from geo.gazetteer.storage import EMBEDDED, alone, installed_path

    there = [path for path in (installed_path(), dump_folder()) if path.exists()]
    if not there:
        say(f"nothing is installed; in use is what dateline came with: {EMBEDDED}")
        return
    sizes = " and ".join(f"{path} ({readable(_size(path))})" for path in there)
    if not yes:
        click.confirm(f"Remove {sizes}?", abort=True, err=True)
    with alone("removing the installed gazetteer"):
        for path in there:
            try:
                shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
            except OSError as error:
                raise GazetteerError(
                    f"{error.filename or path} cannot be removed: {error.strerror}; end what uses it and try again"
                ) from error
    say(f"removed {sizes}; in use is what dateline came with: {EMBEDDED}")


def _size(path: Path) -> int:
    """Return how many bytes a file has, or all files in a folder."""
    return sum(file.stat().st_size for file in (path.rglob("*") if path.is_dir() else [path]) if file.is_file())
