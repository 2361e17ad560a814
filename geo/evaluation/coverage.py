"""Measures the gazetteer: whether what a name means is among its candidates at all.

A toponym is covered where a candidate for its name lies within 161 km (100
miles) of where it was annotated, the distance of the field (Gritta, Pilehvar
and Collier 2020). No resolution can do better than this.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, TypeVar

from geopy.distance import geodesic

from geo.errors import UnknownPlace
from geo.evaluation.metrics import WITHIN_KM

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.evaluation.corpora import AnnotatedArticle, Annotation
    from geo.gazetteer import Gazetteer
    from geo.types import Candidate

T = TypeVar("T")


CLASSES = {
    "A": "countries and divisions",
    "H": "waters",
    "L": "regions and parks",
    "P": "populated places",
    "R": "roads",
    "S": "buildings and sites",
    "T": "mountains and islands",
    "U": "undersea",
    "V": "vegetation",
    "": "not told by the corpus, nor by the gazetteer",
}
"""GeoNames' feature classes in words."""


@dataclass(slots=True)
class Coverage:
    """What came out over one corpus or several.

    Attributes
    ----------
    toponyms, covered
        How many annotated toponyms have coordinates, and how many of these
        have a candidate within 161 km; by feature class.
    missing
        Names that have no candidate at all, with their number.
    far
        Names whose candidates are all elsewhere, with their number and the
        least distance in km.
    """

    toponyms: Counter[str] = field(default_factory=Counter)
    covered: Counter[str] = field(default_factory=Counter)
    missing: Counter[str] = field(default_factory=Counter)
    far: Counter[tuple[str, int]] = field(default_factory=Counter)

    @property
    def share(self) -> float:
        """Return the share of all toponyms that is covered, 0 where there are none."""
        return self.covered.total() / max(self.toponyms.total(), 1)

    def as_dict(self, *, most: int) -> dict[str, object]:
        """Return the figures and the `most` frequent names that are missing, for another program."""
        return {
            "toponyms": self.toponyms.total(),
            "covered": self.covered.total(),
            "share": round(self.share, 4),
            "classes": {
                name: {"toponyms": count, "covered": self.covered[name]}
                for name, count in sorted(self.toponyms.items())
            },
            "missing": [{"name": name, "count": count} for name, count in _most(self.missing, most)],
            "far": [{"name": name, "km": km, "count": count} for (name, km), count in _most(self.far, most)],
        }

    def describe(self, *, most: int) -> str:
        """Return the figures and the `most` frequent names that are missing, in lines of text."""
        lines = [f"{self.toponyms.total():,} toponyms, {self.share:.4f} with a candidate within {WITHIN_KM} km"]
        for name, count in self.toponyms.most_common():
            share = self.covered[name] / count
            lines.append(f"  {name or '-'}  {count:6,}  {share:.3f}  {CLASSES.get(name, 'of no class of GeoNames')}")
        lines.append(f"  no candidate at all: {self.missing.total():,}")
        lines += [f"    {count:3} {name}" for name, count in _most(self.missing, most)]
        lines.append(f"  candidates only elsewhere: {self.far.total():,}")
        lines += [f"    {count:3} {name} ({km:,} km off)" for (name, km), count in _most(self.far, most)]
        return "\n".join(lines)


def measure(annotated: Iterable[AnnotatedArticle], gazetteer: Gazetteer) -> Coverage:
    """Measure how much of what `annotated` means `gazetteer` holds.

    Parameters
    ----------
    annotated
        Articles with annotations; those without coordinates are left out.
    gazetteer
        Where the annotated names are looked up, by themselves.
    """
    found = Coverage()
    nearest = lru_cache(maxsize=None)(lambda name, lon, lat: _nearest(gazetteer.lookup(name), lon, lat))
    for one in annotated:
        for annotation in one.annotations:
            if annotation.lon is None or annotation.lat is None:
                continue
            feature_class = annotation.feature_class or feature_class_of(gazetteer, annotation)
            km = nearest(annotation.text, annotation.lon, annotation.lat)
            found.toponyms[feature_class] += 1
            if km is None:
                found.missing[annotation.text] += 1
            elif km > WITHIN_KM:
                found.far[annotation.text, round(km)] += 1
            else:
                found.covered[feature_class] += 1
    return found


def _nearest(candidates: Sequence[Candidate], lon: float, lat: float) -> float | None:
    """Return how far the nearest of `candidates` is in km, None if there is none."""
    return min((geodesic((lat, lon), (c.place.lat, c.place.lon)).km for c in candidates), default=None)


def feature_class_of(gazetteer: Gazetteer, annotation: Annotation) -> str:
    """Return the class of the place that `annotation` names by its id, "" where the gazetteer has none."""
    try:
        return gazetteer.place(f"geonames:{annotation.geonames_id}").feature_class
    except UnknownPlace:
        return ""


def _most(counts: Counter[T], most: int) -> list[tuple[T, int]]:
    """Return the `most` frequent, and of one frequency the first in order."""
    return sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))[:most]
