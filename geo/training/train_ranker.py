"""Makes ``geo/resolution/ranker.npz``: the weights of the first answer and the trees of the final one.

Trained on articles in which people marked the place names and said which place
each means, and on short articles of our own. For each annotated name the right
candidate is to be the likeliest of all; where none is right, the answer "none
of these". Run, with the corpora that you may use (about five minutes on two cores)::

    python -m geo.training.train_ranker CORPORA… -o geo/resolution/ranker.npz

It prints the figures by cross-validation, for which articles of one publisher
are kept together: each article by itself, and with what its publisher's other
articles name.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
import numpy as np
from scipy.optimize import minimize, minimize_scalar

from geo.evaluation.corpora import read_corpus
from geo.evaluation.resolution import WITHIN_KM, kilometres, mentions_for
from geo.gazetteer import Gazetteer
from geo.recognition import Tagger
from geo.resolution.company import collective_evidence
from geo.resolution.context import read_context
from geo.resolution.evidence import OWN, own_evidence, question_evidence
from geo.resolution.home import home_evidence, homes
from geo.resolution.ranker import (
    CLUES_ALONE,
    CLUES_AT_HOME,
    EXCLUDED,
    Model,
    Ranker,
    decided,
    excluded,
    likelihoods,
    nothing,
    softmax,
)
from geo.training.plain_articles import plain_articles
from geo.training.train_trees import Question, grow
from geo.types import Toponym

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.resolution.context import Bools, Context, Floats, Ints

T = TypeVar("T")

PENALTY = 2.0
"""Weight of the L2 penalty on standardised weights."""
FOLDS = 5
SPEAKS_FOR = frozenset(
    (
        *("population", "division_population", "smaller_than_namesake", "prominence", "trust", "is_capital"),
        *("told", "word_fits", "equals_in_list"),
    )
)
SPEAKS_AGAINST = frozenset(("word_misfits", "by_code"))
"""Own clues whose weight may have one sign only: what they mean is known, and the corpora hold little of some."""

PLAIN_STEP = 3
"""Of our own articles every third is learned from: all of them make a tenth of the corpora's weight in news less
right than they make plain sentences right (.903 / .872 by cross-validation with all of them)."""

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
    corpus: str


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
                    context, own_evidence(context), excluded(context), right, near, judged, path.stem.partition("-")[0]
                ),
            )
    return examples


def read_plain(gazetteer: Gazetteer) -> list[Example]:
    """Gather the own evidence of our own articles (:mod:`geo.training.plain_articles`)."""
    examples = []
    for article, mentions, places in islice(plain_articles(gazetteer.path), 0, None, PLAIN_STEP):
        context = read_context(article, mentions, gazetteer)
        wanted = np.array([places[owner] for owner in context.owner], str)
        right = np.array([candidate.place.id for candidate in context.candidates], str) == wanted
        if right.any():
            judged = np.ones(len(mentions), bool)
            examples.append(Example(context, own_evidence(context), excluded(context), right, right, judged, "plain"))
    return examples


def fit(examples: Sequence[Example]) -> Floats:
    """Return the weights of the own clues that make the annotated places likeliest."""
    rows, owners, right, offset = [], [], [], 0
    for example in examples:
        answerable = np.zeros(len(example.context.mentions), bool)
        np.logical_or.at(answerable, example.context.owner, example.right & ~example.hard)
        used = answerable[example.context.owner] & ~example.hard
        rows.append(example.own[used])
        owners.append(example.context.owner[used] + offset)
        right.append(example.right[used])
        offset += len(example.context.mentions)
    x, truth = np.vstack(rows), np.concatenate(right)
    _, owner = np.unique(np.concatenate(owners), return_inverse=True)
    spread = x.std(axis=0)
    spread[spread == 0] = 1.0
    x = x / spread
    size = int(owner.max()) + 1

    def loss(weights: Floats) -> tuple[float, Floats]:
        sums = x @ weights
        highest = np.full(size, -np.inf)
        np.maximum.at(highest, owner, sums)
        powers = np.exp(sums - highest[owner])
        everything = np.bincount(owner, powers, size)
        good = np.bincount(owner, powers * truth, size)
        gradient = x.T @ (powers / everything[owner] - powers * truth / good[owner]) + 2 * PENALTY * weights
        return float(-np.log(good / everything).sum() + PENALTY * (weights @ weights)), gradient

    bounds = [(0 if name in SPEAKS_FOR else None, 0 if name in SPEAKS_AGAINST else None) for name in OWN]
    found = minimize(loss, np.zeros(len(OWN)), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500})
    return np.asarray(found.x / spread)


def first_answers(examples: Sequence[Example], own: Floats) -> list[Floats]:
    """Return the likelihoods by the own clues alone."""
    return [softmax(np.where(e.hard, EXCLUDED, e.own @ own), e.context) for e in examples]


def with_company(examples: Sequence[Example], answers: Sequence[Floats]) -> list[Floats]:
    """Return the own clues, those of the question and those of company, given the first answers."""
    return [
        np.hstack([e.own, question_evidence(e.context), collective_evidence(e.context, a)])
        for e, a in zip(examples, answers, strict=True)
    ]


def with_home(
    examples: Sequence[Example], clues: Sequence[Floats], answers: Sequence[Floats]
) -> tuple[list[Example], list[Floats]]:
    """Return the examples that have a home by these answers, and their clues with those of the home."""
    found = homes(
        [e.context.articles[0] for e in examples], [_toponyms(e, a) for e, a in zip(examples, answers, strict=True)]
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
        local = "." in example.context.articles[0].publisher  # a newspaper's domain; else the corpus's name
        groups.setdefault(example.context.articles[0].publisher if local else f"{number}", []).append(number)
    order = sorted(groups)
    random.Random(7).shuffle(order)  # noqa: S311 - a split, not a secret
    parts: list[list[int]] = [[] for _ in range(FOLDS)]
    for name in order:
        min(parts, key=len).extend(groups[name])
    return parts


@dataclass(frozen=True, slots=True)
class Trained:
    """A model, and the answers that models like it gave for the articles that they did not see."""

    model: Model
    answers: list[Floats]


def train(examples: Sequence[Example]) -> tuple[Floats, Trained, tuple[list[Example], Trained]]:
    """Train the first answer, the final one, and the one at home with the examples that have a home."""
    first: dict[int, Floats] = {}
    for part in folds(examples):
        own = fit(_without(examples, part))
        first.update(zip(part, first_answers([examples[i] for i in part], own), strict=True))
    clues = with_company(examples, [first[i] for i in range(len(examples))])
    alone = train_trees(examples, clues, CLUES_ALONE)
    homely, homely_clues = with_home(examples, clues, alone.answers)
    return fit(examples), alone, (homely, train_trees(homely, homely_clues, CLUES_AT_HOME))


def train_trees(examples: Sequence[Example], clues: Sequence[Floats], names: tuple[str, ...]) -> Trained:
    """Grow trees over all articles, and others without each fold in turn, which give answers and the temperature."""
    questions = [ask(e, c, names) for e, c in zip(examples, clues, strict=True)]
    sums: dict[int, tuple[Floats, Floats]] = {}
    for part in folds(examples):
        trees = grow(_without(questions, part))
        for i in part:
            everything = trees.sums(np.vstack([questions[i].clues, questions[i].nothing]))
            sums[i] = everything[: len(clues[i])], everything[len(clues[i]) :]
    temperature = _temperature(examples, questions, sums)
    answers = [_answer(e, q, sums[i], temperature) for i, (e, q) in enumerate(zip(examples, questions, strict=True))]
    return Trained(Model(grow(questions), temperature), answers)


def ask(example: Example, clues: Floats, names: tuple[str, ...]) -> Question:
    """Return what the trees learn from an article; the right answer may be "none of these"."""
    context = example.context
    rows, mentions = nothing(clues, names, context)
    known = np.zeros(len(context.mentions), bool)
    np.logical_or.at(known, context.owner, example.right)
    answerable = np.zeros(len(context.mentions), bool)
    np.logical_or.at(answerable, context.owner, example.right & ~example.hard)
    nowhere = example.judged & ~known & ~decided(context)
    return Question(
        clues=clues,
        owner=context.owner,
        right=example.right,
        open=~example.hard & (answerable | nowhere)[context.owner],
        nothing=rows,
        mentions=mentions,
        nowhere=nowhere[mentions],
        used=(answerable | nowhere)[mentions],
    )


def _answer(example: Example, question: Question, sums: tuple[Floats, Floats], temperature: float) -> Floats:
    candidates, none = sums
    return likelihoods(candidates / temperature, none / temperature, question.mentions, example.hard, example.context)


def _without(things: Sequence[T], part: Sequence[int]) -> list[T]:
    left_out = set(part)
    return [thing for i, thing in enumerate(things) if i not in left_out]


def _temperature(
    examples: Sequence[Example], questions: Sequence[Question], sums: Mapping[int, tuple[Floats, Floats]]
) -> float:
    """Return the temperature under which the answers for articles not trained on are right as often as they say."""

    def loss(log_temperature: float) -> float:
        lost = 0.0
        for number, (example, question) in enumerate(zip(examples, questions, strict=True)):
            chance = _answer(example, question, sums[number], float(np.exp(log_temperature)))
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


def _right(example: Example, chance: Floats) -> int:
    best = _best(example, chance)
    return int(sum(example.near[best[m]] for m in np.flatnonzero(example.judged) if best[m] >= 0))


def tell(examples: Sequence[Example], alone: Trained, homely: Sequence[Example], at_home: Trained) -> Iterator[str]:
    """Yield a line for each corpus: the share placed within 161 km by models that did not see the article."""
    final = {id(e): _right(e, a) for e, a in zip(examples, alone.answers, strict=True)}
    remembered = final | {id(e): _right(e, a) for e, a in zip(homely, at_home.answers, strict=True)}
    for corpus in dict.fromkeys(e.corpus for e in examples):
        mine = [e for e in examples if e.corpus == corpus]
        judged = sum(int(e.judged.sum()) for e in mine)
        right, at_home_right = (sum(found[id(e)] for e in mine) for found in (final, remembered))
        yield (
            f"{corpus}: {judged} toponyms, cross-validated accuracy@161km {right / judged:.4f} alone, "
            f"{at_home_right / judged:.4f} with the collection's memory"
        )


@click.command()
@click.argument("corpora", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write the ranker.")
def main(corpora: tuple[Path, ...], output: Path | None) -> None:
    """Train on CORPORA and print the accuracy by cross-validation."""
    with Gazetteer.open() as gazetteer:
        digest = gazetteer.about()["digest"]
        examples = [*read_examples(corpora, gazetteer, Tagger.open(gazetteer)), *read_plain(gazetteer)]
    click.echo(f"{len(examples)} articles with candidates", err=True)
    own, alone, (homely, at_home) = train(examples)
    for line in tell(examples, alone, homely, at_home):
        click.echo(line)
    if output:
        Ranker(own, alone.model, at_home.model, digest).save(output)
        click.echo(
            f"{output}: temperatures {alone.model.temperature:.2f}, {at_home.model.temperature:.2f}; "
            f"{len(homely)} articles have a home",
            err=True,
        )


if __name__ == "__main__":
    main()
