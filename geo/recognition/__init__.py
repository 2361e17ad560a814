"""Articles to mentions: where a place is named, and in which role."""

from geo.recognition.positions import with_positions
from geo.recognition.registry import open_recogniser
from geo.recognition.sentences import passage
from geo.recognition.tagger import Tagger

__all__ = ["Tagger", "open_recogniser", "passage", "with_positions"]
