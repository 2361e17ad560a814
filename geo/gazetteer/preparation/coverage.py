"""Coverages: polygons that share their borders point for point and do not overlap."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray


def snap(polygons: Sequence[shapely.Geometry] | NDArray[np.object_], *, grid: float) -> NDArray[np.object_]:
    """Return `polygons` as a valid coverage whose points lie on a grid of `grid` degrees.

    All outlines are noded together by snap rounding (Hobby, "Practical segment
    intersection with finite precision output", 1999), and each face that
    results goes to the polygon that it lies in, to the smallest where several
    overlap. What is thinner than the grid disappears; a polygon of which
    nothing is left comes back empty.
    """
    originals = np.asarray(polygons, dtype=object)
    lines = shapely.union_all(shapely.boundary(originals), grid_size=grid)
    faces = shapely.get_parts(shapely.polygonize(shapely.get_parts(lines)))
    face_of, owner_of = shapely.STRtree(originals).query(shapely.point_on_surface(faces), predicate="intersects")
    order = np.lexsort((shapely.area(originals)[owner_of], face_of))
    first = np.unique(face_of[order], return_index=True)[1]
    face_of, owner_of = face_of[order][first], owner_of[order][first]
    result = np.full(len(originals), shapely.Polygon(), dtype=object)
    for owner in np.unique(owner_of):
        result[owner] = shapely.coverage_union_all(faces[face_of[owner_of == owner]])
    return result


def without_islets(
    polygons: NDArray[np.object_],
    *,
    smallest: float,
    keys: Sequence[str] | None = None,
    weight: Callable[[NDArray[np.float64]], NDArray[np.float64]] = np.ones_like,
) -> NDArray[np.object_]:
    """Return `polygons` without the parts under `smallest` square degrees that touch no other part.

    Sizes are those at the equator, times the square of `weight` of their
    latitude. The largest part of each polygon always stays, or the largest of
    each key if `keys` names a group for each polygon, so that no small country
    is lost. A polygon may come back empty.
    """
    parts, owner = shapely.get_parts(polygons, return_index=True)
    groups = np.arange(len(polygons)) if keys is None else np.unique(np.asarray(keys), return_inverse=True)[1]
    latitude = shapely.get_y(shapely.centroid(parts))
    size = shapely.area(parts) * np.cos(np.radians(latitude)) * weight(latitude) ** 2
    by_group = np.lexsort((-size, groups[owner]))
    largest = np.zeros(len(parts), dtype=bool)
    largest[by_group[np.unique(groups[owner][by_group], return_index=True)[1]]] = True
    small = np.flatnonzero((size < smallest) & ~largest)
    touching = shapely.STRtree(parts).query(parts[small], predicate="intersects")
    neighbours = np.bincount(touching[0], minlength=len(small))
    kept = np.ones(len(parts), dtype=bool)
    kept[small[neighbours == 1]] = False  # it meets itself alone
    result = np.full(len(polygons), shapely.Polygon(), dtype=object)
    for index in np.unique(owner[kept]):
        own = parts[kept & (owner == index)]
        result[index] = own[0] if len(own) == 1 else shapely.multipolygons(own)
    return result


def dissolve(polygons: NDArray[np.object_], keys: Sequence[str]) -> dict[str, shapely.Geometry]:
    """Return the union of the polygons of each key, sorted by key; "" is no key."""
    labels = np.asarray(keys)
    return {
        str(key): shapely.normalize(shapely.coverage_union_all(polygons[labels == key]))
        for key in np.unique(labels)
        if key and not shapely.is_empty(polygons[labels == key]).all()
    }
