"""A user's own places: a file of villages, trenches or camps, read as places that win over the rest.

What the columns hold is told by their names (:data:`~geo.gazetteer.given_columns.USUAL_NAMES`) or by
the user. A row that cannot be used is left out and told; the rest is used.
"""

# ruff: noqa: PLC0415
# Shapely takes a tenth of a second to import, and most who use the gazetteer give no file.

from __future__ import annotations

import json
import logging
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import InputError
from geo.gazetteer.given_columns import columns_of, feature, told
from geo.gazetteer.given_tables import open_table
from geo.gazetteer.names import normalise

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Mapping, Sequence

    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer.given_tables import Row, Table

_log = logging.getLogger(__name__)

SCHEME = "own"
"""What the ids of a user's own places begin with."""

LON, LAT = 180.0, 90.0
"""Where the globe ends, in degrees."""

MOST_TOLD = 3
"""Rows left out that a summary names."""

_MOST_PEOPLE = 10**10
_BETWEEN_NAMES = re.compile("[|;]")
_DECIMAL = re.compile(r"([+-]?)(\d+(?:[.,]\d+)?)\s*°?\s*([NSEW]?)")
_SEXAGESIMAL = re.compile(
    r"([+-]?)(\d+)\s*[°d]\s*(\d+(?:[.,]\d+)?)\s*['′’]?\s*(?:(\d+(?:[.,]\d+)?)\s*(?:[\"″”]|''))?\s*([NSEW]?)"
)
_THOUSANDS = re.compile(r"[\s,'’.](?=\d{3}(?!\d))")
_HOW_TO_STATE = "state it with --column FIELD=COLUMN, in Python columns={FIELD: COLUMN}"


@dataclass(frozen=True, slots=True)
class GivenPlace:
    """A place as the user's file states it.

    Attributes
    ----------
    id
        ``own:`` and the file's own id, or the name in small letters. One file
        gives the same ids each time, also after rows are added at its end.
    name
        What it is called.
    lon, lat
        Representative point in degrees, EPSG:4326; on or in the geometry.
    country, admin1, admin2
        As the file says, empty where it does not.
    feature_class, feature_code
        GeoNames'.
    population
        A count, 0 where it is not stated.
    alternates
        Its other names.
    area
        Its polygon or polygons in EPSG:4326, None for a point or a line.
    source
        The name of the file.
    where
        The row of the file ("row 7").
    """

    id: str
    name: str
    lon: float
    lat: float
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    feature_class: str = "P"
    feature_code: str = "PPL"
    population: int = 0
    alternates: tuple[str, ...] = ()
    area: BaseGeometry | None = None
    source: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class PlacesFile:
    """What a user's file gave.

    Attributes
    ----------
    source
        The name of the file.
    places
        One for each row that can be used, in their order.
    left_out
        Why each other row cannot ("row 7 has no point").
    notes
        What was understood in a way that the user may want to know.
    """

    source: str
    places: tuple[GivenPlace, ...]
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def summary(self) -> str:
        """Return what was read and left out, in a line.

        Examples
        --------
        >>> PlacesFile("camps.csv", (), ("row 7 has no point",)).summary()
        'camps.csv: 0 places (1 row left out: row 7 has no point)'
        """
        number, out = len(self.places), len(self.left_out)
        line = f"{self.source}: {number:,} place{'' if number == 1 else 's'}"
        if out:
            more = f"; and {out - MOST_TOLD:,} more" if out > MOST_TOLD else ""
            reasons = "; ".join(self.left_out[:MOST_TOLD])
            line += f" ({out:,} row{'' if out == 1 else 's'} left out: {reasons}{more})"
        return line


def read_places(
    path: str | os.PathLike[str],
    *,
    columns: Mapping[str, str] | None = None,
    on_problem: Callable[[str], None] | None = None,
) -> tuple[GivenPlace, ...]:
    """Return the places of a user's file.

    Parameters
    ----------
    path
        A table (.csv, .tsv), or what GeoPandas reads (.geojson, .json, .gpkg, .shp, .parquet).
    columns
        Which column holds a field, where its name does not say so: ``{"name": "VILLAGE"}``.
        The fields are those of :data:`~geo.gazetteer.given_columns.USUAL_NAMES`.
    on_problem
        Is told each row that is left out, and what else is worth knowing; by default it is logged.

    Raises
    ------
    InputError
        If the file cannot be read, lacks a name or a point altogether, or has no row that can be used.
    """
    read = read_file(path, columns=columns)
    for problem in (*read.notes, *read.left_out):
        if on_problem is None:
            _log.warning("%s: %s", read.source, problem)
        else:
            on_problem(f"{read.source}: {problem}")
    return read.places


def read_file(path: str | os.PathLike[str], *, columns: Mapping[str, str] | None = None) -> PlacesFile:
    """Return the places of a user's file with what was left out; see :func:`read_places`."""
    path = Path(path)
    table = open_table(path)
    held = columns_of(table.columns, stated=columns or {}, source=str(path))
    _check_columns(path, table, held)
    notes = list(table.notes)
    left_out: list[str] = []
    places: list[GivenPlace] = []
    for row in table.rows:
        try:
            places.append(_place(row, held, path.name, notes))
        except _UnusableRow as error:
            left_out.append(f"{row.where} {error}")
    places = _apart(places, left_out, notes)
    if not places:
        raise InputError(f"{path}: no row can be used as a place; {_what_is_wrong(table, held, left_out)}")
    return PlacesFile(path.name, tuple(places), tuple(left_out), tuple(notes))


class _UnusableRow(Exception):
    """Why a row is no place, as the end of a sentence that begins with the row's number."""


def _check_columns(path: Path, table: Table, held: Mapping[str, str]) -> None:
    lacks = [] if "name" in held else ["name"]
    if not table.located and "geometry" not in held:
        lacks += [field for field in ("lat", "lon") if field not in held]
    if lacks:
        raise InputError(
            f"{path}: no column is known to hold {' or '.join(lacks)}; {told(table.columns)}. "
            f"If one does, {_HOW_TO_STATE.replace('FIELD', lacks[0])}"
        )


def _place(row: Row, held: Mapping[str, str], source: str, notes: list[str]) -> GivenPlace:
    if row.problem:
        raise _UnusableRow(row.problem)
    cell = {field: row.cells.get(column, "") for field, column in held.items()}
    name = cell["name"]
    if not normalise(name):
        raise _UnusableRow(f"has no name that could stand in a text ({name!r})" if name else "has no name")
    lon, lat, area = _located(row, cell)
    feature_class, feature_code = feature(
        cell.get("feature_class", ""), cell.get("feature_code", ""), is_area=area is not None
    )
    return GivenPlace(
        id=_id(cell.get("id", ""), name),
        name=name,
        lon=lon,
        lat=lat,
        country=cell.get("country", ""),
        admin1=cell.get("admin1", ""),
        admin2=cell.get("admin2", ""),
        feature_class=feature_class,
        feature_code=feature_code,
        population=_people(cell.get("population", ""), row.where, notes),
        alternates=_alternates(cell.get("alternates", ""), name),
        area=area,
        source=source,
        where=row.where,
    )


def _located(row: Row, cell: Mapping[str, str]) -> tuple[float, float, BaseGeometry | None]:
    """Return the point of a row and its area, if it has one."""
    geometry = row.geometry if row.geometry is not None else _from_words(cell.get("geometry", ""))
    if geometry is not None and not geometry.is_empty:
        lon, lat, area = _point_and_area(geometry)
    else:
        lat, lon, area = _degrees(cell.get("lat", ""), "NS"), _degrees(cell.get("lon", ""), "EW"), None
    if abs(lat) > LAT or abs(lon) > LON:
        raise _UnusableRow(f"has a point off the globe (longitude {lon:g}, latitude {lat:g})")
    if lon == lat == 0:
        raise _UnusableRow("has its point at 0, 0, where there is only sea")
    return lon, lat, area


def _from_words(words: str) -> BaseGeometry | None:
    if not words:
        return None
    import shapely

    try:
        return shapely.from_wkt(words)
    except shapely.errors.GEOSException as error:
        raise _UnusableRow(f"has a geometry that is no WKT ({words[:40]!r})") from error


def _point_and_area(geometry: BaseGeometry) -> tuple[float, float, BaseGeometry | None]:
    """Return a point on or in `geometry`, and those of its parts that are polygons, made valid."""
    import shapely

    flat = shapely.make_valid(shapely.force_2d(geometry))
    parts = list(shapely.get_parts(flat))
    while any(part.geom_type.startswith(("Multi", "GeometryCollection")) for part in parts):
        parts = list(shapely.get_parts(parts))
    polygons = [part for part in parts if part.geom_type == "Polygon"]
    # Neighbouring parts of one area may touch, which a MultiPolygon's may not.
    area = shapely.union_all(polygons) if polygons else None
    point = (area if area is not None else flat).representative_point()
    west, south, east, north = flat.bounds
    edges = ((west, LON), (east, LON), (south, LAT), (north, LAT))
    if off := [edge for edge, limit in edges if not abs(edge) <= limit]:
        raise _UnusableRow(f"has a geometry that reaches off the globe ({off[0]:g})")
    return float(point.x), float(point.y), area


def _degrees(words: str, hemispheres: str) -> float:
    """Return an angle as a number of degrees; written with a decimal point or comma, or in minutes and seconds."""
    words = words.replace("\N{MINUS SIGN}", "-").strip().upper().replace("º", "°")
    if not words:
        raise _UnusableRow("has no point")
    if found := _DECIMAL.fullmatch(words):
        sign, degrees, letter = found.groups()
        value = _number(degrees)
    elif found := _SEXAGESIMAL.fullmatch(words.replace("D", "°")):
        sign, degrees, minutes, seconds, letter = found.groups()
        value = _number(degrees) + _number(minutes) / 60 + _number(seconds or "0") / 3600
    else:
        raise _UnusableRow(f"has a point that is no number of degrees ({words!r})")
    if letter and letter not in hemispheres:
        raise _UnusableRow(f"has {words!r} where degrees {' or '.join(hemispheres)} should stand")
    return -value if sign == "-" or letter in {"S", "W"} else value


def _number(words: str) -> float:
    return float(words.replace(",", "."))


def _people(words: str, where: str, notes: list[str]) -> int:
    bare = _THOUSANDS.sub("", words)
    try:
        people = round(float(bare)) if bare else 0
    except (ValueError, OverflowError):
        people = -1
    if 0 <= people <= _MOST_PEOPLE:
        return people
    notes.append(f"{where} has a population that is no count ({words!r}), which was left out")
    return 0


def _alternates(words: str, name: str) -> tuple[str, ...]:
    if words.startswith("["):  # how GDAL hands on a list of GeoJSON
        try:
            words = "|".join(map(str, json.loads(words)))
        except ValueError:
            words = words.strip("[]")
    names = (" ".join(one.split()) for one in _BETWEEN_NAMES.split(words))
    return tuple(dict.fromkeys(one for one in names if one != name and normalise(one)))


def _id(stated: str, name: str) -> str:
    return f"{SCHEME}:{stated or normalise(name).replace(' ', '-')}"


def _apart(places: Sequence[GivenPlace], left_out: list[str], notes: list[str]) -> list[GivenPlace]:
    """Return `places` with ids that differ, without those that only repeat another.

    Of places with one id the first keeps it, so that rows that are added later change no id.
    """
    kept: list[GivenPlace] = []
    first: dict[tuple[str, float, float], GivenPlace] = {}
    taken: set[str] = set()
    last: Counter[str] = Counter()
    for place in places:
        before = first.setdefault((normalise(place.name), place.lon, place.lat), place)
        if before is not place and before.area == place.area:
            left_out.append(f"{place.where} repeats {before.where}")
            continue
        unique = place.id
        while unique in taken:
            last[place.id] += 1
            unique = f"{place.id}-{last[place.id] + 1}"
        taken.add(unique)
        if unique != place.id and place.id != _id("", place.name):
            notes.append(f"{place.where} has an id that another row has, and is called {unique}")
        kept.append(place if unique == place.id else replace(place, id=unique))
    return kept


def _what_is_wrong(table: Table, held: Mapping[str, str], left_out: Sequence[str]) -> str:
    """Return why nothing of a table can be used, and what to do about it."""
    if not table.rows:
        return "it has no rows; check that it was saved whole"
    by_degrees = not table.located and "lat" in held and "lon" in held
    points = [_numbers(row, held) for row in table.rows] if by_degrees else []
    found = [point for point in points if point is not None]
    if found and all(abs(lat) > LAT >= abs(lon) for lon, lat in found):
        return (
            f"every latitude in {held['lat']!r} is beyond ±90, so that longitude and latitude look swapped; "
            f"state them with --column lat={held['lon']} --column lon={held['lat']}"
        )
    if found and all(abs(lat) > LAT and abs(lon) > LON for lon, lat in found):
        return "its coordinates are no degrees; give longitude and latitude in degrees (EPSG:4326)"
    return "; ".join(left_out[:MOST_TOLD]) + ("" if len(left_out) <= MOST_TOLD else "; …")


def _numbers(row: Row, held: Mapping[str, str]) -> tuple[float, float] | None:
    try:
        return _degrees(row.cells.get(held["lon"], ""), "EW"), _degrees(row.cells.get(held["lat"], ""), "NS")
    except _UnusableRow:
        return None
