"""What stands around an annotated name when it is asked for: the protocol's kinds of context."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from geo.recognition.given_spans import readings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.evaluation.corpora import AnnotatedArticle
    from geo.types import Mention

    Read = list[tuple[tuple[Mention, ...], list[tuple[int, int]]]]
    """The readings of an article: mentions, and pairs of an annotation's number and its mention's."""

GIVEN = "given"
HIDDEN = "given, 30 % hidden"
RECOGNISED = "recognised"

HIDDEN_SHARE = 0.3
SEED = 2020


def given(annotated: AnnotatedArticle, found: Sequence[Mention]) -> Read:
    """Return the readings in which all annotated names stand together, with what is recognised around them."""
    spans = [(one.start, one.end) for one in annotated.annotations]
    return [(one.mentions, list(one.asked)) for one in readings(annotated.article, spans, found)]


def hidden(annotated: AnnotatedArticle, found: Sequence[Mention]) -> Read:
    """Return the readings of :func:`given` without three tenths of the mentions, which are not asked for either.

    Which they are is drawn by the article's id, the same each time.
    """
    drawn = random.Random(f"{SEED} {annotated.article.id}")  # noqa: S311 - a sample, not a secret
    left = []
    for mentions, wanted in given(annotated, found):
        kept = [at for at in range(len(mentions)) if drawn.random() >= HIDDEN_SHARE]
        number = {at: now for now, at in enumerate(kept)}
        left.append(
            (
                tuple(mentions[at] for at in kept),
                [(annotation, number[at]) for annotation, at in wanted if at in number],
            )
        )
    return left


def recognised(annotated: AnnotatedArticle, found: Sequence[Mention]) -> Read:
    """Return readings in which each annotated name stands among nothing but what is recognised.

    Names that are recognised as they are annotated share one reading; each of
    the others takes the place of what it overlaps in one of its own.
    """
    at = {(mention.start, mention.end): number for number, mention in enumerate(found)}
    shared, read = [], []
    for number, one in enumerate(annotated.annotations):
        span = one.start, one.end
        if span in at:
            shared.append((number, at[span]))
        else:
            [reading] = readings(annotated.article, [span], found)
            read.append((reading.mentions, [(number, index) for _, index in reading.asked]))
    return [(tuple(found), shared), *read]


CONTEXTS: Mapping[str, Callable[[AnnotatedArticle, Sequence[Mention]], Read]] = {
    GIVEN: given,
    HIDDEN: hidden,
    RECOGNISED: recognised,
}
