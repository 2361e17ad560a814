"""What is certain and need not be learnt: where names end, and what are languages.

The tagger's spans pass through here. A rule only applies where the words
themselves decide:

=================================  ==========================================
text                               becomes
=================================  ==========================================
"speak Ukrainian or Russian"       nothing: languages
"said in Arabic."                  nothing: a language
"Korean translators"               nothing: a language
"North Korean" found in part       the whole demonym
"Kharkiv Oblast" found in part     the whole name, which the gazetteer knows
"City of Kyiv"                     "Kyiv"
"Odesa" of "Odesa Street"          "Odesa Street", which is not the city
"Italia" of "Plaza Italia"         "Plaza Italia", which is not the country
"Asia Cup of Nations"              "Asia": no gazetteer knows the event
"LVIV/KYIV", "Kyiv–Lviv"           two names
"Ukraine's"                        "Ukraine"
=================================  ==========================================

Names that are none of a place (:mod:`geo.recognition.namesakes`) are left out
here, and those that the tagger has missed and that can be nothing else
(:mod:`geo.recognition.certain`) are added.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from geo.recognition.certain import ENTITLED, PREFIXES, SQUARES, STREETS, with_certain
from geo.recognition.cues import EVENT_HEADS, LANGUAGE_CUES, ORGANISATION_HEADS, PLACE_HEADS, words_of
from geo.recognition.labels import DEMONYM, PLACE
from geo.recognition.name import Name as Name  # noqa: PLC0414 - the other stages of recognition take it from here
from geo.recognition.namesakes import means_no_place

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from geo.recognition.features import Sentence

_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_LINKS = frozenset((",", "or", "and", "nor", "/", "&"))
_HYPHENS = frozenset(("-", "–"))
_BETWEEN_NAMES = _HYPHENS | {"/"}
_INTO = frozenset(("in", "into", "from"))
_BE = frozenset(("is", "was"))
_AFTER_WHICH = words_of("fluent tongue language translator translated")
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
    into from in is was were
    """,
)
_JOINING = frozenset(("and", "or"))
_ARTICLE = frozenset(("The", "THE"))
_WITH_ARTICLE = words_of("hague gambia bahamas dalles")
"""Places whose name begins with "The", where it is written with a capital."""
_DEMONYM_ONLY = "demonym"
_GENERIC = frozenset(("di", "pl"))
"""Word lists of directions and kinds of place: "West Wales" and "St. Louis Hills" are one name."""
_MAJOR = frozenset(("country", "admin1", "city"))
_STREET_WORDS = 2
"""Words that a street's name has more than the place in it, at most ("Campbell" Branch Road)."""
_HOLDS = _MAJOR | {"region"}
"""What an event or organisation can begin with that is a place by itself."""


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
            name = _bounded(sentence, first, last, DEMONYM if _is_demonym(sentence, first, last) else kind)
            if name is not None and (not names or name.start >= names[-1].end):
                names.append(name)
    if not names and not sentence.spans:
        return names
    names = with_certain(sentence, names)
    languages = _languages(sentence, names)
    return [name for name in names if name not in languages and not excluded(sentence, name)]


def excluded(sentence: Sentence, name: Name) -> bool:
    """Whether a name is none of a place by its words and those beside it, whatever the tagger says."""
    return _opening_word(sentence, name) or _is_prefix(sentence, name) or means_no_place(sentence, name.start, name.end)


def _kind_of_street_alone(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a name is only what kind of street or square it is, and more of it follows ("Calle" Bolivia)."""
    known = sentence.known
    return end - start == 1 and known[start].lower in SQUARES and end < len(known) and known[end].upper


def _is_prefix(sentence: Sentence, name: Name) -> bool:
    """Whether a name is what a demonym begins with ("Sino-Indian")."""
    known = sentence.known
    hyphen = name.end < len(known) and known[name.end].hyphen
    return hyphen and name.end - name.start == 1 and known[name.start].lower in PREFIXES


def _opening_word(sentence: Sentence, name: Name) -> bool:
    """Whether a name is an ordinary word with the capital of its sentence ("Reading is good", "Split decisions").

    Of the names that people marked in LGL and GeoWebNews one in 5,800 is such a word before a small one. Where the
    rest of an article names the place, :mod:`geo.recognition.consistency` gives it back.
    """
    known = sentence.known
    if name.start or name.end != 1 or name.end >= len(known):
        return False
    word, after = known[0], known[1]
    return word.usual and not word.loud and after.alphabetic and not after.upper and after.text not in _JOINING


def _held(sentence: Sentence, start: int, end: int) -> int:
    """Return where the place ends that an event or organisation begins with ("Asia" Cup of Nations).

    A name that the gazetteer knows as a whole is a place (the West Bank).
    """
    known = sentence.known
    if not (known[end - 1].lower in ORGANISATION_HEADS or any(word.lower in EVENT_HEADS for word in known[start:end])):
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
    if start >= end or _kind_of_street_alone(sentence, start, end):
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
        if start and known[start - 1].lower in SQUARES and sentence.runs[start - 1] == (start - 1, end):
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
    entitled = end - start > 2 and known[start].lower in ENTITLED and known[start + 1].lower == "of"  # noqa: PLR2004 - "City of X"
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


def _is_demonym(sentence: Sentence, start: int, end: int) -> bool:
    """Whether a name is a demonym and no place's name as well, whatever the tagger took it for."""
    return any((begin, stop) == (start, end) and profile == (_DEMONYM_ONLY,) for begin, stop, profile in sentence.spans)


def _apart(sentence: Sentence, end: int, start: int) -> bool:
    """Whether a name that ends at `end` and one that begins at `start` have nothing or one sign between them."""
    return end == start or (end + 1 == start and sentence.words[end] in _BETWEEN_NAMES)


def _parted(sentence: Sentence, start: int, end: int) -> list[tuple[int, int]]:
    """Part what are two names side by side ("the half of Kasai Rwanda still holds", "LVIV/KYIV")."""
    inside = [(begin, stop, profile) for begin, stop, profile in sentence.spans if begin >= start and stop <= end]
    apart = (
        len(inside) > 1
        and inside[0][0] == start
        and inside[-1][1] == end
        and all(_apart(sentence, left[1], right[0]) for left, right in pairwise(inside))
        and (
            all(_MAJOR & set(profile) and "weak" not in profile for *_, profile in inside)
            or all(profile == (_DEMONYM_ONLY,) for *_, profile in inside)
        )
        and not any(_GENERIC & set(sentence.known[begin].kinds) for begin, *_ in inside)
    )
    return [(begin, stop) for begin, stop, _ in inside] if apart else [(start, end)]


def _street(sentence: Sentence, end: int) -> int:
    """Return where a name ends that is the beginning of a street's ("Odesa Street" is not in Odesa)."""
    run = sentence.runs[end - 1]
    # The street must end the run: "Florida Highway Patrol" is in Florida.
    ended = run is not None and end < run[1] <= end + _STREET_WORDS and sentence.known[run[1] - 1].lower in STREETS
    return run[1] if run is not None and ended else end


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
    return not _modifies(sentence, name) and _named_as_language(sentence, name)


def _named_as_language(sentence: Sentence, name: Name) -> bool:
    """Whether what stands before a name says that it is a language: "speak no Russian", "her language is Thai"."""
    before = [word.lower for word in sentence.known[: name.start]]
    at = len(before)
    while at and before[at - 1] in _MODIFIES_SPEECH:
        at -= 1
    if at and before[at - 1] in _SPEAK:
        return True
    if before[-1:] and before[-1] in _BE:
        return before[-2:-1] in (["language"], ["tongue"])
    if before[-1:] and before[-1] in _AFTER_WHICH:
        return True
    return bool(before) and before[-1] in _INTO and sentence.known[name.end - 1].lower[-1] != "s"
