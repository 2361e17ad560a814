"""Makes ``tables/counties.gz``: the areas of the counties of the United States and Puerto Rico's municipios.

The outlines are the U.S. Census Bureau's cartographic boundaries of 2017, a
work of the federal government and so in the public domain, as the npm package
``us-atlas`` 3.0.1 (ISC) carries them. A county's FIPS code (FIPS 6-4) is its code
at GeoNames too, whose lists give the id: counties are its second-order
divisions of US, municipios its first-order divisions of PR. The file has the
form that :mod:`geo.gazetteer.areas` tells. Run by hand, before
:mod:`geo.gazetteer.preparation.admin2`, which takes the counties' points from it::

    npm pack us-atlas@3.0.1 && tar xzf us-atlas-3.0.1.tgz
    python -m geo.gazetteer.preparation.counties package/counties-10m.json --geonames DIRECTORY

The areas are not cut to the states' in ``tables/areas.gz``. Those are Natural
Earth's, simplified three times as hard, and leave 0.9 % of the counties' ground
outside its state: cutting would cost Accomack County on Virginia's Eastern
Shore 99 % of its own, Kalawao County in Hawaii half. So counties agree among
themselves to the point, and with their state to a few kilometres.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas
import numpy as np
import shapely

from geo.gazetteer.areas import COUNTIES
from geo.gazetteer.names import normalise
from geo.gazetteer.preparation import coverage
from geo.gazetteer.preparation.topology import Topology, write_topology

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

CLEAN_GRID = 1e-4  # degrees: the package's own grid is coarser, 0.0036 in longitude and 0.0009 in latitude
GRID = 0.0025  # degrees, about 250 m: the smallest independent cities of Virginia are 2 km across
TOLERANCE = 0.01  # degrees: the side of the smallest triangle that the outlines keep


@dataclass(frozen=True, slots=True)
class County:
    """A county or its like (parish, borough, census area, independent city, municipio) at GeoNames.

    ``admin1_code`` is GeoNames' code of its state; a municipio's own, as it lies in no other division.
    """

    fips: str
    admin1_code: str
    name: str
    geonames_id: int


FORMER = (
    # Planning regions took the place of Connecticut's counties in the federal lists in 2022, not in the newspapers.
    County("09001", "CT", "Fairfield County", 4834162),
    County("09003", "CT", "Hartford County", 4835806),
    County("09005", "CT", "Litchfield County", 4837802),
    County("09007", "CT", "Middlesex County", 4838627),
    County("09009", "CT", "New Haven County", 4839373),
    County("09011", "CT", "New London County", 4839420),
    County("09013", "CT", "Tolland County", 4844275),
    County("09015", "CT", "Windham County", 4845904),
    # Divided in 2019.
    County("02261", "AK", "Valdez-Cordova Census Area", 5877395),
)
"""Counties of the outlines that GeoNames' lists no longer have, with the ids that they had there."""


def main() -> None:
    """Read the outlines and GeoNames' lists, write the areas, and say what is missing."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("atlas", type=Path, help="counties-10m.json of the npm package us-atlas")
    parser.add_argument(
        "--geonames", type=Path, required=True, help="folder of admin1CodesASCII.txt and admin2Codes.txt"
    )
    options = parser.parse_args()
    prepare(options.atlas, options.geonames)


def prepare(atlas: Path, geonames: Path, *, target: Path = COUNTIES) -> None:
    """Write the areas of the counties in `atlas` to `target`, under the ids of the lists in `geonames`."""
    states = geopandas.read_file(atlas, layer="states", ignore_geometry=True)
    state_fips = dict(zip(states["name"], states["id"], strict=True))
    known = {county.fips: county for county in (*read_counties(geonames, state_fips), *FORMER)}
    codes, names, outlines = read_outlines(atlas)
    _confirm(codes, names, known)
    simple = coverage.snap(shapely.make_valid(outlines, method="structure", keep_collapsed=False), grid=CLEAN_GRID)
    simple = coverage.snap(shapely.coverage_simplify(simple, TOLERANCE), grid=GRID)
    places = [f"geonames:{known[code].geonames_id}" if code in known else "" for code in codes]
    areas = coverage.dissolve(simple, places)
    topology = Topology(grid=GRID)
    topology.announce(areas.values())
    geometries = [{**topology.polygon(area), "id": place} for place, area in sorted(areas.items())]
    write_topology(target, topology.document({"areas": {"type": "GeometryCollection", "geometries": geometries}}))

    unknown = [f"{name} ({code})" for code, name in zip(codes, names, strict=True) if code not in known]
    without = [f"{c.name} ({c.fips})" for c in known.values() if f"geonames:{c.geonames_id}" not in areas]
    sys.stderr.write(
        f"{target.name}: {len(areas)} areas, {target.stat().st_size / 1000:.0f} kB\n"
        f"outlines left out, as GeoNames lists no county for them: {', '.join(unknown)}\n"
        f"counties left without an area: {', '.join(without)}\n"
    )


def read_counties(geonames: Path, state_fips: Mapping[str, str]) -> Iterator[County]:
    """Yield the counties of the states and the municipios of Puerto Rico from GeoNames' lists.

    Parameters
    ----------
    geonames
        The folder of ``admin1CodesASCII.txt`` and ``admin2Codes.txt``.
    state_fips
        The FIPS code of each state by its name.
    """
    fips: dict[str, str] = {}
    for full_code, name, geonames_id in _listed(geonames / "admin1CodesASCII.txt"):
        country_code, code = full_code.split(".", 1)
        if country_code == "US" and name in state_fips:
            fips[code] = state_fips[name]
        elif country_code == "PR":
            yield County(state_fips["Puerto Rico"] + code, code, name, geonames_id)
    for full_code, name, geonames_id in _listed(geonames / "admin2Codes.txt"):
        country_code, state, code = full_code.split(".", 2)
        if country_code == "US":
            yield County(fips[state] + code, state, name, geonames_id)


def _listed(path: Path) -> Iterator[tuple[str, str, int]]:
    """Yield code, name and id of a list of divisions as GeoNames publishes it."""
    for line in path.read_text(encoding="utf-8").splitlines():
        full_code, name, _ascii_name, geonames_id = line.split("\t")
        yield full_code, name, int(geonames_id)


def read_outlines(atlas: Path) -> tuple[list[str], list[str], np.ndarray]:
    """Return the FIPS codes, names and polygons of ``counties-10m.json``, sorted by code."""
    table = geopandas.read_file(atlas, layer="counties").sort_values("id")
    return table["id"].tolist(), table["name"].tolist(), np.asarray(table.geometry.array, dtype=object)


def _confirm(codes: Sequence[str], names: Sequence[str], known: Mapping[str, County]) -> None:
    """Raise ValueError if a code means another county in the outlines than at GeoNames."""
    for code, name in zip(codes, names, strict=True):
        if code in known and _letters(name) not in _letters(known[code].name):
            raise ValueError(
                f"FIPS {code} is {name!r} in the outlines and {known[code].name!r} at GeoNames. "
                "If it was renamed, allow for it in counties.py; if the code was given anew, add it to FORMER."
            )


def _letters(name: str) -> str:
    return normalise(name).replace(" ", "")  # De Witt and DeWitt


if __name__ == "__main__":
    main()
