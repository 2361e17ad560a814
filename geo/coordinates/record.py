"""What a coordinate in a text is, and how exactly it is written."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, get_args

Form = Literal["decimal", "dms", "dm", "utm", "mgrs", "plus code", "geo uri"]
"""How a coordinate is written.

- ``decimal``: degrees with decimals (50.4501° N, 30.5234° E);
- ``dms``: degrees, minutes and seconds; ``dm``: degrees and minutes;
- ``utm``: Universal Transverse Mercator, zone, easting and northing;
- ``mgrs``: the Military Grid Reference System;
- ``plus code``: an Open Location Code;
- ``geo uri``: RFC 5870.
"""

FORMS: tuple[Form, ...] = get_args(Form)

MAX_LAT, MAX_LON = 90.0, 180.0
METRES_PER_DEGREE = 111_700.0
"""The longest that a degree is on WGS 84, in metres (of latitude at the poles, rounded up)."""


@dataclass(frozen=True, slots=True)
class Coordinates:
    """A coordinate pair that a text states.

    ``start`` and ``end`` are half-open character positions in the text.
    ``lon`` and ``lat`` are degrees in EPSG:4326 (WGS 84). ``uncertainty_m`` is
    how far, in metres, a point may lie from it that would be written the same
    way: half the diagonal of the cell of the last written digit; or what the
    text itself states (``u`` of a geo URI).
    """

    start: int
    end: int
    lon: float
    lat: float
    form: Form
    uncertainty_m: float


def on_earth(lon: float, lat: float) -> bool:
    """Tell whether `lon` and `lat` (degrees) are finite and in the range of EPSG:4326."""
    return -MAX_LON <= lon <= MAX_LON and -MAX_LAT <= lat <= MAX_LAT


def uncertainty(lat: float, *, lon_unit: float, lat_unit: float) -> float:
    """Return half the diagonal, in metres, of the cell of the last written digit.

    Parameters
    ----------
    lat
        Where, in degrees: meridians come together towards the poles.
    lon_unit, lat_unit
        What one more in the last written digit is, in degrees.
    """
    # A degree of longitude is longest on the side of the cell nearer to the equator.
    nearest = math.radians(max(0.0, abs(lat) - lat_unit / 2))
    return METRES_PER_DEGREE / 2 * math.hypot(lat_unit, lon_unit * math.cos(nearest))
