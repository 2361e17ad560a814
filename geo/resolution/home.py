"""The collection's memory: where the articles of one publisher are at home.

A local newspaper says Paris and means the one in Texas. What its other
articles are about says so, without anybody having annotated them: all articles
are resolved once by themselves, what came out surely is counted by publisher,
and each article is resolved again with what the *other* articles of its
publisher name (Lieberman, Samet and Sankaranarayanan 2010 call it the local
lexicon). A single article has no such home, and nothing changes for it, unless
the user states where the articles are at home: that counts as if nearly every
other article named something there.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import numpy as np

from geo.resolution.context import EARTH_RADIUS_KM

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geo.resolution.context import Context, Floats, Ints
    from geo.types import Article, Place, Toponym

SURE = 0.5
"""Probability from which a place counts towards a home."""

FEWEST_ARTICLES = 3
"""Articles that a publisher needs for a home."""

OFTEN = 0.25
"""Share of a publisher's other articles from which what they name is worth telling."""

MIXED_FROM = 10
"""Articles from which a collection shows whether it is at home anywhere."""

HOMELY_SHARE = 1 / 3
"""Share of its articles that such a collection must have naming one and the same first-order division. In the
newspapers of LGL with so many articles it is .45 to 1, in news of the world (GeoWebNews) and in Wikipedia's
articles on namesakes (WikToR) .1 to .2; a memory of WikToR put .65 of it in the right place, and none .76."""

MOST_PLACES = 500
"""Places of a publisher that nearness is measured to, the most often named; keeps large collections fast."""

NEAR_HOME_KM = 80.0
"""Decay of nearness to a place that other articles name."""

STATED_SHARE = 0.9
"""Share of other articles that a stated home counts as. With each newspaper's state stated, any from .7 to 1
gives .958 on LGL's dev part, where the articles by themselves give .899."""

STATED_NEAR = 1.0
"""Nearness (:func:`near_home`) of what lies in a stated division. Without it .954, with .7 to 1.5 .958 (as above)."""


@dataclass(frozen=True, slots=True)
class Named:
    """What one article surely names."""

    countries: frozenset[str]
    divisions: frozenset[tuple[str, str]]
    senses: frozenset[tuple[str, str]]
    """Pairs of a name, in small letters, and the id of the place that it means."""
    towns: dict[str, tuple[float, float]]
    """Id → (longitude, latitude) of all that is smaller than a first-order division."""


@dataclass(slots=True)
class _Publisher:
    """Counts over all articles of a publisher."""

    articles: int = 0
    countries: Counter[str] = field(default_factory=Counter)
    divisions: Counter[tuple[str, str]] = field(default_factory=Counter)
    senses: Counter[tuple[str, str]] = field(default_factory=Counter)
    names: Counter[str] = field(default_factory=Counter)
    towns: Counter[str] = field(default_factory=Counter)
    points: dict[str, tuple[float, float]] = field(default_factory=dict)

    @property
    def is_at_home(self) -> bool:
        """Whether the articles have enough in common to tell of each other."""
        if self.articles < MIXED_FROM:
            return self.articles >= FEWEST_ARTICLES
        return max(self.divisions.values(), default=0) >= HOMELY_SHARE * self.articles

    def add(self, named: Named) -> None:
        self.articles += 1
        self.countries.update(named.countries)
        self.divisions.update(named.divisions)
        self.senses.update(named.senses)
        self.names.update(name for name, _ in named.senses)
        self.towns.update(named.towns.keys())
        self.points.update(named.towns)


@dataclass(frozen=True, slots=True)
class Home:
    """What the other articles of an article's publisher name.

    Attributes
    ----------
    publisher
        Its name, or the site or the folder that stands for it.
    everything
        Counts over all its articles.
    own
        What the article itself names, which does not count for it.
    stated
        The countries, divisions and towns that the user states.
    """

    publisher: str
    everything: _Publisher
    own: Named
    stated: tuple[Place, ...] = ()

    @property
    def others(self) -> int:
        """How many other articles there are to tell something."""
        return max(self.everything.articles - 1, 0)

    def country(self, code: str) -> float:
        """Return the share of the other articles that name something in this country."""
        stated = STATED_SHARE if code and any(p.country_code == code for p in self.stated) else 0.0
        return max(stated, self._share(self.everything.countries[code] - (code in self.own.countries)))

    def division(self, key: tuple[str, str]) -> float:
        """Return the share of the other articles that name something in this division (country code, admin1)."""
        stated = STATED_SHARE if any((p.country_code, p.admin1) == key for p in self.stated if p.admin1) else 0.0
        return max(stated, self._share(self.everything.divisions[key] - (key in self.own.divisions)))

    def is_stated(self, place: Place) -> bool:
        """Return whether `place` is or lies in a division that the user states; a country alone is too wide."""
        return any(
            home.feature_class == "A"
            and home.admin1
            and (home.country_code, home.admin1) == (place.country_code, place.admin1)
            and (home.feature_code == "ADM1" or home.admin2 == place.admin2)
            for home in self.stated
        )

    def reason(self, name: str, place: Place) -> str:
        """Return in words what speaks for `place` as the meaning of `name`; empty if it is not worth telling."""
        if around := self._stated_around(place):
            return f"It lies in what you have stated as the home of the articles ({around})."
        others = f"other articles of {self.publisher}"
        if self.sense(name, place.id) >= OFTEN:
            return f"In {others} the name means it too."
        share = self.division((place.country_code, place.admin1)) if place.admin1 else 0.0
        return f"Of the {others}, {share:.0%} name places in {place.admin1}." if share >= OFTEN else ""

    def _stated_around(self, place: Place) -> str:
        """Return the stated home that `place` is or lies in, by division before by country; "" if none."""
        for home in self.stated:
            if home.id == place.id or (home.admin1 and _division(home) == _division(place)):
                return home.name
        return next((p.name for p in self.stated if not p.admin1 and p.country_code == place.country_code), "")

    def _share(self, articles: int) -> float:
        return articles / self.others if self.others else 0.0

    def sense(self, name: str, place_id: str) -> float:
        """Return how often the other articles mean this place by `name`, near 1 if always."""
        if any(place.id == place_id for place in self.stated):
            return STATED_SHARE
        if not self.others:
            return 0.0
        key = (name.casefold(), place_id)
        meant = self.everything.senses[key] - (key in self.own.senses)
        said = self.everything.names[key[0]] - any(key[0] == own for own, _ in self.own.senses)
        return meant / (said + 1)

    def towns(self) -> tuple[Floats, Floats]:
        """Return unit vectors, shape (towns, 3), and shares of the other articles, of the towns they name most."""
        counts = self.everything.towns if self.others else Counter[str]()
        weighed = [(i, n - (i in self.own.towns)) for i, n in counts.most_common(MOST_PLACES)]
        shares = {i: n / self.others for i, n in weighed if n > 0}
        small = {p.id: (p.lon, p.lat) for p in self.stated if _is_small(p)}
        kept = list((shares | dict.fromkeys(small, STATED_SHARE)).items())
        where = self.everything.points | small
        points = np.radians(np.array([where[i] for i, _ in kept], float).reshape(-1, 2))
        lon, lat = points[:, 0], points[:, 1]
        unit = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
        return unit, np.array([n for _, n in kept], float)


def named(toponyms: Sequence[Toponym]) -> Named:
    """Return what `toponyms`, those of one article, surely name."""
    sure = [(t.mention.text.casefold(), t.place) for t in toponyms if t.place is not None and t.score >= SURE]
    small = [p for _, p in sure if _is_small(p)]
    return Named(
        countries=frozenset(p.country_code for _, p in sure if p.country_code),
        divisions=frozenset((p.country_code, p.admin1) for _, p in sure if p.admin1),
        senses=frozenset((name, p.id) for name, p in sure),
        towns={p.id: (p.lon, p.lat) for p in small},
    )


def _division(place: Place) -> tuple[str, str]:
    return place.country_code, place.admin1


def _is_small(place: Place) -> bool:
    """Return whether a place is smaller than a first-order division, so that others can be near it."""
    return place.feature_class not in {"A", "L"} or place.feature_code == "ADM2"


def publisher_of(article: Article) -> str:
    """Return the publisher of `article` or, where none is stated, its site or its folder; "" if unknown."""
    if article.publisher:
        return article.publisher
    if site := _site(article.url):
        return site
    if not article.source:
        return ""
    folder = PurePath(article.source).parent.as_posix()
    return "this folder" if folder == "." else folder


def _site(url: str) -> str:
    """Return the host of an address, without the "www." that some of a site's addresses have."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:  # brackets that are no address of IPv6
        return ""


def homes(
    articles: Sequence[Article], toponyms: Sequence[Sequence[Toponym]], *, stated: Sequence[Place] = ()
) -> list[Home | None]:
    """Return the home of each article, None where its publisher has none and none is stated.

    A publisher of three articles or more has one, but for a collection of ten
    or more that no division has in common: a folder of news of the world.

    Parameters
    ----------
    articles, toponyms
        The articles, and what each of them was resolved to by itself.
    stated
        The countries, divisions and towns in which the user says all are at home.
    """
    publishers: dict[str, _Publisher] = defaultdict(_Publisher)
    names = [publisher_of(article) for article in articles]
    what = [named(of_article) for of_article in toponyms]
    for name, one in zip(names, what, strict=True):
        publishers[name].add(one)
    # Articles that come from nowhere have nothing in common.
    at_home = {name: one for name, one in publishers.items() if name and one.is_at_home}
    return [
        Home(name, at_home.get(name, _Publisher()), one, tuple(stated)) if name in at_home or stated else None
        for name, one in zip(names, what, strict=True)
    ]


class Region(NamedTuple):
    """A country or a first-order division in which a publisher is at home, as it is kept and shown.

    ``publisher`` is empty and ``stated`` true for what the user states of all
    articles; ``place`` is then the place itself. ``admin1`` is empty for a country.
    """

    publisher: str
    place: str
    country_code: str
    admin1: str
    articles: int
    """How many of the publisher's articles surely name something there."""
    of: int
    """How many articles the publisher has."""
    stated: bool


def regions(known: Iterable[Home | None], *, country: Callable[[str], Place | None]) -> list[Region]:
    """Return what the collection's memory holds: stated homes, and of each publisher the divisions and the countries.

    Parameters
    ----------
    known
        The home of each article, as :func:`homes` returns them.
    country
        Gives the place of a country by its code.
    """
    there = [home for home in known if home]
    stated = dict.fromkeys(place for home in there for place in home.stated)
    found = [Region("", place.name, place.country_code, place.admin1, 0, 0, stated=True) for place in stated]
    publishers = {home.publisher: home.everything for home in there if home.others}
    for name, one in publishers.items():
        divisions = [(n, code, admin1, admin1) for (code, admin1), n in one.divisions.items()]
        names = {code: place.name if (place := country(code)) else code for code in one.countries}
        countries = [(n, code, "", names[code]) for code, n in one.countries.items()]
        for level in (divisions, countries):
            ordered = sorted(level, key=lambda region: (-region[0], region[1:]))
            found += [
                Region(name, place, code, admin1, n, one.articles, stated=False) for n, code, admin1, place in ordered
            ]
    return found


def home_division(home: Home, c: Context, among: Ints) -> Floats:
    """Share of the publisher's other articles that name something in the same first-order division."""
    return _each(c, among, c.admin1, lambda p: home.division((p.country_code, p.admin1)) if p.admin1 else 0.0)


def home_country(home: Home, c: Context, among: Ints) -> Floats:
    """Share of the publisher's other articles that name something in the same country."""
    return _each(c, among, c.country, lambda p: home.country(p.country_code))


def home_sense(home: Home, c: Context, among: Ints) -> Floats:
    """How often the publisher's other articles mean it by this name."""
    if not home.others and not home.stated:
        return np.zeros(len(among))
    pairs = zip(c.owner[among].tolist(), (c.candidates[i].place.id for i in among.tolist()), strict=True)
    return np.array([home.sense(c.mentions[o].text, place) for o, place in pairs], float)


def near_home(home: Home, c: Context, among: Ints) -> Floats:
    """Nearness on Earth to what the publisher's other articles name, and to what is stated; saturates."""
    near = np.zeros(len(among))
    if home.stated:
        near[[home.is_stated(c.candidates[i].place) for i in among.tolist()]] = STATED_NEAR
    unit, share = home.towns()
    if len(share):
        far = EARTH_RADIUS_KM * np.arccos(np.clip(c.unit[among] @ unit.T, -1.0, 1.0))
        near = np.maximum(near, np.log1p((np.exp(-far / NEAR_HOME_KM) * share).sum(axis=1)))
    return np.where(c.is_country[among], 0.0, near)


def _each(c: Context, among: Ints, group: Ints, value: Callable[[Place], float]) -> Floats:
    """Return `value` of each place of `among`, asked once for those that are equal in `group`."""
    _, first, which = np.unique(group[among], return_index=True, return_inverse=True)
    return np.array([value(c.candidates[i].place) for i in among[first].tolist()], float)[which]


HOME: dict[str, Callable[[Home, Context, Ints], Floats]] = {
    "home_division": home_division,
    "home_country": home_country,
    "home_sense": home_sense,
    "near_home": near_home,
}
"""Clues that the other articles of the publisher give, for some of the candidates."""


def home_evidence(c: Context, home: Home | Sequence[Home]) -> Floats:
    """Return the clues of the home, shape (candidates, clues), in the order of :data:`HOME`.

    `home` is that of all articles, or one for each.
    """
    homes_of = [home] * len(c.articles) if isinstance(home, Home) else home
    found = np.zeros((len(c.candidates), len(HOME)))
    first = c.start[c.of_article].tolist()
    for one, (begin, end) in zip(homes_of, pairwise(first), strict=True):
        among = np.arange(begin, end)
        if len(among):
            found[begin:end] = np.column_stack([clue(one, c, among) for clue in HOME.values()])
    return found
