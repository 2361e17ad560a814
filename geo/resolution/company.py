"""The clues of company: what the other names of the article say, one function a clue.

Each takes the article's :class:`Company`, which knows how likely each
candidate looks by its own clues, and returns a number for each candidate: the
places of an article lie together, in countries and divisions that it names
(Leidner 2007 on spatial minimality; Lieberman, Samet and Sankaranarayanan
2010).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from geo.resolution.context import EARTH_RADIUS_KM

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.resolution.context import Bools, Context, Floats, Ints

NEAR_CHARACTERS = 400.0
"""Decay of support with the distance between two names in the text."""

REGION_KM = 300.0
NEIGHBOURHOOD_KM = 40.0
"""Decay of support with the distance between two places on Earth."""

PEER_LIKELIHOOD = 0.1
"""A candidate less likely than this supports nobody."""

LIKELY = 0.3
"""Likelihood from which a place counts as one that the article is about."""

MOST_PEERS = 120
"""How many candidates support others at most, the likeliest; keeps long articles fast."""


class Company:
    """The candidates of an article, and how likely each looks by its own clues.

    What several clues need is worked out once, when the first asks for it.

    Parameters
    ----------
    context
        The candidates.
    likelihood
        Probability of each by its own clues, shape (candidates,).
    """

    def __init__(self, context: Context, likelihood: Floats) -> None:
        self.context = context
        self.likelihood = likelihood

    @cached_property
    def mine(self) -> Ints:
        """The surface of each candidate's mention."""
        return self.context.surface[self.context.owner]

    @cached_property
    def often(self) -> Ints:
        """How many mentions each surface has."""
        return np.bincount(self.context.surface, minlength=self.context.surfaces)

    @cached_property
    def everywhere(self) -> Floats:
        """Weight of each other surface for each mention: 1, and 0 for its own. Shape (mentions, surfaces)."""
        weight = np.ones((len(self.context.mentions), self.context.surfaces))
        weight[np.arange(len(weight)), self.context.surface] = 0.0
        return weight

    @cached_property
    def nearby(self) -> Floats:
        """Weight of each other surface for each mention, by nearness in the text. Shape (mentions, surfaces)."""
        middle, surface = self.context.middle, self.context.surface
        order = np.argsort(surface, kind="stable")
        first = np.searchsorted(surface[order], np.arange(self.context.surfaces))
        gap = np.minimum.reduceat(np.abs(middle[:, None] - middle[order][None, :]), first, axis=1)
        return np.exp(-gap / NEAR_CHARACTERS) * self.everywhere

    def support(self, group: Ints, *, by: Bools | None = None, near: bool) -> Floats:
        """Sum, over the other surfaces, of the likelihood that they lie in the candidate's `group`.

        Parameters
        ----------
        group
            A number for each candidate, equal where they lie together; -1 for none.
        by
            Which candidates support; all by default.
        near
            Whether nearness in the text counts.
        """
        size = int(group.max(initial=-1)) + 1
        if not size:
            return np.zeros(len(group))
        counted = group >= 0 if by is None else by & (group >= 0)
        cell = self.mine[counted] * size + group[counted]
        weight = (self.likelihood / self.often[self.mine])[counted]
        held = np.bincount(cell, weight, self.context.surfaces * size).reshape(self.context.surfaces, size)
        supported = ((self.nearby if near else self.everywhere) @ held)[self.context.owner, group]
        return np.where(group >= 0, supported, 0.0)

    def share(self, group: Ints) -> Floats:
        """Return the share of the other surfaces that likely lie in the candidate's `group`."""
        others = self.everywhere.sum(axis=1)[self.context.owner]
        return self.support(group, near=False) / np.maximum(others, 1.0)

    @cached_property
    def peers(self) -> Ints:
        """The likely candidates, one a sense, that are small enough to be near to something."""
        c = self.context
        likely = np.flatnonzero((self.likelihood > PEER_LIKELIHOOD) & ~c.is_country & (c.feature_class != "L"))
        _, first = np.unique(c.sense[likely], return_index=True)
        likely = likely[first]
        return likely[np.argsort(-self.likelihood[likely], kind="stable")[:MOST_PEERS]]

    @cached_property
    def km(self) -> Floats:
        """Distance of each candidate to each peer, shape (candidates, peers)."""
        return kilometres(self.context, self.peers)

    @cached_property
    def other(self) -> Bools:
        """Which peers are named otherwise than the candidate, shape (candidates, peers)."""
        return self.mine[:, None] != self.mine[self.peers][None, :]

    @cached_property
    def gap(self) -> Floats:
        """Characters between the candidate's mention and each peer's, shape (candidates, peers)."""
        middle = self.context.middle
        return np.abs(middle[:, None] - middle[self.context.owner[self.peers]][None, :])[self.context.owner]

    @cached_property
    def around(self) -> Floats:
        """Likelihood of the peers in the candidate's neighbourhood, shape (candidates, peers)."""
        return np.exp(-self.km / NEIGHBOURHOOD_KM) * self.likelihood[self.peers] * self.other


def kilometres(c: Context, peers: Ints) -> Floats:
    """Great-circle distance of each candidate to each of `peers`, in km, shape (candidates, peers)."""
    chord = np.clip(c.unit @ c.unit[peers].T, -1.0, 1.0)
    return EARTH_RADIUS_KM * np.arccos(chord)


def likelihood_so_far(a: Company) -> Floats:
    """Logarithm of how likely it looked by its own clues."""
    return np.log(a.likelihood + 1e-6)


def less_likely_so_far(a: Company) -> Floats:
    """How much less likely it looked than the likeliest of the name (0 or less)."""
    return a.likelihood - a.context.best_of_mention(a.likelihood)


def one_sense(a: Company) -> Floats:
    """How likely the name means it elsewhere in the article, on average."""
    c = a.context
    total = np.bincount(c.sense, a.likelihood)[c.sense]
    return (total - a.likelihood) / np.maximum(a.often[a.mine] - 1, 1)


def same_country(a: Company) -> Floats:
    """Share of the other names that likely lie in the same country."""
    return a.share(a.context.country)


def same_admin1(a: Company) -> Floats:
    """Share of the other names that likely lie in the same first-order division."""
    return a.share(a.context.admin1)


def same_admin1_nearby(a: Company) -> Floats:
    """Names that likely lie in the same first-order division, weighted by nearness in the text; saturates."""
    return np.log1p(a.support(a.context.admin1, near=True))


def same_admin2(a: Company) -> Floats:
    """Names that likely lie in the same second-order division."""
    return a.support(a.context.admin2, near=False)


def same_admin2_nearby(a: Company) -> Floats:
    """Names that likely lie in the same second-order division, weighted by nearness in the text; saturates."""
    return np.log1p(a.support(a.context.admin2, near=True))


def _named(group: str, level: str, *, near: bool) -> Callable[[Company], Floats]:
    def named(a: Company) -> Floats:
        is_level = getattr(a.context, level)
        found = a.support(getattr(a.context, group), by=is_level, near=near)
        return np.where(is_level, 0.0, found if near else np.minimum(found, 1.0))

    return named


def in_region_of_others(a: Company) -> Floats:
    """Nearness on Earth to the likely places of the other names, over hundreds of kilometres; saturates."""
    weight = a.likelihood[a.peers] * a.other * np.exp(-a.gap / NEAR_CHARACTERS / 3)
    near = (np.exp(-a.km / REGION_KM) * weight).sum(axis=1)
    return np.where(a.context.is_country, 0.0, np.log1p(near))


def distance_to_nearest(a: Company) -> Floats:
    """Decimal logarithm of the kilometres to the nearest likely place of another name (0 for countries)."""
    counted = a.other & (a.likelihood[a.peers] > LIKELY)
    far = np.where(counted, a.km, np.inf).min(axis=1, initial=np.inf)
    known = np.isfinite(far) & ~a.context.is_country
    return np.log10(np.where(known, far, 0.0) + 1)


def among_others(a: Company) -> Floats:
    """Likely places of the other names that are in its neighbourhood."""
    return a.around.sum(axis=1)


def among_others_nearby(a: Company) -> Floats:
    """Likely places of the other names that are in its neighbourhood, weighted by nearness in the text."""
    return (a.around * np.exp(-a.gap / NEAR_CHARACTERS)).sum(axis=1)


def less_among_others(a: Company) -> Floats:
    """How much fewer places are in its neighbourhood than in that of its best namesake (0 or less)."""
    found = a.around.sum(axis=1)
    return found - a.context.best_of_mention(found)


def mean_distance(a: Company) -> Floats:
    """Mean logarithm of the kilometres to the likely places of the other names; 0 where there are none."""
    weight = a.likelihood[a.peers] * a.other
    return (np.log1p(a.km) * weight).sum(axis=1) / np.maximum(weight.sum(axis=1), 1e-9)


def farther_than_namesake(a: Company) -> Floats:
    """How much farther from the other places it lies than the farthest of its namesakes (0 or less)."""
    far = mean_distance(a)
    return far - a.context.best_of_mention(far)


COLLECTIVE: dict[str, Callable[[Company], Floats]] = {
    "likelihood_so_far": likelihood_so_far,
    "less_likely_so_far": less_likely_so_far,
    "one_sense": one_sense,
    "same_country": same_country,
    "same_admin1": same_admin1,
    "same_admin1_nearby": same_admin1_nearby,
    "same_admin2": same_admin2,
    "same_admin2_nearby": same_admin2_nearby,
    "country_named": _named("country", "is_country", near=False),
    "admin1_named": _named("admin1", "is_admin1", near=False),
    "admin2_named": _named("admin2", "is_admin2", near=False),
    "country_named_nearby": _named("country", "is_country", near=True),
    "admin1_named_nearby": _named("admin1", "is_admin1", near=True),
    "in_region_of_others": in_region_of_others,
    "distance_to_nearest": distance_to_nearest,
    "among_others": among_others,
    "among_others_nearby": among_others_nearby,
    "less_among_others": less_among_others,
    "mean_distance": mean_distance,
    "farther_than_namesake": farther_than_namesake,
}
"""Clues that the other names of the article give."""


def collective_evidence(c: Context, likelihood: Floats) -> Floats:
    """Return the clues of company, shape (candidates, clues), in the order of :data:`COLLECTIVE`."""
    company = Company(c, likelihood)
    return np.column_stack([clue(company) for clue in COLLECTIVE.values()])
