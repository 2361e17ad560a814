"""A name that the tagger was in two minds about, and that can hardly be anything but a place.

The tagger learnt from newspapers that mostly write of Britain and America, where
a town is easily a person (Lincoln, Manning). It doubts a name that it has never
met, and just there the gazetteer knows best: Visakhapatnam is a city and nothing
else. Such a name needs less of the sentence around it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from geo.recognition.consistency import speaks_for_others
from geo.recognition.cues import words_of
from geo.recognition.labels import PLACE
from geo.recognition.name import Name
from geo.recognition.rules import excluded

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from geo.recognition.features import Sentence
    from geo.recognition.memory import Memory

_ENOUGH = 0.2
"""Probability that a word is part of a name from which it is taken for one if only a town bears it. Of the 42 that
this adds to 400 articles of WikToR, read by eye, four in five are places; to lgl-dev and gwn-dev it adds one."""
_ENOUGH_WITH_ARTICLE = 0.1
"""The same for a river or sea after "the", which persons and companies have not."""
_ENOUGH_AFTER_IN = 0.3
"""The same for a city after a preposition of place, whatever else bears its name ("landed in Nice")."""
_PREPOSITIONS = frozenset(("in", "to", "from", "near"))
_TOWN = (("city",), ("town",))
"""Profiles of names that towns alone bear; what villages and counties bear too is mostly a surname."""
_WHAT_RIVERS_DO = words_of("is was has had will rises rose fell falls flows flowed runs ran dried burst bursts froze")
_WATER = "water"
_ANOTHER_SENSE = frozenset(("demonym", "weak"))
_POSSESSIVES = frozenset(("'s", "’s", "'", "’"))
_ORGANISATION = "ORG"


def cleared(
    sentence: Sentence,
    names: list[Name],
    *,
    memory: Memory,
    entities: Sequence[str],
    chances: Callable[[], Sequence[float]],
) -> list[Name]:
    """Return `names` with those added that the tagger doubted and the gazetteer does not.

    Whole runs of capitals are added, and what begins one after a preposition; none of a sentence in capitals or in
    title case, where capitals say nothing, and none of which the document
    says that it is a person, an organisation or an ordinary word.

    Parameters
    ----------
    sentence
        The sentence as the tagger saw it.
    names
        What was found in it, in order.
    memory
        What the whole document says of its words.
    entities
        The first stage's label of each token.
    chances
        Gives the probability in [0, 1] of each token to be part of a name;
        asked only where a name is in question.
    """
    if sentence.shouted or sentence.title_case:
        return names
    added = []
    for start, end, profile in sentence.spans:
        enough = _threshold(sentence, start, end, profile, entities)
        if enough is None or any(name.start < end and start < name.end for name in names):
            continue
        name = Name(start, end, PLACE)
        if (
            not speaks_for_others(memory, sentence.words[start:end])
            and not excluded(sentence, name)
            and min(chances()[start:end]) >= enough
        ):
            added.append(name)
    return sorted([*names, *added], key=lambda name: name.start) if added else names


def _threshold(
    sentence: Sentence, start: int, end: int, profile: tuple[str, ...], entities: Sequence[str]
) -> float | None:
    """Return the probability that is enough for a name of the gazetteer, None where none is."""
    run = sentence.runs[start]
    if run is not None and run[0] == start and _after_preposition(sentence, start, end, profile):
        return _ENOUGH_AFTER_IN
    if run == (start - 1, end) and _WATER in profile and _begins_with_river(sentence, start, end, profile):
        return _ENOUGH_WITH_ARTICLE
    if run != (start, end) or any(word.isupper() for word in sentence.words[start:end]):
        return None
    if start and sentence.known[start - 1].lower == "the" and _WATER in profile and _ANOTHER_SENSE.isdisjoint(profile):
        return _ENOUGH_WITH_ARTICLE
    return _ENOUGH if profile in _TOWN and _ORGANISATION not in entities[start] else None


def _begins_with_river(sentence: Sentence, start: int, end: int, profile: tuple[str, ...]) -> bool:
    """Whether a sentence begins with a river and what it does ("The Amazon is"), and no thing of that name follows."""
    after = sentence.known[end].lower if end < len(sentence.known) else ""
    return sentence.words[start - 1] == "The" and _ANOTHER_SENSE.isdisjoint(profile) and after in _WHAT_RIVERS_DO


def _after_preposition(sentence: Sentence, start: int, end: int, profile: tuple[str, ...]) -> bool:
    """Whether a preposition of place stands before the name of a city, and a small word or a sign after it."""
    known = sentence.known
    return (
        "city" in profile
        and _ANOTHER_SENSE.isdisjoint(profile)
        and start > 0
        and known[start - 1].lower in _PREPOSITIONS
        and not any(word.isupper() for word in sentence.words[start:end])
        and (end == len(known) or not (known[end].upper or known[end].lower in _POSSESSIVES))
    )
