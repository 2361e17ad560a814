"""Articles ready for training the ranker: annotated ones, and plain ones of our own."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from geo.evaluation.corpora import read_corpus
from geo.evaluation.judging import kilometres
from geo.evaluation.metrics import WITHIN_KM
from geo.evaluation.resolution import mentions_for
from geo.resolution.context import read_contexts
from geo.resolution.evidence import own_evidence
from geo.resolution.known import KnownNames
from geo.resolution.ranker import decided, excluded
from geo.training.plain_articles import plain_articles

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from geo.evaluation.corpora import AnnotatedArticle
    from geo.gazetteer import Gazetteer
    from geo.resolution.context import Bools, Context, Floats
    from geo.types import Article, Recogniser

PLAIN = "plain"
"""Name of the corpus of our own articles."""

PLAIN_STEP = 3
"""Of our own articles every third is learned from."""

HISTORICAL = frozenset(("wotr",))
"""Corpora of other times, in which a name without its place says nothing of the gazetteer: "none of these" is not
learned from them, nor how sure an answer is."""

STEPS = {"wotr": 3}
"""Of a corpus that is told here every so many articles are learned from: it has more than the others together, and
is of another kind."""

WEIGHTS = {PLAIN: 0.3, "wotr": 0.3}
"""How much a name of a corpus counts; 1 where it is not told. What the card says of each weight is measured."""

EXACT_KM = 15.0
"""A candidate this near to the annotation is the annotated place when no candidate has its id."""

WIDE_KM = 2500.0
"""A country, a sea or a region this near is the annotated one when nothing is nearer: wide places have
no agreed point, and the answer "none of these" is not to be learned from that."""


@dataclass(frozen=True, slots=True)
class Example:
    """An article ready for training.

    Attributes
    ----------
    corpus
        Name of the corpus that it is from.
    context, own, hard, decided
        Its candidates, their own clues, which of them hard evidence excludes,
        and which mentions it decides.
    right
        Candidates that are the annotated place.
    near
        Candidates within 161 km of it: what is counted.
    judged
        Mentions with coordinates, shape (mentions,).
    """

    corpus: str
    context: Context
    own: Floats
    hard: Bools
    decided: Bools
    right: Bools
    near: Bools
    judged: Bools

    @property
    def article(self) -> Article:
        """The article."""
        return self.context.articles[0]


def read_examples(paths: Iterable[Path], gazetteer: Gazetteer, recogniser: Recogniser) -> list[Example]:
    """Read corpora and gather the own evidence of each article.

    A corpus is called after its file, up to the first hyphen ("lgl-train.jsonl").
    """
    return [
        example
        for path in paths
        for example in annotated_examples(path.stem.partition("-")[0], read_corpus(path), gazetteer, recogniser)
    ]


def annotated_examples(
    corpus: str, annotated: Sequence[AnnotatedArticle], gazetteer: Gazetteer, recogniser: Recogniser
) -> Iterator[Example]:
    """Yield an example of each annotated article that has candidates."""
    known = KnownNames(gazetteer)
    for one in islice(annotated, 0, None, STEPS.get(corpus, 1)):
        mentions, numbers = mentions_for(one, recogniser)
        context = read_contexts([(one.article, mentions)], known)
        if not len(context.candidates):
            continue
        right, near = np.zeros(len(context.candidates), bool), np.zeros(len(context.candidates), bool)
        judged = np.zeros(len(mentions), bool)
        for annotation, number in zip(one.annotations, numbers, strict=True):
            if annotation.lat is None:
                continue
            mine = context.of(number)
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
            judged[number] = corpus not in HISTORICAL or bool(same.any())
        yield _example(corpus, context, right, near, judged)


def read_plain(gazetteer: Gazetteer) -> list[Example]:
    """Gather the own evidence of our own articles (:mod:`geo.training.plain_articles`)."""
    known = KnownNames(gazetteer)
    examples = []
    for article, mentions, places in islice(plain_articles(gazetteer.path), 0, None, PLAIN_STEP):
        context = read_contexts([(article, mentions)], known)
        wanted = np.array([places[owner] for owner in context.owner], str)
        right = np.array([candidate.place.id for candidate in context.candidates], str) == wanted
        if right.any():
            examples.append(_example(PLAIN, context, right, right, np.ones(len(mentions), bool)))
    return examples


def _example(corpus: str, context: Context, right: Bools, near: Bools, judged: Bools) -> Example:
    return Example(corpus, context, own_evidence(context), excluded(context), decided(context), right, near, judged)
