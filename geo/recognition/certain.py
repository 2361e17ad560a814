"""Names that the tagger left out and that can be nothing else where they stand.

=====================================  =======================================
"Ukrainian"                            a demonym that names no place as well
"Sino-Indian"                          as above, after a prefix
"Equatorial Guinea"                    a country of several words
"Northern Ireland"                     a division of several words
"the Kremlin"                          a building that stands for what is in it
"Derhachi, Kharkiv Oblast,"            a town that is followed by its region
"HYDERABAD: Two men were held"         a dateline
"LVIV/KYIV"                            a town beside one that was found
"Turkey and Syria"                     a country beside one that was found
"the British Army"                     the army of a country
"the Denver City Council"              the council of a town
"Rue Oran and Rue Tunis"               a street beside one that was found
=====================================  =======================================
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from geo.recognition.cues import words_of
from geo.recognition.labels import DEMONYM, PLACE
from geo.recognition.name import Name

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.recognition.features import Sentence

PREFIXES = words_of("sino indo anglo franco russo greco italo luso hispano austro anti pro non pre post ex")
_BEFORE_NAMES = frozenset(("The", "THE", "Another"))
"""What begins a sentence with a capital and is no part of the name after it."""
_TOWNS = frozenset(("city", "town", "village"))
_REGIONS = frozenset(("country", "admin1"))
_DATELINED = frozenset(("city", "country", "admin1"))
_SIGNS = frozenset((",", ".", ";", ")", ":", "—", "–", "-"))
_AFTER_DATELINE = frozenset((":", "—", "–", "--", "("))
_SHORTEST_DATELINE = 4
"""Letters of the first word from which capitals are a name's and no abbreviation's."""
_DEMONYM_ONLY = (("demonym",),)
_DIVISION_ONLY = ("admin1",)
_OF_STATES = words_of("army navy parliament senate government embassy consulate marines congress")
"""What states have one of, so that a country's name before it is the country."""
_OF_TOWNS = frozenset(
    tuple(words.split())
    for words in (
        *("city council", "town council", "county council", "police department", "fire department"),
        *("stock exchange", "film festival", "marathon", "philharmonic", "symphony", "symphony orchestra"),
    )
)
"""What towns have, as the words that follow their names."""
_UNITS = frozenset((("brigade",), ("regiment",), ("battalion",), ("division",)))
"""Units of an army, where the name before them is a country's or a division's: many towns are called like people."""
ENTITLED = frozenset(("city", "town", "village", "county", "state", "province"))
"""What "of" and a name follow, which alone is the place."""
_TOWN_HEADS = frozenset(("city", "town"))
_LINKS = frozenset((",", "and", "or", "&"))
_JOINS = _LINKS | {"/"}
STREETS = words_of("street st. road rd. avenue ave. boulevard blvd. drive lane highway hwy. way parkway pkwy.")
SQUARES = words_of("plaza piazza praça place rue avenida rua calle via viale paseo boulevard")
"""What streets and squares are called in languages that name the kind first ("Plaza" Italia)."""
_LONGEST_STREET = 3
"""Words of a street's name that is taken on the word of its neighbour."""


def with_certain(sentence: Sentence, names: list[Name]) -> list[Name]:
    """Return `names` with those added that can be nothing else where they stand, in order."""
    taken = {at for name in names for at in range(name.start, name.end)}
    added = []
    for begin, stop, profile in sentence.spans:
        run = sentence.runs[begin]
        if run is None or "weak" in profile or not taken.isdisjoint(range(begin, stop)):
            continue
        if names and _beside_another(sentence, begin, stop, profile, names):
            added.append(Name(begin, stop, PLACE))
        elif not _begins(sentence, run[0], begin, profile):
            continue
        elif run[1] > stop:
            added += _of_organisation(sentence, Name(begin, stop, PLACE), run[1], profile)
        elif kind := _alone(sentence, begin, stop, profile, names):
            titled = stop - begin > 2 and sentence.known[begin].lower in ENTITLED  # noqa: PLR2004 - "City of Kyiv"
            added.append(Name(begin + 2 if titled else begin, stop, kind))
    if names or added:
        added += _streets(sentence, [*names, *added])
    return sorted([*names, *added], key=lambda name: name.start) if added else names


def _alone(sentence: Sentence, begin: int, stop: int, profile: tuple[str, ...], names: Sequence[Name]) -> str:
    """Return the class of a name that is a whole run of capitals, "" if it is none for certain."""
    if profile in _DEMONYM_ONLY:
        return DEMONYM
    long = stop - begin > 1
    # A single word may be a person (Petra) unless an article stands before it (the Kremlin).
    site = "site" in profile and (long or (begin > 0 and sentence.known[begin - 1].lower == "the"))
    certain = (
        site
        or (long and "country" in profile)
        or _before_its_region(sentence, begin, stop, profile, names)
        or (long and profile == _DIVISION_ONLY)
        or (not _DATELINED.isdisjoint(profile) and is_dateline(sentence, begin, stop))
    )
    return PLACE if certain else ""


def _begins(sentence: Sentence, start: int, begin: int, profile: tuple[str, ...]) -> bool:
    """Whether nothing that is a part of the name stands before it in its run, or a prefix before a demonym."""
    known = sentence.known
    if (
        profile in _DEMONYM_ONLY
        and begin - start > 1
        and known[begin - 1].hyphen
        and known[begin - 2].lower in PREFIXES
    ):
        begin -= 2
    return all(word in _BEFORE_NAMES for word in sentence.words[start:begin])


def _beside_another(sentence: Sentence, begin: int, stop: int, profile: Sequence[str], names: Sequence[Name]) -> bool:
    """Whether a stroke joins a well-known name to one that was found, or a link a country to another."""
    words = sentence.words
    before = begin > 0 and words[begin - 1] in _JOINS
    after = stop < len(words) and words[stop] in _JOINS
    if not (before or after) or _DATELINED.isdisjoint(profile):
        return False
    for name in names:
        between = words[name.end : begin] if name.start < begin else words[stop : name.start]
        if name.kind != PLACE or len(between) != 1:
            continue
        if between[0] == "/":
            return True
        if between[0] in _LINKS and "country" in profile and _is_country(sentence, name):
            return sentence.runs[begin] == (begin, stop)
    return False


def _is_country(sentence: Sentence, name: Name) -> bool:
    return any(
        (begin, stop) == (name.start, name.end) and "country" in profile for begin, stop, profile in sentence.spans
    )


def _of_organisation(sentence: Sentence, name: Name, end: int, profile: tuple[str, ...]) -> list[Name]:
    """Return the name that begins the name of a state's or a town's organ, which ends at `end`; [] if it is none."""
    known = sentence.known
    rest = tuple(word.lower for word in known[name.end : end])
    if len(rest) == 1 and rest[0] in _OF_STATES:
        if profile in _DEMONYM_ONLY:
            return [Name(name.start, name.end, DEMONYM)]
        return [name] if "country" in profile else []
    if rest == ("council",) and known[name.end - 1].lower in _TOWN_HEADS:
        # There is a small town of the name of Denver City; what has the council is the city of Denver.
        inside = name.end if "city" in profile else name.end - 1
        return [Name(name.start, inside, PLACE)] if inside > name.start else []
    return [name] if rest in _OF_TOWNS or (rest in _UNITS and not _REGIONS.isdisjoint(profile)) else []


def _before_its_region(
    sentence: Sentence, begin: int, stop: int, profile: Sequence[str], names: Sequence[Name]
) -> bool:
    """Whether a division or country that was found and another sign follow the name of a town.

    A comma stands between them, or a comma and "in" ("Another Hyderabad, in Pakistan").
    """
    known = sentence.known
    if _TOWNS.isdisjoint(profile) or stop + 2 >= len(known) or known[stop].lower != ",":
        return False
    another = begin > 0 and known[begin - 1].lower == "another" and known[stop + 1].lower == "in"
    at = stop + 2 if another else stop + 1
    region = next((name for name in names if name.start == at), None)
    if region is None or (region.end < len(known) and known[region.end].lower not in _SIGNS):
        return False
    return any(
        (begin, end) == (region.start, region.end) and not _REGIONS.isdisjoint(labels)
        for begin, end, labels in sentence.spans
    )


def is_dateline(sentence: Sentence, begin: int, stop: int) -> bool:
    """Whether a name in capitals begins a sentence that is not in capitals, and a dateline's sign follows it."""
    words = sentence.words
    return (
        begin == 0
        and not sentence.shouted
        and stop + 1 < len(words)
        and words[stop] in _AFTER_DATELINE
        and len(words[0]) >= _SHORTEST_DATELINE
        and all(word.isupper() for word in words[begin:stop] if word[0].isalpha())
    )


def _streets(sentence: Sentence, names: Sequence[Name]) -> list[Name]:
    """Return the streets that stand in a list with one that was found."""
    found = {(name.start, name.end) for name in names if _is_street(sentence, name.start, name.end)}
    if not found:
        return []
    added = []
    taken = {at for name in names for at in range(name.start, name.end)}
    runs = sentence.capitals
    for order in (runs, runs[::-1]):
        for known, other in pairwise(order):
            left, right = min(known, other), max(known, other)
            between = sentence.words[left[1] : right[0]]
            if (
                known in found
                and other not in found
                and between
                and _LINKS.issuperset(between)
                and other[1] - other[0] <= _LONGEST_STREET
                and _is_street(sentence, *other)
                and taken.isdisjoint(range(*other))
            ):
                found.add(other)
                added.append(Name(*other, PLACE))
    return added


def _is_street(sentence: Sentence, start: int, end: int) -> bool:
    known = sentence.known
    return end - start > 1 and (known[end - 1].lower in STREETS or known[start].lower in SQUARES)
