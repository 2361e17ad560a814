"""Articles to mentions: where a place is named, and in which role."""

from geo.recognition.sentences import passage
from geo.recognition.tagger import Tagger

__all__ = ["Tagger", "passage"]
