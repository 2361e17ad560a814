"""The outlines of areas, encoded to be small in the page."""

from __future__ import annotations

from typing import Any

import shapely
from shapely.geometry import MultiPolygon, Polygon

from maps.polyline import encode_ring

COARSE, FINE = 3, 5
"""Decimals of a degree to which an area's outline is rounded: 3 (about 100 m)
for areas wider than a degree, which are looked at from afar, 5 (about 1 m) for
smaller ones."""

MAIN_PART = 0.15
"""The least size of a part that counts for an area's bounds, as a share of the
largest part's box. It keeps Alaska and leaves out the Aleutians and Chukotka's tip."""


def outline(geometry: object, *, outlined: bool) -> dict[str, Any] | None:
    """Return an area's bounds and, where `outlined`, its encoded rings; None for a point or nothing.

    The rings of all its parts stand in one list: filled by the even-odd rule,
    they need not say which is a hole in which. The bounds, [[south, west],
    [north, east]], are those of the parts that matter: far islands, and what
    lies beyond the 180th meridian, do not decide what is looked at.
    """
    if not isinstance(geometry, Polygon | MultiPolygon) or geometry.is_empty:
        return None
    west, south, east, north = geometry.bounds
    decimals = COARSE if max(east - west, north - south) > 1 else FINE
    parts = list(geometry.geoms) if isinstance(geometry, MultiPolygon) else [geometry]
    boxes = shapely.bounds(parts)
    sizes = (boxes[:, 2] - boxes[:, 0]) * (boxes[:, 3] - boxes[:, 1])
    main = boxes[sizes >= MAIN_PART * sizes.max()].round(decimals)
    area: dict[str, Any] = {
        "bounds": [
            [float(main[:, 1].min()), float(main[:, 0].min())],
            [float(main[:, 3].max()), float(main[:, 2].max())],
        ]
    }
    if outlined:
        rings = [ring for part in parts for ring in (part.exterior, *part.interiors)]
        encoded = [encode_ring(shapely.get_coordinates(ring).tolist(), decimals) for ring in rings]
        area |= {"decimals": decimals, "rings": [ring for ring in encoded if ring]}
    return area
