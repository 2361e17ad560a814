"""What is kept in memory of each place of a dump: one byte."""

from __future__ import annotations


class Initials:
    """The first letters of the official names by GeoNames id; also which ids the dump has."""

    _PAGE_BITS = 12
    _NO_LETTER, _LARGEST = 1, 255

    def __init__(self) -> None:
        self._pages: dict[int, bytearray] = {}

    def add(self, geonames_id: int, initial: str) -> None:
        """Remember the first letter of a normalised name, "" where nothing is left of it."""
        page, offset = geonames_id >> self._PAGE_BITS, geonames_id & (1 << self._PAGE_BITS) - 1
        if page not in self._pages:
            self._pages[page] = bytearray(1 << self._PAGE_BITS)
        # The letters beyond, which are of other scripts, are all alike: no Latin name begins with one.
        self._pages[page][offset] = min(ord(initial), self._LARGEST) if initial else self._NO_LETTER

    def of(self, geonames_id: int) -> str | None:
        """Return the first letter, None for an id that the dump has no place for."""
        page = self._pages.get(geonames_id >> self._PAGE_BITS)
        letter = page[geonames_id & (1 << self._PAGE_BITS) - 1] if page else 0
        return chr(letter) if letter else None
