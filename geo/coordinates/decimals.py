"""Bare pairs of decimal degrees: a latitude and a longitude with no letter or word that says so.

Two numbers with a comma between are mostly something else. So each must have
decimals enough, the pair must stand alone and not in a list, and nothing near
it may be a currency or a unit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.coordinates.record import Coordinates, on_earth, uncertainty
from geo.coordinates.surroundings import is_measured, is_set_off, speaks_of_coordinates, speaks_of_statistics

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGN = "[°º˚∘⁰]"
_NUMBER = (
    r"[-+\u2212–]?[0-9]{{1,3}}"
    rf"(?:\.(?P<{{0}}_decimals>[0-9]{{{{1,20}}}})(?:[^\S\n]?{_SIGN})?|,(?P<{{0}}_after>[0-9]{{{{1,20}}}})[^\S\n]?{_SIGN})"
)
"""A decimal comma needs the degree sign, without which "50,45" is two numbers."""
_LONGITUDE_FIRST = r"(?i:lon(?:g|gitude)?(?:\s?[,/&]\s?|\sand\s)lat(?:itude)?\W{1,3}(?:(?:of|is|are)\s)?)"
"""What announces that the order is not the usual one."""


def _pair(separator: str) -> str:
    return (
        rf"(?P<swapped>{_LONGITUDE_FIRST})?(?P<lat>{_NUMBER.format('lat')}){separator}(?P<lon>{_NUMBER.format('lon')})"
    )


_PAIR = re.compile(r"(?<![\w.,$€£¥₴₽#±<>~≈^*'’/\u2212-])" + _pair(r",\s?") + r"(?![\w°]|[.'’-][0-9])")
_ALONE = re.compile(_pair(r"(?:[^\S\n]?[,;/][^\S\n]?|[^\S\n]{1,3})"))
_ONE_MORE = re.compile(
    r"\s?(?:,\s?(?:and\s|or\s)?|[;&/–-]\s?|(?:and|or|to|by|vs\.?|versus)\s)\s?[$€£¥+\u2212-]?\.?[0-9]"
)
_ZOOM = re.compile(r",[0-9]+(?:\.[0-9]+)?[zma]\b")
"""The zoom that a map's address has after the pair: /@50.4501,30.5234,15z."""
_LIST_BEFORE = re.compile(
    r"(?:[0-9%]°?\s?(?:,|;|&|/|[–-]|,?\s(?:and|or|to|by|vs\.?|versus))\s?|[$€£¥₴₽±<>~≈]\s?|\b(?:minus|plus)\s)$"
)
_REACH = 20
_SURE_DECIMALS, _LEAST_DECIMALS = 4, 3
"""With three decimals each it may be scores or thousands (12.345), so that a word must
speak of coordinates or the pair stand in brackets or on a line of its own."""
_NULL_ISLAND = 4.0
"""Degrees. There is no land so near to 0° N 0° E; shares, probabilities and rates of exchange are such numbers."""


def pairs(text: str, window: tuple[int, int], *, alone: bool) -> Iterator[Coordinates]:
    """Yield the bare pairs of decimal degrees in the `window` of `text`, latitude first.

    Parameters
    ----------
    text
        Any text.
    window
        From where to where to look, as character positions.
    alone
        Whether `text` is known to be one pair: then decimals need not be many
        and a space may part it.
    """
    if alone:
        whole = _ALONE.fullmatch(text, *window)
        if whole:
            yield from _converted(whole)
        return
    for match in _PAIR.finditer(text, *window):
        if _stands_alone(match) and _is_written_exactly(match):
            yield from _converted(match)


def _stands_alone(match: re.Match[str]) -> bool:
    """Tell whether neither a longer list, nor a currency or a unit is around the pair."""
    text, (start, end) = match.string, match.span()
    more = _ONE_MORE.match(text, end)
    if more and not _ZOOM.match(text, end) and not _is_next_pair(match, more):
        return False
    if is_measured(text, end):
        return False
    before = text[max(0, start - _REACH) : start]
    listed = _LIST_BEFORE.search(before)
    return listed is None or _is_after_pair(text, start - len(listed.group()) + 1, listed.group())


def _is_next_pair(match: re.Match[str], more: re.Match[str]) -> bool:
    """Tell whether what goes on after the pair is another pair, and not parted from it by a mere comma."""
    following = _PAIR.search(match.string, match.end() + 1, match.end() + 4 * _REACH)
    return following is not None and following.start() <= more.end() and more.group().lstrip()[0] not in ",/"


def _is_after_pair(text: str, end: int, listed: str) -> bool:
    """Tell whether what the list before the pair holds is itself a pair, parted from this one by more than a comma."""
    if not listed[0].isdigit() or listed[1:].lstrip("° ")[0] in ",/":
        return False
    return any(before.end() == end for before in _PAIR.finditer(text, max(0, end - 2 * _REACH), end))


def _is_written_exactly(match: re.Match[str]) -> bool:
    """Tell whether decimals enough are written for what nothing else says is a coordinate."""
    decimals = [len(match[f"{axis}_decimals"] or match[f"{axis}_after"]) for axis in ("lat", "lon")]
    if min(decimals) < _LEAST_DECIMALS:
        return False
    text, (start, end) = match.string, match.span()
    if match["swapped"] or speaks_of_coordinates(text, start):
        return True
    if max(abs(_degrees(match["lat"])), abs(_degrees(match["lon"]))) < _NULL_ISLAND or speaks_of_statistics(
        text, start
    ):
        return False
    return max(decimals) >= _SURE_DECIMALS or is_set_off(text, start, end)


def _converted(match: re.Match[str]) -> Iterator[Coordinates]:
    axes = ("lon", "lat") if match["swapped"] else ("lat", "lon")
    lat, lon = (_degrees(match[axis]) for axis in axes)
    if on_earth(lon, lat):
        lat_unit, lon_unit = (10.0 ** -len(match[f"{axis}_decimals"] or match[f"{axis}_after"]) for axis in axes)
        written = uncertainty(lat, lat_unit=lat_unit, lon_unit=lon_unit)
        yield Coordinates(*match.span(), lon, lat, "decimal", written)


def _degrees(number: str) -> float:
    return float(number.rstrip("°º˚∘⁰").replace(",", ".").replace("\u2212", "-").replace("–", "-"))
