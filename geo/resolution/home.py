"""The collection's memory: where the articles of one publisher are at home.

A local newspaper says Paris and means the one in Texas. What its other
articles are about says so, without anybody having annotated them: all articles
are resolved once by themselves, what came out surely is counted by publisher,
and each article is resolved again with what the *other* articles of its
publisher name (Lieberman, Samet and Sankaranarayanan 2010 call it the local
lexicon). A single article has no such home, and nothing changes for it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

import numpy as np

from geo.resolution.context import EARTH_RADIUS_KM

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.resolution.context import Context, Floats
    from geo.types import Article, Toponym

SURE = 0.5
"""Probability from which a place counts towards a home."""

FEWEST_ARTICLES = 3
"""Articles that a publisher needs for a home."""

MOST_PLACES = 500
"""Places of a publisher that nearness is measured to, the most often named; keeps large collections fast."""

NEAR_HOME_KM = 80.0
"""Decay of nearness to a place that other articles name."""


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
        Its name, or the folder that stands for it.
    everything
        Counts over all its articles.
    own
        What the article itself names, which does not count for it.
    """

    publisher: str
    everything: _Publisher
    own: Named

    @property
    def others(self) -> int:
        """How many other articles there are."""
        return self.everything.articles - 1

    def country(self, code: str) -> float:
        """Return the share of the other articles that name something in this country."""
        return (self.everything.countries[code] - (code in self.own.countries)) / self.others

    def division(self, key: tuple[str, str]) -> float:
        """Return the share of the other articles that name something in this division (country code, admin1)."""
        return (self.everything.divisions[key] - (key in self.own.divisions)) / self.others

    def sense(self, name: str, place_id: str) -> float:
        """Return how often the other articles mean this place by `name`, near 1 if always."""
        key = (name.casefold(), place_id)
        meant = self.everything.senses[key] - (key in self.own.senses)
        said = self.everything.names[key[0]] - any(key[0] == own for own, _ in self.own.senses)
        return meant / (said + 1)

    def towns(self) -> tuple[Floats, Floats]:
        """Return unit vectors, shape (towns, 3), and shares of the other articles, of the towns they name most."""
        counts = self.everything.towns
        weighed = [(i, n - (i in self.own.towns)) for i, n in counts.most_common(MOST_PLACES)]
        kept = [(i, n / self.others) for i, n in weighed if n > 0]
        points = np.radians(np.array([self.everything.points[i] for i, _ in kept], float).reshape(-1, 2))
        lon, lat = points[:, 0], points[:, 1]
        unit = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
        return unit, np.array([n for _, n in kept], float)


def named(toponyms: Sequence[Toponym]) -> Named:
    """Return what `toponyms`, those of one article, surely name."""
    sure = [(t.mention.text.casefold(), t.place) for t in toponyms if t.place is not None and t.score >= SURE]
    small = [p for _, p in sure if p.feature_class not in {"A", "L"} or p.feature_code == "ADM2"]
    return Named(
        countries=frozenset(p.country_code for _, p in sure if p.country_code),
        divisions=frozenset((p.country_code, p.admin1) for _, p in sure if p.admin1),
        senses=frozenset((name, p.id) for name, p in sure),
        towns={p.id: (p.lon, p.lat) for p in small},
    )


def publisher_of(article: Article) -> str:
    """Return the publisher of `article`, or the folder it came from where none is stated; empty if neither is known."""
    if article.publisher or not article.source:
        return article.publisher
    folder = PurePath(article.source).parent.as_posix()
    return "this folder" if folder == "." else folder


def homes(articles: Sequence[Article], toponyms: Sequence[Sequence[Toponym]]) -> list[Home | None]:
    """Return the home of each article, None where its publisher has too few.

    Parameters
    ----------
    articles, toponyms
        The articles, and what each of them was resolved to by itself.
    """
    publishers: dict[str, _Publisher] = defaultdict(_Publisher)
    names = [publisher_of(article) for article in articles]
    what = [named(of_article) for of_article in toponyms]
    for name, one in zip(names, what, strict=True):
        publishers[name].add(one)
    return [
        Home(name, publishers[name], one) if name and publishers[name].articles >= FEWEST_ARTICLES else None
        for name, one in zip(names, what, strict=True)
    ]


def home_division(c: Context, home: Home) -> Floats:
    """Share of the publisher's other articles that name something in the same first-order division."""
    places = [candidate.place for candidate in c.candidates]
    return np.array([home.division((p.country_code, p.admin1)) if p.admin1 else 0.0 for p in places], float)


def home_country(c: Context, home: Home) -> Floats:
    """Share of the publisher's other articles that name something in the same country."""
    return np.array([home.country(candidate.place.country_code) for candidate in c.candidates], float)


def home_sense(c: Context, home: Home) -> Floats:
    """How often the publisher's other articles mean it by this name."""
    pairs = zip(c.owner, c.candidates, strict=True)
    return np.array([home.sense(c.mentions[o].text, candidate.place.id) for o, candidate in pairs], float)


def near_home(c: Context, home: Home) -> Floats:
    """Nearness on Earth to what the publisher's other articles name; saturates."""
    unit, share = home.towns()
    if not len(share):
        return np.zeros(len(c.candidates))
    far = EARTH_RADIUS_KM * np.arccos(np.clip(c.unit @ unit.T, -1.0, 1.0))
    near = np.log1p((np.exp(-far / NEAR_HOME_KM) * share).sum(axis=1))
    return np.where(c.is_country, 0.0, near)


HOME: dict[str, Callable[[Context, Home], Floats]] = {
    "home_division": home_division,
    "home_country": home_country,
    "home_sense": home_sense,
    "near_home": near_home,
}
"""Clues that the other articles of the publisher give."""


def home_evidence(c: Context, home: Home) -> Floats:
    """Return the clues of the home, shape (candidates, clues), in the order of :data:`HOME`."""
    return np.column_stack([clue(c, home) for clue in HOME.values()])
