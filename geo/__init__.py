"""Text to places: reads articles, finds the place names in them and decides which place each one means.

>>> import geo
>>> atlas = geo.geoparse(geo.read("seeds"))  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from geo.articles import read
    from geo.atlas import Atlas
    from geo.gazetteer import Gazetteer
    from geo.geoparsing import geoparse
    from geo.types import Article, Candidate, Mention, Place, Toponym

__all__ = ["Article", "Atlas", "Candidate", "Gazetteer", "Mention", "Place", "Toponym", "geoparse", "read"]

_WHERE = {
    "Article": "geo.types",
    "Atlas": "geo.atlas",
    "Candidate": "geo.types",
    "Gazetteer": "geo.gazetteer",
    "Mention": "geo.types",
    "Place": "geo.types",
    "Toponym": "geo.types",
    "geoparse": "geo.geoparsing",
    "read": "geo.articles",
}


def __getattr__(name: str) -> object:
    """Import a public name when it is first asked for, so that ``import geo`` and ``dateline --help`` are quick."""
    if name in _WHERE:
        found = getattr(import_module(_WHERE[name]), name)
        globals()[name] = found
        return found
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
