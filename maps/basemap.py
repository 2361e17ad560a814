"""The basemap's data: land, borders and names, from the file beside this module.

`world.json.gz` is a TopoJSON of Natural Earth (public domain) with the names
of countries from CLDR and of cities from GeoNames. The page carries the file's
own bytes and unpacks them, so nothing is decoded here but the names.
"""

from __future__ import annotations

import base64
import gzip
import json
from functools import cache
from pathlib import Path

from geo.errors import OutputError

WORLD = Path(__file__).with_name("world.json.gz")


def world_bytes() -> bytes:
    """Return the packed basemap.

    Raises
    ------
    OutputError
        Where the file is missing, so that no page can be made.
    """
    try:
        return WORLD.read_bytes()
    except OSError as error:
        raise OutputError(
            f"The basemap {WORLD} cannot be read ({error.strerror}), so no map can be drawn. "
            "The installation is incomplete: reinstall dateline."
        ) from error


@cache
def world_base64() -> str:
    """Return the packed basemap as the text that stands in the page."""
    return base64.b64encode(world_bytes()).decode("ascii")


@cache
def country_names() -> dict[str, str]:
    """Return the English names of countries by ISO 3166-1 alpha-2 code."""
    world = json.loads(gzip.decompress(world_bytes()))
    named = (shape.get("properties", {}) for shape in world["objects"]["countries"]["geometries"])
    return {one["code"]: one["name"] for one in named if one.get("code")}
