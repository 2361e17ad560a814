"""The specification by example, through the whole way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from specification import CASES, GIVEN, GIVEN_NOTHING, Case

from geo.articles import read
from geo.gazetteer import Gazetteer
from geo.recognition import Tagger
from geo.resolution import Resolver
from geo.types import Article, Place, Toponym

SEED = Path(__file__).parent.parent / "seeds" / "000_2661edda907bc203.txt"


@pytest.fixture(scope="module")
def resolve():
    with Gazetteer.open() as gazetteer:
        tagger, resolver = Tagger.open(gazetteer), Resolver.open(gazetteer)
        yield lambda article: resolver.resolve(article, tagger.recognise(article))


def told(place: Place | None, wanted: str) -> bool:
    """Return whether `place` is what ``name / country / admin1 / class`` tells."""
    if place is None:
        return False
    parts = [part.strip() for part in wanted.split("/")]
    found = (place.name, place.country_code, place.admin1, place.feature_class)
    return all(not part or part == value for part, value in zip(parts, found, strict=False))


def shown(toponyms: tuple[Toponym, ...]) -> str:
    return "; ".join(
        f"{t.mention.text} ({t.mention.role}) → "
        + (
            f"{t.place.name}, {t.place.admin1}, {t.place.country_code}, {t.place.feature_class}"
            if t.place
            else "nothing"
        )
        for t in toponyms
    )


def check(toponyms: tuple[Toponym, ...], surface: str, wanted: str) -> None:
    wanted, _, role = (part.strip() for part in wanted.partition(" = "))
    surface, _, which = surface.partition("#")
    mine = [t for t in toponyms if t.mention.text == surface]
    mine = mine[int(which) - 1 : int(which)] if which else mine
    assert mine, f"{surface} is not found in: {shown(toponyms)}"
    for toponym in mine:
        assert told(toponym.place, wanted), f"{surface}: wanted {wanted}, got {shown((toponym,))}"
        assert role == "any" or toponym.mention.role == (role or "literal"), f"{surface}: {shown((toponym,))}"


@pytest.mark.parametrize(
    "case",
    [pytest.param(c, id=c.name, marks=[pytest.mark.xfail(reason=c.pending)] if c.pending else []) for c in CASES],
)
def test_a_text_means_these_places(case: Case, resolve):
    article = Article(case.name, "", case.text)
    toponyms = resolve(article)
    for surface, wanted in case.says.items():
        check(toponyms, surface, wanted)
    for surface in case.nothing:
        spans = [found.span() for found in re.finditer(rf"\b{re.escape(surface)}\b", case.text)]
        assert spans, f"{surface} does not stand in the text"
        overlapping = [t for t in toponyms if any(t.mention.start < e and s < t.mention.end for s, e in spans)]
        assert not overlapping, f"{surface} is no place: {shown(tuple(overlapping))}"


@pytest.fixture(scope="module")
def given(resolve):
    (article,) = read(SEED)
    return article, resolve(article)


@pytest.mark.parametrize(("surface", "wanted"), GIVEN.items(), ids=list(GIVEN))
def test_the_given_article_means_these_places(surface: str, wanted: str, given):
    article, toponyms = given
    check(toponyms, surface, wanted)
    written = len(re.findall(rf"(?<!\w){re.escape(surface)}(?!\w)", article.text))
    mentioned = sum(t.mention.text == surface for t in toponyms)
    in_longer_names = {"Ukraine": 1, "Russian": 1, "Ukrainian": 1}  # an agency's name; two languages
    assert mentioned == written - in_longer_names.get(surface, 0)


@pytest.mark.parametrize("surface", ["Ukraine", "Russia", "Kharkiv Oblast", "Tuva", "Mongolia"])
def test_the_given_article_puts_these_on_the_map(surface: str, given):
    _, toponyms = given
    assert any(t.mention.text == surface and t.mention.role == "literal" and t.place for t in toponyms)


def test_the_given_article_tells_kyiv_from_its_government(given):
    article, toponyms = given
    kyiv = [t for t in toponyms if t.mention.text == "Kyiv"]
    assert [t.mention.role for t in kyiv] == ["literal", "metonym"]
    assert article.text[: kyiv[0].mention.start].endswith("were taken to ")
    assert {t.place.id for t in kyiv if t.place} == {"geonames:703448"}


def test_the_given_article_has_the_smaller_zolochiv(given):
    _, toponyms = given
    (zolochiv,) = [t for t in toponyms if t.mention.text == "Zolochiv"]
    assert zolochiv.place is not None
    assert zolochiv.place.id == "geonames:686895"
    assert "Kharkiv Oblast" in zolochiv.reason


@pytest.mark.parametrize("surface", GIVEN_NOTHING)
def test_the_given_article_names_no_place_by(surface: str, given):
    article, toponyms = given
    spans = [found.span() for found in re.finditer(re.escape(surface), article.text)]
    assert spans
    assert not [t for t in toponyms if any(t.mention.start < e and s < t.mention.end for s, e in spans)]


def test_languages_and_translators_are_no_places(given):
    article, toponyms = given
    for phrase in ("do not speak Ukrainian, English or Russian", "Korean translators"):
        start = article.text.index(phrase)
        assert not [t for t in toponyms if start <= t.mention.start < start + len(phrase)]


def test_the_table_has_at_least_sixty_cases_with_names_of_their_own():
    assert len({case.name for case in CASES}) == len(CASES) >= 60
