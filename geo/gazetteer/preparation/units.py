"""Natural Earth's first-order units, each under the country that ISO 3166-1 gives it.

Natural Earth draws who holds a place; ISO 3166 says whose it is. Where they
differ the unit goes where ISO 3166 has it, and a unit that only partly differs
is cut first: the Golan Heights along the disputed line, Western Sahara along
27°40′ N, which is its border.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import geopandas
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

# Natural Earth's own code (gu_a3) of what it lists under no ISO code or under its sovereign's.
# "" leaves a unit out: reefs that several states claim, and a rock without a code.
_BY_GEO_UNIT = {
    "SOL": "SO",  # Somaliland
    "CYN": "CY",  # Northern Cyprus
    "ESB": "CY",  # the British bases: GeoNames, which the towns follow, has them in Cyprus
    "WSB": "CY",
    "USG": "CU",  # Guantanamo Bay
    "KAB": "KZ",  # Baikonur
    "KAS": "IN",  # Siachen
    "CCK": "CC",
    "CXR": "CX",
    "GUF": "GF",
    "GLP": "GP",
    "MTQ": "MQ",
    "REU": "RE",
    "MYT": "YT",
    "NSV": "SJ",
    "BVT": "BV",
    "CLP": "",  # Clipperton
    "PGA": "",  # Spratly Islands
    "PFA": "",  # Paracel Islands
}
_BY_NAME = {
    ("RU", "Crimea"): "UA",  # UA-43
    ("RU", "Sevastopol"): "UA",  # UA-40
    ("NL", "Bonaire"): "BQ",
    ("NL", "St. Eustatius"): "BQ",
    ("NL", "Saba"): "BQ",
    ("MA", "Oued el Dahab"): "EH",
}
# The divisions of units whose towns and names do not tell.
_DIVISIONS = {
    ("IN", "Dadra and Nagar Haveli"): "52",
    ("IN", "Daman and Diu"): "52",
    ("MD", "Stîngă Nistrului"): "58",
}
_WESTERN_SAHARA_NORTH = 27 + 40 / 60


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of a country; ``division`` is the GeoNames code of its division, "" for none.

    ``approximate`` says that a part of its outline was estimated.
    """

    country_code: str
    names: tuple[str, ...]
    fips: str
    geometry: BaseGeometry
    division: str = ""
    approximate: bool = False


def read_units(path: Path) -> Iterator[Unit]:
    """Yield the units of ``states_provinces`` of Natural Earth's GeoPackage at `path`."""
    table = geopandas.read_file(path, layer="states_provinces").fillna("")
    disputed = geopandas.read_file(path, layer="disputed_borders")
    golan = disputed.loc[disputed["name"] == "Syrian claim"].geometry.union_all()
    columns = [table[name].tolist() for name in ("iso_a2", "gu_a3", "name", "woe_name", "gn_name", "fips")]
    for geometry, iso_a2, geo_unit, name, *other_names, fips in zip(table.geometry, *columns, strict=True):
        code = _BY_GEO_UNIT.get(geo_unit, _BY_NAME.get((iso_a2, name), iso_a2))
        if code == "":
            continue
        if code == "-1":
            raise ValueError(f"Natural Earth lists {name!r} ({geo_unit}) under no country. Add it to units.py.")
        names = tuple(dict.fromkeys(spelling for spelling in (name, *other_names) if spelling))
        # "UP07" is 07; some codes are followed by more.
        own_fips = fips[2:4] if fips[2:4].isdigit() else fips[2:]
        unit = Unit(code, names, own_fips, geometry, division=_DIVISIONS.get((code, name), ""))
        if (code, name) == ("IL", "HaZafon"):
            yield from _cut_golan(unit, golan)
        elif code == "MA":
            yield from _cut_western_sahara(unit)
        else:
            yield unit


def _cut_golan(unit: Unit, line: shapely.Geometry) -> Iterator[Unit]:
    # The line stops a hair short of the outline; on a grid of about 10 m they meet.
    lines = shapely.union_all([unit.geometry.boundary, line], grid_size=1e-4)
    pieces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    if len(pieces) == 1:
        raise ValueError("The disputed line no longer cuts the Golan Heights from Israel's north. See units.py.")
    easternmost = max(pieces, key=lambda piece: piece.bounds[2])
    yield replace(unit, geometry=shapely.union_all([piece for piece in pieces if piece is not easternmost]))
    yield Unit("SY", ("Quneitra",), "03", easternmost)


def _cut_western_sahara(unit: Unit) -> Iterator[Unit]:
    west, south, east, north = unit.geometry.bounds
    if south >= _WESTERN_SAHARA_NORTH:
        yield unit
        return
    inside = shapely.box(west - 1, south - 1, east + 1, _WESTERN_SAHARA_NORTH)
    yield Unit("EH", ("Western Sahara",), "", shapely.intersection(unit.geometry, inside))
    if north > _WESTERN_SAHARA_NORTH:
        yield replace(unit, geometry=shapely.difference(unit.geometry, inside))
