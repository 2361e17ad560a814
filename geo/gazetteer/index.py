"""Asks the index: which places a name can mean, where they lie and what they lie in."""

# ruff: noqa: S608
# Queries are put together from the constants of this module and from nothing that is asked.

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Self

from geo import coordinates
from geo.errors import NoGazetteer, UnknownPlace
from geo.gazetteer.close import CLOSE_TRUST, close_keys
from geo.gazetteer.derived import (
    FITTING_TRUST,
    LITERAL,
    UNFIT_TRUST,
    WITHIN_TRUST,
    is_generic,
    within_institution,
    without_generic,
)
from geo.gazetteer.names import normalise
from geo.gazetteer.storage import EMBEDDED, current
from geo.gazetteer.store import FORMAT, KINDS, unpacked
from geo.gazetteer.trust import TRUST_UNLIKE
from geo.types import Candidate, Place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from types import TracebackType

    from shapely.geometry.base import BaseGeometry

MOST_CANDIDATES = 150
"""How many places one name can mean, at most. San José has more; the least peopled are left out."""

REMEMBERED = 1 << 14
"""Names whose answers are kept, about 25 MB of them: those that thousands of articles have in common. Asking
again takes 20 microseconds, so that more memory would buy little."""

MAPPED = 1 << 28
"""Bytes of the index that are read through memory that all processes share."""

WEAK = 0.3
"""Trust up to which a name is called weak in a profile."""

_TELLING = frozenset(("demonym", "abbreviation", "former", "code"))
_NOT_OF_THE_PLACE = frozenset(("demonym", "code"))
"""Kinds of names that a profile tells, and those that say nothing of what the place is."""
_NO_PROFILE: frozenset[str] = frozenset()

CITY, TOWN = 100_000, 5_000
"""Population from which a populated place is called a city or a town in a profile."""

_GEONAMES_ID = re.compile("[1-9][0-9]{0,17}", re.ASCII)
"""What can be a GeoNames id and is a number that SQLite can hold."""

_COLUMNS = """p.id, p.name, p.lon, p.lat, p.country_code, a.name, b.name, p.feature_class, p.feature_code,
    p.population, CASE WHEN p.id < 0 THEN (SELECT o.id FROM own_id o WHERE o.place = p.id) END, p.source, p.prominence
"""
_DIVISIONS = "LEFT JOIN division a ON a.id = p.admin1 LEFT JOIN division b ON b.id = p.admin2"
_LOOKUP = f"""SELECT n.kind, n.trust, n.form, n.language, {_COLUMNS}
FROM name n JOIN place p ON p.id = n.place {_DIVISIONS} WHERE n.key = ?"""
_LOOKUP_MANY = f"""SELECT n.key, n.kind, n.trust, n.form, n.language, {_COLUMNS}
FROM json_each(?) j CROSS JOIN name n ON n.key = j.value JOIN place p ON p.id = n.place {_DIVISIONS}"""
_PLACE = f"SELECT {_COLUMNS} FROM place p {_DIVISIONS} WHERE p.id = ?"
_PARENTS = """SELECT q.parent, b.place, a.place, c.place, s.parent, t.parent FROM place p
LEFT JOIN parent q ON q.place = p.id AND p.feature_class = 'P'
LEFT JOIN division b ON b.id = p.admin2 LEFT JOIN division a ON a.id = p.admin1
LEFT JOIN country c ON c.code = p.country_code
LEFT JOIN parent s ON s.place = coalesce(c.place, p.id) LEFT JOIN parent t ON t.place = s.parent
WHERE p.id = ?"""
_PROFILE = """SELECT DISTINCT n.kind, n.trust, p.feature_class, p.feature_code,
CASE WHEN p.population >= ? THEN 2 WHEN p.population >= ? THEN 1 ELSE 0 END
FROM name n JOIN place p ON p.id = n.place WHERE n.key = ?"""
_PROFILE_MANY = """SELECT n.kind, n.trust, p.feature_class, p.feature_code,
CASE WHEN p.population >= ? THEN 2 WHEN p.population >= ? THEN 1 ELSE 0 END, n.key
FROM json_each(?) j CROSS JOIN name n ON n.key = j.value JOIN place p ON p.id = n.place"""
_BEARS = """SELECT 1 FROM name n JOIN place p ON p.id = n.place
WHERE n.key = ? AND n.trust >= ? AND p.feature_code = ? LIMIT 1"""

_PAGE_SIZE, _PAGES = slice(16, 18), slice(28, 32)
"""Where the header of a SQLite file says how long it is (https://www.sqlite.org/fileformat.html)."""
_LARGEST_PAGE = 65536


_NUMBERS = frozenset("0123456789")


class Gazetteer:
    """The gazetteer: names → places.

    Opens in milliseconds and reads from disk; nothing is changed by asking.
    Use :meth:`open`, as a context manager or not.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self._connection = connection
        self._sources = {
            number: (key, name, licence)
            for number, key, name, licence in self._ask("SELECT id, key, name, licence FROM source")
        }
        self.lookup = lru_cache(maxsize=REMEMBERED)(self._lookup)  # type: ignore[method-assign]
        self.profile = lru_cache(maxsize=REMEMBERED)(self._profile)  # type: ignore[method-assign]

    @classmethod
    def open(cls, path: Path | None = None) -> Self:
        """Open the index at `path`: by default the one in the user's data folder, else the embedded one.

        Raises
        ------
        NoGazetteer
            If there is no index at `path`, a damaged one, or one of another format.
        """
        path = path or current()
        if not path.is_file():
            message = f"{path}: the gazetteer's index is not there; {_mend(path)}"
            raise NoGazetteer(message)
        with path.open("rb") as file:
            header = file.read(100)
        size = int.from_bytes(header[_PAGE_SIZE], "big")
        promised = int.from_bytes(header[_PAGES], "big") * (_LARGEST_PAGE if size == 1 else size)
        if path.stat().st_size < promised:
            message = f"{path}: the gazetteer's index is damaged (its end is missing); {_mend(path)}"
            raise NoGazetteer(message)
        try:
            connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            connection.execute(f"PRAGMA mmap_size = {MAPPED}")
            about = dict(connection.execute("SELECT item, value FROM about"))
        except sqlite3.DatabaseError as error:
            message = f"{path}: the gazetteer's index is damaged ({error}); {_mend(path)}"
            raise NoGazetteer(message) from error
        if about.get("format") != str(FORMAT):
            connection.close()
            message = (
                f"{path}: an index of format {about.get('format')}, and this version reads {FORMAT}; {_mend(path)}"
            )
            raise NoGazetteer(message)
        return cls(connection, path)

    def _ask(self, query: str, values: tuple[object, ...] = ()) -> list[tuple[Any, ...]]:
        """Return the rows that answer `query`."""
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            message = f"{self.path}: the gazetteer's index is damaged ({error}); {_mend(self.path)}"
            raise NoGazetteer(message) from error

    def close(self) -> None:
        """Close the index's file."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def normalise(self, name: str) -> str:
        """Return the key under which `name` is looked up; see :mod:`geo.gazetteer.names`."""
        return normalise(name)

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Return the places that `name` can mean.

        Where the name itself is unknown, generic words and directions around
        it are left out ("northern Kursk region"), or the place is taken that an
        institution is named after ("Delhi High Court"); what is found so has
        the kind ``derived``, and more trust where the generic word fits the
        place. A position ("50.45° N, 30.52° E") means its point, of the kind
        ``coordinates``. The last resort are close spellings, of the kind ``close``.

        Parameters
        ----------
        name
            A name as written.

        Returns
        -------
        tuple of Candidate
            Trusted names first, then divisions, then by population; empty if none.
        """
        return self._lookup(name)  # pragma: no cover - replaced by its cached form for each instance

    def lookup_many(self, names: Iterable[str]) -> dict[str, tuple[Candidate, ...]]:
        """Return the places that each of `names` can mean: what :meth:`lookup` says of each, in fewer questions."""
        keys = {name: normalise(name) for name in names}
        rows: dict[str, list[tuple[Any, ...]]] = {}
        wanted = json.dumps(list(dict.fromkeys(filter(None, keys.values()))))
        for key, *row in self._ask(_LOOKUP_MANY, (wanted,)):
            rows.setdefault(key, []).append(tuple(row))
        return {
            name: self._candidates(rows[key], name) if key in rows else self.lookup(name) for name, key in keys.items()
        }

    def _lookup(self, name: str) -> tuple[Candidate, ...]:
        key = normalise(name)
        found = self._exact(key, name)
        if not found and not _NUMBERS.isdisjoint(name):
            found = self._position(name)
        return found or self._derived(key, name) or self._close(key)

    def _position(self, name: str) -> tuple[Candidate, ...]:
        """Return the point that `name` states, which is no name then, with what it lies in."""
        stated = coordinates.read(name)
        if stated is None:
            return ()
        from geo.gazetteer.locating import locate  # noqa: PLC0415 - few texts state positions

        [spot] = locate(self.path, [(stated.lon, stated.lat)], [""])
        place = Place(
            f"geo:{stated.lat:.5f},{stated.lon:.5f}", " ".join(name.split()), stated.lon, stated.lat,
            spot.country_code, spot.admin1, spot.admin2, "L", "LCTY", source="the text", licence="",
        )  # fmt: skip
        return (Candidate(place, place.name, "coordinates"),)

    def _exact(self, key: str, name: str) -> tuple[Candidate, ...]:
        return self._candidates(self._ask(_LOOKUP, (key,)), name)

    def _candidates(self, rows: list[tuple[Any, ...]], name: str) -> tuple[Candidate, ...]:
        if len(rows) > 1:  # quicker here than asked of SQLite, since most names have one bearer
            rows = sorted(rows, key=_order)[:MOST_CANDIDATES]
        return tuple(
            Candidate(self._place(place), form or name, KINDS[kind], trust / 100, place[-1], language or "")
            for kind, trust, form, language, *place in rows
        )

    def _derived(self, key: str, name: str) -> tuple[Candidate, ...]:
        head, comma, _ = name.partition(",")
        if comma:
            return tuple(_weaker(candidate, FITTING_TRUST) for candidate in self._exact(normalise(head), head))
        for rest, fits in without_generic(key):
            if found := self._exact(rest, rest.title()):
                if fits in LITERAL:
                    found = tuple(c for c in found if c.place.feature_class in fits)
                return tuple(
                    _weaker(c, FITTING_TRUST if not fits or c.place.feature_class in fits else UNFIT_TRUST)
                    for c in found
                )
        for rest in within_institution(key):
            if found := self._exact(rest, rest.title()):
                return tuple(_weaker(candidate, WITHIN_TRUST) for candidate in found)
        return ()

    def _close(self, key: str) -> tuple[Candidate, ...]:
        if is_generic(key):
            return ()
        return tuple(
            replace(candidate, kind="close", trust=candidate.trust * CLOSE_TRUST)
            for near in close_keys(self._connection, key)
            for candidate in self._exact(near, near.title())
            if candidate.kind != "code" and (candidate.place.population >= TOWN or candidate.place.feature_class != "P")
        )

    def profile(self, name: str) -> frozenset[str]:
        """Return what kinds of place bear exactly `name`, as features for recognition.

        Returns
        -------
        frozenset of str
            Of ``country``, ``admin1``, ``admin2``, ``city``, ``town``,
            ``village`` (populated places by population), ``region``, ``water``,
            ``terrain``, ``site``; the kinds of name ``demonym``,
            ``abbreviation``, ``former``, ``code``; and ``weak`` where only
            names of little trust match. Empty if nothing bears the name.
        """
        return self._profile(name)  # pragma: no cover - replaced by its cached form for each instance

    def profile_many(self, names: Iterable[str]) -> dict[str, frozenset[str]]:
        """Return what :meth:`profile` says of each of `names`, in one question, which is quicker."""
        keys = {name: normalise(name) for name in names}
        wanted = json.dumps(list(dict.fromkeys(filter(None, keys.values()))))
        rows: dict[str, list[tuple[Any, ...]]] = {}
        for row in self._ask(_PROFILE_MANY, (CITY, TOWN, wanted)):
            rows.setdefault(row[-1], []).append(row[:-1])
        profiles = {key: _profile_of(found) for key, found in rows.items()}
        return {name: profiles.get(key, _NO_PROFILE) for name, key in keys.items()}

    def bears(self, name: str, feature_code: str, *, trust: float = 0.0) -> bool:
        """Return whether a place of this feature code bears exactly `name`, with `trust` in [0, 1] or more."""
        return bool(self._ask(_BEARS, (normalise(name), round(trust * 100), feature_code)))

    def _profile(self, name: str) -> frozenset[str]:
        return _profile_of(self._ask(_PROFILE, (CITY, TOWN, normalise(name))))

    def place(self, place_id: str) -> Place:
        """Return the place with this id.

        Raises
        ------
        UnknownPlace
            If no place has it.
        """
        key = self._key(place_id)
        rows = self._ask(_PLACE, (key,)) if key is not None else []
        if not rows:
            message = f"{place_id}: no place of the gazetteer has this id; ids look like geonames:703448"
            raise UnknownPlace(message)
        return self._place(rows[0])

    def parents(self, place: Place) -> tuple[Place, ...]:
        """Return what `place` lies in, the nearest first.

        That is the town of a quarter (where the index has GeoNames' hierarchy),
        the second-order division, the first-order division, the country, the
        subregion of the UN's M49 standard and the continent, as
        far as they are known.
        """
        key = self._key(place.id)
        [found] = self._ask(_PARENTS, (key,)) or [()]
        keys = dict.fromkeys(parent for parent in found if parent is not None and parent != key)
        return tuple(self._place(self._ask(_PLACE, (parent,))[0]) for parent in keys)

    def country(self, code: str) -> Place | None:
        """Return the country with this ISO 3166-1 alpha-2 code, None if there is none."""
        rows = self._ask("SELECT place FROM country WHERE code = ?", (code,))
        return self.place(f"geonames:{rows[0][0]}") if rows else None

    def area(self, place_id: str) -> BaseGeometry | None:
        """Return the area of a place in EPSG:4326, None where none is known."""
        import shapely  # noqa: PLC0415 - takes a tenth of a second, and most questions need no geometry

        rows = self._ask("SELECT packed FROM area WHERE place = ?", (self._key(place_id),))
        return shapely.from_wkb(unpacked(rows[0][0])) if rows else None

    def contains(self, place: Place, lon: float, lat: float) -> bool:
        """Return whether the point (degrees, EPSG:4326) lies in the area of `place`; False where none is known."""
        import shapely  # noqa: PLC0415 - see area

        area = self.area(place.id)
        return area is not None and bool(shapely.covers(area, shapely.Point(lon, lat)))

    @property
    def digest(self) -> str:
        """What the models name the gazetteer by that they were trained with; see :mod:`geo.gazetteer.store`."""
        rows = self._ask("SELECT value FROM about WHERE item = 'digest'")
        return str(rows[0][0]) if rows else ""

    def about(self) -> dict[str, str]:
        """Return what the index was made from and how much it holds."""
        about: dict[str, str] = dict(self._ask("SELECT item, value FROM about ORDER BY item"))
        for table in ("place", "name", "area"):
            [(count,)] = self._ask(f"SELECT count(*) FROM {table}")
            about[f"{table}s"] = str(count)
        return about

    def sources(self) -> tuple[dict[str, str], ...]:
        """Return what places and names come from: each key, name, version, date, licence, attribution and url."""
        columns = ("key", "name", "version", "date", "licence", "attribution", "url")
        rows = self._ask(f"SELECT {', '.join(columns)} FROM source ORDER BY key")
        return tuple(dict(zip(columns, row, strict=True)) for row in rows)

    def _key(self, place_id: str) -> int | None:
        scheme, _, value = place_id.partition(":")
        if scheme == "geonames":
            return int(value) if _GEONAMES_ID.fullmatch(value) else None
        if not place_id.isascii():  # SQLite could not even be asked for a lone surrogate
            return None
        rows = self._ask(
            "SELECT o.place, s.key FROM own_id o JOIN place p ON p.id = o.place JOIN source s ON s.id = p.source"
            " WHERE o.id = ?",
            (value,),
        )
        # A place that GeoNames has as well goes by its own id too, but is GeoNames'.
        return next((int(key) for key, source in rows if key > 0 or source == scheme), None)

    def _place(self, row: Sequence[Any]) -> Place:
        """Return the place of a row of :data:`_COLUMNS`."""
        key, name, lon, lat, country_code, admin1, admin2, feature_class, feature_code, population, own, source, _ = row
        scheme, source_name, licence = self._sources[source]
        return Place(
            f"{scheme}:{own}" if own else f"geonames:{key}", name, lon, lat, country_code, admin1 or "", admin2 or "",
            feature_class, feature_code, population, source_name, licence,
        )  # fmt: skip


def _order(row: Sequence[Any]) -> tuple[object, ...]:
    """Return what a row of :data:`_LOOKUP` is sorted by: trusted names, divisions, people, how well known."""
    _, trust, _, _, key, *_, feature_class, _, population, _, _, prominence = row
    return trust < TRUST_UNLIKE, feature_class != "A", -population, -prominence, key


def _mend(path: Path) -> str:
    """Return what to do about an index that cannot be read."""
    if path == EMBEDDED:
        return "install dateline again (pip install --force-reinstall dateline), which makes it"
    return (
        "make it again with `dateline gazetteer install` or `dateline gazetteer build DIR`, "
        "or go back to the one that dateline came with, with `dateline gazetteer remove`"
    )


def _weaker(candidate: Candidate, factor: float) -> Candidate:
    return replace(candidate, kind="derived", trust=candidate.trust * factor)


def _profile_of(rows: Iterable[tuple[int, int, str, str, int]]) -> frozenset[str]:
    """Return the profile of a name that has the `rows` of :data:`_PROFILE`."""
    labels: set[str] = set()
    strongest = -1
    for kind, trust, feature_class, feature_code, size in set(rows):  # namesakes are mostly of one kind
        strongest = max(strongest, trust)
        if KINDS[kind] in _TELLING:
            labels.add(KINDS[kind])
        if KINDS[kind] not in _NOT_OF_THE_PLACE:
            labels.add(_label(feature_class, feature_code, size))
    if 0 <= strongest <= 100 * WEAK:
        labels.add("weak")
    return frozenset(labels)


def _label(feature_class: str, feature_code: str, size: int) -> str:
    if feature_class == "A":
        if feature_code == "TERR" or (feature_code.startswith("PCL") and feature_code != "PCLH"):
            return "country"
        return "admin1" if feature_code == "ADM1" else "admin2"  # townships and wards are called like districts
    if feature_class == "P":
        return ("village", "town", "city")[size]
    return {"L": "region", "H": "water", "S": "site", "R": "site"}.get(feature_class, "terrain")
