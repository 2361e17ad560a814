"""The areas of countries and divisions: ``tables/areas.gz`` and ``tables/counties.gz``.

Each file is a gzipped TopoJSON topology: lines on a grid of whole numbers,
each stored once for all areas that it bounds, so that neighbours meet exactly
and a country's outline is that of its divisions. What is used of the format::

    {"type": "Topology",
     "transform": {"scale": [0.005, 0.005], "translate": [-180, -90]},
     "arcs": [[[x, y], [dx, dy], …], …],
     "objects": {"areas": {"type": "GeometryCollection", "geometries": [
       {"type": "Polygon", "id": "geonames:706482", "arcs": [[3, -8, …], …],
        "properties": {"approximate": true}}, …]}}}

An arc's first point is absolute, the others are steps. Degrees are
``translate + scale * position``. A ring is a list of arcs that follow one
another, the first point of each being the last of the one before; ``-8``
stands for arc 7 backwards (``~7``). ``approximate`` marks an area of which a
part of the outline was estimated between towns, for want of a source.

Only the standard library is used: the build hook reads this in an isolated
environment. The file is made by :mod:`geo.gazetteer.preparation`.
"""

from __future__ import annotations

import gzip
import itertools
import json
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import GazetteerError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

AREAS = Path(__file__).parent / "tables" / "areas.gz"
"""Countries and first-order divisions."""

COUNTIES = AREAS.with_name("counties.gz")
"""Counties of the United States and municipios of Puerto Rico."""

# Whole numbers of these decimals name every position of the grid exactly.
_DECIMALS = 6
_LITTLE_ENDIAN, _POLYGON, _MULTIPOLYGON = 1, 3, 6

_Point = tuple[float, float]


def read_areas(path: Path | None = None) -> Iterator[tuple[str, bytes]]:
    """Yield each area as the id of its place and its geometry.

    Parameters
    ----------
    path
        A file of this format; the one of this installation if None.

    Yields
    ------
    tuple of str and bytes
        ``"geonames:706482"`` and a polygon or multipolygon as WKB (OGC 06-103r4),
        in degrees, EPSG:4326, longitude first. Parts lie on one side of the
        180th meridian each.

    Raises
    ------
    GazetteerError
        The file is missing or of another format.
    """
    source = AREAS if path is None else path
    try:
        topology = json.loads(gzip.decompress(source.read_bytes()))
        arcs = _decode(topology)
        geometries = topology["objects"]["areas"]["geometries"]
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise GazetteerError(
            f"Cannot read the areas from {source}: {error}. Make them again with python -m geo.gazetteer.preparation."
        ) from error
    for geometry in geometries:
        yield geometry["id"], _wkb(geometry, arcs)


def _decode(topology: dict[str, Any]) -> list[list[_Point]]:
    """Return the arcs of `topology` in degrees."""
    (scale_x, scale_y), (shift_x, shift_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    return [
        [
            (round(shift_x + scale_x * x, _DECIMALS), round(shift_y + scale_y * y, _DECIMALS))
            for x, y in zip(
                itertools.accumulate(step[0] for step in arc),
                itertools.accumulate(step[1] for step in arc),
                strict=True,
            )
        ]
        for arc in topology["arcs"]
    ]


def _wkb(geometry: dict[str, Any], arcs: Sequence[Sequence[_Point]]) -> bytes:
    if geometry["type"] == "Polygon":
        return _polygon_wkb(geometry["arcs"], arcs)
    polygons = [_polygon_wkb(rings, arcs) for rings in geometry["arcs"]]
    return struct.pack("<BII", _LITTLE_ENDIAN, _MULTIPOLYGON, len(polygons)) + b"".join(polygons)


def _polygon_wkb(rings: Sequence[Sequence[int]], arcs: Sequence[Sequence[_Point]]) -> bytes:
    parts = [struct.pack("<BII", _LITTLE_ENDIAN, _POLYGON, len(rings))]
    for ring in rings:
        points: list[_Point] = []
        for index in ring:
            arc = arcs[index] if index >= 0 else arcs[~index][::-1]
            points.extend(arc[1:] if points else arc)
        parts.append(struct.pack("<I", len(points)))
        parts.append(struct.pack(f"<{2 * len(points)}d", *itertools.chain.from_iterable(points)))
    return b"".join(parts)
