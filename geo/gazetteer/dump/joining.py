"""Finds the places of our own tables that GeoNames has as well, so that no place is there twice.

What both call by one name, is of one feature class and lies near, is one
place. How near, depends on the class: a village or a building is a point, of
a river or a range each source takes another point. The rule was measured on
GeoNames' file of the Netherlands, where Schiphol, IJsselmeer, Rhine, Meuse,
Scheldt, Texel and the Wadden Sea are joined and no hotel or quarter that is
called after one of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geopy.distance import great_circle

from geo.gazetteer.names import normalise

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

    from geo.gazetteer.dump.rows import PlaceRow

NEAR_KM = {"P": 10.0, "A": 10.0, "S": 10.0, "R": 10.0, "H": 60.0, "T": 60.0, "L": 60.0, "V": 60.0, "U": 60.0}
"""How far apart the points of one place may lie where both call it by the same official name."""

ALIAS_KM = {**NEAR_KM, "P": 2.0, "A": 2.0}
"""The same where only another name of the one is a name of the other; the feature codes must agree then."""

OTHER_CODE_KM = {**NEAR_KM, "S": 1.0, "R": 1.0}
"""The same by the official name where the feature codes differ: hotels and stations are called after what is near."""

_ALIKE = 3
"""Letters at the beginning in which codes of buildings agree that mean about the same (AIRB and AIRP, PS and PSN)."""

FAR_KM = 500.0
FAR_PROMINENCE = 5
FAR_LEAD = 2
"""A river, sea, range or region may lie this far apart, if both call it by the same official name, the feature codes
agree, GeoNames knows it under this many names, and under this many times as many as any other of the kind: its source
and its mouth are far apart, and no brook has so many names."""

_FAR_CLASSES = frozenset("HTLU")
_GENERIC = (" river", " lake", " sea")
"""Words that one source adds to a name and the other does not ("Rhine River")."""

_REFERENCES = (
    ("own_id", "place"), ("division", "place"), ("area", "place"), ("parent", "place"), ("parent", "parent"),
)  # fmt: skip
"""The columns of the index, but for names, that hold keys of places which may be ours."""


class Own(NamedTuple):
    """A place of our own tables."""

    key: int
    official: str
    feature_class: str
    feature_code: str
    lon: float
    lat: float
    country_code: str


class Match(NamedTuple):
    """A place of GeoNames that may be one of ours; the greatest one is taken."""

    is_near: bool
    is_official: bool
    is_same_code: bool
    prominence: int
    nearness_km: float
    """The distance, negative."""
    geonames_id: int


class OwnPlaces:
    """The places of our own tables, each looked for among the rows of the dump.

    Parameters
    ----------
    places
        Rows (key, name, feature class, feature code, lon, lat, country code) of the index.
    names
        Rows (normalised name, key) of the index, of the names that are trusted.
    """

    def __init__(
        self,
        places: Iterable[tuple[int, str, str, str, float, float, str]],
        names: Iterable[tuple[str, int]],
    ) -> None:
        self._own = {row[0]: Own(row[0], _core(normalise(row[1])), *row[2:]) for row in places}
        self._by_name: dict[str, list[int]] = {}
        for own in self._own.values():
            self._by_name.setdefault(own.official, []).append(own.key)
        for name, key in names:
            bearers = self._by_name.setdefault(_core(name), [])
            if key not in bearers:
                bearers.append(key)
        self._matches: dict[int, list[Match]] = {}

    def consider(self, row: PlaceRow, official: str, names: Iterable[str], prominence: int) -> None:
        """Remember a row of the dump if it may be one of our places.

        Parameters
        ----------
        row
            The row.
        official
            Its normalised official name.
        names
            Its other normalised names.
        prominence
            How many names it has in GeoNames.
        """
        core = _core(official)
        bearers = set(self._by_name.get(core, ()))
        for name in names:
            bearers.update(self._by_name.get(name, ()))
        for key in bearers:
            own = self._own[key]
            if own.feature_class != row.feature_class or _elsewhere(own.country_code, row.country_code):
                continue
            match = _match(own, row, core, prominence)
            if match is not None:
                self._matches.setdefault(key, []).append(match)

    def joined(self) -> dict[int, int]:
        """Return, by the key of our place, the GeoNames id of the same place; no id twice."""
        taken: dict[int, tuple[Match, int]] = {}
        for key, matches in sorted(self._matches.items()):
            best = max(matches)
            rivals = (match.prominence for match in matches if match.geonames_id != best.geonames_id)
            if not best.is_near and best.prominence < FAR_LEAD * max(rivals, default=0):
                continue
            known = taken.get(best.geonames_id)
            if known is None or best > known[0]:
                taken[best.geonames_id] = (best, key)
        return {key: geonames_id for geonames_id, (_, key) in sorted(taken.items())}


def _match(own: Own, row: PlaceRow, core: str, prominence: int) -> Match | None:
    is_official, is_same_code = own.official == core, _agree(own.feature_class, own.feature_code, row.feature_code)
    if not is_official and not is_same_code:
        return None
    limit = ALIAS_KM if not is_official else NEAR_KM if is_same_code else OTHER_CODE_KM
    apart = great_circle((own.lat, own.lon), (row.lat, row.lon)).km
    is_near = apart <= limit[own.feature_class]
    is_known = is_official and is_same_code and prominence >= FAR_PROMINENCE
    is_far = own.feature_class in _FAR_CLASSES and is_known and apart <= FAR_KM
    if not is_near and not is_far:
        return None
    return Match(is_near, is_official, is_same_code, prominence, -apart, row.geonames_id)


def _agree(feature_class: str, one: str, other: str) -> bool:
    if one == other or feature_class != "S":
        return one == other
    shortest = min(_ALIKE, len(one), len(other))
    return one[:shortest] == other[:shortest] != ""


def _core(name: str) -> str:
    for word in _GENERIC:
        if name.endswith(word):
            return name.removesuffix(word)
    return name


def _elsewhere(one: str, other: str) -> bool:
    return bool(one and other) and one != other


def read_own(index: sqlite3.Connection, *, least_trust: int) -> OwnPlaces:
    """Return the places of our own tables in an index that is begun, by their names of `least_trust` or more."""
    return OwnPlaces(
        index.execute(
            "SELECT id, name, feature_class, feature_code, lon, lat, country_code FROM place"
            " WHERE id < 0 AND feature_class <> ''"
        ),
        index.execute(
            "SELECT n.key, n.place FROM base.name n JOIN place p ON p.id = n.place"
            " WHERE n.place < 0 AND n.trust >= ? AND p.feature_class <> ''",
            (least_trust,),
        ),
    )


def write_joined(index: sqlite3.Connection, joined: dict[int, int]) -> None:
    """Let the places of GeoNames take over from ours all but the names, which are merged with all others.

    Parameters
    ----------
    index
        An index with the places of both. Its table ``staging.joined`` (own, place) is filled.
    joined
        What :meth:`OwnPlaces.joined` found.
    """
    index.executemany("INSERT INTO staging.joined VALUES (?,?)", joined.items())
    # The name is ours, which the press uses; the point is GeoNames', as for all of its places.
    index.execute(
        "UPDATE place SET name = o.name, prominence = max(place.prominence, o.prominence),"
        " population = max(place.population, o.population),"
        " admin1 = coalesce(place.admin1, o.admin1), admin2 = coalesce(place.admin2, o.admin2)"
        " FROM staging.joined j JOIN place o ON o.id = j.own WHERE place.id = j.place"
    )
    for table, column in _REFERENCES:
        index.execute(
            f"UPDATE OR IGNORE {table}"  # noqa: S608 - own names
            f" SET {column} = (SELECT j.place FROM staging.joined j WHERE j.own = {table}.{column})"
            f" WHERE {column} IN (SELECT own FROM staging.joined)"
        )
    index.execute("DELETE FROM area WHERE place IN (SELECT own FROM staging.joined)")
    index.execute("DELETE FROM parent WHERE place IN (SELECT own FROM staging.joined)")
    index.execute("DELETE FROM place WHERE id IN (SELECT own FROM staging.joined)")
