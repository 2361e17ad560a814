from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import NoGazetteer, UnknownPlace
from geo.gazetteer import Gazetteer, build, index, normalise, store
from geo.gazetteer.areas import AREAS
from geo.gazetteer.draft import Draft


@pytest.fixture(scope="module")
def gazetteer():
    with Gazetteer.open() as opened:
        yield opened


SAME_KEY = [
    ("Saint-Étienne", "St. Etienne"),
    ("U.S.", "US"),
    ("Xi'an", "Xi’an"),
    ("Łódź", "Lodz"),
    ("Tromsø", "TROMSO"),
    ("the Hague", "Hague"),
    ("Mt. Everest", "Mount Everest"),
    ("Ft. Worth", "Fort Worth"),
    ("Bosnia & Herzegovina", "Bosnia and Herzegovina"),
    ("Guinea-Bissau", "guinea bissau"),
    ("İstanbul", "Istanbul"),
]


@pytest.mark.parametrize(("one", "other"), SAME_KEY)
def test_two_spellings_of_a_name_have_one_key(one, other):
    assert normalise(one) == normalise(other) != ""


def test_saint_is_spelled_out_only_before_another_word():
    assert normalise("St") == "st"
    assert normalise("Main St") == "main st"


@given(st.text(max_size=40))
def test_a_key_is_its_own_key_but_for_one_more_article(name):
    key = normalise(name)
    assert key == " ".join(key.split())
    assert normalise(key) == key.removeprefix("the ")


MEANS = [
    ("Kyiv", "geonames:703448", "official"),
    ("Kiev", "geonames:703448", None),
    ("Zolochiv", "geonames:686895", "official"),
    ("Zolochiv", "geonames:686896", "official"),
    ("Georgia", "geonames:614540", "official"),
    ("Georgia", "geonames:4197000", "official"),
    ("Kursk", "geonames:538555", "alternate"),
    ("Kursk", "geonames:538560", "official"),
    ("Kharkiv Oblast", "geonames:706482", "official"),
    ("Russians", "geonames:2017370", "demonym"),
    ("Georgian", "geonames:614540", "demonym"),
    ("Georgian", "geonames:4197000", "demonym"),
    ("U.S.", "geonames:6252001", "abbreviation"),
    ("Leningrad", "geonames:498817", "former"),
    ("Fulton County", "geonames:4196508", "official"),
    ("northern Kursk region", "geonames:538555", "derived"),
    ("White House", "dateline:white-house", "site"),
    ("Black Sea", "dateline:black-sea", "official"),
]


@pytest.mark.parametrize(("name", "place_id", "kind"), MEANS)
def test_a_name_can_mean_this_place(gazetteer, name, place_id, kind):
    kinds = {candidate.place.id: candidate.kind for candidate in gazetteer.lookup(name)}
    assert place_id in kinds
    assert kind in {None, kinds[place_id]}


@pytest.mark.parametrize("name", ["", " ", "?!", "Qwxyzzy", "region"])
def test_a_name_that_nothing_bears_finds_nothing(gazetteer, name):
    assert gazetteer.lookup(name) == ()


INSTITUTIONS = [
    ("Central Bank of Botswana", "Botswana"),
    ("Bank of Mexico", "Mexico"),
    ("Delhi High Court", "Delhi"),
    ("Colchester General Hospital", "Colchester"),
    ("Manila Cathedral", "Manila"),
]


@pytest.mark.parametrize(("name", "place"), INSTITUTIONS)
def test_an_institution_that_nothing_bears_is_looked_for_where_its_name_says(gazetteer, name, place):
    found = gazetteer.lookup(name)
    assert place in {candidate.place.name for candidate in found}
    assert {candidate.kind for candidate in found} == {"derived"}
    assert max(candidate.trust for candidate in found) <= 0.5


@pytest.mark.parametrize("name", ["Hampton Avenue", "Geneva Conventions", "Cyber Tech Career College", "High Court"])
def test_what_is_no_institution_named_after_a_place_is_not_looked_for(gazetteer, name):
    assert gazetteer.lookup(name) == ()


SLIPS = [
    ("Britian", "United Kingdom"),
    ("Zaporizhya", "Zaporizhzhia"),
    ("Brasoc", "Brașov County"),
    ("Afganistan", "Afghanistan"),
]


@pytest.mark.parametrize(("name", "place"), SLIPS)
def test_a_slip_of_the_pen_finds_the_nearest_spelling_and_says_so(gazetteer, name, place):
    found = gazetteer.lookup(name)
    assert place in {candidate.place.name for candidate in found}
    assert {candidate.kind for candidate in found} <= {"close", "alternate"}
    assert all(candidate.trust < 0.5 for candidate in found if candidate.kind == "close")


@pytest.mark.parametrize("name", ["Bdgd", "Xqzyvwst", "Kurskk7Qq"])
def test_what_is_spelled_like_nothing_finds_nothing(gazetteer, name):
    assert gazetteer.lookup(name) == ()


POSITIONS = ["50.4501, 30.5234", "50°27′00″N 30°31′24″E", "geo:50.45,30.52", "9G2GFG2F+29"]


@pytest.mark.parametrize("text", POSITIONS)
def test_a_position_means_its_point_and_lies_in_a_country(gazetteer, text):
    [candidate] = gazetteer.lookup(text)
    assert candidate.kind == "coordinates"
    assert (candidate.place.lon, candidate.place.lat) == pytest.approx((30.52, 50.45), abs=0.02)
    assert (candidate.place.country_code, candidate.place.id[:4]) == ("UA", "geo:")


def test_many_names_asked_for_at_once_get_the_answers_that_each_gets_alone(gazetteer):
    names = ["Kursk", "kursk", "Springfield", "San José", "Russians", "northern Kursk region", "Britian", "Qwxyzzy", ""]
    assert gazetteer.lookup_many(names) == {name: gazetteer.lookup(name) for name in names}


def test_a_name_says_its_language_where_its_source_does(gazetteer):
    [france] = [c for c in gazetteer.lookup("Frankreich") if c.place.feature_code == "PCLI"]
    assert france.language == "de"


def test_a_generic_word_that_fits_gives_more_trust_than_one_that_does_not(gazetteer):
    trust = {c.place.id: c.trust for c in gazetteer.lookup("southern Kursk district")}
    assert trust["geonames:538555"] > trust["geonames:538560"]


@pytest.mark.parametrize("name", ["Atlantic", "Pacific", "Africa"])
def test_an_ocean_or_a_continent_is_as_prominent_as_a_country(gazetteer, name):
    by_code = {candidate.place.feature_code: candidate.prominence for candidate in gazetteer.lookup(name)}
    [country] = [c for c in gazetteer.lookup("France") if c.place.feature_code == "PCLI"]
    assert by_code.get("OCN", by_code.get("CONT")) == country.prominence


def test_an_airport_code_is_trusted_little(gazetteer):
    codes = [c for c in gazetteer.lookup("IEV") if c.place.id == "geonames:703448"]
    assert [c.kind for c in codes] == ["code"]
    assert codes[0].trust < 0.1


PROFILES = [
    ("Ukraine", {"country"}),
    ("Kursk", {"admin1", "city"}),
    ("Russian", {"demonym"}),
    ("Black Sea", {"water"}),
    ("West Chester Township", {"admin2"}),
    ("Qwxyzzy", set()),
]


@pytest.mark.parametrize(("name", "labels"), PROFILES)
def test_a_profile_says_what_kinds_of_place_bear_a_name(gazetteer, name, labels):
    assert gazetteer.profile(name) >= labels
    assert bool(gazetteer.profile(name)) == bool(labels)


def test_a_place_knows_what_it_lies_in(gazetteer):
    zolochiv = gazetteer.place("geonames:686895")
    around = ["Bohodukhiv Raion", "Kharkiv Oblast", "Ukraine", "Eastern Europe", "Europe"]
    assert [parent.name for parent in gazetteer.parents(zolochiv)][-4:] == around[-4:]
    ukraine = gazetteer.place("geonames:690791")
    assert [parent.name for parent in gazetteer.parents(ukraine)] == around[-2:]
    assert gazetteer.parents(gazetteer.place("dateline:europe")) == ()


def test_a_populated_place_lies_in_the_area_of_its_country_and_its_division(gazetteer):
    # The areas are generalised, and GeoNames itself errs: a coast or a border may leave a few outside.
    rows = gazetteer._ask("SELECT id FROM place WHERE feature_class = 'P' AND id > 0 AND id % 400 = 7")
    outside = {"ADM1": 0, "PCLI": 0}
    for (key,) in rows:
        place = gazetteer.place(f"geonames:{key}")
        for parent in gazetteer.parents(place):
            if parent.feature_code in outside and gazetteer.area(parent.id):
                outside[parent.feature_code] += not gazetteer.contains(parent, place.lon, place.lat)
    assert len(rows) > 500
    assert outside["PCLI"] / len(rows) < 0.02
    assert outside["ADM1"] / len(rows) < 0.04, outside


def test_areas_contain_the_points_that_lie_in_them(gazetteer):
    zolochiv = gazetteer.place("geonames:686895")
    kharkiv, lviv = gazetteer.place("geonames:706482"), gazetteer.place("geonames:702549")
    assert gazetteer.contains(kharkiv, zolochiv.lon, zolochiv.lat)
    assert not gazetteer.contains(lviv, zolochiv.lon, zolochiv.lat)
    assert not gazetteer.contains(zolochiv, zolochiv.lon, zolochiv.lat)


def test_every_place_carries_its_source_and_licence(gazetteer):
    assert gazetteer.place("geonames:703448").licence == "CC BY 4.0"
    assert gazetteer.place("dateline:black-sea").source == "dateline"


def test_a_country_is_found_by_its_code(gazetteer):
    assert gazetteer.country("UA").id == "geonames:690791"
    assert gazetteer.country("QQ") is None


@pytest.mark.parametrize(
    "place_id",
    [
        *("geonames:999999999999", "geonames:x", "dateline:nowhere", "", "703448"),
        "geonames:" + "9" * 30,  # more than SQLite's numbers hold
        "geonames:" + "9" * 5_000,  # more than Python takes for a number
        "dateline:\ud800",  # no text that SQLite can be asked for
    ],
)
def test_an_unknown_id_is_an_error_that_names_it(gazetteer, place_id):
    with pytest.raises(UnknownPlace, match="no place of the gazetteer has this id"):
        gazetteer.place(place_id)
    assert gazetteer.area(place_id) is None


def test_the_same_tables_make_the_same_index_to_the_byte(tmp_path, monkeypatch):
    monkeypatch.setattr(build, "read_areas", lambda path=AREAS: [("geonames:2", b"wkb")] if path == AREAS else [])

    def written(name, order):
        index = Draft(countries={"NG": 1}, own={"dateline:sea": -1})
        for place in order:
            index.places[place] = (f"Place {place}", 0.0, 0.0, "NG", None, None, "P", "PPL", 0, 0, 1)
            index.add_name(f"Place {place}", place, "official", build.TRUST_OFFICIAL)
            index.add_name("Sea", place, "alternate", build.TRUST_ALTERNATE)
        build._write(index, tmp_path / name)
        return (tmp_path / name).read_bytes()

    numbers = [*range(1, 500), -1]
    assert written("a", numbers) == written("b", reversed(numbers))


def test_the_gazetteer_says_what_it_was_made_from(gazetteer):
    about = gazetteer.about()
    assert int(about["places"]) > 260_000
    assert len(about["digest"]) == 64
    sources = {source["key"]: source for source in gazetteer.sources()}
    assert sources["geonames"]["licence"] == "CC BY 4.0"
    assert sources.keys() >= {"geonames", "iso3166-2", "cldr", "natural-earth", "dateline"}


def test_a_missing_index_says_how_to_get_one(tmp_path):
    with pytest.raises(NoGazetteer, match="not there; make it again with `dateline gazetteer install`"):
        Gazetteer.open(tmp_path / "none.sqlite")


def test_a_missing_embedded_index_says_to_install_again(tmp_path, monkeypatch):
    monkeypatch.setattr(index, "EMBEDDED", tmp_path / "none.sqlite")
    with pytest.raises(NoGazetteer, match="pip install --force-reinstall dateline"):
        Gazetteer.open(tmp_path / "none.sqlite")


def test_an_index_of_which_the_end_is_missing_is_told_as_damaged(tmp_path, gazetteer):
    path = tmp_path / "short.sqlite"
    with gazetteer.path.open("rb") as whole:
        path.write_bytes(whole.read(1_000_000))
    with pytest.raises(NoGazetteer, match="its end is missing"):
        Gazetteer.open(path)


def test_damage_that_shows_only_when_it_is_read_is_told_with_the_command_that_mends_it(tmp_path):
    path = tmp_path / "garbled.sqlite"
    connection = store.create(path)
    connection.execute("INSERT INTO source VALUES (1, 'geonames', 'GeoNames', '', '', '', '', '')")
    connection.executemany(
        "INSERT INTO place VALUES (?, 'Place', 0, 0, 'NG', NULL, NULL, 'P', 'PPL', 0, 0, 1)",
        ((n,) for n in range(1, 5000)),
    )
    connection.executemany("INSERT INTO name VALUES (?, ?, 0, 100, NULL, NULL)", ((f"a{n}", n) for n in range(1, 5000)))
    store.finish(connection, {})
    [page] = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = 'name'").fetchone()
    connection.close()
    content = bytearray(path.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    path.write_bytes(content)
    with Gazetteer.open(path) as opened, pytest.raises(NoGazetteer, match=r"damaged.*dateline gazetteer install"):
        opened.lookup("a77")


def test_a_damaged_index_is_told_as_such(tmp_path):
    path = tmp_path / "damaged.sqlite"
    path.write_bytes(b"no database at all" * 100)
    with pytest.raises(NoGazetteer, match="damaged"):
        Gazetteer.open(path)


def test_an_index_of_another_format_is_refused(tmp_path):
    path = tmp_path / "old.sqlite"
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE about (item TEXT, value TEXT); INSERT INTO about VALUES ('format', '0')")
    connection.close()
    with pytest.raises(NoGazetteer, match="format 0"):
        Gazetteer.open(path)
