"""Makes ``tables/admin2.csv``, the second-order divisions: counties, districts, raions.

The identifiers and names are GeoNames' (``admin2Codes.txt`` of its dump,
CC BY 4.0). The point is the middle of the division's area where
``tables/counties.gz`` has it, and else the mean of its populated places, which
is the nearest to GeoNames' own point that the data packages allow. Run by hand
when the pinned packages change, after :mod:`geo.gazetteer.preparation.counties`::

    python -m geo.gazetteer.preparation.admin2 admin2Codes.txt
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

import shapely

from geo.gazetteer.areas import COUNTIES, read_areas
from geo.gazetteer.names import normalise
from geo.gazetteer.preparation.counties import FORMER
from geo.gazetteer.preparation.points import middle
from geo.gazetteer.sources import City, cities
from geo.gazetteer.tables import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

COLUMNS = ("geonames_id", "country_code", "admin1_code", "name", "lon", "lat", "population")
_GENERIC = {"raion", "rayon", "district", "county", "municipality", "province", "department", "oblast", "kreis"}

_Division = tuple[int, str, str, str]


def _bare(name: str) -> str:
    words = normalise(name).split()
    return " ".join(word for word in words if word not in _GENERIC) or " ".join(words)


def _divisions(codes: Path) -> Iterator[_Division]:
    """Yield id, country, first-order code and name of GeoNames' list, and of the counties that it had before."""
    for line in codes.read_text(encoding="utf-8").splitlines():
        code, name, _ascii, geonames_id = line.split("\t")
        country_code, admin1_code, _ = code.split(".", 2)
        yield int(geonames_id), country_code, admin1_code, name
    for county in FORMER:
        yield county.geonames_id, "US", county.admin1_code, county.name


def make_rows(
    divisions: Sequence[_Division], *, towns: Sequence[City], areas: Mapping[int, shapely.Geometry]
) -> list[tuple[object, ...]]:
    """Return the rows of the table, sorted by id.

    Parameters
    ----------
    divisions
        Id, country code, first-order code and name of each.
    towns
        Populated places, with the name of the second-order division that each lies in.
    areas
        Areas in degrees, EPSG:4326, by id.

    Returns
    -------
    list of tuple
        As :data:`COLUMNS`. Population is that of the towns that name the
        division as theirs; if none does, of those that lie in its area. A
        division with neither towns nor an area has no row.
    """
    members: dict[tuple[str, str, str], list[City]] = defaultdict(list)
    for town in towns:
        if town.admin2:
            members[town.country_code, town.admin1_code, _bare(town.admin2)].append(town)
    tree = shapely.STRtree([shapely.Point(town.lon, town.lat) for town in towns])
    rows: list[tuple[object, ...]] = []
    for geonames_id, country_code, admin1_code, name in divisions:
        own = members.pop((country_code, admin1_code, _bare(name)), [])
        area = areas.get(geonames_id)
        if area is not None:
            lon, lat = middle(area)
            own = own or [towns[index] for index in tree.query(area, predicate="intersects")]
        elif own:
            lon, lat = fmean(town.lon for town in own), fmean(town.lat for town in own)
        else:
            continue
        people = sum(town.population for town in own)
        rows.append((geonames_id, country_code, admin1_code, name, f"{lon:.4f}", f"{lat:.4f}", people))
    return sorted(rows)


def main() -> None:
    """Write the table from GeoNames' list, the pinned packages and the areas of counties."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("codes", type=Path, help="admin2Codes.txt of GeoNames' dump")
    divisions = tuple(_divisions(parser.parse_args().codes))
    areas = {int(place.partition(":")[2]): shapely.from_wkb(wkb) for place, wkb in read_areas(COUNTIES)}
    rows = make_rows(divisions, towns=tuple(cities()), areas=areas)
    beside = TABLES / "admin2.csv.part"
    with beside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows(rows)
    beside.replace(TABLES / "admin2.csv")
    without = len(divisions) - len(rows)
    sys.stderr.write(f"{len(rows)} divisions written, {without} with neither towns nor an area left out\n")


if __name__ == "__main__":
    main()
