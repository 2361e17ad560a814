"""Makes the page's own basemap, ``maps/world.json.gz``: land, borders and names.

TopoJSON with the objects ``countries`` (polygons; ``code``, ``name``, ``label``
[lon, lat], ``rank`` 1 to 6), ``borders`` (between countries, on land),
``provinces`` (a multiline for each country: the borders between its
divisions) and ``disputed``; and the member ``cities``, rows of [lon, lat,
name, rank 1 to 6, 1 if a capital, country code].
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from geo.gazetteer.preparation import coverage
from geo.gazetteer.preparation.iso import key
from geo.gazetteer.preparation.topology import Topology

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from geo.gazetteer.preparation.sources import City, Country

GRID = 0.02  # degrees: a tenth of the distance between two points of an outline
TOLERANCE = 0.06  # degrees: the side of the smallest triangle that the outlines keep,
INNER_TOLERANCE = 0.16  # and that the borders between divisions keep
SMALLEST_ISLAND = 0.006  # square degrees, about 75 km²
SMALLEST_DIVISION = 0.03  # square degrees; divisions that are smaller on average (Slovenia's) only clutter
CITIES = 2500
LONE_CITY = 50_000  # people; the largest city of a division is shown from this size on
APART = 0.15  # degrees; of two cities closer than this the smaller is a part or a suburb

# Ranks: which labels win where there is not room for all. Countries by the mean of the logarithms
# of square kilometres and of people, cities by people; a capital stands as if it had five times as many.
_COUNTRY_RANKS = (7.0, 6.6, 6.1, 5.5, 4.4)
_CITY_RANKS = (15_000_000, 5_000_000, 1_500_000, 400_000, 150_000)


def make_basemap(
    polygons: NDArray[np.object_],
    *,
    country_codes: Sequence[str],
    divisions: Sequence[str],
    countries: Iterable[tuple[Country, str, tuple[float, float]]],
    cities: Iterable[City],
    disputed: Sequence[shapely.Geometry],
) -> dict[str, Any]:
    """Return the basemap as a TopoJSON document.

    `polygons` is a coverage; `country_codes` and `divisions` say to which
    country and, within it, to which division each of its polygons belongs.
    `countries` come with their name and label point.
    """
    fine = _countries_of_small_divisions(polygons, country_codes, divisions)
    named = [f"{c} {'' if c in fine else d}" for c, d in zip(country_codes, divisions, strict=True)]
    dissolved = coverage.dissolve(polygons, named)
    owners = [name.split(" ", 1)[0] for name in dissolved]
    pieces = coverage.without_islets(
        np.asarray(list(dissolved.values())), smallest=SMALLEST_ISLAND, keys=owners, weight=_attention
    )
    projected = _project(pieces)
    for country in set(owners):
        own = [i for i, owner in enumerate(owners) if owner == country]
        projected[own] = shapely.coverage_simplify(projected[own], INNER_TOLERANCE, simplify_boundary=False)
    simple = coverage.snap(_unproject(shapely.coverage_simplify(projected, TOLERANCE)), grid=GRID)
    topology = Topology(grid=GRID)
    topology.announce(simple)
    areas = coverage.dissolve(simple, owners)
    known = {country.code: (country, name, label) for country, name, label in countries}
    borders, inner = _shared_borders(topology, simple, owners)
    objects = {
        "countries": _collection(
            topology.polygon(area) | {"properties": _country_properties(*known[code])} for code, area in areas.items()
        ),
        "borders": _line(borders),
        "provinces": _collection(_line(arcs) | {"properties": {"code": code}} for code, arcs in sorted(inner.items())),
        "disputed": topology.lines(_simple_lines(disputed)),
    }
    return topology.document(objects, cities=choose_cities(cities, [entry[0] for entry in known.values()]))


# How much detail a latitude gets: news seldom comes from the polar islands, whose coasts would take
# two fifths of the file.
_ATTENTION = {-90.0: 0.2, -56.0: 0.3, -42.0: 1.0, 58.0: 1.0, 70.0: 0.3, 90.0: 0.2}
_LATITUDES = np.linspace(-90, 90, 18_001)


def _attention(latitude: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.interp(latitude, list(_ATTENTION), list(_ATTENTION.values()))


_NORTHINGS = np.cumsum(_attention(_LATITUDES)) * (_LATITUDES[1] - _LATITUDES[0])


def _project(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    """Return `polygons` where lengths are true to scale along both axes, times the attention."""

    def forward(points: NDArray[np.float64]) -> NDArray[np.float64]:
        lon, lat = points.T
        return np.column_stack((lon * _easting(lat), np.interp(lat, _LATITUDES, _NORTHINGS)))

    return shapely.transform(polygons, forward)


def _unproject(polygons: NDArray[np.object_]) -> NDArray[np.object_]:
    def back(points: NDArray[np.float64]) -> NDArray[np.float64]:
        x, y = points.T
        lat = np.interp(y, _NORTHINGS, _LATITUDES)
        return np.column_stack((np.clip(x / _easting(lat), -180, 180), lat))

    return shapely.transform(polygons, back)


def _easting(lat: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.maximum(np.cos(np.radians(lat)), 0.01) * _attention(lat)


def _collection(geometries: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "GeometryCollection", "geometries": list(geometries)}


def _countries_of_small_divisions(
    polygons: NDArray[np.object_], country_codes: Sequence[str], divisions: Sequence[str]
) -> set[str]:
    area: dict[str, float] = defaultdict(float)
    found: dict[str, set[str]] = defaultdict(set)
    for polygon, country, division in zip(polygons, country_codes, divisions, strict=True):
        area[country] += polygon.area
        found[country].add(division)
    return {country for country in area if area[country] / len(found[country]) < SMALLEST_DIVISION}


def _shared_borders(
    topology: Topology, polygons: NDArray[np.object_], owners: Sequence[str]
) -> tuple[list[int], dict[str, list[int]]]:
    """Return the arcs between countries, and those between the divisions of each country."""
    sides: dict[int, list[str]] = defaultdict(list)
    for polygon, owner in zip(polygons, owners, strict=True):
        for arc in topology.arcs(polygon):
            sides[arc].append(owner)
    between: list[int] = []
    inner: dict[str, list[int]] = defaultdict(list)
    for arc, (owner, *others) in sorted(sides.items()):
        if others:  # else it is a coast
            (inner[owner] if others == [owner] else between).append(arc)
    return between, inner


def _line(arcs: Iterable[int]) -> dict[str, Any]:
    return {"type": "MultiLineString", "arcs": [[arc] for arc in arcs]}


def _simple_lines(lines: Sequence[shapely.Geometry]) -> list[shapely.Geometry]:
    simple = shapely.get_parts(shapely.simplify(np.asarray(lines), GRID * 2))
    snapped = shapely.get_parts(shapely.set_precision(simple, GRID))
    return sorted((shapely.normalize(line) for line in snapped if line.length > 0), key=shapely.to_wkt)


def _country_properties(country: Country, name: str, label: tuple[float, float]) -> dict[str, Any]:
    weight = (math.log10(max(country.area, 1)) + math.log10(max(country.population, 1))) / 2
    rank = 1 + sum(weight < least for least in _COUNTRY_RANKS)
    return {"code": country.code, "name": name, "label": list(label), "rank": rank}


def choose_cities(cities: Iterable[City], countries: Iterable[Country]) -> list[list[Any]]:
    """Return the cities to show, as rows of ``cities``, the weightiest first.

    These are the capitals, the largest city of each division where it has
    `LONE_CITY` people, and the most populous others, until there are `CITIES`;
    so that thinly peopled parts are not left without a name.
    """
    ordered = sorted(cities, key=lambda city: (-city.population, city.country_code, city.name))
    capitals = _capitals(ordered, {country.code: country.capital for country in countries})
    seats: dict[tuple[str, str], City] = {}
    for city in ordered:
        seats.setdefault((city.country_code, city.division_code), city)
    large = [city for city in seats.values() if city.population >= LONE_CITY]
    wanted = dict.fromkeys([*capitals, *large, *ordered])
    chosen: list[City] = []
    taken: dict[tuple[int, int], list[City]] = defaultdict(list)
    for city in wanted:
        column, row = math.floor(city.lon / APART), math.floor(city.lat / APART)
        near = [c for x in (-1, 0, 1) for y in (-1, 0, 1) for c in taken[column + x, row + y]]
        if city not in capitals and any(math.hypot(c.lon - city.lon, c.lat - city.lat) < APART for c in near):
            continue
        taken[column, row].append(city)
        chosen.append(city)
        if len(chosen) == CITIES:
            break

    def weight(city: City) -> int:
        return city.population * (5 if city in capitals else 1)

    return [
        [
            round(city.lon, 2),
            round(city.lat, 2),
            _PRESS.get(city.name, city.name.rstrip("'’‘")),
            1 + sum(weight(city) < least for least in _CITY_RANKS),
            int(city in capitals),
            city.country_code,
        ]
        for city in sorted(chosen, key=lambda city: (-weight(city), city.country_code, city.name))
    ]


# GeoNames' English where newspapers write another; a soft sign at the end (Gomel’) is left out too.
_PRESS = {
    "Male": "Malé",
    "Nay Pyi Taw": "Naypyidaw",
    "New York City": "New York",
    "Saint Petersburg": "St. Petersburg",
    "Ulan Bator": "Ulaanbaatar",
}


def _capitals(ordered: Sequence[City], capitals: dict[str, str]) -> dict[City, None]:
    """Return the most populous place that bears the name of each capital."""
    found: dict[str, City] = {}
    wanted = {country: key(capital) for country, capital in capitals.items() if key(capital)}
    for city in ordered:
        if key(city.name) == wanted.get(city.country_code):
            found.setdefault(city.country_code, city)
    for city in ordered:
        country = city.country_code
        if country not in found and country in wanted and wanted[country] in map(key, city.other_names):
            found[country] = city
    return dict.fromkeys(sorted(found.values(), key=lambda city: -city.population))
