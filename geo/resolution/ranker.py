"""Weighs the evidence: from clues to the probability of each candidate.

A conditional logit model (McFadden 1974): the candidates of a mention compete,
and a candidate's probability is the softmax of the weighted sum of its clues.
It is applied twice: by the own clues alone, and then with the collective clues
that the first answer makes possible. The weights are a JSON file that a person
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

if TYPE_CHECKING:
    from geo.resolution.context import Bools, Context, Floats

SHIPPED = Path(__file__).with_name("ranker.json")


@dataclass(frozen=True, slots=True)
class Ranker:
    """The weights of the clues.

    Attributes
    ----------
    own
        Weights of :data:`~geo.resolution.evidence.OWN` for the first answer.
    both
        Weights of the own and then the collective clues for the final one.
    none
        Sum of the answer "none of these": a name can mean a place that the
        gazetteer lacks, all the more where nothing speaks for those it has.
    temperature
        By which the final sums are divided, so that probabilities are
        calibrated; measured on articles that the weights were not made from.
    """

    own: Floats
    both: Floats
    none: float = 0.0
    temperature: float = 1.0

    @classmethod
    def open(cls, path: Path = SHIPPED) -> Self:
        """Read the weights at `path`, by default the shipped ones.

        Raises
        ------
        ModelError
            If the file is missing or names other clues than this version has.
        """
        try:
            weights = json.loads(path.read_text(encoding="utf-8"))
            own, both, none, temperature = (weights[key] for key in ("own", "both", "none", "temperature"))
        except (OSError, ValueError, KeyError) as error:
            message = f"{path}: the ranker's weights cannot be read ({error}); install dateline again"
            raise ModelError(message) from error
        if list(own) != list(OWN) or list(both) != [*OWN, *COLLECTIVE]:
            message = (
                f"{path}: weights for other clues than this version has; train again (geo/training/train_ranker.py)"
            )
            raise ModelError(message)
        return cls(np.array(list(own.values())), np.array(list(both.values())), float(none), float(temperature))

    def save(self, path: Path) -> None:
        """Write the weights to `path`."""
        clues = [*OWN, *COLLECTIVE]
        weights = {
            "own": dict(zip(OWN, self.own.round(4).tolist(), strict=True)),
            "both": dict(zip(clues, self.both.round(4).tolist(), strict=True)),
            "none": round(self.none, 4),
            "temperature": round(self.temperature, 4),
        }
        path.write_text(json.dumps(weights, indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Ranking:
    """How likely each candidate of an article is, and what spoke for it."""

    likelihood: Floats
    evidence: Floats
    hard: Bools


def softmax(sums: Floats, context: Context, none: float = -np.inf) -> Floats:
    """Return the probability of each candidate within its mention, beside an answer "none" with the sum `none`."""
    highest = np.maximum(context.best_of_mention(sums), none)
    powers = np.exp(sums - highest)
    total = np.bincount(context.owner, weights=powers, minlength=len(context.mentions))[context.owner]
    return powers / (total + np.exp(none - highest))


def excluded(context: Context) -> Bools:
    """Return which candidates hard evidence excludes.

    Something else of the name lies in what is named right after it or in what
    the phrase says, or holds what is named right before it.
    """
    supported = adjacency.told(context)
    decided = np.zeros(len(context.mentions), bool)
    np.logical_or.at(decided, context.owner, supported)
    return decided[context.owner] & ~supported


def one_sense(sums: Floats, context: Context) -> Floats:
    """Return `sums` averaged over the mentions of an article that are spelled alike.

    An article means one place by one name (one sense per discourse: Gale,
    Church and Yarowsky 1992), unless hard evidence beside a mention contradicts.
    """
    total = np.bincount(context.sense, weights=sums)
    return (total / np.bincount(context.sense))[context.sense]


EXCLUDED = -1e3
"""Sum of an excluded candidate: practically impossible, and finite."""


def final_likelihood(both: Floats, hard: Bools, context: Context, ranker: Ranker) -> Floats:
    """Return the probability of each candidate by all its clues, shape (candidates, clues)."""
    sums = one_sense(both @ ranker.both, context) / ranker.temperature
    return softmax(np.where(hard, EXCLUDED, sums), context, ranker.none / ranker.temperature)


def rank(context: Context, ranker: Ranker) -> Ranking:
    """Return how likely each candidate of `context` is."""
    hard = excluded(context)
    if not len(context.candidates):
        return Ranking(np.zeros(0), np.zeros((0, len(OWN) + len(COLLECTIVE))), hard)
    own = own_evidence(context)
    first = softmax(np.where(hard, EXCLUDED, own @ ranker.own), context)
    both = np.hstack([own, collective_evidence(context, first)])
    return Ranking(final_likelihood(both, hard, context, ranker), both, hard)
