"""Makes ``geo/resolution/ranker.json``: the weights of the evidence.

Maximises the conditional likelihood of the annotated places with an L2 penalty
(clues are standardised for it). The collective weights are learned from first
answers of models that did not see the article (five folds), as they will meet
them in use; the temperature is fitted the same way. Run::

    python -m geo.training.train_ranker CORPORA… -o geo/resolution/ranker.json

Without ``-o`` it only prints the figures by cross-validation, for which
articles of one publisher are kept together.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np
from scipy.optimize import minimize, minimize_scalar

from geo.evaluation.corpora import read_corpus
from geo.evaluation.resolution import WITHIN_KM, kilometres, mentions_for
from geo.gazetteer import Gazetteer
from geo.recognition import Tagger
from geo.resolution.context import read_context
from geo.resolution.evidence import COLLECTIVE, OWN, collective_evidence, own_evidence
from geo.resolution.ranker import EXCLUDED, Ranker, excluded, final_likelihood, softmax

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.resolution.context import Bools, Context, Floats, Ints

PENALTY = 2.0
"""Weight of the L2 penalty on standardised weights."""
FOLDS = 5
SPEAKS_FOR = [
    "population",
    "division_population",
    "trust",
    "is_capital",
    "told",
    "word_fits",
    "equals_in_list",
    "likelihood_so_far",
    "same_country",
    "same_country_nearby",
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

    publisher: str
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
                Example(
                    annotated.article.publisher, context, own_evidence(context), excluded(context), right, near, judged
                ),
            )
    return examples


def fit(examples: Sequence[Example], evidence: Sequence[Floats], *, none: bool) -> tuple[Floats, float]:
    """Return the weights that make the annotated places likeliest.

    With `none`, also the sum of the answer "none of these", which is the right
    one where no candidate is near the annotated place; else minus infinity.
    """
    rows, owners, right, offset = [], [], [], 0
    for example, clues in zip(examples, evidence, strict=True):
        answerable = np.zeros(len(example.context.mentions), bool)
        np.logical_or.at(answerable, example.context.owner, example.right & ~example.hard)
        known = np.zeros(len(example.context.mentions), bool)
        np.logical_or.at(known, example.context.owner, example.right)
        wanted = answerable | (example.judged & ~known if none else False)
        used = wanted[example.context.owner] & ~example.hard
        rows.append(clues[used])
        owners.append(example.context.owner[used] + offset)
        right.append(example.right[used])
        offset += len(example.context.mentions)
    x, truth = np.vstack(rows), np.concatenate(right)
    _, owner = np.unique(np.concatenate(owners), return_inverse=True)
    spread = x.std(axis=0)
    spread[spread == 0] = 1.0
    x = x / spread
    size, width = int(owner.max()) + 1, x.shape[1]
    unanswerable = np.bincount(owner, truth, size) == 0

    def loss(parameters: Floats) -> tuple[float, Floats]:
        weights, nothing = parameters[:width], parameters[width] if none else -np.inf
        sums = x @ weights
        highest = np.full(size, nothing)
        np.maximum.at(highest, owner, sums)
        powers, power_of_none = np.exp(sums - highest[owner]), np.exp(nothing - highest)
        everything = np.bincount(owner, powers, size) + power_of_none
        good = np.where(unanswerable, power_of_none, np.bincount(owner, powers * truth, size))
        gradient = x.T @ (powers / everything[owner] - powers * truth / good[owner]) + 2 * PENALTY * weights
        of_none = (power_of_none / everything - unanswerable).sum()
        value = -np.log(good / everything).sum() + PENALTY * (weights @ weights)
        return float(value), np.append(gradient, of_none)

    names = [*OWN, *COLLECTIVE][:width]
    signs = [(0 if name in SPEAKS_FOR else None, 0 if name in SPEAKS_AGAINST else None) for name in names]
    bounds = [*signs, (None, None) if none else (0, 0)]
    found = minimize(loss, np.zeros(width + 1), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500})
    return np.asarray(found.x[:width] / spread), float(found.x[width]) if none else -np.inf


def first_answers(examples: Sequence[Example], weights: Floats) -> list[Floats]:
    """Return the likelihoods by the own clues alone."""
    return [softmax(np.where(e.hard, EXCLUDED, e.own @ weights), e.context) for e in examples]


def _with_collective(examples: Sequence[Example], answers: Sequence[Floats]) -> list[Floats]:
    return [np.hstack([e.own, collective_evidence(e.context, a)]) for e, a in zip(examples, answers, strict=True)]


def folds(examples: Sequence[Example]) -> list[list[int]]:
    """Split into folds that keep the articles of one publisher together, where a corpus names publishers."""
    groups: dict[str, list[int]] = {}
    for number, example in enumerate(examples):
        local = "." in example.publisher  # a newspaper's domain; else the corpus's name, which says nothing
        groups.setdefault(example.publisher if local else f"{number}", []).append(number)
    order = sorted(groups)
    random.Random(7).shuffle(order)  # noqa: S311 - a split, not a secret
    parts: list[list[int]] = [[] for _ in range(FOLDS)]
    for name in order:
        min(parts, key=len).extend(groups[name])
    return parts


def train(examples: Sequence[Example]) -> Ranker:
    """Train both answers and the temperature."""
    parts = folds(examples)
    held_first: dict[int, Floats] = {}
    for part in parts:
        rest = [examples[i] for i in range(len(examples)) if i not in set(part)]
        weights, _ = fit(rest, [e.own for e in rest], none=False)
        held_first.update(zip(part, first_answers([examples[i] for i in part], weights), strict=True))
    both = _with_collective(examples, [held_first[i] for i in range(len(examples))])
    own, _ = fit(examples, [e.own for e in examples], none=False)
    temperatures = []
    for part in parts:
        rest_numbers = sorted(set(range(len(examples))) - set(part))
        weights, nothing = fit([examples[i] for i in rest_numbers], [both[i] for i in rest_numbers], none=True)
        ranker = Ranker(own, weights, nothing)
        temperatures.append(_temperature([examples[i] for i in part], [both[i] for i in part], ranker))
    weights, nothing = fit(examples, both, none=True)
    return Ranker(own, weights, nothing, float(np.exp(np.mean(np.log(temperatures)))))


def _temperature(examples: Sequence[Example], both: Sequence[Floats], ranker: Ranker) -> float:
    """Return the temperature under which the answers for articles not trained on are right as often as they say."""

    def loss(log_temperature: float) -> float:
        warmed = replace(ranker, temperature=float(np.exp(log_temperature)))
        lost = 0.0
        for example, clues in zip(examples, both, strict=True):
            chance = final_likelihood(clues, example.hard, example.context, warmed)
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


def accuracy(examples: Sequence[Example], ranker: Ranker) -> float:
    """Return the share of judged mentions that are placed within 161 km."""
    right = judged = 0
    for example, answer in zip(examples, first_answers(examples, ranker.own), strict=True):
        both = np.hstack([example.own, collective_evidence(example.context, answer)])
        best = _best(example, final_likelihood(both, example.hard, example.context, ranker))
        judged += int(example.judged.sum())
        right += int(sum(example.near[best[m]] for m in np.flatnonzero(example.judged) if best[m] >= 0))
    return right / max(judged, 1)


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
        scores = []
        for part in folds(examples):
            kept = set(part)
            ranker = train([e for i, e in enumerate(examples) if i not in kept])
            scores.append(
                (accuracy([examples[i] for i in part], ranker), sum(int(examples[i].judged.sum()) for i in part))
            )
        mean = sum(a * n for a, n in scores) / sum(n for _, n in scores)
        click.echo(f"cross-validated accuracy@161km: {mean:.3f}")
        ranker = train(examples)
        for path in dev:
            click.echo(f"{path.stem}: {accuracy(read_examples([path], gazetteer, tagger), ranker):.3f}")
        if output:
            ranker.save(output)
            click.echo(f"{output}: temperature {ranker.temperature:.2f}", err=True)


if __name__ == "__main__":
    main()
