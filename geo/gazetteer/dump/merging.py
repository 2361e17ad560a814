"""The SQL that merges what was read from a dump with the embedded index.

What is read is staged in a second file, in the order of the dump, and written
to the index in one sorted pass a table, so that neither memory nor random
access to the disk grows with the dump.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from geo.gazetteer.dump.naming import EMBEDDED_RANK
from geo.gazetteer.store import create
from geo.gazetteer.trust import TRUST_UNLIKE

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterator
    from pathlib import Path

MOST_BEARERS = 300
"""How many places of the dump are kept under one name. A lookup answers with half as many at most, so that of the
thousands of brooks and hamlets called alike those without people need not be read each time."""

_CACHE_KIB = 1 << 15
_TABLES_MERGED = ("name", "about")
"""Tables that are not copied from the embedded index as they are."""

_STAGING = """
CREATE TABLE staging.found (
    id INTEGER, name TEXT, lon REAL, lat REAL, country_code TEXT, admin1 INTEGER, admin2 INTEGER,
    feature_class TEXT, feature_code TEXT, population INTEGER, prominence INTEGER, source INTEGER
);
CREATE TABLE staging.said (key TEXT, place INTEGER, rank INTEGER, kind INTEGER, trust INTEGER, language TEXT);
CREATE TABLE staging.joined (own INTEGER PRIMARY KEY, place INTEGER);
CREATE TABLE staging.lies_in (place INTEGER, parent INTEGER);
CREATE TABLE staging.crowded (key TEXT);
"""

_OPERATIONS = 1_000_000
"""Steps of SQLite's machine between two reports, some tens of milliseconds."""


class Watch:
    """Lets a long statement of SQLite report that it is at work, and stop when the report raises."""

    def __init__(self, report: Callable[[], None]) -> None:
        self._report = report
        self.raised: BaseException | None = None

    def __call__(self) -> int:
        """Report; return 1, on which SQLite stops, if that raised."""
        try:
            self._report()
        except BaseException as error:  # noqa: BLE001 - raised again by whoever ran the statement
            self.raised = error
            return 1
        return 0


@contextmanager
def begun(part: Path, base: Path, scratch: Path, watch: Watch) -> Iterator[sqlite3.Connection]:
    """Begin an index with all that the embedded one holds but the names.

    Parameters
    ----------
    part
        The file of the new index.
    base
        The embedded index, attached as ``base`` and only read.
    scratch
        A folder for what is staged (attached as ``staging``) and sorted.
    watch
        Called while statements run.
    """
    connection = create(part)
    try:
        connection.execute("ATTACH ? AS base", (str(base),))
        connection.execute("ATTACH ? AS staging", (str(scratch / "staging.sqlite"),))
        for schema in ("main", "staging"):
            connection.execute(f"PRAGMA {schema}.cache_size = -{_CACHE_KIB}")
        connection.execute("PRAGMA staging.journal_mode = OFF")
        connection.execute("PRAGMA staging.synchronous = OFF")
        connection.execute("PRAGMA temp_store = FILE")
        # Deprecated, and without a successor: the system's own folder may lie in memory. Where SQLite
        # was built without it, the statement does nothing.
        connection.execute("PRAGMA temp_store_directory = '{}'".format(str(scratch).replace("'", "''")))
        connection.executescript(_STAGING)
        connection.set_progress_handler(watch, _OPERATIONS)
        for (table,) in connection.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
            if table not in _TABLES_MERGED:
                connection.execute(f"INSERT INTO main.{table} SELECT * FROM base.{table}")  # noqa: S608 - own names
        yield connection
    finally:
        connection.set_progress_handler(None, 0)
        connection.execute("PRAGMA temp_store_directory = ''")
        connection.close()


def write_places(index: sqlite3.Connection) -> int:
    """Write the staged places in the order of their keys; return how many of them are new."""
    written = index.execute("INSERT OR IGNORE INTO place SELECT * FROM staging.found ORDER BY id, rowid").rowcount
    index.execute("DROP TABLE staging.found")
    return written


def write_names(index: sqlite3.Connection, dump_source: int) -> None:
    """Write the embedded and the staged names in their order, of the same name of one place the one that stands.

    Of the names that more than :data:`MOST_BEARERS` places bear, the least of the dump's places are left out.

    Parameters
    ----------
    index
        An index with all its places.
    dump_source
        The key of the source of the dump's places.
    """
    # Among names of one rank and trust, one that is in use goes before one that was.
    index.execute(
        "INSERT OR IGNORE INTO name SELECT key, place, kind, trust, language, form FROM ("
        "  SELECT n.key, coalesce(j.place, n.place) AS place, ? AS rank, n.kind, n.trust, n.language, n.form"
        "  FROM base.name n LEFT JOIN staging.joined j ON j.own = n.place"
        "  UNION ALL SELECT key, place, rank, kind, trust, language, NULL FROM staging.said"
        ") ORDER BY key, place, rank, trust DESC, kind, language",
        (EMBEDDED_RANK,),
    )
    index.execute("DROP TABLE staging.said")
    index.execute("INSERT INTO staging.crowded SELECT key FROM name GROUP BY key HAVING count(*) > ?", (MOST_BEARERS,))
    index.execute(
        "DELETE FROM name WHERE (key, place) IN (SELECT key, place FROM ("
        "  SELECT n.key, n.place, row_number() OVER (PARTITION BY n.key ORDER BY p.source = :dump, n.trust >= :unlike"
        "    DESC, p.feature_class = 'A' DESC, p.population DESC, p.prominence DESC, p.id) AS nth"
        "  FROM staging.crowded c CROSS JOIN name n ON n.key = c.key JOIN place p ON p.id = n.place"
        ") WHERE nth > :most)",
        {"dump": dump_source, "unlike": TRUST_UNLIKE, "most": MOST_BEARERS},
    )


def write_parents(index: sqlite3.Connection) -> None:
    """Write in which town the quarters lie, by what is staged."""
    index.execute(
        "INSERT OR IGNORE INTO parent SELECT q.id, min(t.id) FROM staging.lies_in l"
        " JOIN place q ON q.id = l.place JOIN place t ON t.id = l.parent"
        " WHERE q.feature_code = 'PPLX' AND t.feature_class = 'P' AND t.feature_code <> 'PPLX' GROUP BY q.id"
    )


def release(index: sqlite3.Connection) -> None:
    """Let go of the other files, so that nothing of them is there while the index is packed."""
    index.commit()
    index.execute("DETACH staging")
    index.execute("DETACH base")
