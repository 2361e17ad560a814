"""The clues by which candidates are told apart: one function a clue.

Each takes the article's :class:`~geo.resolution.context.Context` and returns a
number for each candidate. The *own* clues need nothing else; the *collective*
ones also take how likely each candidate looks so far, so that the places of an
article support each other. The clues are those of the literature (Lieberman,
Samet and Sankaranarayanan 2010 on local lexicons and comma groups; Leidner
2007 on one sense per discourse, spatial minimality and population), and their
weights are measured by ``geo/training/train_ranker.py``.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from geo.resolution import adjacency
from geo.resolution.context import EARTH_RADIUS_KM

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.resolution.context import Bools, Context, Floats, Ints

NEAR_CHARACTERS = 400.0
"""Decay of support with the distance between two names in the text."""

REGION_KM = 300.0
"""Decay of support with the distance between two places on Earth."""

PEER_LIKELIHOOD = 0.1
"""A candidate less likely than this supports nobody."""

MOST_PEERS = 120
"""How many candidates support others at most, the likeliest; keeps long articles fast."""


# -- own clues ---------------------------------------------------------------------------------


def population(c: Context) -> Floats:
    """Decimal logarithm of the population of populated places; 0 for all else."""
    return np.where(c.feature_class == "P", np.log10(c.population + 1), 0.0)


def division_population(c: Context) -> Floats:
    """Decimal logarithm of the population of divisions and countries; 0 for all else."""
    return np.where(c.feature_class == "A", np.log10(c.population + 1), 0.0)


def smaller_than_namesake(c: Context) -> Floats:
    """How many orders of magnitude fewer people live in it than in the largest town of the name (0 or less)."""
    people = np.where(c.feature_class == "P", np.log10(c.population + 1), 0.0)
    return np.where(c.feature_class == "P", people - c.best_of_mention(people), 0.0)


def prominence(c: Context) -> Floats:
    """Logarithm of the number of names under which the place is known."""
    return np.log1p(c.prominence)


def less_known_than_namesake(c: Context) -> Floats:
    """How much less known the place is than the best-known of the name (0 or less)."""
    known = np.where(c.feature_class == "P", np.log1p(c.prominence), 0.0)
    return np.where(c.feature_class == "P", known - c.best_of_mention(known), 0.0)


def trust(c: Context) -> Floats:
    """How far the name alone speaks for the place."""
    return c.trust


def _kind(*kinds: str) -> Callable[[Context], Floats]:
    def of_kind(c: Context) -> Floats:
        return np.isin(c.kind, kinds).astype(float)

    return of_kind


def is_country(c: Context) -> Floats:
    """Whether it is a country."""
    return c.is_country.astype(float)


def is_admin1(c: Context) -> Floats:
    """Whether it is a first-order division."""
    return c.is_admin1.astype(float)


def is_admin2(c: Context) -> Floats:
    """Whether it is a second-order division."""
    return c.is_admin2.astype(float)


def is_landmark(c: Context) -> Floats:
    """Whether it is a water, a mountain, an island, a region without borders or a site: they are few and well known."""
    return np.isin(c.feature_class, ("H", "T", "L", "S", "R")).astype(float)


def is_capital(c: Context) -> Floats:
    """Whether it is the capital of a country."""
    return (c.feature_code == "PPLC").astype(float)


def _nested(c: Context, whole: Bools, inner: Bools) -> Floats:
    """Which of `inner` lie in one of `whole` that bears the same name, and the reverse."""
    found = np.zeros(len(c.candidates))
    for number in np.unique(c.owner[whole]):
        mine = c.owner == number
        for area in np.flatnonzero(mine & whole):
            parts = mine & inner & (c.admin1 == c.admin1[area]) & (c.country == c.country[area])
            if parts.any():
                found[area] = 1.0
    return found


def has_town_of_its_name(c: Context) -> Floats:
    """Whether a first-order division contains a city of its own name (Kursk, New York, Quebec)."""
    return _nested(c, c.is_admin1, (c.feature_class == "P") & (c.population >= 50_000))  # noqa: PLR2004 - a city


def district_of_its_town(c: Context) -> Floats:
    """Whether a second-order division contains a town of its own name (Karimnagar), which then is more often meant."""
    return _nested(c, c.is_admin2, c.feature_class == "P")


def told(c: Context) -> Floats:
    """Whether the article says what it lies in, here or the first time it says so of the name."""
    return adjacency.told_first(c).astype(float)


def word_fits(c: Context) -> Floats:
    """Whether a generic word beside the name, here or another time, says what it is ("county", "river")."""
    return np.maximum(c.highest_of_sense(adjacency.word_fits(c)[0]), 0.0)


def word_misfits(c: Context) -> Floats:
    """Whether a generic word beside the name, here or another time, says that it is something else."""
    return np.maximum(c.highest_of_sense(adjacency.word_fits(c)[1]), 0.0)


def equals_in_list(c: Context) -> Floats:
    """Whether it is the equal of its neighbours in a list; see :func:`geo.resolution.adjacency.equals_in_list`."""
    return np.maximum(c.highest_of_sense(adjacency.equals_in_list(c)), 0.0)


OWN: dict[str, Callable[[Context], Floats]] = {
    "population": population,
    "division_population": division_population,
    "smaller_than_namesake": smaller_than_namesake,
    "prominence": prominence,
    "less_known_than_namesake": less_known_than_namesake,
    "trust": trust,
    "by_alternate_name": _kind("alternate", "former"),
    "by_abbreviation": _kind("abbreviation"),
    "by_code": _kind("code"),
    "is_country": is_country,
    "is_admin1": is_admin1,
    "is_admin2": is_admin2,
    "is_landmark": is_landmark,
    "is_capital": is_capital,
    "has_town_of_its_name": has_town_of_its_name,
    "district_of_its_town": district_of_its_town,
    "told": told,
    "word_fits": word_fits,
    "word_misfits": word_misfits,
    "equals_in_list": equals_in_list,
}
"""Clues that need nothing but the candidate and the words around it."""


# -- collective clues --------------------------------------------------------------------------


@lru_cache(maxsize=4)
def _other_surfaces(c: Context, *, near: bool) -> Floats:
    """Weight of each other surface for each mention, shape (mentions, surfaces); 0 for the mention's own."""
    middle = c.middle
    gap = np.abs(middle[:, None] - middle[None, :])
    nearest = np.full((len(c.mentions), c.surfaces), np.inf)
    for number in range(c.surfaces):
        nearest[:, number] = gap[:, c.surface == number].min(axis=1)
    weight = np.exp(-nearest / NEAR_CHARACTERS) if near else np.ones_like(nearest)
    weight[np.arange(len(c.mentions)), c.surface] = 0.0
    return weight


def _support(c: Context, likelihood: Floats, group: Ints, peers: Bools, *, near: bool) -> Floats:
    """Sum, over the other surfaces, of the likelihood that they lie in the candidate's `group`."""
    size = int(group.max(initial=-1)) + 1
    if not size:
        return np.zeros(len(c.candidates))
    often = np.bincount(c.surface, minlength=c.surfaces)
    mine = c.surface[c.owner]
    counted = peers & (group >= 0)
    held = np.zeros((c.surfaces, size))
    np.add.at(held, (mine[counted], group[counted]), (likelihood / often[mine])[counted])
    supported = (_other_surfaces(c, near=near) @ held)[c.owner, group]
    return np.where(group >= 0, supported, 0.0)


def _share(c: Context, likelihood: Floats, group: Ints) -> Floats:
    others = _other_surfaces(c, near=False).sum(axis=1)[c.owner]
    return _support(c, likelihood, group, np.ones(len(group), bool), near=False) / np.maximum(others, 1.0)


def same_country(c: Context, likelihood: Floats) -> Floats:
    """Share of the other names that likely lie in the same country."""
    return _share(c, likelihood, c.country)


def same_admin1(c: Context, likelihood: Floats) -> Floats:
    """Share of the other names that likely lie in the same first-order division."""
    return _share(c, likelihood, c.admin1)


def same_admin1_nearby(c: Context, likelihood: Floats) -> Floats:
    """Names that likely lie in the same first-order division, weighted by nearness in the text; saturates."""
    return np.log1p(_support(c, likelihood, c.admin1, np.ones(len(likelihood), bool), near=True))


def same_admin2_nearby(c: Context, likelihood: Floats) -> Floats:
    """Names that likely lie in the same second-order division, weighted by nearness in the text."""
    return np.log1p(_support(c, likelihood, c.admin2, np.ones(len(likelihood), bool), near=True))


def country_named(c: Context, likelihood: Floats) -> Floats:
    """Whether the article names the country that it lies in."""
    named = _support(c, likelihood, c.country, c.is_country, near=False)
    return np.where(c.is_country, 0.0, np.minimum(named, 1.0))


def admin1_named(c: Context, likelihood: Floats) -> Floats:
    """Whether the article names the first-order division that it lies in."""
    named = _support(c, likelihood, c.admin1, c.is_admin1, near=False)
    return np.where(c.is_admin1, 0.0, np.minimum(named, 1.0))


def admin2_named(c: Context, likelihood: Floats) -> Floats:
    """Whether the article names the second-order division that it lies in."""
    named = _support(c, likelihood, c.admin2, c.is_admin2, near=False)
    return np.where(c.is_admin2, 0.0, np.minimum(named, 1.0))


def _peers(c: Context, likelihood: Floats) -> Ints:
    """Return the likely candidates, one a sense, that are small enough to be near to something."""
    likely = np.flatnonzero((likelihood > PEER_LIKELIHOOD) & ~c.is_country & (c.feature_class != "L"))
    _, first = np.unique(c.sense[likely], return_index=True)
    likely = likely[first]
    return likely[np.argsort(-likelihood[likely], kind="stable")[:MOST_PEERS]]


def kilometres(c: Context, peers: Ints) -> Floats:
    """Great-circle distance of each candidate to each of `peers`, in km, shape (candidates, peers)."""
    chord = np.clip(c.unit @ c.unit[peers].T, -1.0, 1.0)
    return EARTH_RADIUS_KM * np.arccos(chord)


def in_region_of_others(c: Context, likelihood: Floats) -> Floats:
    """Nearness on Earth to the likely places of the other names, over hundreds of kilometres; saturates."""
    peers = _peers(c, likelihood)
    if not len(peers):
        return np.zeros(len(c.candidates))
    other = c.surface[c.owner][:, None] != c.surface[c.owner[peers]][None, :]
    gap = np.abs(c.middle[c.owner][:, None] - c.middle[c.owner[peers]][None, :])
    weight = likelihood[peers][None, :] * other * np.exp(-gap / NEAR_CHARACTERS / 3)
    near = (np.exp(-kilometres(c, peers) / REGION_KM) * weight).sum(axis=1)
    return np.where(c.is_country, 0.0, np.log1p(near))


def distance_to_nearest(c: Context, likelihood: Floats) -> Floats:
    """Decimal logarithm of the kilometres to the nearest likely place of another name (0 for countries)."""
    peers = _peers(c, likelihood)
    if not len(peers):
        return np.zeros(len(c.candidates))
    other = c.surface[c.owner][:, None] != c.surface[c.owner[peers]][None, :]
    far = np.where(other & (likelihood[peers] > 0.3)[None, :], kilometres(c, peers), np.inf).min(axis=1)  # noqa: PLR2004
    return np.where(c.is_country | ~np.isfinite(far), 0.0, np.log10(np.where(np.isfinite(far), far, 0) + 1))


def likelihood_so_far(_: Context, likelihood: Floats) -> Floats:
    """Logarithm of how likely it looked by its own clues."""
    return np.log(likelihood + 1e-6)


COLLECTIVE: dict[str, Callable[[Context, Floats], Floats]] = {
    "likelihood_so_far": likelihood_so_far,
    "same_country": same_country,
    "same_admin1": same_admin1,
    "same_admin1_nearby": same_admin1_nearby,
    "same_admin2_nearby": same_admin2_nearby,
    "country_named": country_named,
    "admin1_named": admin1_named,
    "admin2_named": admin2_named,
    "in_region_of_others": in_region_of_others,
    "distance_to_nearest": distance_to_nearest,
}
"""Clues that the other names of the article give."""


def own_evidence(c: Context) -> Floats:
    """Return the own clues, shape (candidates, clues), in the order of :data:`OWN`."""
    return np.column_stack([clue(c) for clue in OWN.values()])


def collective_evidence(c: Context, likelihood: Floats) -> Floats:
    """Return the collective clues, shape (candidates, clues), in the order of :data:`COLLECTIVE`."""
    return np.column_stack([clue(c, likelihood) for clue in COLLECTIVE.values()])
