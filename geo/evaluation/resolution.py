"""Measures resolution: whether the right place is chosen where the names are given.

The measures are those of the field (Gritta, Pilehvar and Collier 2020):
accuracy within 161 km (100 miles) over all annotated toponyms that have
coordinates, where a mention without an answer is wrong; and the calibration of
the scores (expected calibration error over ten bins, Guo et al. 2017). Run::

    python -m geo.evaluation.resolution --check CORPUS.jsonl
"""

from __future__ import annotations

import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
import numpy as np
from geopy.distance import geodesic

from geo.evaluation.corpora import read_corpus
from geo.gazetteer import Gazetteer
from geo.recognition import Tagger
from geo.resolution import THRESHOLD, Resolver, homes
from geo.types import Mention

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.evaluation.corpora import AnnotatedArticle, Annotation
    from geo.types import Recogniser, Toponym

WITHIN_KM = 161
FLOORS = Path(__file__).with_name("floors.toml")
BINS = 10


@dataclass(frozen=True, slots=True)
class Measures:
    """What came out over one corpus.

    Attributes
    ----------
    toponyms
        Annotated toponyms with coordinates: what everything else is a share of.
    found
        Share that has any candidate within 161 km, the ceiling of resolution.
    accuracy
        Share placed within 161 km.
    same_id
        Share, of those with a GeoNames id, that got exactly that id.
    calibration_error
        Expected calibration error of the scores.
    unsure, unsure_right
        How many answers are below the resolver's default threshold, where they
        would be left out, and which share of those is right.
    accuracy_at_home
        Share placed within 161 km when each article is resolved with what the
        other articles of its publisher name (:mod:`geo.resolution.home`).
    """

    toponyms: int
    found: float
    accuracy: float
    same_id: float
    calibration_error: float
    unsure: int
    unsure_right: float
    accuracy_at_home: float

    def __str__(self) -> str:
        return (
            f"{self.toponyms} toponyms, accuracy@161km {self.accuracy:.3f} (ceiling {self.found:.3f}), "
            f"same id {self.same_id:.3f}, calibration error {self.calibration_error:.3f}, "
            f"below the threshold {self.unsure} of which right {self.unsure_right:.2f}; "
            f"accuracy@161km with the collection's memory {self.accuracy_at_home:.3f}"
        )


def mentions_for(annotated: AnnotatedArticle, recogniser: Recogniser) -> tuple[tuple[Mention, ...], tuple[int, ...]]:
    """Return the annotated spans together with what is recognised around them.

    A resolver works on every mention of an article, not on those that a corpus
    happens to annotate. The second value is the index of each annotation.
    """
    recognised = recogniser.recognise(annotated.article)
    roles = {(m.start, m.end): m.role for m in recognised}
    spans: list[Mention] = []
    for a in annotated.annotations:
        overlapping = [m.role for m in recognised if m.start < a.end and a.start < m.end]
        role = roles.get((a.start, a.end)) or (overlapping[0] if overlapping else "literal")
        spans.append(Mention(annotated.article.id, a.start, a.end, annotated.article.text[a.start : a.end], role))
    taken = [(m.start, m.end) for m in spans]
    others = [m for m in recognised if not any(s < m.end and m.start < e for s, e in taken)]
    ordered = sorted([*spans, *others], key=lambda m: (m.start, m.end))
    index = {(m.start, m.end): number for number, m in enumerate(ordered)}
    return tuple(ordered), tuple(index[a.start, a.end] for a in annotated.annotations)


def kilometres(annotation: Annotation, lon: float, lat: float) -> float:
    """Return the distance on the ellipsoid from where `annotation` was placed, in km."""
    return float(geodesic((annotation.lat, annotation.lon), (lat, lon)).km)


def calibration_error(scores: Sequence[float], right: Sequence[bool]) -> float:
    """Return the expected calibration error: how far the scores are from the share that is right."""
    score, truth = np.array(scores), np.array(right, float)
    if not len(score):
        return 0.0
    bins = np.minimum((score * BINS).astype(int), BINS - 1)
    return float(sum(abs(score[bins == b].sum() - truth[bins == b].sum()) for b in range(BINS)) / len(score))


def is_near(annotation: Annotation, toponym: Toponym) -> bool:
    """Return whether `toponym` lies within 161 km of where `annotation` was placed."""
    place = toponym.place
    return place is not None and kilometres(annotation, place.lon, place.lat) <= WITHIN_KM


def measure(
    annotated: Sequence[AnnotatedArticle], *, gazetteer: Gazetteer, recogniser: Recogniser, resolver: Resolver
) -> Measures:
    """Measure `resolver` on articles with annotations, each by itself; and once more with their homes."""
    articles = [one.article for one in annotated]
    given = [mentions_for(one, recogniser) for one in annotated]
    alone = [resolver.resolve(a, mentions) for a, (mentions, _) in zip(articles, given, strict=True)]
    at_home = [
        resolver.resolve(a, mentions, home=home) if home else first
        for a, (mentions, _), first, home in zip(articles, given, alone, homes(articles, alone), strict=True)
    ]
    found = right = right_at_home = toponyms = ids = same = 0
    scores: list[float] = []
    truths: list[bool] = []
    for one, (_, numbers), first, final in zip(annotated, given, alone, at_home, strict=True):
        for annotation, number in zip(one.annotations, numbers, strict=True):
            if annotation.lat is None:
                continue
            answer = first[number]
            candidates = gazetteer.lookup(annotation.text)
            hit = is_near(annotation, answer)
            toponyms += 1
            found += any(kilometres(annotation, c.place.lon, c.place.lat) <= WITHIN_KM for c in candidates)
            right += hit
            right_at_home += is_near(annotation, final[number])
            if answer.place is not None:
                scores.append(answer.score)
                truths.append(hit)
            if annotation.geonames_id:
                ids += 1
                same += answer.place is not None and answer.place.id == f"geonames:{annotation.geonames_id}"
    total = max(toponyms, 1)
    unsure = [truth for score, truth in zip(scores, truths, strict=True) if score < THRESHOLD]
    return Measures(
        toponyms,
        found=found / total,
        accuracy=right / total,
        same_id=same / max(ids, 1),
        calibration_error=calibration_error(scores, truths),
        unsure=len(unsure),
        unsure_right=sum(unsure) / max(len(unsure), 1),
        accuracy_at_home=right_at_home / total,
    )


@click.command()
@click.argument("corpora", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Fail where accuracy is below the floor of floors.toml.")
def main(corpora: tuple[Path, ...], *, check: bool) -> None:
    """Print the measures of resolution on each of CORPORA."""
    floors = tomllib.loads(FLOORS.read_text(encoding="utf-8")).get("resolution", {}) if check else {}
    fallen = []
    with Gazetteer.open() as gazetteer:
        tagger, resolver = Tagger.open(gazetteer), Resolver.open(gazetteer, threshold=0.0)
        for path in corpora:
            measures = measure(read_corpus(path), gazetteer=gazetteer, recogniser=tagger, resolver=resolver)
            click.echo(f"{path.stem}: {measures}")
            for name, floor in floors.get(path.stem, {}).items():
                if (reached := getattr(measures, name)) < floor:
                    fallen.append(f"{path.stem}: {name} {reached:.3f} is below its floor {floor}")
    for line in fallen:
        click.echo(line, err=True)
    sys.exit(1 if fallen else 0)


if __name__ == "__main__":
    main()
