"""The commands about the gazetteer: `dateline gazetteer …`."""

# ruff: noqa: PLC0415
# D301: \b in a docstring is click's own mark for lines that it leaves as they are.
# PLC0415: imports stand where they are needed, so that --help is quick.

from __future__ import annotations

import click

from maps.cli.console import verbose_option


@click.group("gazetteer")
def gazetteer_commands() -> None:
    """Tell about the gazetteer of places."""


@gazetteer_commands.command()
@verbose_option
def info() -> None:
    """Show what the gazetteer holds and what it was made from."""
    from geo.gazetteer import Gazetteer

    with Gazetteer.open() as opened:
        about = {"path": str(opened.path), **opened.about()}
    for item, value in about.items():
        click.echo(f"{item}: {int(value):,}" if value.isdecimal() else f"{item}: {value}")
