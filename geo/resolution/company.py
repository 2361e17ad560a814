"""The clues of company: what the other names of the article say, one function a clue.

Each takes the article's :class:`Company`, which knows how likely each
candidate looks by its own clues, and returns a number for each candidate: the
places of an article lie together, in countries and divisions that it names
(Leidner 2007 on spatial minimality; Lieberman, Samet and Sankaranarayanan
2010).
"""

from __future__ import annotations

from dataclasses import dataclass
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

ROUNDED = 9
"""Decimals of what is a difference, so that equals differ by nothing on every machine."""


class Company:
    """The candidates of some articles, and how likely each looks by its own clues.

    What several clues need is worked out once, when the first asks for it.
    Only what is of one article meets: pairs of its mentions and names, or of
    its candidates and likely places, are kept one after the other for all
    articles, so that the time grows with the number of articles.

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
    def article(self) -> Ints:
        """The article of each candidate."""
        return self.context.article[self.context.owner]

    @cached_property
    def article_of_surface(self) -> Ints:
        """The article of each surface; ascending."""
        found = np.empty(self.context.surfaces, int)
        found[self.context.surface] = self.context.article
        return found

    @cached_property
    def others(self) -> Ints:
        """How many other surfaces each candidate's article has."""
        return np.bincount(self.article_of_surface, minlength=len(self.context.articles))[self.article] - 1

    @cached_property
    def nearby(self) -> Nearby:
        """Weight of each other surface for each mention, by nearness in the text."""
        c = self.context
        mentions, first = np.diff(c.of_article), np.searchsorted(self.article_of_surface, np.arange(len(c.articles)))
        order = np.argsort(c.surface, kind="stable")  # by article too, since its surfaces are together
        one, at = pairs(c.of_article[c.article], mentions[c.article])
        other = order[at]
        begins = np.flatnonzero(np.diff(one, prepend=-1) | np.diff(c.surface[other], prepend=-1))
        gap = np.minimum.reduceat(np.abs(c.middle[one] - c.middle[other]), begins) if len(one) else np.zeros(0)
        of, surface = one[begins], c.surface[other[begins]]
        weight = np.where(surface == c.surface[of], 0.0, np.exp(-gap / NEAR_CHARACTERS))
        sizes = np.bincount(self.article_of_surface, minlength=len(c.articles))[c.article]
        return Nearby(weight, np.concatenate([[0], np.cumsum(sizes)])[:-1] - first[c.article])

    def groups(self, name: str) -> Groups:
        """Return what of `name` ("country", "admin1", "admin2") the candidates lie in, worked out once."""
        if name not in self._groups:
            self._groups[name] = self._grouped(getattr(self.context, name))
        return self._groups[name]

    @cached_property
    def _groups(self) -> dict[str, Groups]:
        return {}

    def _grouped(self, group: Ints) -> Groups:
        known = np.flatnonzero(group >= 0)
        size = int(group.max(initial=-1)) + 1
        cells, cell = np.unique(self.mine[known] * size + group[known], return_inverse=True)
        surface = cells // max(size, 1)
        article = self.article_of_surface[surface]
        groups, of_cell = np.unique(article * size + cells % max(size, 1), return_inverse=True)
        return Groups(known, cell, surface, article, of_cell, groups // max(size, 1))

    def support(self, name: str, *, by: Bools | None = None, near: bool) -> Floats:
        """Sum, over the other surfaces of the article, of the likelihood that they lie in the candidate's group.

        Parameters
        ----------
        name
            What the groups are: "country", "admin1" or "admin2".
        by
            Which candidates support; all by default.
        near
            Whether nearness in the text counts.
        """
        g = self.groups(name)
        weight = (self.likelihood / self.often[self.mine])[g.known]
        held = total(g.cell, weight if by is None else weight * by[g.known], len(g.surface))
        found = np.zeros(len(self.likelihood))
        if near:
            found[g.known] = self._near(g, held)
        else:
            of_group = total(g.group, held, len(g.article_of_group))
            found[g.known] = (of_group[g.group] - held)[g.cell]
            found = found.round(ROUNDED)
        return found

    def _near(self, g: Groups, held: Floats) -> Floats:
        """Return the support by nearness of the known candidates."""
        c = self.context
        first = np.searchsorted(g.article, np.arange(len(c.articles) + 1))
        counts = np.diff(first)
        mention, cell = pairs(first[c.article], counts[c.article])
        weight = self.nearby.weight[self.nearby.first[mention] + g.surface[cell]] * held[cell]
        of_article = np.searchsorted(g.article_of_group, np.arange(len(c.articles) + 1))
        sizes = np.diff(of_article)[c.article]
        # Where the groups of a mention's article begin in a list of those of all mentions.
        begin = np.concatenate([[0], np.cumsum(sizes)])
        begin, size = begin[:-1] - of_article[c.article], int(begin[-1])
        supported = total(begin[mention] + g.group[cell], weight, size)
        return supported[begin[c.owner[g.known]] + g.group[g.cell]]

    def share(self, name: str) -> Floats:
        """Return the share of the other surfaces that likely lie in the candidate's group."""
        return self.support(name, near=False) / np.maximum(self.others, 1)

    @cached_property
    def peers(self) -> Ints:
        """The likely candidates of each article, one a sense, that are small enough to be near to something."""
        c = self.context
        likely = np.flatnonzero((self.likelihood > PEER_LIKELIHOOD) & ~c.is_country & (c.feature_class != "L"))
        _, first = np.unique(c.sense[likely], return_index=True)
        likely = likely[first]
        likely = likely[np.lexsort((-self.likelihood[likely], self.article[likely]))]
        rank = np.arange(len(likely)) - np.searchsorted(self.article[likely], self.article[likely])
        return likely[rank < MOST_PEERS]

    @cached_property
    def pairs(self) -> tuple[Ints, Ints]:
        """Each candidate with each peer of its article, as two lists of indices: candidates, and peers."""
        first = np.searchsorted(self.article[self.peers], np.arange(len(self.context.articles) + 1))
        one, at = pairs(first[self.article], np.diff(first)[self.article])
        return one, self.peers[at]

    def summed(self, values: Floats) -> Floats:
        """Return the sum of `values`, one for each of :attr:`pairs`, for each candidate."""
        return total(self.pairs[0], values, len(self.likelihood))

    @cached_property
    def km(self) -> Floats:
        """Distance of the pairs."""
        one, peer = self.pairs
        return kilometres(self.context.unit[one], self.context.unit[peer])

    @cached_property
    def other(self) -> Floats:
        """How likely the peers of the pairs are, 0 for those that are named like the candidate."""
        one, peer = self.pairs
        return np.where(self.mine[one] == self.mine[peer], 0.0, self.likelihood[peer])

    @cached_property
    def gap(self) -> Floats:
        """Characters between the mentions of the pairs."""
        one, peer = self.pairs
        middle = self.context.middle[self.context.owner]
        return np.abs(middle[one] - middle[peer])

    @cached_property
    def around(self) -> Floats:
        """Likelihood of the peers in the candidates' neighbourhood."""
        return np.exp(-self.km / NEIGHBOURHOOD_KM) * self.other

    @cached_property
    def among(self) -> Floats:
        """Sum of :attr:`around` for each candidate."""
        return self.summed(self.around)

    @cached_property
    def mean_distance(self) -> Floats:
        """Mean logarithm of the kilometres of each candidate to the likely places of the other names."""
        return self.summed(np.log1p(self.km) * self.other) / np.maximum(self.summed(self.other), 1e-9)


@dataclass(frozen=True, slots=True)
class Nearby:
    """Weights of surfaces for mentions: ``weight[first[mention] + surface]``."""

    weight: Floats
    first: Ints


@dataclass(frozen=True, slots=True)
class Groups:
    """What the candidates lie in, by cells: one for each surface and group that any candidate has.

    Attributes
    ----------
    known
        The candidates that lie in any.
    cell
        The cell of each of these.
    surface, article, group
        Of each cell; in the order of surfaces, and so of articles.
    article_of_group
        The article of each group; what is of two articles is two groups.
    """

    known: Ints
    cell: Ints
    surface: Ints
    article: Ints
    group: Ints
    article_of_group: Ints


def pairs(first: Ints, counts: Ints) -> tuple[Ints, Ints]:
    """Return all pairs of ``i`` and ``first[i], first[i] + 1, …``, of these ``counts[i]``, as two lists."""
    one = np.repeat(np.arange(len(first)), counts)
    begin = np.cumsum(counts) - counts
    return one, np.arange(len(one)) - begin[one] + first[one]


def total(groups: Ints, values: Floats, size: int) -> Floats:
    """Return the sum of the values of each of `size` groups."""
    return np.asarray(np.bincount(groups, values, size), float)


def kilometres(one: Floats, other: Floats) -> Floats:
    """Great-circle distance of points on the unit sphere, in km; both of shape (points, 3), or one of them (3,)."""
    # By the chord and not by the angle's cosine, which cannot tell a metre from nothing.
    chord = np.sqrt(np.square(one - other).sum(axis=1))
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(chord / 2, 1.0))


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
    return a.share("country")


def same_admin1(a: Company) -> Floats:
    """Share of the other names that likely lie in the same first-order division."""
    return a.share("admin1")


def same_admin1_nearby(a: Company) -> Floats:
    """Names that likely lie in the same first-order division, weighted by nearness in the text; saturates."""
    return np.log1p(a.support("admin1", near=True))


def same_admin2(a: Company) -> Floats:
    """Names that likely lie in the same second-order division."""
    return a.support("admin2", near=False)


def same_admin2_nearby(a: Company) -> Floats:
    """Names that likely lie in the same second-order division, weighted by nearness in the text; saturates."""
    return np.log1p(a.support("admin2", near=True))


def _named(group: str, level: str, *, near: bool) -> Callable[[Company], Floats]:
    def named(a: Company) -> Floats:
        is_level = getattr(a.context, level)
        found = a.support(group, by=is_level, near=near)
        return np.where(is_level, 0.0, found if near else np.minimum(found, 1.0))

    return named


def in_region_of_others(a: Company) -> Floats:
    """Nearness on Earth to the likely places of the other names, over hundreds of kilometres; saturates."""
    near = a.summed(np.exp(-a.km / REGION_KM - a.gap / NEAR_CHARACTERS / 3) * a.other)
    return np.where(a.context.is_country, 0.0, np.log1p(near))


def distance_to_nearest(a: Company) -> Floats:
    """Decimal logarithm of the kilometres to the nearest likely place of another name (0 for countries)."""
    far = np.full(len(a.likelihood), np.inf)
    counted = a.other > LIKELY
    np.minimum.at(far, a.pairs[0][counted], a.km[counted])
    known = np.isfinite(far) & ~a.context.is_country
    return np.log10(np.where(known, far, 0.0) + 1)


def among_others(a: Company) -> Floats:
    """Likely places of the other names that are in its neighbourhood."""
    return a.among


def among_others_nearby(a: Company) -> Floats:
    """Likely places of the other names that are in its neighbourhood, weighted by nearness in the text."""
    return a.summed(a.around * np.exp(-a.gap / NEAR_CHARACTERS))


def less_among_others(a: Company) -> Floats:
    """How much fewer places are in its neighbourhood than in that of its best namesake (0 or less)."""
    return (a.among - a.context.best_of_mention(a.among)).round(ROUNDED)


def mean_distance(a: Company) -> Floats:
    """Mean logarithm of the kilometres to the likely places of the other names; 0 where there are none."""
    return a.mean_distance


def farther_than_namesake(a: Company) -> Floats:
    """How much farther from the other places it lies than the farthest of its namesakes (0 or less)."""
    return (a.mean_distance - a.context.best_of_mention(a.mean_distance)).round(ROUNDED)


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
