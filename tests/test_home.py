from __future__ import annotations

import pytest

import geo
from geo.gazetteer import Gazetteer
from geo.resolution import homes
from geo.types import Article, Mention, Place, Toponym

PARIS_TEXAS = Place("geonames:1", "Paris", -95.5, 33.7, "US", "Texas", "", "P", "PPL", 25_000)
PARIS = Place("geonames:2", "Paris", 2.3, 48.9, "FR", "Île-de-France", "", "P", "PPLC", 2_100_000)
TEXAS = Place("geonames:3", "Texas", -99.3, 31.3, "US", "Texas", "", "A", "ADM1", 29_000_000)


def article(number, publisher="The Paris News", source=""):
    return Article(str(number), "", "", source=source, publisher=publisher)


def means(name, place, score=0.9):
    return Toponym(Mention("", 0, len(name), name), place, score)


def home_of(*named, publisher="The Paris News"):
    """Return the home of the first of articles that name these toponyms."""
    return homes([article(n, publisher) for n in range(len(named))], named)[0]


def test_two_articles_are_no_collection():
    assert homes([article(1), article(2)], [(), ()]) == [None, None]


def test_three_articles_of_one_publisher_have_a_home_and_one_of_another_has_none():
    articles = [article(1), article(2), article(3), article(4, "Le Monde")]
    assert [home is not None for home in homes(articles, [()] * 4)] == [True, True, True, False]


def test_a_folder_stands_for_a_publisher_that_is_not_stated():
    articles = [article(n, "", f"news/{folder}/{n}.txt") for n, folder in enumerate("aaab")]
    assert [home.publisher if home else None for home in homes(articles, [()] * 4)] == ["news/a"] * 3 + [None]


def test_articles_that_came_from_nowhere_have_no_home():
    assert homes([article(n, "") for n in range(4)], [()] * 4) == [None] * 4


def test_the_present_folder_is_called_so():
    home = homes([article(n, "", f"{n}.txt") for n in range(3)], [()] * 3)[0]
    assert home.publisher == "this folder"


def test_an_article_is_told_what_the_others_name_and_not_what_it_names_itself():
    home = home_of([means("Paris", PARIS)], [means("Paris", PARIS_TEXAS)], [means("Texas", TEXAS)])
    assert home.division(("US", "Texas")) == 1.0
    assert home.division(("FR", "Île-de-France")) == 0.0
    assert home.country("FR") == 0.0
    assert home.sense("PARIS", PARIS_TEXAS.id) > 0
    assert home.sense("Paris", PARIS.id) == 0.0


def test_a_sense_is_the_surer_the_more_articles_mean_it():
    once = home_of([], [means("Paris", PARIS_TEXAS)], [])
    thrice = home_of([], *[[means("Paris", PARIS_TEXAS)]] * 3)
    assert 0 < once.sense("Paris", PARIS_TEXAS.id) < thrice.sense("Paris", PARIS_TEXAS.id) < 1


def test_what_is_unsure_does_not_count():
    home = home_of([], [means("Paris", PARIS_TEXAS, score=0.4)], [Toponym(Mention("", 0, 1, "X"), None)])
    assert home.division(("US", "Texas")) == 0.0


def test_towns_are_those_of_the_others_and_neither_states_nor_ones_own():
    home = home_of([means("Paris", PARIS)], [means("Paris", PARIS_TEXAS), means("Texas", TEXAS)], [])
    unit, share = home.towns()
    assert unit.shape == (1, 3)
    assert share.tolist() == [0.5]
    assert (unit**2).sum() == pytest.approx(1.0)


LOCAL = [
    "The council of Paris met on Monday. Deputies drove to Powderly and Reno, Texas.",
    "A barn burned near Sulphur Springs, Texas, and smoke was seen in Paris.",
    "Students from Paris, Texas, played a team from Bonham.",
    "The fair opens in Lamar County, Texas, on Friday.",
]
BARE = "A man from Paris was hurt on Tuesday."


@pytest.fixture(scope="module")
def gazetteer():
    with Gazetteer.open() as opened:
        yield opened


def test_a_bare_name_means_the_town_that_the_newspaper_is_about(gazetteer):
    paper = [Article(str(n), "", text, publisher="The Paris News") for n, text in enumerate([BARE, *LOCAL])]
    flat = geo.geoparse(paper, gazetteer=gazetteer).to_flat()
    (admin1,) = flat[flat["article_id"] == "0"]["admin1"]
    assert admin1 == "Texas"
    assert "other articles of The Paris News" in flat[flat["article_id"] == "0"]["reason"].iloc[0]


def test_with_a_single_article_nothing_changes(gazetteer):
    flat = geo.geoparse([Article("0", "", BARE, publisher="The Paris News")], gazetteer=gazetteer).to_flat()
    assert flat["country_code"].tolist() == ["FR"]


def test_the_order_of_the_articles_does_not_matter(gazetteer):
    paper = [Article(str(n), "", text, publisher="The Paris News") for n, text in enumerate([BARE, *LOCAL])]
    forth = geo.geoparse(paper, gazetteer=gazetteer).to_flat()
    back = geo.geoparse(paper[::-1], gazetteer=gazetteer).to_flat()
    keys = ["article_id", "start"]
    columns = [*keys, "place_id", "score", "reason"]
    assert forth.sort_values(keys)[columns].to_dict("list") == back.sort_values(keys)[columns].to_dict("list")
