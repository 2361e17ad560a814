"""Mentions to toponyms: candidates, evidence, a choice, its probability and its reason."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Self

import numpy as np

from geo.resolution.context import read_contexts
from geo.resolution.known import KnownNames
from geo.resolution.ranker import Ranker, rank
from geo.resolution.reasons import Teller
from geo.types import Alternative, Toponym

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from geo.resolution.context import Context, Floats, Ints
    from geo.resolution.home import Home
    from geo.resolution.ranker import Ranking
    from geo.types import Article, Mention, NameIndex, Place

THRESHOLD = 0.2
"""Probability below which a mention is left unresolved rather than guessed. On the dev corpora one in
seven of the answers below it is right (``python -m geo.evaluation.resolution``)."""

MOST_TOGETHER = 400
"""Mentions that are resolved together, at most. A longer text is no single discourse, and its parts
are taken one after the other, so that the time grows with the length and not with its square."""

BATCH = 200
"""Mentions from which no further article is put together with those before it: a step of numpy takes nearly as long
for ten articles as for one, and for a hundred what it works on is more than the processor has at hand."""

MOST_ALTERNATIVES = 4
UNLIKELY = 0.005
NAMESAKE_TRUST = 0.9
"""Runners-up below this probability are told only where hard evidence excluded a true namesake: a
reader who knows the other Zolochiv wants to see that it was thought of."""


class Asked(NamedTuple):
    """An article to resolve: its mentions in the order of the text, and what the others of its publisher name."""

    article: Article
    mentions: Sequence[Mention]
    home: Home | None = None


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
    _known: KnownNames = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_known", KnownNames(self.names))

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
        [toponyms] = self.resolve_many([Asked(article, mentions, home)], reasons=reasons)
        return toponyms

    def resolve_many(self, asked: Iterable[Asked], *, reasons: bool = True) -> Iterator[tuple[Toponym, ...]]:
        """Yield what :meth:`resolve` returns for each of `asked`, several times as fast.

        Parameters
        ----------
        asked
            The articles, taken a few at a time.
        reasons
            Whether the toponyms say why.
        """
        for together in _batches(asked):
            parts = [part for one in together for part in _parts(one)]
            resolved: dict[int, tuple[Toponym, ...]] = {}
            for is_at_home in (False, True):
                numbers = [number for number, part in enumerate(parts) if (part.home is not None) == is_at_home]
                found = self._resolve_together([parts[number] for number in numbers], reasons=reasons)
                resolved.update(zip(numbers, found, strict=True))
            numbers_left = iter(range(len(parts)))
            for one in together:
                yield tuple(toponym for _ in _parts(one) for toponym in resolved[next(numbers_left)])

    def _resolve_together(self, parts: Sequence[Asked], *, reasons: bool) -> list[tuple[Toponym, ...]]:
        """Return the toponyms of each of `parts`, which all have a home or all have none."""
        if not parts:
            return []
        context = read_contexts([(part.article, part.mentions) for part in parts], self._known)
        homes = [part.home for part in parts if part.home]
        ranking = rank(context, self.ranker, homes)
        order = _likeliest_first(context, ranking.likelihood)
        told = _reasons(context, ranking, homes, order) if reasons else {}
        toponyms = self._toponyms(context, ranking, order, told)
        return [
            tuple(toponyms[first:last])
            for first, last in zip(context.of_article.tolist(), context.of_article.tolist()[1:], strict=False)
        ]

    def _toponyms(self, context: Context, ranking: Ranking, order: Ints, told: dict[int, str]) -> list[Toponym]:
        scores = ranking.likelihood.round(4).tolist()
        shown = (ranking.likelihood >= UNLIKELY) | (ranking.hard & (context.trust >= NAMESAKE_TRUST))
        is_shown, ordered, bounds, candidates = shown.tolist(), order.tolist(), context.bounds, context.candidates
        toponyms = []
        for number, mention in enumerate(context.mentions):
            first, last = bounds[number], bounds[number + 1]
            if first == last:
                reason = f"The gazetteer knows no place called “{mention.text}”."
                toponyms.append(Toponym(mention, None, reason=reason))
                continue
            chosen, score = ordered[first], scores[ordered[first]]
            runners_up = ordered[first + 1 : min(last, first + 1 + MOST_ALTERNATIVES)]
            alternatives = tuple([Alternative(candidates[i].place, scores[i]) for i in runners_up if is_shown[i]])
            place = candidates[chosen].place
            if score < self.threshold:
                reason = _unsure(mention, place, score, known=last - first)
                alternatives = (Alternative(place, score), *alternatives)[:MOST_ALTERNATIVES]
                toponyms.append(Toponym(mention, None, score, reason, "", alternatives))
            else:
                matched_name = candidates[chosen].matched_name
                toponyms.append(Toponym(mention, place, score, told.get(number, ""), matched_name, alternatives))
        return toponyms


def _batches(asked: Iterable[Asked]) -> Iterator[list[Asked]]:
    """Yield `asked` in lists that together have about :data:`BATCH` mentions."""
    together: list[Asked] = []
    mentions = 0
    for one in asked:
        together.append(one)
        mentions += len(one.mentions)
        if mentions >= BATCH:
            yield together
            together, mentions = [], 0
    if together:
        yield together


def _parts(asked: Asked) -> list[Asked]:
    """Return an article in parts of at most :data:`MOST_TOGETHER` mentions."""
    firsts = range(0, len(asked.mentions), MOST_TOGETHER)
    return [asked._replace(mentions=asked.mentions[first : first + MOST_TOGETHER]) for first in firsts]


def _likeliest_first(context: Context, likelihood: Floats) -> Ints:
    """Return the candidates of each mention after those of the one before it, the likeliest first."""
    # Of equals the first stands, so that the same article gives the same answer on every machine.
    return np.lexsort((-likelihood.round(9), context.owner))


def _reasons(context: Context, ranking: Ranking, homes: Sequence[Home], order: Ints) -> dict[int, str]:
    """Return why the likeliest candidate of each mention was chosen, for those that have one."""
    mentions = np.flatnonzero(np.diff(context.start))
    likely = np.full(len(context.mentions), -1)
    likely[mentions] = order[context.start[mentions]]
    teller = Teller(context, ranking, tuple(homes), tuple(likely.tolist()))
    several = mentions[np.diff(context.start)[mentions] > 1]
    rivals = np.full(len(context.mentions), -1)
    rivals[several] = order[context.start[several] + 1]
    return dict(zip(mentions.tolist(), teller.reasons(likely[mentions], rivals[mentions]), strict=True))


def _unsure(mention: Mention, place: Place, score: float, *, known: int) -> str:
    likeliest = f"{place.name}, {place.admin1 or place.country_code}".removesuffix(", ")
    if known == 1:
        only = f"The only place called “{mention.text}” in the gazetteer, {likeliest},"
        return f"{only} fits the article too little ({score:.0%})."
    return (
        f"Of {known} places called “{mention.text}” the likeliest, {likeliest}, has a probability of only {score:.0%}."
    )
