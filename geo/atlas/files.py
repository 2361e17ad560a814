"""Atlases and flat tables to files and back; a file is whole or it is not there."""

from __future__ import annotations

import contextlib
import json
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyogrio

from geo.atlas.columns import HOME_COLUMNS
from geo.errors import AtlasError, NoSuchInput, OutputError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.atlas.checks import Tables

LAYERS = ("articles", "toponyms", "places", "homes")
"""The layers of a saved atlas, one a table."""

_LATER = "homes"
"""The layer that atlases saved by earlier versions have not."""

EXPORT_SUFFIXES = (".jsonl", ".csv", ".geojson", ".gpkg")
"""The suffixes of the files that an atlas can be exported to."""

_WRITTEN = "2000-01-01T00:00:00.000Z"
"""What a GeoPackage says about when it was written, so that the same atlas gives the same bytes."""

_LINE_ENDS = {ord(end): f"\\u{ord(end):04x}" for end in "\x85\u2028\u2029"}
"""Characters that JSON allows in a string and at which many programs end a line."""


def write_geopackage(tables: Tables, path: Path) -> None:
    """Write the tables as the layers of a GeoPackage.

    Raises
    ------
    OutputError
        If it cannot be written, or `path` does not end in ``.gpkg``.
    """
    if path.suffix.lower() != ".gpkg":
        raise OutputError(f"{path} does not end in .gpkg; an atlas is saved as a GeoPackage")
    with whole_file(path) as beside, _written_at(_WRITTEN):
        for layer, table in zip(LAYERS, tables, strict=True):
            # Points and areas stand in one layer, each as it is.
            kinds = {"geometry_type": "Unknown", "promote_to_multi": False} if layer == "places" else {}
            try:
                pyogrio.write_dataframe(table, beside, layer=layer, driver="GPKG", append=beside.exists(), **kinds)
            except pyogrio.errors.DataSourceError as error:
                raise OSError(f"{error}") from error


def read_geopackage(path: Path) -> Tables:
    """Return the tables of a GeoPackage as they stand there.

    The homes are empty in one that an earlier version saved.

    Raises
    ------
    NoSuchInput
        If there is no file at `path`.
    AtlasError
        If it is no GeoPackage, or lacks one of the layers.
    """
    if not path.exists():
        raise NoSuchInput(f"{path} does not exist; check the path")
    try:
        there = {str(name) for name, _ in pyogrio.list_layers(path)}
        if missing := [layer for layer in LAYERS if layer not in there and layer != _LATER]:
            raise AtlasError(f"{path} is no saved atlas: it has no layer {', '.join(missing)}")
        articles, toponyms, places = (pyogrio.read_dataframe(path, layer=layer) for layer in LAYERS if layer != _LATER)
        homes = pyogrio.read_dataframe(path, layer=_LATER) if _LATER in there else pd.DataFrame(columns=[*HOME_COLUMNS])
    except (pyogrio.errors.DataSourceError, pyogrio.errors.DataLayerError) as error:
        raise AtlasError(f"{path} is no saved atlas: {error}") from error
    return articles, toponyms, places, homes


def json_lines(flat: pd.DataFrame) -> Iterator[str]:
    """Yield each row of a flat table as one line of JSON, a coordinate that is not known as null."""
    for record in _records(flat):
        yield _json(record)


def write_flat(flat: pd.DataFrame, path: Path) -> None:
    """Write a flat table in the format of the suffix: ``.jsonl``, ``.csv`` or ``.geojson``.

    GeoJSON has one feature a mention, with every column among its
    properties, at the representative point of its place (RFC 7946: longitude
    first, no geometry where no place is known). All are UTF-8.

    Raises
    ------
    OutputError
        If it cannot be written, or the suffix is another.
    """
    match path.suffix.lower():
        case ".jsonl":
            lines: Iterator[str] = (f"{line}\n" for line in json_lines(flat))
        case ".csv":
            lines = iter([flat.to_csv(index=False, lineterminator="\n")])
        case ".geojson":
            lines = _geojson(flat)
        case suffix:
            raise OutputError(
                f"{path}: no format is known for {suffix or 'a name without a suffix'}; "
                f"end it in {', '.join(EXPORT_SUFFIXES)}"
            )
    with whole_file(path) as beside, beside.open("w", encoding="utf-8", newline="") as file:
        file.writelines(lines)


@contextlib.contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Give a path to write to; what was written takes the place of `path` when all went well.

    It lies in a hidden folder beside `path`, so that it can be renamed and
    has the rights of any new file.

    Raises
    ------
    OutputError
        If it could not be written; `path` is then as it was.
    """
    target = path.resolve()  # a link stays a link
    try:
        if target.is_dir():
            raise IsADirectoryError(None, "it is a folder")
        with tempfile.TemporaryDirectory(prefix=".dateline-", dir=target.parent) as folder:
            beside = Path(folder, target.name)
            yield beside
            beside.replace(target)
    except OutputError:
        raise
    except OSError as error:
        raise OutputError(
            f"{path} cannot be written: {error.strerror or error}; write it in a folder of your own"
        ) from error


def _geojson(flat: pd.DataFrame) -> Iterator[str]:
    yield '{"type": "FeatureCollection", "features": ['
    for number, record in enumerate(_records(flat)):
        point = {"type": "Point", "coordinates": [record["lon"], record["lat"]]}
        geometry = point if record["place_id"] else None
        feature = {"type": "Feature", "geometry": geometry, "properties": record}
        yield (",\n" if number else "\n") + _json(feature)
    yield "\n]}\n"


def _records(flat: pd.DataFrame) -> Iterator[dict[str, Any]]:
    for record in flat.to_dict("records"):
        unknown = {"lon": None, "lat": None} if not record["place_id"] else {}
        yield {str(name): value for name, value in record.items()} | unknown


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False).translate(_LINE_ENDS)


@contextlib.contextmanager
def _written_at(time: str) -> Iterator[None]:
    """Make GDAL take `time` for the current time."""
    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": time})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})
