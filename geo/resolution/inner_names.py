"""Names that say themselves where they lie: "Paris, Texas" as one name, "Springfield (Ill.)".

No gazetteer has them. The first part is looked up, and what follows says
which of its places is meant: hard evidence, like the same words as two names.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from geopy.distance import great_circle

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from geo.types import Candidate, NameIndex, Place

_PARTS = re.compile(r"\s*[,(]\s*")
_NOT_THE_NAME = frozenset(("derived", "close"))
"""Kinds of what is found where nothing bears the name as it is written ("Washington, D.C." is one)."""

_NEVER_A_HOLDER = frozenset(("close", "demonym"))

SUBURB_KM = 40.0
"""What lies this near to a town can be said to be in it: "Camden, London"."""

_NO_PLACES: frozenset[str] = frozenset()


def within_own_name(
    name: str, found: Sequence[Candidate], names: NameIndex
) -> tuple[Sequence[Candidate], Collection[str]]:
    """Return what `name` can mean, and the ids of those places that lie where the name itself says.

    Parameters
    ----------
    name
        As written.
    found
        What the gazetteer says of it.
    names
        The gazetteer, for the parts.

    Returns
    -------
    candidates : sequence of Candidate
        Those of the first part where one of them lies in what follows it, else `found`.
    within : collection of str
        The ids; empty where the name says nothing that the gazetteer understands.
    """
    if ("," not in name and "(" not in name) or any(c.kind not in _NOT_THE_NAME for c in found):
        return found, _NO_PLACES
    parts = [part for part in _PARTS.split(name.strip().removesuffix(")")) if part]
    if len(parts) < 2:  # noqa: PLR2004 - a name and what it lies in
        return found, _NO_PLACES
    head, *rest = parts
    candidates = [c for c in names.lookup(head) if c.kind != "close"]
    for holders in _holders(rest, names):
        if within := {place.id for place in _inside([c.place for c in candidates], holders)}:
            return candidates, within
    return found, _NO_PLACES


def _holders(parts: Sequence[str], names: NameIndex) -> Iterator[Sequence[Place]]:
    """Yield what each of `parts` can mean, the nearest to the name first, in what the parts after it mean if it can."""
    outer: list[Sequence[Place]] = []
    for part in reversed(parts):
        places = [c.place for c in names.lookup(part) if c.kind not in _NEVER_A_HOLDER]
        if places:
            outer.append((outer and _inside(places, outer[-1])) or places)
    yield from reversed(outer)


def _inside(places: Sequence[Place], holders: Sequence[Place]) -> list[Place]:
    """Return those of `places` that lie in a division or country of `holders` or, if none does, in a town of them.

    Divisions come first: Brooklyn, New York, is in the state, and so are many villages.
    """
    divisions = [holder for holder in holders if holder.feature_class == "A"]
    towns = [holder for holder in holders if holder.feature_class == "P"]
    return [place for place in places if any(lies_in(place, division) for division in divisions)] or [
        place for place in places if any(_is_near(place, town) for town in towns)
    ]


def _is_near(place: Place, town: Place) -> bool:
    apart = great_circle((place.lat, place.lon), (town.lat, town.lon)).km
    return place.id != town.id and bool(apart <= SUBURB_KM)


def lies_in(place: Place, holder: Place) -> bool:
    """Return whether `place` lies in the country or division `holder`, by the names of what it lies in."""
    if place.id == holder.id or not place.country_code or place.country_code != holder.country_code:
        return False
    if holder.feature_code == "ADM1":
        return bool(holder.admin1) and place.admin1 == holder.admin1
    if holder.feature_code == "ADM2":
        return bool(holder.admin2) and (place.admin1, place.admin2) == (holder.admin1, holder.admin2)
    return holder.feature_code.startswith("PCL")
