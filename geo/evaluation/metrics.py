"""The measures of the field, as functions of numbers.

Accuracy within 161 km (100 miles), mean and median error and the area under
the curve of errors are those of Gritta, Pilehvar and Collier, "A pragmatic
guide to geoparsing evaluation" (2020); the expected calibration error is that
of Guo et al., "On calibration of modern neural networks" (2017).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import ArrayLike, NDArray

    Ints = NDArray[np.int64]

WITHIN_KM = 161
"""100 miles: the distance of the field."""

FARTHEST_KM = 20_038.0
"""Half of the way around the Earth. One more, 20,039, is what Gritta et al. divide by, so that the worst is 1."""

BINS = 10
"""Bins of equal width for the calibration error, as Guo et al. have them."""

DRAWS, SEED = 1000, 2020
"""Draws of a bootstrap, and the seed that makes them the same each time."""

COVERED = 0.95
"""Share of the draws that an interval holds."""


def area_under_errors(kilometres: ArrayLike) -> float:
    """Return the area under the sorted curve of ln(1 + error), as a share of the worst.

    Parameters
    ----------
    kilometres : array_like
        Errors in km, shape (toponyms,); infinite where there is no answer,
        which counts as the farthest error that there is.

    Returns
    -------
    float
        From 0, no error, to 1; 0 where there are no toponyms.

    Examples
    --------
    >>> area_under_errors([0.0, 0.0]), area_under_errors([20_038.0])
    (0.0, 1.0)
    """
    errors = np.sort(np.log1p(np.minimum(np.asarray(kilometres, float), FARTHEST_KM))) / np.log1p(FARTHEST_KM)
    if len(errors) < 2:  # noqa: PLR2004 - one error spans no area, and is its own share
        return float(errors.sum())
    return float(((errors[1:] + errors[:-1]) / 2).mean())


def calibration_error(scores: ArrayLike, right: ArrayLike) -> float:
    """Return the expected calibration error: how far the scores are from the share that is right.

    Parameters
    ----------
    scores, right : array_like
        Probability of each answer, and whether it is right, shape (answers,).

    Returns
    -------
    float
        From 0 to 1; 0 where there are no answers.

    Examples
    --------
    >>> calibration_error([0.75, 0.75], [True, False])
    0.25
    """
    score, truth = np.asarray(scores, float), np.asarray(right, float)
    if not len(score):
        return 0.0
    bins = np.minimum((score * BINS).astype(int), BINS - 1)
    apart = np.abs(np.bincount(bins, score, BINS) - np.bincount(bins, truth, BINS))
    return float(apart.sum() / len(score))


def share(values: ArrayLike) -> float:
    """Return the share of true values, 0 where there are none."""
    found = np.asarray(values, float)
    return float(found.mean()) if len(found) else 0.0


def counted(articles: int) -> str:
    """Return a number of articles in words: "1 article", "2,000 articles"."""
    return f"{articles:,} article" + ("" if articles == 1 else "s")


def intervals(
    documents: Sequence[int], figures: Callable[[Ints], Mapping[str, float]]
) -> dict[str, tuple[float, float]]:
    """Return the 95 % interval of each figure, by drawing whole documents with replacement.

    Names of one document are resolved together, so that documents and not
    names are drawn (Efron and Tibshirani 1993, on clustered data). The draws
    are the same each time.

    Parameters
    ----------
    documents : sequence of int
        The document of each toponym, shape (toponyms,).
    figures : callable
        Gives the figures of the toponyms with these indices; one that has no
        value is NaN.

    Returns
    -------
    dict
        The lower and the upper end of each figure; they hold the figure
        itself. NaN where a figure has no value.
    """
    of = np.asarray(documents, int)
    groups = [np.flatnonzero(of == document) for document in np.unique(of)]
    point = figures(np.arange(len(of)))
    if not groups:
        return {name: (value, value) for name, value in point.items()}
    random = np.random.default_rng(SEED)
    drawn: dict[str, list[float]] = {name: [] for name in point}
    for chosen in random.integers(0, len(groups), size=(DRAWS, len(groups))):
        for name, value in figures(np.concatenate([groups[group] for group in chosen])).items():
            drawn[name].append(value)
    return {name: _between(np.array(values), point[name]) for name, values in drawn.items()}


def _between(values: NDArray[np.float64], point: float) -> tuple[float, float]:
    there = values[~np.isnan(values)]
    if not len(there) or np.isnan(point):
        return float("nan"), float("nan")
    low, high = np.quantile(there, [(1 - COVERED) / 2, (1 + COVERED) / 2])
    return float(min(low, point)), float(max(high, point))
