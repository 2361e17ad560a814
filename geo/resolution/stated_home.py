"""Homes that the user states: a name to the place it means, or to a question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from geo.errors import InputError, UnknownPlace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from geo.types import Candidate, Place

SURE_NAME = 0.9
"""Trust from which a name says by itself which place is meant; "Texas" is not short for Texas County."""

DWARFED = 20
"""A place with this many times fewer people than a namesake is not meant without saying so."""

MOST_CHOICES = 8
"""How many places a message offers to choose from."""

_NEVER_STATED = frozenset(("code", "close", "demonym"))
"""Kinds of name by which nobody states a home; a misspelling is asked about, not guessed."""


class Places(Protocol):
    """What stating a home asks of a gazetteer."""

    def lookup(self, name: str) -> Sequence[Candidate]:
        """Return the places that `name` can mean."""
        ...

    def place(self, place_id: str) -> Place:
        """Return the place with this id."""
        ...

    def country(self, code: str) -> Place | None:
        """Return the country with this code."""
        ...


def stated_places(names: Iterable[str], places: Places) -> tuple[Place, ...]:
    """Return the countries, divisions or towns that `names` state, each once.

    A name is that of a country or a first-order division if there is one
    (Texas is the state), else of a smaller division or a town, and one that
    dwarfs its namesakes is meant (Florida is not in Uruguay). What it lies in
    may follow after a comma ("Springfield, Illinois"; "Georgia, US"), and an id
    may stand for it ("geonames:4197000").

    Parameters
    ----------
    names
        As the user writes them.
    places
        The gazetteer.

    Raises
    ------
    UnknownPlace
        If there is no such place.
    InputError
        If there are several, which the message lists, or if it is no place that
        news can be at home in (a sea; a region across borders).

    Examples
    --------
    >>> from geo.gazetteer import Gazetteer
    >>> [place.id for place in stated_places(["Kharkiv Oblast"], Gazetteer.open())]
    ['geonames:706482']
    """
    return tuple(dict.fromkeys(_stated(name.strip(), places) for name in names))


def _stated(name: str, places: Places) -> Place:
    scheme, colon, value = name.partition(":")
    if colon and value and not value[0].isspace() and scheme.replace("-", "").isalnum():
        return _fit_for_a_home(name, [places.place(name)])[0]
    head, _, container = (part.strip() for part in name.partition(","))
    candidates = places.lookup(head) if head else ()
    found = [c for c in candidates if c.kind not in _NEVER_STATED]
    if container:
        lies_in = _in(container, places)
        found = [c for c in found if lies_in(c.place)]
    if not found:
        raise UnknownPlace(f"home {name!r}: {_unknown(head, container, [c.place for c in candidates])}")
    _fit_for_a_home(name, [c.place for c in found])
    for tier in _tiers(found, any_trust=bool(container)):
        if len(choices := _likely(list(dict.fromkeys(tier)))) == 1:
            return choices[0]
        if choices:
            raise InputError(f"home {name!r} can be {_listed(choices)}; state one of them by its id")
    raise UnknownPlace(f"home {name!r}: {_unknown(head, container, [c.place for c in found])}")


def _tiers(found: Iterable[Candidate], *, any_trust: bool) -> tuple[list[Place], list[Place]]:
    """Return the countries and first-order divisions, and the smaller places that a home can be."""
    sure = [c.place for c in found if any_trust or c.trust >= SURE_NAME or c.kind == "given"]
    large = [place for place in sure if _is_large(place)]
    return large, [place for place in sure if place not in large and _is_home(place)]


def _is_large(place: Place) -> bool:
    return place.feature_class == "A" and (place.feature_code.startswith("PCL") or place.feature_code == "ADM1")


def _is_home(place: Place) -> bool:
    return bool(place.country_code) and place.feature_class in {"A", "P"}


def _fit_for_a_home(name: str, found: list[Place]) -> list[Place]:
    if not any(_is_home(place) for place in found):
        raise InputError(
            f"home {name!r}: {found[0].name} ({found[0].id}) is no country, division or town; "
            "state those that it is made of, one --home each"
        )
    return found


def _likely(places: list[Place]) -> list[Place]:
    """Return those of `places` between which a reader would have to ask, one where nobody would.

    That is without those that are many times smaller (Florida in Uruguay), and
    the country or division alone that holds all others of its name (Luxembourg).
    """
    most = max((place.population for place in places), default=0)
    left = [place for place in places if place.population * DWARFED >= most]
    for outer in left:
        if outer.feature_class == "A" and all(inner is outer or _holds(outer, inner) for inner in left):
            return [outer]
    return left


def _in(container: str, places: Places) -> Callable[[Place], bool]:
    """Return what tells whether a place lies in what `container` names: a division or a country, or the code of one."""
    wanted = container.casefold()
    holders = [c.place for c in places.lookup(container) if c.kind != "close" and c.place.feature_class == "A"]

    def lies_in(place: Place) -> bool:
        if wanted in {place.country_code.casefold(), place.admin1.casefold(), place.admin2.casefold()}:
            return True
        return any(place.id != holder.id and _holds(holder, place) for holder in holders)

    return lies_in


def _holds(holder: Place, place: Place) -> bool:
    if holder.country_code != place.country_code:
        return False
    if holder.feature_code.startswith("PCL"):
        return True
    if holder.admin1 != place.admin1:
        return False
    return holder.feature_code == "ADM1" or (holder.feature_code == "ADM2" and holder.admin2 == place.admin2)


def _unknown(head: str, container: str, near: list[Place]) -> str:
    if near and container:
        return f"no {head} of the gazetteer lies in {container}; there is {_listed(near)}"
    if near:
        return f"the gazetteer has no place that is surely called so; near to it are {_listed(near)}"
    return "the gazetteer has no place of this name; look for it with: dateline gazetteer find NAME"


def _listed(places: Iterable[Place]) -> str:
    """Return places to choose from, the most populous first."""
    ordered = sorted(dict.fromkeys(places), key=lambda place: (-place.population, place.id))
    told = [f"{_where(place)} ({place.id})" for place in ordered[:MOST_CHOICES]]
    if len(ordered) > MOST_CHOICES:
        told.append(f"{len(ordered) - MOST_CHOICES} more")
    return " or ".join([", ".join(told[:-1]), told[-1]] if told[1:] else told)


def _where(place: Place) -> str:
    return ", ".join(dict.fromkeys(part for part in (place.name, place.admin1, place.country_code) if part))
