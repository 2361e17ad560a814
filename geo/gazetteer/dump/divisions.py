"""The divisions that the dump's codes stand for, as rows of the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.gazetteer.sources import as_printed

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable

    from geo.gazetteer.dump.rows import AdminRow


class Divisions:
    """Resolves codes of divisions to rows of ``division``: those that the index has, and new ones.

    Parameters
    ----------
    known
        Rows (key, name, place) of the index.
    listed
        The lines of ``admin1CodesASCII.txt`` and ``admin2Codes.txt``.
    same_as
        Returns the key that a place has in the index by its GeoNames id.
    """

    def __init__(
        self,
        known: Iterable[tuple[int, str, int | None]],
        listed: Iterable[AdminRow],
        same_as: Callable[[int], int],
    ) -> None:
        self._by_place: dict[int, int] = {}
        self._next = 1
        for key, _, place in known:
            self._next = max(self._next, key + 1)
            if place is not None:
                self._by_place.setdefault(place, key)
        self._listed = {row.code: (row.name, row.geonames_id) for row in listed}
        self._same_as = same_as
        self._resolved: dict[str, int | None] = {}
        self._new: list[tuple[int, str, int]] = []

    def resolve(self, country_code: str, admin1_code: str, admin2_code: str) -> tuple[int | None, int | None]:
        """Return the keys of the first- and the second-order division, None where the codes name none."""
        if not admin1_code:
            return None, None
        first = f"{country_code}.{admin1_code}"
        return self._key(first), self._key(f"{first}.{admin2_code}") if admin2_code else None

    def _key(self, code: str) -> int | None:
        if code in self._resolved:
            return self._resolved[code]
        key = None
        if listed := self._listed.get(code):
            place = self._same_as(listed[1])
            key = self._by_place.get(place)
            if key is None:
                key = self._by_place[place] = self._next
                self._next += 1
                self._new.append((key, as_printed(listed[0], code[:2]), place))
            self._resolved[code] = key
        return key

    def write(self, connection: sqlite3.Connection) -> None:
        """Add the new rows to the index, which must have all its places."""
        connection.executemany(
            "INSERT INTO division SELECT ?, ?, (SELECT id FROM place WHERE id = ?)", self._new
        )  # a division of which only the code is known has a name, and no place
