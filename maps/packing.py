"""The basemap's TopoJSON in the form in which it travels: the same lines in half the bytes.

A page that opens from disk carries its basemap in base64, so what a compressor
does not find counts a third more. Three things help it: arcs stand in the order
in which outlines walk them, so that most begin where the one before them ended
and most outlines are runs of numbers; whole numbers are written in five-bit
groups (see `maps.polyline`), counts, beginnings and steps each in a column of
their own; and the borders between a country's divisions stand together, so that
their number alone tells which they are. Nothing is lost: `reader/world.js`
reads the same points.
"""

from __future__ import annotations

import gzip
import itertools
import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from maps.polyline import five_bits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_Arc = list[tuple[int, int]]

# Outlines seldom step further than this, so their steps are looked up and not made.
_NEAR = 400
_WRITTEN = {step: five_bits(step) for step in range(-_NEAR, _NEAR + 1)}


def pack(world: dict[str, Any]) -> bytes:
    """Return the basemap `world`, a TopoJSON, as gzip of JSON in the form of this module.

    The object has `scale` and `translate` of TopoJSON's transform (degrees);
    `counts`, `starts` and `steps`, the arcs' columns; `countries`, rows of
    [code, name, lon, lat, rank, rings]; `borders`, the steps from one arc's
    number to the next; `provinces`, rows of [code, number of arcs], which
    follow the arcs of the outlines; `disputed`, the number of arcs that follow
    them; and `cities`, columns without what the map does not show. The same `world` gives the same bytes.
    """
    order = _Order(world)
    objects = world["objects"]
    countries = [
        [
            *(shape.get("properties", {}).get(name, "") for name in ("code", "name")),
            *(shape.get("properties", {}).get("label") or (None, None)),
            shape.get("properties", {}).get("rank", 0),
            order.rings(_rings(shape)),
        ]
        for shape in objects["countries"]["geometries"]
    ]
    borders = order.numbers(ref for line in objects["borders"]["arcs"] for ref in line)
    provinces = [
        [shape["properties"]["code"], order.chain(ref for line in shape["arcs"] for ref in line)]
        for shape in objects.get("provinces", {"geometries": []})["geometries"]
    ]
    disputed = order.chain(ref for line in objects["disputed"]["arcs"] for ref in line)
    packed = {
        "scale": world["transform"]["scale"],
        "translate": world["transform"]["translate"],
        **order.columns(),
        "countries": countries,
        "borders": _numbers(borders),
        "provinces": provinces,
        "disputed": disputed,
        "cities": _cities(world["cities"]),
    }
    text = json.dumps(packed, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(text.encode("utf-8"), compresslevel=9, mtime=0)


class _Order:
    """The arcs in the order in which they are first walked, and turned that way."""

    def __init__(self, world: dict[str, Any]) -> None:
        self._arcs: list[_Arc] = [list(_points(arc)) for arc in world["arcs"]]
        self._place: dict[int, int] = {}
        self._walked: list[_Arc] = []
        self._turned: set[int] = set()
        self._following = 0

    def rings(self, rings: Iterable[list[int]]) -> str:
        """Return the rings of an outline as numbers of arcs.

        Before each ring stands how many arcs it has; each arc is how far its
        number lies from the one that follows the arc before it, twice, and one
        more if it is walked backwards.
        """
        written: list[int] = []
        for ring in rings:
            written.append(len(ring))
            for ref in ring:
                number, backwards = self._number(ref)
                written.append((number - self._following) * 2 + backwards)
                self._following = number + 1
        return _numbers(written)

    def numbers(self, refs: Iterable[int]) -> list[int]:
        """Return the steps between the sorted numbers of arcs that have been walked."""
        return _steps(sorted(self._place[max(ref, ~ref)] for ref in refs))

    def chain(self, refs: Iterable[int]) -> int:
        """Walk arcs that lie on no outline, each from the end of the last where one begins there; tell how many."""
        left = {max(ref, ~ref): None for ref in refs}
        ends: dict[tuple[int, int], list[int]] = defaultdict(list)
        for arc in left:
            for end in {self._arcs[arc][0], self._arcs[arc][-1]}:
                ends[end].append(arc)
        amount = len(left)
        here: tuple[int, int] | None = None
        while left:
            beginning = [arc for arc in ends[here] if arc in left] if here else []
            arc = beginning[0] if beginning else next(iter(left))
            backwards = bool(beginning) and self._arcs[arc][0] != here
            del left[arc]
            self._walked.append(self._arcs[arc][::-1] if backwards else self._arcs[arc])
            here = self._walked[-1][-1]
        return amount

    def columns(self) -> dict[str, str]:
        """Return the arcs: each one's points beside its first, its beginning seen from the last end, its steps."""
        counts: list[int] = []
        starts: list[int] = []
        steps: list[int] = []
        x, y = 0, 0
        for arc in self._walked:
            counts.append(len(arc) - 1)
            starts += (arc[0][0] - x, arc[0][1] - y)
            for (west, south), (east, north) in itertools.pairwise(arc):
                steps += (east - west, north - south)
            x, y = arc[-1]
        return {"counts": _numbers(counts), "starts": _numbers(starts), "steps": _numbers(steps)}

    def _number(self, ref: int) -> tuple[int, bool]:
        """Return the number of an arc, which it gets when it is first walked, and whether this walk is against it."""
        arc = max(ref, ~ref)
        if arc not in self._place:
            self._place[arc] = len(self._walked)
            self._walked.append(self._arcs[arc][::-1] if ref < 0 else self._arcs[arc])
            if ref < 0:
                self._turned.add(arc)
        return self._place[arc], (ref < 0) != (arc in self._turned)


def _cities(rows: list[list[Any]]) -> dict[str, Any]:
    """Return the cities as columns: how far each lies from the one before, in hundredths of a degree."""
    lons, lats = ([round(row[axis] * 100) for row in rows] for axis in (0, 1))
    return {
        "lon": _numbers(_steps(lons)),
        "lat": _numbers(_steps(lats)),
        "names": [row[2] for row in rows],
        "ranks": "".join(str(row[3]) for row in rows),
        "capitals": [at for at, row in enumerate(rows) if row[4]],
    }


def _steps(values: list[int]) -> list[int]:
    return [now - before for now, before in zip(values, [0, *values], strict=False)]


def _numbers(values: Iterable[int]) -> str:
    return "".join(_WRITTEN.get(value) or five_bits(value) for value in values)


def _points(arc: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    x, y = 0, 0
    for east, north in arc:
        x += east
        y += north
        yield x, y


def _rings(shape: dict[str, Any]) -> list[list[int]]:
    arcs: list[Any] = shape.get("arcs", [])
    return arcs if shape["type"] == "Polygon" else [ring for polygon in arcs for ring in polygon]
