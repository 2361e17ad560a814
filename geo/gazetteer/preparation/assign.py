"""Which division of GeoNames each unit of Natural Earth belongs to.

Three signs speak for a division: the towns of GeoNames that lie in the unit,
a name in common, and the FIPS 10-4 code, which GeoNames' own codes follow in
many countries. Natural Earth's units are at times finer (French departments,
dissolved into regions later) and at times of before a reform (Kenya's eight
provinces, Telangana not yet apart from Andhra Pradesh). A unit that several
divisions share is cut between their towns: each spot goes to the division of
the nearest town, and the outline counts as approximate.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.gazetteer.preparation.iso import key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geo.gazetteer.preparation.naming import Name
    from geo.gazetteer.preparation.sources import City, Division, Subdivision
    from geo.gazetteer.preparation.units import Unit

# A unit is given to the best division from this sum of shares on: four of five towns, or fewer with
# the name or the code. Set by reading the assignments of all 4,556 units; the program's report
# and tests/test_areas.py show what it leaves out.
ENOUGH = 0.8
NAME_COUNTS = 0.5
FIPS_COUNTS = 0.4
CITY_COUNTS = 0.5  # a unit called "City of …" and a division that is a city
UNKNOWN_TOWNS = 0.4  # what an empty unit is granted, so that its name or a trusted FIPS code decides

# A unit is cut where another division has this share of its towns and most of its own towns there.
SHARED = 0.1
SURELY_THERE = 5  # or this many towns: Ladakh is wide and has few
SMALLEST_CUT = 0.3  # square degrees; smaller ones hold too few towns to cut between
FEWEST_UNITS = 3  # below this Natural Earth does not divide the country, and towns alone cannot
FEWEST_TOWNS = 3  # a division that is cut out needs so many towns
WHOLE = 0.6  # an area must hold this share of its division's towns, and its towns be so pure;
NAMED_WHOLE = 0.25  # where the names agree too, less will do: a coarse border passes suburbs over


def assign_units(
    units: Sequence[Unit],
    divisions: Sequence[Division],
    names: Sequence[Name],
    *,
    subdivisions: Mapping[tuple[str, str], Subdivision],
    cities: Sequence[City],
) -> list[Unit]:
    """Return `units`, each with its division; those that several share are cut.

    `subdivisions` are the ISO 3166-2 entries of the divisions by (country
    code, division code): their names are compared too. A unit without clear
    signs keeps no division and is part of its country alone.
    """
    known = {(d.country_code, d.code) for d in divisions}
    towns = [c for c in cities if (c.country_code, c.division_code) in known]
    inside = _towns_inside(units, towns)
    keys = _division_keys(divisions, names, subdivisions)
    votes = [Counter(town.division_code for town in inside[i]) for i in range(len(units))]
    trusted = _countries_with_true_fips(units, votes, known)
    cities_alone = {(d.country_code, d.code) for d, n in zip(divisions, names, strict=True) if n.type == "City"}
    codes = [
        unit.division
        or _best(
            unit,
            votes[i],
            keys[unit.country_code],
            fips_true=unit.country_code in trusted,
            cities={code for country, code in cities_alone if country == unit.country_code},
        )
        for i, unit in enumerate(units)
    ]
    codes = _enclosed(units, codes, votes)
    unit_counts = Counter(unit.country_code for unit in units)
    divided = {country for country, count in unit_counts.items() if count >= FEWEST_UNITS}
    taken = {(unit.country_code, code) for unit, code in zip(units, codes, strict=True) if code}
    assigned: list[Unit] = []
    for i, unit in enumerate(units):
        sharing = _sharing(unit.country_code, codes[i], votes[i], taken=taken)
        if len(sharing) > 1 and unit.geometry.area >= SMALLEST_CUT and unit.country_code in divided:
            assigned.extend(_cut(unit, [t for t in inside[i] if t.division_code in sharing]))
        else:
            assigned.append(replace(unit, division=codes[i]))
    told = {(unit.country_code, unit.division) for unit in units if unit.division}
    return _checked(assigned, towns, keys, told=told)


def _towns_inside(units: Sequence[Unit], towns: Sequence[City]) -> dict[int, list[City]]:
    """Return the towns of its own country that lie in each unit; others are points beyond a coarse border."""
    tree = shapely.STRtree([unit.geometry for unit in units])
    town_of, unit_of = tree.query(shapely.points([(t.lon, t.lat) for t in towns]), predicate="intersects")
    inside: dict[int, list[City]] = defaultdict(list)
    for town, unit in zip(town_of, unit_of, strict=True):
        if towns[town].country_code == units[unit].country_code:
            inside[int(unit)].append(towns[town])
    return inside


def _division_keys(
    divisions: Iterable[Division], names: Iterable[Name], subdivisions: Mapping[tuple[str, str], Subdivision]
) -> dict[str, dict[str, set[str]]]:
    keys: dict[str, dict[str, set[str]]] = defaultdict(dict)
    for division, name in zip(divisions, names, strict=True):
        subdivision = subdivisions.get((division.country_code, division.code))
        spellings = {division.name, name.name, name.base, *(subdivision.names if subdivision else ())}
        keys[division.country_code][division.code] = {key(s) for s in spellings} - {""}
    return keys


def _countries_with_true_fips(
    units: Sequence[Unit], votes: Sequence[Counter[str]], known: set[tuple[str, str]]
) -> set[str]:
    """Return the countries whose units' FIPS codes say what the towns of clear units say."""
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    for unit, vote in zip(units, votes, strict=True):
        if vote.total() > 1 and (unit.country_code, unit.fips) in known:
            code, count = vote.most_common(1)[0]
            if count / vote.total() >= ENOUGH:
                asked[unit.country_code] += 1
                right[unit.country_code] += code == unit.fips
    return {country for country in asked if asked[country] > 1 and right[country] / asked[country] >= ENOUGH}


def _best(unit: Unit, vote: Counter[str], keys: Mapping[str, set[str]], *, fips_true: bool, cities: set[str]) -> str:
    own = {key(name) for name in unit.names} - {""}
    is_city = any(word in name.split() for name in unit.names for word in ("City", "Horad", "Misto", "Gorod"))

    def score(code: str) -> float:
        share = vote[code] / vote.total() if vote else UNKNOWN_TOWNS
        named = NAME_COUNTS * bool(own & keys[code])
        coded = FIPS_COUNTS * (fips_true and code == unit.fips)
        return share + named + coded + CITY_COUNTS * (is_city and code in cities and named > 0)

    best = max(keys, key=lambda code: (score(code), code), default="")
    return best if best and score(best) >= ENOUGH else ""


def _enclosed(units: Sequence[Unit], codes: list[str], votes: Sequence[Counter[str]]) -> list[str]:
    """Return `codes` where empty units that only one division surrounds are given to it."""
    geometries = np.asarray([unit.geometry for unit in units])
    tree = shapely.STRtree(geometries)
    filled = list(codes)
    for i, unit in enumerate(units):
        if codes[i] or votes[i]:
            continue
        around = {
            codes[j]
            for j in tree.query(unit.geometry, predicate="intersects")
            if j != i and units[j].country_code == unit.country_code
        }
        around.discard("")
        if len(around) == 1:
            filled[i] = around.pop()
    return filled


def _sharing(country_code: str, code: str, vote: Counter[str], *, taken: set[tuple[str, str]]) -> set[str]:
    """Return the divisions that a unit is to be cut between: its own, and those that have no unit."""
    sharing = {code} if code else set()
    for other, count in vote.items():
        homeless = (country_code, other) not in taken and count >= FEWEST_TOWNS
        shared = count / vote.total() >= SHARED
        if (homeless and (shared or count >= SURELY_THERE)) or (not code and count > 1 and shared):
            sharing.add(other)
    if len(sharing) > 1:
        # Then the smaller ones are kept apart too, so that their ground does not go to another.
        sharing |= {other for other in vote if (country_code, other) not in taken}
    return sharing


def _cut(unit: Unit, towns: Sequence[City]) -> Iterator[Unit]:
    points = shapely.multipoints(sorted({(t.lon, t.lat) for t in towns}))
    cells = shapely.get_parts(shapely.voronoi_polygons(points, extend_to=unit.geometry))
    town_of, cell_of = shapely.STRtree(cells).query(shapely.points([(t.lon, t.lat) for t in towns]), predicate="within")
    by_code: dict[str, list[shapely.Geometry]] = defaultdict(list)
    for town, cell in sorted(zip(town_of.tolist(), cell_of.tolist(), strict=True)):
        by_code[towns[town].division_code].append(cells[cell])
    for code, own in sorted(by_code.items()):
        piece = shapely.intersection(unit.geometry, shapely.union_all(own))
        polygons = [part for part in shapely.get_parts(piece) if part.geom_type == "Polygon"]
        if polygons:
            yield replace(unit, geometry=shapely.union_all(polygons), division=code, approximate=True)


def _checked(
    units: Sequence[Unit],
    towns: Sequence[City],
    keys: Mapping[str, Mapping[str, set[str]]],
    *,
    told: set[tuple[str, str]],
) -> list[Unit]:
    """Return `units` without the divisions whose area would miss many of their towns or hold many of others'."""
    held: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    homeless: Counter[tuple[str, str]] = Counter()
    total: Counter[tuple[str, str]] = Counter()
    named: set[tuple[str, str]] = set()
    estimated: set[tuple[str, str]] = set()
    inside = _towns_inside(units, towns)
    drawn = {(unit.country_code, unit.division) for unit in units}
    for i, unit in enumerate(units):
        place = (unit.country_code, unit.division)
        codes = [(unit.country_code, town.division_code) for town in inside[i]]
        total.update(codes)
        held[place] += len(codes)
        right[place] += codes.count(place)
        homeless[place] += sum(code not in drawn for code in codes)
        if unit.approximate:
            estimated.add(place)
        elif unit.division and {key(name) for name in unit.names} & keys[unit.country_code][unit.division]:
            named.add(place)

    def sound(place: tuple[str, str]) -> bool:
        if place in told:
            return True
        if place in estimated and right[place] < FEWEST_TOWNS:
            return False
        if min(total[place], held[place]) < FEWEST_TOWNS and homeless[place] == 0:
            return True
        share = NAMED_WHOLE if place in named and homeless[place] <= SHARED * held[place] else WHOLE
        return right[place] >= share * total[place] and right[place] >= share * held[place]

    return [unit if sound((unit.country_code, unit.division)) else replace(unit, division="") for unit in units]
