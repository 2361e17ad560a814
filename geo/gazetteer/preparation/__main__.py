"""Makes all products of this package; see its docstring."""

from __future__ import annotations

import argparse
import csv
import sys
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas
import shapely

from geo.gazetteer.areas import AREAS
from geo.gazetteer.preparation import basemap, coverage, iso, naming, points, sources
from geo.gazetteer.preparation.assign import assign_units
from geo.gazetteer.preparation.topology import Topology, write_topology
from geo.gazetteer.preparation.units import read_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from geo.gazetteer.preparation.units import Unit

TABLES = AREAS.parent
BASEMAP = Path(__file__).parents[3] / "maps" / "world.json.gz"

CLEAN_GRID = 1e-4  # degrees: Natural Earth's own 1:10,000,000 is far coarser
GRID = 0.005  # degrees, about 550 m
TOLERANCE = 0.03  # degrees: the side of the smallest triangle that the outlines keep
SMALLEST_ISLET = 0.0003  # square degrees, about 4 km²

ADMIN1_COLUMNS = ("geonames_id", "country_code", "admin1_code", "iso3166_2", "name", "base", "type", "lon", "lat")
COUNTRY_COLUMNS = ("country_code", "geonames_id", "name", "lon", "lat")


def main() -> None:
    """Read the sources, write the four files, and say what is missing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--geonames", type=Path, required=True, help="folder of admin1CodesASCII.txt, countryInfo.txt")
    parser.add_argument("--natural-earth", type=Path, required=True, help="world_map.gpkg of Debian's qgis-common")
    options = parser.parse_args()
    prepare(options.geonames, options.natural_earth)


def prepare(geonames: Path, natural_earth: Path) -> None:
    """Make the tables, the areas and the basemap from the lists and the map at these paths."""
    divisions = tuple(sources.read_divisions(geonames / "admin1CodesASCII.txt"))
    countries = tuple(sources.read_countries(geonames / "countryInfo.txt"))
    cities = tuple(sources.read_cities())
    names = tuple(naming.name_divisions(divisions))
    country_names = tuple(naming.name_countries(countries))
    towns = iso.Towns(cities)
    subdivisions = iso.match_subdivisions(divisions, names, sources.read_subdivisions(), towns)

    units = assign_units(tuple(read_units(natural_earth)), divisions, names, subdivisions=subdivisions, cities=cities)
    clean = coverage.snap([unit.geometry for unit in units], grid=CLEAN_GRID)
    division_ids = {(d.country_code, d.code): f"geonames:{d.geonames_id}" for d in divisions}
    country_ids = {c.code: f"geonames:{c.geonames_id}" for c in countries}
    areas = write_areas(AREAS, units, clean, division_ids, country_ids)

    label = points.country_points(countries, areas=areas, cities=cities)
    write_table(
        TABLES / "countries.csv",
        COUNTRY_COLUMNS,
        sorted((c.code, c.geonames_id, n, *label[c.code]) for c, n in zip(countries, country_names, strict=True)),
    )
    places = tuple(
        points.division_points(
            divisions, areas=areas, subdivisions=subdivisions, towns=towns, cities=cities, countries=label
        )
    )
    write_table(
        TABLES / "admin1.csv",
        ADMIN1_COLUMNS,
        sorted(
            (
                (
                    d.geonames_id,
                    d.country_code,
                    d.code,
                    subdivisions[d.country_code, d.code].code if (d.country_code, d.code) in subdivisions else "",
                    *(n.name, n.base, n.type),
                    *point,
                )
                for d, n, (point, _origin) in zip(divisions, names, places, strict=True)
            ),
            key=lambda row: (row[1], row[2]),
        ),
    )
    disputed = geopandas.read_file(natural_earth, layer="disputed_borders").geometry
    write_topology(
        BASEMAP,
        basemap.make_basemap(
            clean,
            country_codes=[unit.country_code for unit in units],
            divisions=[unit.division for unit in units],
            countries=[(c, n, label[c.code]) for c, n in zip(countries, country_names, strict=True)],
            cities=cities,
            disputed=list(disputed),
        ),
    )
    sys.stdout.write(
        report(divisions, countries, areas, [origin for _point, origin in places], coded=len(subdivisions))
    )


def write_areas(
    path: Path,
    units: Sequence[Unit],
    polygons: NDArray[np.object_],
    division_ids: dict[tuple[str, str], str],
    country_ids: dict[str, str],
) -> dict[str, shapely.Geometry]:
    """Write the areas of divisions and countries to `path`; return them by the id of their place."""
    simple = coverage.without_islets(polygons, smallest=SMALLEST_ISLET)
    simple = coverage.snap(shapely.coverage_simplify(simple, TOLERANCE), grid=GRID)
    of_division = [division_ids.get((unit.country_code, unit.division), "") for unit in units]
    areas = coverage.dissolve(simple, of_division)
    areas |= coverage.dissolve(simple, [country_ids[unit.country_code] for unit in units])
    estimated = {place for place, unit in zip(of_division, units, strict=True) if unit.approximate}
    topology = Topology(grid=GRID)
    topology.announce(simple)
    geometries = [
        {**topology.polygon(area), "id": place, **({"properties": {"approximate": True}} if place in estimated else {})}
        for place, area in sorted(areas.items())
    ]
    write_topology(path, topology.document({"areas": {"type": "GeometryCollection", "geometries": geometries}}))
    return areas


def write_table(path: Path, columns: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> None:
    """Write `rows` under `columns` to `path`, in UTF-8 with Unix line ends."""
    beside = path.with_name(path.name + ".part")
    with beside.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.writer(lines, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows(rows)
    beside.replace(path)


def report(
    divisions: Sequence[sources.Division],
    countries: Sequence[sources.Country],
    areas: dict[str, shapely.Geometry],
    origins: Sequence[str],
    *,
    coded: int,
) -> str:
    """Return in words how much of the world the products cover, and which divisions have no area."""
    without = [d for d in divisions if f"geonames:{d.geonames_id}" not in areas]
    unseen = [c.code for c in countries if f"geonames:{c.geonames_id}" not in areas]
    lines = [
        f"{len(divisions)} divisions, {coded} with a code of ISO 3166-2; points from {dict(Counter(origins))}",
        f"{len(without)} divisions without an area; countries without one: {' '.join(unseen)}",
    ]
    by_country: dict[str, list[str]] = defaultdict(list)
    for division in without:
        by_country[division.country_code].append(division.name)
    population = {country.code: country.population for country in countries}
    for code, names in sorted(by_country.items(), key=lambda item: -population[item[0]]):
        lines.append(f"  {code}: {', '.join(names)}")
    lines.extend(f"{path.name}: {path.stat().st_size / 1000:.0f} kB" for path in (AREAS, BASEMAP))
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
