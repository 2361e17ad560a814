"""Grid coordinates: UTM positions and references of the Military Grid Reference System (MGRS, USNG)."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo.coordinates.record import Coordinates, on_earth
from geo.coordinates.surroundings import speaks_of_grid

if TYPE_CHECKING:
    from collections.abc import Iterator

_BANDS = "CDEFGHJKLMNPQRSTUVWX"
"""The latitude bands of MGRS from 80° S, 8° each, the last 12° (NGA.SIG.0012, "Universal Grids")."""
_BAND_HEIGHT, _FIRST_BAND, _LAST_BAND = 8.0, -80.0, 84.0
_BAND_TOLERANCE = 0.1
"""Degrees: positions just over the border of a band are written with the band of the place they belong to."""
_DIAGONAL = math.sqrt(2) / 2
"""Half the diagonal of a square, by its side."""

_ZONE = rf"(?P<zone>[1-9]|0[1-9]|[1-5][0-9]|60)[^\S\n]?(?P<band>[{_BANDS}])"
_MGRS = re.compile(
    rf"""(?<![\w./+-])(?P<said>(?:MGRS|USNG)\b[\s:]{{1,2}})?
    (?:{_ZONE}|(?P<pole>[ABYZ]))
    (?P<apart>[^\S\n]?)(?P<square>[A-HJ-NP-Z][A-HJ-NP-Z])
    (?P<gap>[^\S\n]?)(?:(?P<east>[0-9]{{1,5}})[^\S\n](?P<north>[0-9]{{1,5}})|(?P<run>[0-9]{{2,10}}))
    (?![\w/+]|[-.,:][0-9]|[^\S\n][0-9])""",
    re.VERBOSE,
)
_ENOUGH_DIGITS = 4
"""Fewer are a reference only where the text says so."""
_ENOUGH_DIGITS_AT_POLES = 10
"""Without a zone, a reference is only letters and digits: all ten must be there, or a word that says so."""
_METRE_DIGITS = 5

_UTM = re.compile(
    rf"""(?<![\w.,/+-])
    (?P<said>(?:UTM\b[\s:,(-]{{0,2}})?(?:(?:WGS|NAD|ETRS)[\s-]?(?:84|83|89|1984|1983|1989)[\s,:]{{1,2}})?(?:(?:[Zz]one\b|Z(?=[\s:-]?[0-9]))[:\s-]{{0,2}})?){_ZONE}(?![A-Za-z0-9])
    [,;:)\s]{{1,2}}
    (?:(?P<first>[EN])[^\S\n]?|[Ee]asting:?[^\S\n]?)?
    (?P<easting>[0-9]{{1,8}}(?:\.(?P<decimals>[0-9]{{1,6}}))?)(?:[^\S\n]?m\b)?(?:[^\S\n]?m?(?P<after>[EN])\b)?
    [,;/\s]{{1,2}}
    (?:(?P<second>[EN])[^\S\n]?|[Nn]orthing:?[^\S\n]?)?
    (?P<northing>[0-9]{{1,8}}(?:\.[0-9]{{1,6}})?)(?:[^\S\n]?m\b)?(?:[^\S\n]?m?(?P<last>[EN])\b)?
    (?![\w]|[.,][0-9])""",
    re.VERBOSE,
)
_EASTING = range(100_000, 1_000_000)
_MAX_NORTHING = 10_000_000.0
_NORTHING_DIGITS = 6
"""Fewer digits of a northing are one only after "UTM" or "zone"."""


def mgrs_references(text: str, window: tuple[int, int], *, alone: bool) -> Iterator[Coordinates]:
    """Yield the references of the Military Grid Reference System in `text`; the point is the square's middle.

    Parameters
    ----------
    text
        Any text.
    window
        From where to where to look, as character positions.
    alone
        Whether `text` is known to be one, so that few digits are enough.
    """
    for match in _MGRS.finditer(text, *window):
        digits = match["run"] or match["east"] + match["north"]
        if len(digits) % 2 or (match["east"] and len(match["east"]) != len(match["north"])):
            continue
        if not (alone or match["said"] or _is_clear(match, digits) or speaks_of_grid(text, *match.span())):
            continue
        point = _from_mgrs("".join(match.group().removeprefix(match["said"] or "").split()))
        if point:
            side = 10.0 ** (_METRE_DIGITS - len(digits) // 2)
            yield Coordinates(*match.span(), *point, "mgrs", side * _DIAGONAL)


def _is_clear(match: re.Match[str], digits: str) -> bool:
    """Tell whether the spelling alone speaks for a grid reference, and not for the number of a product or a flight."""
    if match["pole"]:
        return len(digits) >= _ENOUGH_DIGITS_AT_POLES
    if len(digits) == _ENOUGH_DIGITS and match["run"]:
        # "36USA 1234" is a type and its number; 36UUA1234 and 36U UA 12 34 are not.
        return not match["apart"] and not match["gap"]
    return len(digits) >= _ENOUGH_DIGITS


def _from_mgrs(reference: str) -> tuple[float, float] | None:
    """Return longitude and latitude of the middle of the square, None where there is no such square."""
    from mgrs import MGRS  # noqa: PLC0415 - most texts hold none
    from mgrs.core import MGRSError  # noqa: PLC0415 - as above

    try:
        lat, lon = MGRS().toLatLon(reference)
    except MGRSError:
        return None  # letters that no square of the zone has: not a reference
    return (lon, lat) if on_earth(lon, lat) else None


def utm_positions(text: str, window: tuple[int, int], *, alone: bool) -> Iterator[Coordinates]:
    """Yield the UTM positions in the `window` of `text` (zone, easting and northing in metres).

    The letter after the zone is a latitude band, or N or S for a hemisphere.
    As a band its latitude must fit, which numbers that only look alike seldom do.

    Parameters
    ----------
    text
        Any text.
    window
        From where to where to look, as character positions.
    alone
        Whether `text` is known to be one, so that a northing may be short.
    """
    for match in _UTM.finditer(text, *window):
        markers = (match["first"] or match["after"], match["second"] or match["last"])
        if markers in {("E", "E"), ("N", "N"), ("N", None), (None, "E")}:
            continue
        written = (match["easting"], match["northing"])
        easting, northing = reversed(written) if markers == ("N", "E") else written
        whole = northing.split(".")[0]
        if not (alone or match["said"] or len(whole) >= _NORTHING_DIGITS):
            continue
        if int(float(easting)) not in _EASTING or float(northing) > _MAX_NORTHING:
            continue
        point = _from_utm(int(match["zone"]), match["band"], float(easting), float(northing))
        if point:
            unit = 10.0 ** -len(match["decimals"] or "")
            yield Coordinates(*match.span(), *point, "utm", unit * _DIAGONAL)


def _from_utm(zone: int, letter: str, easting: float, northing: float) -> tuple[float, float] | None:
    """Return longitude and latitude, None where the position is not in the band that `letter` says."""
    below = _FIRST_BAND + _BAND_HEIGHT * _BANDS.index(letter)
    above = _LAST_BAND if letter == _BANDS[-1] else below + _BAND_HEIGHT
    lon, lat = _inverse(zone, letter < "N").transform(easting, northing)
    if on_earth(lon, lat) and below - _BAND_TOLERANCE <= lat <= above + _BAND_TOLERANCE:
        return lon, lat
    if letter not in "NS":
        return None
    # Not in the band of this letter, which is then the hemisphere's.
    lon, lat = _inverse(zone, letter == "S").transform(easting, northing)
    return (lon, lat) if on_earth(lon, lat) and _FIRST_BAND <= lat <= _LAST_BAND else None


@lru_cache(maxsize=8)
def _inverse(zone: int, south: bool) -> Any:  # noqa: ANN401, FBT001 - a transformer of pyproj, imported only when needed; a cache's key
    """Return the projection from `zone` (1–60, EPSG:326xx and 327xx) to EPSG:4326, longitude first."""
    from pyproj import Transformer  # noqa: PLC0415 - takes a fifth of a second, and most texts hold none

    return Transformer.from_crs(f"EPSG:{(32700 if south else 32600) + zone}", "EPSG:4326", always_xy=True)
