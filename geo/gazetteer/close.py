"""Close spellings: the last resort for a name that nothing bears.

A slip of the pen keeps its first letters more often than not, so that only
names with the same beginning are compared; the rest of the work is done by
rapidfuzz. The distance is that of optimal string alignment: one insertion,
deletion, replacement or exchange of neighbours counts one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

BEGINNING = 3
"""Letters that must agree at the beginning; the index is sorted by name, so that these are read at once."""

SHORTEST = 6
"""Letters of the shortest name that is compared: among shorter ones, almost every slip is another place."""

TWO_SLIPS = 10
"""Letters from which two slips are forgiven instead of one."""

CLOSE_TRUST = 0.4
"""Factor on the trust of a name that was found by a close spelling."""

_TRUSTED = 70
"""Trust in hundredths of the names that are compared: no codes and no names of other languages."""


def close_keys(connection: sqlite3.Connection, key: str) -> tuple[str, ...]:
    """Return the normalised names of the index that are spelled most nearly like `key`.

    Parameters
    ----------
    connection
        An index (:mod:`geo.gazetteer.store`).
    key
        A normalised name that the index lacks.

    Returns
    -------
    tuple of str
        All names at the least distance, in alphabetical order; empty where none is near enough.
    """
    if len(key) < SHORTEST or not key[:BEGINNING].isalpha():
        return ()
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - most names are known, and need none of it
    from rapidfuzz.process import extract  # noqa: PLC0415

    slips = 2 if len(key) >= TWO_SLIPS else 1
    beginning = key[:BEGINNING]
    rows = connection.execute(
        "SELECT DISTINCT key FROM name WHERE key >= ? AND key < ? AND length(key) BETWEEN ? AND ? AND trust >= ?",
        (beginning, beginning[:-1] + chr(ord(beginning[-1]) + 1), len(key) - slips, len(key) + slips, _TRUSTED),
    )
    near = extract(key, [row[0] for row in rows], scorer=OSA.distance, score_cutoff=slips, limit=None)
    nearest = min((distance for _, distance, _ in near), default=0)
    return tuple(sorted(name for name, distance, _ in near if distance == nearest))
