"""The index as a file: its tables, how it is begun and how it is finished.

One SQLite file, written once and only read afterwards. Tables:

- ``place``: one row a place. Its key is the GeoNames id, or a negative number
  for a place that GeoNames' extracts lack;
- ``own_id``: for the negative keys, and for places of GeoNames that a table of ours
  describes too, what follows the source's key in the place's id (``donbas``);
- ``division``: the names of first- and second-order divisions, referred to by ``place``;
- ``name``: normalised name → place, with kind, trust in hundredths and language, clustered by name;
- ``area``: the areas that are known, packed (:func:`packed`);
- ``country``: ISO 3166-1 alpha-2 code → place;
- ``parent``: what a country lies in (a subregion of the UN's M49), and a subregion in (a continent);
- ``source``: what places and names come from, with version, date and licence;
- ``about``: the format, the digest of the content, and what else describes the file.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from geo.types import NameKind

FORMAT = 2
"""Raised when the tables change, so that an old file is never read as a new one."""

KINDS: tuple[NameKind, ...] = (
    "official", "alternate", "abbreviation", "code", "demonym", "former", "site", "given",
)  # fmt: skip
"""The kinds of names (:data:`geo.types.NameKind`) by their number in the index."""

SCHEMA = """
CREATE TABLE source (
    id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, name TEXT NOT NULL, version TEXT NOT NULL, date TEXT NOT NULL,
    licence TEXT NOT NULL, attribution TEXT NOT NULL, url TEXT NOT NULL
);
CREATE TABLE place (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL, lon REAL NOT NULL, lat REAL NOT NULL,
    country_code TEXT NOT NULL, admin1 INTEGER, admin2 INTEGER,
    feature_class TEXT NOT NULL, feature_code TEXT NOT NULL,
    population INTEGER NOT NULL, prominence INTEGER NOT NULL, source INTEGER NOT NULL
);
CREATE TABLE division (id INTEGER PRIMARY KEY, name TEXT NOT NULL, place INTEGER);
CREATE TABLE own_id (id TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX own_place ON own_id (place);
CREATE TABLE name (
    key TEXT NOT NULL, place INTEGER NOT NULL, kind INTEGER NOT NULL, trust INTEGER NOT NULL,
    language TEXT, form TEXT, PRIMARY KEY (key, place)
) WITHOUT ROWID;
CREATE TABLE area (place INTEGER PRIMARY KEY, packed BLOB NOT NULL);
CREATE TABLE country (code TEXT PRIMARY KEY, place INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE parent (place INTEGER PRIMARY KEY, parent INTEGER NOT NULL);
CREATE TABLE about (item TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

_DIGESTED = (
    "SELECT key, place, kind, trust FROM name ORDER BY key, place",
    """SELECT id, lon, lat, country_code, admin1, admin2, feature_class, feature_code, population, prominence
    FROM place ORDER BY id""",
)
"""What the models see of a gazetteer."""


def create(path: Path) -> sqlite3.Connection:
    """Return a connection to a new index at `path`, with empty tables; what stood there is gone."""
    path.unlink(missing_ok=True)
    connection = sqlite3.connect(path)
    # The file is written beside its place and renamed when it is whole, so that a journal would protect nothing.
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF;" + SCHEMA)
    return connection


def packed(wkb: bytes) -> bytes:
    """Return WKB (OGC 06-103r4) as the table ``area`` has it: compressed, which halves it."""
    return zlib.compress(wkb, 9)


def unpacked(area: bytes) -> bytes:
    """Return the WKB of a value of the table ``area``."""
    return zlib.decompress(area)


def digest(connection: sqlite3.Connection) -> str:
    """Return the SHA-256 of what the models see of an index: places, names, kinds and trust."""
    found = hashlib.sha256()
    for query in _DIGESTED:
        for row in connection.execute(query):
            found.update(repr(row).encode())
    return found.hexdigest()


def finish(connection: sqlite3.Connection, about: dict[str, str]) -> None:
    """Write what describes the index and pack the file; the same content gives the same bytes.

    Parameters
    ----------
    connection
        An index with all its rows.
    about
        Items of the table of this name; ``format`` and ``digest`` are added.
    """
    items = {**about, "format": str(FORMAT), "digest": digest(connection)}
    connection.executemany("INSERT OR REPLACE INTO about VALUES (?,?)", sorted(items.items()))
    connection.commit()
    connection.execute("VACUUM")
