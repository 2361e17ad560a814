"""The whole sentence: articles → mentions → candidates → toponyms → atlas."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.atlas import Atlas
from geo.gazetteer import Gazetteer
from geo.recognition import Tagger, open_recogniser, passage, with_positions
from geo.recognition.given_spans import Reading, readings
from geo.resolution import THRESHOLD, Resolver, homes
from geo.resolution.home import regions
from geo.resolution.resolve import Asked
from geo.resolution.stated_home import stated_places
from geo.types import Recogniser

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from geo.resolution import Home
    from geo.types import Article, Mention, Toponym


def geoparse(
    articles: Iterable[Article],
    *,
    gazetteer: Gazetteer | None = None,
    recogniser: Recogniser | str | None = None,
    threshold: float = THRESHOLD,
    home: Sequence[str] = (),
    progress: Callable[[Iterable[Article]], Iterable[Article]] = iter,
    on_problem: Callable[[str], None] = warnings.warn,
) -> Atlas:
    """Find the places that `articles` name and decide which each one is.

    Where three articles or more have one publisher (or, if none is stated, one
    site or one folder), each is read a second time with what the others surely
    name. An article that gives its mentions (:attr:`geo.types.Article.mentions`)
    has a toponym for each of these, in their order, and no others.

    Parameters
    ----------
    articles
        What to read.
    gazetteer
        Where to look names up; by default the embedded one.
    recogniser
        Finds the mentions, or its name: by default the shipped tagger,
        ``"spacy:en_core_web_trf"`` for a pipeline of spaCy, or what a third
        party registered (:mod:`geo.recognition.registry`).
    threshold
        Probability in [0, 1] below which a mention is left unresolved.
    home
        Where the articles are at home, as far as it is known: countries,
        divisions or towns, as :func:`geo.resolution.stated_home.stated_places`
        reads them ("Kharkiv Oblast"; "Springfield, Illinois").
    progress
        Wraps the articles, once as they are read and once as they are placed,
        to show how far it is.
    on_problem
        Told what does not stop the work but should be known, in one line; by
        default it becomes a warning.

    Returns
    -------
    Atlas
        The articles, every mention, the places they mean, and where the
        articles are at home.

    Raises
    ------
    UnknownPlace
        If the gazetteer has no place that is stated as a home.
    InputError
        If a stated home can be several places, or is no such place.

    Examples
    --------
    >>> from geo.types import Article
    >>> article = Article("1", "A storm", "A storm reached Odesa, Ukraine, on Monday.")
    >>> atlas = geoparse([article])
    >>> atlas.places["name"].tolist()
    ['Odesa', 'Ukraine']
    """
    gazetteer = gazetteer or Gazetteer.open()
    stated = stated_places([home] if isinstance(home, str) else home, gazetteer)
    if not isinstance(recogniser, Recogniser):
        recogniser = open_recogniser(recogniser, gazetteer) if recogniser else Tagger.open(gazetteer)
    resolver = Resolver.open(gazetteer, threshold=threshold)
    if resolver.ranker.gazetteer != gazetteer.digest:
        on_problem(
            f"{gazetteer.path}: the models were trained with another gazetteer, the one that dateline comes with; "
            "what is found is right less often than the figures say, and the scores are less exact"
        )
    read = tuple(articles)
    found = [recognised(article, recogniser) for article in progress(read)]
    known = homes(read, list(resolved_together(found, resolver, reasons=False)), stated=stated)
    final = resolved_together(found, resolver, known=known)
    toponyms = [toponym for _, one in zip(progress(read), found, strict=True) for toponym in one.asked(next(final))]
    return Atlas.from_toponyms(
        read,
        toponyms,
        areas=gazetteer.area,
        passages=lambda article, mention: passage(article.text, mention.start, mention.end),
        homes=regions(known, country=gazetteer.country),
    )


@dataclass(frozen=True, slots=True)
class Recognised:
    """An article ready to be resolved: its mentions, read with its headline.

    A headline that is no part of the text often says best which place is meant
    ("Tripoli, Lebanon"). What it names itself is not returned, since offsets
    count in the text.
    """

    whole: Article
    readings: tuple[Reading, ...]
    headline: int
    """Characters that stand before the text."""

    def resolved(self, resolver: Resolver, *, home: Home | None = None, reasons: bool = True) -> tuple[Toponym, ...]:
        """Return a toponym for every mention, the headline's and the context's too, one reading after the other."""
        return tuple(
            toponym
            for reading in self.readings
            for toponym in resolver.resolve(self.whole, reading.mentions, home=home, reasons=reasons)
        )

    def asked(self, toponyms: Sequence[Toponym]) -> Iterator[Toponym]:
        """Yield those of :meth:`resolved` that are asked for, with offsets that count in the text.

        That is each given mention, in the order in which they are given, else
        each recognised one in the text.
        """
        if self.whole.mentions is None:
            yield from (self._moved(toponym) for toponym in toponyms if toponym.mention.start >= self.headline)
            return
        of_span: dict[int, Toponym] = {}
        first = 0
        for reading in self.readings:
            of_span |= {number: toponyms[first + at] for number, at in reading.asked}
            first += len(reading.mentions)
        yield from (self._moved(of_span[number]) for number in sorted(of_span))

    def _moved(self, toponym: Toponym) -> Toponym:
        if not self.headline:
            return toponym
        mention = toponym.mention
        return replace(
            toponym,
            mention=replace(mention, start=mention.start - self.headline, end=mention.end - self.headline),
        )


def resolved_together(
    read: Sequence[Recognised],
    resolver: Resolver,
    *,
    known: Sequence[Home | None] | None = None,
    reasons: bool = True,
) -> Iterator[tuple[Toponym, ...]]:
    """Yield what :meth:`Recognised.resolved` returns for each of `read`, several times as fast.

    Parameters
    ----------
    read
        The articles with their mentions.
    resolver
        What resolves them.
    known
        The home of each; none by default.
    reasons
        Whether the answers tell why.
    """
    where = known or [None] * len(read)
    asked = (
        Asked(one.whole, reading.mentions, home)
        for one, home in zip(read, where, strict=True)
        for reading in one.readings
    )
    answers = resolver.resolve_many(asked, reasons=reasons)
    for one in read:
        yield tuple(toponym for _ in one.readings for toponym in next(answers))


def recognised(article: Article, recogniser: Recogniser) -> Recognised:
    """Return `article` with the mentions that `recogniser` finds, and those that it gives itself."""
    if not article.title or article.text.startswith(article.title.rstrip("… ")):
        return _with_given(article, with_positions(article, recogniser.recognise(article)), 0)
    headline = f"{article.title}\n\n"
    spans = article.mentions and tuple((start + len(headline), end + len(headline)) for start, end in article.mentions)
    whole = replace(article, text=headline + article.text, mentions=spans)
    return _with_given(whole, with_positions(whole, recogniser.recognise(whole)), len(headline))


def _with_given(whole: Article, mentions: tuple[Mention, ...], headline: int) -> Recognised:
    if whole.mentions is None:
        return Recognised(whole, (Reading(mentions, ()),), headline)
    return Recognised(whole, readings(whole, whole.mentions, mentions), headline)
