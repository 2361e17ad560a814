"""Says in words why a place was chosen: the clues that decided between it and the runner-up."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from geopy.distance import geodesic

from geo.resolution.adjacency import datelined, follows, holds, lies_within, stated
from geo.resolution.company import kilometres

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.resolution.context import Bools, Context, Ints
    from geo.resolution.home import Home
    from geo.resolution.ranker import Ranking
    from geo.types import Place

DECISIVE = 0.5
"""Weighted difference (in logits) from which a clue is worth telling."""

MOST_SENTENCES = 2

TOLD_TOGETHER: dict[str, tuple[str, ...]] = {
    "told": ("told", "told_here"),
    "word": ("word_fits", "word_misfits"),
    "list": ("equals_in_list",),
    "named": (*("country_named", "admin1_named", "admin2_named", "country_named_nearby", "admin1_named_nearby"),),
    "company": ("same_country", "same_admin1", "same_admin1_nearby", "same_admin2", "same_admin2_nearby"),
    "home": ("home_division", "home_country", "home_sense", "near_home"),
    "near": (
        *("in_region_of_others", "distance_to_nearest", "among_others", "among_others_nearby", "less_among_others"),
        *("mean_distance", "farther_than_namesake"),
    ),
    "known": (
        *("population", "division_population", "smaller_than_namesake", "prominence", "less_known_than_namesake"),
        *("is_country", "is_admin1", "is_admin2", "is_capital", "is_landmark", "has_town_of_its_name"),
        *("district_of_its_town", "fewer_people", "rank_by_people"),
        # How likely it looked by itself is the sum of what is known of it.
        *("likelihood_so_far", "less_likely_so_far", "one_sense"),
    ),
}
"""Clues that one sentence tells. What is in no group (the kind of name) is told by the opening."""

OPENINGS = {
    "given": "“{name}” is one of your own places ({source}).",
    "coordinates": "The text gives the coordinates.",
    "close": "Nothing is called “{name}”; {place} is spelled most nearly so.",
    "demonym": "“{name}” is said of {place}.",
    "abbreviation": "“{name}” is short for {place}.",
    "former": "“{name}” is a former name of {place}.",
}
"""What is told of a name by its kind."""

HARD: dict[str, Callable[[Context], Bools]] = {
    "followed": follows,
    "stated": stated,
    "datelined": datelined,
    "holding": holds,
}
"""Hard evidence, told before all else."""


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells the reasons of some articles.

    Attributes
    ----------
    context
        The candidates of the articles.
    ranking
        How likely each is, and the evidence.
    homes
        What the other articles of each article's publisher name; empty where there are none.
    likely
        Index of the likeliest candidate of every mention, -1 where there is none.
    """

    context: Context
    ranking: Ranking
    homes: tuple[Home, ...]
    likely: tuple[int, ...]

    def reasons(self, chosen: Ints, rivals: Ints) -> list[str]:
        """Return why each of `chosen` was preferred to its rival; -1 where the name has no other meaning."""
        several = rivals >= 0
        gains = iter(self.ranking.gains(chosen[several], rivals[several], TOLD_TOGETHER))
        return [
            self._reason(one, rival, next(gains)) if rival >= 0 else self._reason(one, None, {})
            for one, rival in zip(chosen.tolist(), rivals.tolist(), strict=True)
        ]

    def _reason(self, chosen: int, rival: int | None, gains: dict[str, float]) -> str:
        candidate = self.context.candidates[chosen]
        opening = self._opening(chosen)
        if rival is None:
            return opening or f"The only place called {candidate.matched_name} in the gazetteer."
        other = self.context.candidates[rival].place
        deciding = self._deciding(chosen, rival, gains)
        if candidate.kind == "given" and self.context.candidates[rival].kind != "given":
            telling = [self._sentence(group, chosen, other) for group in deciding if group in HARD]
            return " ".join(filter(None, [opening, *telling[:1]]))
        if lies_within(self.context, chosen, rival) or lies_within(self.context, rival, chosen):
            telling = [self._sentence(group, chosen, other) for group in deciding if group not in {"known", "near"}]
            return " ".join(filter(None, [opening, *telling[:1], _nested(candidate.place, other)]))
        sentences = (self._sentence(group, chosen, other) for group in deciding)
        told = [sentence for sentence in dict.fromkeys(sentences) if sentence][:MOST_SENTENCES]
        if not told:
            return f"{opening} Little tells it apart from {called(other)}.".strip()
        return " ".join(filter(None, [opening, *told, _elsewhere(candidate.place, other)]))

    def _deciding(self, chosen: int, rival: int, totals: dict[str, float]) -> list[str]:
        """Return the groups of clues that spoke for `chosen`, the strongest first; hard evidence before all."""
        if self.ranking.hard[rival]:
            totals |= {group: np.inf for group, clue in HARD.items() if clue(self.context)[chosen]}
        return sorted((group for group, total in totals.items() if total > DECISIVE), key=lambda g: -totals[g])

    def _opening(self, chosen: int) -> str:
        candidate, mention = self.context.candidates[chosen], self.context.mentions[self.context.owner[chosen]]
        if candidate.kind not in OPENINGS:
            return ""
        return OPENINGS[candidate.kind].format(
            name=mention.text, place=candidate.place.name, source=candidate.place.source
        )

    def _sentence(self, group: str, chosen: int, other: Place) -> str:  # noqa: C901, PLR0911 - one case for each group
        place = self.context.candidates[chosen].place
        match group:
            case "followed":
                return f"{self._container(chosen)} follows it in the text."
            case "holding":
                before = self.context.mentions[self.context.owner[chosen] - 1].text
                return f"It holds {before}, which is named right before it."
            case "list":
                return "It is named in a row with its equals."
            case "told":
                return f"The article says that {place.name} in {self._container(chosen)} is meant."
            case "stated":
                says = "Its name itself" if self.context.within[chosen] else "The sentence"
                return f"{says} places it in {self._container(chosen)}."
            case "datelined":
                return "It opens a dateline without its region, as a capital does."
            case "word":
                return f"The words around it speak of {_kind(place)}."
            case "named":
                return f"{self._container(chosen)} is named in the article."
            case "home":
                return self._at_home(chosen)
            case "company":
                return self._company(chosen)
            case "near":
                return self._nearest(chosen)
            case _:
                return _better_known(place, other)

    def _container(self, chosen: int) -> str:
        """Return the smallest place named in the article that `chosen` lies in."""
        named = [i for _, i in self._of_article(chosen) if lies_within(self.context, chosen, i)]
        if named:
            c = self.context
            smallest = max(named, key=lambda i: (c.is_admin2[i], c.is_admin1[i], -i))
            return c.candidates[smallest].place.name
        place = self.context.candidates[chosen].place
        return place.admin1 or place.country_code

    def _of_article(self, chosen: int) -> list[tuple[int, int]]:
        """Return the mentions of the article of `chosen` that mean anything, each with its likeliest candidate."""
        c = self.context
        article = c.article[c.owner[chosen]]
        first, last = c.of_article[article : article + 2].tolist()
        return [(mention, self.likely[mention]) for mention in range(first, last) if self.likely[mention] >= 0]

    def _others(self, chosen: int) -> list[int]:
        """Return the candidates for other places of the article that are no country and do not hold `chosen`."""
        c = self.context
        own, identity = c.surface[c.owner[chosen]], c.candidates[chosen].place.id
        others = {
            c.candidates[i].place.id: i
            for mention, i in self._of_article(chosen)
            if c.surface[mention] != own and not c.is_country[i] and not lies_within(c, chosen, i)
        }
        others.pop(identity, None)
        return list(others.values())

    def _at_home(self, chosen: int) -> str:
        if not self.homes:
            return ""
        number = self.context.owner[chosen]
        mention, home = self.context.mentions[number], self.homes[self.context.article[number]]
        return home.reason(mention.text, self.context.candidates[chosen].place)

    def _company(self, chosen: int) -> str:
        place = self.context.candidates[chosen].place
        others = [self.context.candidates[i].place for i in self._others(chosen)]
        near = [p for p in others if p.country_code == place.country_code and p.name != place.name]
        near = [p for p in near if p.admin1 == place.admin1] or near
        names = list(dict.fromkeys(p.name for p in near))[:2]
        if not names or not place.country_code:
            return ""
        if self.context.is_country[chosen]:
            where = "there"
        else:
            where = "in the same region" if near[0].admin1 == place.admin1 else "in the same country"
        return f"{' and '.join(names)}, named in the article, {'lies' if len(names) == 1 else 'lie'} {where} too."

    def _nearest(self, chosen: int) -> str:
        others = [i for i in self._others(chosen) if self.context.feature_class[i] != "L"]
        if not others:
            return ""
        far = kilometres(self.context.unit[chosen], self.context.unit[others])
        nearest = self.context.candidates[others[int(far.argmin())]].place
        km = _km(self.context.candidates[chosen].place, nearest)
        return f"{nearest.name}, named in the article, is {_round(km)} km away."


def called(place: Place) -> str:
    """Return the name of `place` with what it lies in, as far as it tells it apart."""
    if place.feature_code in {"ADM1", "ADM2"}:
        return f"{place.name} (the {'region' if place.feature_code == 'ADM1' else 'district'})"
    where = place.admin1 if place.admin1 and place.admin1 != place.name else place.country_code
    return f"{place.name} ({where})" if where else place.name


def _kind(place: Place) -> str:
    if place.feature_class == "A":
        return {"ADM1": "a region", "ADM2": "a district"}.get(place.feature_code, "a country")
    return {"P": "a town", "H": "water", "T": "the land", "L": "a region"}.get(place.feature_class, "a site")


def _nested(place: Place, other: Place) -> str:
    """Return that of a town and the division around it, which share a name, `place` was taken."""
    town = "town" if place.feature_class == "P" else "site"
    return (
        f"It can also mean {called(other)}."
        if place.feature_class == "A"
        else f"The {town} is meant more often than {called(other)}."
    )


def _better_known(place: Place, other: Place) -> str:
    if place.feature_class == "A" and place.feature_code not in {"ADM1", "ADM2"}:
        return f"A country is more often meant than {called(other)}."
    if place.feature_class == other.feature_class == "P" and place.population > other.population:
        return f"It has more people than {called(other)}."
    return f"It is more often meant than {called(other)}."


def _elsewhere(place: Place, other: Place) -> str:
    """Return how far away the runner-up is, where that helps to tell the two apart."""
    km = _km(place, other)
    return f"{called(other)} is {_round(km)} km away." if place.feature_class == other.feature_class and km >= 1 else ""


@lru_cache(maxsize=1 << 14)
def _km(one: Place, other: Place) -> float:
    return float(geodesic((one.lat, one.lon), (other.lat, other.lon)).km)


def _round(km: float) -> int:
    """Return `km` as one says it: to the kilometre below a hundred, to ten above."""
    return round(km) if km < 100 else 10 * round(km / 10)  # noqa: PLR2004 - see the docstring
