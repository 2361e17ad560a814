"""The commands about the gazetteer: `dateline gazetteer …`, each in a module of its own."""

# ruff: noqa: D301
# \b in a docstring is click's own mark for lines that it leaves as they are.

from __future__ import annotations

import click

from maps.cli.gazetteer_build import build_command
from maps.cli.gazetteer_find import find_command
from maps.cli.gazetteer_info import info_command
from maps.cli.gazetteer_install import install_command, remove_command


@click.group("gazetteer")
def gazetteer_commands() -> None:
    """Tell about the gazetteer of places, and enlarge it.

    The gazetteer is what dateline knows of names and places. It comes with
    the places that newspapers name most, and can be given all of GeoNames.

    \b
    Examples:
      dateline gazetteer info
      dateline gazetteer find "San José" --limit 5
      dateline gazetteer install --countries UA,RU
      dateline gazetteer build ~/geonames
      dateline gazetteer remove
    """


for _command in (info_command, find_command, install_command, build_command, remove_command):
    gazetteer_commands.add_command(_command)
