"""What stands right beside a name and says where it lies or what it is.

"Zolochiv, Kharkiv Oblast, Ukraine"; "Paris, Texas"; "Springfield (Ill.)";
"the Ukrainian city of Zolochiv"; "Kyzyl in Tuva"; "Kursk border region".
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from geo.resolution.context import Bools, Context, Floats, Ints

_COMMA = frozenset((",", "("))
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
_LIST_SIGNS = frozenset(",;ao")
"""What a gap can begin with that continues a list."""

BEFORE_REACH = 40
"""Characters between a name and one before it that can still say where it lies."""

_AREA_WORD = (
    r"county|counties|parish|province|provinces|state|region|regions|oblast|prefecture|governorate|district|territory|"
    r"republic|canton|department|voivodeship|raion|krai|kingdom|emirate"
)
_TOWN_WORD = r"city|town|village|township|municipality|suburb|hamlet|settlement|port|metropolis|capital|downtown"
_WATER_WORD = r"river|lake|sea|gulf|bay|strait|canal|creek|ocean|reservoir|delta|basin"
_LAND_WORD = r"mountain|mountains|island|islands|peninsula|valley|desert|mount|volcano|archipelago|plateau|cape"
_AREAS = frozenset("AL")
_WORDS = (("A", _AREA_WORD), ("P", _TOWN_WORD), ("H", _WATER_WORD), ("T", _LAND_WORD))
_KINDS_OF_WORD: dict[str, frozenset[str]] = {
    word: frozenset(kind for kind, words in _WORDS if word in words.split("|"))
    for _, listed in _WORDS
    for word in listed.split("|")
}
_BETWEEN = frozenset(("border", "frontier", "coastal", "capital"))
"""Words that can stand between a name and the word that says what it is: "Kursk border region"."""

_AFTER = re.compile(r"(?:'s|’s)?\s+(\w+)(?:\s+(\w+))?")
_LAST_WORD = re.compile(r"\w+\Z")
_EXTENT = re.compile(
    r"\b(?:across|throughout|parts of|part of|all of|most of|much of|rural|"
    r"(?:kilomet(?:er|re)s|miles|acres|hectares|km)\W*\)?\s+of)"
    r"\s+(?:the\s+)?\Z",
    re.IGNORECASE,
)
_EXTENT_ENDS = frozenset(("across", "throughout", "rural", "of"))
"""The words that :data:`_EXTENT` ends with, but for the article; looked for first, since it is quicker."""

_IN_FRONT = frozenset((*_KINDS_OF_WORD, *_EXTENT_ENDS, "the"))
"""Words right in front of a name that may begin or continue what is looked for there."""

_FRONT_REACH = 30
_KEPT = 4
"""Articles whose answers are kept: several clues ask the same of one article, never of many."""


_DATELINE = re.compile(r"\s*(?:\([^()\n]{2,30}\)\s*)?(?:[—–]|--?\s)")
"""What follows the place of a dateline that stands alone: an agency perhaps, and a dash."""


@lru_cache(maxsize=_KEPT)
def _containment(context: Context) -> tuple[Ints, Ints]:
    """Return numbers for what each candidate lies in, shape (candidates, 3), and for what it is, if it can hold others.

    They are equal where the one is the other; what a candidate lies in is
    never what it is itself. -1 and -2 stand for nothing.
    """
    levels = (
        (context.is_country, context.country),
        (context.is_admin1, context.admin1),
        (context.is_admin2, context.admin2),
    )
    inside = np.full((len(context.candidates), len(levels)), -1)
    held = np.full(len(context.candidates), -2)
    for number, (is_level, group) in enumerate(levels):
        coded = group * len(levels) + number
        inside[:, number] = np.where(is_level | (group < 0), -1, coded)
        held = np.where(is_level & (group >= 0), coded, held)
    return inside, held


def lies_in(context: Context, inner: Ints, outer: Ints) -> Bools:
    """Return, for each of `inner`, whether it lies in one of `outer`; both are indices of candidates."""
    inside, holding = _containment(context)
    held = set(holding[outer].tolist())
    return np.array([not held.isdisjoint(one) for one in inside[inner].tolist()], bool)


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


def _goes_on(gap: str | None) -> bool:
    """Return whether what stands between two names continues a list."""
    # Most gaps are long, and a look at their ends tells sooner.
    if not gap or not gap[-1].isspace() or gap.lstrip()[:1] not in _LIST_SIGNS:
        return False
    return _LIST_GOES_ON.fullmatch(gap) is not None


def _starts_list(context: Context, second: int) -> bool:
    """Return whether the name after `second` continues a list of its equals: "Georgia, Alabama and Florida"."""
    if not _goes_on(context.gaps[second]):
        return False
    members, following = context.of(second), context.of(second + 1)
    if lies_in(context, members, _divisions(context, following)).any():
        return False
    levels = (context.is_country, context.is_admin1)
    return any(level[members].any() and level[following].any() for level in levels)


@lru_cache(maxsize=_KEPT)
def _chains(context: Context) -> tuple[Bools, Bools]:
    inside, holding = np.zeros(len(context.candidates), bool), np.zeros(len(context.candidates), bool)
    # From the last name to the first, so that in "Zolochiv, Kharkiv Oblast, Ukraine" the oblast is
    # the one in Ukraine before the town is sought in it.
    for number in range(len(context.mentions) - 2, -1, -1):
        gap = context.gaps[number]
        if gap is None or gap.strip() not in _COMMA or context.mentions[number + 1].role == "demonym":
            continue
        inner = context.of(number)
        if not len(inner) or _starts_list(context, number + 1):
            continue
        outer = _holders(context, inner, context.of(number + 1))
        known = outer[inside[outer]]
        outer = known if len(known) else outer
        found = lies_in(context, inner, outer)
        inside[inner] = found
        holding[[i for i in outer.tolist() if lies_in(context, inner[found], np.array([i])).any()]] = True
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
    pairs = [
        (first, first + 1)
        for first, gap in enumerate(context.gaps)
        if _goes_on(gap) and "demonym" not in {context.mentions[first].role, context.mentions[first + 1].role}
    ]
    equal, neighbours = np.zeros(len(context.candidates)), np.zeros(len(context.mentions))
    if not pairs:
        return equal
    level = np.select([context.is_country, context.is_admin1, context.is_admin2], [1, 2, 3], 0)
    _, classes = np.unique(context.feature_class, return_inverse=True)
    countries = np.where(level == 1, 0, context.country + 1)
    rank = ((countries * 4 + level) * (int(classes.max(initial=0)) + 1) + classes).tolist()
    bounds = context.bounds
    for one, other in [*pairs, *((b, a) for a, b in pairs)]:
        neighbours[one] += 1
        ranks = set(rank[bounds[other] : bounds[other + 1]])
        equal[bounds[one] : bounds[one + 1]] += [i in ranks for i in rank[bounds[one] : bounds[one + 1]]]
    return equal / np.maximum(neighbours, 1)[context.owner]


@lru_cache(maxsize=_KEPT)
def stated(context: Context) -> Bools:
    """Return which candidates lie in what the same phrase names: "the Ukrainian city of …", "…, the capital of Libya".

    Or what the name itself says, as "Paris, Texas" does. Where any candidate
    of a mention does, this is hard evidence.
    """
    inside = context.within.copy()
    for number, gap in enumerate(context.gaps):
        if not gap:
            continue
        if _WITHIN.fullmatch(gap):
            inner = context.of(number)
            inside[inner] |= lies_in(context, inner, _holders(context, inner, context.of(number + 1)))
        if len(gap) <= BEFORE_REACH and not gap.isspace() and _BEFORE.fullmatch(gap):
            inner = context.of(number + 1)
            inside[inner] |= lies_in(context, inner, _holders(context, inner, context.of(number)))
    return inside


@lru_cache(maxsize=_KEPT)
def datelined(context: Context) -> Bools:
    """Return which candidates are a country's capital whose name a line opens with: "PARIS (AP) —".

    Newspapers state the region of a town in a dateline ("PARIS, Texas —") but for the best-known ones.
    """
    found = np.zeros(len(context.candidates), np.bool_)
    for number, mention in enumerate(context.mentions):
        if not mention.text.isupper():
            continue
        text = context.articles[context.article[number]].text
        line = text.rfind("\n", 0, mention.start) + 1
        if not text[line : mention.start].strip() and _DATELINE.match(text, mention.end):
            for at in context.of(number).tolist():
                found[at] = context.candidates[at].place.feature_code == "PPLC"
    return found


@lru_cache(maxsize=_KEPT)
def told(context: Context) -> Bools:
    """Return which candidates hard evidence speaks for.

    That is :func:`follows`, :func:`holds`, :func:`stated` or :func:`datelined`.
    """
    return follows(context) | holds(context) | stated(context) | datelined(context)


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
    fits, misfits = np.zeros(len(context.candidates)), np.zeros(len(context.candidates))
    for number in range(len(context.mentions)):
        said, extent = _words_beside(context, number)
        if not said and not extent:
            continue
        mine = slice(context.bounds[number], context.bounds[number + 1])
        wanted = np.isin(context.feature_class[mine], sorted(said | _AREAS if extent or "A" in said else said))
        fits[mine], misfits[mine] = wanted, ~wanted
    return fits, misfits


def _words_beside(context: Context, number: int) -> tuple[frozenset[str], bool]:
    """Return the classes of which the words beside a mention speak and, if of none, whether they speak of an extent."""
    mention, text = context.mentions[number], context.text(number)
    said: frozenset[str] = frozenset()
    if after := _AFTER.match(text, mention.end):
        first, second = after.group(1).lower(), after.group(2)
        said = _KINDS_OF_WORD.get(first, said)
        if first in _BETWEEN and second:
            said |= _KINDS_OF_WORD.get(second.lower(), frozenset())
    front = text[max(0, mention.start - _FRONT_REACH) : mention.start]
    if not front[-1:].isspace():
        return said, False
    words = front.rsplit(None, 3)  # no more than the last three are looked at one by one
    if words and words[-1].isalpha() and words[-1].lower() not in _IN_FRONT:
        return said, False  # as in most cases: "in", "from"
    if words and words[-1].lower() == "the":
        words.pop()
    is_of = bool(words) and words[-1].lower() == "of"
    last = _LAST_WORD.search(words[-1 - is_of]) if len(words) > is_of else None
    if last:
        said |= _KINDS_OF_WORD.get(last.group().lower(), frozenset())
    end = _LAST_WORD.search(words[-1]) if words and not said else None
    return said, bool(end and end.group().lower() in _EXTENT_ENDS and _EXTENT.search(front))
