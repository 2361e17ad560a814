"""Compares each annotated toponym with the answer that it got."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geopy.distance import geodesic

from geo.evaluation.coverage import feature_class_of
from geo.evaluation.metrics import WITHIN_KM

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.evaluation.corpora import AnnotatedArticle, Annotation
    from geo.gazetteer import Gazetteer
    from geo.types import Article, Candidate, Place, Toponym

NAMED_ALIKE_TRUST = 0.7
"""Trust from which a division and a town bear the name alike; what only a few call so is no second meaning."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An annotated toponym with coordinates, and what the gazetteer could make of it.

    Attributes
    ----------
    document
        Number of its article in the corpus.
    annotated, annotation
        The article, and the toponym in it.
    feature_class
        GeoNames' class of the annotated place, "" where nothing tells it.
    nearest_km
        How far the nearest candidate is; infinite where there is none.
    population_km
        How far the candidate with the largest population is; infinite as above.
    area_or_town
        Whether the name is that of a country or a division and of a town in
        it: Kursk, New York, Luxembourg.
    """

    document: int
    annotated: AnnotatedArticle
    annotation: Annotation
    feature_class: str
    nearest_km: float
    population_km: float
    area_or_town: bool


@dataclass(frozen=True, slots=True)
class Judged:
    """The answer that a toponym got.

    Attributes
    ----------
    asked, answer
        What was asked and what came back; None where nothing did.
    km
        How far the place is from where it was annotated; infinite where there is none.
    """

    asked: Asked
    answer: Toponym | None
    km: float

    @property
    def is_right(self) -> bool:
        """Whether the place lies within 161 km."""
        return self.km <= WITHIN_KM

    @property
    def is_same(self) -> bool:
        """Whether the place is the annotated one by its GeoNames id."""
        place, wanted = self.answer.place if self.answer else None, self.asked.annotation.geonames_id
        return place is not None and wanted is not None and place.id == f"geonames:{wanted}"


def kilometres(annotation: Annotation, lon: float, lat: float) -> float:
    """Return the distance on the ellipsoid from where `annotation` was placed, in km."""
    return float(geodesic((annotation.lat, annotation.lon), (lat, lon)).km)


def with_given_mentions(annotated: AnnotatedArticle) -> Article:
    """Return the article with the annotated spans as the mentions to resolve."""
    return replace(annotated.article, mentions=tuple((one.start, one.end) for one in annotated.annotations))


def asked(annotated: Iterable[AnnotatedArticle], gazetteer: Gazetteer) -> tuple[tuple[Asked | None, ...], ...]:
    """Return what there is to ask, one for each annotation of each article; None for those without coordinates."""
    return tuple(
        tuple(_asked(number, one, annotation, gazetteer) for annotation in one.annotations)
        for number, one in enumerate(annotated)
    )


def _asked(number: int, one: AnnotatedArticle, annotation: Annotation, gazetteer: Gazetteer) -> Asked | None:
    if annotation.lat is None or annotation.lon is None:
        return None
    candidates = gazetteer.lookup(annotation.text)
    largest = max(candidates, key=lambda c: c.place.population, default=None)
    return Asked(
        document=number,
        annotated=one,
        annotation=annotation,
        feature_class=annotation.feature_class or feature_class_of(gazetteer, annotation),
        nearest_km=min((_far(annotation, c.place) for c in candidates), default=math.inf),
        population_km=_far(annotation, largest.place) if largest else math.inf,
        area_or_town=is_area_or_town(candidates),
    )


def is_area_or_town(candidates: Sequence[Candidate]) -> bool:
    """Return whether a name with these candidates is that of a country or a division and of a town in it."""
    named = [c.place for c in candidates if c.trust >= NAMED_ALIKE_TRUST and c.kind not in {"derived", "close"}]
    areas = [place for place in named if place.feature_class == "A"]
    return any(_lies_in(town, area) for town in named if town.feature_class == "P" for area in areas)


def _lies_in(town: Place, area: Place) -> bool:
    if town.country_code != area.country_code or not area.country_code:
        return False
    if area.feature_code.startswith("PCL"):
        return True
    if not area.admin1 or area.admin1 != town.admin1:
        return False
    return area.feature_code == "ADM1" or (area.feature_code == "ADM2" and area.admin2 == town.admin2)


def judged(one: Asked, answer: Toponym | None) -> Judged:
    """Return `answer` with its distance from where the toponym was annotated."""
    place = answer.place if answer else None
    return Judged(one, answer, _far(one.annotation, place) if place else math.inf)


def _far(annotation: Annotation, place: Place) -> float:
    return kilometres(annotation, place.lon, place.lat)
