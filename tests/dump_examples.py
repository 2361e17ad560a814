"""A small dump of GeoNames and a small index to build upon: true facts, in GeoNames' form."""

from __future__ import annotations

import sqlite3
import zipfile
from pathlib import Path

from geo.gazetteer import store

SHARED = Path(__file__).parents[2] / "shared" / "gazetteer"


# An index of what the embedded one would hold of the Netherlands and Yemen: places, names, what is ours.
BASE_SOURCES = [
    (1, "dateline", "dateline", "", "", "MIT", "", ""),
    (2, "geonames", "GeoNames", "x", "", "CC BY 4.0", "", ""),
]


BASE_PLACES = [
    (-4, "Randstad", 4.6, 52.1, "NL", None, None, "L", "RGN", 0, 30, 1),
    (-3, "Europe", 15.0, 50.0, "", None, None, "L", "CONT", 0, 200, 1),
    (-2, "Schiphol", 4.7639, 52.3086, "NL", 1, None, "S", "AIRP", 0, 30, 1),
    (-1, "Rhine", 4.12, 51.98, "", None, None, "H", "STM", 0, 30, 1),
    (79415, "Hodeidah", 42.9511, 14.7978, "YE", None, None, "P", "PPL", 0, 60, 2),
    (2749879, "North Holland", 4.9334, 52.5808, "NL", 1, None, "A", "ADM1", 2993350, 0, 2),
    (2750405, "Netherlands", 5.6394, 52.2825, "NL", None, None, "A", "PCLI", 17231017, 200, 2),
    (2759794, "Amsterdam", 4.88969, 52.37403, "NL", 1, None, "P", "PPLC", 741636, 101, 2),
]


BASE_NAMES = [
    ("al hudaydah", 79415, 0, 100), ("amsterdam", 2759794, 0, 100), ("ams", 2759794, 3, 5), ("delay", 79415, 1, 10),
    ("europe", -3, 0, 100), ("hodeidah", 79415, 0, 100), ("mokum", 2759794, 5, 95), ("netherlands", 2750405, 0, 100),
    ("north holland", 2749879, 0, 100), ("randstad", -4, 0, 100), ("rhein", -1, 1, 95), ("rhine", -1, 0, 100),
    ("schiphol", -2, 6, 100),
]  # fmt: skip


def write_base(path):
    """Write an index of what the embedded one would hold of the Netherlands and Yemen, and what is ours."""
    connection = store.create(path)
    connection.executemany("INSERT INTO source VALUES (?,?,?,?,?,?,?,?)", BASE_SOURCES)
    connection.executemany("INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", BASE_PLACES)
    connection.executemany("INSERT INTO name VALUES (?,?,?,?,NULL,NULL)", BASE_NAMES)
    connection.execute("INSERT INTO division VALUES (1, 'North Holland', 2749879)")
    connection.executemany(
        "INSERT INTO own_id VALUES (?,?)",
        [("rhine", -1), ("schiphol", -2), ("europe", -3), ("randstad", -4)],
    )
    connection.execute("INSERT INTO country VALUES ('NL', 2750405)")
    connection.execute("INSERT INTO parent VALUES (2750405, -3)")
    connection.execute("INSERT INTO area VALUES (-1, x'00')")
    store.finish(connection, {})
    connection.close()
    return path


def line(
    geonames_id,
    name,
    kind,
    lat,
    lon,
    *,
    code="NL",
    admin1="",
    admin2="",
    others="",
    people=0,
    modified="2024-05-01",
    ascii_name=None,
):
    feature_class, feature_code = kind.split("/")
    return "\t".join(map(str, (
        geonames_id, name, ascii_name or name, others, lat, lon, feature_class, feature_code, code, "",
        admin1, admin2, "", "", people, "", 1, "Europe/Amsterdam", modified,
    )))  # fmt: skip


AMSTERDAM = line(
    2759794,
    "Amsterdam",
    "P/PPLC",
    52.37403,
    4.88969,
    admin1="07",
    admin2="0363",
    others="AMS,Amsterdam,Amsterdamas,Mokum,Амстердам",
    people=930000,
)


RHINE = line(
    2748179, "Rhine River", "H/STM", 51.97198, 5.91545, admin1="00", others="Reno,Rhein,Rhin,Rhinen,Rhyn,Rijn,Rin,Rín"
)


SCHIPHOL = line(
    6296680,
    "Amsterdam Airport Schiphol",
    "S/AIRP",
    52.3103,
    4.76028,
    admin1="07",
    others="AMS,Amsterdam-Schiphol,EHAM,Schiphol",
)


HOTEL = line(6950771, "Schiphol", "S/HTL", 52.1, 5.9, admin1="07")


JORDAAN = line(2753638, "Jordaan", "P/PPLX", 52.37417, 4.87917, admin1="07", admin2="0363")


EDAM = line(
    2756644,
    "Edam",
    "P/PPL",
    52.51167,
    5.04861,
    admin1="07",
    admin2="0385",
    others="Ehdam,Edamum,Ye,Эдам,edamu",
    people=7380,
)


PROVINCE = line(2743698, "South Holland", "A/ADM1", 52.0, 4.66667, admin1="11", others="Zuid-Holland", people=3705625)


HODEIDAH = line(
    79415,
    "Al Ḩudaydah",
    "P/PPLA",
    14.79781,
    42.95452,
    code="YE",
    admin1="20",
    others="Hudaida,Port of Delay",
    people=402560,
    modified="2025-01-02",
)


MOKHA = line(73200, "Al Mukhā", "P/PPL", 13.32087, 43.25073, code="YE", others="Delay,Mocha,Mokha")


COUNTRY = line(
    2750405,
    "Kingdom of the Netherlands",
    "A/PCLI",
    52.25,
    5.75,
    admin1="00",
    others="Nederland,Holland",
    people=17231017,
)


PLACES = [AMSTERDAM, RHINE, SCHIPHOL, HOTEL, JORDAAN, EDAM, PROVINCE, HODEIDAH, MOKHA, COUNTRY]


TABLES = {
    "admin1CodesASCII.txt": [
        "NL.07\tNorth Holland\tNorth Holland\t2749879",
        "NL.11\tSouth Holland\tSouth Holland\t2743698",
        "YE.20\tAl Ḩudaydah\tAl Hudaydah\t79416",
    ],
    "admin2Codes.txt": ["NL.07.0385\tEdam-Volendam\tEdam-Volendam\t2756643", "NL.07.0363\tAmsterdam\tAmsterdam\t2759793"],
    "alternateNamesV2.txt": [
        "1\t2759794\tlink\thttps://en.wikipedia.org/wiki/Amsterdam",
        "2\t2756644\tla\tEdamum\t\t\t\t1\t\t",
        "3\t2756644\ten\tYe Edam\t1",
        "4\t2756644\tnl\tKaasstad\t\t\t1\t",
        "5\t6296680\ticao\tEHAM",
        "6\t9999999\ten\tNowhere in the dump",
    ],
    "hierarchy.txt": ["2759794\t2753638\t", "2749879\t2756644\tADM"],
    "countryInfo.txt": ["#ISO\tand so on", "NL\tNLD\t528\tNL\tNetherlands" + "\t" * 12 + "2750405\tDE,BE\t"],
}  # fmt: skip


def write_dump(folder, places=PLACES, tables=TABLES, name="allCountries.txt"):
    folder.mkdir(exist_ok=True)
    for file, lines in {name: places, **tables}.items():
        (folder / file).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return folder


def zipped(folder):
    for path in list(folder.glob("*.txt")):
        if path.stem in {"allCountries", "NL", "alternateNamesV2", "hierarchy"}:
            with zipfile.ZipFile(path.with_suffix(".zip"), "w", zipfile.ZIP_DEFLATED) as packed:
                packed.writestr("readme.txt", "not this one")
                packed.write(path, path.name)
            path.unlink()
    return folder


def rows(path, query, *values):
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query, values).fetchall()
    finally:
        connection.close()


def of(gazetteer, name, geonames_id):
    return next(c for c in gazetteer.lookup(name) if c.place.id == f"geonames:{geonames_id}")
