"""Whole numbers and rings in the Encoded Polyline Algorithm Format.

Numbers are written in five-bit groups as printable characters (Google Maps
Platform, "Encoded Polyline Algorithm Format"); here longitude comes first.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def encode_ring(points: Iterable[list[float]], decimals: int) -> str:
    """Return a ring of [lon, lat] in degrees as the steps from point to point, rounded to `decimals`.

    Rings that shrink to fewer than three points at this precision come back empty.
    """
    factor = 10**decimals
    written: list[str] = []
    last = (0, 0)
    corners = 0
    for lon, lat in points:
        here = (round(lon * factor), round(lat * factor))
        if corners and here == last:
            continue
        written.extend(five_bits(now - before) for now, before in zip(here, last, strict=True))
        last = here
        corners += 1
    closed = 4  # three corners and the first one again
    return "".join(written) if corners >= closed else ""


def five_bits(step: int) -> str:
    """Return a whole number, low groups first; all but the last say that another follows."""
    value = ~(step << 1) if step < 0 else step << 1
    groups = []
    while value >= 0x20:  # noqa: PLR2004 - a sixth bit says that another group follows
        groups.append(chr((0x20 | (value & 0x1F)) + 63))
        value >>= 5
    groups.append(chr(value + 63))
    return "".join(groups)
