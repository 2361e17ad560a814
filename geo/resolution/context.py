"""What an article offers for telling its places apart: all candidates of all mentions, as arrays.

Everything is indexed by candidate: ``owner[i]`` is the mention that candidate
``i`` belongs to. Mentions that are spelled alike share a surface, since an
article that says Paris twice most often means one Paris.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from geo.types import Article, Candidate, Mention, NameIndex

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]
    Bools = NDArray[np.bool_]

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG). Used for nearness as evidence; distances that are shown come from geopy."""


@dataclass(frozen=True, slots=True, eq=False)
class Context:
    """The mentions of one article and what each can mean, flattened.

    Attributes
    ----------
    article, mentions
        As given; mentions in the order of the text.
    candidates
        All candidates of all mentions, those of one mention together.
    owner
        Index of each candidate's mention.
    surface
        Index of each mention's spelling.
    is_country, is_admin1, is_admin2
        Which candidates are countries, first-order and second-order divisions.
    country, admin1, admin2
        Small integers, equal where the code or name is equal; -1 where there is none.
    unit
        Position of each candidate on the unit sphere, shape (candidates, 3).
    """

    article: Article
    mentions: tuple[Mention, ...]
    candidates: tuple[Candidate, ...]
    owner: Ints
    surface: Ints
    surfaces: int
    country: Ints
    admin1: Ints
    admin2: Ints
    feature_class: NDArray[np.str_]
    feature_code: NDArray[np.str_]
    population: Floats
    prominence: Floats
    trust: Floats
    kind: NDArray[np.str_]
    is_country: Bools
    is_admin1: Bools
    is_admin2: Bools
    unit: Floats
    sense: Ints
    """One number for each pair of surface and place: candidates with equal numbers say the same."""

    @property
    def middle(self) -> Floats:
        """Position of each mention in the text, in characters."""
        return np.array([(m.start + m.end) / 2 for m in self.mentions])

    def best_of_mention(self, values: Floats) -> Floats:
        """Return, for each candidate, the highest of `values` within its mention."""
        highest = np.full(len(self.mentions), -np.inf)
        np.maximum.at(highest, self.owner, values)
        return highest[self.owner]

    def highest_of_sense(self, values: Floats) -> Floats:
        """Return, for each candidate, the highest of `values` that its sense has anywhere in the article."""
        highest = np.full(int(self.sense.max(initial=-1)) + 1, -np.inf)
        np.maximum.at(highest, self.sense, values)
        return highest[self.sense]


def fitting(candidates: Sequence[Candidate], mention: Mention) -> Sequence[Candidate]:
    """Return those of `candidates` that fit the role of `mention`.

    A demonym means what its adjective means ("Georgian" no village of that
    name); a name that is no demonym is not read as one.
    """
    wanted = [c for c in candidates if (c.kind == "demonym") == (mention.role == "demonym")]
    return wanted or candidates


def read_context(article: Article, mentions: Sequence[Mention], names: NameIndex) -> Context:
    """Gather what each of `mentions` can mean."""
    candidates: list[Candidate] = []
    owner: list[int] = []
    spellings: dict[str, int] = {}
    surface: list[int] = []
    for number, mention in enumerate(mentions):
        spelling = names.normalise(mention.text)
        surface.append(spellings.setdefault(spelling, len(spellings)))
        found = fitting(names.lookup(mention.text), mention)
        candidates.extend(found)
        owner.extend([number] * len(found))
    places = [c.place for c in candidates]
    lon = np.radians(np.array([p.lon for p in places], float))
    lat = np.radians(np.array([p.lat for p in places], float))
    ids: dict[tuple[object, ...], int] = {}
    feature_class = np.array([p.feature_class for p in places], str)
    feature_code = np.array([p.feature_code for p in places], str)
    first, second = feature_code == "ADM1", feature_code == "ADM2"
    return Context(
        article=article,
        mentions=tuple(mentions),
        candidates=tuple(candidates),
        owner=np.array(owner, int),
        surface=np.array(surface, int),
        surfaces=len(spellings),
        country=_numbers([p.country_code or None for p in places]),
        admin1=_numbers([(p.country_code, p.admin1) if p.admin1 else None for p in places]),
        admin2=_numbers([(p.country_code, p.admin1, p.admin2) if p.admin2 else None for p in places]),
        feature_class=feature_class,
        feature_code=feature_code,
        # Not what else is in class A: a third-order division is no country.
        is_country=(feature_class == "A") & np.char.startswith(feature_code, "PCL"),
        is_admin1=first,
        is_admin2=second,
        population=np.array([p.population for p in places], float),
        prominence=np.array([c.prominence for c in candidates], float),
        trust=np.array([c.trust for c in candidates], float),
        kind=np.array([c.kind for c in candidates], str),
        unit=np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)]),
        sense=np.array(
            [ids.setdefault((surface[o], c.place.id), len(ids)) for o, c in zip(owner, candidates, strict=True)], int
        ),
    )


def _numbers(keys: Sequence[object]) -> Ints:
    seen: dict[object, int] = {}
    return np.array([-1 if key is None else seen.setdefault(key, len(seen)) for key in keys], int)
