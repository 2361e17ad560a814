"""What names can mean, looked up once for many articles and kept as columns of numbers.

To make a number of a property of a place takes longer than to reckon with it.
Here each name's candidates become rows of numbers the first time the name is
asked for, and :mod:`geo.resolution.context` puts the rows of an article, or of
many, together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

import numpy as np

from geo.resolution.inner_names import within_own_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from geo.types import Candidate, Mention, NameIndex

REMEMBERED = 1 << 12
"""Names whose candidates are kept, about 20 MB of them."""

NUMBERS = ("x", "y", "z", "population", "prominence", "trust")
"""Columns of :attr:`Meanings.numbers`; the first three are the position on the unit sphere."""

CODES = ("place", "country", "admin1", "admin2", "feature_class", "feature_code", "kind", "within")
"""Columns of :attr:`Meanings.codes`: numbers that are equal where what they stand for is; -1 for nothing. The last
is 1 for a candidate that lies in what the name itself says (:mod:`geo.resolution.inner_names`), else 0."""


@runtime_checkable
class ManyNames(Protocol):
    """What a gazetteer may offer besides :class:`geo.types.NameIndex`."""

    def lookup_many(self, names: Iterable[str]) -> Mapping[str, tuple[Candidate, ...]]:
        """Return the places that each of `names` can mean."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Meanings:
    """What one name can mean.

    Attributes
    ----------
    spelling
        The key under which the name is looked up: names that share it are spelled alike.
    candidates
        The places.
    numbers, codes
        Their :data:`NUMBERS` and :data:`CODES`, a row for each candidate.
    """

    spelling: str
    candidates: tuple[Candidate, ...]
    numbers: NDArray[np.float64]
    codes: NDArray[np.int64]


class KnownNames:
    """The names of a gazetteer with what they can mean; those asked for are remembered.

    Parameters
    ----------
    names
        The gazetteer.
    """

    def __init__(self, names: NameIndex) -> None:
        self._names = names
        self._known: dict[tuple[str, bool], Meanings] = {}
        self._places: dict[str, int] = {}
        self._countries: dict[str, int] = {}
        self._divisions: dict[tuple[str, ...], int] = {}
        self._texts: dict[str, int] = {}

    @property
    def texts(self) -> tuple[str, ...]:
        """What the codes of feature classes, feature codes and kinds of name stand for."""
        return tuple(self._texts)

    def meanings(self, mentions: Sequence[Mention]) -> list[Meanings]:
        """Return what each of `mentions` can mean."""
        asked = [(mention.text, mention.role == "demonym") for mention in mentions]
        missing = {text for text, demonym in asked if (text, demonym) not in self._known}
        if missing:
            if len(self._known) > REMEMBERED:
                for remembered in (self._known, self._places, self._countries, self._divisions, self._texts):
                    remembered.clear()
                missing = {text for text, _ in asked}
            found = self._lookup(sorted(missing))
            self._read([one for one in dict.fromkeys(asked) if one[0] in missing], found)
        return [self._known[one] for one in asked]

    def _lookup(self, texts: Sequence[str]) -> Mapping[str, Sequence[Candidate]]:
        if len(texts) > 1 and isinstance(self._names, ManyNames):
            return self._names.lookup_many(texts)
        return {text: self._names.lookup(text) for text in texts}

    def _read(self, asked: Sequence[tuple[str, bool]], found: Mapping[str, Sequence[Candidate]]) -> None:
        """Remember what names mean, all at once, which is quicker."""
        spoken_for = {text: within_own_name(text, found[text], self._names) for text, _ in asked}
        kept = [tuple(fitting(spoken_for[text][0], demonym=demonym)) for text, demonym in asked]
        flat = [candidate for candidates in kept for candidate in candidates]
        position = np.array([(c.place.lon, c.place.lat) for c in flat], float).reshape(-1, 2)
        lon, lat = np.radians(position).T
        across = np.cos(lat)
        numbers = np.column_stack(
            [
                *(across * np.cos(lon), across * np.sin(lon), np.sin(lat)),
                np.array([(c.place.population, c.prominence, c.trust) for c in flat], float).reshape(-1, 3),
            ]
        )
        codes = np.array([self._numbered(c) for c in flat], int).reshape(-1, len(CODES))
        first = 0
        for (text, demonym), candidates in zip(asked, kept, strict=True):
            rows = slice(first, first + len(candidates))
            if within := spoken_for[text][1]:
                codes[rows, -1] = [candidate.place.id in within for candidate in candidates]
            meanings = Meanings(self._names.normalise(text), candidates, numbers[rows], codes[rows])
            self._known[text, demonym] = meanings
            first = rows.stop

    def _numbered(self, candidate: Candidate) -> tuple[int, ...]:
        place = candidate.place
        code, admin1, admin2 = place.country_code, place.admin1, place.admin2
        divisions, texts = self._divisions, self._texts
        return (
            self._places.setdefault(place.id, len(self._places)),
            self._countries.setdefault(code, len(self._countries)) if code else -1,
            divisions.setdefault((code, admin1), len(divisions)) if admin1 else -1,
            divisions.setdefault((code, admin1, admin2), len(divisions)) if admin2 else -1,
            texts.setdefault(place.feature_class, len(texts)),
            texts.setdefault(place.feature_code, len(texts)),
            texts.setdefault(candidate.kind, len(texts)),
            0,
        )


def fitting(candidates: Sequence[Candidate], *, demonym: bool) -> Sequence[Candidate]:
    """Return those of `candidates` that fit a demonym, or a name that is none.

    A demonym means what its adjective means ("Georgian" no village of that
    name); a name that is no demonym is not read as one.
    """
    wanted = [c for c in candidates if (c.kind == "demonym") == demonym]
    return wanted or candidates
