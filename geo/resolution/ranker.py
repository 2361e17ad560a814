"""Weighs the evidence: from clues to the probability of each candidate.

The candidates of a mention compete with each other and with the answer "none
of these", by the softmax of a sum for each (a conditional logit, McFadden
1974). It is done twice: by the own clues alone, with a weight for each; and
then by boosted trees over these, the clues of the question and those of
company, which the first answer makes possible. Where the publisher's other
articles name places, other trees take what they say as well. All of it is one
file, made by ``geo/training/train_ranker.py``.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np

from geo.errors import ModelError
from geo.resolution import adjacency
from geo.resolution.company import COLLECTIVE, collective_evidence
from geo.resolution.evidence import OWN, QUESTION, own_evidence, question_evidence
from geo.resolution.home import HOME, home_evidence
from geo.resolution.trees import Trees

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from geo.resolution.context import Bools, Context, Floats, Ints
    from geo.resolution.home import Home

CLUES_ALONE = (*OWN, *QUESTION, *COLLECTIVE)
CLUES_AT_HOME = (*CLUES_ALONE, *HOME)

ABSENT = -100.0
"""What the answer "none of these" has for a clue of a candidate: less than any candidate has."""

OF_MENTION = frozenset(
    (
        *("namesakes", "names_in_article", "said_again", "may_be_country", "may_be_admin1", "may_be_town"),
        *("as_demonym", "as_metonym"),
    )
)
"""Clues that are equal for all candidates of a mention, and for "none of these" too."""

SHIPPED = Path(__file__).with_name("ranker.npz")


@dataclass(frozen=True, slots=True)
class Model:
    """What gives the final answer.

    Attributes
    ----------
    trees
        Give the sum of each candidate, and that of "none of these".
    temperature
        By which the sums are divided, so that probabilities are calibrated;
        measured on articles that the trees did not see.
    lapse
        The share of answers that are wrong however sure they look, measured so
        too: no answer is surer than one less this.
    """

    trees: Trees
    temperature: float = 1.0
    lapse: float = 0.0


@dataclass(frozen=True, slots=True)
class Ranker:
    """What was learned.

    Attributes
    ----------
    own
        The weights of :data:`~geo.resolution.evidence.OWN`, for the first answer.
    alone
        For an article by itself.
    at_home
        For an article whose publisher has others (:mod:`geo.resolution.home`).
    gazetteer
        The digest of the gazetteer that it was trained with.
    """

    own: Floats
    alone: Model
    at_home: Model
    gazetteer: str = ""

    @classmethod
    def open(cls, path: Path = SHIPPED) -> Self:
        """Read the ranker at `path`, by default the shipped one.

        Raises
        ------
        ModelError
            If the file is missing or was made for other clues than this version has.
        """
        try:
            with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
                arrays = dict(file)
            named = [tuple(arrays[f"{name}_clues"].tolist()) for name in ("own", "alone", "at_home")]
            alone, at_home = (
                Model(
                    Trees.from_arrays(arrays, name),
                    *(float(arrays[f"{name}_{number}"]) for number in ("temperature", "lapse")),
                )
                for name in ("alone", "at_home")
            )
            own, gazetteer = np.asarray(arrays["own_weights"], float), str(arrays["gazetteer"])
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
            message = f"{path}: the ranker cannot be read ({error}); install dateline again"
            raise ModelError(message) from error
        if named != [tuple(OWN), CLUES_ALONE, CLUES_AT_HOME]:
            message = f"{path}: made for other clues than this version has; train again (geo/training/train_ranker.py)"
            raise ModelError(message)
        return cls(own, alone, at_home, gazetteer)

    def save(self, path: Path) -> None:
        """Write the ranker to `path`; the same ranker gives the same bytes."""
        arrays: dict[str, Any] = {
            "own_clues": np.array(list(OWN)),
            "own_weights": self.own,
            "alone_clues": np.array(CLUES_ALONE),
            "alone_temperature": np.array(self.alone.temperature),
            "alone_lapse": np.array(self.alone.lapse),
            "at_home_clues": np.array(CLUES_AT_HOME),
            "at_home_temperature": np.array(self.at_home.temperature),
            "at_home_lapse": np.array(self.at_home.lapse),
            "gazetteer": np.array(self.gazetteer),
            **self.alone.trees.arrays("alone"),
            **self.at_home.trees.arrays("at_home"),
        }
        with path.open("wb") as file:  # given a name, numpy would add a suffix to it
            np.savez_compressed(file, **arrays)


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """How likely each candidate of an article is, and what spoke for it.

    Attributes
    ----------
    likelihood
        Probability of each candidate, shape (candidates,).
    names
        The names of the clues that were weighed.
    clues
        Their values, shape (candidates, clues).
    hard
        Which candidates hard evidence or one's own places exclude.
    model
        What weighed them.
    """

    likelihood: Floats
    names: tuple[str, ...]
    clues: Floats
    hard: Bools
    model: Model

    def gains(self, chosen: Ints, rivals: Ints, groups: Mapping[str, Collection[str]]) -> list[dict[str, float]]:
        """Return how much of the sum of each of `chosen` each group of clues is worth, against its rival.

        It is what the sum loses when these clues, and only these, are as they
        are for the rival, in logits.
        """
        rows = np.repeat(self.clues[chosen][:, None], len(groups) + 1, axis=1)
        for number, names in enumerate(groups.values(), start=1):
            columns = [at for at, name in enumerate(self.names) if name in names]
            rows[:, number, columns] = self.clues[rivals][:, columns]
        sums = self.model.trees.sums(rows.reshape(-1, len(self.names))) / self.model.temperature
        sums = sums.reshape(len(chosen), len(groups) + 1)
        return [dict(zip(groups, row, strict=True)) for row in (sums[:, :1] - sums[:, 1:]).tolist()]


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
    return _excluded_by_text(context) | (context.any_of_mention(own)[context.owner] & ~own)


def _excluded_by_text(context: Context) -> Bools:
    told = adjacency.told(context)
    return context.any_of_mention(told)[context.owner] & ~told


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
    """Return which mentions hard evidence, one's own places or stated coordinates decide, shape (mentions,).

    For them "none of these" is no answer.
    """
    return context.any_of_mention(adjacency.told(context) | own_places(context) | (context.kind == "coordinates"))


def one_sense(sums: Floats, context: Context) -> Floats:
    """Return `sums` averaged over the mentions of an article that are spelled alike.

    An article means one place by one name (one sense per discourse: Gale,
    Church and Yarowsky 1992), unless hard evidence beside a mention contradicts.
    """
    total = np.bincount(context.sense, weights=sums)
    return (total / np.bincount(context.sense))[context.sense]


EXCLUDED = -1e3
"""Sum of an excluded candidate: practically impossible, and finite."""


def nothing(clues: Floats, names: tuple[str, ...], context: Context) -> tuple[Floats, Ints]:
    """Return the clues of the answer "none of these", a row for each mention with candidates, and these mentions."""
    mentions = np.flatnonzero(np.diff(context.start))
    rows = np.full((len(mentions), len(names)), ABSENT)
    shared = [number for number, name in enumerate(names) if name in OF_MENTION]
    rows[:, shared] = clues[context.start[mentions]][:, shared]
    return rows, mentions


def final_likelihood(clues: Floats, names: tuple[str, ...], hard: Bools, context: Context, model: Model) -> Floats:
    """Return the probability of each candidate by all its clues, shape (candidates, clues)."""
    rows, mentions = nothing(clues, names, context)
    everything = model.trees.sums(np.vstack([clues, rows])) / model.temperature
    found = likelihoods(everything[: len(clues)], everything[len(clues) :], mentions, hard, context)
    # What the user's own places or the text's own coordinates say is no matter of experience.
    settled = context.any_of_mention(own_places(context) | (context.kind == "coordinates"))
    return np.where(settled[context.owner], 1.0, 1.0 - model.lapse) * found


def likelihoods(sums: Floats, none: Floats, mentions: Ints, hard: Bools, context: Context) -> Floats:
    """Return the probability of each candidate, given its sum and that of "none of these" for each of `mentions`."""
    of_mention = np.full(len(context.mentions), -np.inf)
    of_mention[mentions] = none
    of_mention[decided(context)] = -np.inf
    return softmax(np.where(hard, EXCLUDED, one_sense(sums, context)), context, of_mention[context.owner])


def rank(context: Context, ranker: Ranker, home: Home | Sequence[Home] | None = None) -> Ranking:
    """Return how likely each candidate of `context` is.

    Parameters
    ----------
    context
        The candidates.
    ranker
        What was learned.
    home
        What the other articles of the publisher name: one of all articles, or
        one for each; None where there is nothing to know.
    """
    hard = excluded(context)
    names, model = (CLUES_AT_HOME, ranker.at_home) if home else (CLUES_ALONE, ranker.alone)
    if not len(context.candidates):
        return Ranking(np.zeros(0), names, np.zeros((0, len(names))), hard, model)
    own = own_evidence(context)
    first = softmax(np.where(hard, EXCLUDED, own @ ranker.own), context)
    groups = [own, question_evidence(context), collective_evidence(context, first)]
    if home:
        groups.append(home_evidence(context, home))
    clues = np.hstack(groups)
    return Ranking(final_likelihood(clues, names, hard, context, model), names, clues, hard, model)
