"""Measures resolution: whether the right place is chosen where the names are given.

Every annotated toponym that has coordinates counts, and one without an answer
is wrong. The articles are resolved as ``dateline places --given-mentions``
does it, each by itself and again with what the other articles of its publisher
name (:mod:`geo.resolution.home`).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from geo.evaluation.coverage import CLASSES
from geo.evaluation.judging import asked, judged, with_given_mentions
from geo.evaluation.metrics import WITHIN_KM, area_under_errors, calibration_error, counted, intervals, share
from geo.geoparsing import recognised, resolved_together
from geo.resolution import homes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from geo.evaluation.corpora import AnnotatedArticle
    from geo.evaluation.judging import Judged
    from geo.evaluation.metrics import Ints
    from geo.gazetteer import Gazetteer
    from geo.resolution import Resolver
    from geo.types import Recogniser

AREA_OR_TOWN = "area or town"
"""The class of names that are those of a division or a country and of a town in it."""

_AREA_AND_TOWN = frozenset("AP")

FIGURES = {
    "accuracy": f"placed within {WITHIN_KM} km",
    "accuracy_reachable": f"the same, of those with a candidate within {WITHIN_KM} km",
    "accuracy_or_same_id": "the same, an equal GeoNames id being right too",
    "same_id": "exactly the annotated GeoNames id, of those with one",
    "area_or_town": "the right one of the two, of names that both a division or country and a town in it bear",
    "mean_km": "mean error in km, of those with an answer",
    "median_km": "median error in km, of those with an answer",
    "auc": "area under ln(1 + error), without an answer 20,038 km; less is better",
    "calibration_error": "expected calibration error, ten bins",
    "answered": "with an answer",
}
"""The figures of resolution in words."""


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures of one way to resolve a corpus.

    Attributes
    ----------
    values, between
        Each of :data:`FIGURES`, and its 95 % interval by drawing articles.
    classes
        For each feature class and :data:`AREA_OR_TOWN`: how many toponyms, and
        the shares that are placed within 161 km, exactly right, within reach
        of the candidates, and placed by population alone.
    """

    values: Mapping[str, float]
    between: Mapping[str, tuple[float, float]]
    classes: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True)
class Report:
    """What came out over one corpus, or several as one.

    Attributes
    ----------
    articles, at_home
        How many articles, and how many of them have a publisher's memory.
    ceiling, by_population
        Shares of the toponyms that have a candidate within 161 km, and that
        are there if the most populous candidate is taken.
    alone, remembered
        The figures of the articles by themselves, and with the collection's memory.
    answers
        Every answer, with the collection's memory.
    """

    articles: int
    at_home: int
    threshold: float
    ceiling: float
    by_population: float
    alone: Figures
    remembered: Figures
    answers: tuple[Judged, ...]

    def as_dict(self) -> dict[str, Any]:
        """Return the figures for another program; what has no value is null."""

        def told(figures: Figures) -> dict[str, Any]:
            return {
                "figures": {name: _number(value) for name, value in figures.values.items()},
                "intervals": {name: [_number(end) for end in ends] for name, ends in figures.between.items()},
                "classes": {
                    name: {key: _number(value) for key, value in row.items()} for name, row in figures.classes.items()
                },
            }

        return {
            "articles": self.articles,
            "articles_with_memory": self.at_home,
            "toponyms": len(self.answers),
            "threshold": self.threshold,
            "ceiling": _number(self.ceiling),
            "by_population": _number(self.by_population),
            "alone": told(self.alone),
            "with_memory": told(self.remembered),
        }

    def describe(self) -> str:
        """Return the figures as lines of text."""
        heading = (
            f"resolution of given mentions: {len(self.answers):,} toponyms with coordinates in "
            f"{counted(self.articles)}, {self.at_home:,} of which with a memory of others; "
            f"threshold {self.threshold:g}; intervals: 95 %, by article"
        )
        bounds = f"a candidate within {WITHIN_KM} km (the ceiling) {self.ceiling:.3f}"
        lines = [
            heading,
            f"  {bounds}; the most populous candidate taken {self.by_population:.3f}",
            f"  {'each by itself':>27}  {'with the collection’s memory':>29}",
        ]
        for name, words in FIGURES.items():
            cells = (_cell(name, figures) for figures in (self.alone, self.remembered))
            lines.append("  " + "  ".join(f"{cell:>28}" for cell in cells) + f"  {words}")
        lines.append("  with the collection's memory, by class: toponyms, within 161 km, exact id, ceiling, population")
        for name, row in self.remembered.classes.items():
            shares = " ".join(f"{row[key]:6.3f}" for key in ("accuracy", "same_id", "ceiling", "by_population"))
            lines.append(f"    {int(row['toponyms']):6,} {shares}  {name or '-'}  {CLASSES.get(name, '')}".rstrip())
        return "\n".join(lines)


def measure(
    annotated: Sequence[AnnotatedArticle],
    *,
    gazetteer: Gazetteer,
    recogniser: Recogniser,
    resolver: Resolver,
    reasons: bool = False,
    progress: Callable[[Iterable[AnnotatedArticle]], Iterable[AnnotatedArticle]] = iter,
) -> Report:
    """Measure `resolver` on the annotated toponyms of articles.

    Parameters
    ----------
    annotated
        The articles.
    gazetteer, recogniser
        Where names are looked up, and what finds the mentions around the annotated ones.
    resolver
        What is measured; with threshold 0 it gives every best guess.
    reasons
        Whether the answers tell why, for :func:`worst`.
    progress
        Wraps the articles, to show how far it is.
    """
    read = [recognised(with_given_mentions(one), recogniser) for one in progress(annotated)]
    first = list(resolved_together(read, resolver, reasons=False))
    known = homes([one.article for one in annotated], first)
    # Without a home the second answer is the first; it is only given again where its reason is asked for.
    again = [number for number, home in enumerate(known) if home or reasons]
    homes_again = [known[i] for i in again]
    second = list(resolved_together([read[i] for i in again], resolver, known=homes_again, reasons=reasons))
    final = list(first)
    for number, answers in zip(again, second, strict=True):
        final[number] = answers
    questions = asked(annotated, gazetteer)
    alone, remembered = (
        tuple(
            judged(question, answer)
            for one, of_article, mine in zip(read, answers, questions, strict=True)
            for question, answer in zip(mine, one.asked(of_article), strict=True)
            if question is not None
        )
        for answers in (first, final)
    )
    every = [question for mine in questions for question in mine if question is not None]
    return Report(
        articles=len(annotated),
        at_home=sum(home is not None for home in known),
        threshold=resolver.threshold,
        ceiling=share([one.nearest_km <= WITHIN_KM for one in every]),
        by_population=share([one.population_km <= WITHIN_KM for one in every]),
        alone=figures_of(alone),
        remembered=figures_of(remembered),
        answers=remembered,
    )


def figures_of(answers: Sequence[Judged]) -> Figures:
    """Return the figures of `answers`."""
    km = np.array([one.km for one in answers], float)
    right = km <= WITHIN_KM
    same = np.array([one.is_same for one in answers], bool)
    has_id = np.array([one.asked.annotation.geonames_id is not None for one in answers], bool)
    reachable = np.array([one.asked.nearest_km <= WITHIN_KM for one in answers], bool)
    both = np.array([one.asked.area_or_town and one.asked.feature_class in _AREA_AND_TOWN for one in answers], bool)
    of_its_kind = right & np.array([_class_of(one) == one.asked.feature_class for one in answers], bool)
    placed = np.isfinite(km)
    scores = np.array([one.answer.score if one.answer else 0.0 for one in answers], float)

    def figures(chosen: Ints) -> dict[str, float]:
        errors = km[chosen][placed[chosen]]
        return {
            "accuracy": share(right[chosen]),
            "accuracy_reachable": _share(right[chosen], reachable[chosen]),
            "accuracy_or_same_id": share(right[chosen] | same[chosen]),
            "same_id": _share(same[chosen], has_id[chosen]),
            "area_or_town": _share(of_its_kind[chosen], both[chosen]),
            "mean_km": float(errors.mean()) if len(errors) else math.nan,
            "median_km": float(np.median(errors)) if len(errors) else math.nan,
            "auc": area_under_errors(km[chosen]),
            "calibration_error": calibration_error(scores[chosen][placed[chosen]], right[chosen][placed[chosen]]),
            "answered": share(placed[chosen]),
        }

    return Figures(
        values=figures(np.arange(len(answers))),
        between=intervals([one.asked.document for one in answers], figures),
        classes=_classes(answers),
    )


def _class_of(one: Judged) -> str:
    """Return the feature class of the place that was answered, "" where there is none."""
    return one.answer.place.feature_class if one.answer and one.answer.place else ""


def _classes(answers: Sequence[Judged]) -> dict[str, dict[str, float]]:
    groups: dict[str, list[Judged]] = {}
    for one in answers:
        groups.setdefault(one.asked.feature_class, []).append(one)
        if one.asked.area_or_town:
            groups.setdefault(AREA_OR_TOWN, []).append(one)
    return {
        name: {
            "toponyms": len(mine),
            "accuracy": share([one.is_right for one in mine]),
            "same_id": _share(
                np.array([one.is_same for one in mine]),
                np.array([one.asked.annotation.geonames_id is not None for one in mine]),
            ),
            "ceiling": share([one.asked.nearest_km <= WITHIN_KM for one in mine]),
            "by_population": share([one.asked.population_km <= WITHIN_KM for one in mine]),
        }
        for name, mine in sorted(groups.items(), key=lambda group: (group[0] == AREA_OR_TOWN, -len(group[1]), group[0]))
    }


def _share(values: np.ndarray[Any, np.dtype[np.bool_]], of: np.ndarray[Any, np.dtype[np.bool_]]) -> float:
    """Return the share of true `values` where `of` holds, NaN where it holds nowhere."""
    return float(values[of].mean()) if of.any() else math.nan


def _number(value: float) -> float | None:
    return round(value, 4) if math.isfinite(value) else None


def _cell(name: str, figures: Figures) -> str:
    decimals = 1 if name.endswith("_km") else 3
    value, (low, high) = figures.values[name], figures.between[name]
    if not math.isfinite(value):
        return "–"
    return f"{value:,.{decimals}f} ({low:,.{decimals}f}–{high:,.{decimals}f})"
