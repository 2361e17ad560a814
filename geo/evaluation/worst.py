"""The answers that went wrong worst, to be read by people."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from geo.errors import UnknownPlace
from geo.recognition import passage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geo.evaluation.corpora import Annotation
    from geo.evaluation.judging import Judged
    from geo.gazetteer import Gazetteer
    from geo.types import Place

    Error = Mapping[str, str | float | None]


def worst(answers: Iterable[Judged], gazetteer: Gazetteer, *, most: int) -> list[Error]:
    """Return the `most` answers that are wrong, the surest first and of these the farthest.

    Each has ``article_id``, ``start``, ``end``, ``name``, ``passage``,
    ``should_be``, ``should_be_lon``, ``should_be_lat``, ``put``, ``put_id``,
    ``km`` (null without an answer), ``nearest_candidate_km``, ``score`` and ``reason``.
    """
    wrong = [one for one in answers if not one.is_right]
    wrong.sort(key=lambda one: (-(one.answer.score if one.answer and one.answer.place else -1.0), -one.km))
    return [_told(one, gazetteer) for one in wrong[:most]]


def _told(one: Judged, gazetteer: Gazetteer) -> Error:
    annotation, article = one.asked.annotation, one.asked.annotated.article
    first, last = passage(article.text, annotation.start, annotation.end)
    place = one.answer.place if one.answer else None
    return {
        "article_id": article.id,
        "start": annotation.start,
        "end": annotation.end,
        "name": annotation.text,
        "passage": article.text[first:last],
        "should_be": _annotated_place(annotation, gazetteer),
        "should_be_lon": annotation.lon,
        "should_be_lat": annotation.lat,
        "put": _where(place) if place else "",
        "put_id": place.id if place else "",
        "km": round(one.km, 1) if math.isfinite(one.km) else None,
        "nearest_candidate_km": round(one.asked.nearest_km, 1) if math.isfinite(one.asked.nearest_km) else None,
        "score": one.answer.score if one.answer else 0.0,
        "reason": one.answer.reason if one.answer else "",
    }


def _annotated_place(annotation: Annotation, gazetteer: Gazetteer) -> str:
    """Return what the annotated id stands for, "" where the gazetteer has it not."""
    try:
        return _where(gazetteer.place(f"geonames:{annotation.geonames_id}"))
    except UnknownPlace:
        return ""


def _where(place: Place) -> str:
    parts = (place.name, place.admin1, place.country_code)
    kind = "/".join(filter(None, (place.feature_class, place.feature_code)))
    return f"{', '.join(dict.fromkeys(part for part in parts if part))} {kind}".strip()


def describe(errors: Iterable[Error]) -> Iterator[str]:
    """Yield lines that tell of each error."""
    for number, one in enumerate(errors, start=1):
        far = "no answer" if one["km"] is None else f"{one['km']:,} km off"
        nearest = one["nearest_candidate_km"]
        reach = "no candidate" if nearest is None else f"nearest candidate {nearest:,} km"
        yield f"{number}. {one['name']} ({far}, {reach}; score {one['score']:.2f}; article {one['article_id']})"
        yield f"   {' '.join(str(one['passage']).split())}"
        point = f"{one['should_be_lat']}, {one['should_be_lon']}"
        yield f"   should be: {one['should_be'] or 'a place that the gazetteer has not'} ({point})"
        yield f"   was put:   {one['put'] or 'nowhere'}"
        yield f"   because:   {one['reason'] or '-'}"
