"""The atlas's tables as the page takes them: their columns, and what must hold of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import pandas as pd

from geo.errors import AtlasError

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "articles": (
        "article_id",
        "title",
        "text",
        "source",
        "url",
        "publisher",
        "published",
        "published_inferred",
        "language",
    ),
    "toponyms": (
        "article_id",
        "start",
        "end",
        "text",
        "role",
        "place_id",
        "score",
        "reason",
        "passage_start",
        "passage_end",
        "alternatives",
    ),
    "places": (
        "place_id",
        "name",
        "lon",
        "lat",
        "country_code",
        "admin1",
        "admin2",
        "feature_class",
        "feature_code",
        "population",
        "source",
        "licence",
        "geometry",
    ),
}
"""The columns of the atlas's tables that the page is made from."""

OPTIONAL: Mapping[str, tuple[str, ...]] = {"places": ("approximate",)}
"""Columns that a table may have besides: `approximate` is true for an area whose outline is partly estimated."""


class AtlasTables(Protocol):
    """Anything that has the three tables of an atlas."""

    @property
    def articles(self) -> pd.DataFrame:
        """One row an article."""

    @property
    def toponyms(self) -> pd.DataFrame:
        """One row a mention."""

    @property
    def places(self) -> gpd.GeoDataFrame:
        """One row a place."""


def check(atlas: AtlasTables) -> None:
    """Raise an error that names everything that keeps `atlas` from being drawn.

    Raises
    ------
    AtlasError
        Where a table or a column is missing, or a mention refers to an article
        or a place that is not in its table.
    """
    wrong: list[str] = []
    for table, columns in COLUMNS.items():
        frame = getattr(atlas, table, None)
        if frame is None:
            wrong.append(f"no table {table!r}")
            continue
        missing = [column for column in columns if column not in frame.columns]
        if missing:
            wrong.append(f"table {table!r} lacks {', '.join(missing)}")
    if not wrong:
        for key, table in (("article_id", "articles"), ("place_id", "places")):
            known = getattr(atlas, table)[key]
            strays = sorted({cell_text(ref) for ref in atlas.toponyms[key]} - {cell_text(ref) for ref in known} - {""})
            if strays:
                wrong.append(f"toponyms refer to {key} {', '.join(strays[:5])}, not in table {table!r}")
            if known.duplicated().any():
                wrong.append(f"table {table!r} has {key} {known[known.duplicated()].iloc[0]} more than once")
        unplaced = atlas.places[~(atlas.places["lon"].between(-180, 180) & atlas.places["lat"].between(-90, 90))]
        if len(unplaced):
            wrong.append(f"place {unplaced['place_id'].iloc[0]} has no lon and lat in degrees")
    if wrong:
        raise AtlasError(
            f"These tables cannot be drawn: {'; '.join(wrong)}. "
            "Add what is missing; the columns are listed in maps.tables.COLUMNS."
        )


def cell_text(value: object) -> str:
    """Return a cell as text; what pandas holds for a missing one becomes empty."""
    if isinstance(value, str):
        return value
    return "" if value is None or value is pd.NA or value is pd.NaT or value != value else str(value)  # noqa: PLR0124 - NaN alone differs from itself
