"""What stands right beside a name and says where it lies or what it is.

"Zolochiv, Kharkiv Oblast, Ukraine"; "Paris, Texas"; "Springfield (Ill.)";
"the Ukrainian city of Zolochiv"; "Kyzyl in Tuva"; "Kursk border region".
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from geo.resolution.context import Bools, Context, Floats, Ints

_COMMA = re.compile(r"\s*(?:,|\()\s*\Z")
_SETTLED = (
    r"(?:city|town|village|port|capital|suburb|region|province|state|island|district|county|resort|settlement|hamlet|"
    r"municipality|territory|oblast|peninsula)"
)
_WITHIN = re.compile(
    # "Hyderabad in Pakistan", "Kyzyl, in southern Tuva"; "Tripoli, the capital of Libya", "Bata, a port in …"
    rf"\s*,?\s+in\s+(?:the\s+)?(?:[a-z-]+\s+){{0,2}}|,\s+(?:the|a|an)\s+(?:[a-z-]+\s+){{0,3}}{_SETTLED}\s+(?:of|in)\s+(?:the\s+)?(?:[a-z-]+\s+)?",
)
_BEFORE = re.compile(
    # "Ukraine's Kharkiv Oblast", "Russia's southern city of Kursk"; "the Ukrainian port city of Odesa"
    rf"(?:'s|’s)\s+(?:[a-z-]+\s+){{0,3}}?(?:{_SETTLED}\s+(?:of\s+)?)?|\s+(?:[a-z-]+\s+){{0,3}}?{_SETTLED}\s+of\s+",
)
_LIST_GOES_ON = re.compile(r"\s*(?:,|,?\s*and|,?\s*or|;)\s+\Z")
BEFORE_REACH = 40
"""Characters between a name and one before it that can still say where it lies."""

_AREA_WORD = (
    r"county|counties|parish|province|provinces|state|region|regions|oblast|prefecture|governorate|district|territory|"
    r"republic|canton|department|voivodeship|raion|krai|kingdom|emirate"
)
_TOWN_WORD = r"city|town|village|township|municipality|suburb|hamlet|settlement|port|metropolis|capital|downtown"
_WATER_WORD = r"river|lake|sea|gulf|bay|strait|canal|creek|ocean|reservoir|delta|basin"
_LAND_WORD = r"mountain|mountains|island|islands|peninsula|valley|desert|mount|volcano|archipelago|plateau|cape"
_WORDS = (("A", _AREA_WORD), ("P", _TOWN_WORD), ("H", _WATER_WORD), ("T", _LAND_WORD))
_AFTER = tuple(
    (kind, re.compile(rf"(?:'s|’s)?\s+(?:border\s+|frontier\s+|coastal\s+|capital\s+)?(?:{words})\b", re.IGNORECASE))
    for kind, words in _WORDS
)
_IN_FRONT = tuple(
    (kind, re.compile(rf"\b(?:{words})\s+(?:of\s+)?(?:the\s+)?\Z", re.IGNORECASE)) for kind, words in _WORDS
)
_EXTENT = re.compile(
    r"\b(?:across|throughout|parts of|part of|all of|most of|much of|rural|"
    r"(?:kilomet(?:er|re)s|miles|acres|hectares|km)\W*\)?\s+of)"
    r"\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_FRONT_REACH = 30
_KEPT = 4
"""Articles whose answers are kept: several clues ask the same of one article, never of many."""


def lies_in(context: Context, inner: Ints, outer: Ints) -> Bools:
    """Return, for each of `inner`, whether it lies in one of `outer`; both are indices of candidates."""
    found = np.zeros(len(inner), bool)
    first, second = context.is_admin1[outer], context.is_admin2[outer]
    whole = context.is_country[outer]
    countries = context.country[outer[whole]]
    found |= np.isin(context.country[inner], countries[countries >= 0]) & ~context.is_country[inner]
    divisions = context.admin1[outer[first]]
    found |= np.isin(context.admin1[inner], divisions[divisions >= 0]) & ~context.is_admin1[inner]
    districts = context.admin2[outer[second]]
    found |= np.isin(context.admin2[inner], districts[districts >= 0]) & ~context.is_admin2[inner]
    return found


def lies_within(context: Context, inner: int, outer: int) -> bool:
    """Return whether candidate `inner` lies in candidate `outer`: :func:`lies_in` for one pair."""
    if inner == outer or context.feature_class[outer] != "A":
        return False
    for level, divisions in ((context.is_admin2, context.admin2), (context.is_admin1, context.admin1)):
        if level[outer]:
            return bool(divisions[inner] == divisions[outer] >= 0 and not level[inner])
    return bool(context.country[inner] == context.country[outer] >= 0 and not context.is_country[inner])


def _divisions(context: Context, members: Ints) -> Ints:
    return members[context.feature_class[members] == "A"]


def _holders(context: Context, inner: Ints, outer: Ints) -> Ints:
    """Return those of `outer` that `inner`, the candidates of one name, can be said to lie in.

    "Georgia, Armenia" and "Georgia in Armenia": a country is in no other
    country, though a village of its name may be.
    """
    divisions = _divisions(context, outer)
    return divisions[~context.is_country[divisions]] if context.is_country[inner].any() else divisions


def _starts_list(context: Context, second: int) -> bool:
    """Return whether the name after `second` continues a list of its equals: "Georgia, Alabama and Florida"."""
    if second + 1 >= len(context.mentions):
        return False
    here, then = context.mentions[second], context.mentions[second + 1]
    if not _LIST_GOES_ON.fullmatch(context.article.text[here.end : then.start]):
        return False
    members, following = np.flatnonzero(context.owner == second), np.flatnonzero(context.owner == second + 1)
    if lies_in(context, members, _divisions(context, following)).any():
        return False
    levels = (context.is_country, context.is_admin1)
    return any(level[members].any() and level[following].any() for level in levels)


@lru_cache(maxsize=_KEPT)
def _chains(context: Context) -> tuple[Bools, Bools]:
    text = context.article.text
    inside, holding = np.zeros(len(context.candidates), bool), np.zeros(len(context.candidates), bool)
    members = [np.flatnonzero(context.owner == number) for number in range(len(context.mentions))]
    # From the last name to the first, so that in "Zolochiv, Kharkiv Oblast, Ukraine" the oblast is
    # the one in Ukraine before the town is sought in it.
    for number in range(len(context.mentions) - 2, -1, -1):
        here, then = context.mentions[number], context.mentions[number + 1]
        gap = text[here.end : then.start]
        if not _COMMA.fullmatch(gap) or not len(members[number]) or then.role == "demonym":
            continue
        if _starts_list(context, number + 1):
            continue
        inner = members[number]
        outer = _holders(context, inner, members[number + 1])
        known = outer[inside[outer]]
        outer = known if len(known) else outer
        found = lies_in(context, inner, outer)
        inside[inner] = found
        holding[[i for i in outer if lies_in(context, inner[found], np.array([i])).any()]] = True
    return inside, holding


def follows(context: Context) -> Bools:
    """Return which candidates lie in what is named right after them: "Paris, Ontario".

    Where any candidate of a mention does, this is hard evidence.
    """
    return _chains(context)[0]


def holds(context: Context) -> Bools:
    """Return which candidates hold what is named right before them: the Ontario of "Paris, Ontario" is the province.

    Where any candidate of a mention does, this is hard evidence.
    """
    return _chains(context)[1]


@lru_cache(maxsize=_KEPT)
def equals_in_list(context: Context) -> Floats:
    """Return, for each candidate, the share of its neighbours in a list that can be its equals.

    "Georgia, Alabama and Florida" are states of one country, "Jordan, Lebanon
    and Syria" countries (the comma groups of Lieberman, Samet and
    Sankaranarayanan 2010). 0 for names in no list.
    """
    text = context.article.text
    pairs = [
        (first, first + 1)
        for first, (here, then) in enumerate(pairwise(context.mentions))
        if _LIST_GOES_ON.fullmatch(text[here.end : then.start]) and here.role != "demonym" != then.role
    ]
    equal, neighbours = np.zeros(len(context.candidates)), np.zeros(len(context.mentions))
    level = np.select([context.is_country, context.is_admin1, context.is_admin2], [1, 2, 3], 0)
    for one, other in [*pairs, *((b, a) for a, b in pairs)]:
        mine, theirs = np.flatnonzero(context.owner == one), np.flatnonzero(context.owner == other)
        neighbours[one] += 1
        countries = np.where(level == 1, 0, context.country)
        ranks = set(
            zip(level[theirs].tolist(), context.feature_class[theirs].tolist(), countries[theirs].tolist(), strict=True)
        )
        equal[mine] += [(level[i], context.feature_class[i], countries[i]) in ranks for i in mine]
    return equal / np.maximum(neighbours, 1)[context.owner]


@lru_cache(maxsize=_KEPT)
def stated(context: Context) -> Bools:
    """Return which candidates lie in what the same phrase names: "the Ukrainian city of …", "…, the capital of Libya".

    Where any candidate of a mention does, this is hard evidence.
    """
    text = context.article.text
    inside = np.zeros(len(context.candidates), bool)
    members = [np.flatnonzero(context.owner == number) for number in range(len(context.mentions))]
    for number, mention in enumerate(context.mentions):
        if number + 1 < len(context.mentions):
            then = context.mentions[number + 1]
            if _WITHIN.fullmatch(text[mention.end : then.start]):
                outer = _holders(context, members[number], members[number + 1])
                inside[members[number]] |= lies_in(context, members[number], outer)
        if number:
            before = context.mentions[number - 1]
            gap = text[before.end : mention.start]
            if len(gap) <= BEFORE_REACH and gap.strip() and _BEFORE.fullmatch(gap):
                outer = _holders(context, members[number], members[number - 1])
                inside[members[number]] |= lies_in(context, members[number], outer)
    return inside


@lru_cache(maxsize=_KEPT)
def told(context: Context) -> Bools:
    """Return which candidates hard evidence speaks for: :func:`follows`, :func:`holds` or :func:`stated`."""
    return follows(context) | holds(context) | stated(context)


@lru_cache(maxsize=_KEPT)
def told_first(context: Context) -> Bools:
    """Return, for every mention of a name, the senses that hard evidence gives to it the first time it gives any.

    Who names a second Tripoli says so; the bare name stays the first one's.
    """
    spoken_for = told(context)
    told_mentions = np.unique(context.owner[spoken_for])
    _, first = np.unique(context.surface[told_mentions], return_index=True)
    senses = context.sense[spoken_for & np.isin(context.owner, told_mentions[first])]
    return np.isin(context.sense, senses)


@lru_cache(maxsize=_KEPT)
def word_fits(context: Context) -> tuple[Floats, Floats]:
    """Return whether a generic word beside the name fits each candidate, and whether it speaks against it.

    "Madison County" is a division, "city of New York" a populated place,
    "square kilometers of Kursk" and "throughout Kursk" an area.
    """
    text = context.article.text
    fits, misfits = np.zeros(len(context.candidates)), np.zeros(len(context.candidates))
    area = np.isin(context.feature_class, ("A", "L"))
    for number, mention in enumerate(context.mentions):
        front = text[max(0, mention.start - _FRONT_REACH) : mention.start]
        said = {kind for kind, pattern in _AFTER if pattern.match(text, mention.end)}
        said |= {kind for kind, pattern in _IN_FRONT if pattern.search(front)}
        mine = context.owner == number
        if said:
            wanted = np.isin(context.feature_class, sorted(said | ({"L"} if "A" in said else set())))
            fits[mine & wanted], misfits[mine & ~wanted] = 1, 1
        elif _EXTENT.search(front):
            fits[mine & area] = 1
            misfits[mine & ~area] = 1
    return fits, misfits
