"""What the gazetteer knows of the words of a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.recognition.cues import ARTICLES_OF_NAMES, CONNECTORS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.types import NameIndex

LONGEST_NAME = 7
"""Tokens in the longest name that is looked up ("Saint Vincent and the Grenadines" has five)."""
_GLUE = frozenset(("-", "–", "&", "/", "'s", "’s", "'", "’"))
_TRUSTED = 0.5
"""The trust from which a name of a capital is one that readers know."""
_HYPHENS = frozenset(("-", "–"))
_ARTICLE = frozenset(("The", "THE"))
_WELL_KNOWN = frozenset(("country", "admin1", "city", "demonym", "region"))


class Matcher:
    """Finds gazetteer names in token sequences and remembers what it asked."""

    def __init__(self, names: NameIndex, *, remember: int = 1 << 16) -> None:
        self._names = names
        self._remember = remember
        self._profiles: dict[str, tuple[str, ...]] = {}
        self._capitals: dict[str, bool] = {}

    def profile(self, name: str) -> tuple[str, ...]:
        """Return the sorted labels of the places that bear `name`, () if none."""
        known = self._profiles.get(name)
        if known is None:
            if len(self._profiles) >= self._remember:
                self._profiles.clear()
            known = tuple(sorted(self._names.profile(name)))
            self._profiles[name] = known
        return known

    def capital(self, name: str) -> bool:
        """Whether `name` can be the capital of a country, by its likeliest candidates."""
        known = self._capitals.get(name)
        if known is None:
            if len(self._capitals) >= self._remember:
                self._capitals.clear()
            candidates = self._names.lookup(name) if self.profile(name) else ()
            known = any(
                candidate.place.feature_code == "PPLC" and candidate.trust >= _TRUSTED for candidate in candidates
            )
            self._capitals[name] = known
        return known

    def longest(self, words: Sequence[str], at: int) -> tuple[int, tuple[str, ...]]:
        """Return the token count and profile of the longest name that begins at `at`, (0, ()) if none.

        A name begins with a capital and ends with a capital or a number.
        """
        if not begins_name(words, at) or words[at] in _ARTICLE:  # names are indexed without their article
            return 0, ()
        reach = at + 1
        ends = [reach]
        while reach < min(len(words), at + LONGEST_NAME):
            word = words[reach]
            reach += 1
            if word[0].isupper() or word.isdigit():
                ends.append(reach)
            elif words[reach - 2] in _HYPHENS:  # Port-au-Prince
                continue
            elif word not in _GLUE and word not in CONNECTORS and word not in ARTICLES_OF_NAMES:
                break
        for end in reversed(ends):
            profile = self.profile(joined(words[at:end]))
            if profile:
                return end - at, profile
        return 0, ()

    def well_known(self, words: Sequence[str], at: int) -> int:
        """Return the token count of the longest well-known name at `at` in a text without capitals."""
        if not words[at][0].isalpha():
            return 0
        for length in range(min(4, len(words) - at), 0, -1):
            if not words[at + length - 1][0].isalpha():
                continue
            profile = self.profile(joined(words[at : at + length]))
            if "weak" not in profile and not _WELL_KNOWN.isdisjoint(profile):
                return length
        return 0


def begins_name(words: Sequence[str], at: int) -> bool:
    """Whether a name can begin at a token: at a capital, or at "al" before a hyphen and a capital."""
    word = words[at]
    if word[0].isupper():
        return True
    return word in ARTICLES_OF_NAMES and at + 2 < len(words) and words[at + 1] in "-’'" and words[at + 2][0].isupper()


def joined(words: Sequence[str]) -> str:
    """Write tokens as one name, a possessive closed up to its word."""
    if len(words) == 1:
        return words[0]
    return " ".join(words).replace(" 's", "'s").replace(" ’s", "’s")
