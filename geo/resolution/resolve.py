"""Mentions to toponyms: candidates, evidence, a choice, its probability and its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import numpy as np

from geo.resolution.context import read_context
from geo.resolution.ranker import Ranker, rank
from geo.resolution.reasons import Teller
from geo.types import Alternative, Toponym

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.resolution.context import Context, Floats, Ints
    from geo.resolution.home import Home
    from geo.types import Article, Mention, NameIndex, Place

THRESHOLD = 0.2
"""Probability below which a mention is left unresolved rather than guessed. On the dev corpora one in
seven of the answers below it is right (``python -m geo.evaluation.resolution``)."""

MOST_TOGETHER = 400
"""Mentions that are resolved together, at most. A longer text is no single discourse, and its parts
are taken one after the other, so that the time grows with the length and not with its square."""

MOST_ALTERNATIVES = 4
UNLIKELY = 0.005
NAMESAKE_TRUST = 0.9
"""Runners-up below this probability are told only where hard evidence excluded a true namesake: a
reader who knows the other Zolochiv wants to see that it was thought of."""


@dataclass(frozen=True, slots=True)
class Resolver:
    """Decides which place each mention of an article means.

    Parameters
    ----------
    names
        The gazetteer to take candidates from.
    ranker
        The weights of the evidence.
    threshold
        Probability below which a mention is left unresolved.
    """

    names: NameIndex
    ranker: Ranker
    threshold: float = THRESHOLD

    @classmethod
    def open(cls, names: NameIndex, *, threshold: float = THRESHOLD) -> Self:
        """Return a resolver with the shipped weights."""
        return cls(names, Ranker.open(), threshold)

    def resolve(
        self, article: Article, mentions: Sequence[Mention], *, home: Home | None = None, reasons: bool = True
    ) -> tuple[Toponym, ...]:
        """Return a toponym for each of `mentions`, in their order.

        The mentions of an article are resolved together; give all of them.
        `home` is what the other articles of its publisher name, if known.
        Without `reasons` the choice is the same, untold, in half the time.
        """
        return tuple(
            toponym
            for first in range(0, len(mentions), MOST_TOGETHER)
            for toponym in self._resolve_together(
                article, mentions[first : first + MOST_TOGETHER], home, reasons=reasons
            )
        )

    def _resolve_together(
        self, article: Article, mentions: Sequence[Mention], home: Home | None, *, reasons: bool
    ) -> tuple[Toponym, ...]:
        context = read_context(article, mentions, self.names)
        ranking = rank(context, self.ranker, home)
        likely = _likeliest(context, ranking.likelihood)
        teller = Teller(context, ranking, home, likely)
        return tuple(self._toponym(teller, number, reasons=reasons) for number in range(len(context.mentions)))

    def _toponym(self, teller: Teller, number: int, *, reasons: bool) -> Toponym:
        context, ranking, likely = teller.context, teller.ranking, teller.likely
        mention = context.mentions[number]
        chosen = int(likely[number])
        if chosen < 0:
            return Toponym(mention, None, reason=f"The gazetteer knows no place called “{mention.text}”.")
        mine = np.flatnonzero(context.owner == number)
        order = mine[np.argsort(-ranking.likelihood[mine], kind="stable")]
        rivals = [int(i) for i in order[1:]]
        alternatives = tuple(
            Alternative(context.candidates[i].place, round(float(ranking.likelihood[i]), 4))
            for i in rivals[:MOST_ALTERNATIVES]
            if ranking.likelihood[i] >= UNLIKELY or (ranking.hard[i] and context.trust[i] >= NAMESAKE_TRUST)
        )
        score = round(float(ranking.likelihood[chosen]), 4)
        if score < self.threshold:
            place = context.candidates[chosen].place
            return Toponym(
                mention,
                None,
                score=score,
                reason=_unsure(mention, place, score, known=len(mine)),
                alternatives=(Alternative(place, score), *alternatives)[:MOST_ALTERNATIVES],
            )
        why = teller.reason(chosen, rivals[0] if rivals else None) if reasons else ""
        candidate = context.candidates[chosen]
        return Toponym(mention, candidate.place, score, why, candidate.matched_name, alternatives)


def _unsure(mention: Mention, place: Place, score: float, *, known: int) -> str:
    likeliest = f"{place.name}, {place.admin1 or place.country_code}".removesuffix(", ")
    if known == 1:
        only = f"The only place called “{mention.text}” in the gazetteer, {likeliest},"
        return f"{only} fits the article too little ({score:.0%})."
    return (
        f"Of {known} places called “{mention.text}” the likeliest, {likeliest}, has a probability of only {score:.0%}."
    )


def _likeliest(context: Context, likelihood: Floats) -> Ints:
    best = np.full(len(context.mentions), -1)
    # Of equals the first stands, so that the same article gives the same answer on every machine.
    order = np.lexsort((-np.arange(len(likelihood)), likelihood.round(9)))
    best[context.owner[order]] = order
    return best
