"""Names to places: building the index, looking up, areas, GeoNames' dumps, a user's own places."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from geo.gazetteer.index import Gazetteer
from geo.gazetteer.names import normalise

if TYPE_CHECKING:
    from geo.gazetteer.given import GivenPlace, read_places
    from geo.gazetteer.layered import LayeredGazetteer, with_places

__all__ = ["Gazetteer", "GivenPlace", "LayeredGazetteer", "normalise", "read_places", "with_places"]

_WHERE = {
    "GivenPlace": "geo.gazetteer.given",
    "LayeredGazetteer": "geo.gazetteer.layered",
    "read_places": "geo.gazetteer.given",
    "with_places": "geo.gazetteer.layered",
}


def __getattr__(name: str) -> object:
    """Import what is about a user's own places when it is first asked for, so that a lookup takes milliseconds."""
    if name in _WHERE:
        found = getattr(import_module(_WHERE[name]), name)
        globals()[name] = found
        return found
    message = f"module {__name__!r} has no attribute {name!r}"
    raise AttributeError(message)
