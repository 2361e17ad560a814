"""Makes ``geo/resolution/ranker.json``: the weights of the evidence.

Maximises the conditional likelihood of the annotated places with an L2 penalty
(clues are standardised for it). The collective weights are learned from first
answers of models that did not see the article (five folds), as they will meet
them in use; the temperature is fitted the same way. Run::

    python -m geo.training.train_ranker CORPORA… -o geo/resolution/ranker.json

Without ``-o`` it only prints the figures by cross-validation, for which
articles of one publisher are kept together: each article by itself, and with
what its publisher's other articles name.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
import numpy as np
from scipy.optimize import minimize, minimize_scalar

from geo.evaluation.corpora import read_corpus
from geo.evaluation.resolution import WITHIN_KM, kilometres, mentions_for
from geo.gazetteer import Gazetteer
from geo.recognition import Tagger
from geo.resolution.context import read_context
from geo.resolution.evidence import collective_evidence, own_evidence
from geo.resolution.home import home_evidence, homes
from geo.resolution.ranker import (
    CLUES_AT_HOME,
    EXCLUDED,
    Ranker,
    Weights,
    decided,
    excluded,
    final_likelihood,
    softmax,
)
from geo.types import Toponym

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.resolution.context import Bools, Context, Floats, Ints

T = TypeVar("T")

PENALTY = 2.0
"""Weight of the L2 penalty on standardised weights."""
FOLDS = 5
SPEAKS_FOR = [
    "population",
    "division_population",
    "trust",
    "is_capital",
    "told",
    "home_division",
    "home_country",
    "home_sense",
    "near_home",
    "word_fits",
    "equals_in_list",
    "likelihood_so_far",
    "same_country",
    "same_admin1",
    "same_admin1_nearby",
    "same_admin2_nearby",
    "country_named",
    "admin1_named",
    "admin2_named",
    "in_region_of_others",
    "prominence",
    "smaller_than_namesake",
]
SPEAKS_AGAINST = ("word_misfits", "distance_to_nearest", "by_code")
"""Clues whose weight may have one sign only. What a clue means is known; this keeps the little that
the corpora hold of some of them from turning it round, and the reasons that are told true."""

EXACT_KM = 15.0
"""A candidate this near to the annotation is the annotated place when no candidate has its id."""

WIDE_KM = 2500.0
"""A country, a sea or a region this near is the annotated one when nothing is nearer: wide places have
no agreed point, and the answer "none of these" is not to be learned from that."""


@dataclass(frozen=True, slots=True)
class Example:
    """An article ready for training."""

    context: Context
    own: Floats
    hard: Bools
    right: Bools
    """Candidates that are the annotated place."""
    near: Bools
    """Candidates within 161 km of it: what is counted."""
    judged: Bools
    """Mentions with coordinates, shape (mentions,)."""


def read_examples(paths: Sequence[Path], gazetteer: Gazetteer, tagger: Tagger) -> list[Example]:
    """Read the corpora and gather the own evidence of each article."""
    examples = []
    for path in paths:
        for annotated in read_corpus(path):
            mentions, numbers = mentions_for(annotated, tagger)
            context = read_context(annotated.article, mentions, gazetteer)
            if not len(context.candidates):
                continue
            right, near = np.zeros(len(context.candidates), bool), np.zeros(len(context.candidates), bool)
            judged = np.zeros(len(mentions), bool)
            for annotation, number in zip(annotated.annotations, numbers, strict=True):
                if annotation.lat is None:
                    continue
                judged[number] = True
                mine = np.flatnonzero(context.owner == number)
                places = [context.candidates[i].place for i in mine]
                far = np.array([kilometres(annotation, p.lon, p.lat) for p in places])
                near[mine] = far <= WITHIN_KM
                same = np.array([p.id == f"geonames:{annotation.geonames_id}" for p in places], bool)
                if not same.any():
                    same = far <= EXACT_KM if (far <= EXACT_KM).any() else far <= WITHIN_KM
                if not same.any():
                    wide = np.array([p.feature_class in "AHLTV" for p in places], bool)
                    same = wide & (far <= WIDE_KM)
                right[mine] = same
            examples.append(
                Example(context, own_evidence(context), excluded(context), right, near, judged),
            )
    return examples


def fit(examples: Sequence[Example], evidence: Sequence[Floats], *, none: bool) -> tuple[Floats, float]:
    """Return the weights that make the annotated places likeliest.

    With `none`, also the sum of the answer "none of these", which is the right
    one where no candidate is near the annotated place; else minus infinity.
    """
    rows, owners, right, settled, offset = [], [], [], [], 0
    for example, clues in zip(examples, evidence, strict=True):
        answerable = np.zeros(len(example.context.mentions), bool)
        np.logical_or.at(answerable, example.context.owner, example.right & ~example.hard)
        known = np.zeros(len(example.context.mentions), bool)
        np.logical_or.at(known, example.context.owner, example.right)
        certain = decided(example.context)
        wanted = answerable | (example.judged & ~known & ~certain if none else False)
        used = wanted[example.context.owner] & ~example.hard
        rows.append(clues[used])
        owners.append(example.context.owner[used] + offset)
        right.append(example.right[used])
        settled.append(certain[example.context.owner[used]])
        offset += len(example.context.mentions)
    x, truth = np.vstack(rows), np.concatenate(right)
    _, owner = np.unique(np.concatenate(owners), return_inverse=True)
    spread = x.std(axis=0)
    spread[spread == 0] = 1.0
    x = x / spread
    size, width = int(owner.max()) + 1, x.shape[1]
    unanswerable = np.bincount(owner, truth, size) == 0
    open_to_none = np.bincount(owner, np.concatenate(settled), size) == 0

    def loss(parameters: Floats) -> tuple[float, Floats]:
        weights, nothing = parameters[:width], parameters[width] if none else -np.inf
        sums = x @ weights
        nothing = np.where(open_to_none, nothing, -np.inf)
        highest = nothing.copy()
        np.maximum.at(highest, owner, sums)
        powers, power_of_none = np.exp(sums - highest[owner]), np.exp(nothing - highest)
        everything = np.bincount(owner, powers, size) + power_of_none
        good = np.where(unanswerable, power_of_none, np.bincount(owner, powers * truth, size))
        gradient = x.T @ (powers / everything[owner] - powers * truth / good[owner]) + 2 * PENALTY * weights
        of_none = (power_of_none / everything - unanswerable).sum()
        value = -np.log(good / everything).sum() + PENALTY * (weights @ weights)
        return float(value), np.append(gradient, of_none)

    names = CLUES_AT_HOME[:width]
    signs = [(0 if name in SPEAKS_FOR else None, 0 if name in SPEAKS_AGAINST else None) for name in names]
    bounds = [*signs, (None, None) if none else (0, 0)]
    found = minimize(loss, np.zeros(width + 1), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500})
    return np.asarray(found.x[:width] / spread), float(found.x[width]) if none else -np.inf


def first_answers(examples: Sequence[Example], own: Floats) -> list[Floats]:
    """Return the likelihoods by the own clues alone."""
    return [softmax(np.where(e.hard, EXCLUDED, e.own @ own), e.context) for e in examples]


def with_collective(examples: Sequence[Example], answers: Sequence[Floats]) -> list[Floats]:
    """Return the own and the collective clues, given the first answers."""
    return [np.hstack([e.own, collective_evidence(e.context, a)]) for e, a in zip(examples, answers, strict=True)]


def with_home(
    examples: Sequence[Example], clues: Sequence[Floats], answers: Sequence[Floats]
) -> tuple[list[Example], list[Floats]]:
    """Return the examples that have a home by these answers, and their clues with those of the home."""
    found = homes(
        [e.context.article for e in examples], [_toponyms(e, a) for e, a in zip(examples, answers, strict=True)]
    )
    kept = [(e, c, home) for e, c, home in zip(examples, clues, found, strict=True) if home]
    return [e for e, _, _ in kept], [np.hstack([c, home_evidence(e.context, home)]) for e, c, home in kept]


def _toponyms(example: Example, chance: Floats) -> list[Toponym]:
    context = example.context
    return [
        Toponym(context.mentions[m], context.candidates[i].place, float(chance[i]))
        for m, i in enumerate(_best(example, chance))
        if i >= 0
    ]


def folds(examples: Sequence[Example]) -> list[list[int]]:
    """Split into folds that keep the articles of one publisher together, where a corpus names publishers."""
    groups: dict[str, list[int]] = {}
    for number, example in enumerate(examples):
        local = "." in example.context.article.publisher  # a newspaper's domain; else the corpus's name
        groups.setdefault(example.context.article.publisher if local else f"{number}", []).append(number)
    order = sorted(groups)
    random.Random(7).shuffle(order)  # noqa: S311 - a split, not a secret
    parts: list[list[int]] = [[] for _ in range(FOLDS)]
    for name in order:
        min(parts, key=len).extend(groups[name])
    return parts


def train(examples: Sequence[Example]) -> Ranker:
    """Train the first answer, the final one and the one at home, with their temperatures."""
    first: dict[int, Floats] = {}
    for part in folds(examples):
        rest = _without(examples, part)
        own, _ = fit(rest, [e.own for e in rest], none=False)
        first.update(zip(part, first_answers([examples[i] for i in part], own), strict=True))
    own, _ = fit(examples, [e.own for e in examples], none=False)
    clues = with_collective(examples, [first[i] for i in range(len(examples))])
    alone, answers = train_weights(examples, clues)
    at_home, _ = train_weights(*with_home(examples, clues, answers))
    return Ranker(own, alone, at_home)


def train_weights(examples: Sequence[Example], clues: Sequence[Floats]) -> tuple[Weights, list[Floats]]:
    """Return weights and temperature, and the answers that models which did not see the article give for it."""
    answers: dict[int, Floats] = {}
    temperatures = []
    for part in folds(examples):
        weights = Weights(*fit(_without(examples, part), _without(clues, part), none=True))
        mine, mine_clues = [examples[i] for i in part], [clues[i] for i in part]
        temperatures.append(_temperature(mine, mine_clues, weights))
        answers.update(
            (i, final_likelihood(c, e.hard, e.context, weights)) for i, e, c in zip(part, mine, mine_clues, strict=True)
        )
    weights = Weights(*fit(examples, clues, none=True), temperature=float(np.exp(np.mean(np.log(temperatures)))))
    return weights, [answers[i] for i in range(len(examples))]


def _without(things: Sequence[T], part: Sequence[int]) -> list[T]:
    left_out = set(part)
    return [thing for i, thing in enumerate(things) if i not in left_out]


def _temperature(examples: Sequence[Example], clues: Sequence[Floats], weights: Weights) -> float:
    """Return the temperature under which the answers for articles not trained on are right as often as they say."""

    def loss(log_temperature: float) -> float:
        warmed = replace(weights, temperature=float(np.exp(log_temperature)))
        lost = 0.0
        for example, mine in zip(examples, clues, strict=True):
            chance = final_likelihood(mine, example.hard, example.context, warmed)
            best = _best(example, chance)[example.judged]
            best = best[best >= 0]
            said, truth = np.clip(chance[best], 1e-6, 1 - 1e-6), example.right[best] | example.near[best]
            lost -= float(np.log(np.where(truth, said, 1 - said)).sum())
        return lost

    return float(np.exp(minimize_scalar(loss, bounds=(-1.5, 1.5), method="bounded").x))


def _best(example: Example, chance: Floats) -> Ints:
    best = np.full(len(example.context.mentions), -1)
    order = np.argsort(chance, kind="stable")
    best[example.context.owner[order]] = order
    return best


def measured(examples: Sequence[Example], ranker: Ranker) -> tuple[int, int, int, int]:
    """Return judged mentions, and of those the placed within 161 km: each article alone, and with its home.

    The last value counts the articles that have a home.
    """
    clues = with_collective(examples, first_answers(examples, ranker.own))
    answers = [final_likelihood(c, e.hard, e.context, ranker.alone) for e, c in zip(examples, clues, strict=True)]
    judged = sum(int(e.judged.sum()) for e in examples)
    alone = {id(e): _right(e, a) for e, a in zip(examples, answers, strict=True)}
    at_home = dict(alone)
    homely = with_home(examples, clues, answers)
    for example, mine in zip(*homely, strict=True):
        at_home[id(example)] = _right(example, final_likelihood(mine, example.hard, example.context, ranker.at_home))
    return judged, sum(alone.values()), sum(at_home.values()), len(homely[0])


def _right(example: Example, chance: Floats) -> int:
    best = _best(example, chance)
    return int(sum(example.near[best[m]] for m in np.flatnonzero(example.judged) if best[m] >= 0))


@click.command()
@click.argument("corpora", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("--dev", multiple=True, type=click.Path(path_type=Path, exists=True), help="Corpora to measure on only.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write the weights.")
def main(corpora: tuple[Path, ...], dev: tuple[Path, ...], output: Path | None) -> None:
    """Train on CORPORA; print the accuracy by cross-validation and on --dev."""
    with Gazetteer.open() as gazetteer:
        tagger = Tagger.open(gazetteer)
        examples = read_examples(corpora, gazetteer, tagger)
        click.echo(f"{len(examples)} articles with candidates", err=True)
        total = np.zeros(4, int)
        for part in folds(examples):
            ranker = train(_without(examples, part))
            total += measured([examples[i] for i in part], ranker)
        _tell("cross-validated", total)
        ranker = train(examples)
        for path in dev:
            _tell(path.stem, measured(read_examples([path], gazetteer, tagger), ranker))
        if output:
            ranker.save(output)
            click.echo(
                f"{output}: temperatures {ranker.alone.temperature:.2f}, {ranker.at_home.temperature:.2f}", err=True
            )


def _tell(name: str, counts: Sequence[int] | NDArray[np.int64]) -> None:
    judged, alone, at_home, homely = (int(count) for count in counts)
    click.echo(
        f"{name}: {judged} toponyms, accuracy@161km {alone / judged:.3f} alone, "
        f"{at_home / judged:.3f} with the collection's memory ({homely} articles have a home)",
    )


if __name__ == "__main__":
    main()
