"""The basemap's data: land, borders and names, from the file beside this module.

`world.json.gz` is a TopoJSON of Natural Earth (public domain) with the names
of countries from CLDR and of cities from GeoNames. The page carries the same
lines and names in a smaller form; see `maps.packing`.
"""

from __future__ import annotations

import base64
import gzip
import json
import zlib
from functools import cache
from pathlib import Path
from typing import Any

from geo.errors import OutputError
from maps.packing import pack

WORLD = Path(__file__).with_name("world.json.gz")


@cache
def world() -> dict[str, Any]:
    """Return the basemap as TopoJSON.

    Raises
    ------
    OutputError
        Where the file is missing or damaged, so that no page can be made.
    """
    try:
        return json.loads(gzip.decompress(WORLD.read_bytes()))  # type: ignore[no-any-return]
    except (OSError, EOFError, ValueError, zlib.error) as error:
        why = error.strerror if isinstance(error, OSError) and error.strerror else "it is damaged"
        raise OutputError(
            f"The basemap {WORLD} cannot be read ({why}), so no map can be drawn. "
            "The installation is incomplete: reinstall dateline."
        ) from error


@cache
def world_base64() -> str:
    """Return the packed basemap as the text that stands in the page."""
    return base64.b64encode(pack(world())).decode("ascii")


@cache
def country_names() -> dict[str, str]:
    """Return the English names of countries by ISO 3166-1 alpha-2 code."""
    named = (shape.get("properties", {}) for shape in world()["objects"]["countries"]["geometries"])
    return {one["code"]: one["name"] for one in named if one.get("code")}
