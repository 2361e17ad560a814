from __future__ import annotations

import pytest
from dump_examples import line

from geo.gazetteer import store
from geo.gazetteer.dump.joining import OwnPlaces
from geo.gazetteer.dump.naming import name_of, names_of
from geo.gazetteer.dump.rows import parse_alternate, parse_place

NAMES = [
    ("Edam", "official", 100, "the official name"),
    ("Ehdam", "alternate", 70, "begins like the official one"),
    ("Kaasstad", "alternate", 50, "begins otherwise"),
    ("EDM", "code", 5, "three capitals"),
    ("Ye", "code", 5, "two letters"),
    ("Эдам", None, None, "another script"),
    ("edamu", None, None, "a key of a transliteration"),
    ("Delay", "alternate", 10, "a common word"),
]


@pytest.mark.parametrize(("name", "kind", "trust"), [row[:3] for row in NAMES], ids=[row[3] for row in NAMES])
def test_how_far_a_name_on_a_places_own_line_is_trusted(name, kind, trust):
    others = ",".join(row[0] for row in NAMES[1:])
    found = {
        n.key: (store.KINDS[n.kind], n.trust)
        for n in names_of("Edam", "Edam", others, printed="Edam", common={"delay"})
    }
    assert found.get(name.casefold()) == (None if kind is None else (kind, trust))


TOLD = [
    ("en\tEdamm", "alternate", 70, "en"),
    ("en\tEdamm\t1", "alternate", 95, "en"),
    ("nl\tEdamm\t1", "alternate", 70, "nl"),
    ("\tOther", "alternate", 50, None),
    ("nl\tEdamm\t\t\t1", "alternate", 40, "nl"),
    ("la\tEdamum\t\t\t\t1", "former", 70, "la"),
    ("fr_1793\tEdam-Libre", "former", 70, "fr"),
    ("iata\tEDM", "code", 5, None),
    ("icao\tEHED", "code", 5, None),
    ("unlc\tNLEDM", "code", 5, None),
    ("abbr\tEdm.", "abbreviation", 30, None),
    ("en\tEDM\t1", "code", 5, "en"),
    ("en\tDelay\t1", "alternate", 10, "en"),
]


@pytest.mark.parametrize(("columns", "kind", "trust", "language"), TOLD, ids=[row[0] for row in TOLD])
def test_how_far_a_name_with_language_and_kind_is_trusted(columns, kind, trust, language):
    found = name_of(parse_alternate(f"1\t2756644\t{columns}".split("\t")), "e", common={"delay"})
    assert (store.KINDS[found.kind], found.trust, found.language) == (kind, trust, language)


@pytest.mark.parametrize(
    "columns",
    ["link\thttps://example.org", "post\t1135", "wkdt\tQ9920", "phon\tIdam", "ja\tエダム", "nl\t", "nl\tedam"],
)
def test_what_is_no_name_or_in_another_script_is_no_name_of_the_index(columns):
    assert name_of(parse_alternate(f"1\t2756644\t{columns}".split("\t")), "e") is None


OURS = (-1, "Rhine", "H", "STM", 4.12, 51.98, "")


ARENA = (-1, "Johan Cruyff Arena", "S", "STDM", 4.942, 52.3143, "NL")
BASE = (-1, "Leeuwarden Air Base", "S", "AIRB", 5.7606, 53.2286, "NL")
RIVALS = [
    (OURS, [("Rhine", "H/STM", 51.9, 4.2, 0)], 1, "the same name near by"),
    (OURS, [("Rhine River", "H/STM", 51.9, 4.2, 0)], 1, "the same name but for the generic word"),
    (OURS, [("Rhine", "P/PPL", 51.9, 4.2, 0)], None, "a village of the name"),
    (OURS, [("Rhine", "H/STM", 51.97, 5.92, 2)], None, "a brook 120 km away"),
    (OURS, [("Rhine", "H/STM", 51.97, 5.92, 8)], 1, "a river of many names 120 km away"),
    (OURS, [("Rhine", "H/STM", 51.97, 5.92, 8), ("Rhine", "H/STM", 50.0, 7.0, 7)], None, "two rivers of many names far away"),
    (OURS, [("Rhine", "H/STM", 51.97, 5.92, 60), ("Rhine", "H/STM", 50.0, 7.0, 7)], 1, "the better known of two far away"),
    (OURS, [("Rhine", "H/STM", 40.0, -4.0, 80)], None, "of many names and 1,400 km away"),
    (OURS, [("Boven Rijn", "H/STM", 51.9, 4.2, 9)], None, "another name"),
    (OURS, [("Rhine", "H/CNL", 51.9, 4.2, 9), ("Rhine", "H/STM", 51.9, 4.3, 0)], 2, "the one of the same code"),
    (ARENA, [("Johan Cruyff Arena", "S/STDM", 52.35, 4.94, 0)], 1, "a stadium 4 km away"),
    (ARENA, [("Johan Cruyff Arena", "S/RSTN", 52.35, 4.94, 0)], None, "a station 4 km away that is called after it"),
    (ARENA, [("Johan Cruyff Arena", "S/BLDG", 52.315, 4.942, 0)], 1, "a building at the place of a stadium"),
    (BASE, [("Leeuwarden Air Base", "S/AIRP", 53.25, 5.76, 0)], 1, "an airport that is an air base"),
    ((-1, "Jordaan", "P", "PPL", 4.88, 52.37, "NL"), [("Jordaan", "P/PPLX", 52.374, 4.879, 0)], 1, "a quarter is a populated place"),
    ((-1, "Jordaan", "P", "PPL", 4.88, 52.37, "NL"), [("Jordaan", "P/PPL", 52.5, 4.879, 9)], None, "a village 14 km away"),
]  # fmt: skip


@pytest.mark.parametrize(("own", "others", "which"), [row[:3] for row in RIVALS], ids=[row[3] for row in RIVALS])
def test_a_place_of_ours_is_joined_with(own, others, which):
    places = OwnPlaces([own], [])
    for number, (name, kind, lat, lon, prominence) in enumerate(others, 1):
        row = parse_place(line(number, name, kind, lat, lon).split("\t"))
        places.consider(row, name.casefold(), [], prominence)
    assert places.joined() == ({} if which is None else {-1: which})


def test_no_place_of_geonames_is_joined_with_two_of_ours():
    places = OwnPlaces([OURS, (-2, "Rhine", "H", "STM", 4.5, 51.98, "")], [])
    places.consider(parse_place(line(1, "Rhine", "H/STM", 51.98, 4.5).split("\t")), "rhine", [], 1)
    assert places.joined() == {-2: 1}
