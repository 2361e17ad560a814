"""Names to places: the embedded gazetteer."""

from geo.gazetteer.index import Gazetteer
from geo.gazetteer.names import normalise

__all__ = ["Gazetteer", "normalise"]
