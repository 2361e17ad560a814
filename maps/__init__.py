"""Places to a page: draws an atlas as one self-contained page to read articles by."""

from maps.draw import draw

__all__ = ["draw"]
