"""What the gazetteer knows of the words of a sentence."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from geo.types import QuickNameIndex

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from geo.recognition.words import Word
    from geo.types import NameIndex

    Span = tuple[int, int, tuple[str, ...]]

LONGEST_NAME = 7
"""Tokens in the longest name that is looked up ("Saint Vincent and the Grenadines" has five)."""
_TRUSTED = 0.5
"""The trust from which a name of a capital is one that readers know."""
_ARTICLE = frozenset(("The", "THE"))
_OF_CAPITALS = frozenset(("city", "town", "village", "demonym", "code"))
"""Labels of which the profile of a populated place's name has one, by its population or by the kind of name."""
_WELL_KNOWN = frozenset(("country", "admin1", "city", "demonym", "region"))


class Matcher:
    """Finds gazetteer names in token sequences and remembers what it asked."""

    def __init__(self, names: NameIndex, *, remember: int = 1 << 16) -> None:
        self._names = names
        self._quick = names if isinstance(names, QuickNameIndex) else None
        self._remember = remember
        self._profiles: dict[str, tuple[str, ...]] = {}
        self._capitals: dict[str, bool] = {}

    def profile(self, name: str) -> tuple[str, ...]:
        """Return the sorted labels of the places that bear `name`, () if none."""
        known = self._profiles.get(name)
        if known is None:
            self.learn((name,))
            known = self._profiles[name]
        return known

    def learn(self, names: Collection[str]) -> None:
        """Ask the gazetteer for the profiles of those of `names` that are not remembered, at once if it can."""
        profiles = self._profiles
        unknown = [name for name in names if name not in profiles]
        if len(profiles) + len(unknown) > self._remember:
            profiles.clear()
            unknown = list(names)
        if not unknown:
            return
        if self._quick is not None and len(unknown) > 1:
            found: Mapping[str, frozenset[str]] = self._quick.profile_many(unknown)
        else:
            found = {name: self._names.profile(name) for name in unknown}
        profiles.update((name, _sorted(found[name])) for name in unknown)

    def capital(self, name: str) -> bool:
        """Whether `name` can be the capital of a country, by its likeliest candidates."""
        known = self._capitals.get(name)
        if known is None:
            if len(self._capitals) >= self._remember:
                self._capitals.clear()
            self._capitals[name] = known = self._bears_capital(name)
        return known

    def _bears_capital(self, name: str) -> bool:
        # The profile tells most names from those of capitals.
        if _OF_CAPITALS.isdisjoint(self.profile(name)):
            return False
        if self._quick is not None:  # the candidates of a name can be many, and are not wanted
            return self._quick.bears(name, "PPLC", trust=_TRUSTED)
        return any(
            candidate.place.feature_code == "PPLC" and candidate.trust >= _TRUSTED
            for candidate in self._names.lookup(name)
        )

    def spans(self, sentences: Sequence[tuple[Sequence[Word], Sequence[int]]]) -> list[list[Span]]:
        """Return the names of the gazetteer in the sentences of a document.

        A name begins with a capital and ends with a capital or a number. Of
        several the first counts, and of those that begin with it the longest.

        Parameters
        ----------
        sentences
            The words of each sentence, and at which of them a name can begin.

        Returns
        -------
        list of list of (int, int, tuple of str)
            The first and past-last token and the profile of each name, in order.
        """
        possible = [[(at, _possible(known, at)) for at in begins] for known, begins in sentences]
        self.learn({name for sentence in possible for _, names in sentence for name, _ in names})
        return [self._chosen(sentence) for sentence in possible]

    def _chosen(self, possible: Iterable[tuple[int, list[tuple[str, int]]]]) -> list[Span]:
        found: list[Span] = []
        reached = 0
        for at, names in possible:
            if at >= reached:
                for name, end in reversed(names):
                    if profile := self.profile(name):
                        found.append((at, end, profile))
                        reached = end
                        break
        return found

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


def _possible(known: Sequence[Word], at: int) -> list[tuple[str, int]]:
    """Return what may be a name that begins at a token, and where it ends, the shortest first."""
    first = known[at].text
    if first in _ARTICLE:  # names are indexed without their article
        return []
    names = [(first, at + 1)]
    for reach in range(at + 1, min(len(known), at + LONGEST_NAME)):
        word = known[reach]
        if word.ends_name:
            names.append((joined([word.text for word in known[at : reach + 1]]), reach + 1))
        elif not (word.inside_name or known[reach - 1].hyphen):  # Port-au-Prince
            break
    return names


@lru_cache(maxsize=1 << 12)
def _sorted(profile: frozenset[str]) -> tuple[str, ...]:
    """Return the labels of a profile in order; the same tuple for the many names that have the same."""
    return tuple(sorted(profile))


def joined(words: Sequence[str]) -> str:
    """Write tokens as one name, a possessive closed up to its word."""
    if len(words) == 1:
        return words[0]
    return " ".join(words).replace(" 's", "'s").replace(" ’s", "’s")
