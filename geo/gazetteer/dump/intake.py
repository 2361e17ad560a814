"""Takes in the lines of a dump: what is new is staged, what the embedded index has is refined."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from geo.gazetteer.dump import rows as lines
from geo.gazetteer.dump.divisions import Divisions
from geo.gazetteer.dump.files import DumpFolder, Step
from geo.gazetteer.dump.initials import Initials
from geo.gazetteer.dump.joining import OwnPlaces, read_own, write_joined
from geo.gazetteer.dump.merging import write_names, write_parents, write_places
from geo.gazetteer.dump.naming import name_of, names_of
from geo.gazetteer.names import normalise
from geo.gazetteer.sources import as_printed
from geo.gazetteer.trust import TRUST_ALTERNATE, TRUST_COMMON_WORD

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator

    from geo.gazetteer.dump.files import DumpFile

_BATCH = 20_000
"""Names that are staged at once."""

_REFINED = frozenset(("PPL", "PCL", "PCLI", ""))
"""Feature codes of the embedded index that say no more than the class; the dump's own takes their place."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)

_SOURCE = "geonames-dump"

FIRST_STEP = Step("reading the embedded index", 0, 0, 0)


@dataclass(slots=True)
class Intake:
    """One build: what is known of the embedded index, and what has been read so far."""

    index: sqlite3.Connection
    dump: DumpFolder
    progress: Callable[[Step], None]
    known: dict[int, tuple[str, str, int, int | None, int | None]]
    own: OwnPlaces
    source: int
    common: frozenset[str]
    same_as: dict[int, int] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)
    initials: Initials = field(default_factory=Initials)
    malformed: lines.Malformed = field(default_factory=lines.Malformed)
    newest: str = ""
    rows_read: int = 0
    step: Step = FIRST_STEP
    _found: list[tuple[object, ...]] = field(default_factory=list)
    _said: list[tuple[object, ...]] = field(default_factory=list)

    @classmethod
    def begin(cls, index: sqlite3.Connection, dump: DumpFolder, progress: Callable[[Step], None]) -> Self:
        """Return a build that has read nothing yet.

        Parameters
        ----------
        index
            An index that is begun on ``base`` (:func:`geo.gazetteer.dump.merging.begun`).
        dump
            The files to read.
        progress
            Told how far the build has come.
        """
        known = {
            key: tuple(row)
            for key, *row in index.execute(
                "SELECT id, feature_class, feature_code, population, admin1, admin2 FROM place WHERE id > 0"
            )
        }
        (source,) = index.execute(
            "SELECT coalesce((SELECT id FROM source WHERE key = ?), (SELECT max(id) + 1 FROM source))", (_SOURCE,)
        ).fetchone()
        # The table of common words is for those who build the embedded index, which shows what came of it.
        common = frozenset(
            key for (key,) in index.execute("SELECT DISTINCT key FROM base.name WHERE trust = ?", (TRUST_COMMON_WORD,))
        )
        return cls(index, dump, progress, known, read_own(index, least_trust=TRUST_ALTERNATE), source, common)

    def report(self) -> None:
        """Tell again how far the build has come, as a sign that it is at work."""
        self.progress(self.step)

    def tell(self, doing: str, done: int = 0, total: int = 0) -> None:
        """Tell how far the build has come, with bytes of a file where one is read."""
        self.step = Step(doing, done, total, self.rows_read)
        self.report()

    def _rows(self, file: DumpFile, parse: Callable[[list[str]], lines.Row]) -> Iterator[lines.Row]:
        done = 0

        def passed(size: int, count: int) -> None:
            nonlocal done
            done += size
            self.rows_read += count
            self.tell(f"reading {file.path.name}", done, file.size)

        return lines.read_rows(file, parse, malformed=self.malformed, passed=passed)

    def read_tables(self) -> Divisions:
        """Read the countries and the codes of divisions; where the index has them under another id, note it."""
        ours = dict(self.index.execute("SELECT code, place FROM country"))
        for file in self.dump.countries:
            for row in self._rows(file, lines.parse_country):
                if row.geonames_id:
                    self.countries[row.code] = row.geonames_id
                    self._note_same(row.geonames_id, ours.get(row.code))
        first_order = {
            (code, normalise(name)): key
            for key, code, name in self.index.execute(
                "SELECT id, country_code, name FROM place WHERE feature_code = 'ADM1' AND id > 0"
            )
        }
        listed = []
        for file in self.dump.admin1:
            for admin in self._rows(file, lines.parse_admin):
                listed.append(admin)
                self._note_same(admin.geonames_id, first_order.get((admin.code[:2], normalise(admin.name))))
        for file in self.dump.admin2:
            listed.extend(self._rows(file, lines.parse_admin))
        divisions = self.index.execute("SELECT id, name, place FROM division").fetchall()
        return Divisions(divisions, listed, lambda place: self.same_as.get(place, place))

    def _note_same(self, geonames_id: int, ours: int | None) -> None:
        if ours is not None and ours != geonames_id and geonames_id not in self.known:
            self.same_as[geonames_id] = ours

    def read_places(self, divisions: Divisions) -> None:
        """Stage the places that are new and all names on their lines; refine the places that are known."""
        for file in self.dump.places:
            for row in self._rows(file, lines.parse_place):
                self._take(row, *divisions.resolve(row.country_code, row.admin1_code, row.admin2_code))
        self._stage()

    def _take(self, row: lines.PlaceRow, admin1: int | None, admin2: int | None) -> None:
        if row.modified > self.newest and _DATE.fullmatch(row.modified):
            self.newest = row.modified
        key = self.same_as.get(row.geonames_id, row.geonames_id)
        printed = as_printed(row.name, row.country_code)
        names = list(names_of(row.name, row.ascii_name, row.alternates, printed=printed, common=self.common))
        official = names[0].key if names else ""
        self.initials.add(row.geonames_id, official[:1])
        self._said.extend((name.key, key, *name[1:]) for name in names)
        if len(self._said) >= _BATCH:
            self._stage()
        known = self.known.get(key)
        if known is not None:
            self._refine(key, known, row, admin1, admin2)
            return
        prominence = row.alternates.count(",") + 1 if row.alternates else 0
        self._found.append((
            key, printed, row.lon, row.lat, row.country_code, admin1, admin2,
            row.feature_class, row.feature_code, row.population, prominence, self.source,
        ))  # fmt: skip
        self.own.consider(row, official, (name.key for name in names[1:]), prominence)

    def _refine(
        self,
        key: int,
        known: tuple[str, str, int, int | None, int | None],
        row: lines.PlaceRow,
        admin1: int | None,
        admin2: int | None,
    ) -> None:
        feature_class, feature_code, population, own_admin1, own_admin2 = known
        is_refined = feature_class == row.feature_class and feature_code in _REFINED and row.feature_code
        self.index.execute(
            "UPDATE place SET feature_code = ?, population = ?, admin1 = ?, admin2 = ? WHERE id = ?",
            (
                row.feature_code if is_refined else feature_code,
                population or row.population,
                admin1 if own_admin1 is None else own_admin1,
                admin2 if own_admin2 is None else own_admin2,
                key,
            ),
        )

    def read_alternates(self) -> None:
        """Stage the names with language and kind, of the places that the dump has."""
        for file in self.dump.alternates:
            for row in self._rows(file, lines.parse_alternate):
                initial = self.initials.of(row.geonames_id)
                name = name_of(row, initial, common=self.common) if initial is not None else None
                if name is not None:
                    self._said.append((name.key, self.same_as.get(row.geonames_id, row.geonames_id), *name[1:]))
                    if len(self._said) >= _BATCH:
                        self._stage()
        self._stage()

    def read_hierarchy(self) -> None:
        """Stage what lies in what, of the places that the dump has."""
        for file in self.dump.hierarchy:
            self.index.executemany(
                "INSERT INTO staging.lies_in VALUES (?,?)",
                (
                    (row.child, row.parent)
                    for row in self._rows(file, lines.parse_hierarchy)
                    if self.initials.of(row.child) is not None and self.initials.of(row.parent) is not None
                ),
            )

    def _stage(self) -> None:
        self.index.executemany("INSERT INTO staging.found VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", self._found)
        self.index.executemany("INSERT INTO staging.said VALUES (?,?,?,?,?,?)", self._said)
        self._found.clear()
        self._said.clear()

    def write(self, divisions: Divisions) -> tuple[int, int]:
        """Write all that is staged; return how many places are new, and how many of ours were joined."""
        self.tell("sorting places")
        new = write_places(self.index)
        joined = self.own.joined()
        write_joined(self.index, joined)
        divisions.write(self.index)
        self.index.executemany(
            "INSERT OR IGNORE INTO country SELECT ?, id FROM place"
            " WHERE id = ? AND feature_code LIKE 'PCL%' AND feature_code <> 'PCLH'",
            self.countries.items(),
        )
        write_parents(self.index)
        self.tell("sorting names")
        write_names(self.index, self.source)
        return new, len(joined)

    def describe_source(self) -> None:
        """Write the source of the dump's places: GeoNames, as the embedded index names it, of the dump's date."""
        self.index.execute(
            "INSERT OR REPLACE INTO source SELECT ?, ?, name, 'dump', ?, licence, attribution, url FROM source"
            " WHERE key = 'geonames'",
            (self.source, _SOURCE, self.newest),
        )


def newest_file(dump: DumpFolder) -> str:
    """Return the day (UTC, ISO 8601) on which the newest file with places was written."""
    newest = max(file.path.stat().st_mtime for file in dump.places)
    return dt.datetime.fromtimestamp(newest, dt.UTC).date().isoformat()
