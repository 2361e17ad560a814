"""Pairs of angles that letters, words or the signs of degrees make a latitude and a longitude.

An angle alone is none: only two that stand together, one of each axis, are a
mention.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from geo.coordinates.record import MAX_LAT, MAX_LON, Coordinates, Form, on_earth, uncertainty
from geo.coordinates.surroundings import is_measured

if TYPE_CHECKING:
    from collections.abc import Iterator

_S = r"(?:[^\S\n]{0,2}\n?[^\S\n]{0,2})"
"""White space in a wrapped line; never an empty line."""
_POINT = r"(?:\.(?=,?\s?(?:[0-9]|[NSEW]\b|(?i:north|south|east|west|lat|lon))))?"
"""The full stop of an abbreviation, and not of the sentence."""
_DEGREE = rf"(?:[^\S\n]?[°º˚∘⁰]|[^\S\n]?-?(?i:deg(?:ree)?s?)\b{_POINT})"
_MINUTE = rf"(?:[^\S\n]?['’‘′\xb4ʹ`ʼ]|[^\S\n]?-?(?i:min(?:ute)?s?)\b{_POINT})"
_SECOND = rf"(?:[^\S\n]?(?:[\"”“″ʺ]|['’‘′\xb4ʹ`ʼ]{{2}})|[^\S\n]?-?(?i:sec(?:ond)?s?)\b{_POINT})"
_ON = rf"(?:,?{_S}(?:(?i:and)\s)?)"
"""What parts the units: "50 degrees, 27 minutes and 3 seconds"."""
_FRACTION = r"(?:\.[0-9]{1,20}|,[0-9]{1,20}(?=%s))"
"""A decimal comma only before a unit: without one, "50,45" is two numbers."""
_VALUE = rf"""(?:
    (?P<d3>[0-9]{{1,3}})(?P<u3>{_DEGREE}{_ON}|[-:\ \xa0])(?P<m3>[0-9]{{1,2}})(?P<v3>{_MINUTE}{_ON}|[-:\ \xa0])
        (?P<s3>[0-9]{{1,2}}{_FRACTION % _SECOND}?)(?P<w3>{_SECOND})?(?![0-9])(?!{_DEGREE})
  | (?P<d2>[0-9]{{1,3}})(?P<u2>{_DEGREE}{_ON}|[-:\ \xa0])
        (?P<m2>[0-9]{{1,2}}{_FRACTION % _MINUTE}?)(?P<v2>{_MINUTE})?(?![0-9]|[.,][0-9])(?!{_DEGREE})
  | (?P<compact>[0-9]{{4,7}}(?:\.[0-9]{{1,6}})?)(?=[NSEW]|(?<=[NSEW][0-9]{{6}})|(?<=[NSEW][0-9]{{7}}))
  | (?P<d1>[0-9]{{1,3}}{_FRACTION % _DEGREE}?)(?P<u1>{_DEGREE})?(?![0-9]|[.,][0-9])
  )"""
_HEMISPHERE = r"(?:[NSEW](?![A-Za-z])|(?i:north|south|east|west)(?:ern)?(?![\w-]))"
_AXIS = r"(?i:lat(?:itude)?|long?(?:itude)?|lng)(?![^\W\d_])"
_ANGLE = re.compile(
    rf"""(?:
        # latitude: 50.45; lat. N 50° 27′; north latitude 50° 27′; N50.45
        (?<![^\W\d_])(?:
            (?:(?P<before>{_HEMISPHERE})\.?{_S})?(?<!tude\sand\s)(?<!lat\sand\s)(?<!lat/)(?<!tude/)(?<!lon/)(?P<axis>{_AXIS})
            ["'.]?{_S}(?:[:=]{_S}|(?:of|is|was)\s)?["']?(?:(?P<inner>{_HEMISPHERE})\.?{_S})?
          | (?P<prefix>{_HEMISPHERE})\.?{_S}
        )
      | (?:(?<![\w.$€£¥\#/'’\u2212–-])(?<![0-9],)(?<![0-9]:)|(?<=[0-9′″'"’”°][NSEW]))
    )
    (?P<sign>[-+\u2212–])?{_VALUE}
    (?P<suffix>(?(prefix)(?!)|{_S}-?(?:{_HEMISPHERE}|(?<=[°º˚′″'’"”])[nsew](?![A-Za-z]))))?
    (?P<named>(?(axis)(?!)|[.]?{_S}{_AXIS}))?""",
    re.VERBOSE,
)
_BETWEEN = re.compile(
    rf"""["'.]?{_S}(?:[,;/|&]{_S}(?:(?:and|by)\s)?|(?:and|by|x|at)\s{_S}|[-–—]\s)?(?:(?:its|the|a)\s)?["']?""",
    re.VERBOSE,
)
_LONGEST_BETWEEN = 20
_RANGE_BEFORE = re.compile(r"(?<![.0-9])[0-9]{1,3}°?\s?(?:[–—-]|to)\s?$")
"""The first number of "48–52° N"; it has no letter of its own."""
_STRETCH = re.compile(rf"{_S}(?:to|and|or|through|[,–—-]){_S}")
_SIXTY = 60
_NEGATIVE = "-\u2212–"
_GROUPS: dict[tuple[str, ...], Form] = {("d3", "m3", "s3"): "dms", ("d2", "m2"): "dm", ("d1",): "decimal"}
"""The groups of an angle's parts in the expression, by how many there are."""
_COMPACT_DIGITS: dict[tuple[str, int], Form] = {
    ("lat", 4): "dm",
    ("lat", 6): "dms",
    ("lon", 5): "dm",
    ("lon", 7): "dms",
}
"""ddmm, ddmmss, dddmm and dddmmss (ICAO Annex 15, as in NOTAM)."""

Axis = Literal["lat", "lon"]


@dataclass(frozen=True, slots=True)
class _Angle:
    """One latitude or longitude as it is written."""

    start: int
    end: int
    degrees: float
    unit: float
    """What one more in the last digit is, in degrees."""
    form: Form
    axis: Axis | None
    """None where neither a letter nor a word says it."""
    signed: bool
    """Whether signs stand at its parts, and no mere spaces, dashes or nothing."""
    style: str


def pairs(text: str, window: tuple[int, int]) -> Iterator[Coordinates]:
    """Yield the pairs of a latitude and a longitude in the `window` of `text`, in either order."""
    angles = [angle for match in _ANGLE.finditer(text, *window) if (angle := _angle(match))]
    before: _Angle | None = None
    at = 0
    while at + 1 < len(angles):
        first, second = angles[at], angles[at + 1]
        after = angles[at + 2] if at + 2 < len(angles) else None
        found = None
        if _adjoin(text, first, second) and not _is_in_list(text, before, first, second, after):
            found = _coordinates(text, first, second)
        if found:
            yield found
        before = None if found else first
        at += 2 if found else 1


def _adjoin(text: str, first: _Angle, second: _Angle, between: re.Pattern[str] = _BETWEEN) -> bool:
    gap = second.start - first.end
    return gap <= _LONGEST_BETWEEN and between.fullmatch(text, first.end, second.start) is not None


def _is_in_list(text: str, before: _Angle | None, first: _Angle, second: _Angle, after: _Angle | None) -> bool:
    """Tell whether two angles that stand together are part of a longer row of angles.

    `before` is the angle before the first, None if that belongs to a pair.
    """
    if first.axis is None:
        # Nothing says what they are, so that nothing more may stand beside them.
        return (before is not None and _adjoin(text, before, first)) or (
            after is not None and _adjoin(text, second, after)
        )
    if _RANGE_BEFORE.search(text, max(0, first.start - _LONGEST_BETWEEN), first.start):
        return True
    # "20° E to 30° E, 50° N" is a stretch and not a place.
    return before is not None and before.axis == first.axis and _adjoin(text, before, first, _STRETCH)


def _coordinates(text: str, first: _Angle, second: _Angle) -> Coordinates | None:
    """Return the point of two angles that stand together, None where they make none."""
    if first.style != second.style or is_measured(text, second.end):
        return None
    if first.axis is None and second.axis is None:
        # Signs of degrees, minutes and seconds alone: angles, unless they are exact and two.
        if not (first.signed and second.signed and first.form == second.form == "dms"):
            return None
        lat, lon = first, second
    elif {first.axis, second.axis} == {"lat", "lon"}:
        lat, lon = (first, second) if first.axis == "lat" else (second, first)
    else:
        return None
    if not on_earth(lon.degrees, lat.degrees):
        return None
    finest = min(lat, lon, key=lambda angle: ("decimal", "dm", "dms").index(angle.form) * -1)
    written = uncertainty(lat.degrees, lon_unit=lon.unit, lat_unit=lat.unit)
    return Coordinates(first.start, second.end, lon.degrees, lat.degrees, finest.form, written)


def _angle(match: re.Match[str]) -> _Angle | None:
    """Return the angle that `match` is, None where its parts contradict each other or say too little."""
    axis, hemisphere_sign = _axis(match)
    value = _value(match, axis)
    if value is None or (axis is None and _is_contradictory(match)):
        return None
    degrees, unit, form = value
    if degrees > (MAX_LAT if axis == "lat" else MAX_LON):
        return None
    negative = (match["sign"] or "+") in _NEGATIVE
    if negative and hemisphere_sign > 0 and _letters(match):
        return None  # minus fifty north
    signed = bool(match["w3"] or match["v2"] or match["u1"])
    worded = match["axis"] or match["named"]
    if axis and not worded and form == "decimal" and not match["u1"] and "." not in match["d1"]:
        return None  # 5 N may be a street, an exit or a wind
    sign = -1.0 if negative or hemisphere_sign < 0 else 1.0
    return _Angle(match.start(), match.end(), sign * degrees, unit, form, axis, signed, _style(match))


def _letters(match: re.Match[str]) -> list[str]:
    """Return the first letters of the hemispheres that are written."""
    written = (match["before"], match["inner"], match["prefix"], match["suffix"])
    return [one.strip().strip("-.").strip().upper()[0] for one in written if one]


def _axis(match: re.Match[str]) -> tuple[Axis | None, float]:
    """Return the axis that letters and words agree on and the sign of the hemisphere; None where there are none."""
    letters = _letters(match)
    axes: set[Axis] = {"lat" if letter in "NS" else "lon" for letter in letters}
    for word in (match["axis"], match["named"]):
        if word:
            axes.add("lat" if "a" in word.lower().lstrip(".").strip()[:2] else "lon")
    sign = -1.0 if any(letter in "SW" for letter in letters) else 1.0
    return (axes.pop(), sign) if len(axes) == 1 and len(set(letters)) <= 1 else (None, sign)


def _is_contradictory(match: re.Match[str]) -> bool:
    """Tell whether letters or words are written, which then do not agree (50° north longitude)."""
    return bool(_letters(match) or match["axis"] or match["named"])


def _value(match: re.Match[str], axis: Axis | None) -> tuple[float, float, Form] | None:
    """Return degrees, the unit of the last digit in degrees and the form; None for 60 minutes or seconds."""
    if match["compact"]:
        return _compact_value(match["compact"], axis)
    for groups, form in _GROUPS.items():
        if match[groups[0]]:
            return _sum([match[group].replace(",", ".") for group in groups], form)
    return None


def _compact_value(digits: str, axis: Axis | None) -> tuple[float, float, Form] | None:
    whole, _, decimals = digits.partition(".")
    if axis is None or (axis, len(whole)) not in _COMPACT_DIGITS:
        return None
    form = _COMPACT_DIGITS[axis, len(whole)]
    width = 2 if axis == "lat" else 3
    parts = [whole[:width], whole[width : width + 2]] + ([whole[width + 2 :]] if form == "dms" else [])
    if decimals:
        parts[-1] += "." + decimals
    return _sum(parts, form)


def _sum(parts: list[str], form: Form) -> tuple[float, float, Form] | None:
    """Return the sum of degrees, minutes and seconds, all in degrees."""
    numbers = [float(part) for part in parts]
    # Sixty seconds are written where software has rounded.
    if any(number >= _SIXTY for number in numbers[1:2]) or any(number > _SIXTY for number in numbers[2:]):
        return None
    degrees = sum(number / _SIXTY**power for power, number in enumerate(numbers))
    unit = 10.0 ** -len(parts[-1].partition(".")[2]) / _SIXTY ** (len(parts) - 1)
    return degrees, unit, form


def _style(match: re.Match[str]) -> str:
    """Return in what manner of parts it is written where nothing marks the parts, in which both of a pair agree."""
    if match["compact"]:
        return "compact"
    for unmarked, style in (("u3", "three parts"), ("u2", "two parts")):
        if match[unmarked] and match[unmarked] in "-: \xa0":
            return style
    return ""
