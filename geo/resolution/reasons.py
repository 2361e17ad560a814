"""Says in words why a place was chosen: the clues that decided between it and the runner-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from geopy.distance import geodesic

from geo.resolution.adjacency import lies_in
from geo.resolution.evidence import COLLECTIVE, OWN

if TYPE_CHECKING:
    from geo.resolution.context import Context, Floats, Ints
    from geo.types import Place

CLUES = (*OWN, *COLLECTIVE)
DECISIVE = 0.5
"""Weighted difference (in logits) from which a clue is worth telling."""
MOST_CLAUSES = 2

_WORDS = {
    "division": "a division",
    "P": "a town",
    "H": "a water",
    "T": "a part of the land",
    "L": "a region",
}

_GROUPS: tuple[tuple[str, frozenset[str]], ...] = (
    ("follows", frozenset({"followed"})),
    ("stated", frozenset({"stated_near"})),
    ("word", frozenset({"word_fits", "word_misfits"})),
    ("parent", frozenset({"country_named", "admin1_named", "admin2_named"})),
    (
        "company",
        frozenset({"same_country", "same_country_nearby", "same_admin1", "same_admin1_nearby", "same_admin2_nearby"}),
    ),
    ("near", frozenset({"in_region_of_others", "distance_to_nearest"})),
    (
        "known",
        frozenset(
            {
                "population", "division_population", "smaller_than_namesake", "prominence", "less_known_than_namesake",
                "is_country", "is_admin1", "is_admin2", "is_capital", "is_landmark", "has_town_of_its_name",
            },
        ),
    ),
    ("name", frozenset({"trust", "by_alternate_name", "by_abbreviation", "by_code"})),
)  # fmt: skip
"""Clues that are told together, the more telling kinds first."""


def called(place: Place) -> str:
    """Return the name of `place` with what it lies in, as far as it tells it apart."""
    where = place.admin1 if place.admin1 and place.admin1 != place.name else place.country_code
    return f"{place.name} ({where})" if where else place.name


def reason(context: Context, chosen: int, rival: int | None, evidence: Floats, weights: Floats, likely: Ints) -> str:
    """Return why candidate `chosen` was preferred to `rival`.

    Parameters
    ----------
    context
        The article's candidates.
    chosen, rival
        Indices of candidates; `rival` is None where the name has one meaning only.
    evidence
        Clues of all candidates, shape (candidates, clues).
    weights
        The ranker's weights, shape (clues,).
    likely
        The likeliest candidate of every mention, -1 where there is none.
    """
    candidate = context.candidates[chosen]
    place = candidate.place
    opening = _opening(context, chosen)
    if rival is None:
        return opening or f"The only place called {candidate.matched_name} in the gazetteer."
    other = context.candidates[rival].place
    gain = dict(zip(CLUES, (evidence[chosen] - evidence[rival]) * weights, strict=True))
    totals = {group: sum(gain[clue] for clue in clues) for group, clues in _GROUPS}
    spoke = sorted((group for group, total in totals.items() if total > DECISIVE), key=lambda group: -totals[group])
    sentences = [_sentence(group, context, chosen, other, likely) for group in spoke]
    told = [sentence for sentence in sentences if sentence][:MOST_CLAUSES]
    if not told:
        told = [f"Little tells it apart from {called(other)}."]
    elif distance := _far_apart(place, other):
        told.append(distance)
    return " ".join(filter(None, [opening, *told]))


def _opening(context: Context, chosen: int) -> str:
    candidate, mention = context.candidates[chosen], context.mentions[context.owner[chosen]]
    if candidate.kind == "demonym":
        return f"“{mention.text}” is said of {candidate.place.name}."
    if candidate.kind == "abbreviation":
        return f"“{mention.text}” is short for {candidate.place.name}."
    if candidate.kind == "former":
        return f"“{mention.text}” is a former name of {candidate.place.name}."
    return ""


def _sentence(group: str, context: Context, chosen: int, other: Place, likely: Ints) -> str:  # noqa: PLR0911 - one for each kind
    place = context.candidates[chosen].place
    number = int(context.owner[chosen])
    if group == "follows":
        return f"{_container(context, chosen, likely)} follows it in the text."
    if group == "stated":
        return f"The sentence places it in {_container(context, chosen, likely)}."
    if group == "word":
        return f"The words around it speak of {_kind(place)}."
    if group == "parent":
        return f"{_container(context, chosen, likely)} is named in the article."
    if group == "company":
        fellows = _fellows(context, number, place, likely)
        return f"{fellows} named in the article {'lie' if ' and ' in fellows else 'lies'} there too." if fellows else ""
    if group == "near":
        return _nearest(context, number, place, likely)
    if group == "known":
        return _better_known(place, other)
    return ""


def _kind(place: Place) -> str:
    if place.feature_class == "A":
        return {"ADM1": "a region", "ADM2": "a district"}.get(place.feature_code, "a country")
    return _WORDS.get(place.feature_class, "a site")


def _container(context: Context, chosen: int, likely: Ints) -> str:
    place = context.candidates[chosen].place
    named = [i for i in likely if i >= 0 and lies_in(context, np.array([chosen]), np.array([i])).any()]
    if named:
        smallest = max(named, key=lambda i: (context.is_admin2[i], context.is_admin1[i], -i))
        return context.candidates[smallest].place.name
    return place.admin1 or place.country_code


def _fellows(context: Context, number: int, place: Place, likely: Ints) -> str:
    """Return the names of up to two other places of the article in the same division, or else the same country."""
    other = [
        context.candidates[i].place
        for m, i in enumerate(likely)
        if i >= 0 and context.surface[m] != context.surface[number] and context.candidates[i].place.id != place.id
    ]
    same_division = [
        p.name for p in other if place.admin1 and (p.country_code, p.admin1) == (place.country_code, place.admin1)
    ]
    same_country = [
        p.name for p in other if p.country_code and p.country_code == place.country_code and p.feature_class != "A"
    ]
    names = list(dict.fromkeys(same_division or same_country))[:2]
    return " and ".join(name for name in names if name != place.name)


def _nearest(context: Context, number: int, place: Place, likely: Ints) -> str:
    far = [
        (geodesic((place.lat, place.lon), (p.lat, p.lon)).km, p.name)
        for m, i in enumerate(likely)
        if i >= 0 and context.surface[m] != context.surface[number] and not context.is_country[i]
        for p in [context.candidates[i].place]
        if p.id != place.id and p.name != place.name
    ]
    if not far:
        return ""
    km, name = min(far)
    return f"It lies {_round(km)} km from {name}, named in the article."


def _better_known(place: Place, other: Place) -> str:
    if place.feature_class == "A" and place.feature_code not in {"ADM1", "ADM2"}:
        return f"A country is more often meant than {called(other)}."
    if place.feature_class == "P" and other.feature_class == "P" and place.population > other.population:
        return f"It has more people than {called(other)}."
    return f"It is better known than {called(other)}."


def _far_apart(place: Place, other: Place) -> str:
    km = geodesic((place.lat, place.lon), (other.lat, other.lon)).km
    same_name = place.name == other.name or other.feature_class == place.feature_class == "P"
    return f"{called(other)} is {_round(km)} km away." if same_name and km >= 1 else ""


def _round(km: float) -> int:
    return round(km) if km < 100 else round(km, -1)  # type: ignore[return-value] # noqa: PLR2004 - two digits are enough


__all__ = ["reason"]
