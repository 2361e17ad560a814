"""Builds the index of a GeoNames dump on top of the embedded one.

Where both have a place, the embedded index keeps its name for the press, its
divisions and its names with their trust, since the models are trained with
them, and gains what the dump knows besides.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import sqlite3
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from geo.errors import InputError, OutputError
from geo.gazetteer.dump import rows as lines
from geo.gazetteer.dump.divisions import Divisions
from geo.gazetteer.dump.files import DumpFolder, Step, find_dump
from geo.gazetteer.dump.initials import Initials
from geo.gazetteer.dump.joining import OwnPlaces, read_own, write_joined
from geo.gazetteer.dump.merging import Watch, begun, release, write_names, write_parents, write_places
from geo.gazetteer.dump.naming import name_of, names_of
from geo.gazetteer.index import Gazetteer
from geo.gazetteer.names import normalise
from geo.gazetteer.sources import as_printed
from geo.gazetteer.storage import EMBEDDED, replaced_whole
from geo.gazetteer.store import finish
from geo.gazetteer.trust import TRUST_ALTERNATE, TRUST_COMMON_WORD

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from geo.gazetteer.dump.files import DumpFile

_BATCH = 20_000
"""Rows that are staged at once."""

_ABANDONED = dt.timedelta(days=1)
"""After this long without a change, the files of a build that was killed are removed by the next one."""

_REFINED = frozenset(("PPL", "PCL", "PCLI", ""))
"""Feature codes of the embedded index that say no more than the class; the dump's own takes their place."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Report:
    """What was built.

    ``places`` and ``names`` count what the index holds, ``new_places`` those
    that the embedded index lacks, ``joined`` those of our own tables that the
    dump has as well. ``rows`` are the lines that were read, ``malformed``
    those among them that could not be, ``problems`` where the first of them
    are. ``lost`` says what was missing in the dump and what that costs.
    ``dump_date`` is the day of its newest change, in ISO 8601.
    """

    target: Path
    places: int
    new_places: int
    names: int
    joined: int
    rows: int
    malformed: int
    problems: tuple[str, ...]
    lost: tuple[str, ...]
    dump_date: str
    seconds: float
    size: int


@dataclass(slots=True)
class _Merge:
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
    doing: str = ""
    _found: list[tuple[object, ...]] = field(default_factory=list)
    _said: list[tuple[object, ...]] = field(default_factory=list)

    def report(self) -> None:
        """Tell how far the build has come; while nothing is read, that it is at work."""
        self.progress(Step(self.doing, 0, 0, self.rows_read))

    def rows(self, file: DumpFile, parse: Callable[[list[str]], lines.Row]) -> Iterator[lines.Row]:
        self.doing, done = f"reading {file.path.name}", 0

        def passed(size: int, count: int) -> None:
            nonlocal done
            done += size
            self.rows_read += count
            self.progress(Step(self.doing, done, file.size, self.rows_read))

        return lines.read_rows(file, parse, malformed=self.malformed, passed=passed)

    def read_tables(self) -> Divisions:
        """Read the countries and the codes of divisions; where the index has them under another id, note it."""
        ours = dict(self.index.execute("SELECT code, place FROM country"))
        for file in self.dump.countries:
            for row in self.rows(file, lines.parse_country):
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
            for admin in self.rows(file, lines.parse_admin):
                listed.append(admin)
                self._note_same(admin.geonames_id, first_order.get((admin.code[:2], normalise(admin.name))))
        for file in self.dump.admin2:
            listed.extend(self.rows(file, lines.parse_admin))
        divisions = self.index.execute("SELECT id, name, place FROM division").fetchall()
        return Divisions(divisions, listed, lambda place: self.same_as.get(place, place))

    def _note_same(self, geonames_id: int, ours: int | None) -> None:
        if ours is not None and ours != geonames_id and geonames_id not in self.known:
            self.same_as[geonames_id] = ours

    def read_places(self, divisions: Divisions) -> None:
        """Stage the places that are new and all names on their lines; refine the places that are known."""
        for file in self.dump.places:
            for row in self.rows(file, lines.parse_place):
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
        if len(self._found) >= _BATCH:
            self._stage()

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
            for row in self.rows(file, lines.parse_alternate):
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
                    for row in self.rows(file, lines.parse_hierarchy)
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
        self.doing = "sorting places"
        self.report()
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
        self.doing = "sorting names"
        self.report()
        write_names(self.index, self.source)
        return new, len(joined)


def build_from_dump(
    folder: Path, target: Path, *, base: Path = EMBEDDED, progress: Callable[[Step], None] = lambda _: None
) -> Report:
    """Write an index of all places of GeoNames' dump and of the embedded index.

    Parameters
    ----------
    folder
        The folder with the files of the dump (:mod:`geo.gazetteer.dump.files`).
    target
        The file to write. What stands there is replaced only when the new one is whole.
    base
        The embedded index.
    progress
        Told several times a second how far it has come. What it raises ends the build.

    Raises
    ------
    NoSuchInput
        If there is no such folder.
    InputError
        If it holds no dump, or a file in it is none of GeoNames' or damaged.
    NoGazetteer
        If there is no index at `base`.
    OutputError
        If the index cannot be written.
    """
    began = time.monotonic()
    dump = find_dump(folder)
    if target.exists() and base.exists() and target.samefile(base):
        raise InputError(f"{target} is the index to build upon, and would be lost; name another file to write")
    with Gazetteer.open(base) as embedded:
        extends = embedded.about()["digest"]
    with replaced_whole(target) as part:
        _clear_abandoned(target)
        with _scratch(target) as scratch:
            merge, counts = _build(dump, part, base=base, extends=extends, scratch=scratch, progress=progress)
        size = part.stat().st_size
    places, names, new, joined = counts
    return Report(
        target=target,
        places=places,
        new_places=new,
        names=names,
        joined=joined,
        rows=merge.rows_read,
        malformed=merge.malformed.count,
        problems=tuple(merge.malformed.first),
        lost=dump.lost,
        dump_date=merge.newest,
        seconds=time.monotonic() - began,
        size=size,
    )


@contextmanager
def _scratch(target: Path) -> Iterator[Path]:
    """Give a folder beside `target`, where there is room, and remove it in the end."""
    try:
        folder = tempfile.mkdtemp(dir=target.parent, prefix=f"{target.name}.", suffix=".building")
    except OSError as error:
        raise OutputError(f"{target} cannot be written: {error.strerror}; write it in a folder of your own") from error
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _build(
    dump: DumpFolder, part: Path, *, base: Path, extends: str, scratch: Path, progress: Callable[[Step], None]
) -> tuple[_Merge, tuple[int, int, int, int]]:
    progress(Step("reading the embedded index", 0, 0, 0))
    # The statements report through the merge, which there is only once the first of them has run.
    watch = Watch(lambda: merge.report() if merge else None)
    merge: _Merge | None = None
    try:
        with begun(part, base, scratch, watch) as index:
            merge = _merge(index, dump, progress)
            divisions = merge.read_tables()
            merge.read_places(divisions)
            merge.read_alternates()
            merge.read_hierarchy()
            merge.newest = merge.newest or _newest_file(dump)
            new, joined = merge.write(divisions)
            (places,) = index.execute("SELECT count(*) FROM place").fetchone()
            (names,) = index.execute("SELECT count(*) FROM name").fetchone()
            _describe_source(index, merge)
            release(index)
            (scratch / "staging.sqlite").unlink()
            merge.doing = "packing the index"
            merge.report()
            finish(index, {
                "extends": extends,
                "dump_date": merge.newest,
                "dump_files": ", ".join(file.path.name for file in dump.files),
                "dateline": _own_version(),
            })  # fmt: skip
    except sqlite3.Error as error:
        if watch.raised is not None:
            raise watch.raised from None
        raise OutputError(
            f"the index could not be written beside {part.parent}: {error}; a dump needs about five times its size "
            f"(unpacked) of free disk while it is read, and {shutil.disk_usage(part.parent).free / 1e9:.1f} GB are free"
        ) from error
    return merge, (places, names, new, joined)


def _merge(index: sqlite3.Connection, dump: DumpFolder, progress: Callable[[Step], None]) -> _Merge:
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
    return _Merge(index, dump, progress, known, read_own(index, least_trust=TRUST_ALTERNATE), source, common)


_SOURCE = "geonames-dump"


def _describe_source(index: sqlite3.Connection, merge: _Merge) -> None:
    """Write the source of the dump's places: GeoNames, as the embedded index names it, of the dump's date."""
    index.execute(
        "INSERT OR REPLACE INTO source SELECT ?, ?, name, 'dump', ?, licence, attribution, url FROM source"
        " WHERE key = 'geonames'",
        (merge.source, _SOURCE, merge.newest),
    )


def _newest_file(dump: DumpFolder) -> str:
    newest = max(file.path.stat().st_mtime for file in dump.places)
    return dt.datetime.fromtimestamp(newest, dt.UTC).date().isoformat()


def _own_version() -> str:
    try:
        return version("dateline")
    except PackageNotFoundError:  # a checkout that is not installed
        return ""


def _clear_abandoned(target: Path) -> None:
    """Remove what builds of `target` left that were killed; they can be as large as the index itself."""
    latest = time.time() - _ABANDONED.total_seconds()
    for suffix in ("building", "part"):
        for left in target.parent.glob(f"{target.name}.*.{suffix}"):
            if left.stat().st_mtime < latest:
                shutil.rmtree(left) if left.is_dir() else left.unlink()
