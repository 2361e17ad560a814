"""Asks the index: which places a name can mean, where they lie and what they lie in."""

from __future__ import annotations

import re
import sqlite3
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Self

from geo.errors import NoGazetteer, UnknownPlace
from geo.gazetteer.names import normalise
from geo.types import Candidate, NameKind, Place

if TYPE_CHECKING:
    from types import TracebackType

    from shapely.geometry.base import BaseGeometry

EMBEDDED = Path(__file__).with_name("gazetteer.sqlite")
"""The index that dateline is installed with."""

FORMAT = "1"
KINDS: tuple[NameKind, ...] = ("official", "alternate", "abbreviation", "code", "demonym", "former", "site")

MOST_CANDIDATES = 150
"""How many places one name can mean, at most. San José has more; the least peopled are left out."""

REMEMBERED = 1 << 14
"""Names whose answers are kept, about 25 MB of them: those that thousands of articles have in common. Asking
again takes 20 microseconds, so that more memory would buy little."""

WEAK = 0.3
"""Trust up to which a name is called weak in a profile."""

CITY, TOWN = 100_000, 5_000
"""Population from which a populated place is called a city or a town in a profile."""

DERIVED_TRUST = 0.8
UNFIT_TRUST = 0.3
"""Factors on the trust of a name that was found after a generic word was left out: where the
word fits the place (a county is a division), and where it does not."""

WATER, LAND = "HL", "TL"

# Generic words beside a name, and the feature classes of GeoNames of what they name.
_GENERIC = {
    **dict.fromkeys(
        [
            "county",
            "oblast",
            "region",
            "province",
            "state",
            "district",
            "governorate",
            "prefecture",
            "republic",
            "territory",
            "department",
            "krai",
            "raion",
            "canton",
            "parish",
            "voivodeship",
            "borough",
            "emirate",
            "administration",
        ],
        "AL",
    ),
    **dict.fromkeys(
        ["city", "town", "village", "township", "municipality", "suburb", "capital", "port", "metropolis", "hamlet"],
        "P",
    ),
    **dict.fromkeys(
        ["river", "lake", "sea", "gulf", "bay", "strait", "canal", "creek", "ocean", "reservoir", "delta", "basin"],
        WATER,
    ),
    **dict.fromkeys(
        [
            "mountain",
            "mountains",
            "island",
            "islands",
            "peninsula",
            "valley",
            "desert",
            "mount",
            "hills",
            "coast",
            "plateau",
        ],
        LAND,
    ),
    **dict.fromkeys(["area", "border", "metropolitan"], "APL"),
    **dict.fromkeys(["airport", "station"], "SP"),
}
_DIRECTION = re.compile(
    r"(?:north|south|east|west|northern|southern|eastern|western|central|northeast|northwest|southeast|southwest|"
    r"northeastern|northwestern|southeastern|southwestern|greater|upper|lower|inner|outer|mainland|downtown|occupied) ",
)

_GEONAMES_ID = re.compile("[1-9][0-9]{0,17}", re.ASCII)
"""What can be a GeoNames id and is a number that SQLite can hold."""

_QUERY = """
SELECT n.kind, n.trust, n.form, p.id, p.name, p.lon, p.lat, p.country_code, a.name, b.name,
       p.feature_class, p.feature_code, p.population, p.prominence, o.id
FROM name n JOIN place p ON p.id = n.place
LEFT JOIN division a ON a.id = p.admin1 LEFT JOIN division b ON b.id = p.admin2
LEFT JOIN own_id o ON o.place = p.id
WHERE n.key = ? ORDER BY n.trust >= 50 DESC, p.feature_class = 'A' DESC, p.population DESC, p.id LIMIT ?
"""
_PLACE = """
SELECT p.id, p.name, p.lon, p.lat, p.country_code, a.name, b.name,
       p.feature_class, p.feature_code, p.population, p.prominence, o.id
FROM place p LEFT JOIN division a ON a.id = p.admin1 LEFT JOIN division b ON b.id = p.admin2
LEFT JOIN own_id o ON o.place = p.id WHERE p.id = ?
"""


class Gazetteer:
    """The gazetteer: names → places.

    Opens in milliseconds and reads from disk; nothing is changed by asking.
    Use :meth:`open`, as a context manager or not.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self._connection = connection
        self.lookup = lru_cache(maxsize=REMEMBERED)(self._lookup)  # type: ignore[method-assign]
        self.profile = lru_cache(maxsize=REMEMBERED)(self._profile)  # type: ignore[method-assign]

    @classmethod
    def open(cls, path: Path | None = None) -> Self:
        """Open the index at `path`, by default the one dateline was installed with.

        Raises
        ------
        NoGazetteer
            If there is no index at `path`, or one of another format.
        """
        path = path or EMBEDDED
        again = "install dateline again (pip install --force-reinstall), which makes it"
        if not path.is_file():
            message = f"{path}: the gazetteer's index is not there; {again}"
            raise NoGazetteer(message)
        try:
            connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
            about = dict(connection.execute("SELECT item, value FROM about"))
        except sqlite3.DatabaseError as error:
            message = f"{path}: the gazetteer's index is damaged ({error}); {again}"
            raise NoGazetteer(message) from error
        if about.get("format") != FORMAT:
            connection.close()
            message = f"{path}: an index of format {about.get('format')}, and this version reads {FORMAT}; {again}"
            raise NoGazetteer(message)
        return cls(connection, path)

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
        it are left out ("northern Kursk region"); what is found then has the
        kind ``derived``, and more trust where the generic word fits the place.

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

    def _lookup(self, name: str) -> tuple[Candidate, ...]:
        key = normalise(name)
        found = self._exact(key, name)
        return found or self._derived(key, name)

    def _exact(self, key: str, name: str) -> tuple[Candidate, ...]:
        return tuple(
            Candidate(
                place=_place(row[3:]),
                matched_name=row[2] or name,
                kind=KINDS[row[0]],
                trust=row[1] / 100,
                prominence=row[13],
            )
            for row in self._connection.execute(_QUERY, (key, MOST_CANDIDATES))
        )

    def _derived(self, key: str, name: str) -> tuple[Candidate, ...]:
        head, comma, _ = name.partition(",")
        if comma:
            return self._weakened(self._exact(normalise(head), head), "")
        fits = ""
        while key:
            first, _, rest = key.partition(" ")
            front, _, last = key.rpartition(" ")
            if direction := _DIRECTION.match(key):
                key = key[direction.end() :]
            elif front and last in _GENERIC:
                key, fits = front, fits or _GENERIC[last]
            elif rest and first in _GENERIC:
                key, fits = rest.removeprefix("of ").removeprefix("the "), fits or _GENERIC[first]
            else:
                return ()
            if found := self._exact(key, key.title()):
                return self._weakened(found, fits)
        return ()

    def _weakened(self, found: tuple[Candidate, ...], fits: str) -> tuple[Candidate, ...]:
        if fits in {WATER, LAND} and (fitting := [c for c in found if c.place.feature_class in fits]):
            found = tuple(fitting)
        elif fits in {WATER, LAND}:
            return ()  # "Ocoee River" is no town called Ocoee
        return tuple(
            Candidate(
                place=candidate.place,
                matched_name=candidate.matched_name,
                kind="derived",
                trust=candidate.trust
                * (DERIVED_TRUST if not fits or candidate.place.feature_class in fits else UNFIT_TRUST),
                prominence=candidate.prominence,
            )
            for candidate in found
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

    def _profile(self, name: str) -> frozenset[str]:
        labels: set[str] = set()
        strongest = 0.0
        rows = self._connection.execute(
            "SELECT DISTINCT n.kind, n.trust, p.feature_class, p.feature_code,"
            " CASE WHEN p.population >= ? THEN 2 WHEN p.population >= ? THEN 1 ELSE 0 END"
            " FROM name n JOIN place p ON p.id = n.place WHERE n.key = ?",
            (CITY, TOWN, normalise(name)),
        ).fetchall()
        for kind, trust, feature_class, feature_code, size in rows:
            strongest = max(strongest, trust / 100)
            if KINDS[kind] in {"demonym", "abbreviation", "former", "code"}:
                labels.add(KINDS[kind])
            if KINDS[kind] not in {"demonym", "code"}:
                labels.add(_label(feature_class, feature_code, size))
        if rows and strongest <= WEAK:
            labels.add("weak")
        return frozenset(labels)

    def place(self, place_id: str) -> Place:
        """Return the place with this id.

        Raises
        ------
        UnknownPlace
            If no place has it.
        """
        key = self._key(place_id)
        row = self._connection.execute(_PLACE, (key,)).fetchone() if key is not None else None
        if row is None:
            message = f"{place_id}: no place of the gazetteer has this id; ids look like geonames:703448"
            raise UnknownPlace(message)
        return _place(row)

    def parents(self, place: Place) -> tuple[Place, ...]:
        """Return what `place` lies in, the nearest first: second-order division, first-order division, country."""
        key = self._key(place.id)
        row = self._connection.execute(
            "SELECT b.place, a.place, c.place FROM place p LEFT JOIN division a ON a.id = p.admin1"
            " LEFT JOIN division b ON b.id = p.admin2 LEFT JOIN country c ON c.code = p.country_code WHERE p.id = ?",
            (key,),
        ).fetchone()
        keys = [parent for parent in row or () if parent is not None and parent != key]
        return tuple(_place(self._connection.execute(_PLACE, (parent,)).fetchone()) for parent in keys)

    def country(self, code: str) -> Place | None:
        """Return the country with this ISO 3166-1 alpha-2 code, None if there is none."""
        row = self._connection.execute("SELECT place FROM country WHERE code = ?", (code,)).fetchone()
        return self.place(f"geonames:{row[0]}") if row else None

    def area(self, place_id: str) -> BaseGeometry | None:
        """Return the area of a place in EPSG:4326, None where none is known."""
        import shapely  # noqa: PLC0415 - takes a tenth of a second, and most questions need no geometry

        row = self._connection.execute("SELECT wkb FROM area WHERE place = ?", (self._key(place_id),)).fetchone()
        return shapely.from_wkb(row[0]) if row else None

    def contains(self, place: Place, lon: float, lat: float) -> bool:
        """Return whether the point (degrees, EPSG:4326) lies in the area of `place`; False where none is known."""
        import shapely  # noqa: PLC0415 - see area

        area = self.area(place.id)
        return area is not None and bool(shapely.covers(area, shapely.Point(lon, lat)))

    def about(self) -> dict[str, str]:
        """Return what the index was made from and how much it holds."""
        about: dict[str, str] = dict(self._connection.execute("SELECT item, value FROM about ORDER BY item"))
        for table in ("place", "name", "area"):
            (count,) = self._connection.execute(f"SELECT count(*) FROM {table}").fetchone()  # noqa: S608 - own names
            about[f"{table}s"] = str(count)
        return about

    def _key(self, place_id: str) -> int | None:
        scheme, _, value = place_id.partition(":")
        if scheme == "geonames":
            return int(value) if _GEONAMES_ID.fullmatch(value) else None
        if not place_id.isascii():  # SQLite could not even be asked for a lone surrogate
            return None
        row = self._connection.execute("SELECT place FROM own_id WHERE id = ?", (place_id,)).fetchone()
        return int(row[0]) if row else None


def _label(feature_class: str, feature_code: str, size: int) -> str:
    if feature_class == "A":
        return {"ADM1": "admin1", "ADM2": "admin2"}.get(feature_code, "country")
    if feature_class == "P":
        return ("village", "town", "city")[size]
    return {"L": "region", "H": "water", "S": "site", "R": "site"}.get(feature_class, "terrain")


def _place(row: tuple[object, ...]) -> Place:
    key, name, lon, lat, country_code, admin1, admin2, feature_class, feature_code, population, _, own_id = row
    own = own_id is not None
    return Place(
        id=str(own_id) if own else f"geonames:{key}",
        name=str(name),
        lon=float(lon),  # type: ignore[arg-type]
        lat=float(lat),  # type: ignore[arg-type]
        country_code=str(country_code),
        admin1=str(admin1 or ""),
        admin2=str(admin2 or ""),
        feature_class=str(feature_class),
        feature_code=str(feature_code),
        population=int(population),  # type: ignore[call-overload]
        source="dateline" if own else "GeoNames",
        licence="MIT" if own else "CC BY 4.0",
    )
