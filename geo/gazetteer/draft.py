"""What is gathered for an index before it is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.gazetteer.names import normalise
from geo.gazetteer.store import KINDS

if TYPE_CHECKING:
    from geo.types import NameKind


@dataclass(slots=True)
class Draft:
    """Places and names, and the keys by which the tables refer to them."""

    places: dict[int, tuple[object, ...]] = field(default_factory=dict)
    names: dict[tuple[str, int], tuple[int, int, str | None, str | None]] = field(default_factory=dict)
    sources: dict[str, int] = field(default_factory=dict)
    own: dict[str, int] = field(default_factory=dict)
    countries: dict[str, int] = field(default_factory=dict)
    parents: dict[int, int] = field(default_factory=dict)
    admin1: dict[tuple[str, str], tuple[int, str]] = field(default_factory=dict)
    iso3166_2: dict[str, int] = field(default_factory=dict)
    divisions: dict[tuple[str, str, str], int] = field(default_factory=dict)
    division_rows: list[tuple[int, str, int | None]] = field(default_factory=list)

    def add_name(
        self, name: str, place: int, kind: NameKind, trust: int, *, language: str = "", keep_form: bool = False
    ) -> None:
        """Add a name, unless the place has it already with more trust."""
        key = normalise(name)
        if not key:
            return
        known = self.names.get((key, place))
        if known is None or trust > known[1]:
            self.names[key, place] = (KINDS.index(kind), trust, language or None, name if keep_form else None)

    def own_key(self, identity: str) -> int:
        """Return a new key for the place with the id `identity` that GeoNames' extracts lack."""
        self.own[identity] = -len(self.own) - 1
        return self.own[identity]

    def division(self, country_code: str, admin1: str, name: str, place: int | None = None) -> int | None:
        """Return the number of a division, a new one where it has none; None without a name."""
        if not name:
            return None
        key = (country_code, admin1, name)
        if key not in self.divisions:
            self.divisions[key] = len(self.divisions) + 1
            self.division_rows.append((self.divisions[key], name, place))
        return self.divisions[key]

    def reference(self, place: str) -> int | None:
        """Return the key of a reference as the project's tables write it, None if it is not indexed."""
        scheme, _, value = place.partition(":")
        if scheme == "geonames":
            return int(value) if int(value) in self.places else None
        if scheme == "iso3166-1":
            return self.countries.get(value)
        if scheme == "iso3166-2":
            return self.iso3166_2.get(value)
        return self.own.get(place)
