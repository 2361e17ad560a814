"""The whole sentence: articles → mentions → candidates → toponyms → atlas."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from geo.atlas import Atlas
from geo.gazetteer import Gazetteer
from geo.recognition import Tagger, passage
from geo.resolution import THRESHOLD, Resolver

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
        Wraps the articles as they are read, to show how far it is.

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
    toponyms = [toponym for article in progress(read) for toponym in resolve(article, recogniser, resolver)]
    return Atlas.from_toponyms(
        read,
        toponyms,
        areas=gazetteer.area,
        passages=lambda article, mention: passage(article.text, mention.start, mention.end),
    )


def resolve(article: Article, recogniser: Recogniser, resolver: Resolver) -> tuple[Toponym, ...]:
    """Return the toponyms of one article.

    A headline that is no part of the text is read with it: it often says best
    which place is meant ("Tripoli, Lebanon"). What it names itself is not
    returned, since offsets count in the text.
    """
    headline = f"{article.title}\n\n"
    if not article.title or article.text.startswith(article.title.rstrip("… ")):
        return resolver.resolve(article, recogniser.recognise(article))
    whole = replace(article, text=headline + article.text)
    return tuple(
        replace(toponym, mention=_moved(toponym.mention, -len(headline)))
        for toponym in resolver.resolve(whole, recogniser.recognise(whole))
        if toponym.mention.start >= len(headline)
    )


def _moved(mention: Mention, by: int) -> Mention:
    return replace(mention, start=mention.start + by, end=mention.end + by)
