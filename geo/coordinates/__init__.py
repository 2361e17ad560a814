"""Coordinates in running text: finds them and converts them to degrees in EPSG:4326 (WGS 84).

Text without any costs almost nothing: one pass decides (:func:`_windows`),
and only then are the patterns compiled and the libraries imported that convert
(mgrs, pyproj, openlocationcode).

Half of a pair alone, a pair out of range and a bare pair of numbers that is
part of a list are none. A short Plus code ("FG2F+29 Kyiv") means a point only
near a reference point; without one it is left out.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geo.coordinates.record import FORMS, Coordinates, Form

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["FORMS", "Coordinates", "Form", "find", "read"]


def find(text: str, *, near: tuple[float, float] | None = None) -> tuple[Coordinates, ...]:
    """Find the coordinates that `text` states.

    Parameters
    ----------
    text
        Any text.
    near
        Longitude and latitude (degrees, EPSG:4326) near which short Plus codes
        are meant; without it they are left out.

    Returns
    -------
    tuple of Coordinates
        In the order of the text, not overlapping; empty where there are none.

    Examples
    --------
    >>> [(one.lon, one.lat, one.form) for one in find("The column stood at 50.4501° N, 30.5234° E.")]
    [(30.5234, 50.4501, 'decimal')]
    >>> find("Sales rose 1.25, 2.36 and 4.5 percent.")
    ()
    """
    return _chosen(one for window in _windows(text) for one in _candidates(text, window, near=near))


def read(text: str, *, near: tuple[float, float] | None = None) -> Coordinates | None:
    """Read a string that is one coordinate and, but for white space around it, nothing else.

    As the string is known to be meant as one, a bare pair needs no three
    decimals and may stand without a comma, and a grid reference may be short.

    Parameters
    ----------
    text
        What to read.
    near
        As for :func:`find`.

    Returns
    -------
    Coordinates or None
        None where `text` is no coordinate, or holds more than one.

    Examples
    --------
    >>> read("geo:50.45,30.52;u=35")
    Coordinates(start=0, end=20, lon=30.52, lat=50.45, form='geo uri', uncertainty_m=35.0)
    >>> read("about 50.45, 30.52") is None
    True
    """
    start = len(text) - len(text.lstrip())
    end = len(text.rstrip())
    candidates = _candidates(text, (start, end), near=near, alone=True)
    whole = (one for one in candidates if (one.start, one.end) == (start, end))
    return next(whole, None)


def _candidates(
    text: str, window: tuple[int, int], *, near: tuple[float, float] | None, alone: bool = False
) -> Iterator[Coordinates]:
    """Yield what each form finds in the `window` of `text`, those first that are surest of themselves."""
    from geo.coordinates import codes, decimals, degrees, grids  # noqa: PLC0415 - most texts hold none

    yield from codes.geo_uris(text, window)
    yield from codes.plus_codes(text, window, near=near)
    yield from grids.mgrs_references(text, window, alone=alone)
    yield from grids.utm_positions(text, window, alone=alone)
    yield from degrees.pairs(text, window)
    yield from decimals.pairs(text, window, alone=alone)


def _chosen(candidates: Iterable[Coordinates]) -> tuple[Coordinates, ...]:
    """Return `candidates` in the order of the text; of two that overlap, the one that came first."""
    chosen: list[tuple[int, Coordinates]] = []
    for order, one in sorted(enumerate(candidates), key=lambda numbered: numbered[1].start):
        if not chosen or chosen[-1][1].end <= one.start:
            chosen.append((order, one))
        elif order < chosen[-1][0]:
            chosen[-1] = order, one
    return tuple(one for _, one in chosen)


def _shapes() -> bytes:
    """Return the table that makes digits and ``+`` ``0``, degree signs ``°`` and white space a space."""
    table = bytearray(range(256))
    for classed, members in (("0", "0123456789+"), ("°", "°º"), (" ", "\t\n\r\x0b\x0c\x85\xa0")):
        for member in members:
            table[ord(member)] = ord(classed)
    return bytes(table)


_SHAPES = _shapes()
_ANCHOR = re.compile(
    rb"""0(?<!00)(?:                                              # once a number, at its first digit
        0*+[^A-Za-z0\xb0]{0,4}+(?:
            \xb0                                                  # the degree sign
          | [NSEW](?![A-Za-z])                                    # 50.45N; 50 27 00 N; 50.45, E30.52
          | [Dd]eg | DEG | [NnSs][Oo][RrUu][Tt][Hh]\b             # degrees; 15.5 north
          | (?:and\ (?:its\ |the\ )?|the\ )?[Ll][AaOoNn][TtNnGg]   # 50, longitude 30
        )
      | 0*+(?:
            \.000                                                 # three decimals
          | [C-X]\ ?[A-Z]{2}\ ?0                                  # 36UUA24
        )
      | 0000                                                      # a grid reference, an easting, 0303124E
      | (?<=[ABYZ][A-Z]{2}0)0 | (?<=[ABYZ][A-Z]{2}\ 0)0           # ZAH12: a grid reference near a pole
      | (?<=[0C-X][C-X]0)(?:0*+[C-X]|00)                          # a Plus code, which may be all letters but for the +
      | (?<=[Gg][Ee][Oo]:0) | (?<=[Gg][Ee][Oo]:-0)                # a geo URI
      )""",
    re.VERBOSE,
)
_MARGIN = 160
"""Characters around an anchor that are looked at: more than the longest pair in words and what stands around it."""


def _windows(text: str) -> list[tuple[int, int]]:
    """Return the stretches of `text` in which it is worth looking closer, from where to where.

    All that is sought has digits or a plus, which are few in news. Where all are
    one byte, the expression begins with a literal and is sought as fast as
    memory is read, seven times as fast as one that begins with any digit. The
    other signs of degrees, minutes and seconds that Latin-1 does not have
    become question marks, which is enough beside a letter.
    """
    windows: list[tuple[int, int]] = []
    for anchor in _ANCHOR.finditer(text.encode("latin-1", "replace").translate(_SHAPES)):
        start, end = max(0, anchor.start() - _MARGIN), min(len(text), anchor.end() + _MARGIN)
        if windows and start <= windows[-1][1]:
            windows[-1] = windows[-1][0], end
        else:
            windows.append((start, end))
    return windows
