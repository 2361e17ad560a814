"""The lines of GeoNames' files as records.

The files are UTF-8 with tabs between the columns and without a header; their
columns are told in the ``readme.txt`` beside them. A line that is none of its
file's is counted and left out. Only where there are many, the file is taken
for another one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from geo.gazetteer.dump.files import DumpError, DumpFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_MALFORMED = 0.01
"""The share of malformed lines in a file from which it is taken for no file of the dump. One line is always borne."""

_SOON = 1000
"""Malformed lines at the head of a file after which, if no other came, the rest is not read."""

_TOLD = 5
"""Malformed lines that are told with file and line number."""

_COUNTED = 1 << 12
"""Lines between two reports of how far reading has come."""

_PLACE_COLUMNS, _ADMIN_COLUMNS, _COUNTRY_COLUMNS = 19, 4, 17
_ALTERNATE_COLUMNS, _HIERARCHY_COLUMNS = (4, 10), (2, 3)
_CLASSES = frozenset("AHLPRSTUV")
_LARGEST_ID = 1 << 31
_POLE, _ANTIMERIDIAN = 90, 180


class PlaceRow(NamedTuple):
    """A line of ``allCountries.txt`` or of a country's file: what of it is used."""

    geonames_id: int
    name: str
    ascii_name: str
    alternates: str
    lat: float
    lon: float
    feature_class: str
    feature_code: str
    country_code: str
    admin1_code: str
    admin2_code: str
    population: int
    modified: str


class AdminRow(NamedTuple):
    """A line of ``admin1CodesASCII.txt`` or ``admin2Codes.txt``; ``code`` is like ``NL.11`` or ``NL.11.0642``."""

    code: str
    name: str
    geonames_id: int


class AlternateRow(NamedTuple):
    """A line of ``alternateNamesV2.txt``; ``language`` may also be a kind, such as ``iata`` or ``link``."""

    geonames_id: int
    language: str
    name: str
    is_preferred: bool
    is_colloquial: bool
    is_historic: bool


class HierarchyRow(NamedTuple):
    """A line of ``hierarchy.txt``: `child` lies in `parent`."""

    parent: int
    child: int


class CountryRow(NamedTuple):
    """A line of ``countryInfo.txt``; ``geonames_id`` is 0 where it gives none."""

    code: str
    geonames_id: int


Row = TypeVar("Row")


@dataclass(slots=True)
class Malformed:
    """The lines of a dump that could not be read: how many, and where the first ones are."""

    count: int = 0
    first: list[str] = field(default_factory=list)

    def add(self, where: str, why: str) -> None:
        """Count one more."""
        self.count += 1
        if len(self.first) < _TOLD:
            self.first.append(f"{where}: {why}")


def read_rows(
    file: DumpFile,
    parse: Callable[[list[str]], Row],
    *,
    malformed: Malformed,
    passed: Callable[[int, int], None] = lambda _bytes, _lines: None,
) -> Iterator[Row]:
    """Yield the records of `file`, one line after the other.

    Parameters
    ----------
    file
        One file of a dump. Blank lines and those that begin with ``#`` are no records.
    parse
        Makes a record of the columns of a line, or raises ValueError with what is wrong.
    malformed
        Is told of the lines that are left out.
    passed
        Told now and then how many bytes and lines have been read since it was last told.

    Raises
    ------
    DumpError
        If more than :data:`MOST_MALFORMED` of the lines are malformed, or all are.
    """
    lines = bad = size = told = 0
    why = ""
    with file.opened() as opened:
        for number, raw in enumerate(opened, 1):
            size += len(raw)
            if number - told == _COUNTED:
                passed(size, _COUNTED)
                size, told = 0, number
            try:
                line = raw.decode("utf-8").rstrip("\r\n").removeprefix("\ufeff")
                if not line.strip() or line[0] == "#":
                    continue
                lines += 1
                row = parse(line.split("\t"))
            except ValueError as error:
                if isinstance(error, UnicodeDecodeError):
                    lines += 1
                why = "no UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
                malformed.add(f"{file.path}, line {number}", why)
                bad += 1
                if bad == lines == _SOON:
                    break
            else:
                yield row
    passed(size, number - told if size else 0)
    if bad == lines > 0 or bad > max(1, MOST_MALFORMED * lines):
        raise DumpError(
            f"{file.path} is not GeoNames' file of this name: {bad} of {lines} lines cannot be read "
            f"(first {next(told for told in malformed.first if told.startswith(str(file.path)))}); download it again"
        )


def parse_place(columns: list[str]) -> PlaceRow:
    """Return a line with a place as a record; ValueError says what is wrong."""
    if len(columns) != _PLACE_COLUMNS:
        raise ValueError(f"{len(columns)} columns instead of {_PLACE_COLUMNS}")
    lat, lon = _degrees(columns[4], _POLE), _degrees(columns[5], _ANTIMERIDIAN)
    name, feature_class = columns[1], columns[6]
    if not name:
        raise ValueError("no name")
    if feature_class and feature_class not in _CLASSES:
        raise ValueError(f"the feature class {feature_class!r}, which GeoNames does not have")
    return PlaceRow(
        _id(columns[0]), name, columns[2], columns[3], lat, lon, feature_class, columns[7],
        columns[8], columns[10], columns[11], _count(columns[14]), columns[18],
    )  # fmt: skip


def parse_admin(columns: list[str]) -> AdminRow:
    """Return a line with a division as a record; ValueError says what is wrong."""
    if len(columns) != _ADMIN_COLUMNS:
        raise ValueError(f"{len(columns)} columns instead of {_ADMIN_COLUMNS}")
    if "." not in columns[0] or not columns[1]:
        raise ValueError(f"{columns[0]!r} and {columns[1]!r} are no code and name of a division")
    return AdminRow(columns[0], columns[1], _id(columns[3]))


def parse_alternate(columns: list[str]) -> AlternateRow:
    """Return a line with an alternate name as a record; ValueError says what is wrong."""
    least, most = _ALTERNATE_COLUMNS
    if not least <= len(columns) <= most:
        raise ValueError(f"{len(columns)} columns instead of {least} to {most}")
    flags = (columns[4:8] + [""] * 4)[:4]
    return AlternateRow(
        _id(columns[1]), columns[2], columns[3], flags[0] == "1", flags[2] == "1", flags[3] == "1"
    )  # fmt: skip


def parse_hierarchy(columns: list[str]) -> HierarchyRow:
    """Return a line that says what lies in what as a record; ValueError says what is wrong."""
    least, most = _HIERARCHY_COLUMNS
    if not least <= len(columns) <= most:
        raise ValueError(f"{len(columns)} columns instead of {least} or {most}")
    return HierarchyRow(_id(columns[0]), _id(columns[1]))


def parse_country(columns: list[str]) -> CountryRow:
    """Return a line with a country as a record; ValueError says what is wrong."""
    if len(columns) < _COUNTRY_COLUMNS:
        raise ValueError(f"{len(columns)} columns instead of {_COUNTRY_COLUMNS} or more")
    return CountryRow(columns[0], _id(columns[16]) if columns[16].strip() else 0)


def _id(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 0 < int(text) < _LARGEST_ID):
        raise ValueError(f"{text!r} is no GeoNames id")
    return int(text)


def _count(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()):
        raise ValueError(f"the population {text!r}")
    return int(text)


def _degrees(text: str, most: int) -> float:
    degrees = float(text)
    if not -most <= degrees <= most:
        raise ValueError(f"{text} degrees, beyond {most}")
    return degrees
