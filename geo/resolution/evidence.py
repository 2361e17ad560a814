"""The clues of a candidate's own: one function a clue.

Each takes the article's :class:`~geo.resolution.context.Context` and returns a
number for each candidate. What the article's other names say is in
:mod:`geo.resolution.company`, what the publisher's other articles say in
:mod:`geo.resolution.home`. The clues are those of the literature (Lieberman,
Samet and Sankaranarayanan 2010 on local lexicons and comma groups; Leidner
2007 on one sense per discourse, spatial minimality and population); what they
weigh is learned by ``geo/training/train_ranker.py``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from geo.resolution import adjacency

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.resolution.context import Bools, Context, Floats

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
        return np.logical_or.reduce([c.kind == kind for kind in kinds]).astype(float)

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
    return np.logical_or.reduce([c.feature_class == one for one in "HTLSR"]).astype(float)


def is_capital(c: Context) -> Floats:
    """Whether it is the capital of a country."""
    return (c.feature_code == "PPLC").astype(float)


def _nested(c: Context, whole: Bools, inner: Bools) -> Floats:
    """Return which of `whole` have one of `inner` in their division that bears the same name."""
    divisions, countries = c.admin1.max(initial=0) + 2, c.country.max(initial=0) + 2
    where = (c.owner * divisions + c.admin1 + 1) * countries + c.country + 1
    return (whole & np.isin(where, where[inner])).astype(float)


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
"""Clues of which a sum of weights makes the first answer. They need nothing but the candidate and the words
around it."""


# -- what kind of question the name puts: most are equal for all that it can mean, and say which clues count --------


def namesakes(c: Context) -> Floats:
    """Logarithm of the number of places that the name can mean."""
    return np.log(np.diff(c.start)[c.owner])


def names_in_article(c: Context) -> Floats:
    """Logarithm of the number of names in the article."""
    return np.log(np.maximum(np.diff(c.of_article), 1))[c.article[c.owner]]


def said_again(c: Context) -> Floats:
    """Logarithm of the number of times that the article says the name."""
    return np.log(np.bincount(c.surface, minlength=c.surfaces)[c.surface[c.owner]])


def _any_is(*, level: Callable[[Context], Bools]) -> Callable[[Context], Floats]:
    def any_is(c: Context) -> Floats:
        return c.best_of_mention(level(c).astype(float))

    return any_is


def _role(role: str) -> Callable[[Context], Floats]:
    def of_role(c: Context) -> Floats:
        return np.array([mention.role == role for mention in c.mentions], float)[c.owner]

    return of_role


def fewer_people(c: Context) -> Floats:
    """How many orders of magnitude fewer people live in it than in the most peopled place of the name (0 or less)."""
    people = np.log10(c.population + 1)
    return people - c.best_of_mention(people)


def rank_by_people(c: Context) -> Floats:
    """How many places of the name have more people; of equals the first stands."""
    order = np.lexsort((-c.population, c.owner))
    rank = np.empty(len(order))
    rank[order] = np.arange(len(order)) - c.start[c.owner[order]]
    return rank


def told_here(c: Context) -> Floats:
    """Whether the text says right here what it lies in."""
    return adjacency.told(c).astype(float)


QUESTION: dict[str, Callable[[Context], Floats]] = {
    "namesakes": namesakes,
    "names_in_article": names_in_article,
    "said_again": said_again,
    "may_be_country": _any_is(level=lambda c: c.is_country),
    "may_be_admin1": _any_is(level=lambda c: c.is_admin1),
    "may_be_town": _any_is(level=lambda c: c.feature_class == "P"),
    "as_demonym": _role("demonym"),
    "as_metonym": _role("metonym"),
    "by_part_of_name": _kind("derived"),
    "by_close_spelling": _kind("close"),
    "fewer_people": fewer_people,
    "rank_by_people": rank_by_people,
    "told_here": told_here,
}
"""Clues that the trees take beside :data:`OWN`."""


def own_evidence(c: Context) -> Floats:
    """Return the own clues, shape (candidates, clues), in the order of :data:`OWN`."""
    return np.column_stack([clue(c) for clue in OWN.values()])


def question_evidence(c: Context) -> Floats:
    """Return the clues of the question, shape (candidates, clues), in the order of :data:`QUESTION`."""
    return np.column_stack([clue(c) for clue in QUESTION.values()])
