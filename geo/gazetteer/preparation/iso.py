"""Which subdivision of ISO 3166-2 a division of GeoNames is.

Neither source refers to the other. Two signs are used: a name in common, and
the subdivision's coordinates lying among the towns of the division. A code is
given only where both agree or one of them leaves no doubt; else it stays empty.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np
import shapely

from geo.gazetteer.preparation.naming import bare

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.gazetteer.preparation.naming import Name
    from geo.gazetteer.preparation.sources import City, Division, Subdivision

ALIKE = 0.75
"""From here on two spellings are taken for one name (``difflib`` ratio), if the place agrees too."""

TOWNS_ASKED = 5
"""How many of the nearest towns say in which division a point lies."""


# What neither sign tells: names in other languages or after a reform, towns still under the old code;
# and "", where a part or a predecessor of the division would be taken for it.
BY_HAND = {
    ("BA", "BRC"): "BA-BRC",
    ("BG", "58"): "BG-23",
    ("ET", "49"): "ET-GA",
    ("ET", "50"): "ET-HA",
    ("ET", "56"): "",
    ("IL", "WE"): "",
    ("KZ", "01"): "KZ-19",
    ("KZ", "05"): "KZ-71",
    ("KZ", "08"): "",
    ("KZ", "12510143"): "KZ-10",
    ("KZ", "12510145"): "KZ-62",
    ("KZ", "15"): "KZ-63",
    ("KZ", "16"): "KZ-59",
    ("LB", "06"): "LB-JA",
    ("MD", "58"): "MD-SN",
    ("MK", "F6"): "",
    ("MY", "15"): "MY-15",
    ("MY", "17"): "MY-16",
    ("NO", "01"): "NO-32",
    ("NO", "04"): "NO-33",
    ("NO", "05"): "NO-56",
    ("NO", "13"): "NO-31",
    ("NO", "17"): "NO-40",
    ("NO", "18"): "NO-55",
    ("NO", "20"): "NO-39",
    ("OM", "10"): "OM-BU",
    ("PE", "01"): "PE-AMA",
    ("PE", "07"): "PE-CAL",
    ("PE", "15"): "PE-LIM",
    ("PE", "LMA"): "PE-LMA",
    ("PG", "20"): "PG-NCD",
    ("PS", "GZ"): "",
    ("PS", "WE"): "",
    ("RS", "SE"): "",
    ("RU", "50"): "RU-NEN",
    ("RW", "12"): "RW-01",
    ("ST", "02"): "",
    ("TL", "LI"): "TL-LI",
    ("TL", "VI"): "TL-VI",
    ("TW", "01"): "",
    ("VE", "25"): "VE-A",
}


def key(name: str) -> str:
    """Return `name` without generic words, marks, case and spaces, to compare.

    >>> key("Āz Zāwiyah"), key("Kursk Oblast")
    ('azzawiyah', 'kursk')
    """
    plain = unicodedata.normalize("NFKD", bare(name)).casefold()
    return re.sub(r"[^a-z0-9]", "", plain.replace("ı", "i").replace("ə", "e").replace("ł", "l"))


class Towns:
    """Says by the nearest towns in which division of a country a point lies."""

    def __init__(self, cities: Iterable[City]) -> None:
        by_country: dict[str, list[City]] = defaultdict(list)
        for city in cities:
            by_country[city.country_code].append(city)
        self._codes = {c: [city.division_code for city in towns] for c, towns in by_country.items()}
        self._trees = {
            c: shapely.STRtree(shapely.points([(city.lon, city.lat) for city in towns]))
            for c, towns in by_country.items()
        }

    def division(self, country_code: str, lon: float, lat: float) -> tuple[str, float]:
        """Return the code of the division that (`lon`, `lat`) lies in, and the share of towns that say so."""
        if country_code not in self._trees:
            return "", 0.0
        tree = self._trees[country_code]
        distances = shapely.distance(tree.geometries, shapely.Point(lon, lat))
        nearest = np.argsort(distances, kind="stable")[:TOWNS_ASKED]
        votes = Counter(self._codes[country_code][i] for i in nearest)
        # The nearest town counts twice: near a border the others may lie beyond it.
        votes[self._codes[country_code][nearest[0]]] += 1
        code, count = max(votes.items(), key=lambda item: (item[1], item[0]))
        return code, count / votes.total()


def match_subdivisions(
    divisions: Sequence[Division], names: Sequence[Name], subdivisions: Iterable[Subdivision], towns: Towns
) -> dict[tuple[str, str], Subdivision]:
    """Return the subdivision of ISO 3166-2 for each (country code, division code) that has one."""
    of_country: dict[str, list[Subdivision]] = defaultdict(list)
    for subdivision in subdivisions:
        of_country[subdivision.code.split("-", 1)[0]].append(subdivision)
    matches: dict[tuple[str, str], Subdivision] = {}
    members: dict[str, list[tuple[Division, Name]]] = defaultdict(list)
    for division, name in zip(divisions, names, strict=True):
        members[division.country_code].append((division, name))
    for country_code, own in members.items():
        by_code = {subdivision.code: subdivision for subdivision in of_country[country_code]}
        given = {d.code: BY_HAND[country_code, d.code] for d, _name in own if (country_code, d.code) in BY_HAND}
        rest = [pair for pair in own if pair[0].code not in given]
        free = [subdivision for subdivision in by_code.values() if subdivision.code not in given.values()]
        found = _match_country(rest, free, towns)
        # The package is at times behind the standard: then the division has no entry.
        found |= {code: by_code[iso_code] for code, iso_code in given.items() if iso_code in by_code}
        for code, subdivision in found.items():
            matches[country_code, code] = subdivision
    return matches


def _match_country(
    own: list[tuple[Division, Name]], subdivisions: list[Subdivision], towns: Towns
) -> dict[str, Subdivision]:
    scored: list[tuple[float, str, str]] = []
    by_code = {subdivision.code: subdivision for subdivision in subdivisions}
    keys = {d.code: {key(d.name), key(n.name), key(n.base)} - {""} for d, n in own}
    kinds = {d.code: n.type for d, n in own}
    exact_levels: Counter[bool] = Counter()
    for subdivision in subdivisions:
        theirs = {key(name) for name in subdivision.names} - {""}
        here, share = towns.division(subdivision.code.split("-", 1)[0], subdivision.lon, subdivision.lat)
        for code, ours in keys.items():
            alike = _likeness(ours, theirs)
            exact_levels[not subdivision.parent] += alike == 1
            near = share if here == code else 0.0
            if alike == 1 or (alike >= ALIKE and near):
                scored.append((2 * alike + near, code, subdivision.code))
            elif near == 1:
                scored.append((alike, code, subdivision.code))
    top_level = exact_levels[True] >= exact_levels[False]

    def worth(entry: tuple[float, str, str]) -> tuple[float, float, str, str]:
        score, code, iso_code = entry
        level = 0.3 if (not by_code[iso_code].parent) == top_level else 0.0
        return (score + level + 0.2 * _city_kind(kinds[code], by_code[iso_code].kind), score, code, iso_code)

    found: dict[str, Subdivision] = {}
    taken: set[str] = set()
    for _worth, score, code, iso_code in sorted(map(worth, scored), reverse=True):
        if code in found or iso_code in taken:
            continue
        subdivision = by_code[iso_code]
        # By its place alone only a subdivision of the same level.
        if score < 2 * ALIKE and (not subdivision.parent) != top_level:
            continue
        found[code] = subdivision
        taken.add(iso_code)
    return found


def _city_kind(ours: str, theirs: str) -> bool:
    """Return whether both or neither are a city: Kyiv and Kyiv Oblast bear one name."""
    words = ("city", "municipality", "capital")
    return (ours.casefold() in {"city", "municipality"}) == any(word in theirs.casefold() for word in words)


def _likeness(ours: set[str], theirs: set[str]) -> float:
    if ours & theirs:
        return 1.0
    return max((difflib.SequenceMatcher(None, a, b).ratio() for a in ours for b in theirs), default=0.0)
