"""Which names a line of the dump gives a place, of which kind, and how far each is trusted.

The measures are those of the embedded index (:mod:`geo.gazetteer.trust`), so
that the ranker, which is trained with it, reads both alike.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from geo.gazetteer.names import normalise
from geo.gazetteer.sources import is_latin
from geo.gazetteer.store import KINDS
from geo.gazetteer.trust import (
    SHORT_NAME,
    TRUST_ALTERNATE,
    TRUST_CODE,
    TRUST_COMMON_WORD,
    TRUST_OFFICIAL,
    TRUST_OWN_TABLE,
    TRUST_UNLIKE,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterator

    from geo.gazetteer.dump.rows import AlternateRow

TRUST_ABBREVIATION = 30
"""For "NSW" and the like: hardly more than a code, since GeoNames does not tell which of them the press uses."""

TRUST_COLLOQUIAL = 40
"""For "Big Apple": below the names in writing."""

EMBEDDED_RANK, OFFICIAL_RANK, TOLD_RANK, LISTED_RANK = range(4)
"""Which row stands where a place has one name several times: the embedded index's, the official
name, the one of ``alternateNamesV2``, which knows its kind, and last the mere list beside the place."""

_NO_NAMES = frozenset(("link", "post", "wkdt", "phon"))
"""Not names but links, postal codes, Wikidata ids and sounds, where a language would stand."""

_CODES = frozenset(("iata", "icao", "faac", "tcid", "unlc"))
"""Codes of airports and harbours, where a language would stand."""

_REVOLUTIONARY = "fr_1793"
"""Names that French towns had from 1793 to 1795."""

_OFFICIAL, _ALTERNATE, _ABBREVIATION, _CODE, _FORMER = (
    KINDS.index(kind) for kind in ("official", "alternate", "abbreviation", "code", "former")
)


class Named(NamedTuple):
    """A name of a place as the index has it, with its rank among rows of the same name."""

    key: str
    rank: int
    kind: int
    trust: int
    language: str | None


def names_of(
    name: str, ascii_name: str, alternates: str, *, printed: str, common: Container[str] = ()
) -> Iterator[Named]:
    """Yield the names on a place's own line, each once.

    Parameters
    ----------
    name, ascii_name
        The official name, and in ASCII.
    alternates
        The list of further names, with commas between them. Those in other
        scripts than Latin and those that begin with a small letter
        (transliteration keys, no names) are left out.
    printed
        The official name as a newspaper prints it.
    common
        Normalised names that are common words too.
    """
    official = normalise(name)
    seen = {"", official}
    if official:
        yield Named(official, OFFICIAL_RANK, _OFFICIAL, TRUST_OFFICIAL, None)
    if printed is not name and (key := normalise(printed)) not in seen:
        seen.add(key)
        yield Named(key, OFFICIAL_RANK, _OFFICIAL, TRUST_OFFICIAL, None)
    if ascii_name != name and (key := normalise(ascii_name)) not in seen:
        seen.add(key)
        yield Named(key, LISTED_RANK, _ALTERNATE, TRUST_ALTERNATE, None)
    if not alternates:
        return
    for alternate in alternates.split(","):
        if not alternate or alternate[0].islower() or not (alternate.isascii() or is_latin(alternate)):
            continue
        key = normalise(alternate)
        if key not in seen:
            seen.add(key)
            kind, trust = _measured(alternate, key, official[:1], common)
            yield Named(key, LISTED_RANK, kind, trust, None)


def name_of(row: AlternateRow, initial: str, *, common: Container[str] = ()) -> Named | None:
    """Return the name on a line of ``alternateNamesV2``, None where it is no name or not in the Latin script.

    Parameters
    ----------
    row
        The line.
    initial
        The first letter of the place's normalised official name.
    common
        Normalised names that are common words too.
    """
    name, language = row.name, row.language
    if language in _NO_NAMES or not name or name[0].islower() or not (name.isascii() or is_latin(name)):
        return None
    key = normalise(name)
    if not key:
        return None
    if language in _CODES:
        return Named(key, TOLD_RANK, _CODE, TRUST_CODE, None)
    if language == "abbr":
        return Named(key, TOLD_RANK, _ABBREVIATION, TRUST_ABBREVIATION, None)
    kind, trust = _measured(name, key, initial, common)
    if trust <= TRUST_COMMON_WORD:
        return Named(key, TOLD_RANK, kind, trust, language or None)
    if row.is_historic or language == _REVOLUTIONARY:
        kind = _FORMER
    elif row.is_colloquial:
        trust = TRUST_COLLOQUIAL
    elif row.is_preferred and language == "en":
        trust = TRUST_OWN_TABLE
    return Named(key, TOLD_RANK, kind, trust, language.removesuffix("_1793") or None)


def _measured(name: str, key: str, initial: str, common: Container[str]) -> tuple[int, int]:
    if len(name) <= SHORT_NAME and (name.isupper() or len(name) < SHORT_NAME):
        return _CODE, TRUST_CODE
    if key in common:
        return _ALTERNATE, TRUST_COMMON_WORD
    return _ALTERNATE, TRUST_ALTERNATE if key[:1] == initial else TRUST_UNLIKE
