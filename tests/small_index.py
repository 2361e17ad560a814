"""An index with a handful of places, for tests of what is shown of it."""

from __future__ import annotations

from contextlib import closing

from geo.gazetteer import normalise, store

LAGOS, LAGOA, LAGOS_STATE, NIGERIA, ZERO_LINE = 2332459, 2267226, 2332453, 2328926, -1
PLACES = [
    (LAGOS, "Lagos", 3.39467, 6.45407, "NG", LAGOS_STATE, None, "P", "PPLA", 15_388_000, 90, 1),
    (LAGOA, "Lagos", -8.67422, 37.10202, "PT", None, None, "P", "PPLA2", 33_494, 20, 1),
    (LAGOS_STATE, "Lagos State", 3.9612, 6.5375, "NG", LAGOS_STATE, None, "A", "ADM1", 20_231_359, 30, 1),
    (NIGERIA, "Nigeria", 8.0, 10.0, "NG", None, None, "A", "PCLI", 195_874_740, 200, 1),
    (ZERO_LINE, "[Zero] Line", 37.5, 48.1, "", None, None, "L", "RGNH", 0, 0, 2),
]
NAMES = [
    ("Lagos", LAGOS, "official", 100, "Lagos"),
    ("Lagos", LAGOA, "official", 100, "Lagos"),
    ("Eko", LAGOS, "former", 70, "Èkó"),
    ("Nigeria", NIGERIA, "official", 100, "Nigeria"),
    ("Zero Line", ZERO_LINE, "official", 100, "[Zero] Line"),
]


def write_index(path):
    """Write the index to `path`."""
    with closing(store.create(path)) as index:
        index.executemany(
            "INSERT INTO source VALUES (?,?,?,?,?,?,?,?)",
            [
                (1, "geonames", "GeoNames", "dump", "2026-11-01", "CC BY 4.0", "Places: GeoNames", "https://www.geonames.org/"),
                (2, "dateline", "dateline", "", "", "MIT", "", ""),
            ],
        )  # fmt: skip
        index.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", PLACES)
        index.executemany(
            "INSERT INTO name VALUES (?,?,?,?,NULL,?)",
            [
                (normalise(name), place, store.KINDS.index(kind), trust, form)
                for name, place, kind, trust, form in NAMES
            ],
        )
        index.execute("INSERT INTO division VALUES (?,?,?)", (LAGOS_STATE, "Lagos State", LAGOS_STATE))
        index.execute("INSERT INTO own_id VALUES ('zero-line', ?)", (ZERO_LINE,))
        index.execute("INSERT INTO country VALUES ('NG', ?)", (NIGERIA,))
        store.finish(index, {"dump_date": "2026-11-01"})
