"""What articles offer for telling their places apart: all candidates of all mentions, as arrays.

Everything is indexed by candidate: ``owner[i]`` is the mention that candidate
``i`` belongs to. Mentions of an article that are spelled alike share a
surface, since an article that says Paris twice most often means one Paris.
Several articles can be put together, because a step of numpy takes as long for
one article as for ten; they share nothing, and each gets the same answers as
by itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import numpy as np

from geo.resolution.known import CODES, NUMBERS, KnownNames

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.types import Article, Candidate, Mention, NameIndex

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG). Used for nearness as evidence; distances that are shown come from geopy."""


@dataclass(frozen=True, eq=False)
class Context:
    """The mentions of one article, or of several, and what each can mean, flattened.

    Attributes
    ----------
    articles
        As given; one that is given twice is two.
    mentions
        As given, one article after the other, in the order of the text.
    article
        Index of each mention's article.
    candidates
        All candidates of all mentions, those of one mention together.
    owner
        Index of each candidate's mention.
    start
        Index of each mention's first candidate, and at its end the number of candidates, shape (mentions + 1,).
    surface
        Index of each mention's spelling in its article; those of one article are together.
    gaps
        The text between each mention and the next one of its article, None after the last.
    is_country, is_admin1, is_admin2
        Which candidates are countries, first-order and second-order divisions.
    country, admin1, admin2
        Small integers, equal where the code or name is equal; -1 where there is none.
    unit
        Position of each candidate on the unit sphere, shape (candidates, 3).
    within
        Which candidates lie in what their own name says ("Paris, Texas" as one name).
    """

    articles: tuple[Article, ...]
    mentions: tuple[Mention, ...]
    article: Ints
    candidates: tuple[Candidate, ...]
    owner: Ints
    start: Ints
    surface: Ints
    surfaces: int
    gaps: tuple[str | None, ...]
    country: Ints
    admin1: Ints
    admin2: Ints
    feature_class: NDArray[np.str_]
    feature_code: NDArray[np.str_]
    population: Floats
    prominence: Floats
    trust: Floats
    kind: NDArray[np.str_]
    is_country: Bools
    is_admin1: Bools
    is_admin2: Bools
    unit: Floats
    within: Bools
    sense: Ints
    """One number for each pair of surface and place: candidates with equal numbers say the same."""

    @cached_property
    def middle(self) -> Floats:
        """Position of each mention in its text, in characters."""
        return np.array([(m.start + m.end) / 2 for m in self.mentions])

    @cached_property
    def of_article(self) -> Ints:
        """Index of each article's first mention, and at its end the number of mentions, shape (articles + 1,)."""
        return np.searchsorted(self.article, np.arange(len(self.articles) + 1))

    @cached_property
    def bounds(self) -> list[int]:
        """:attr:`start` as a list, which is quicker to ask for one mention."""
        return self.start.tolist()

    def text(self, mention: int) -> str:
        """Return the text that a mention is in."""
        return self.articles[self.article[mention]].text

    def of(self, mention: int) -> Ints:
        """Return the candidates of a mention."""
        return np.arange(self.bounds[mention], self.bounds[mention + 1])

    def best_of_mention(self, values: Floats) -> Floats:
        """Return, for each candidate, the highest of `values` within its mention."""
        highest = np.full(len(self.mentions), -np.inf)
        np.maximum.at(highest, self.owner, values)
        return highest[self.owner]

    def highest_of_sense(self, values: Floats) -> Floats:
        """Return, for each candidate, the highest of `values` that its sense has anywhere in the article."""
        highest = np.full(int(self.sense.max(initial=-1)) + 1, -np.inf)
        np.maximum.at(highest, self.sense, values)
        return highest[self.sense]

    def any_of_mention(self, values: Bools) -> Bools:
        """Return, for each mention, whether any of its candidates has a true value, shape (mentions,)."""
        return np.bincount(self.owner[values], minlength=len(self.mentions)) > 0


def read_context(article: Article, mentions: Sequence[Mention], names: NameIndex) -> Context:
    """Gather what each of `mentions` can mean."""
    return read_contexts([(article, mentions)], KnownNames(names))


def read_contexts(given: Sequence[tuple[Article, Sequence[Mention]]], known: KnownNames) -> Context:
    """Gather what each mention of several articles can mean.

    Parameters
    ----------
    given
        The articles, each with its mentions in the order of the text.
    known
        The gazetteer.
    """
    mentions = [mention for _, of_article in given for mention in of_article]
    meanings = known.meanings(mentions)
    article = np.repeat(np.arange(len(given)), [len(of_article) for _, of_article in given])
    spellings: dict[tuple[int, str], int] = {}
    surface = np.array(
        [
            spellings.setdefault((number, one.spelling), len(spellings))
            for number, one in zip(article.tolist(), meanings, strict=True)
        ],
        int,
    )
    sizes = np.array([len(one.candidates) for one in meanings], int)
    numbers = np.concatenate([np.empty((0, len(NUMBERS))), *(one.numbers for one in meanings)])
    codes = np.concatenate([np.empty((0, len(CODES)), int), *(one.codes for one in meanings)])
    column = dict(zip(CODES, codes.T, strict=True))
    texts = np.array(known.texts or [""], str)
    owner = np.repeat(np.arange(len(mentions)), sizes)
    feature_class, feature_code = texts[column["feature_class"]], texts[column["feature_code"]]
    places = int(column["place"].max(initial=0)) + 1
    return Context(
        articles=tuple(one for one, _ in given),
        mentions=tuple(mentions),
        article=article,
        candidates=tuple(chain.from_iterable(one.candidates for one in meanings)),
        owner=owner,
        start=np.concatenate([[0], np.cumsum(sizes)]),
        surface=surface,
        surfaces=len(spellings),
        gaps=tuple(gap for one, of_article in given for gap in _gaps(one.text, of_article)),
        country=column["country"],
        admin1=column["admin1"],
        admin2=column["admin2"],
        feature_class=feature_class,
        feature_code=feature_code,
        # Not what else is in class A: a third-order division is no country.
        is_country=(feature_class == "A") & np.char.startswith(feature_code, "PCL"),
        is_admin1=feature_code == "ADM1",
        is_admin2=feature_code == "ADM2",
        population=numbers[:, 3],
        prominence=numbers[:, 4],
        trust=numbers[:, 5],
        kind=texts[column["kind"]],
        unit=numbers[:, :3],
        within=column["within"] > 0,
        sense=np.unique(surface[owner] * places + column["place"], return_inverse=True)[1],
    )


def _gaps(text: str, mentions: Sequence[Mention]) -> list[str | None]:
    between: list[str | None] = [text[one.end : then.start] for one, then in pairwise(mentions)]
    return [*between, None] if mentions else []
