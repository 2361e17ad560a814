from __future__ import annotations

import pytest
from dump_examples import BASE_PLACES, EDAM, PLACES, SHARED, TABLES, line, of, rows, write_base, write_dump, zipped

from geo.gazetteer import Gazetteer
from geo.gazetteer.dump import build_from_dump, merging
from geo.gazetteer.dump.rows import parse_place
from geo.gazetteer.storage import EMBEDDED


@pytest.fixture(scope="module")
def base(tmp_path_factory):
    return write_base(tmp_path_factory.mktemp("base") / "base.sqlite")


@pytest.fixture(scope="module")
def built(base, tmp_path_factory):
    folder = tmp_path_factory.mktemp("built")
    report = build_from_dump(write_dump(folder / "dump"), folder / "gazetteer.sqlite", base=base)
    with Gazetteer.open(report.target) as gazetteer:
        yield report, gazetteer


@pytest.fixture
def gazetteer(built):
    return built[1]


def test_a_new_place_is_known_with_its_class_its_divisions_and_how_many_names_it_has(gazetteer):
    found = of(gazetteer, "Edam", 2756644)

    assert (found.place.feature_class, found.place.feature_code, found.place.population) == ("P", "PPL", 7380)
    assert (found.place.admin1, found.place.admin2, found.place.country_code) == (
        "North Holland",
        "Edam-Volendam",
        "NL",
    )
    assert (found.place.lon, found.place.lat) == (5.04861, 52.51167)
    assert (found.kind, found.trust, found.prominence) == ("official", 1.0, 5)
    assert (found.place.source, found.place.licence) == ("GeoNames", "CC BY 4.0")
    assert [parent.name for parent in gazetteer.parents(found.place)][:2] == ["North Holland", "Netherlands"]


def test_a_division_that_the_index_has_is_used_again_and_a_new_one_refers_to_its_place_only_if_that_is_known(built):
    assert rows(built[0].target, "SELECT name, place FROM division ORDER BY name, place") == [
        ("Al Ḩudaydah".replace("Ḩ", "H"), None), ("Amsterdam", None), ("Edam-Volendam", None),
        ("North Holland", 2749879), ("South Holland", 2743698),
    ]  # fmt: skip


def test_a_place_of_the_embedded_index_keeps_its_name_divisions_and_trust_and_gains_the_rest(gazetteer):
    hodeidah = of(gazetteer, "Hudaida", 79415)
    assert (hodeidah.place.name, hodeidah.place.feature_code, hodeidah.place.population) == ("Hodeidah", "PPLA", 402560)
    assert hodeidah.place.admin1 == "Al Hudaydah"  # it had none
    assert hodeidah.prominence == 60
    amsterdam = of(gazetteer, "Amsterdamas", 2759794)
    assert (amsterdam.place.population, amsterdam.place.admin1) == (741636, "North Holland")
    mokum = of(gazetteer, "Mokum", 2759794)
    assert (mokum.kind, mokum.trust) == ("former", 0.95)


def test_a_country_stays_what_it_was_and_is_there_once(gazetteer):
    country = of(gazetteer, "Kingdom of the Netherlands", 2750405)
    assert (country.place.name, country.place.lon, country.prominence) == ("Netherlands", 5.6394, 200)
    assert gazetteer.country("NL") == country.place


def test_names_are_printed_without_the_marks_of_a_transliteration_where_the_press_does_so(gazetteer):
    assert of(gazetteer, "Al Mukha", 73200).place.name == "Al Mukha"


@pytest.mark.parametrize("name", ["Rhine", "Rhein", "Rijn"])
def test_a_place_of_our_own_that_geonames_has_too_is_one_place_under_the_geonames_id(built, name):
    (rhine,) = built[1].lookup(name)
    assert rhine.place.id == "geonames:2748179"
    assert (rhine.place.name, rhine.place.lon, rhine.prominence) == ("Rhine", 5.91545, 30)
    assert built[1].place("dateline:rhine") == rhine.place
    assert rows(built[0].target, "SELECT place FROM area") == [(2748179,)]


def test_a_place_of_our_own_that_geonames_lacks_stays(gazetteer):
    assert gazetteer.lookup("Randstad")[0].place.id == "dateline:randstad"
    assert gazetteer.place("dateline:europe").name == "Europe"


def test_an_airport_is_joined_and_the_hotel_that_is_called_after_it_is_not(gazetteer):
    assert gazetteer.place("dateline:schiphol").id == "geonames:6296680"
    assert gazetteer.place("dateline:schiphol").admin1 == "North Holland"
    assert of(gazetteer, "Schiphol", 6296680).kind == "site"
    assert of(gazetteer, "Schiphol", 6950771).place.feature_code == "HTL"


def test_a_quarter_lies_in_its_town(built):
    assert (2753638, 2759794) in rows(built[0].target, "SELECT place, parent FROM parent")
    assert (2756644, 2749879) not in rows(built[0].target, "SELECT place, parent FROM parent")


def test_the_index_tells_what_it_was_made_from(built, base):
    report, gazetteer = built
    about = gazetteer.about()
    (extends,) = rows(base, "SELECT value FROM about WHERE item = 'digest'")[0]
    assert about["extends"] == extends
    assert about["dump_date"] == report.dump_date == "2025-01-02"
    assert "allCountries.txt" in about["dump_files"]
    assert rows(report.target, "SELECT name, date FROM source WHERE key = 'geonames-dump'") == [
        ("GeoNames", "2025-01-02")
    ]


def test_the_report_counts_what_was_built(built):
    report, gazetteer = built
    assert (report.new_places, report.joined, report.malformed, report.problems, report.lost) == (7, 2, 0, (), ())
    assert report.places == len(BASE_PLACES) + report.new_places - report.joined
    assert report.names == int(gazetteer.about()["names"])
    assert report.rows == len(PLACES) + sum(map(len, TABLES.values()))
    assert report.size == report.target.stat().st_size


def test_what_is_told_of_a_name_goes_before_the_list_beside_the_place(gazetteer):
    assert of(gazetteer, "Edamum", 2756644).kind == "former"
    assert of(gazetteer, "EHAM", 6296680).kind == "code"
    assert of(gazetteer, "Edamum", 2756644).language == "la"


def test_a_common_word_that_the_embedded_index_trusts_little_is_trusted_little_for_new_places_too(gazetteer):
    assert of(gazetteer, "Delay", 73200).trust == pytest.approx(0.1)


def test_a_country_or_a_province_under_another_id_is_the_one_that_the_index_has(base, tmp_path):
    places = [
        line(1, "Nederland", "A/PCLI", 52.25, 5.75, others="Hollande"),
        line(2, "North Holland", "A/ADM1", 52.5, 4.9, admin1="07", others="Noord-Holland"),
        EDAM,
    ]
    tables = {
        "countryInfo.txt": [TABLES["countryInfo.txt"][1].replace("2750405", "1")],
        "admin1CodesASCII.txt": ["NL.07\tNorth Holland\tNorth Holland\t2"],
    }
    report = build_from_dump(write_dump(tmp_path / "dump", places, tables), tmp_path / "x.sqlite", base=base)
    with Gazetteer.open(report.target) as gazetteer:
        assert [c.place.id for c in gazetteer.lookup("Hollande")] == ["geonames:2750405"]
        assert [c.place.id for c in gazetteer.lookup("Noord-Holland")] == ["geonames:2749879"]
        assert gazetteer.parents(gazetteer.place("geonames:2756644"))[0].id == "geonames:2749879"
    assert report.new_places == 1


def test_a_country_that_the_index_lacks_is_known_by_its_code(base, tmp_path):
    places = [line(831053, "Kosovo", "A/PCLI", 42.58333, 21.0, code="XK"), EDAM]
    tables = {"countryInfo.txt": ["XK\tXKX\t0\tKV\tKosovo" + "\t" * 12 + "831053\tRS\t"]}
    report = build_from_dump(write_dump(tmp_path / "dump", places, tables), tmp_path / "x.sqlite", base=base)
    with Gazetteer.open(report.target) as gazetteer:
        assert gazetteer.country("XK").name == "Kosovo"


def test_zipped_files_give_what_the_unpacked_ones_give(built, base, tmp_path):
    report = build_from_dump(zipped(write_dump(tmp_path / "dump")), tmp_path / "x.sqlite", base=base)
    digest = "SELECT value FROM about WHERE item = 'digest'"
    assert rows(report.target, digest) == rows(built[0].target, digest)


def test_the_same_dump_gives_the_same_bytes(built, base, tmp_path):
    report = build_from_dump(write_dump(tmp_path / "dump"), tmp_path / "x.sqlite", base=base)
    assert report.target.read_bytes() == built[0].target.read_bytes()


def test_a_place_that_is_there_twice_is_one_place(base, tmp_path):
    report = build_from_dump(write_dump(tmp_path / "dump", [EDAM, EDAM], {}), tmp_path / "x.sqlite", base=base)
    assert (report.new_places, len(rows(report.target, "SELECT * FROM name WHERE key = 'edam'"))) == (1, 1)


def test_of_thousands_of_places_with_one_name_the_least_are_left_out_and_no_embedded_one(base, tmp_path, monkeypatch):
    monkeypatch.setattr(merging, "MOST_BEARERS", 3)
    places = [line(100 + n, "Amsterdam", "P/PPL", 40.0, -80.0 - n, code="US", people=n) for n in range(5)]
    report = build_from_dump(write_dump(tmp_path / "dump", places, {}), tmp_path / "x.sqlite", base=base)
    kept = [place for (place,) in rows(report.target, "SELECT place FROM name WHERE key = 'amsterdam' ORDER BY place")]
    assert kept == [103, 104, 2759794]


@pytest.fixture(scope="module")
def netherlands(tmp_path_factory):
    if not (SHARED / "NL.txt").is_file():
        pytest.skip("GeoNames' files of the Netherlands and Andorra are not at hand beside the checkout")
    target = tmp_path_factory.mktemp("netherlands") / "gazetteer.sqlite"
    report = build_from_dump(SHARED, target)
    with Gazetteer.open(target) as gazetteer:
        yield report, gazetteer


def real_rows(name):
    with (SHARED / name).open(encoding="utf-8", newline="") as file:
        return [parse_place(text.rstrip("\r\n").split("\t")) for text in file]


def test_every_populated_place_of_the_netherlands_is_found_by_its_name(netherlands):
    populated = [row for row in real_rows("NL.txt") if row.feature_class == "P"]
    assert len(populated) > 7000
    missing = [
        row.name for row in populated
        if f"geonames:{row.geonames_id}" not in {c.place.id for c in netherlands[1].lookup(row.name)}
    ]  # fmt: skip
    assert missing == []


def test_every_row_of_the_files_is_a_place_and_what_was_known_is_there_once(netherlands):
    report, gazetteer = netherlands
    every = [*real_rows("NL.txt"), *real_rows("AD.txt")]
    assert (report.malformed, report.rows) == (0, len(every) + sum(
        len((SHARED / name).read_text("utf-8").splitlines()) for name in ("admin1CodesASCII.txt", "admin2Codes.txt", "countryInfo.txt")
    ))  # fmt: skip
    known = {key for (key,) in rows(report.target, "SELECT id FROM place WHERE id > 0")}
    assert {row.geonames_id for row in every} <= known
    (embedded,) = rows(EMBEDDED, "SELECT count(*) FROM place")[0]
    assert report.places == embedded + report.new_places - report.joined
    assert [
        c.place.id
        for c in gazetteer.lookup("Amsterdam")
        if c.place.country_code == "NL" and c.place.feature_class == "P" and c.place.population > 10**5
    ] == ["geonames:2759794"]


# What our own tables and GeoNames' file both have, by GeoNames' id.
JOINED = [
    ("schiphol", 6296680), ("wadden-sea", 11152677), ("texel", 2746385), ("scheldt", 3301577), ("rhine", 2748179),
    ("meuse", 2751306), ("ijsselmeer", 2753361), ("binnenhof", 6950771),
]  # fmt: skip


@pytest.mark.parametrize(("own", "geonames_id"), JOINED)
def test_waters_and_sites_of_ours_are_those_of_geonames(netherlands, own, geonames_id):
    assert netherlands[1].place(f"dateline:{own}").id == f"geonames:{geonames_id}"


def test_the_ijsselmeer_is_one_place(netherlands):
    (lake,) = [c for c in netherlands[1].lookup("IJsselmeer") if c.place.feature_class == "H"]
    assert lake.place.id == "geonames:2753361"
    assert lake.trust == 1.0
