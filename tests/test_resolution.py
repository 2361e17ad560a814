from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import ModelError
from geo.gazetteer import Gazetteer, normalise
from geo.resolution import Resolver, homes
from geo.resolution import resolve as resolving
from geo.resolution.adjacency import equals_in_list, follows, holds, stated, word_fits
from geo.resolution.context import read_context
from geo.resolution.ranker import Ranker, excluded, one_sense, rank, softmax
from geo.types import Article, Candidate, Mention, Place


def place(number, name, country_code, admin1="", *, feature="P/PPL", population=1000, lon=0.0, lat=0.0):
    feature_class, feature_code = feature.split("/")
    return Place(
        f"geonames:{number}", name, lon, lat, country_code, admin1, "", feature_class, feature_code, population
    )


UKRAINE = place(1, "Ukraine", "UA", feature="A/PCLI", lon=31, lat=49)
KHARKIV = place(2, "Kharkiv Oblast", "UA", "Kharkiv Oblast", feature="A/ADM1", lon=36, lat=50)
LVIV = place(3, "Lviv Oblast", "UA", "Lviv Oblast", feature="A/ADM1", lon=24, lat=50)
EAST = place(4, "Zolochiv", "UA", "Kharkiv Oblast", population=7_744, lon=36, lat=50.3)
WEST = place(5, "Zolochiv", "UA", "Lviv Oblast", population=22_608, lon=24.9, lat=49.8)
GEORGIA = place(6, "Georgia", "GE", feature="A/PCLI", lon=43, lat=42)
GEORGIA_STATE = place(7, "Georgia", "US", "Georgia", feature="A/ADM1", lon=-83, lat=32)
ARMENIA = place(8, "Armenia", "AM", feature="A/PCLI", lon=45, lat=40)
GEORGIA_VILLAGE = place(9, "Georgia", "AM", "Lori", population=600, lon=44, lat=41)
ALABAMA = place(10, "Alabama", "US", "Alabama", feature="A/ADM1", lon=-87, lat=33)


class Names:
    """A gazetteer of ten places."""

    known = (UKRAINE, KHARKIV, LVIV, EAST, WEST, GEORGIA, GEORGIA_STATE, ARMENIA, GEORGIA_VILLAGE, ALABAMA)

    def normalise(self, name):
        return normalise(name)

    def profile(self, _name):
        return frozenset()

    def lookup(self, name):
        found = [Candidate(p, p.name) for p in self.known if normalise(p.name) == normalise(name)]
        if normalise(name) == "ukrainian":
            found.append(Candidate(UKRAINE, "Ukrainian", "demonym", 0.95))
        return tuple(found)


def mentions(text, *names):
    """Mark each of `names` in `text`, in order; "Ukrainian:demonym" gives the role."""
    found, position = [], 0
    for name in names:
        surface, _, role = name.partition(":")
        start = text.index(surface, position)
        position = start + len(surface)
        found.append(Mention("a", start, position, surface, role or "literal"))
    return Article("a", "", text), tuple(found)


def context(text, *names):
    article, marked = mentions(text, *names)
    return read_context(article, marked, Names())


def supported(clue, text, *names):
    c = context(text, *names)
    values = clue(c)
    return {(c.mentions[o].text, x.place.id) for o, x, v in zip(c.owner, c.candidates, values, strict=True) if v}


FOLLOWED = [
    ("Zolochiv, Kharkiv Oblast, Ukraine.", ("Zolochiv", "Kharkiv Oblast", "Ukraine"), {("Zolochiv", EAST.id), ("Kharkiv Oblast", KHARKIV.id)}),
    ("Zolochiv (Lviv Oblast) is", ("Zolochiv", "Lviv Oblast"), {("Zolochiv", WEST.id)}),
    ("Zolochiv, Ukraine", ("Zolochiv", "Ukraine"), {("Zolochiv", EAST.id), ("Zolochiv", WEST.id)}),
    ("Georgia, Armenia", ("Georgia", "Armenia"), set()),
    ("Georgia, Alabama and Armenia", ("Georgia", "Alabama", "Armenia"), set()),
    ("Zolochiv. Kharkiv Oblast", ("Zolochiv", "Kharkiv Oblast"), set()),
    ("Zolochiv, Ukrainian men", ("Zolochiv", "Ukrainian:demonym"), set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names", "wanted"), FOLLOWED)
def test_a_name_lies_in_what_follows_it(text, names, wanted):
    assert supported(follows, text, *names) == wanted


def test_what_is_named_after_a_place_holds_it():
    assert supported(holds, "Zolochiv, Kharkiv Oblast, Ukraine.", "Zolochiv", "Kharkiv Oblast", "Ukraine") == {
        ("Kharkiv Oblast", KHARKIV.id),
        ("Ukraine", UKRAINE.id),
    }


LISTS = [
    ("Georgia, Alabama and Zolochiv", ("Georgia", "Alabama", "Zolochiv"), {("Georgia", GEORGIA_STATE.id), ("Alabama", ALABAMA.id)}),
    ("Armenia, Georgia and Ukraine", ("Armenia", "Georgia", "Ukraine"), {("Armenia", ARMENIA.id), ("Georgia", GEORGIA.id), ("Ukraine", UKRAINE.id)}),
    ("Armenia. Georgia", ("Armenia", "Georgia"), set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names", "wanted"), LISTS)
def test_names_in_a_row_are_equals(text, names, wanted):
    assert supported(equals_in_list, text, *names) == wanted


def test_what_follows_excludes_namesakes_elsewhere():
    c = context("Zolochiv, Kharkiv Oblast", "Zolochiv", "Kharkiv Oblast")
    assert [x.place.id for x, out in zip(c.candidates, excluded(c), strict=True) if out] == [WEST.id]


STATED = [
    ("the Ukrainian city of Zolochiv", ("Ukrainian:demonym", "Zolochiv"), {("Zolochiv", EAST.id), ("Zolochiv", WEST.id)}),
    ("Zolochiv in eastern Kharkiv Oblast", ("Zolochiv", "Kharkiv Oblast"), {("Zolochiv", EAST.id)}),
    ("Ukraine's Kharkiv Oblast", ("Ukraine", "Kharkiv Oblast"), {("Kharkiv Oblast", KHARKIV.id)}),
    ("Zolochiv. In Kharkiv Oblast", ("Zolochiv", "Kharkiv Oblast"), set()),
    ("fans of Georgia in Armenia", ("Georgia", "Armenia"), set()),
    ("Armenia's Georgia", ("Armenia", "Georgia"), set()),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names", "wanted"), STATED)
def test_the_phrase_states_what_a_name_lies_in(text, names, wanted):
    assert supported(stated, text, *names) == wanted


WORDS = [
    ("the Georgia border region", {GEORGIA.id, GEORGIA_STATE.id}),
    ("the state of Georgia", {GEORGIA.id, GEORGIA_STATE.id}),
    ("the village of Georgia", {GEORGIA_VILLAGE.id}),
    ("980 square kilometers (380 square miles) of Georgia", {GEORGIA.id, GEORGIA_STATE.id}),
    ("near Georgia", set()),
]


@pytest.mark.parametrize(("text", "wanted"), WORDS)
def test_a_generic_word_says_what_kind_of_place_is_meant(text, wanted):
    c = context(text, "Georgia")
    fits, misfits = word_fits(c)
    assert {x.place.id for x, fit in zip(c.candidates, fits, strict=True) if fit} == wanted
    assert not (fits * misfits).any()
    assert bool(misfits.any()) == bool(wanted)


def test_a_demonym_means_what_its_adjective_means():
    c = context("Ukrainian troops", "Ukrainian:demonym")
    assert [x.kind for x in c.candidates] == ["demonym"]


@pytest.fixture(scope="module")
def ranker():
    return Ranker.open()


@given(names=st.lists(st.sampled_from(["Zolochiv", "Georgia", "Ukraine", "Lviv Oblast", "Nowhere"]), max_size=6))
@settings(max_examples=40, deadline=None)
def test_the_probabilities_of_a_mention_add_up_to_no_more_than_one(names):
    c = context(" and ".join(names), *names)
    likelihood = rank(c, Ranker.open()).likelihood
    for number in range(len(c.mentions)):
        mine = likelihood[c.owner == number]
        assert mine.sum() <= 1 + 1e-9
        assert ((mine >= 0) & (mine <= 1)).all()


def test_one_name_has_one_sense_in_an_article():
    c = context("Zolochiv burned. Zolochiv lies north.", "Zolochiv", "Zolochiv")
    pooled = one_sense(np.array([4.0, 0.0, 0.0, 2.0]), c)
    assert pooled.tolist() == [2.0, 1.0, 2.0, 1.0]


def test_an_answer_none_takes_its_share():
    c = context("Zolochiv", "Zolochiv")
    assert softmax(np.zeros(2), c, 0.0).tolist() == pytest.approx([1 / 3] * 2)


def test_a_softmax_stays_within_each_mention():
    c = context("Zolochiv and Georgia", "Zolochiv", "Georgia")
    assert softmax(np.zeros(len(c.candidates)), c).tolist() == pytest.approx([1 / 2] * 2 + [1 / 3] * 3)


def resolve(text, *names, **options):
    article, marked = mentions(text, *names)
    return Resolver(Names(), Ranker.open(), **options).resolve(article, marked)


def test_a_toponym_says_why_and_names_the_runner_up():
    zolochiv, *_ = resolve("Zolochiv, Kharkiv Oblast, Ukraine", "Zolochiv", "Kharkiv Oblast", "Ukraine")
    assert zolochiv.place == EAST
    assert zolochiv.score > 0.9
    assert zolochiv.reason.startswith("Kharkiv Oblast follows it in the text.")
    assert zolochiv.reason.endswith("Zolochiv (Lviv Oblast) is 800 km away.")
    assert [alternative.place for alternative in zolochiv.alternatives] == [WEST]


ARTICLES = [
    ("Zolochiv, Kharkiv Oblast, Ukraine", "Zolochiv", "Kharkiv Oblast", "Ukraine"),
    ("Nothing happened.",),
    ("Georgia, Alabama and Armenia", "Georgia", "Alabama", "Armenia"),
    ("Nowhere", "Nowhere"),
    ("Ukrainian men in Zolochiv and Georgia", "Ukrainian:demonym", "Zolochiv", "Georgia"),
    ("Georgia and Armenia. Georgia and Zolochiv.", "Georgia", "Armenia", "Georgia", "Zolochiv"),
]


@pytest.mark.parametrize("batch", [1, 3, 100])
@pytest.mark.parametrize("most_together", [2, 400])
def test_articles_that_are_resolved_together_have_the_answers_that_they_have_alone(monkeypatch, batch, most_together):
    monkeypatch.setattr(resolving, "BATCH", batch)
    monkeypatch.setattr(resolving, "MOST_TOGETHER", most_together)
    resolver = Resolver(Names(), Ranker.open())
    given = [mentions(*one) for one in ARTICLES]
    first = [resolver.resolve(article, marked) for article, marked in given]
    known = homes([replace(article, publisher="The Paper") for article, _ in given], first)
    for where in ([None] * len(given), known, [None, *known[1:3], None, *known[4:]]):
        asked = [resolving.Asked(*one, home) for one, home in zip(given, where, strict=True)]
        together = list(resolver.resolve_many(asked))
        assert together == [resolver.resolve(one.article, one.mentions, home=one.home) for one in asked]
        assert [len(toponyms) for toponyms in together] == [len(marked) for _, marked in given]
        untold = list(resolver.resolve_many(asked, reasons=False))
        assert [[(t.place, t.score) for t in of] for of in untold] == [
            [(t.place, t.score) for t in of] for of in together
        ]


def test_many_articles_are_taken_a_few_at_a_time():
    taken = []

    def asked():
        for number in range(1000):
            taken.append(number)
            yield resolving.Asked(*mentions("Georgia", "Georgia"))

    next(Resolver(Names(), Ranker.open()).resolve_many(asked()))
    assert len(taken) <= resolving.BATCH


def test_what_is_remembered_of_names_is_bounded_and_forgotten_names_are_read_again(monkeypatch):
    monkeypatch.setattr("geo.resolution.known.REMEMBERED", 2)
    resolver = Resolver(Names(), Ranker.open())
    given = [mentions(*one) for one in ARTICLES] * 2
    again = [resolver.resolve(article, marked) for article, marked in given]
    assert again == [Resolver(Names(), Ranker.open()).resolve(article, marked) for article, marked in given]


def test_a_name_that_the_gazetteer_lacks_stays_without_a_place():
    (unknown,) = resolve("Nowhere", "Nowhere")
    assert unknown.place is None
    assert unknown.score == 0
    assert "Nowhere" in unknown.reason


def test_a_mention_below_the_threshold_is_left_unresolved_and_says_what_was_likeliest():
    (unsure,) = resolve("Zolochiv", "Zolochiv", threshold=0.999)
    assert unsure.place is None
    assert unsure.reason.startswith("Of 2 places called “Zolochiv” the likeliest, Zolochiv, Lviv Oblast,")
    assert unsure.alternatives[0].place == WEST


def test_an_article_without_mentions_has_no_toponyms():
    assert resolve("Nothing happened.") == ()


def test_mentions_and_toponyms_are_in_one_order():
    toponyms = resolve("Georgia, then Zolochiv", "Georgia", "Zolochiv")
    assert [t.mention.text for t in toponyms] == ["Georgia", "Zolochiv"]


def test_a_ranker_for_other_clues_is_refused(tmp_path, ranker, monkeypatch):
    ranker.save(tmp_path / "ranker.npz")
    monkeypatch.setattr("geo.resolution.ranker.OWN", {"luck": None})
    with pytest.raises(ModelError, match="other clues"):
        Ranker.open(tmp_path / "ranker.npz")


@pytest.mark.parametrize("content", [None, b"", b"no archive", b"PK\x03\x04 half an archive"])
def test_a_missing_or_damaged_ranker_says_what_to_do(tmp_path, content):
    path = tmp_path / "ranker.npz"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ModelError, match="install dateline again"):
        Ranker.open(path)


def test_a_ranker_is_read_back_as_it_was_saved_and_saved_with_the_same_bytes(tmp_path, ranker):
    one, other = tmp_path / "one.npz", tmp_path / "other.npz"
    ranker.save(one)
    again = Ranker.open(one)
    again.save(other)
    assert one.read_bytes() == other.read_bytes()
    assert again.own.tolist() == ranker.own.tolist()
    assert again.at_home.temperature == ranker.at_home.temperature
    clues = np.random.default_rng(7).normal(size=(50, len(again.alone.trees.borders)))
    assert again.alone.trees.sums(clues).tolist() == ranker.alone.trees.sums(clues).tolist()


def test_the_shipped_ranker_names_the_gazetteer_that_it_was_trained_with(ranker):
    with Gazetteer.open() as gazetteer:
        assert ranker.gazetteer == gazetteer.about()["digest"], "train the ranker again: the gazetteer has changed"


def test_what_a_group_of_clues_is_worth_is_what_the_sum_loses_without_it():
    c = context("Zolochiv, Ukraine", "Zolochiv", "Ukraine")
    ranking = rank(c, Ranker.open())
    both = {"all": ranking.names, "none": ()}
    [gains, reverse] = ranking.gains(np.array([0, 1]), np.array([1, 0]), both)
    sums = ranking.model.trees.sums(ranking.clues) / ranking.model.temperature
    assert gains["all"] == pytest.approx(sums[0] - sums[1])
    assert reverse["all"] == pytest.approx(sums[1] - sums[0])
    assert gains["none"] == 0


def test_the_same_article_gives_the_same_toponyms_each_time():
    with Gazetteer.open() as gazetteer:
        resolver = Resolver.open(gazetteer)
        article, marked = mentions("From Paris to Springfield and San José.", "Paris", "Springfield", "San José")
        assert resolver.resolve(article, marked) == resolver.resolve(article, marked)
