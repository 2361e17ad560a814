"""The representative point of each division and country: where a marker or a label stands.

GeoNames' list of divisions has no coordinates. For the Netherlands and
Andorra, whose full extracts do, the centre of the area is the best guess of
GeoNames' own point (8.4 km off on average for the twelve provinces, ISO
3166-2's coordinates in the package 11.5 km, the median of the towns 11.1 km).
"""

from __future__ import annotations

import statistics
from collections import defaultdict
from typing import TYPE_CHECKING

import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geo.gazetteer.preparation.iso import Towns
    from geo.gazetteer.preparation.sources import City, Country, Division, Subdivision

Point = tuple[float, float]


def middle(area: shapely.Geometry) -> Point:
    """Return a point inside the largest part of `area`, its centroid where that lies inside."""
    largest = max(shapely.get_parts(area), key=shapely.area)
    centre = shapely.centroid(largest)
    if not shapely.contains(largest, centre):
        # The point farthest from the outline, to a hundredth of a degree.
        centre = shapely.get_point(shapely.maximum_inscribed_circle(largest, tolerance=0.01), 0)
    return round(centre.x, 4), round(centre.y, 4)


def division_points(
    divisions: Iterable[Division],
    *,
    areas: Mapping[str, shapely.Geometry],
    subdivisions: Mapping[tuple[str, str], Subdivision],
    towns: Towns,
    cities: Iterable[City],
    countries: Mapping[str, Point],
) -> Iterator[tuple[Point, str]]:
    """Yield the point of each of `divisions`, in their order, and what it was taken from.

    The best of: the middle of its area (``areas`` by place id), ISO's
    coordinates where the nearest towns confirm them, the median of its towns,
    ISO's coordinates, and last the point of its country.
    """
    inside: dict[tuple[str, str], list[City]] = defaultdict(list)
    for city in cities:
        inside[city.country_code, city.division_code].append(city)
    for division in divisions:
        place = (division.country_code, division.code)
        subdivision = subdivisions.get(place)
        area = areas.get(f"geonames:{division.geonames_id}")
        if area is not None:
            yield middle(area), "area"
        elif subdivision and towns.division(place[0], subdivision.lon, subdivision.lat)[0] == division.code:
            yield (subdivision.lon, subdivision.lat), "iso"
        elif own := inside[place]:
            lon, lat = statistics.median(c.lon for c in own), statistics.median(c.lat for c in own)
            yield (round(lon, 4), round(lat, 4)), "towns"
        elif subdivision:
            yield (subdivision.lon, subdivision.lat), "iso unconfirmed"
        else:
            yield countries[division.country_code], "country"


def country_points(
    countries: Sequence[Country], *, areas: Mapping[str, shapely.Geometry], cities: Iterable[City]
) -> dict[str, Point]:
    """Return the point of each country by its code: the middle of its area, else its largest town.

    Raises
    ------
    ValueError
        A country has neither an area nor a town; give it an area in units.py.
    """
    largest: dict[str, City] = {}
    for city in cities:
        if city.country_code not in largest or city.population > largest[city.country_code].population:
            largest[city.country_code] = city
    points: dict[str, Point] = {}
    for country in countries:
        area = areas.get(f"geonames:{country.geonames_id}")
        if area is not None:
            points[country.code] = middle(area)
        elif country.code in largest:
            points[country.code] = (largest[country.code].lon, largest[country.code].lat)
        else:
            raise ValueError(f"{country.name} has neither an area nor a town to take a point from.")
    return points
