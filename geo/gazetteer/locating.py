"""Points to what they lie in: country and divisions, by the areas of an index."""

# ruff: noqa: PLC0415
# Shapely takes a tenth of a second to import, and most questions need no geometry.

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from geo.errors import NoGazetteer
from geo.gazetteer.store import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

COAST = 0.05
"""Degrees beyond the outline of an area in which a point still lies in it: the outlines are simplified, and a
port must not fall into the sea."""

# CROSS JOIN, so that SQLite goes through the few areas and not through all places.
_COUNTRIES = """SELECT p.country_code, p.feature_code, '', a.packed FROM area a CROSS JOIN place p ON p.id = a.place
WHERE p.feature_class = 'A' AND p.feature_code LIKE 'PCL%' AND p.country_code != '' ORDER BY p.id"""
_DIVISIONS = """SELECT p.country_code, p.feature_code, d.name, a.packed FROM area a CROSS JOIN place p ON p.id = a.place
JOIN division d ON d.id = CASE p.feature_code WHEN 'ADM1' THEN p.admin1 ELSE p.admin2 END
WHERE p.feature_class = 'A' AND p.feature_code IN ('ADM1', 'ADM2')
AND p.country_code = ? ORDER BY p.id"""


@dataclass(frozen=True, slots=True)
class Spot:
    """What a point lies in: ISO 3166-1 code, names of the divisions, "" where no area holds it."""

    country_code: str = ""
    admin1: str = ""
    admin2: str = ""


@dataclass(frozen=True, slots=True)
class _Area:
    country_code: str
    feature_code: str
    name: str
    outline: BaseGeometry


def locate(path: Path, points: Sequence[tuple[float, float]], countries: Sequence[str]) -> list[Spot]:
    """Return what each of `points` lies in.

    Parameters
    ----------
    path
        An index (:mod:`geo.gazetteer.store`).
    points
        (longitude, latitude) in degrees, EPSG:4326.
    countries
        The country of each point where it is stated, else "": its divisions
        are then sought in no other.

    Raises
    ------
    NoGazetteer
        If the index cannot be read.
    """
    codes = list(countries)
    unstated = [at for at, code in enumerate(codes) if not code]
    areas: Sequence[_Area] = _countries(path) if unstated else ()
    for at, area in zip(unstated, _containing(areas, [points[at] for at in unstated]), strict=True):
        codes[at] = area.country_code if area else ""
    names: dict[str, dict[int, str]] = {"ADM1": {}, "ADM2": {}}
    for code in sorted(set(codes) - {""}):
        mine = [at for at, one in enumerate(codes) if one == code]
        for level, named in names.items():
            areas = [area for area in _divisions(path, code) if area.feature_code == level]
            for at, area in zip(mine, _containing(areas, [points[at] for at in mine]), strict=True):
                named[at] = area.name if area else ""
    return [Spot(code, names["ADM1"].get(at, ""), names["ADM2"].get(at, "")) for at, code in enumerate(codes)]


@lru_cache(maxsize=2)
def _countries(path: Path) -> tuple[_Area, ...]:
    return _read(path, _COUNTRIES)


@lru_cache(maxsize=32)
def _divisions(path: Path, country_code: str) -> tuple[_Area, ...]:
    return _read(path, _DIVISIONS, country_code)


def _read(path: Path, query: str, *values: str) -> tuple[_Area, ...]:
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            return tuple(_areas(connection.execute(query, values)))
    except sqlite3.DatabaseError as error:
        raise NoGazetteer(f"{path}: the gazetteer's index is damaged ({error}); make or install it again") from error


def _areas(rows: Iterable[tuple[str, str, str, bytes]]) -> list[_Area]:
    import shapely

    return [_Area(country, level, name, shapely.from_wkb(unpacked(area))) for country, level, name, area in rows]


def _containing(areas: Sequence[_Area], points: Sequence[tuple[float, float]]) -> list[_Area | None]:
    """Return the area that each point lies in, the smallest of several, else the nearest within :data:`COAST`."""
    import numpy as np
    import shapely

    held: list[_Area | None] = [None] * len(points)
    if not areas or not points:
        return held
    outlines = np.array([area.outline for area in areas], dtype=object)
    at = np.array([shapely.Point(point) for point in points], dtype=object)
    # The points in a tree, asked by the areas: an area is then prepared once, for all its points.
    pairs = shapely.STRtree(at).query(outlines, predicate="intersects").T
    size = shapely.area(outlines)
    for area, point in sorted(pairs.tolist(), key=lambda pair: -size[pair[0]]):
        held[point] = areas[area]
    outside = [number for number, area in enumerate(held) if area is None]
    if outside:
        near = shapely.STRtree(outlines).query_nearest(at[outside], max_distance=COAST, all_matches=False)
        for number, area in near.T.tolist():
            held[outside[number]] = areas[area]
    return held
