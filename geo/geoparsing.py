"""The whole sentence: articles → mentions → candidates → toponyms → atlas."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.atlas import Atlas
from geo.gazetteer import Gazetteer
from geo.recognition import Tagger, passage
from geo.resolution import THRESHOLD, Resolver, homes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from geo.types import Article, Mention, Recogniser, Toponym


def geoparse(
    articles: Iterable[Article],
    *,
    gazetteer: Gazetteer | None = None,
    recogniser: Recogniser | None = None,
    threshold: float = THRESHOLD,
    progress: Callable[[Iterable[Article]], Iterable[Article]] = iter,
) -> Atlas:
    """Find the places that `articles` name and decide which each one is.

    Where three articles or more have one publisher (or, if none is stated, one
    folder), each is read a second time with what the others surely name.

    Parameters
    ----------
    articles
        What to read.
    gazetteer
        Where to look names up; by default the embedded one.
    recogniser
        Finds the mentions; by default the shipped tagger.
    threshold
        Probability in [0, 1] below which a mention is left unresolved.
    progress
        Wraps the articles, once as they are read and once as they are placed,
        to show how far it is.

    Returns
    -------
    Atlas
        The articles, every mention, and the places they mean.

    Examples
    --------
    >>> article = Article("1", "A storm", "A storm reached Odesa, Ukraine, on Monday.")
    >>> atlas = geoparse([article])
    >>> atlas.places["name"].tolist()
    ['Odesa', 'Ukraine']
    """
    gazetteer = gazetteer or Gazetteer.open()
    recogniser = recogniser or Tagger.open(gazetteer)
    resolver = Resolver.open(gazetteer, threshold=threshold)
    read = tuple(articles)
    alone: list[tuple[Toponym, ...]] = []
    found: list[_Found] = []
    for article in progress(read):
        found.append(_recognised(article, recogniser))
        alone.append(resolver.resolve(found[-1].whole, found[-1].mentions, reasons=False))
    known = homes(read, alone)
    toponyms = [
        toponym
        for _, one, home in zip(progress(read), found, known, strict=True)
        for toponym in one.returned(resolver.resolve(one.whole, one.mentions, home=home))
    ]
    return Atlas.from_toponyms(
        read,
        toponyms,
        areas=gazetteer.area,
        passages=lambda article, mention: passage(article.text, mention.start, mention.end),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    """The mentions of an article, read with its headline.

    A headline that is no part of the text often says best which place is meant
    ("Tripoli, Lebanon"). What it names itself is not returned, since offsets
    count in the text.
    """

    whole: Article
    mentions: tuple[Mention, ...]
    headline: int
    """Characters that stand before the text."""

    def returned(self, toponyms: Iterable[Toponym]) -> Iterator[Toponym]:
        """Yield those of `toponyms` that are in the text, with offsets that count there."""
        for toponym in toponyms:
            mention = toponym.mention
            if mention.start >= self.headline:
                moved = replace(mention, start=mention.start - self.headline, end=mention.end - self.headline)
                yield replace(toponym, mention=moved) if self.headline else toponym


def _recognised(article: Article, recogniser: Recogniser) -> _Found:
    if not article.title or article.text.startswith(article.title.rstrip("… ")):
        return _Found(article, recogniser.recognise(article), 0)
    headline = f"{article.title}\n\n"
    whole = replace(article, text=headline + article.text)
    return _Found(whole, recogniser.recognise(whole), len(headline))
