"""A gazetteer with a user's own places on top, which win where names agree."""

from __future__ import annotations

import logging
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Self

from geo.errors import UnknownPlace
from geo.gazetteer.derived import FITTING_TRUST, LITERAL, UNFIT_TRUST, without_generic
from geo.gazetteer.given import SCHEME, read_places
from geo.gazetteer.index import CITY, Gazetteer
from geo.gazetteer.locating import locate
from geo.gazetteer.names import normalise
from geo.types import Candidate, Place

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from geo.gazetteer.given import GivenPlace
    from geo.gazetteer.locating import Spot

_log = logging.getLogger(__name__)

PROMINENCE = 200
"""The prominence of the user's own places: that of the countries, since they are what the user reads about."""

NOT_THE_NAME = frozenset(("derived", "close"))
"""Kinds of candidates that do not bear the name as it is written."""

_LABELS = {"L": "region", "H": "water", "S": "site", "R": "site", "T": "terrain", "V": "terrain", "U": "terrain"}


class LayeredGazetteer(Gazetteer):
    """A gazetteer with given places on top; it is asked as any :class:`Gazetteer`.

    Country and divisions that a given place does not state are those of the
    areas that hold its point. A country or a first-order division that is
    stated is brought to the code or name that the gazetteer below has for it.

    Parameters
    ----------
    base
        What is below. Closing this closes it.
    places
        What is on top, as :func:`geo.gazetteer.given.read_places` gives it.

    Attributes
    ----------
    notes
        What of the given places was not understood.

    Examples
    --------
    >>> from geo.gazetteer.given import GivenPlace
    >>> camp = GivenPlace("own:camp-alpha", "Camp Alpha", 36.3, 50.1, source="camps.csv")
    >>> with LayeredGazetteer(Gazetteer.open(), [camp]) as gazetteer:
    ...     [found] = gazetteer.lookup("Camp Alpha")
    >>> found.kind, found.place.country_code, found.place.admin1
    ('given', 'UA', 'Kharkiv Oblast')
    """

    def __init__(self, base: Gazetteer, places: Iterable[GivenPlace]) -> None:
        self.path: Path = base.path
        self._base = base
        notes: list[str] = []
        given = _unlike_base(base, places)
        self._layers = {
            place.id: _Own(place, one.area) for one, place in zip(given, _placed(base, given, notes), strict=True)
        }
        self.notes: tuple[str, ...] = tuple(notes)
        names: defaultdict[str, dict[str, Candidate]] = defaultdict(dict)
        for one, place in zip(given, (own.place for own in self._layers.values()), strict=True):
            for name in (one.name, *one.alternates):
                candidate = Candidate(place, name, "given", trust=1.0, prominence=PROMINENCE)
                names[normalise(name)].setdefault(place.id, candidate)
        self._candidates_of = {key: tuple(found.values()) for key, found in names.items()}
        written = (name for one in given for name in (one.name, *one.alternates))
        self._given_names = tuple(dict.fromkeys((*written, *getattr(base, "given_names", ()))))

    @classmethod
    def open(cls, path: Path | None = None, *, places: Iterable[GivenPlace] = ()) -> Self:
        """Open the index at `path`, as :meth:`Gazetteer.open` does, with `places` on top."""
        return cls(Gazetteer.open(path), places)

    @property
    def given_names(self) -> tuple[str, ...]:
        """The names of the given places as they are written, alternates too, for recognition to find."""
        return self._given_names

    def close(self) -> None:
        """Close the gazetteer below."""
        self._base.close()

    def normalise(self, name: str) -> str:
        """Return the key under which `name` is looked up."""
        return self._base.normalise(name)

    def lookup(self, name: str) -> tuple[Candidate, ...]:
        """Return the places that `name` can mean: the given ones first, of the kind ``given``, then those below.

        Where a given place bears the name, what is below must bear it too and
        not only be derived from it or be spelled alike. Where nothing bears
        it, generic words are left out ("Zero Line area"), as below.
        """
        return self._with_given(name, self._base.lookup)

    def lookup_many(self, names: Iterable[str]) -> dict[str, tuple[Candidate, ...]]:
        """Return the places that each of `names` can mean: what :meth:`lookup` says of each, in fewer questions."""
        names = tuple(names)
        # What only the user's own places bear need not be asked below, which would look for close spellings.
        below = self._base.lookup_many(name for name in names if self.normalise(name) not in self._candidates_of)
        return {name: self._with_given(name, lambda one: below.get(one) or self._base.lookup(one)) for name in names}

    def _with_given(self, name: str, below: Callable[[str], tuple[Candidate, ...]]) -> tuple[Candidate, ...]:
        """Return the candidates of `name`, those below as `below` gives them."""
        key = self.normalise(name)
        if own := self._candidates_of.get(key):
            return (*own, *below(name)) if self._base.profile(name) else own
        found = below(name)
        if found and found[0].kind not in NOT_THE_NAME:
            return found
        return (*self._derived_given(key, found), *found)

    def _derived_given(self, key: str, below: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """Return the given places that bear the longest rest of `key` that anything bears."""
        for rest, fits in without_generic(key):
            own = self._candidates_of.get(rest, ())
            fitting = tuple(c for c in own if not fits or c.place.feature_class in fits)
            if fitting:
                return tuple(replace(candidate, trust=FITTING_TRUST) for candidate in fitting)
            # "Zero Line area" is the trench; "Zolochiv district" is not the village, if there is such a district.
            if own and fits not in LITERAL and all(candidate.kind == "close" for candidate in below):
                return tuple(replace(candidate, trust=UNFIT_TRUST) for candidate in own)
            if self._base.profile(rest):
                return ()
        return ()

    def profile(self, name: str) -> frozenset[str]:
        """Return what kinds of place bear exactly `name`, as features for recognition.

        The labels are those of :meth:`Gazetteer.profile`, which models are
        trained with. A given populated place counts as a town at least, and no
        name of a given place is weak.
        """
        return self._profile_over(name, self._base.profile(name))

    def profile_many(self, names: Iterable[str]) -> dict[str, frozenset[str]]:
        """Return what :meth:`profile` says of each of `names`, in one question."""
        return {name: self._profile_over(name, below) for name, below in self._base.profile_many(names).items()}

    def bears(self, name: str, feature_code: str, *, trust: float = 0.0) -> bool:
        """Return whether a place of this feature code bears exactly `name`, with `trust` in [0, 1] or more."""
        own = self._candidates_of.get(self.normalise(name), ())
        return any(candidate.place.feature_code == feature_code for candidate in own) or self._base.bears(
            name, feature_code, trust=trust
        )

    def _profile_over(self, name: str, below: frozenset[str]) -> frozenset[str]:
        own = self._candidates_of.get(self.normalise(name))
        return frozenset({*below, *(_label(candidate.place) for candidate in own)} - {"weak"}) if own else below

    def place(self, place_id: str) -> Place:
        """Return the place with this id.

        Raises
        ------
        UnknownPlace
            If no place has it.
        """
        own = self._layers.get(place_id)
        return own.place if own else self._base.place(place_id)

    def parents(self, place: Place) -> tuple[Place, ...]:
        """Return what `place` lies in, the nearest first; a given place's first-order division and what holds that."""
        if place.id not in self._layers:
            return self._base.parents(place)
        country = self._base.country(place.country_code)
        division = _division(self._base, place.admin1, place.country_code) if place.admin1 else None
        nearest = division or country
        return (nearest, *self._base.parents(nearest)) if nearest else ()

    def country(self, code: str) -> Place | None:
        """Return the country with this ISO 3166-1 alpha-2 code, None if there is none."""
        return self._base.country(code)

    def area(self, place_id: str) -> BaseGeometry | None:
        """Return the area of a place in EPSG:4326, None where none is known."""
        own = self._layers.get(place_id)
        return own.area if own else self._base.area(place_id)

    def contains(self, place: Place, lon: float, lat: float) -> bool:
        """Return whether the point (degrees, EPSG:4326) lies in the area of `place`; False where none is known."""
        own = self._layers.get(place.id)
        if own is None:
            return self._base.contains(place, lon, lat)
        import shapely  # noqa: PLC0415 - see Gazetteer.area

        return own.area is not None and bool(shapely.covers(own.area, shapely.Point(lon, lat)))

    @property
    def digest(self) -> str:
        """That of the gazetteer below: the user's own places are what the models need not know."""
        return self._base.digest

    def about(self) -> dict[str, str]:
        """Return what the gazetteer was made from and how much it holds; ``given`` tells how many places are on top."""
        files = dict.fromkeys(own.place.source for own in self._layers.values())
        return {**self._base.about(), "given": str(len(self._layers)), "given_from": ", ".join(files)}

    def sources(self) -> tuple[dict[str, str], ...]:
        """Return what places and names come from; the user's own files have a name and nothing else."""
        files = dict.fromkeys(own.place.source for own in self._layers.values())
        rest = dict.fromkeys(("version", "date", "licence", "attribution", "url"), "")
        return (*self._base.sources(), *({"key": f"{SCHEME}:{name}", "name": name, **rest} for name in files))


@dataclass(frozen=True, slots=True)
class _Own:
    place: Place
    area: BaseGeometry | None


def with_places(
    base: Gazetteer,
    *paths: str | os.PathLike[str],
    columns: Mapping[str, str] | None = None,
    on_problem: Callable[[str], None] | None = None,
) -> LayeredGazetteer:
    """Return `base` with the places of files on top; see :func:`geo.gazetteer.given.read_places` for the parameters.

    Examples
    --------
    >>> gazetteer = with_places(Gazetteer.open(), "camps.csv")  # doctest: +SKIP
    >>> atlas = geo.geoparse(geo.read("seeds"), gazetteer=gazetteer)  # doctest: +SKIP
    """
    places = [place for path in paths for place in read_places(path, columns=columns, on_problem=on_problem)]
    layered = LayeredGazetteer(base, places)
    for note in layered.notes:
        if on_problem is None:
            _log.warning("%s", note)
        else:
            on_problem(note)
    return layered


def _unlike_base(base: Gazetteer, places: Iterable[GivenPlace]) -> list[GivenPlace]:
    """Return `places` with ids that no other file and nothing below has: of several the first keeps it."""
    taken: set[str] = set()
    found = []
    for place in places:
        unique, number = place.id, 1
        while unique in taken or _has(base, unique):
            scheme, _, own = place.id.partition(":")
            unique = f"{scheme}:{place.source}/{own}" + (f"-{number}" if number > 1 else "")
            number += 1
        taken.add(unique)
        found.append(place if unique == place.id else replace(place, id=unique))
    return found


def _has(base: Gazetteer, place_id: str) -> bool:
    try:
        base.place(place_id)
    except UnknownPlace:
        return False
    return True


def _placed(base: Gazetteer, given: list[GivenPlace], notes: list[str]) -> list[Place]:
    """Return the places of `given`, in what they lie in."""
    codes: dict[str, str] = {}
    for one in given:
        if one.country and one.country not in codes:
            codes[one.country] = _country_code(base, one.country)
            if not codes[one.country]:
                notes.append(
                    f"{one.source}: {one.where} has a country that is not known ({one.country!r}), "
                    "and lies in the one whose area holds it"
                )
    stated = [codes.get(one.country, "") for one in given]
    spots = locate(base.path, [(one.lon, one.lat) for one in given], stated)
    astray = [at for at, (code, spot) in enumerate(zip(stated, spots, strict=True)) if code and not spot.admin1]
    notes += _swapped(base, [given[at] for at in astray], [stated[at] for at in astray])
    divisions: dict[tuple[str, str], str] = {}
    for one, spot in zip(given, spots, strict=True):
        key = (one.admin1, spot.country_code)
        if one.admin1 and key not in divisions:
            known = _division(base, *key)
            divisions[key] = known.admin1 if known else one.admin1
    return [
        Place(
            id=one.id,
            name=one.name,
            lon=one.lon,
            lat=one.lat,
            country_code=spot.country_code,
            admin1=divisions[one.admin1, spot.country_code] if one.admin1 else "" if _is_country(one) else spot.admin1,
            admin2=one.admin2 or _own_district(one, spot),
            feature_class=one.feature_class,
            feature_code=one.feature_code,
            population=one.population,
            source=one.source,
            licence="",
        )
        for one, spot in zip(given, spots, strict=True)
    ]


def _is_country(place: GivenPlace) -> bool:
    return place.feature_class == "A" and place.feature_code.startswith("PCL")


def _own_district(place: GivenPlace, spot: Spot) -> str:
    """Return the second-order division of a place that states none: itself, if it is one, and none for a larger one."""
    if place.feature_class != "A":
        return spot.admin2
    return place.name if place.feature_code == "ADM2" else ""


def _swapped(base: Gazetteer, astray: Sequence[GivenPlace], stated: Sequence[str]) -> Iterator[str]:
    """Yield for each file that places `astray` lie in the country that they state once lon and lat change places."""
    turned = locate(base.path, [(one.lat, one.lon) for one in astray], stated)
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one, spot in zip(astray, turned, strict=True):
        if spot.admin1:
            found[one.source].append(one.where)
    for source, rows in found.items():
        more = f" and {len(rows) - 1:,} more" if len(rows) > 1 else ""
        yield (
            f"{source}: {rows[0]}{more} would lie in the country stated if longitude and latitude changed places; "
            "look at the map, and state which column is which (--column lat=COLUMN --column lon=COLUMN)"
        )


def _country_code(base: Gazetteer, stated: str) -> str:
    """Return the ISO 3166-1 alpha-2 code of a country that is stated by code or name, "" where it is not known."""
    if country := base.country(stated.upper()):
        return country.country_code
    candidates = (candidate for candidate in base.lookup(stated) if candidate.kind not in {*NOT_THE_NAME, "given"})
    places = (candidate.place for candidate in candidates)
    return next((place.country_code for place in places if place.feature_code.startswith("PCL")), "")


def _division(base: Gazetteer, name: str, country_code: str) -> Place | None:
    """Return the first-order division called `name` in a country, None where it is not known."""
    places = (candidate.place for candidate in base.lookup(name))
    return next((p for p in places if p.feature_code == "ADM1" and p.country_code == country_code), None)


def _label(place: Place) -> str:
    """Return the label of a given place in a profile."""
    if place.feature_class == "A":
        codes = {"ADM1": "admin1"}
        return codes.get(place.feature_code, "country" if place.feature_code.startswith("PCL") else "admin2")
    if place.feature_class == "P":
        return "city" if place.population >= CITY else "town"
    return _LABELS.get(place.feature_class, "terrain")
