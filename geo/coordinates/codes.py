"""Codes that are a coordinate by themselves: geo URIs and Plus codes."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from geo.coordinates.record import MAX_LAT, Coordinates, on_earth, uncertainty

if TYPE_CHECKING:
    from collections.abc import Iterator

_GEO = re.compile(
    r"""(?<![\w:.])geo:
    (?P<lat>-?[0-9]{1,3}(?:\.(?P<lat_decimals>[0-9]+))?),
    (?P<lon>-?[0-9]{1,3}(?:\.(?P<lon_decimals>[0-9]+))?)
    (?:,-?[0-9]+(?:\.[0-9]+)?)?                               # altitude
    (?P<parameters>(?:;[A-Za-z0-9-]+(?:=[A-Za-z0-9\[\]:&+$.%_~!*'()-]*[A-Za-z0-9\])])?)*)
    (?![0-9]|[.,][0-9])""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)
_SEARCH = re.compile(r"\?q=", re.IGNORECASE)
"""Android's ``geo:0,0?q=…``: the point is none, what is sought comes after."""

_DIGITS = "23456789CFGHJMPQRVWX"
"""The digits of an Open Location Code (specification of Open Location Code, "Encoding")."""
_PLUS = re.compile(
    rf"""(?<![\w+./=-])(?:
        (?P<full>[2-9C][2-9CFGHJMPQRV](?:[{_DIGITS}]{{6}}\+(?:[{_DIGITS}]{{2,7}})?
          | [{_DIGITS}]{{4}}00\+ | [{_DIGITS}]{{2}}0000\+))
      | (?P<short>(?:[{_DIGITS}]{{2}}){{1,3}}\+[{_DIGITS}]{{2,7}})
    )(?![\w+])""",
    re.VERBOSE,
)


def geo_uris(text: str, window: tuple[int, int]) -> Iterator[Coordinates]:
    """Yield the geo URIs (RFC 5870) in the `window` of `text`; other reference systems than WGS 84 are left out."""
    for match in _GEO.finditer(text, *window):
        lon, lat = float(match["lon"]), float(match["lat"])
        parameters = dict((pair + "=").split("=")[:2] for pair in match["parameters"].lower().split(";")[1:])
        if not on_earth(lon, lat) or parameters.get("crs", "wgs84") != "wgs84" or _SEARCH.match(text, match.end()):
            continue
        if abs(lat) == MAX_LAT:
            lon = 0.0  # "SHOULD be set to 0" at the poles (RFC 5870, section 3.4.2)
        stated = _metres(parameters.get("u", ""))
        written = uncertainty(
            lat,
            lon_unit=10.0 ** -len(match["lon_decimals"] or ""),
            lat_unit=10.0 ** -len(match["lat_decimals"] or ""),
        )
        yield Coordinates(*match.span(), lon, lat, "geo uri", written if stated is None else stated)


def _metres(value: str) -> float | None:
    """Return the number of metres that the parameter ``u`` states, None where it states none."""
    return float(value) if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?", value) and math.isfinite(float(value)) else None


def plus_codes(text: str, window: tuple[int, int], *, near: tuple[float, float] | None) -> Iterator[Coordinates]:
    """Yield the Plus codes in the `window` of `text`; the short ones need `near` (lon, lat)."""
    for match in _PLUS.finditer(text, *window):
        if match["short"] and near is None:
            continue
        from openlocationcode import openlocationcode  # noqa: PLC0415 - most texts hold none

        code = match.group()
        if match["short"] and near is not None:
            code = openlocationcode.recoverNearest(code, near[1], near[0])
        if not openlocationcode.isFull(code):
            continue
        area = openlocationcode.decode(code)
        lon, lat = float(area.longitudeCenter), float(area.latitudeCenter)
        height = float(area.latitudeHi - area.latitudeLo)
        width = float(area.longitudeHi - area.longitudeLo)
        if on_earth(lon, lat):
            yield Coordinates(*match.span(), lon, lat, "plus code", uncertainty(lat, lon_unit=width, lat_unit=height))
