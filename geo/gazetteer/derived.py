"""Names that nothing bears as they stand, and the known names within them.

"northern Kursk region" speaks of Kursk, and "Delhi High Court" of a court that
is in Delhi. What is found so has the kind ``derived`` and less trust.
"""

# ruff: noqa: SIM905
# A list of words is read most easily as words.

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

FITTING_TRUST = 0.8
UNFIT_TRUST = 0.3
WITHIN_TRUST = 0.5
"""Factors on the trust of the name within: where the generic word fits the place (a county is a
division), where it does not, and where the whole is an institution that may be elsewhere."""

WATER, LAND = "HL", "TL"
LITERAL = frozenset((WATER, LAND))
"""Classes that a generic word insists on: "Ocoee River" is no town called Ocoee."""

# Generic words beside a name, and the feature classes of GeoNames of what they name.
_GENERIC = {
    **dict.fromkeys(
        """county co counties oblast region province state district governorate prefecture republic territory department
        krai raion canton parish voivodeship borough emirate administration""".split(),
        "AL",
    ),
    **dict.fromkeys("city town village township twp municipality suburb capital port metropolis hamlet".split(), "P"),
    **dict.fromkeys("river lake sea gulf bay strait canal creek ocean reservoir delta basin".split(), WATER),
    **dict.fromkeys(
        "mountain mountains island islands peninsula valley desert mount hills coast plateau".split(), LAND
    ),
    **dict.fromkeys("area border metropolitan".split(), "APL"),
    **dict.fromkeys("airport station".split(), "SP"),
}
_DIRECTION = re.compile(
    r"(?:north|south|east|west|northern|southern|eastern|western|central|northeast|northwest|southeast|southwest|"
    r"northeastern|northwestern|southeastern|southwestern|greater|upper|lower|inner|outer|mainland|downtown|occupied|"
    r"old town) ",
)

_INSTITUTION = frozenset(
    """university college school academy institute hospital clinic court council parliament senate assembly
    congress government ministry embassy consulate bank reserve exchange police sheriff prison jail
    cathedral church mosque museum theatre theater stadium arena racecourse speedway airport station harbour
    harbor port market park zoo centre center library hotel club fc cup games festival marathon trust
    authority commission office barracks base garrison cemetery gardens""".split(),
)
"""Words of what is named after the place that it is in, or that it stands for."""

_FEWEST_WORDS = 2


def is_generic(key: str) -> bool:
    """Return whether a normalised name ends with a generic word, so that it is no slip of the pen."""
    return key.rpartition(" ")[2] in _GENERIC


def without_generic(key: str) -> Iterator[tuple[str, str]]:
    """Yield what is left of a normalised name as generic words and directions around it are left out.

    Parameters
    ----------
    key
        A normalised name (:func:`geo.gazetteer.names.normalise`).

    Yields
    ------
    tuple of str
        The rest, and GeoNames' feature classes of what the first generic word names ("" for none).
    """
    fits = ""
    while key:
        first, _, rest = key.partition(" ")
        front, _, last = key.rpartition(" ")
        if direction := _DIRECTION.match(key):
            key = key[direction.end() :]
        elif front and last in _GENERIC:
            key, fits = front, fits or _GENERIC[last]
        elif rest and first in _GENERIC:
            key, fits = rest.removeprefix("of ").removeprefix("the "), fits or _GENERIC[first]
        else:
            return
        yield key, fits


def within_institution(key: str) -> Iterator[str]:
    """Yield the names that the name of an institution begins with or is "of", the longest first.

    Parameters
    ----------
    key
        A normalised name: "university of alberta", "delhi high court".

    Yields
    ------
    str
        "alberta"; "delhi high", "delhi". Nothing where no word names an institution.
    """
    words = key.split()
    if len(words) < _FEWEST_WORDS or _INSTITUTION.isdisjoint(words):
        return
    for position in range(1, len(words) - 1):
        if words[position] in {"of", "in", "at"}:
            yield " ".join(words[position + 1 :]).removeprefix("the ")
    for end in range(len(words) - 1, 0, -1):
        if words[end - 1] not in _INSTITUTION:
            yield " ".join(words[:end])
