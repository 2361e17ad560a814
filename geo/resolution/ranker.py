"""Weighs the evidence: from clues to the probability of each candidate.

A conditional logit model (McFadden 1974): the candidates of a mention compete,
and a candidate's probability is the softmax of the weighted sum of its clues.
It is applied twice: by the own clues alone, and then with the collective clues
that the first answer makes possible; a third time with what the publisher's
other articles name, where there are any. The weights are a JSON file that a person
can read, made by ``geo/training/train_ranker.py``.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Self

import numpy as np

from geo.errors import ModelError
from geo.resolution import adjacency
from geo.resolution.evidence import COLLECTIVE, OWN, collective_evidence, own_evidence
from geo.resolution.home import HOME, home_evidence

if TYPE_CHECKING:
    from geo.resolution.context import Bools, Context, Floats
    from geo.resolution.home import Home

CLUES_ALONE = (*OWN, *COLLECTIVE)
CLUES_AT_HOME = (*CLUES_ALONE, *HOME)

SHIPPED = Path(__file__).with_name("ranker.json")


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of some clues.

    Attributes
    ----------
    clues
        The weight of each clue, shape (clues,).
    none
        Sum of the answer "none of these": a name can mean a place that the
        gazetteer lacks, all the more where nothing speaks for those it has.
    temperature
        By which the sums are divided, so that probabilities are calibrated;
        measured on articles that the weights were not made from.
    """

    clues: Floats
    none: float = -np.inf
    temperature: float = 1.0


@dataclass(frozen=True, slots=True)
class Ranker:
    """The weights of the clues.

    Attributes
    ----------
    own
        For the first answer, of :data:`~geo.resolution.evidence.OWN`.
    alone
        For the final answer, of the own and the collective clues.
    at_home
        The same with the clues of a home, for an article whose publisher has
        others (:mod:`geo.resolution.home`).
    """

    own: Floats
    alone: Weights
    at_home: Weights

    @classmethod
    def open(cls, path: Path = SHIPPED) -> Self:
        """Read the weights at `path`, by default the shipped ones.

        Raises
        ------
        ModelError
            If the file is missing or names other clues than this version has.
        """
        try:
            file = json.loads(path.read_text(encoding="utf-8"))
            own, alone, at_home = file["own"], file["alone"], file["at_home"]
            named = [list(own), list(alone["clues"]), list(at_home["clues"])]
            weights = [
                Weights(np.array(list(one["clues"].values()), float), float(one["none"]), float(one["temperature"]))
                for one in (alone, at_home)
            ]
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            message = f"{path}: the ranker's weights cannot be read ({error}); install dateline again"
            raise ModelError(message) from error
        if named != [list(OWN), list(CLUES_ALONE), list(CLUES_AT_HOME)]:
            message = (
                f"{path}: weights for other clues than this version has; train again (geo/training/train_ranker.py)"
            )
            raise ModelError(message)
        return cls(np.array(list(own.values()), float), *weights)

    def save(self, path: Path) -> None:
        """Write the weights to `path`."""

        def told(names: tuple[str, ...], weights: Weights) -> dict[str, object]:
            clues = dict(zip(names, weights.clues.round(4).tolist(), strict=True))
            return {"clues": clues, "none": round(weights.none, 4), "temperature": round(weights.temperature, 4)}

        file = {
            "own": dict(zip(OWN, self.own.round(4).tolist(), strict=True)),
            "alone": told(CLUES_ALONE, self.alone),
            "at_home": told(CLUES_AT_HOME, self.at_home),
        }
        path.write_text(json.dumps(file, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Ranking:
    """How likely each candidate of an article is, and what spoke for it.

    Attributes
    ----------
    likelihood
        Probability of each candidate, shape (candidates,).
    clues
        The names of the clues that were weighed.
    evidence
        Weighted clues, shape (candidates, clues).
    hard
        Which candidates hard evidence or one's own places exclude.
    """

    likelihood: Floats
    clues: tuple[str, ...]
    evidence: Floats
    hard: Bools


def softmax(sums: Floats, context: Context, none: Floats | float = -np.inf) -> Floats:
    """Return the probability of each candidate within its mention, beside an answer "none" with the sum `none`.

    `none` is one number, or one for each candidate that is the same within a mention.
    """
    highest = np.maximum(context.best_of_mention(sums), none)
    powers = np.exp(sums - highest)
    total = np.bincount(context.owner, weights=powers, minlength=len(context.mentions))[context.owner]
    return powers / (total + np.exp(none - highest))


def excluded(context: Context) -> Bools:
    """Return which candidates hard evidence excludes, and which one's own places do.

    Hard evidence: something else of the name lies in what is named right after
    it or in what the phrase says, or holds what is named right before it. What
    it leaves of one's own places excludes all else (:func:`own_places`).
    """
    own = own_places(context)
    mentions = np.zeros(len(context.mentions), bool)
    mentions[context.owner[own]] = True
    return _excluded_by_text(context) | (mentions[context.owner] & ~own)


def _excluded_by_text(context: Context) -> Bools:
    told = adjacency.told(context)
    mentions = np.zeros(len(context.mentions), bool)
    np.logical_or.at(mentions, context.owner, told)
    return mentions[context.owner] & ~told


def own_places(context: Context) -> Bools:
    """Return which candidates are places of the user's own that alone compete for their mention.

    Who gives a Zolochiv means that one, unless hard evidence excludes it here,
    or where the article first says which Zolochiv it speaks of.
    """
    given = context.kind == "given"
    if not given.any():
        return given
    first_told = adjacency.told_first(context)
    surface = context.surface[context.owner]
    elsewhere = np.isin(surface, surface[first_told]) & ~np.isin(surface, surface[first_told & given])
    here = np.isin(context.owner, context.owner[adjacency.told(context)])
    return given & ~_excluded_by_text(context) & (here | ~elsewhere)


def decided(context: Context) -> Bools:
    """Return which mentions hard evidence or one's own places decide, shape (mentions,).

    For them "none of these" is no answer.
    """
    mentions = np.zeros(len(context.mentions), bool)
    np.logical_or.at(mentions, context.owner, adjacency.told(context) | own_places(context))
    return mentions


def one_sense(sums: Floats, context: Context) -> Floats:
    """Return `sums` averaged over the mentions of an article that are spelled alike.

    An article means one place by one name (one sense per discourse: Gale,
    Church and Yarowsky 1992), unless hard evidence beside a mention contradicts.
    """
    total = np.bincount(context.sense, weights=sums)
    return (total / np.bincount(context.sense))[context.sense]


EXCLUDED = -1e3
"""Sum of an excluded candidate: practically impossible, and finite."""


def final_likelihood(clues: Floats, hard: Bools, context: Context, weights: Weights) -> Floats:
    """Return the probability of each candidate by all its clues, shape (candidates, clues)."""
    sums = one_sense(clues @ weights.clues, context) / weights.temperature
    none = np.where(decided(context)[context.owner], -np.inf, weights.none / weights.temperature)
    return softmax(np.where(hard, EXCLUDED, sums), context, none)


def rank(context: Context, ranker: Ranker, home: Home | None = None) -> Ranking:
    """Return how likely each candidate of `context` is; `home` is what the publisher's other articles name."""
    hard = excluded(context)
    names, weights = (CLUES_AT_HOME, ranker.at_home) if home else (CLUES_ALONE, ranker.alone)
    if not len(context.candidates):
        return Ranking(np.zeros(0), names, np.zeros((0, len(names))), hard)
    own = own_evidence(context)
    first = softmax(np.where(hard, EXCLUDED, own @ ranker.own), context)
    groups = [own, collective_evidence(context, first)]
    if home:
        groups.append(home_evidence(context, home))
    clues = np.hstack(groups)
    return Ranking(final_likelihood(clues, hard, context, weights), names, clues * weights.clues, hard)
