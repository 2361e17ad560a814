"""Adds what the project's own tables have to what was gathered from the data packages."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, cast

from geo.gazetteer.localities import read_localities
from geo.gazetteer.sources import as_printed
from geo.gazetteer.tables import rows
from geo.gazetteer.trust import TRUST_ALTERNATE, TRUST_OFFICIAL, TRUST_OWN_TABLE

if TYPE_CHECKING:
    from geo.gazetteer.draft import Draft
    from geo.types import NameKind

# Our own features come without a count of alternate names. These stand in for it.
OWN_PROMINENCE = 30
VILLAGE_PROMINENCE = 10  # villages that were in the news
WORLD_PROMINENCE = 200  # as much is written about an ocean or a continent as about a country
_WORLD_CODES = frozenset(("OCN", "CONT"))

ENGLISH_RIVERS = frozenset(("AU", "BB", "BS", "BZ", "CA", "GB", "GY", "IE", "JM", "NZ", "TT", "US"))
"""Countries where a river is hardly called by its bare name, which is mostly that of a state or a town."""

SITE_CLASSES = {
    **dict.fromkeys(("AMUS", "AREA", "MILB", "NVB", "PRK", "PRT", "RESV"), "L"),
    **dict.fromkeys(("RD", "ST", "TNL"), "R"),
    **dict.fromkeys(("BCH", "CRTR", "ISL", "RK", "VAL"), "T"),
    "FRST": "V",
}
"""GeoNames' feature classes of the codes in ``sites.csv`` that are no building (S)."""


def add_own_places(index: Draft) -> None:
    """Add the places of ``features.csv`` and ``sites.csv``."""
    for table in ("features", "sites"):
        for row in rows(table):
            place = index.own_key(f"dateline:{row['id']}")
            if table == "features":
                codes = row["countries"].split("|")
                country_code = codes[0] if len(codes) == 1 else ""
                feature_class, admin1 = row["feature_class"], None
            else:
                country_code = row["country_code"]
                feature_class = SITE_CLASSES.get(row["feature_code"], "S")
                admin1 = index.divisions.get((country_code, row["admin1"], row["admin1"]))
            index.places[place] = (
                row["name"], float(row["lon"]), float(row["lat"]), country_code, admin1, None,
                feature_class, row["feature_code"], 0,
                WORLD_PROMINENCE if row["feature_code"] in _WORLD_CODES else OWN_PROMINENCE,
                index.sources["dateline"],
            )  # fmt: skip
            kind: NameKind = "official" if table == "features" else "site"
            index.add_name(row["name"], place, kind, TRUST_OFFICIAL)
            bare = row["name"].removesuffix(" River")
            if bare != row["name"] and not ENGLISH_RIVERS & set(row["countries"].split("|")):
                index.add_name(bare, place, "alternate", TRUST_ALTERNATE)
            for name in filter(None, row["alternates"].split("|")):
                known_as: NameKind = "alternate" if table == "features" else "site"
                index.add_name(name, place, known_as, TRUST_OWN_TABLE, keep_form=True)


def add_villages(index: Draft) -> None:
    """Add the places of ``villages.csv``: small ones that the news has named."""
    for row in rows("villages"):
        place = index.own_key(f"dateline:{row['id']}")
        admin1 = index.divisions.get((row["country_code"], row["admin1"], row["admin1"]))
        index.places[place] = (
            row["name"], float(row["lon"]), float(row["lat"]), row["country_code"], admin1, None,
            "P", "PPL", 0, VILLAGE_PROMINENCE, index.sources["dateline"],
        )  # fmt: skip
        index.add_name(row["name"], place, "official", TRUST_OFFICIAL)
        for name in filter(None, row["alternates"].split("|")):
            index.add_name(name, place, "alternate", TRUST_OWN_TABLE, keep_form=True)


def add_own_names(index: Draft) -> list[str]:
    """Add the names of ``names.csv`` and ``demonyms.csv``; return the rows that name a place that there is not."""
    unknown = []
    for table, column in (("names", "name"), ("demonyms", "demonym")):
        for row in rows(table):
            place = index.reference(row["place"])
            if place is None:
                unknown.append(f"{table}.csv: {row[column]} → {row['place']}")
                continue
            index.add_name(
                row[column], place, cast("NameKind", row.get("kind", "demonym")), TRUST_OWN_TABLE, keep_form=True
            )
    return unknown


def add_macro_regions(index: Draft) -> list[str]:
    """Add what countries lie in; return the rows that name a place that there is not."""
    unknown = []
    for row in rows("macro_regions"):
        chain = [f"iso3166-1:{row['country_code']}", row["subregion"], row["continent"]]
        keys = [index.reference(place) for place in chain]
        unknown += [f"macro_regions.csv: {place}" for place, key in zip(chain, keys, strict=True) if key is None]
        known = [key for key in dict.fromkeys(keys) if key is not None]
        index.parents.update(itertools.pairwise(known))
    return unknown


def add_localities(index: Draft) -> None:
    """Add the places of ``localities.csv.gz``, each with the id of its own source."""
    for locality in read_localities():
        place = index.own_key(f"{locality.source}:{locality.id}")
        number, admin1 = index.admin1.get((locality.country_code, locality.admin1), (None, ""))
        second = index.division(locality.country_code, admin1, as_printed(locality.admin2, locality.country_code))
        index.places[place] = (
            locality.name, locality.lon, locality.lat, locality.country_code, number, second,
            locality.feature_class, locality.feature_code, locality.population, 0, index.sources[locality.source],
        )  # fmt: skip
        index.add_name(locality.name, place, "official", TRUST_OFFICIAL)
        for name in locality.alternates:
            index.add_name(name, place, "alternate", TRUST_ALTERNATE)
