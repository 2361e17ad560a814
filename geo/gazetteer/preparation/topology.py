"""Writes coverages as TopoJSON: every border once, on a grid of whole numbers.

The format's specification is https://github.com/topojson/topojson-specification.
"""

from __future__ import annotations

import gzip
import itertools
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

WEST, SOUTH = -180, -90

_Point = tuple[int, int]


class Topology:
    """Collects geometries on one grid and gives their arcs.

    All polygons have to be announced first, with :meth:`announce`: arcs are cut
    where the borders of any of them part. Their points must lie on the grid.
    """

    def __init__(self, *, grid: float) -> None:
        self._grid = grid
        self._per_degree = round(1 / grid)
        self._neighbours: dict[_Point, set[_Point]] = defaultdict(set)
        self._arcs: dict[tuple[_Point, ...], int] = {}

    def announce(self, polygons: Iterable[shapely.Geometry]) -> None:
        """Take note of where the borders of `polygons` run."""
        for ring in (ring for polygon in polygons for ring in shapely.get_rings(shapely.get_parts(polygon))):
            points = self._points(ring)
            for a, b in itertools.pairwise(points):
                self._neighbours[a].add(b)
                self._neighbours[b].add(a)

    def polygon(self, geometry: shapely.Geometry) -> dict[str, Any]:
        """Return the TopoJSON geometry of an announced polygon or multipolygon."""
        polygons = [
            [self._cut(self._points(ring)) for ring in shapely.get_rings(part)] for part in shapely.get_parts(geometry)
        ]
        if len(polygons) == 1:
            return {"type": "Polygon", "arcs": polygons[0]}
        return {"type": "MultiPolygon", "arcs": polygons}

    def arcs(self, geometry: shapely.Geometry) -> set[int]:
        """Return the numbers of the arcs that bound an announced polygon or multipolygon."""
        rings = shapely.get_rings(shapely.get_parts(geometry))
        return {max(arc, ~arc) for ring in rings for arc in self._cut(self._points(ring))}

    def lines(self, lines: Iterable[shapely.Geometry]) -> dict[str, Any]:
        """Return `lines`, which need not be part of a polygon, as one TopoJSON geometry."""
        return {"type": "MultiLineString", "arcs": [[self._index(tuple(self._points(line)))] for line in lines]}

    def document(self, objects: dict[str, Any], **members: Any) -> dict[str, Any]:  # noqa: ANN401 - any JSON
        """Return the whole topology with `objects` and further top-level `members`."""
        arcs = []
        for arc in self._arcs:
            steps = np.diff(np.asarray(arc), axis=0, prepend=[(0, 0)])
            arcs.append(steps.tolist())
        return {
            "type": "Topology",
            "transform": {"scale": [self._grid, self._grid], "translate": [WEST, SOUTH]},
            "objects": objects,
            **members,
            "arcs": arcs,
        }

    def _points(self, line: shapely.Geometry) -> list[_Point]:
        positions = np.rint((shapely.get_coordinates(line) - (WEST, SOUTH)) * self._per_degree).astype(int)
        return [(x, y) for x, y in positions.tolist()]

    def _cut(self, ring: list[_Point]) -> list[int]:
        """Return the arcs of a closed ring, cut at each point where more than two borders meet."""
        loop = ring[:-1]
        starts = [i for i, point in enumerate(loop) if len(self._neighbours[point]) != 2]  # noqa: PLR2004 - to and fro
        if not starts:
            first = loop.index(min(loop))
            turned = [*loop[first:], *loop[:first], loop[first]]
            return [self._index(tuple(turned))]
        loop = [*loop[starts[0] :], *loop[: starts[0]]]
        cuts = [*(start - starts[0] for start in starts), len(loop)]
        closed = [*loop, loop[0]]
        return [self._index(tuple(closed[a : b + 1])) for a, b in itertools.pairwise(cuts)]

    def _index(self, arc: tuple[_Point, ...]) -> int:
        """Return the number of `arc`, or the complement of the number of its reverse."""
        backwards = arc[::-1]
        if backwards in self._arcs:
            return ~self._arcs[backwards]
        return self._arcs.setdefault(arc, len(self._arcs))


def write_topology(path: Path, document: dict[str, Any]) -> None:
    """Write `document` to `path`, gzipped; the same document gives the same bytes."""
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    beside = path.with_name(path.name + ".part")
    beside.write_bytes(gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0))
    beside.replace(path)
