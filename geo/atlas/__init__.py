"""The result: the articles, the names in them and the places they mean, as three tables."""

from geo.atlas.atlas import Atlas
from geo.atlas.columns import (
    ALTERNATIVE_KEYS,
    ARTICLE_COLUMNS,
    CRS,
    FLAT_COLUMNS,
    HOME_COLUMNS,
    PLACE_COLUMNS,
    TOPONYM_COLUMNS,
)
from geo.atlas.files import EXPORT_SUFFIXES

__all__ = [
    "ALTERNATIVE_KEYS",
    "ARTICLE_COLUMNS",
    "CRS",
    "EXPORT_SUFFIXES",
    "FLAT_COLUMNS",
    "HOME_COLUMNS",
    "PLACE_COLUMNS",
    "TOPONYM_COLUMNS",
    "Atlas",
]
