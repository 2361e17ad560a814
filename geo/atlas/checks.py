"""Whether tables make an atlas; everything wrong with them is told at once."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import pandas as pd

from geo.atlas.columns import ALTERNATIVE_KEYS, ARTICLE_COLUMNS, CRS, HOME_COLUMNS, PLACE_COLUMNS, TOPONYM_COLUMNS
from geo.errors import AtlasError
from geo.types import ROLES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Tables = tuple[pd.DataFrame, pd.DataFrame, gpd.GeoDataFrame, pd.DataFrame]

_NOT_KEPT = re.compile("[\x00\ud800-\udfff]")

_SHOWN = 3
"""How many wrong values a message shows."""


def checked(articles: pd.DataFrame, toponyms: pd.DataFrame, places: gpd.GeoDataFrame, homes: pd.DataFrame) -> Tables:
    """Return copies of the tables with exactly their columns and dtypes.

    Parameters
    ----------
    articles, toponyms, places, homes : DataFrame
        Tables with at least the columns of :mod:`geo.atlas.columns`, in any
        order; other columns are left out.

    Raises
    ------
    AtlasError
        If they make no atlas; the message has one line for each thing wrong.
    """
    problems: list[str] = []
    tables = {
        "articles": _typed(articles, ARTICLE_COLUMNS, "articles", problems),
        "toponyms": _typed(toponyms, TOPONYM_COLUMNS, "toponyms", problems),
        "places": _typed(places, PLACE_COLUMNS, "places", problems),
    }
    of_homes = _typed(homes, HOME_COLUMNS, "homes", problems)
    geometry = _geometry(places, problems)
    if not problems:  # what the values mean can only be asked of values that are there
        problems += _wrong_articles(tables["articles"])
        problems += _wrong_places(tables["places"])
        problems += _wrong_toponyms(**tables)
        problems += _wrong_homes(of_homes)
    if problems:
        raise AtlasError("these tables make no atlas:\n" + "\n".join(f"- {problem}" for problem in problems))
    located = gpd.GeoDataFrame(tables["places"], geometry=geometry.array, crs=CRS)
    return tables["articles"], tables["toponyms"], located, of_homes


def _typed(table: pd.DataFrame, columns: Mapping[str, str], name: str, problems: list[str]) -> pd.DataFrame:
    """Return the columns of `table` with their dtypes, adding to `problems` those that it cannot have."""
    typed: dict[str, pd.Series[Any]] = {}
    for column, dtype in columns.items():
        if column not in table.columns:
            problems.append(f"{name}.{column} is missing")
            continue
        values = table[column].reset_index(drop=True)
        if dtype != "datetime64[s]" and values.isna().any():
            problems.append(f"{name}.{column} has missing values{_rows(values.isna())}")
            continue
        if dtype == "str" and (strange := values.map(_cannot_be_kept).astype(bool)).any():
            problems.append(
                f"{name}.{column} has NUL characters or lone surrogates, which no file format keeps{_rows(strange)}"
            )
            continue
        try:
            typed[column] = _cast(values, dtype)
        except (TypeError, ValueError, OverflowError) as error:
            problems.append(f"{name}.{column} is not {dtype}: {error}")
            continue
    return pd.DataFrame(typed, index=pd.RangeIndex(len(table)))


def _cannot_be_kept(value: object) -> bool:
    return isinstance(value, str) and _NOT_KEPT.search(value) is not None


def _cast(values: pd.Series[Any], dtype: str) -> pd.Series[Any]:
    """Return `values` as `dtype`, which must hold them unchanged."""
    if dtype == "bool" and not values.isin([True, False]).all():
        raise ValueError("it has other values than true and false")
    from_words = pd.to_datetime(values) if dtype == "datetime64[s]" else values
    cast = from_words.astype(pd.api.types.pandas_dtype(dtype))
    if dtype == "int64" and not (cast == values.astype("float64")).all():
        raise ValueError("it has other values than whole numbers")
    return cast


def _geometry(places: pd.DataFrame, problems: list[str]) -> gpd.GeoSeries:
    """Return the geometry of `places`, adding to `problems` what is wrong with it."""
    if not isinstance(places, gpd.GeoDataFrame) or places.active_geometry_name is None:
        problems.append("places has no geometry; make it a geopandas.GeoDataFrame")
        return gpd.GeoSeries([])
    if places.crs != CRS:
        problems.append(f"places is in {places.crs or 'no CRS'}; bring it to {CRS} with to_crs or set_crs")
    absent = (places.geometry.isna() | places.geometry.is_empty).reset_index(drop=True)
    if absent.any():
        problems.append(f"places.geometry is missing or empty{_rows(absent)}")
    return places.geometry


def _wrong_articles(articles: pd.DataFrame) -> Iterator[str]:
    yield from _wrong_ids(articles, "articles", "article_id")


def _wrong_places(places: pd.DataFrame) -> Iterator[str]:
    yield from _wrong_ids(places, "places", "place_id")
    for column, limit in (("lon", 180), ("lat", 90)):
        outside = ~places[column].between(-limit, limit)
        if outside.any():
            yield f"places.{column} is not within ±{limit} degrees{_rows(outside)}"
    if (negative := places["population"] < 0).any():
        yield f"places.population is negative{_rows(negative)}"


def _wrong_toponyms(articles: pd.DataFrame, toponyms: pd.DataFrame, places: pd.DataFrame) -> Iterator[str]:
    unknown = ~toponyms["article_id"].isin(articles["article_id"])
    if unknown.any():
        yield f"toponyms.article_id is in no row of articles{_rows(unknown)}"
    unplaced = ~toponyms["place_id"].isin([*places["place_id"], ""])
    if unplaced.any():
        yield f"toponyms.place_id is in no row of places{_rows(unplaced)}"
    if (strange := ~toponyms["role"].isin(ROLES)).any():
        yield f"toponyms.role is none of {', '.join(ROLES)}{_rows(strange)}"
    if (outside := ~toponyms["score"].between(0, 1)).any():
        yield f"toponyms.score is not within 0 and 1{_rows(outside)}"
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    columns = ("article_id", "start", "end", "text", "passage_start", "passage_end")
    misplaced, outside_passage = [], []
    for article_id, start, end, words, first, last in zip(*(toponyms[column] for column in columns), strict=True):
        text = texts.get(article_id, "")
        misplaced.append(not (0 <= start < end and text[start:end] == words))
        outside_passage.append(not 0 <= first <= start < end <= last <= len(text))
    if any(misplaced):
        yield f"toponyms.text is not what start and end cut out of the article{_rows(pd.Series(misplaced))}"
    if any(outside_passage):
        yield f"toponyms' passage does not hold the name{_rows(pd.Series(outside_passage))}"
    if (garbled := ~toponyms["alternatives"].map(_are_alternatives).astype(bool)).any():
        yield f"toponyms.alternatives is no JSON list of {', '.join(ALTERNATIVE_KEYS)}{_rows(garbled)}"


def _wrong_homes(homes: pd.DataFrame) -> Iterator[str]:
    if (outside := ~homes["articles"].between(0, homes["of"])).any():
        yield f"homes.articles is not within 0 and homes.of{_rows(outside)}"


def _are_alternatives(text: str) -> bool:
    try:
        alternatives = json.loads(text)
    except ValueError:
        return False
    return isinstance(alternatives, list) and all(
        isinstance(alternative, dict) and alternative.keys() >= set(ALTERNATIVE_KEYS) for alternative in alternatives
    )


def _wrong_ids(table: pd.DataFrame, name: str, column: str) -> Iterator[str]:
    if (repeated := table[column].duplicated()).any():
        yield f"{name}.{column} is not unique{_rows(repeated)}"
    if (empty := table[column] == "").any():
        yield f"{name}.{column} is empty{_rows(empty)}"


def _rows(wrong: pd.Series[bool]) -> str:
    """Return the first numbers of the rows where `wrong` holds, for the end of a message."""
    numbers = [str(number) for number, is_wrong in enumerate(wrong) if is_wrong]
    more = ", …" if len(numbers) > _SHOWN else ""
    return f" (row {', '.join(numbers[:_SHOWN])}{more})"
