"""The project's own tables: every row well formed, every reference known, the facts right."""

from __future__ import annotations

import csv
import itertools
import re
import unicodedata
from collections import defaultdict

import pytest
import shapely

from geo.gazetteer import normalise
from geo.gazetteer.areas import read_areas
from geo.gazetteer.tables import TABLES, rows

COLUMNS = {
    "demonyms": ["demonym", "place"],
    "names": ["name", "place", "kind"],
    "features": [
        "id", "name", "feature_class", "feature_code", "lon", "lat",
        "west", "south", "east", "north", "countries", "alternates",
    ],
    "sites": ["id", "name", "feature_code", "lon", "lat", "country_code", "admin1", "stands_for", "alternates"],
    "macro_regions": ["country_code", "subregion", "continent"],
}  # fmt: skip

KINDS = {"abbreviation", "former", "alternate", "official"}

# GeoNames' feature codes (featureCodes_en.txt) that the tables use, by class.
CODES = {
    "H": "BAY BNK CHN CNL ESTY FJD FLLS GLCR GULF INLT LGN LK LKS MRSH OCN RF RSV SD SEA STM STRT WTLD",
    "L": "AMUS AREA CONT CST MILB NVB PRK PRT RESV RGN RGNH SALT",
    "P": "PPLX",
    "R": "RD ST TNL",
    "S": "AIRB AIRF AIRP AIRQ AMTH ANS ARCH BANK BDG BLDG CAVE CH CMPQ CMPRF CMTY CSNO CSTL CTHSE CTRA CTRS DAM DIP EST "
    "FT GATE GDN GOVL HSE HSP HSTS HTL INSM ITTR LIBR MALL MFG MFGM MKT MN MNAU MNC MNCU MNFE MNMT MSQE MSTY MUS OBS "
    "OILR OPRA PAL PGDA PRN PS PSH PSN PSTB PYRS RECG RECR RLG RLGR RSTN RUIN SCH SCHM SHRN SQR STDM STNB THTR TMB "
    "TMPL TOWR UNIV WALL ZOO",
    "T": "ATOL BCH CAPE CLF CNYN CRTR DSRT GRGE HLL ISL ISLS ISTH MT MTS PASS PEN PLAT PLN RK VAL VLC",
    "U": "TRNU",
    "V": "FRST",
}  # fmt: skip
CLASS_OF = {code: feature_class for feature_class, codes in CODES.items() for code in codes.split()}

UNITED_NATIONS = (
    "AF AL DZ AD AO AG AR AM AU AT AZ BS BH BD BB BY BE BZ BJ BT BO BA BW BR BN BG BF BI CV KH CM CA CF TD CL CN CO KM "
    "CG CR CI HR CU CY CZ KP CD DK DJ DM DO EC EG SV GQ ER EE SZ ET FJ FI FR GA GM GE DE GH GR GD GT GN GW GY HT HN HU "
    "IS IN ID IR IQ IE IL IT JM JP JO KZ KE KI KW KG LA LV LB LS LR LY LI LT LU MG MW MY MV ML MT MH MR MU MX FM MC MN "
    "ME MA MZ MM NA NR NP NL NZ NI NE NG MK NO OM PK PW PA PG PY PE PH PL PT QA KR MD RO RU RW KN LC VC WS SM ST SA SN "
    "RS SC SL SG SK SI SB SO ZA SS ES LK SD SR SE CH SY TJ TH TL TG TO TT TN TR TM TV UG UA AE GB TZ US UY UZ VU VE VN "
    "YE ZM ZW"
)

# The abbreviations of the Associated Press; it writes eight states out in full.
AP_STYLE = {
    "AL": "Ala.", "AK": None, "AZ": "Ariz.", "AR": "Ark.", "CA": "Calif.", "CO": "Colo.", "CT": "Conn.",
    "DE": "Del.", "FL": "Fla.", "GA": "Ga.", "HI": None, "ID": None, "IL": "Ill.", "IN": "Ind.", "IA": None,
    "KS": "Kan.", "KY": "Ky.", "LA": "La.", "ME": None, "MD": "Md.", "MA": "Mass.", "MI": "Mich.", "MN": "Minn.",
    "MS": "Miss.", "MO": "Mo.", "MT": "Mont.", "NE": "Neb.", "NV": "Nev.", "NH": "N.H.", "NJ": "N.J.", "NM": "N.M.",
    "NY": "N.Y.", "NC": "N.C.", "ND": "N.D.", "OH": None, "OK": "Okla.", "OR": "Ore.", "PA": "Pa.", "RI": "R.I.",
    "SC": "S.C.", "SD": "S.D.", "TN": "Tenn.", "TX": None, "UT": None, "VT": "Vt.", "VA": "Va.", "WA": "Wash.",
    "WV": "W.Va.", "WI": "Wis.", "WY": "Wyo.",
}  # fmt: skip

PLACES_KNOWN_BY_HEART = [  # id, longitude, latitude, how far off the row may be, all in degrees
    ("black-sea", 34, 43, 4),
    ("strait-of-hormuz", 56.5, 26.6, 0.5),
    ("donbas", 38, 48.3, 1),
    ("darfur", 24.5, 13.5, 1.5),
    ("mekong-delta", 105.6, 10, 0.7),
    ("nagorno-karabakh", 46.7, 39.8, 0.5),
    ("suez-canal", 32.35, 30.5, 0.5),
    ("panama-canal", -79.7, 9.1, 0.3),
    ("danube", 29.7, 45.2, 0.5),
    ("nile", 31.1, 30.2, 1.5),
    ("amazon-river", -50, 0, 1.5),
    ("lake-victoria", 33, -1, 0.7),
    ("lake-baikal", 108, 53.5, 1),
    ("mount-everest", 86.925, 27.988, 0.02),
    ("mount-kilimanjaro", 37.355, -3.07, 0.05),
    ("mount-vesuvius", 14.43, 40.82, 0.03),
    ("denali", -151, 63.07, 0.1),
    ("zmiinyi-island", 30.2, 45.255, 0.02),
    ("diego-garcia", 72.4, -7.3, 0.2),
    ("easter-island", -109.35, -27.1, 0.1),
    ("silicon-valley", -122.05, 37.4, 0.3),
    ("sinai-peninsula", 33.8, 29.5, 0.7),
    ("white-house", -77.0365, 38.8977, 0.002),
    ("pentagon", -77.056, 38.871, 0.003),
    ("kremlin", 37.6175, 55.752, 0.003),
    ("downing-street", -0.1276, 51.5033, 0.002),
    ("elysee-palace", 2.3167, 48.8704, 0.003),
    ("tiananmen-square", 116.3975, 39.9055, 0.005),
    ("tahrir-square", 31.2357, 30.0444, 0.003),
    ("guantanamo-bay", -75.14, 19.9, 0.05),
    ("chernobyl-nuclear-power-plant", 30.099, 51.389, 0.01),
    ("zaporizhzhia-nuclear-power-plant", 34.586, 47.512, 0.01),
    ("fukushima-daiichi", 141.033, 37.421, 0.01),
    ("heathrow-airport", -0.454, 51.47, 0.02),
    ("gare-du-nord", 2.355, 48.881, 0.003),
    ("three-gorges-dam", 111.003, 30.823, 0.01),
    ("machu-picchu", -72.545, -13.163, 0.01),
    ("university-of-oxford", -1.254, 51.755, 0.01),
    ("harvard-university", -71.117, 42.374, 0.01),
    ("indira-gandhi-international-airport", 77.1, 28.556, 0.02),
    ("maracana", -43.23, -22.912, 0.01),
    ("wankhede-stadium", 72.826, 18.939, 0.01),
    ("bab-al-hawa", 36.69, 36.237, 0.02),
    ("moria-camp", 26.503, 39.135, 0.02),
    ("butyrka-prison", 37.596, 55.782, 0.01),
    ("verkhovna-rada-building", 30.537, 50.447, 0.005),
    ("kantei", 139.7435, 35.673, 0.005),
    ("dnipro-hydroelectric-station", 35.086, 47.869, 0.02),
    ("port-of-odesa", 30.74, 46.498, 0.03),
    ("arab-world", 45, 25, 1),
]

NAMES_KNOWN_BY_HEART = [  # name, kind, the places that it stands for in that way
    ("U.S.", "abbreviation", {"iso3166-1:US"}),
    ("UAE", "abbreviation", {"iso3166-1:AE"}),
    ("DRC", "abbreviation", {"iso3166-1:CD"}),
    ("D.C.", "abbreviation", {"iso3166-2:US-DC"}),
    ("N.S.W.", "abbreviation", {"iso3166-2:AU-NSW"}),
    ("B.C.", "abbreviation", {"iso3166-2:CA-BC"}),
    ("Congo", "alternate", {"iso3166-1:CD", "iso3166-1:CG"}),
    ("Korea", "alternate", {"iso3166-1:KP", "iso3166-1:KR"}),
    ("Gaza", "alternate", {"geonames:281132"}),
    ("Leningrad", "former", {"geonames:498817"}),
    ("Stalingrad", "former", {"geonames:472757"}),
    ("Bombay", "former", {"geonames:1275339"}),
    ("Kiev", "alternate", {"geonames:703448"}),
    ("Lemberg", "former", {"geonames:702550"}),
    ("Danzig", "former", {"geonames:3099434"}),
    ("Constantinople", "former", {"geonames:745044"}),
    ("Saigon", "former", {"geonames:1566083"}),
    ("Persia", "former", {"iso3166-1:IR"}),
    ("Burma", "former", {"iso3166-1:MM"}),
    ("Zaire", "former", {"iso3166-1:CD"}),
    ("EU", "abbreviation", {"dateline:european-union"}),
    ("EU", "alternate", {"geonames:2800866"}),
    ("European Union", "alternate", {"geonames:2800866"}),
]

# What the areas do not show and what countries claim from afar: reefs and small islands.
FAR_FROM_LAND = {"ATOL", "ISL", "ISLS", "RF"}

# The areas count it to the neighbour still: GeoNames has the town in Baghdad Governorate, where its district belongs.
ACROSS_AN_OLD_LINE = {"abu-ghraib-prison"}

# Volcanoes on islets that the areas, which are generalised, leave out.
ON_AN_ISLET = {"hunga-tonga-hunga-haapai", "krakatoa", "whakaari"}

DEMONYMS_KNOWN_BY_HEART = [
    ("Russian", {"iso3166-1:RU"}),
    ("Ukrainians", {"iso3166-1:UA"}),
    ("Briton", {"iso3166-1:GB"}),
    ("Dutch", {"iso3166-1:NL"}),
    ("Georgian", {"iso3166-1:GE", "iso3166-2:US-GA"}),
    ("Congolese", {"iso3166-1:CD", "iso3166-1:CG"}),
    ("Dominican", {"iso3166-1:DM", "iso3166-1:DO"}),
    ("Korean", {"iso3166-1:KP", "iso3166-1:KR"}),
    ("North Korean", {"iso3166-1:KP"}),
    ("Muscovite", {"geonames:524901"}),
    ("Londoners", {"geonames:2643743"}),
    ("New Yorker", {"iso3166-2:US-NY", "geonames:5128581"}),
    ("Chechen", {"iso3166-2:RU-CE"}),
    ("Crimean", {"iso3166-2:UA-43"}),
    ("Scots", {"iso3166-2:GB-SCT"}),
    ("Siberian", {"dateline:siberia"}),
    ("Soviet", {"dateline:soviet-union"}),
    ("Arab", {"dateline:arab-world"}),
    ("Kurdish", {"dateline:kurdistan"}),
    ("Tamils", {"iso3166-1:LK", "iso3166-2:IN-TN"}),
    ("Uyghurs", {"iso3166-2:CN-XJ"}),
    ("Rohingya", {"iso3166-2:MM-16"}),
    ("Crimean Tatars", {"iso3166-2:UA-43"}),
    ("Latin American", {"dateline:latin-america"}),
    ("Glaswegians", {"geonames:2648579"}),
]


def read(table):
    return list(rows(table))


def names_of(row):
    return [row["name"], *filter(None, row["alternates"].split("|"))]


def box_of(row):
    return tuple(float(row[side]) for side in ("west", "south", "east", "north"))


@pytest.fixture(scope="module")
def own_places():
    return {row["id"]: row for table in ("features", "sites") for row in rows(table)}


@pytest.fixture(scope="module")
def country_codes():
    return {row["country_code"] for row in rows("countries")}


@pytest.fixture(scope="module")
def divisions():
    return read("admin1")


@pytest.fixture(scope="module")
def areas():
    outlines = dict(read_areas())
    places = {row["country_code"]: f"geonames:{row['geonames_id']}" for row in rows("countries")}
    return {code: shapely.from_wkb(outlines[place]) for code, place in places.items() if place in outlines}


@pytest.mark.parametrize("table", COLUMNS)
def test_a_table_has_the_columns_that_its_readers_know(table):
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == COLUMNS[table]
    assert {len(line) for line in lines} == {len(COLUMNS[table])}


@pytest.mark.parametrize("table", COLUMNS)
def test_every_cell_is_composed_unicode_without_blanks_around_it(table):
    for row in rows(table):
        for value in row.values():
            assert value == " ".join(value.split()) == unicodedata.normalize("NFC", value), row


@pytest.mark.parametrize(
    ("table", "key"), [("demonyms", 2), ("names", 3), ("features", 1), ("sites", 1), ("macro_regions", 1)]
)
def test_a_table_is_sorted_and_has_no_row_twice(table, key):
    keys = [tuple(row.values())[:key] for row in rows(table)]
    assert all(one < other for one, other in itertools.pairwise(keys))


def test_an_id_is_a_slug_that_no_other_feature_or_site_has():
    ids = [row["id"] for table in ("features", "sites") for row in rows(table)]
    assert len(ids) == len(set(ids))
    assert [identity for identity in ids if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", identity)] == []


def test_a_feature_has_a_code_of_geonames_and_the_class_that_the_code_belongs_to():
    wrong = [row["id"] for row in rows("features") if CLASS_OF.get(row["feature_code"]) != row["feature_class"]]
    assert wrong == []


def test_a_site_has_a_code_of_geonames():
    assert {row["feature_code"] for row in rows("sites")} <= CLASS_OF.keys()


@pytest.mark.parametrize("table", ["features", "sites"])
def test_a_point_lies_on_the_globe_and_is_not_the_null_island(table):
    for row in rows(table):
        lon, lat = float(row["lon"]), float(row["lat"])
        assert -180 <= lon <= 180, row
        assert -90 <= lat <= 90, row
        assert (lon, lat) != (0, 0), row


def test_a_point_lies_in_its_box_which_crosses_the_180th_meridian_where_west_is_greater_than_east():
    for row in rows("features"):
        lon, lat = float(row["lon"]), float(row["lat"])
        west, south, east, north = box_of(row)
        assert -180 <= west <= 180, row
        assert -180 <= east <= 180, row
        assert -90 <= south <= lat <= north <= 90, row
        assert south < north, row
        assert (west <= lon <= east) if west < east else (lon >= west or lon <= east), row


def test_countries_are_codes_of_iso_3166(country_codes):
    for row in rows("features"):
        codes = row["countries"].split("|") if row["countries"] else []
        assert set(codes) <= country_codes, row
        assert codes == sorted(set(codes)), row
    assert {row["country_code"] for row in rows("sites")} <= country_codes | {""}


def test_a_sites_division_is_one_of_its_country(divisions):
    known = {(row["country_code"], row["name"]) for row in divisions}
    wrong = [
        (row["id"], row["admin1"])
        for row in rows("sites")
        if row["admin1"] and (row["country_code"], row["admin1"]) not in known
    ]
    assert wrong == []


@pytest.mark.parametrize("table", ["demonyms", "names"])
def test_every_reference_leads_to_a_place(table, own_places, country_codes, divisions):
    known = {
        "iso3166-1": country_codes,
        "iso3166-2": {row["iso3166_2"] for row in divisions if row["iso3166_2"]},
        "dateline": own_places.keys(),
    }
    for row in rows(table):
        scheme, _, value = row["place"].partition(":")
        if scheme == "geonames":
            assert re.fullmatch(r"[1-9]\d{3,8}", value), row
        else:
            assert value in known[scheme], row


def test_a_name_has_one_of_the_kinds_and_names_a_place_in_one_way_only():
    names = read("names")
    assert {row["kind"] for row in names} == KINDS
    assert len({(row["name"], row["place"]) for row in names}) == len(names)


@pytest.mark.parametrize(("table", "column"), [("demonyms", "demonym"), ("names", "name")])
def test_every_name_can_be_looked_up(table, column):
    assert [row for row in rows(table) if not normalise(row[column])] == []


def test_the_names_of_a_place_differ_in_more_than_spelling(own_places):
    for row in own_places.values():
        keys = [normalise(name) for name in names_of(row)]
        assert "" not in keys, row
        assert len(keys) == len(set(keys)), row


def test_namesakes_are_places_apart(own_places):
    namesakes = defaultdict(set)
    for identity, row in own_places.items():
        for name in names_of(row):
            namesakes[normalise(name)].add(identity)
    for name, identities in namesakes.items():
        for one, other in itertools.combinations(sorted(identities), 2):
            apart = [abs(float(own_places[one][axis]) - float(own_places[other][axis])) for axis in ("lon", "lat")]
            assert max(apart) > 1, (name, one, other)


def test_a_place_of_a_country_lies_in_it_or_at_its_coast(own_places, areas):
    reach = 0.15  # degrees: the areas are generalised; waters and small islands lie outside them
    checked, astray = 0, []
    for identity, row in own_places.items():
        code = row.get("country_code") or row.get("countries", "")
        at_sea = row["feature_code"] in FAR_FROM_LAND or CLASS_OF[row["feature_code"]] in "HU"
        if code not in areas or at_sea or identity in ON_AN_ISLET:
            continue
        checked += 1
        if areas[code].distance(shapely.Point(float(row["lon"]), float(row["lat"]))) > reach:
            astray.append(identity)
    assert astray == []
    assert checked > 1000


def test_a_site_lies_in_the_division_that_it_claims(divisions):
    reach = 0.15  # degrees: the areas are generalised
    outlines = dict(read_areas())
    places = {(row["country_code"], row["name"]): f"geonames:{row['geonames_id']}" for row in divisions}
    checked, astray = 0, []
    for row in rows("sites"):
        outline = outlines.get(places.get((row["country_code"], row["admin1"]), ""))
        if outline is None or row["id"] in ACROSS_AN_OLD_LINE:
            continue
        checked += 1
        if shapely.from_wkb(outline).distance(shapely.Point(float(row["lon"]), float(row["lat"]))) > reach:
            astray.append((row["id"], row["admin1"]))
    assert astray == []
    assert checked > 500


def test_the_european_union_has_27_members_and_the_centre_that_the_french_institute_of_geography_found(own_places):
    row = own_places["european-union"]
    assert len(set(row["countries"].split("|"))) == 27
    assert (float(row["lon"]), float(row["lat"])) == pytest.approx((9.902, 49.843), abs=0.001)  # Gadheim, since 2020


def test_a_feature_reaches_each_country_that_it_touches(areas):
    reach = 0.5  # degrees: the boxes are rough
    beyond = []
    for row in rows("features"):
        if row["feature_code"] in FAR_FROM_LAND or row["id"] in ON_AN_ISLET:
            continue
        west, south, east, north = box_of(row)
        halves = [(west, east)] if west < east else [(west, 180), (-180, east)]
        box = shapely.union_all([shapely.box(left, south, right, north) for left, right in halves])
        beyond += [
            (row["id"], code)
            for code in row["countries"].split("|")
            if code in areas and areas[code].distance(box) > reach
        ]
    assert beyond == []


@pytest.mark.parametrize("code", UNITED_NATIONS.split())
def test_every_member_of_the_united_nations_has_a_demonym(code):
    assert any(row["place"] == f"iso3166-1:{code}" for row in rows("demonyms"))


def test_the_united_nations_have_193_members():
    assert len(set(UNITED_NATIONS.split())) == 193


@pytest.mark.parametrize("state", AP_STYLE)
def test_every_state_of_the_us_has_a_demonym_and_its_abbreviations(state):
    place = f"iso3166-2:US-{state}"
    abbreviations = {row["name"] for row in rows("names") if (row["place"], row["kind"]) == (place, "abbreviation")}
    assert any(row["place"] == place for row in rows("demonyms"))
    assert state in abbreviations
    assert AP_STYLE[state] is None or AP_STYLE[state] in abbreviations


@pytest.mark.parametrize(("identity", "lon", "lat", "degrees"), PLACES_KNOWN_BY_HEART)
def test_a_place_lies_where_everybody_knows_it(identity, lon, lat, degrees, own_places):
    row = own_places[identity]
    assert float(row["lon"]) == pytest.approx(lon, abs=degrees)
    assert float(row["lat"]) == pytest.approx(lat, abs=degrees)


@pytest.mark.parametrize(("name", "kind", "places"), NAMES_KNOWN_BY_HEART)
def test_a_name_of_the_press_or_of_history_means_its_places(name, kind, places):
    assert {row["place"] for row in rows("names") if (row["name"], row["kind"]) == (name, kind)} == places


@pytest.mark.parametrize(("demonym", "places"), DEMONYMS_KNOWN_BY_HEART)
def test_a_demonym_means_its_places(demonym, places):
    assert {row["place"] for row in rows("demonyms") if row["demonym"] == demonym} == places


@pytest.mark.parametrize("name", ["Anglo", "Sino", "Mandarin", "Hindi", "the States"])
def test_prefixes_and_languages_are_no_names_of_places(name):
    known = {row["demonym"] for row in rows("demonyms")} | {row["name"] for row in rows("names")}
    assert name not in known
