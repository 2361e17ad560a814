"""Homes that are stated, and what a collection remembers of its own."""

from __future__ import annotations

import json

import pyogrio
import pytest
from click.testing import CliRunner

import geo
from geo.atlas import HOME_COLUMNS
from geo.errors import AtlasError, InputError, UnknownPlace
from geo.gazetteer import Gazetteer
from geo.resolution import homes
from geo.resolution.home import FEWEST_ARTICLES, publisher_of, regions
from geo.resolution.stated_home import stated_places
from geo.types import Article, Mention, Place, Toponym
from maps.cli import main

ILLINOIS = Place("geonames:1", "Illinois", -89.5, 40.0, "US", "Illinois", "", "A", "ADM1", 12_000_000)
SPRINGFIELD = Place("geonames:2", "Springfield", -89.6, 39.8, "US", "Illinois", "", "P", "PPLA", 110_000)
OHIO_TOWN = Place("geonames:3", "Springfield", -83.8, 39.9, "US", "Ohio", "", "P", "PPL", 58_000)
AMERICA = Place("geonames:4", "United States", -98.5, 39.8, "US", "", "", "A", "PCLI", 330_000_000)
BARE = "A man from Springfield was hurt on Tuesday."


@pytest.fixture(scope="module")
def gazetteer():
    with Gazetteer.open() as opened:
        yield opened


def run(*arguments):
    return CliRunner().invoke(main, [*map(str, arguments)])


def home_of(*stated, articles=1, named=()):
    """Return the home of the first of some articles of one publisher, the others of which name these toponyms."""
    paper = [Article(str(n), "", "", publisher="The Paper") for n in range(articles)]
    toponyms = [()] + [tuple(Toponym(Mention("", 0, 1, p.name), p, 0.9) for p in named)] * (articles - 1)
    return homes(paper, toponyms, stated=stated)[0]


# -- what a stated home says -----------------------------------------------------------------------


def test_a_single_article_has_no_home_unless_one_is_stated():
    assert home_of() is None
    assert home_of(ILLINOIS) is not None


def test_a_stated_division_counts_as_named_by_most_other_articles_and_so_does_its_country():
    home = home_of(ILLINOIS)
    assert home.division(("US", "Illinois")) > 0.5
    assert home.country("US") > 0.5
    assert home.division(("US", "Ohio")) == home.country("FR") == 0.0
    assert home.sense("Illinois", ILLINOIS.id) > 0.5


def test_a_stated_division_has_near_it_what_lies_in_it_and_a_country_nothing():
    assert home_of(ILLINOIS).is_stated(SPRINGFIELD)
    assert not home_of(ILLINOIS).is_stated(OHIO_TOWN)
    assert not home_of(AMERICA).is_stated(SPRINGFIELD)


def test_a_stated_town_is_what_others_are_near_to_and_what_its_name_means():
    home = home_of(SPRINGFIELD)
    unit, share = home.towns()
    assert unit.shape == (1, 3)
    assert share[0] > 0.5
    assert home.sense("Springfield", SPRINGFIELD.id) > 0.5
    assert home.sense("Springfield", OHIO_TOWN.id) == 0.0


def test_what_the_articles_tell_counts_beside_what_is_stated():
    home = home_of(ILLINOIS, articles=4, named=[OHIO_TOWN])
    assert home.division(("US", "Ohio")) == 1.0
    assert home.division(("US", "Illinois")) > 0.5
    assert home.sense("Springfield", OHIO_TOWN.id) > 0.5


def test_too_few_articles_tell_nothing_beside_what_is_stated():
    home = home_of(ILLINOIS, articles=FEWEST_ARTICLES - 1, named=[OHIO_TOWN])
    assert home.division(("US", "Ohio")) == 0.0
    assert home.towns()[1].tolist() == []


def test_articles_that_come_from_nowhere_share_only_what_is_stated():
    paper = [Article(str(n), "", "") for n in range(4)]
    named = [(Toponym(Mention("", 0, 1, "S"), OHIO_TOWN, 0.9),)] * 4
    assert [home.division(("US", "Ohio")) for home in homes(paper, named, stated=[ILLINOIS])] == [0.0] * 4


@pytest.mark.parametrize(
    ("stated", "others", "place", "reason"),
    [
        ([ILLINOIS], [], SPRINGFIELD, "It lies in what you have stated as the home of the articles (Illinois)."),
        (
            [AMERICA, ILLINOIS],
            [],
            SPRINGFIELD,
            "It lies in what you have stated as the home of the articles (Illinois).",
        ),
        ([AMERICA], [], SPRINGFIELD, "It lies in what you have stated as the home of the articles (United States)."),
        ([ILLINOIS], [OHIO_TOWN], OHIO_TOWN, "In other articles of The Paper the name means it too."),
        ([], [OHIO_TOWN], OHIO_TOWN, "In other articles of The Paper the name means it too."),
        ([], [ILLINOIS], SPRINGFIELD, "Of the other articles of The Paper, 100% name places in Illinois."),
        ([], [ILLINOIS], OHIO_TOWN, ""),
        ([ILLINOIS], [], OHIO_TOWN, ""),
    ],
)
def test_a_home_says_in_words_what_it_has_for_a_place(stated, others, place, reason):
    assert home_of(*stated, articles=4, named=others).reason("Springfield", place) == reason


def divisions_named(*numbers):
    """Return what articles name of which so many name each division, and the rest none."""
    places = [Place(f"geonames:{d}", "X", 0, 0, "US", f"Division {d}") for d in range(len(numbers))]
    return [
        (Toponym(Mention("", 0, 1, "X"), place, 0.9),)
        for place, number in zip(places, numbers, strict=True)
        for _ in range(number)
    ]


@pytest.mark.parametrize(
    ("articles", "numbers", "is_at_home"),
    [
        (2, [2], False),  # too few
        (3, [], True),  # too few to show that they have nothing in common
        (9, [1] * 9, True),
        (10, [1] * 10, False),  # news of the world
        (20, [7, *[1] * 13], True),  # more than a third
        (22, [7, *[1] * 15], False),
        (12, [], False),
    ],
)
def test_many_articles_that_have_no_division_in_common_have_no_home(articles, numbers, is_at_home):
    named = divisions_named(*numbers)
    named += [()] * (articles - len(named))
    paper = [Article(str(n), "", "", publisher="The World") for n in range(articles)]
    assert {home is not None for home in homes(paper, named)} == {is_at_home}
    assert list(regions(homes(paper, named), country=lambda _: None)) == [] or is_at_home
    stated = homes(paper, named, stated=[ILLINOIS])
    assert all(home.division(("US", "Illinois")) > 0.5 for home in stated)
    assert any(home.others for home in stated) is is_at_home


@pytest.mark.parametrize(
    ("article", "publisher"),
    [
        (Article("a", "", "", publisher="The Paper", url="https://x.org/a", source="news/a.txt"), "The Paper"),
        (Article("a", "", "", url="https://www.paper.org/2025/a", source="news/a.txt"), "paper.org"),
        (Article("a", "", "", url="https://paper.org:8080/a"), "paper.org"),
        (Article("a", "", "", url="http://[broken", source="news/a.txt"), "news"),
        (Article("a", "", "", url="no address", source="news/a.txt"), "news"),
        (Article("a", "", ""), ""),
    ],
)
def test_the_site_of_an_article_stands_for_its_publisher_before_its_folder_does(article, publisher):
    assert publisher_of(article) == publisher


# -- what a name states ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "place", "code"),
    [
        ("Kharkiv Oblast", "Kharkiv Oblast", "ADM1"),
        ("Ukraine", "Ukraine", "PCLI"),
        ("Illinois", "Illinois", "ADM1"),
        ("Texas", "Texas", "ADM1"),  # and no county or town of that name
        ("New York", "New York", "ADM1"),
        ("Luxembourg", "Luxembourg", "PCLI"),  # in which the canton and the town lie
        ("Florida", "Florida", "ADM1"),  # and not the department of Uruguay
        ("Kharkiv", "Kharkiv Oblast", "ADM1"),  # the town lies in it
        ("Mariupol", "Mariupol", "PPL"),
        ("Oxfordshire", "Oxfordshire", "ADM2"),
        (" illinois ", "Illinois", "ADM1"),
        ("geonames:4896861", "Illinois", "ADM1"),
    ],
)
def test_a_name_states_the_country_or_the_division_else_the_town(gazetteer, name, place, code):
    (found,) = stated_places([name], gazetteer)
    assert (found.name, found.feature_code[:4]) == (place, code[:4])


@pytest.mark.parametrize(
    ("name", "country", "admin1"),
    [
        ("Georgia, US", "US", "Georgia"),
        ("Springfield, Illinois", "US", "Illinois"),
        ("Springfield, Ill.", "US", "Illinois"),
        ("Punjab, India", "IN", "Punjab"),
        ("Paris, Texas", "US", "Texas"),
    ],
)
def test_what_it_lies_in_may_follow_after_a_comma(gazetteer, name, country, admin1):
    (found,) = stated_places([name], gazetteer)
    assert (found.country_code, found.admin1) == (country, admin1)


@pytest.mark.parametrize("name", ["Georgia", "Springfield", "Punjab"])
def test_a_name_that_can_state_several_is_an_error_that_lists_them(gazetteer, name):
    with pytest.raises(
        InputError, match=rf"home '{name}' can be .*\(geonames:\d+\).* or .*; state one of them by its id"
    ):
        stated_places([name], gazetteer)


@pytest.mark.parametrize(
    ("name", "error", "message"),
    [
        ("Qwxyzzyville", UnknownPlace, "has no place of this name; look for it with: dateline gazetteer find"),
        ("", UnknownPlace, "has no place of this name"),
        ("geonames:1", UnknownPlace, "geonames:1: no place of the gazetteer has this id"),
        ("Springfield, Ukraine", UnknownPlace, "no Springfield of the gazetteer lies in Ukraine; there is "),
        ("Black Sea", InputError, "is no country, division or town; state those that it is made of"),
    ],
)
def test_a_name_that_states_no_home_is_an_error_that_says_why(gazetteer, name, error, message):
    with pytest.raises(error) as raised:
        stated_places([name], gazetteer)
    assert message in str(raised.value)


def test_a_home_that_is_stated_twice_is_one(gazetteer):
    assert len(stated_places(["Illinois", "geonames:4896861", "Ohio"], gazetteer)) == 2


# -- what it changes -------------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["Illinois", "Massachusetts", "Missouri", "Oregon", "Ohio"])
def test_a_bare_name_of_a_single_article_means_the_one_in_the_stated_state(gazetteer, state):
    (row,) = geo.geoparse([Article("a", "", BARE)], gazetteer=gazetteer, home=[state]).to_flat().to_dict("records")
    assert (row["text"], row["admin1"]) == ("Springfield", state)


def test_a_stated_home_does_not_draw_in_what_the_text_says_lies_elsewhere(gazetteer):
    article = Article("a", "", "A man from Springfield, Oregon, was hurt near Lagos, Nigeria.")
    flat = geo.geoparse([article], gazetteer=gazetteer, home="Illinois").to_flat()
    assert flat["country_code"].tolist() == ["US", "US", "NG", "NG"]
    assert flat["admin1"].tolist()[:2] == ["Oregon", "Oregon"]


# -- what is kept and shown ------------------------------------------------------------------------

LOCAL = [
    "The council of Paris met on Monday. Deputies drove to Powderly and Reno, Texas.",
    "A barn burned near Sulphur Springs, Texas, and smoke was seen in Paris.",
    "Students from Paris, Texas, played a team from Bonham.",
]


@pytest.fixture(scope="module")
def atlas(gazetteer):
    paper = [Article(str(n), "", text, publisher="The Paris News") for n, text in enumerate(LOCAL)]
    return geo.geoparse(paper, gazetteer=gazetteer, home=["Oklahoma"])


def test_the_atlas_keeps_what_was_stated_and_what_was_learned(atlas):
    assert atlas.homes.columns.tolist() == list(HOME_COLUMNS)
    stated, first, *_ = atlas.homes.to_dict("records")
    assert (stated["place"], stated["stated"], stated["publisher"]) == ("Oklahoma", True, "")
    assert (first["publisher"], first["place"], first["country_code"]) == ("The Paris News", "Texas", "US")
    assert first["articles"] == first["of"] == 3
    assert atlas.homes["place"].tolist()[-1] == "United States"


def test_a_saved_atlas_has_its_homes_again(atlas, tmp_path):
    atlas.save(tmp_path / "a.gpkg")
    again = geo.Atlas.open(tmp_path / "a.gpkg")
    assert again.homes.to_dict("list") == atlas.homes.to_dict("list")
    assert again.homes.dtypes.tolist() == atlas.homes.dtypes.tolist()


def test_an_atlas_saved_before_there_were_homes_still_opens(atlas, tmp_path):
    path = tmp_path / "old.gpkg"
    for layer in ("articles", "toponyms", "places"):
        pyogrio.write_dataframe(getattr(atlas, layer), path, layer=layer, driver="GPKG", append=path.exists())
    again = geo.Atlas.open(path)
    assert (len(again.homes), again.homes.columns.tolist()) == (0, list(HOME_COLUMNS))
    assert len(again.toponyms) == len(atlas.toponyms)


def test_homes_that_count_more_articles_than_there_are_make_no_atlas(atlas):
    wrong = atlas.homes.assign(articles=99)
    with pytest.raises(AtlasError, match=r"homes.articles is not within 0 and homes.of \(row 0"):
        geo.Atlas(atlas.articles, atlas.toponyms, atlas.places, wrong)


def test_the_most_often_named_region_comes_first_and_publishers_without_a_home_have_none():
    paper = [Article(str(n), "", "", publisher="The Paper") for n in range(4)] + [
        Article("x", "", "", publisher="Other")
    ]
    in_ohio, in_illinois = (Toponym(Mention("", 0, 1, p.name), p, 0.9) for p in (OHIO_TOWN, SPRINGFIELD))
    known = homes(paper, [(in_ohio,), (in_illinois,), (in_illinois,), (), (in_ohio,)])
    told = [(r.publisher, r.place, r.articles, r.of) for r in regions(known, country={"US": AMERICA}.get)]
    assert told == [
        ("The Paper", "Illinois", 2, 4),
        ("The Paper", "Ohio", 1, 4),
        ("The Paper", "United States", 3, 4),
    ]


def test_explain_says_where_the_articles_are_at_home(tmp_path):
    path = tmp_path / "paper.jsonl"
    records = [{"id": str(n), "text": text, "publisher": "The Paris News"} for n, text in enumerate(LOCAL)]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    result = run("explain", path, "--home", "Springfield, Illinois")
    assert result.exit_code == 0, result.stderr
    assert "home as stated: Springfield, Illinois, US\n" in result.stderr
    assert "home of The Paris News: Texas (3 of 3 articles)\n" in result.stderr


@pytest.mark.parametrize("command", ["map", "places", "explain"])
def test_every_command_that_reads_articles_takes_a_home_and_tells_one_that_is_none(tmp_path, command):
    path = tmp_path / "a.txt"
    path.write_text(BARE)
    output = ["-o", tmp_path / "map.html"] if command == "map" else []
    fine = run(command, path, *output, "--home", "Illinois", "--home", "Ohio")
    assert fine.exit_code == 0, fine.stderr
    wrong = run(command, path, *output, "--home", "Georgia")
    assert wrong.exit_code == 1
    assert "home 'Georgia' can be Georgia, US (geonames:4197000) or Georgia, GE (geonames:614540)" in wrong.stderr
