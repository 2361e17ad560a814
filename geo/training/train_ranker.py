"""Makes ``geo/resolution/ranker.npz``: the weights of the first answer and the trees of the final one.

Trained on articles in which people marked the place names and said which place
each means, and on short articles of our own. For each annotated name the right
candidate is to be the likeliest of all; where none is right, the answer "none
of these". Run, with the corpora that you may use (some minutes on one core)::

    python -m geo.training.train_ranker CORPORA… -o geo/resolution/ranker.npz

It prints the figures by cross-validation, for which articles of one publisher
are kept together: each article by itself, and with what its publisher's other
articles name. ``geo/training/protocol.py`` measures much more.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click
import numpy as np
from scipy.optimize import minimize

from geo.evaluation.metrics import calibration_error
from geo.gazetteer import Gazetteer
from geo.recognition import Tagger
from geo.resolution.company import collective_evidence
from geo.resolution.evidence import OWN, question_evidence
from geo.resolution.home import home_evidence, homes
from geo.resolution.ranker import (
    CLUES_ALONE,
    CLUES_AT_HOME,
    EXCLUDED,
    Model,
    Ranker,
    final_likelihood,
    nothing,
    softmax,
)
from geo.training.calibration import calibrated
from geo.training.ranker_examples import HISTORICAL, PLAIN, WEIGHTS, read_examples, read_plain
from geo.training.train_trees import Question, grow
from geo.types import Toponym

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from geo.resolution.context import Floats, Ints
    from geo.training.ranker_examples import Example

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


def fit(examples: Sequence[Example]) -> Floats:
    """Return the weights of the own clues that make the annotated places likeliest.

    Our own articles do not count: what they teach is for the trees, which can
    tell a single sentence from an article.
    """
    rows, owners, right, counts, offset = [], [], [], [], 0
    for example in [one for one in examples if one.corpus != PLAIN] or examples:
        answerable = example.context.any_of_mention(example.right & ~example.hard)
        used = answerable[example.context.owner] & ~example.hard
        rows.append(example.own[used])
        owners.append(example.context.owner[used] + offset)
        right.append(example.right[used])
        counts.append(np.full(len(rows[-1]), WEIGHTS.get(example.corpus, 1.0)))
        offset += len(example.context.mentions)
    x, truth = np.vstack(rows), np.concatenate(right)
    _, first, owner = np.unique(np.concatenate(owners), return_index=True, return_inverse=True)
    count = np.concatenate(counts)
    of_mention = count[first]
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
        apart = count * powers * (1 / everything[owner] - truth / good[owner])
        lost = -(of_mention * np.log(good / everything)).sum() + PENALTY * (weights @ weights)
        return float(lost), x.T @ apart + 2 * PENALTY * weights

    bounds = [(0 if name in SPEAKS_FOR else None, 0 if name in SPEAKS_AGAINST else None) for name in OWN]
    found = minimize(loss, np.zeros(len(OWN)), jac=True, method="L-BFGS-B", bounds=bounds, options={"maxiter": 500})
    return np.asarray(found.x / spread)


def folds(examples: Sequence[Example], *, by_publisher: bool = True, number: int = FOLDS) -> list[list[int]]:
    """Split into folds, which keep the articles of one publisher together where a corpus names publishers."""
    groups: dict[str, list[int]] = {}
    for at, example in enumerate(examples):
        local = by_publisher and "." in example.article.publisher  # a newspaper's domain; else the corpus's name
        groups.setdefault(example.article.publisher if local else f"{at}", []).append(at)
    order = sorted(groups)
    random.Random(7).shuffle(order)  # noqa: S311 - a split, not a secret
    parts: list[list[int]] = [[] for _ in range(number)]
    for name in order:
        min(parts, key=len).extend(groups[name])
    return parts


@dataclass(frozen=True, slots=True)
class Trained:
    """What was learned.

    Attributes
    ----------
    ranker
        From all articles; None where it was not asked for.
    of_fold
        From all but those of each fold.
    alone, remembered
        The answers that these gave for the articles that they did not see: by
        themselves, and with what the publisher's other articles name.
    """

    ranker: Ranker | None
    of_fold: list[Ranker]
    alone: list[Floats]
    remembered: list[Floats]


def train(
    examples: Sequence[Example],
    parts: Sequence[Sequence[int]],
    *,
    whole: bool = True,
    progress: Callable[[str], None] = lambda _: None,
) -> Trained:
    """Train the first answer, the final one, and the one at home with the examples that have a home.

    Parameters
    ----------
    examples
        The articles.
    parts
        The folds, as indices of articles.
    whole
        Whether to train on all articles, too.
    progress
        Told what is being done.
    """
    own_of = [fit(_without(examples, part)) for part in parts]
    first: dict[int, Floats] = {}
    for part, own in zip(parts, own_of, strict=True):
        first.update((i, first_answer(examples[i], own)) for i in part)
    clues = [with_company(example, first[i]) for i, example in enumerate(examples)]
    alone = train_trees(examples, clues, CLUES_ALONE, parts, whole=whole, progress=progress)
    known = homes(
        [e.article for e in examples], [_toponyms(e, a) for e, a in zip(examples, alone.answers, strict=True)]
    )
    homely = [i for i, home in enumerate(known) if home is not None]
    progress(f"{len(homely)} articles have a home")
    at_home, remembered = alone, list(alone.answers)  # whose trees ask nothing of a home
    if homely:
        number = {i: at for at, i in enumerate(homely)}
        at_home = train_trees(
            [examples[i] for i in homely],
            [np.hstack([clues[i], home_evidence(examples[i].context, home)]) for i, home in enumerate(known) if home],
            CLUES_AT_HOME,
            [[number[i] for i in part if i in number] for part in parts],
            whole=whole,
            progress=progress,
        )
        for i, answer in zip(homely, at_home.answers, strict=True):
            remembered[i] = answer
    return Trained(
        Ranker(fit(examples), alone.model, at_home.model) if alone.model and at_home.model else None,
        [Ranker(*of_fold) for of_fold in zip(own_of, alone.of_fold, at_home.of_fold, strict=True)],
        alone.answers,
        remembered,
    )


@dataclass(frozen=True, slots=True)
class Grown:
    """The trees of all articles and of each fold, with the answers for what they did not see."""

    model: Model | None
    of_fold: list[Model]
    answers: list[Floats]


def train_trees(
    examples: Sequence[Example],
    clues: Sequence[Floats],
    names: tuple[str, ...],
    parts: Sequence[Sequence[int]],
    *,
    whole: bool,
    progress: Callable[[str], None],
) -> Grown:
    """Grow trees without each fold in turn, and over all articles, and measure how sure their answers may be.

    What a fold's answers are calibrated by is measured on the other folds.
    """
    questions = [ask(e, c, names) for e, c in zip(examples, clues, strict=True)]
    sums: dict[int, tuple[Floats, Floats]] = {}
    grown = []
    for number, part in enumerate(parts, start=1):
        progress(f"{len(names)} clues, fold {number} of {len(parts)}")
        grown.append(grow(_without(questions, part)))
        for i in part:
            everything = grown[-1].sums(np.vstack([questions[i].clues, questions[i].nothing]))
            sums[i] = everything[: len(clues[i])], everything[len(clues[i]) :]
    told = [i for i, example in enumerate(examples) if example.corpus != PLAIN and example.corpus not in HISTORICAL]
    told = told or list(range(len(examples)))

    def measured(kept: Sequence[int]) -> tuple[float, float]:
        return calibrated([examples[i] for i in kept], [sums[i] for i in kept])

    models = []
    answers: dict[int, Floats] = {}
    for part, trees in zip(parts, grown, strict=True):
        left_out = set(part)
        models.append(Model(trees, *measured([i for i in told if i not in left_out])))
        for i in part:
            example = examples[i]
            answers[i] = final_likelihood(clues[i], names, example.hard, example.context, models[-1])
    if whole:
        progress(f"{len(names)} clues, all articles")
    model = Model(grow(questions), *measured(told)) if whole else None
    return Grown(model, models, [answers[i] for i in range(len(examples))])


def first_answer(example: Example, own: Floats) -> Floats:
    """Return the likelihoods by the own clues alone."""
    return softmax(np.where(example.hard, EXCLUDED, example.own @ own), example.context)


def with_company(example: Example, answer: Floats) -> Floats:
    """Return the own clues, those of the question and those of company, given the first answer."""
    return np.hstack([example.own, question_evidence(example.context), collective_evidence(example.context, answer)])


def ask(example: Example, clues: Floats, names: tuple[str, ...]) -> Question:
    """Return what the trees learn from an article; the right answer may be "none of these"."""
    context = example.context
    rows, mentions = nothing(clues, names, context)
    answerable = context.any_of_mention(example.right & ~example.hard)
    nowhere = example.judged & ~context.any_of_mention(example.right) & ~example.decided
    return Question(
        clues=clues,
        owner=context.owner,
        right=example.right,
        open=~example.hard & (answerable | nowhere)[context.owner],
        nothing=rows,
        mentions=mentions,
        nowhere=nowhere[mentions],
        used=(answerable | nowhere)[mentions],
        weight=WEIGHTS.get(example.corpus, 1.0),
    )


def _without(things: Sequence[T], part: Sequence[int]) -> list[T]:
    left_out = set(part)
    return [thing for i, thing in enumerate(things) if i not in left_out]


def _best(example: Example, chance: Floats) -> Ints:
    """Return the likeliest candidate of each mention, -1 where it has none."""
    best = np.full(len(example.context.mentions), -1)
    order = np.argsort(chance, kind="stable")
    best[example.context.owner[order]] = order
    return best


def _toponyms(example: Example, chance: Floats) -> list[Toponym]:
    context = example.context
    return [
        Toponym(context.mentions[m], context.candidates[i].place, float(chance[i]))
        for m, i in enumerate(_best(example, chance))
        if i >= 0
    ]


def tell(examples: Sequence[Example], trained: Trained) -> Iterator[str]:
    """Yield a line for each corpus: what models that did not see the articles place within 161 km, and how sure."""
    for corpus in dict.fromkeys(e.corpus for e in examples):
        cells = []
        for answers in (trained.alone, trained.remembered):
            scores: list[float] = []
            right: list[bool] = []
            judged = 0
            for example, chance in zip(examples, answers, strict=True):
                if example.corpus == corpus:
                    judged += int(example.judged.sum())
                    best = _best(example, chance)[example.judged]
                    scores += chance[best[best >= 0]].tolist()
                    right += example.near[best[best >= 0]].tolist()
            cells.append(f"{sum(right) / judged:.4f} (calibration error {calibration_error(scores, right):.3f})")
        yield (
            f"{corpus}: {judged} toponyms, cross-validated accuracy@161km {cells[0]} alone, "
            f"{cells[1]} with the collection's memory"
        )


@click.command()
@click.argument("corpora", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write the ranker.")
def main(corpora: tuple[Path, ...], output: Path | None) -> None:
    """Train on CORPORA and print the accuracy by cross-validation."""
    with Gazetteer.open() as gazetteer:
        digest = gazetteer.digest
        examples = [*read_examples(corpora, gazetteer, Tagger.open(gazetteer)), *read_plain(gazetteer)]
    click.echo(f"{len(examples)} articles with candidates", err=True)
    trained = train(
        examples, folds(examples), whole=output is not None, progress=lambda told: click.echo(told, err=True)
    )
    for line in tell(examples, trained):
        click.echo(line)
    if output and trained.ranker:
        replace(trained.ranker, gazetteer=digest).save(output)
        models = trained.ranker.alone, trained.ranker.at_home
        told = "; ".join(f"temperature {model.temperature:.2f}, lapse {model.lapse:.3f}" for model in models)
        click.echo(f"{output}: {told}", err=True)


if __name__ == "__main__":
    main()
