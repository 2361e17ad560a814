"""Opens a user's file of places as rows: text tables by their words, all else by GeoPandas."""

# ruff: noqa: PLC0415
# GeoPandas takes half a second to import, and most who use the gazetteer give no file.

from __future__ import annotations

import csv
import io
import json
import math
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.errors import InputError, NoSuchInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    import geopandas as gpd
    from shapely.geometry.base import BaseGeometry

TEXT_SUFFIXES = (".csv", ".tsv")
SUFFIXES = (*TEXT_SUFFIXES, ".geojson", ".json", ".gpkg", ".shp", ".parquet")
"""The files that places can be read from."""

CRS = "EPSG:4326"
_LON, _LAT = 180, 90

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_ENCODINGS = ["cp1252", "cp1251", "cp1250", "cp1254", "cp1256", "cp1253", "cp1255", "koi8_r", "mac_roman"]
"""What spreadsheets write that write no UTF-8; guessed among by charset-normalizer."""
_DELIMITERS = (",", ";", "\t", "|")
_SAYS_DELIMITER = re.compile(r"sep=(.)\r?\n")
_NOT_KEPT = re.compile("[\x00\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the file; ``where`` is its number as the file's readers count."""

    where: str
    cells: Mapping[str, str]
    geometry: BaseGeometry | None = None
    problem: str = ""
    """Why the row cannot be used at all, if so."""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of a file, with what its reader should know of how they were read."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    located: bool = False
    """Whether the file has geometries of its own."""
    notes: tuple[str, ...] = field(default=())


def open_table(path: Path) -> Table:
    """Return the rows of the file at `path`, geometries in EPSG:4326.

    Raises
    ------
    InputError
        If the file is not there, cannot be read, or is of a suffix that is not in :data:`SUFFIXES`.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise InputError(
            f"{path}: places are read from {', '.join(SUFFIXES)} and not from {suffix or 'a file without a suffix'}; "
            "save it as one of them"
        )
    if not path.is_file():
        raise NoSuchInput(f"{path}: there is no such file of places; check the path")
    try:
        if suffix in TEXT_SUFFIXES:
            return _text_table(path)
        if suffix == ".json" and (records := _records(path)) is not None:
            return records
        return _geo_table(path)
    except InputError:
        raise
    except ImportError as error:
        raise InputError(
            f"{path}: reading it needs a package that is not installed ({error.name}); "
            f"install it (pip install {error.name}) or save the places as .gpkg, .geojson or .csv"
        ) from error
    except (OSError, RuntimeError, ValueError, csv.Error) as error:  # GDAL's errors are RuntimeErrors
        raise InputError(
            f"{path}: cannot be read as {suffix} ({error}); save the places as .gpkg, .geojson or .csv again"
        ) from error


def _text_table(path: Path) -> Table:
    text, notes = _decoded(path.read_bytes(), path)
    numbered_from = 1
    if says := _SAYS_DELIMITER.match(text):  # a spreadsheet's own first line
        delimiter, text, numbered_from = says[1], text[says.end() :], 2
    else:
        delimiter = _delimiter(text)
    records = enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), numbered_from)
    headings = next((cells for _, cells in records if any(cells)), [])
    return Table(tuple(headings), tuple(_text_rows(headings, records)), notes=notes)


def _text_rows(headings: Sequence[str], records: Iterable[tuple[int, Sequence[str]]]) -> Iterator[Row]:
    for number, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        where = f"row {number}"
        if any(cell.strip() for cell in cells[len(headings) :]):
            yield Row(where, {}, problem=f"has {len(cells)} cells under {len(headings)} headings")
        else:
            padded = [*cells, *[""] * (len(headings) - len(cells))]
            pairs = zip(headings, padded, strict=False)  # cells beyond the headings are empty here
            yield Row(where, {heading: _text(cell) for heading, cell in reversed(list(pairs))})


def _decoded(data: bytes, path: Path) -> tuple[str, tuple[str, ...]]:
    """Return `data` as text, and what is to be said of its encoding."""
    encoding = next((name for mark, name in _BYTE_ORDER_MARKS if data.startswith(mark)), "utf-8")
    notes: tuple[str, ...] = ()
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        from charset_normalizer import from_bytes

        guess = from_bytes(data, cp_isolation=_ENCODINGS).best()
        if guess is None:
            raise InputError(f"{path}: is no text; save the table as CSV in UTF-8") from None
        text = str(guess)
        notes = (f"it is not in UTF-8 and was read as {guess.encoding}",)
    if "\x00" in text:
        raise InputError(f"{path}: is no text; save the table as CSV in UTF-8")
    return text, notes


def _delimiter(text: str) -> str:
    """Return the sign that parts the headings into most columns."""
    heading = next((line for line in text.splitlines() if line.strip()), "")
    return max(_DELIMITERS, key=lambda sign: len(next(csv.reader([heading], delimiter=sign))))


def _records(path: Path) -> Table | None:
    """Return a JSON list of objects as a table, None for any other JSON."""
    content = json.loads(path.read_bytes())
    if not isinstance(content, list):
        return None
    if not all(isinstance(one, dict) for one in content):
        raise InputError(f"{path}: is a list of other things than objects; give one object a place, or GeoJSON")
    columns = tuple(dict.fromkeys(key for one in content for key in one))
    rows = (Row(f"item {number}", {k: _text(v) for k, v in one.items()}) for number, one in enumerate(content, 1))
    return Table(columns, tuple(rows))


def _geo_table(path: Path) -> Table:
    tables = [_layer(path, name, frame) for name, frame in _layers(path)]
    columns = tuple(dict.fromkeys(column for table in tables for column in table.columns))
    rows = tuple(row for table in tables for row in table.rows)
    notes = tuple(dict.fromkeys(note for table in tables for note in table.notes))
    return Table(columns, rows, any(table.located for table in tables), notes)


def _layers(path: Path) -> Iterator[tuple[str, Any]]:
    """Yield the name and the content of each layer of a file: those with geometries, or all if none has any."""
    import geopandas as gpd
    import pyogrio

    if path.suffix.lower() == ".parquet":
        import pandas as pd

        try:
            yield "", gpd.read_parquet(path)
        except ValueError:  # a table without geometries
            yield "", pd.read_parquet(path)
        return
    layers = pyogrio.list_layers(path)
    spatial = [name for name, kind in layers if kind is not None] or [name for name, _ in layers]
    for name in spatial:
        yield (name if len(spatial) > 1 else ""), gpd.read_file(path, layer=name, engine="pyogrio")


def _layer(path: Path, name: str, frame: Any) -> Table:  # noqa: ANN401 - a DataFrame or a GeoDataFrame
    import geopandas as gpd

    of_layer = f"layer {name}, " if name else ""
    notes: tuple[str, ...] = ()
    located = isinstance(frame, gpd.GeoDataFrame) and frame.active_geometry_name is not None
    if located:
        frame, notes = _on_the_globe(path, frame)
    geometries = list(frame.geometry) if located else [None] * len(frame)
    table = frame.drop(columns=frame.geometry.name) if located else frame
    columns = tuple(str(column) for column in table.columns)
    rows = tuple(
        Row(f"{of_layer}feature {number}", dict(zip(columns, map(_text, cells), strict=True)), geometry)
        for number, (cells, geometry) in enumerate(
            zip(table.itertuples(index=False, name=None), geometries, strict=True), 1
        )
    )
    return Table(columns, rows, located, notes)


def _on_the_globe(path: Path, frame: gpd.GeoDataFrame) -> tuple[gpd.GeoDataFrame, tuple[str, ...]]:
    """Return `frame` in EPSG:4326, and what is to be said of its CRS."""
    if frame.crs is not None:
        return frame.to_crs(CRS), ()
    west, south, east, north = frame.total_bounds
    if any(abs(edge) > limit for edge, limit in ((west, _LON), (east, _LON), (south, _LAT), (north, _LAT))):
        raise InputError(
            f"{path}: does not say its CRS, and its coordinates are no degrees; "
            "save it with its CRS (in QGIS: Export → Save Features As, CRS EPSG:4326)"
        )
    return frame.set_crs(CRS), (f"it does not say its CRS and was read as longitude and latitude ({CRS})",)


def _text(value: object) -> str:
    """Return a cell as clean text: one line, a whole number without its point, a list with bars between its items."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, list | tuple) or hasattr(value, "tolist"):
        items = value if isinstance(value, list | tuple) else value.tolist()
        return "|".join(map(_text, items)) if isinstance(items, list | tuple) else _text(items)
    text = str(value)
    return "" if text in {"<NA>", "NaT"} else " ".join(_NOT_KEPT.sub(" ", text).split())
