"""What is certain and need not be learnt: conventions of spans, languages, treaties.

The tagger's spans pass through here. A rule only applies where the words
themselves decide:

=================================  ==========================================
text                               becomes
=================================  ==========================================
"speak Ukrainian or Russian"       nothing: languages
"said in Arabic."                  nothing: a language
"Korean translators"               nothing: a language
"Pictures Chile via Getty Images"  nothing: the credit of a picture
"the Geneva Conventions"           nothing: a treaty says nothing of the place
"North Korean" found in part       the whole demonym
"Kharkiv Oblast" found in part     the whole name, which the gazetteer knows
"City of Kyiv"                     "Kyiv"
"Odesa" of "Odesa Street"          "Odesa Street", which is not the city
"Italia" of "Plaza Italia"         "Plaza Italia", which is not the country
"Asia Cup of Nations"              "Asia": no gazetteer knows the event
"the United Nations", "El Niño"    nothing: an organisation, a climate
"Ukraine's"                        "Ukraine"
=================================  ==========================================
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from geo.recognition.cues import LANGUAGE_CUES, ORGANISATION_HEADS, PLACE_HEADS, words_of
from geo.recognition.labels import DEMONYM, PLACE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.recognition.features import Sentence

_TREATIES = words_of(
    """
    convention conventions accord accords protocol protocols treaty agreement agreements declaration
    """,
)
_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_LINKS = frozenset((",", "or", "and", "nor", "/", "&"))
_HYPHENS = frozenset(("-", "–"))
_INTO = frozenset(("in", "into", "from"))
_SPEAK = words_of(
    """
    speak speaks speaking spoke spoken learn learns learning learned learnt teach teaches
    """,
)
_MODIFIES_SPEECH = words_of(
    """
    fluent fluently good broken poor only both some basic perfect their his her better native in no not
    either
    """,
)
_AFTER_LANGUAGE = LANGUAGE_CUES - {"speak", "speaks", "spoke", "tongue", "fluent", "fluently", "word", "script"}
_NOT_A_HEAD = words_of(
    """
    and or but with that by to on at as for because when while after before which who he she they it
    """,
)
_ARTICLE = frozenset(("The", "THE"))
_WITH_ARTICLE = words_of("hague gambia bahamas dalles")
"""Places whose name begins with "The", where it is written with a capital."""
_TOWNS = frozenset(("city", "town", "village"))
_REGIONS = frozenset(("country", "admin1"))
_SIGNS = frozenset((",", ".", ";", ")", ":", "—", "–", "-"))
_DEMONYM_ONLY = "demonym"
_GENERIC = frozenset(("di", "pl"))
"""Word lists of directions and kinds of place: "West Wales" and "St. Louis Hills" are one name."""
_MAJOR = frozenset(("country", "admin1", "city"))
_STREETS = words_of("street st. road rd. avenue ave. boulevard blvd. drive lane highway hwy. way parkway pkwy.")
_SQUARES = words_of("plaza piazza praça place rue avenida rua calle via viale paseo boulevard")
"""What streets and squares are called in languages that name the kind first ("Plaza" Italia)."""
_NO_PLACES = frozenset(
    ("united nations", "league of nations", "el niño", "el nino", "la niña", "la nina", "santa claus")
)
"""What is written like a place, and is an organisation, a climate or a person wherever it stands."""
_TRANSPORT = words_of("metro subway underground")
_EVENTS = words_of(
    """
    cup games olympics olympiad championship championships tournament league marathon festival prix
    summit conference
    """,
)
_STREET_WORDS = 2
"""Words that a street's name has more than the place in it, at most ("Campbell" Branch Road)."""
_HOLDS = _MAJOR | {"region"}
"""What an event or organisation can begin with that is a place by itself."""
_ENTITLED = frozenset(("city", "town", "village", "county", "state", "province"))


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a sentence: its tokens [start, end) and its class, LOC or DEM."""

    start: int
    end: int
    kind: str


def settled(sentence: Sentence, spans: Iterable[tuple[int, int, str]]) -> list[Name]:
    """Return the names that remain of the tagger's spans, with their final ends.

    Parameters
    ----------
    sentence
        The sentence as the tagger saw it.
    spans
        First and past-last token and class of each name, in order.
    """
    names: list[Name] = []
    for start, end, kind in spans:
        for first, last in _parted(sentence, start, end):
            name = _bounded(sentence, first, last, kind)
            if name is not None and (not names or name.start >= names[-1].end):
                names.append(name)
    if not names and not sentence.spans:
        return names
    names = _with_certain(sentence, names)
    languages = _languages(sentence, names)
    return [name for name in names if name not in languages and not excluded(sentence, name)]


def excluded(sentence: Sentence, name: Name) -> bool:
    """Whether a name is none of a place by its words and those beside it, whatever the tagger says."""
    return _treaty(sentence, name) or _credit(sentence, name) or _no_place(sentence, name)


def _no_place(sentence: Sentence, name: Name) -> bool:
    words = [word.lower for word in sentence.known[name.start : name.end]]
    in_a_longer_name = sentence.runs[name.start] != (name.start, name.end)
    return " ".join(words) in _NO_PLACES or (in_a_longer_name and len(words) == 1 and words[0] in _TRANSPORT)


def _held(sentence: Sentence, start: int, end: int) -> int:
    """Return where the place ends that an event or organisation begins with ("Asia" Cup of Nations).

    A name that the gazetteer knows as a whole is a place (the West Bank).
    """
    known = sentence.known
    if not (known[end - 1].lower in ORGANISATION_HEADS or any(word.lower in _EVENTS for word in known[start:end])):
        return end
    known_from_start = [(stop, profile) for begin, stop, profile in sentence.spans if begin == start and stop <= end]
    for stop, profile in known_from_start:
        if stop < end and "weak" not in profile and not _HOLDS.isdisjoint(profile):
            return stop
    return end


def _bounded(sentence: Sentence, start: int, end: int, kind: str) -> Name | None:
    words, known = sentence.words, sentence.known
    while end > start and (words[end - 1] in _POSSESSIVES or not words[end - 1][-1].isalnum()):
        if words[end - 1][-1] == "." and words[end - 1][0].isalpha():
            break
        end -= 1
    while start < end and not words[start][0].isalnum():
        start += 1
    if start >= end:
        return None
    for begin, stop, profile in sentence.spans:
        if (
            begin <= start
            and end <= stop
            and (begin, stop) != (start, end)
            and _completes(sentence, begin, stop, profile, kind)
        ):
            return Name(begin, stop, DEMONYM if "demonym" in profile else PLACE)
    start = _begun(sentence, start, end)
    if kind == PLACE:
        end = _held(sentence, start, _street(sentence, end))
        # "Plaza Italia" is in no country of that name.
        if start and known[start - 1].lower in _SQUARES and sentence.runs[start - 1] == (start - 1, end):
            start -= 1
    return Name(start, end, kind)


def _begun(sentence: Sentence, start: int, end: int) -> int:
    """Return where a name begins: without an article that is none of its own and without "City of"."""
    words, known = sentence.words, sentence.known
    if end - start > 1 and words[start] in _ARTICLE:
        start += 1
    if start and words[start - 1] in _ARTICLE and known[start].lower in _WITH_ARTICLE and end - start == 1:
        start -= 1
    if _is_bank(sentence, start, end):
        return start + 2
    entitled = end - start > 2 and known[start].lower in _ENTITLED and known[start + 1].lower == "of"  # noqa: PLR2004 - "City of X"
    if entitled and known[start + 2].lower != "london":  # the City of London is a place of its own
        start += 2
    return start


def _is_bank(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a name is that of the bank of a place ("Bank of England"), of which only the place is one."""
    known = sentence.known
    if end - start < 3 or (known[start].lower, known[start + 1].lower) != ("bank", "of"):  # noqa: PLR2004 - bank, of, X
        return False
    return any((begin, stop) == (start + 2, end) and _MAJOR & set(profile) for begin, stop, profile in sentence.spans)


def of_bank(sentence: Sentence, start: int) -> bool:
    """Whether the name at `start` is that of a bank's place: "Bank of England"."""
    known = sentence.known
    before = [word.lower for word in known[max(0, start - 2) : start]]
    return before == ["bank", "of"] and known[start - 2].upper and known[start].upper


def _parted(sentence: Sentence, start: int, end: int) -> list[tuple[int, int]]:
    """Part what are two names side by side ("the half of Kasai Rwanda still holds")."""
    inside = [(begin, stop, profile) for begin, stop, profile in sentence.spans if begin >= start and stop <= end]
    apart = (
        len(inside) > 1
        and inside[0][0] == start
        and inside[-1][1] == end
        and all(left[1] == right[0] for left, right in pairwise(inside))
        and all(_MAJOR & set(profile) and "weak" not in profile for *_, profile in inside)
        and not any(_GENERIC & set(sentence.known[begin].kinds) for begin, *_ in inside)
    )
    return [(begin, stop) for begin, stop, _ in inside] if apart else [(start, end)]


def _with_certain(sentence: Sentence, names: list[Name]) -> list[Name]:
    """Add names that the tagger left out and that can be nothing else where they stand alone.

    These are demonyms that name no place as well (Ukrainian), names of
    countries of several words (Equatorial Guinea), the buildings that the
    gazetteer knows because they stand for what is in them (the Kremlin), and
    towns that are followed by their region ("Derhachi, Kharkiv Oblast,").
    """
    if not sentence.spans:
        return names
    taken = {at for name in names for at in range(name.start, name.end)}
    added = []
    for begin, stop, profile in sentence.spans:
        run = sentence.runs[begin]
        alone = run is not None and run[1] == stop and all(word in _ARTICLE for word in sentence.words[run[0] : begin])
        if not alone or "weak" in profile or not taken.isdisjoint(range(begin, stop)):
            continue
        long = stop - begin > 1
        # A single word may be a person (Petra) unless an article stands before it (the Kremlin).
        site = "site" in profile and (long or (begin > 0 and sentence.known[begin - 1].lower == "the"))
        if profile == (_DEMONYM_ONLY,):
            added.append(Name(begin, stop, DEMONYM))
        elif site or (long and "country" in profile) or _before_its_region(sentence, stop, profile, names):
            added.append(Name(begin, stop, PLACE))
    return sorted([*names, *added], key=_begin)


def _before_its_region(sentence: Sentence, stop: int, profile: Sequence[str], names: Sequence[Name]) -> bool:
    """Whether a comma, a division or country that was found and another sign follow the name of a town."""
    known = sentence.known
    if _TOWNS.isdisjoint(profile) or stop + 1 >= len(known) or known[stop].lower != ",":
        return False
    region = next((name for name in names if name.start == stop + 1), None)
    if region is None or (region.end < len(known) and known[region.end].lower not in _SIGNS):
        return False
    return any(
        (begin, end) == (region.start, region.end) and not _REGIONS.isdisjoint(labels)
        for begin, end, labels in sentence.spans
    )


def _street(sentence: Sentence, end: int) -> int:
    """Return where a name ends that is the beginning of a street's ("Odesa Street" is not in Odesa)."""
    run = sentence.runs[end - 1]
    # The street must end the run: "Florida Highway Patrol" is in Florida.
    ended = run is not None and end < run[1] <= end + _STREET_WORDS and sentence.known[run[1] - 1].lower in _STREETS
    return run[1] if run is not None and ended else end


def _credit(sentence: Sentence, name: Name) -> bool:
    """Whether a name is a part of a picture's credit ("Newsroom Pictures Chile via Getty Images")."""
    run = sentence.runs[name.start]
    if run is None or run == (name.start, name.end) or run[1] >= len(sentence.known):
        return False
    return sentence.known[run[1]].lower == "via"


def _completes(sentence: Sentence, begin: int, stop: int, profile: Sequence[str], kind: str) -> bool:
    """Whether a name of the gazetteer around a found one is what was meant."""
    if "weak" in profile:
        return False
    if kind == DEMONYM:
        return "demonym" in profile
    run = sentence.runs[begin]
    return (
        "admin1" in profile
        and sentence.known[stop - 1].lower in PLACE_HEADS
        and run is not None
        and run[1] == stop  # nothing follows, as it does in "Washington State University"
    )


def _treaty(sentence: Sentence, name: Name) -> bool:
    following = sentence.known[name.end : name.end + 2]
    if following and following[0].upper and following[0].lower in _TREATIES:
        return True
    before = sentence.known[max(0, name.start - 2) : name.start]
    return len(before) == 2 and before[1].lower == "of" and before[0].upper and before[0].lower in _TREATIES  # noqa: PLR2004 - "Treaty of"


def _languages(sentence: Sentence, names: Sequence[Name]) -> set[Name]:
    """Return the names that stand for languages, with those that are listed beside them."""
    # What the tagger left out may hold a list together: "Ukrainian, English or Russian".
    found = {(name.start, name.end) for name in names if name.kind == DEMONYM}
    found |= {(begin, stop) for begin, stop, profile in sentence.spans if "demonym" in profile}
    if not found:
        return set()
    demonyms = [Name(start, end, DEMONYM) for start, end in sorted(found)]
    certain = {name for name in demonyms if _language(sentence, name)}
    for chain in (list(pairwise(demonyms)), list(pairwise(demonyms[::-1]))):
        for known, other in chain:
            left, right = min(known, other, key=_begin), max(known, other, key=_begin)
            between = sentence.known[left.end : right.start]
            listed = bool(between) and all(word.lower in _LINKS for word in between)
            if known in certain and listed and not _modifies(sentence, other):
                certain.add(other)
    return certain


def _begin(name: Name) -> int:
    return name.start


def _modifies(sentence: Sentence, name: Name) -> bool:
    """Whether a noun follows, so that the name is an adjective."""
    if name.end >= len(sentence.known):
        return False
    after = sentence.known[name.end].lower
    return after[0].isalpha() and after not in _NOT_A_HEAD and after not in _LINKS


def _language(sentence: Sentence, name: Name) -> bool:
    known = sentence.known
    after = known[name.end].lower if name.end < len(known) else ""
    if after in _HYPHENS and name.end + 1 < len(known):
        return known[name.end + 1].lower in {"speaking", "language", "speaker", "speakers"}
    if after in _AFTER_LANGUAGE:
        return True
    if _modifies(sentence, name):
        return False
    at = name.start - 1
    while at >= 0 and known[at].lower in _MODIFIES_SPEECH:
        at -= 1
    if at >= 0 and known[at].lower in _SPEAK:
        return True
    before = known[name.start - 1].lower if name.start else ""
    if before in {"fluent", "tongue", "language", "translator", "translated"}:
        return True
    return before in _INTO and known[name.end - 1].lower[-1] != "s"
